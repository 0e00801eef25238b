"""following news settings and submissions."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("led_to", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_made_at"), ["made_at"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("explanation", sa.String(length=500), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_criterion_position")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_criterion_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("municipality_id", "question", name=op.f("uq_criterion_municipality_id_question")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "news_item",
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sender", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'published') = (number IS NOT NULL)", name=op.f("ck_news_item_number")),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_news_item_published")),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_news_item_state")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_news_item_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_news_item_municipality_id_number")),
    )
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_item_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "own_text",
        sa.Column("page", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("language IN ('nl', 'en')", name=op.f("ck_own_text_language")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_own_text_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_text")),
        sa.UniqueConstraint(
            "municipality_id", "page", "language", name=op.f("uq_own_text_municipality_id_page_language")
        ),
    )
    with op.batch_alter_table("own_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_text_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "term_choice",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("named_source", sa.String(length=200), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length > 0", name=op.f("ck_term_choice_length")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_term_choice_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_choice")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_term_choice_municipality_id_key")),
    )
    with op.batch_alter_table("term_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_choice_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "follow",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_follow_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_follow_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("person_id", "kind", "key", name=op.f("uq_follow_person_id_kind_key")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index("ix_follow_subject", ["municipality_id", "kind", "key"], unique=False)

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waits_for_overview", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("waits_for_overview", server_default=None)

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("switched_off", JsonValue, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("accessibility", JsonValue, nullable=False, server_default="{}"))
        batch_op.drop_column("modules")

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.alter_column("switched_off", server_default=None)
        batch_op.alter_column("accessibility", server_default=None)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_person_rhythm"), type_="check")
        batch_op.create_check_constraint(op.f("ck_person_rhythm"), "rhythm IN ('at-once', 'daily', 'weekly', 'never')")


def downgrade() -> None:
    op.execute("UPDATE person SET rhythm = 'weekly' WHERE rhythm = 'never'")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_person_rhythm"), type_="check")
        batch_op.create_check_constraint(op.f("ck_person_rhythm"), "rhythm IN ('at-once', 'daily', 'weekly')")

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("modules", JsonValue, nullable=False, server_default="[]"))
        batch_op.drop_column("accessibility")
        batch_op.drop_column("switched_off")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("waits_for_overview")

    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index("ix_follow_subject")
        batch_op.drop_index(batch_op.f("ix_follow_municipality_id"))

    op.drop_table("follow")
    with op.batch_alter_table("term_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_choice_municipality_id"))

    op.drop_table("term_choice")
    with op.batch_alter_table("own_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_text_municipality_id"))

    op.drop_table("own_text")
    with op.batch_alter_table("news_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_item_municipality_id"))

    op.drop_table("news_item")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_municipality_id"))

    op.drop_table("criterion")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_made_at"))

    op.drop_table("submission")
