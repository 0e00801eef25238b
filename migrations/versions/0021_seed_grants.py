"""seed grants."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seed_fund",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("meant_for", sa.Text(), nullable=False),
        sa.Column("most_cents", sa.BigInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("most_cents > 0", name=op.f("ck_seed_fund_most")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_seed_fund_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_seed_fund_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seed_fund")),
        sa.UniqueConstraint("pot_id", name=op.f("uq_seed_fund_pot_id")),
    )
    with op.batch_alter_table("seed_fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seed_fund_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "seed_grant",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("spent_on_what", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("tell_due", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("would_do_again", sa.Boolean(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("turn_party", sa.String(length=120), nullable=False),
        sa.Column("turn_since", sa.Date(), nullable=True),
        sa.Column("turn_due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('granted', 'paid', 'told')) = (granted_cents IS NOT NULL)", name=op.f("ck_seed_grant_granted")
        ),
        sa.CheckConstraint("state <> 'refused' OR reason <> ''", name=op.f("ck_seed_grant_refused")),
        sa.CheckConstraint(
            "state <> 'told' OR (happened <> '' AND told_on IS NOT NULL)", name=op.f("ck_seed_grant_told")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'paid', 'told', 'withdrawn')", name=op.f("ck_seed_grant_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('paid', 'told') OR (paid_on IS NOT NULL AND tell_due IS NOT NULL)",
            name=op.f("ck_seed_grant_paid"),
        ),
        sa.CheckConstraint("turn_party <> '' OR turn_due IS NULL", name=op.f("ck_seed_grant_turn")),
        sa.CheckConstraint("cents > 0", name=op.f("ck_seed_grant_cents")),
        sa.CheckConstraint("grade BETWEEN 1 AND 10", name=op.f("ck_seed_grant_grade")),
        sa.CheckConstraint("granted_cents > 0", name=op.f("ck_seed_grant_granted_cents")),
        sa.ForeignKeyConstraint(["fund_id"], ["seed_fund.id"], name=op.f("fk_seed_grant_fund_id_seed_fund")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_seed_grant_initiative_id_initiative")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_seed_grant_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seed_grant")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_seed_grant_municipality_id_number")),
    )
    with op.batch_alter_table("seed_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seed_grant_fund_id"), ["fund_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seed_grant_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seed_grant_municipality_id"), ["municipality_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("seed_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seed_grant_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_seed_grant_initiative_id"))
        batch_op.drop_index(batch_op.f("ix_seed_grant_fund_id"))

    op.drop_table("seed_grant")
    with op.batch_alter_table("seed_fund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seed_fund_municipality_id"))

    op.drop_table("seed_fund")
