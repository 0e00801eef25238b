"""albums."""

import uuid

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "album",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("visibility IN ('public', 'hidden')", name=op.f("ck_album_visibility")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_album_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_album")),
        sa.UniqueConstraint("municipality_id", "kind", "key", name=op.f("uq_album_municipality_id_kind_key")),
    )
    with op.batch_alter_table("album", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_album_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("album_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=True),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(kind = 'photo') = (small IS NOT NULL)", name=op.f("ck_attachment_small")),
        sa.CheckConstraint("kind IN ('photo', 'pdf')", name=op.f("ck_attachment_kind")),
        sa.CheckConstraint("state <> 'hidden' OR reason <> ''", name=op.f("ck_attachment_reason")),
        sa.CheckConstraint("state IN ('shown', 'hidden')", name=op.f("ck_attachment_state")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_attachment_added_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["album_id"], ["album.id"], name=op.f("fk_attachment_album_id_album"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_attachment_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_added_by_id"), ["added_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_album_id"), ["album_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_municipality_id"), ["municipality_id"], unique=False)

    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("album_id", sa.Uuid(), nullable=True))
    _give_every_plan_an_album()
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.alter_column("album_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.create_index(batch_op.f("ix_proposal_album_id"), ["album_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_proposal_album_id_album"), "album", ["album_id"], ["id"])


def _give_every_plan_an_album() -> None:
    """Open an album for every plan, to be seen by whom its talk is seen."""
    connection = op.get_bind()
    names = ("id", "municipality_id", "thread_id", "album_id")
    proposal = sa.table("proposal", *(sa.column(name, sa.Uuid()) for name in names), sa.column("number"))
    thread = sa.table("thread", sa.column("id", sa.Uuid()), sa.column("visibility"))
    album = sa.table(
        "album", *(sa.column(name, sa.Uuid()) for name in names[:2]), *map(sa.column, ("kind", "key", "visibility"))
    )
    query = sa.select(proposal, thread.c.visibility).join(thread, thread.c.id == proposal.c.thread_id)
    for plan in connection.execute(query).all():
        made = uuid.uuid4()
        connection.execute(
            sa.insert(album).values(
                id=made,
                municipality_id=plan.municipality_id,
                kind="plan",
                key=plan.number,
                visibility=plan.visibility,
            )
        )
        connection.execute(sa.update(proposal).where(proposal.c.id == plan.id).values(album_id=made))


def downgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_proposal_album_id_album"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_proposal_album_id"))
        batch_op.drop_column("album_id")

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_album_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_added_by_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("album", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_album_municipality_id"))

    op.drop_table("album")
