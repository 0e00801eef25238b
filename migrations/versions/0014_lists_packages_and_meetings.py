"""lists packages and meetings."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_confirmation",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=36), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_list_confirmation_confirmed")
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> asked_by", name=op.f("ck_list_confirmation_two_persons")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_list_confirmation_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_list_confirmation_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_confirmation")),
        sa.UniqueConstraint("round_id", name=op.f("uq_list_confirmation_round_id")),
    )
    with op.batch_alter_table("list_confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_confirmation_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=True),
        sa.Column("counted_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("form IN ('jury', 'consensus', 'live')", name=op.f("ck_meeting_form")),
        sa.CheckConstraint(
            "present >= 0 AND voters >= 0 AND blank >= 0 AND blank <= voters", name=op.f("ck_meeting_numbers")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_meeting_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_meeting_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_meeting_round_id_number")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_round_id"), ["round_id"], unique=False)

    op.create_table(
        "package",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_package_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_package_pot_id_pot")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_package_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sa.UniqueConstraint("pot_id", "letter", name=op.f("uq_package_pot_id_letter")),
    )
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_pot_id"), ["pot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_round_id"), ["round_id"], unique=False)

    op.create_table(
        "package_part",
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_id"], ["package.id"], name=op.f("fk_package_part_package_id_package"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_package_part_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_part")),
        sa.UniqueConstraint("package_id", "proposal_id", name=op.f("uq_package_part_package_id_proposal_id")),
    )
    with op.batch_alter_table("package_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_package_part_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "plan_verdict",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(verdict = 'granted') = (cents IS NOT NULL)", name=op.f("ck_plan_verdict_granted")),
        sa.CheckConstraint("verdict IN ('granted', 'refused', 'held')", name=op.f("ck_plan_verdict_verdict")),
        sa.CheckConstraint("cents > 0", name=op.f("ck_plan_verdict_cents")),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_plan_verdict_votes")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_plan_verdict_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_plan_verdict_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_verdict")),
        sa.UniqueConstraint("meeting_id", "proposal_id", name=op.f("uq_plan_verdict_meeting_id_proposal_id")),
    )
    with op.batch_alter_table("plan_verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_verdict_proposal_id"), ["proposal_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plan_verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_verdict_proposal_id"))

    op.drop_table("plan_verdict")
    with op.batch_alter_table("package_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_package_part_proposal_id"))

    op.drop_table("package_part")
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_package_round_id"))
        batch_op.drop_index(batch_op.f("ix_package_pot_id"))
        batch_op.drop_index(batch_op.f("ix_package_municipality_id"))

    op.drop_table("package")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_round_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_municipality_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("list_confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_confirmation_municipality_id"))

    op.drop_table("list_confirmation")
