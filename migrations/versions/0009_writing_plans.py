"""writing plans."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_draft",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("content", JsonValue, nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_proposal_draft_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_proposal_draft_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_proposal_draft_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_draft")),
    )
    with op.batch_alter_table("proposal_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_draft_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_draft_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_draft_round_id"), ["round_id"], unique=False)

    op.create_table(
        "authorship",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_authorship_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_authorship_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_authorship_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorship")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_authorship_proposal_id_person_id")),
    )
    with op.batch_alter_table("authorship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorship_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorship_person_id"), ["person_id"], unique=False)

    op.create_table(
        "proposal_version",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", JsonValue, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_proposal_version_number")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_proposal_version_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_version_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_version")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_proposal_version_proposal_id_number")),
    )
    with op.batch_alter_table("proposal_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_version_municipality_id"), ["municipality_id"], unique=False)

    # A plan that was not handed in is a draft of somebody from now on; one without a writer is hidden.
    op.execute("UPDATE proposal SET state = 'hidden' WHERE state = 'draft'")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_cents", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("hoped_cents", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("interest", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("invitation_hash", sa.String(length=64), nullable=False, server_default=""))
        batch_op.drop_constraint(op.f("ck_proposal_state"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_proposal_state"),
            "state IN ('submitted', 'feasible', 'changeable', 'infeasible', 'elected', 'not-elected', 'withdrawn',"
            " 'hidden')",
        )
        batch_op.create_check_constraint(op.f("ck_proposal_other_money"), "own_cents >= 0 AND hoped_cents >= 0")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        for name in ("own_cents", "hoped_cents", "interest", "invitation_hash"):
            batch_op.alter_column(name, server_default=None)
    _keep_first_versions()


WRITTEN = (
    "title", "summary", "what", "why", "for_whom", "address", "cost_cents", "own_cents", "hoped_cents",
    "maintenance_cents", "carrier", "interest",
)  # fmt: skip


def _keep_first_versions() -> None:
    """Keep how every plan reads now as its first version."""
    connection = op.get_bind()
    plan = sa.table(
        "proposal", sa.column("id", sa.Uuid()), sa.column("municipality_id", sa.Uuid()), *map(sa.column, WRITTEN)
    )
    version = sa.table(
        "proposal_version",
        sa.column("id", sa.Uuid()),
        sa.column("municipality_id", sa.Uuid()),
        sa.column("proposal_id", sa.Uuid()),
        sa.column("number", sa.Integer()),
        sa.column("content", JsonValue),
        sa.column("note", sa.String()),
        sa.column("made_at", UTCDateTime()),
    )
    now = datetime.now(UTC)
    rows = [
        {
            "id": uuid.uuid4(),
            "municipality_id": row.municipality_id,
            "proposal_id": row.id,
            "number": 1,
            "content": {name: getattr(row, name) for name in WRITTEN},
            "note": "",
            "made_at": now,
        }
        for row in connection.execute(sa.select(plan))
    ]
    if rows:
        connection.execute(sa.insert(version), rows)


def downgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_proposal_other_money"), type_="check")
        batch_op.drop_constraint(op.f("ck_proposal_state"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_proposal_state"),
            "state IN ('draft', 'submitted', 'feasible', 'changeable', 'infeasible', 'elected', 'not-elected',"
            " 'withdrawn', 'hidden')",
        )
        for name in ("invitation_hash", "interest", "hoped_cents", "own_cents"):
            batch_op.drop_column(name)
    for table in ("proposal_version", "authorship", "proposal_draft"):
        op.drop_table(table)
