"""assessment desk."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessor_absence",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "substitute_id IS NULL OR substitute_id <> person_id", name=op.f("ck_assessor_absence_substitute")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_assessor_absence_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assessor_absence_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_assessor_absence_substitute_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor_absence")),
        sa.UniqueConstraint("person_id", name=op.f("uq_assessor_absence_person_id")),
    )
    with op.batch_alter_table("assessor_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessor_absence_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessor_absence_substitute_id"), ["substitute_id"], unique=False)

    op.create_table(
        "desk_rule",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessor_id"], ["person.id"], name=op.f("fk_desk_rule_assessor_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_desk_rule_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_desk_rule_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_rule")),
        sa.UniqueConstraint("theme_id", name=op.f("uq_desk_rule_theme_id")),
    )
    with op.batch_alter_table("desk_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_rule_assessor_id"), ["assessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_rule_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("look", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.String(length=10), nullable=False),
        sa.Column("belongs_to", sa.String(length=120), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("involved", JsonValue, nullable=False),
        sa.Column("first_judges", JsonValue, nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("difference", sa.String(length=500), nullable=False),
        sa.Column("precedents", JsonValue, nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("maintenance_cents", sa.BigInteger(), nullable=True),
        sa.Column("agreed_cents", sa.BigInteger(), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'absent') = (away_until IS NOT NULL)", name=op.f("ck_assessment_absent")),
        sa.CheckConstraint("(state = 'asked') = (paused_on IS NOT NULL)", name=op.f("ck_assessment_asked")),
        sa.CheckConstraint("look = 1 OR request <> ''", name=op.f("ck_assessment_request")),
        sa.CheckConstraint("reminded IN ('', 'soon', 'late')", name=op.f("ck_assessment_reminded")),
        sa.CheckConstraint("state <> 'not-ours' OR belongs_to <> ''", name=op.f("ck_assessment_not_ours")),
        sa.CheckConstraint(
            "state IN ('open', 'asked', 'handed-over', 'not-ours', 'absent', 'answered', 'published')",
            name=op.f("ck_assessment_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('answered', 'published') OR (verdict <> '' AND reason <> '')",
            name=op.f("ck_assessment_answered"),
        ),
        sa.CheckConstraint("verdict IN ('', 'can', 'can-if-changed', 'cannot')", name=op.f("ck_assessment_verdict")),
        sa.CheckConstraint("cost_cents >= 0 AND maintenance_cents >= 0", name=op.f("ck_assessment_cost")),
        sa.CheckConstraint("look IN (1, 2)", name=op.f("ck_assessment_look")),
        sa.CheckConstraint("paused_days >= 0", name=op.f("ck_assessment_paused_days")),
        sa.ForeignKeyConstraint(
            ["assessor_id"], ["person.id"], name=op.f("fk_assessment_assessor_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["judge_id"], ["person.id"], name=op.f("fk_assessment_judge_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_assessment_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_assessment_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("proposal_id", "look", name=op.f("uq_assessment_proposal_id_look")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_assessor_id"), ["assessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_department"), ["department"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_state"), ["state"], unique=False)

    op.create_table(
        "exclusive_pair",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.Column("is_alike", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state = 'found' OR reason <> ''", name=op.f("ck_exclusive_pair_reason")),
        sa.CheckConstraint("state IN ('found', 'confirmed', 'dismissed')", name=op.f("ck_exclusive_pair_state")),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_exclusive_pair_two")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["proposal.id"], name=op.f("fk_exclusive_pair_first_id_proposal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_exclusive_pair_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["proposal.id"], name=op.f("fk_exclusive_pair_second_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusive_pair")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_exclusive_pair_first_id_second_id")),
    )
    with op.batch_alter_table("exclusive_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusive_pair_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exclusive_pair_second_id"), ["second_id"], unique=False)

    op.create_table(
        "assessment_mark",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("explanation", sa.String(length=500), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "mark IN ('', 'yes', 'partly', 'no', 'not-applicable')", name=op.f("ck_assessment_mark_mark")
        ),
        sa.CheckConstraint("position > 0", name=op.f("ck_assessment_mark_position")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_mark_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_assessment_mark_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_mark")),
        sa.UniqueConstraint("assessment_id", "position", name=op.f("uq_assessment_mark_assessment_id_position")),
    )
    with op.batch_alter_table("assessment_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_mark_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "assessment_note",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("text <> '' OR kind <> 'note'", name=op.f("ck_assessment_note_text")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_note_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_assessment_note_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["writer_id"], ["person.id"], name=op.f("fk_assessment_note_writer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_note")),
    )
    with op.batch_alter_table("assessment_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_note_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_note_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "assessment_version",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("look", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("content", JsonValue, nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_in_time", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_assessment_version_days")),
        sa.CheckConstraint("number > 0", name=op.f("ck_assessment_version_number")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_version_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_assessment_version_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_assessment_version_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_version")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_assessment_version_proposal_id_number")),
    )
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_version_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_version_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_version_published_on"), ["published_on"], unique=False)

    op.create_table(
        "author_question",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("asked_cents", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("has_agreed", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name=op.f("ck_author_question_answered")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_author_question_text")),
        sa.CheckConstraint("asked_cents > 0", name=op.f("ck_author_question_asked_cents")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_author_question_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_author_question_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_author_question")),
    )
    with op.batch_alter_table("author_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_author_question_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_author_question_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "owner_link",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("positions", JsonValue, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("filled_at", UTCDateTime(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("organisation <> ''", name=op.f("ck_owner_link_organisation")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_owner_link_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_owner_link_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_owner_link_token_hash")),
    )
    with op.batch_alter_table("owner_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_owner_link_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_owner_link_municipality_id"), ["municipality_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("owner_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_owner_link_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_owner_link_assessment_id"))

    op.drop_table("owner_link")
    with op.batch_alter_table("author_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_author_question_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_author_question_assessment_id"))

    op.drop_table("author_question")
    with op.batch_alter_table("assessment_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_version_published_on"))
        batch_op.drop_index(batch_op.f("ix_assessment_version_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_version_assessment_id"))

    op.drop_table("assessment_version")
    with op.batch_alter_table("assessment_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_note_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_note_assessment_id"))

    op.drop_table("assessment_note")
    with op.batch_alter_table("assessment_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_mark_municipality_id"))

    op.drop_table("assessment_mark")
    with op.batch_alter_table("exclusive_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusive_pair_second_id"))
        batch_op.drop_index(batch_op.f("ix_exclusive_pair_municipality_id"))

    op.drop_table("exclusive_pair")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_state"))
        batch_op.drop_index(batch_op.f("ix_assessment_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_due"))
        batch_op.drop_index(batch_op.f("ix_assessment_department"))
        batch_op.drop_index(batch_op.f("ix_assessment_assessor_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("desk_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_rule_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_desk_rule_assessor_id"))

    op.drop_table("desk_rule")
    with op.batch_alter_table("assessor_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessor_absence_substitute_id"))
        batch_op.drop_index(batch_op.f("ix_assessor_absence_municipality_id"))

    op.drop_table("assessor_absence")
