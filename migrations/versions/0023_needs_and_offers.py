"""needs and offers."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import UTCDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("for_what", sa.Text(), nullable=False),
        sa.Column("how_much", sa.String(length=200), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("address LIKE 'https://%'", name=op.f("ck_fund_address")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_fund_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_fund_municipality_id_name")),
    )
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "lasting_answer",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("half_year", sa.String(length=10), nullable=False),
        sa.Column("lasted", sa.String(length=10), nullable=False),
        sa.Column("would_again", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("lasted IN ('ja', 'deels', 'nee')", name=op.f("ck_lasting_answer_lasted")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_lasting_answer_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lasting_answer")),
    )
    with op.batch_alter_table("lasting_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lasting_answer_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "lasting_question",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("half_year", sa.String(length=10), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_lasting_question_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lasting_question")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_lasting_question_token_hash")),
    )
    with op.batch_alter_table("lasting_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lasting_question_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "match_count",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("wijk_code", sa.String(length=12), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("made > 0", name=op.f("ck_match_count_made")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_match_count_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_count")),
        sa.UniqueConstraint(
            "municipality_id",
            "year",
            "kind",
            "wijk_code",
            name=op.f("uq_match_count_municipality_id_year_kind_wijk_code"),
        ),
    )
    with op.batch_alter_table("match_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_count_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "help_block",
        sa.Column("blocker_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["person.id"], name=op.f("fk_help_block_blocked_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["blocker_id"], ["person.id"], name=op.f("fk_help_block_blocker_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_help_block_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_block")),
        sa.UniqueConstraint("blocker_id", "blocked_id", name=op.f("uq_help_block_blocker_id_blocked_id")),
    )
    with op.batch_alter_table("help_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_block_blocked_id"), ["blocked_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_block_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "posting",
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("wijk_code", sa.String(length=12), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("days", sa.String(length=40), nullable=False),
        sa.Column("parts", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("initiative_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("shown_as", sa.String(length=80), nullable=False),
        sa.Column("is_brokered", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (closed_on IS NULL)", name=op.f("ck_posting_closed")),
        sa.CheckConstraint(
            "initiative_id IS NULL OR kind NOT IN ('gezelschap', 'koken', 'vervoer')", name=op.f("ck_posting_for_one")
        ),
        sa.CheckConstraint("is_brokered OR sealed = ''", name=op.f("ck_posting_sealed")),
        sa.CheckConstraint(
            "kind IN ('handen', 'ruimte', 'geld', 'kennis', 'gereedschap', 'vergunning', 'overnemen', 'koken', 'gezelschap', 'vervoer')",
            name=op.f("ck_posting_kind"),
        ),
        sa.CheckConstraint("side IN ('vraag', 'aanbod')", name=op.f("ck_posting_side")),
        sa.CheckConstraint("state IN ('open', 'matched', 'withdrawn', 'lapsed')", name=op.f("ck_posting_state")),
        sa.CheckConstraint(
            "(CASE WHEN initiative_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name=op.f("ck_posting_whose"),
        ),
        sa.CheckConstraint(
            "NOT is_brokered OR (initiative_id IS NULL AND organisation_id IS NULL)", name=op.f("ck_posting_brokered")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name=op.f("ck_posting_period")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_posting_initiative_id_initiative"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_posting_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_posting_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_posting_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_wijk_code"), ["wijk_code"], unique=False)

    op.create_table(
        "help_match",
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=10), nullable=False),
        sa.Column("asker_id", sa.Uuid(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("contact_sealed", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'proposed') = (settled_on IS NULL)", name=op.f("ck_help_match_settled")),
        sa.CheckConstraint("asked_by IN ('', 'vraag', 'aanbod')", name=op.f("ck_help_match_asked_by")),
        sa.CheckConstraint("state = 'proposed' OR contact_sealed = ''", name=op.f("ck_help_match_thrown_away")),
        sa.CheckConstraint("state IN ('proposed', 'agreed', 'declined', 'ended')", name=op.f("ck_help_match_state")),
        sa.CheckConstraint("need_id <> offer_id", name=op.f("ck_help_match_two")),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["person.id"], name=op.f("fk_help_match_asker_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_help_match_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["posting.id"], name=op.f("fk_help_match_need_id_posting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["posting.id"], name=op.f("fk_help_match_offer_id_posting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_match")),
        sa.UniqueConstraint("need_id", "offer_id", name=op.f("uq_help_match_need_id_offer_id")),
    )
    with op.batch_alter_table("help_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_match_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_match_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_match_offer_id"), ["offer_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("help_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_match_offer_id"))
        batch_op.drop_index(batch_op.f("ix_help_match_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_help_match_asker_id"))

    op.drop_table("help_match")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_wijk_code"))
        batch_op.drop_index(batch_op.f("ix_posting_state"))
        batch_op.drop_index(batch_op.f("ix_posting_person_id"))
        batch_op.drop_index(batch_op.f("ix_posting_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_posting_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_posting_kind"))
        batch_op.drop_index(batch_op.f("ix_posting_initiative_id"))

    op.drop_table("posting")
    with op.batch_alter_table("help_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_block_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_help_block_blocked_id"))

    op.drop_table("help_block")
    with op.batch_alter_table("match_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_count_municipality_id"))

    op.drop_table("match_count")
    with op.batch_alter_table("lasting_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lasting_question_municipality_id"))

    op.drop_table("lasting_question")
    with op.batch_alter_table("lasting_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lasting_answer_municipality_id"))

    op.drop_table("lasting_answer")
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fund_municipality_id"))

    op.drop_table("fund")
