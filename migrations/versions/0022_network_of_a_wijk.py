"""network of a wijk."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("wijk_code", sa.String(length=12), nullable=False),
        sa.Column("wheelchair", sa.String(length=10), nullable=False),
        sa.Column("wheelchair_words", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('neighbourhood', 'village', 'library', 'sports', 'faith', 'school', 'other')",
            name=op.f("ck_house_kind"),
        ),
        sa.CheckConstraint("wheelchair IN ('yes', 'partly', 'no')", name=op.f("ck_house_wheelchair")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_house_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_house_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
        sa.UniqueConstraint("municipality_id", "name", "address", name=op.f("uq_house_municipality_id_name_address")),
    )
    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_house_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_house_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_house_wijk_code"), ["wijk_code"], unique=False)

    op.create_table(
        "activity",
        sa.Column("house_id", sa.Uuid(), nullable=True),
        sa.Column("initiative_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("wijk_code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("is_weekly", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("for_whom", sa.String(length=200), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("sign_up", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("house_id IS NOT NULL OR place <> ''", name=op.f("ck_activity_place")),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_activity_cost")),
        sa.CheckConstraint("ends > starts", name=op.f("ck_activity_hours")),
        sa.CheckConstraint("house_id IS NOT NULL OR initiative_id IS NOT NULL", name=op.f("ck_activity_whose")),
        sa.CheckConstraint("until IS NULL OR (is_weekly AND until >= day)", name=op.f("ck_activity_until")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_activity_house_id_house"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_activity_initiative_id_initiative"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_activity_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_house_id"), ["house_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_wijk_code"), ["wijk_code"], unique=False)

    op.create_table(
        "initiative_tie",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_first", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("agreed_on IS NULL OR agreed_on >= asked_on", name=op.f("ck_initiative_tie_agreed")),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_initiative_tie_order")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["initiative.id"], name=op.f("fk_initiative_tie_first_id_initiative"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_initiative_tie_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["initiative.id"], name=op.f("fk_initiative_tie_second_id_initiative"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_tie")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_initiative_tie_first_id_second_id")),
    )
    with op.batch_alter_table("initiative_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_tie_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_tie_second_id"), ["second_id"], unique=False)

    op.create_table(
        "meeting_place",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_meeting_place_house_id_house"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_meeting_place_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_meeting_place_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_place")),
        sa.UniqueConstraint("initiative_id", "house_id", name=op.f("uq_meeting_place_initiative_id_house_id")),
    )
    with op.batch_alter_table("meeting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_place_house_id"), ["house_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_place_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "cancelled_day",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_cancelled_day_reason")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_cancelled_day_activity_id_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_cancelled_day_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancelled_day")),
        sa.UniqueConstraint("activity_id", "day", name=op.f("uq_cancelled_day_activity_id_day")),
    )
    with op.batch_alter_table("cancelled_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cancelled_day_municipality_id"), ["municipality_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cancelled_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cancelled_day_municipality_id"))

    op.drop_table("cancelled_day")
    with op.batch_alter_table("meeting_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_place_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_place_house_id"))

    op.drop_table("meeting_place")
    with op.batch_alter_table("initiative_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_tie_second_id"))
        batch_op.drop_index(batch_op.f("ix_initiative_tie_municipality_id"))

    op.drop_table("initiative_tie")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_wijk_code"))
        batch_op.drop_index(batch_op.f("ix_activity_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_activity_initiative_id"))
        batch_op.drop_index(batch_op.f("ix_activity_house_id"))

    op.drop_table("activity")
    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_house_wijk_code"))
        batch_op.drop_index(batch_op.f("ix_house_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_house_municipality_id"))

    op.drop_table("house")
