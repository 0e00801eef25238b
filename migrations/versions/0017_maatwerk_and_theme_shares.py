"""maatwerk and theme shares."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round_phase") as batch_op:
        batch_op.drop_constraint(op.f("ck_round_phase_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_round_phase_kind"),
            "kind IN ('all-year', 'divide', 'propose', 'assess', 'vote', 'result', 'deliver')",
        )
    op.create_table(
        "theme_share",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("euros", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("euros BETWEEN 1 AND 100", name=op.f("ck_theme_share_euros")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_theme_share_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_theme_share_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_theme_share_round_id_round"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_share_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_share")),
        sa.UniqueConstraint(
            "round_id", "person_id", "theme_id", name=op.f("uq_theme_share_round_id_person_id_theme_id")
        ),
    )
    with op.batch_alter_table("theme_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_share_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_share_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_share_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "maatwerk_spending",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("reached", sa.String(length=10), nullable=False),
        sa.Column("would_do_again", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind <> ''", name=op.f("ck_maatwerk_spending_kind")),
        sa.CheckConstraint("reached IN ('yes', 'partly', 'no')", name=op.f("ck_maatwerk_spending_reached")),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_maatwerk_spending_cents")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_maatwerk_spending_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_maatwerk_spending_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maatwerk_spending")),
    )
    with op.batch_alter_table("maatwerk_spending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maatwerk_spending_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_maatwerk_spending_pot_id"), ["pot_id"], unique=False)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM round_phase WHERE kind = 'divide'"))
    with op.batch_alter_table("round_phase") as batch_op:
        batch_op.drop_constraint(op.f("ck_round_phase_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_round_phase_kind"), "kind IN ('all-year', 'propose', 'assess', 'vote', 'result', 'deliver')"
        )
    with op.batch_alter_table("maatwerk_spending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_maatwerk_spending_pot_id"))
        batch_op.drop_index(batch_op.f("ix_maatwerk_spending_municipality_id"))

    op.drop_table("maatwerk_spending")
    with op.batch_alter_table("theme_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_share_theme_id"))
        batch_op.drop_index(batch_op.f("ix_theme_share_person_id"))
        batch_op.drop_index(batch_op.f("ix_theme_share_municipality_id"))

    op.drop_table("theme_share")
