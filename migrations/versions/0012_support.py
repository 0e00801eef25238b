"""support."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_support_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_support_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_support_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_support_proposal_id_person_id")),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_person_id"), ["person_id"], unique=False)

    op.create_table(
        "support_list",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("refused = 0 OR reason <> ''", name=op.f("ck_support_list_reason")),
        sa.CheckConstraint("valid >= 0 AND refused >= 0 AND valid + refused > 0", name=op.f("ck_support_list_numbers")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_support_list_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_support_list_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_list")),
    )
    with op.batch_alter_table("support_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_list_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_list_proposal_id"), ["proposal_id"], unique=False)

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.add_column(sa.Column("support_needed", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_rulebook_support_needed"), "support_needed > 0")


def downgrade() -> None:
    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_rulebook_support_needed"), type_="check")
        batch_op.drop_column("support_needed")

    with op.batch_alter_table("support_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_list_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_support_list_municipality_id"))

    op.drop_table("support_list")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_person_id"))
        batch_op.drop_index(batch_op.f("ix_support_municipality_id"))

    op.drop_table("support")
