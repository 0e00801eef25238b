"""proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("ballot_key", sa.String(length=120), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("buurt_code", sa.String(length=12), nullable=True),
        sa.Column("wijk_code", sa.String(length=12), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("maintenance_cents", sa.BigInteger(), nullable=False),
        sa.Column("carrier", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("turn_party", sa.String(length=120), nullable=False),
        sa.Column("turn_since", sa.Date(), nullable=True),
        sa.Column("turn_due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state != 'infeasible' OR answer != ''", name=op.f("ck_proposal_answered")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'feasible', 'changeable', 'infeasible', 'elected', 'not-elected', 'withdrawn', 'hidden')",
            name=op.f("ck_proposal_state"),
        ),
        sa.CheckConstraint("turn_party != '' OR turn_due IS NULL", name=op.f("ck_proposal_turn")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_proposal_point")),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_proposal_cost")),
        sa.CheckConstraint("maintenance_cents >= 0", name=op.f("ck_proposal_maintenance")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_proposal_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_proposal_pot_id_pot")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_proposal_round_id_round")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_proposal_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_proposal_municipality_id_number")),
        sa.UniqueConstraint("round_id", "ballot_key", name=op.f("uq_proposal_round_id_ballot_key")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_pot_id"), ["pot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_wijk_code"), ["wijk_code"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_wijk_code"))
        batch_op.drop_index(batch_op.f("ix_proposal_theme_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_round_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_pot_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_municipality_id"))

    op.drop_table("proposal")
