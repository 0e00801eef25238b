"""residents initiatives."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_absence",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=False),
        sa.Column("stand_in_shown", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("person_id <> stand_in_id", name=op.f("ck_contact_absence_somebody_else")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_contact_absence_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_absence_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["person.id"], name=op.f("fk_contact_absence_stand_in_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_absence")),
        sa.UniqueConstraint("person_id", name=op.f("uq_contact_absence_person_id")),
    )
    with op.batch_alter_table("contact_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_absence_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_absence_stand_in_id"), ["stand_in_id"], unique=False)

    op.create_table(
        "initiative",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("answer_state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("wijk_code", sa.String(length=12), nullable=True),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("alive_on", sa.Date(), nullable=False),
        sa.Column("alive_asked_on", sa.Date(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("contact_shown", sa.String(length=120), nullable=False),
        sa.Column("turn_party", sa.String(length=120), nullable=False),
        sa.Column("turn_since", sa.Date(), nullable=True),
        sa.Column("turn_due", sa.Date(), nullable=True),
        sa.Column("invitation_hash", sa.String(length=64), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("album_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(stage = 'ended') = (ended_on IS NOT NULL)", name=op.f("ck_initiative_ended")),
        sa.CheckConstraint(
            "answer_state <> 'waiting' OR (turn_due IS NOT NULL AND asked_on IS NOT NULL)",
            name=op.f("ck_initiative_waiting"),
        ),
        sa.CheckConstraint(
            "answer_state IN ('not-asked', 'waiting', 'yes', 'yes-if', 'no')", name=op.f("ck_initiative_answer_state")
        ),
        sa.CheckConstraint(
            "answer_state NOT IN ('no', 'yes', 'yes-if') OR asked_on IS NOT NULL", name=op.f("ck_initiative_answered")
        ),
        sa.CheckConstraint("contact_id IS NULL OR contact_shown <> ''", name=op.f("ck_initiative_contact")),
        sa.CheckConstraint("language IN ('nl', 'en')", name=op.f("ck_initiative_language")),
        sa.CheckConstraint(
            "stage IN ('idea', 'starting', 'active', 'independent', 'ended')", name=op.f("ck_initiative_stage")
        ),
        sa.CheckConstraint("turn_party <> '' OR turn_due IS NULL", name=op.f("ck_initiative_turn")),
        sa.ForeignKeyConstraint(["album_id"], ["album.id"], name=op.f("fk_initiative_album_id_album")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["person.id"], name=op.f("fk_initiative_contact_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_initiative_theme_id_theme")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_initiative_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_initiative_municipality_id_number")),
    )
    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_album_id"), ["album_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_wijk_code"), ["wijk_code"], unique=False)

    op.create_table(
        "initiative_answer",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("helper", sa.String(length=120), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'no' OR (ground <> '' AND route <> '' AND words <> '')", name=op.f("ck_initiative_answer_no")
        ),
        sa.CheckConstraint(
            "kind <> 'yes-if' OR (conditions <> '' AND helper <> '')", name=op.f("ck_initiative_answer_yes_if")
        ),
        sa.CheckConstraint("kind IN ('yes', 'yes-if', 'no')", name=op.f("ck_initiative_answer_kind")),
        sa.CheckConstraint("number > 0", name=op.f("ck_initiative_answer_number")),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_answer_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_answer_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_answer")),
        sa.UniqueConstraint("initiative_id", "number", name=op.f("uq_initiative_answer_initiative_id_number")),
    )
    with op.batch_alter_table("initiative_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_answer_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "initiative_link",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_link_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_link_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_link")),
        sa.UniqueConstraint("initiative_id", "kind", "key", name=op.f("uq_initiative_link_initiative_id_kind_key")),
    )
    with op.batch_alter_table("initiative_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_link_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "initiative_member",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_member_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_member_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_initiative_member_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_member")),
        sa.UniqueConstraint("initiative_id", "person_id", name=op.f("uq_initiative_member_initiative_id_person_id")),
    )
    with op.batch_alter_table("initiative_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_member_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "initiative_note",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("is_of_municipality", sa.Boolean(), nullable=False),
        sa.Column("shown_as", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_note_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_note_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_initiative_note_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_note")),
    )
    with op.batch_alter_table("initiative_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_note_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_note_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_note_person_id"), ["person_id"], unique=False)

    op.create_table(
        "initiative_referral",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("to_whom", sa.String(length=120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(answered_on IS NULL) = (outcome = '')", name=op.f("ck_initiative_referral_answered")),
        sa.CheckConstraint("number > 0", name=op.f("ck_initiative_referral_number")),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_referral_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_referral_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_referral")),
        sa.UniqueConstraint("initiative_id", "number", name=op.f("uq_initiative_referral_initiative_id_number")),
    )
    with op.batch_alter_table("initiative_referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_referral_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "initiative_update",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("people >= 0 AND hours >= 0", name=op.f("ck_initiative_update_yield")),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_update_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_update_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_update")),
    )
    with op.batch_alter_table("initiative_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_update_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_update_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "told_again",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_told_again_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_told_again_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_again")),
        sa.UniqueConstraint("initiative_id", "day", name=op.f("uq_told_again_initiative_id_day")),
    )
    with op.batch_alter_table("told_again", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_told_again_municipality_id"), ["municipality_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("told_again", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_told_again_municipality_id"))

    op.drop_table("told_again")
    with op.batch_alter_table("initiative_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_update_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_update_initiative_id"))

    op.drop_table("initiative_update")
    with op.batch_alter_table("initiative_referral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_referral_municipality_id"))

    op.drop_table("initiative_referral")
    with op.batch_alter_table("initiative_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_note_person_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_note_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_note_initiative_id"))

    op.drop_table("initiative_note")
    with op.batch_alter_table("initiative_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_member_municipality_id"))

    op.drop_table("initiative_member")
    with op.batch_alter_table("initiative_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_link_municipality_id"))

    op.drop_table("initiative_link")
    with op.batch_alter_table("initiative_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_answer_municipality_id"))

    op.drop_table("initiative_answer")
    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_wijk_code"))
        batch_op.drop_index(batch_op.f("ix_initiative_thread_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_theme_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_contact_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_album_id"))

    op.drop_table("initiative")
    with op.batch_alter_table("contact_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_absence_stand_in_id"))
        batch_op.drop_index(batch_op.f("ix_contact_absence_municipality_id"))

    op.drop_table("contact_absence")
