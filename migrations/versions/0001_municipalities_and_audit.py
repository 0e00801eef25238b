"""municipalities and audit."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, RowNumber, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "municipality",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("languages", JsonValue, nullable=False),
        sa.Column("modules", JsonValue, nullable=False),
        sa.Column("theme", JsonValue, nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("phone_hours", sa.String(length=200), nullable=False),
        sa.Column("counter", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind = 'region' OR code LIKE 'GM____'", name=op.f("ck_municipality_code")),
        sa.CheckConstraint("kind IN ('municipality', 'region')", name=op.f("ck_municipality_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("code", name=op.f("uq_municipality_code")),
    )
    op.create_table(
        "area",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("inhabitants", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("geometry", JsonValue, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(kind = 'buurt') = (parent_code IS NOT NULL)", name=op.f("ck_area_parent")),
        sa.CheckConstraint("kind IN ('wijk', 'buurt', 'own')", name=op.f("ck_area_kind")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_area_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("municipality_id", "code", "year", name=op.f("uq_area_municipality_id_code_year")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", RowNumber, autoincrement=True, nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("verb", sa.String(length=80), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=True),
        sa.Column("actor_role", sa.String(length=80), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=True),
        sa.Column("fields", JsonValue, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_audit_entry_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "municipality_host",
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_municipality_host_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_municipality_host")),
    )
    with op.batch_alter_table("municipality_host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_host_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "postcode",
        sa.Column("postcode", sa.String(length=6), nullable=False),
        sa.Column("house_number", sa.Integer(), nullable=True),
        sa.Column("buurt_code", sa.String(length=12), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("postcode LIKE '______'", name=op.f("ck_postcode_postcode")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_postcode_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postcode")),
        sa.UniqueConstraint(
            "municipality_id",
            "postcode",
            "house_number",
            name=op.f("uq_postcode_municipality_id_postcode_house_number"),
        ),
    )
    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postcode_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "region_member",
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_region_member_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["municipality.id"], name=op.f("fk_region_member_region_id_municipality")
        ),
        sa.PrimaryKeyConstraint("region_id", "municipality_id", name=op.f("pk_region_member")),
    )
    with op.batch_alter_table("region_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_member_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "area_buurt",
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("buurt_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_buurt_area_id_area"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("area_id", "buurt_code", name=op.f("pk_area_buurt")),
    )


def downgrade() -> None:
    op.drop_table("area_buurt")
    with op.batch_alter_table("region_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_member_municipality_id"))

    op.drop_table("region_member")
    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postcode_municipality_id"))

    op.drop_table("postcode")
    with op.batch_alter_table("municipality_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipality_host_municipality_id"))

    op.drop_table("municipality_host")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_municipality_id"))

    op.drop_table("audit_entry")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_municipality_id"))

    op.drop_table("area")
    op.drop_table("municipality")
