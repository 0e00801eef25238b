"""places, costs, paper and merging."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merge_request",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("content", JsonValue, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'agreed', 'declined', 'taken-back', 'lapsed')",
            name=op.f("ck_merge_request_state"),
        ),
        sa.CheckConstraint("proposal_id <> other_id", name=op.f("ck_merge_request_two_plans")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_merge_request_asked_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_merge_request_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["proposal.id"], name=op.f("fk_merge_request_other_id_proposal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_merge_request_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_request")),
    )
    with op.batch_alter_table("merge_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_request_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_request_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_request_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_request_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "merge_consent",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("person_id IS NOT NULL OR note <> ''", name=op.f("ck_merge_consent_noted")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_merge_consent_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_merge_consent_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_merge_consent_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["merge_request.id"],
            name=op.f("fk_merge_consent_request_id_merge_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_consent")),
        sa.UniqueConstraint(
            "request_id", "proposal_id", "person_id", name=op.f("uq_merge_consent_request_id_proposal_id_person_id")
        ),
    )
    with op.batch_alter_table("merge_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_consent_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_consent_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_consent_proposal_id"), ["proposal_id"], unique=False)

    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cost_lines", JsonValue, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_proposal_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_proposal_merged_into_id_proposal"), "proposal", ["merged_into_id"], ["id"]
        )
        batch_op.drop_constraint(op.f("ck_proposal_state"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_proposal_state"),
            "state IN ('submitted', 'feasible', 'changeable', 'infeasible', 'elected', 'not-elected', 'withdrawn',"
            " 'merged', 'hidden')",
        )
        batch_op.create_check_constraint(
            op.f("ck_proposal_merged"), "(state = 'merged') = (merged_into_id IS NOT NULL)"
        )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.alter_column("cost_lines", server_default=None)

    with op.batch_alter_table("proposal_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_number", sa.String(length=20), nullable=False, server_default=""))
    with op.batch_alter_table("proposal_version", schema=None) as batch_op:
        batch_op.alter_column("merged_number", server_default=None)

    with op.batch_alter_table("authorship", schema=None) as batch_op:
        batch_op.add_column(sa.Column("says_old_enough", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("authorship", schema=None) as batch_op:
        batch_op.alter_column("says_old_enough", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("authorship", schema=None) as batch_op:
        batch_op.drop_column("says_old_enough")

    with op.batch_alter_table("proposal_version", schema=None) as batch_op:
        batch_op.drop_column("merged_number")

    # Before, a plan that was not voted on any more by the wish of its authors was withdrawn.
    op.execute("UPDATE proposal SET state = 'withdrawn', merged_into_id = NULL WHERE state = 'merged'")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_proposal_merged"), type_="check")
        batch_op.drop_constraint(op.f("ck_proposal_state"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_proposal_state"),
            "state IN ('submitted', 'feasible', 'changeable', 'infeasible', 'elected', 'not-elected', 'withdrawn',"
            " 'hidden')",
        )
        batch_op.drop_constraint(batch_op.f("fk_proposal_merged_into_id_proposal"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_proposal_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("entered_on")
        batch_op.drop_column("cost_lines")

    op.drop_table("merge_consent")
    op.drop_table("merge_request")
