"""threads and comments."""

import uuid

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thread",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("visibility IN ('public', 'hidden')", name=op.f("ck_thread_visibility")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_thread_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("municipality_id", "kind", "key", name=op.f("uq_thread_municipality_id_kind_key")),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("stance", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("edited_at", UTCDateTime(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("objection", sa.String(length=1000), nullable=False),
        sa.Column("objection_settled", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("stance IN ('for', 'against', 'neutral', 'question')", name=op.f("ck_comment_stance")),
        sa.CheckConstraint("state <> 'hidden' OR reason <> ''", name=op.f("ck_comment_reason")),
        sa.CheckConstraint("state <> 'withdrawn' OR body = ''", name=op.f("ck_comment_withdrawn")),
        sa.CheckConstraint("state IN ('published', 'held', 'hidden', 'withdrawn')", name=op.f("ck_comment_state")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_comment_author_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_comment_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_comment_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_comment_thread_id_number")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index("ix_comment_parent_id", ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "abuse_report",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_abuse_report_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_abuse_report_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_abuse_report_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuse_report")),
        sa.UniqueConstraint("comment_id", "person_id", name=op.f("uq_abuse_report_comment_id_person_id")),
    )
    with op.batch_alter_table("abuse_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_abuse_report_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_abuse_report_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "seconding",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_seconding_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_seconding_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_seconding_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seconding")),
        sa.UniqueConstraint("comment_id", "person_id", name=op.f("uq_seconding_comment_id_person_id")),
    )
    with op.batch_alter_table("seconding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seconding_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seconding_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_moderated_before", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.alter_column("is_moderated_before", server_default=None)

    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_id", sa.Uuid(), nullable=True))

    _give_every_plan_a_thread(op.get_bind())
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.alter_column("thread_id", nullable=False)
        batch_op.create_index(batch_op.f("ix_proposal_thread_id"), ["thread_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_proposal_thread_id_thread"), "thread", ["thread_id"], ["id"])


def _give_every_plan_a_thread(connection: sa.Connection) -> None:
    """Open a thread for the plans that are there; what residents may not see is hidden with its talk."""
    proposal = sa.table(
        "proposal",
        *(
            sa.column(name, kind)
            for name, kind in (
                ("id", sa.Uuid()),
                ("municipality_id", sa.Uuid()),
                ("number", sa.String()),
                ("state", sa.String()),
                ("round_id", sa.Uuid()),
                ("thread_id", sa.Uuid()),
            )
        ),
    )
    round_ = sa.table("round", sa.column("id", sa.Uuid()), sa.column("state", sa.String()))
    thread = sa.table(
        "thread",
        *(
            sa.column(name, kind)
            for name, kind in (
                ("id", sa.Uuid()),
                ("municipality_id", sa.Uuid()),
                ("kind", sa.String()),
                ("key", sa.String()),
                ("visibility", sa.String()),
                ("is_open", sa.Boolean()),
                ("last_number", sa.Integer()),
            )
        ),
    )
    rows = connection.execute(
        sa.select(proposal.c.id, proposal.c.municipality_id, proposal.c.number, proposal.c.state, round_.c.state).join(
            round_, round_.c.id == proposal.c.round_id
        )
    ).all()
    for proposal_id, municipality_id, number, state, round_state in rows:
        made = uuid.uuid4()
        is_public = state not in ("draft", "hidden") and round_state == "published"
        connection.execute(
            sa.insert(thread).values(
                id=made,
                municipality_id=municipality_id,
                kind="plan",
                key=number,
                visibility="public" if is_public else "hidden",
                is_open=True,
                last_number=0,
            )
        )
        connection.execute(sa.update(proposal).where(proposal.c.id == proposal_id).values(thread_id=made))


def downgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_proposal_thread_id_thread"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_proposal_thread_id"))
        batch_op.drop_column("thread_id")

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_column("is_moderated_before")

    with op.batch_alter_table("seconding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seconding_person_id"))
        batch_op.drop_index(batch_op.f("ix_seconding_municipality_id"))

    op.drop_table("seconding")
    with op.batch_alter_table("abuse_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_abuse_report_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_abuse_report_comment_id"))

    op.drop_table("abuse_report")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_thread_id"))
        batch_op.drop_index("ix_comment_parent_id")
        batch_op.drop_index(batch_op.f("ix_comment_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_comment_author_id"))

    op.drop_table("comment")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_municipality_id"))

    op.drop_table("thread")
