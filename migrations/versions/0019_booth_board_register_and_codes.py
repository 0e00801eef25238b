"""booth, board, register and codes."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=36), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(step = 'asked') = (confirmed_by IS NULL)", name=op.f("ck_closing_confirmed")),
        sa.CheckConstraint("step IN ('asked', 'confirmed', 'sealed', 'counted')", name=op.f("ck_closing_step")),
        sa.CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_closing_confirmed_at")),
        sa.CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name=op.f("ck_closing_two_persons")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_closing_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_closing_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint("round_id", name=op.f("uq_closing_round_id")),
    )
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closing_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "code_batch",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("released_by", sa.String(length=36), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("file_path", sa.String(length=200), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("downloaded_at", UTCDateTime(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('letters', 'desk')", name=op.f("ck_code_batch_kind")),
        sa.CheckConstraint(
            "released_by IS NULL OR kind = 'desk' OR released_by <> asked_by", name=op.f("ck_code_batch_two_persons")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_code_batch_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_code_batch_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_batch")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_code_batch_round_id_number")),
    )
    with op.batch_alter_table("code_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_batch_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("buurt_code", sa.String(length=12), nullable=True),
        sa.Column("wijk_code", sa.String(length=12), nullable=True),
        sa.Column("address_sealed", sa.Text(), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("identity", sa.String(length=64), nullable=True),
        sa.Column("gets_letter", sa.Boolean(), nullable=False),
        sa.Column("is_large_print", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("struck_because", sa.String(length=200), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_register_entry_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_register_entry_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("round_id", "identity", name=op.f("uq_register_entry_round_id_identity")),
        sa.UniqueConstraint("round_id", "reference", name=op.f("uq_register_entry_round_id_reference")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_entry_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_entry_place"), ["place"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("track", sa.String(length=16), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("submission_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_ballot_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_ballot_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("pot_id", "slot", name=op.f("uq_ballot_pot_id_slot")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "board_entry",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_board_entry_sequence")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_board_entry_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_board_entry_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_entry")),
        sa.UniqueConstraint("pot_id", "sequence", name=op.f("uq_board_entry_pot_id_sequence")),
    )
    with op.batch_alter_table("board_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_entry_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "participation",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("wijk_code", sa.String(length=12), nullable=False),
        sa.Column("electorate", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("voters BETWEEN 0 AND electorate", name=op.f("ck_participation_voters")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_participation_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_participation_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("pot_id", "wijk_code", name=op.f("uq_participation_pot_id_wijk_code")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "pending_leaf",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_pending_leaf_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_pending_leaf_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_leaf")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("pending_leaf", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_leaf_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_leaf_pot_id"), ["pot_id"], unique=False)

    op.create_table(
        "proxy",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("giver_id <> holder_id", name=op.f("ck_proxy_two_voters")),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["register_entry.id"], name=op.f("fk_proxy_giver_id_register_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["register_entry.id"], name=op.f("fk_proxy_holder_id_register_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_proxy_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_proxy_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
        sa.UniqueConstraint("giver_id", name=op.f("uq_proxy_giver_id")),
    )
    with op.batch_alter_table("proxy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proxy_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proxy_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proxy_round_id"), ["round_id"], unique=False)

    op.create_table(
        "turnout",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_turnout_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_turnout_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turnout")),
        sa.UniqueConstraint("pot_id", "day", name=op.f("uq_turnout_pot_id_day")),
    )
    with op.batch_alter_table("turnout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turnout_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "voting_code",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("selector", sa.String(length=5), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('created', 'printed', 'sent', 'returned', 'withdrawn', 'replaced')",
            name=op.f("ck_voting_code_state"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["code_batch.id"], name=op.f("fk_voting_code_batch_id_code_batch"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.id"], name=op.f("fk_voting_code_entry_id_register_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_voting_code_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_voting_code_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_code")),
        sa.UniqueConstraint("round_id", "selector", name=op.f("uq_voting_code_round_id_selector")),
    )
    with op.batch_alter_table("voting_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voting_code_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voting_code_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voting_code_municipality_id"), ["municipality_id"], unique=False)

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proofs", JsonValue, nullable=False, server_default='["code"]'))
    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.alter_column("proofs", server_default=None)

    with op.batch_alter_table("sealed_ballot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("track", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("nonce", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sealed_ballot", schema=None) as batch_op:
        batch_op.drop_column("nonce")
        batch_op.drop_column("track")

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.drop_column("proofs")

    with op.batch_alter_table("voting_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voting_code_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_voting_code_entry_id"))
        batch_op.drop_index(batch_op.f("ix_voting_code_batch_id"))

    op.drop_table("voting_code")
    with op.batch_alter_table("turnout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turnout_municipality_id"))

    op.drop_table("turnout")
    with op.batch_alter_table("proxy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proxy_round_id"))
        batch_op.drop_index(batch_op.f("ix_proxy_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_proxy_holder_id"))

    op.drop_table("proxy")
    with op.batch_alter_table("pending_leaf", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_leaf_pot_id"))
        batch_op.drop_index(batch_op.f("ix_pending_leaf_municipality_id"))

    op.drop_table("pending_leaf")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_municipality_id"))

    op.drop_table("participation")
    with op.batch_alter_table("board_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_entry_municipality_id"))

    op.drop_table("board_entry")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_municipality_id"))

    op.drop_table("ballot")
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_entry_place"))
        batch_op.drop_index(batch_op.f("ix_register_entry_municipality_id"))

    op.drop_table("register_entry")
    with op.batch_alter_table("code_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_batch_municipality_id"))

    op.drop_table("code_batch")
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closing_municipality_id"))

    op.drop_table("closing")
