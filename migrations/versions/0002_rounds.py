"""rounds."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("currency LIKE '___'", name=op.f("ck_round_currency")),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_round_state")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_round_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_round_municipality_id_number")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "theme",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name_nl", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("picture", sa.String(length=20), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_theme_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("municipality_id", "slug", name=op.f("uq_theme_municipality_id_slug")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "pot",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.String(length=200), nullable=False),
        sa.Column("budget_year", sa.Integer(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_pot_amount")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_pot_area_id_area")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_pot_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_pot_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pot")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_pot_round_id_position")),
    )
    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pot_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pot_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pot_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_phase",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('propose', 'assess', 'vote', 'result', 'deliver')", name=op.f("ck_round_phase_kind")
        ),
        sa.CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_round_phase_interval")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_phase_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_phase")),
        sa.UniqueConstraint("round_id", "kind", name=op.f("uq_round_phase_round_id_kind")),
    )
    with op.batch_alter_table("round_phase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_phase_round_id"), ["round_id"], unique=False)

    op.create_table(
        "rulebook",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_type", sa.String(length=20), nullable=False),
        sa.Column("min_choices", sa.Integer(), nullable=True),
        sa.Column("max_choices", sa.Integer(), nullable=True),
        sa.Column("max_points", sa.Integer(), nullable=True),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("utility", sa.String(length=20), nullable=False),
        sa.Column("completion", sa.String(length=20), nullable=False),
        sa.Column("ties", JsonValue, nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "ballot_type IN ('approval', 'choose-1', 'knapsack', 'ordinal', 'cumulative', 'scoring')",
            name=op.f("ck_rulebook_ballot_type"),
        ),
        sa.CheckConstraint("min_age >= 0", name=op.f("ck_rulebook_min_age")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_rulebook_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("round_id", name=op.f("uq_rulebook_round_id")),
    )


def downgrade() -> None:
    op.drop_table("rulebook")
    with op.batch_alter_table("round_phase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_phase_round_id"))

    op.drop_table("round_phase")
    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pot_round_id"))
        batch_op.drop_index(batch_op.f("ix_pot_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_pot_area_id"))

    op.drop_table("pot")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_municipality_id"))

    op.drop_table("theme")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_municipality_id"))

    op.drop_table("round")
