"""voting."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("counted_at", UTCDateTime(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("electorate", sa.Integer(), nullable=True),
        sa.Column("outcome_json", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decision_number", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(status = 'final') = (decided_on IS NOT NULL)", name=op.f("ck_result_decided")),
        sa.CheckConstraint("status IN ('provisional', 'final')", name=op.f("ck_result_status")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_result_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_result_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("pot_id", "sequence", name=op.f("uq_result_pot_id_sequence")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index("ix_result_counted_at", ["municipality_id", "counted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_result_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "sealed_ballot",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_sealed_ballot_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_sealed_ballot_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_ballot")),
    )
    with op.batch_alter_table("sealed_ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_ballot_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_ballot_pot_id"), ["pot_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sealed_ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_ballot_pot_id"))
        batch_op.drop_index(batch_op.f("ix_sealed_ballot_municipality_id"))

    op.drop_table("sealed_ballot")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_municipality_id"))
        batch_op.drop_index("ix_result_counted_at")

    op.drop_table("result")
