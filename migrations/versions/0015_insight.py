"""insight."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spending_import",
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("imported_at", UTCDateTime(), nullable=False),
        sa.Column("imported_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("columns", JsonValue, nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'draft') = (content IS NOT NULL)", name=op.f("ck_spending_import_content")),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name=op.f("ck_spending_import_published")),
        sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name=op.f("ck_spending_import_state")),
        sa.ForeignKeyConstraint(
            ["imported_by_id"],
            ["person.id"],
            name=op.f("fk_spending_import_imported_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_spending_import_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_import")),
    )
    with op.batch_alter_table("spending_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spending_import_imported_by_id"), ["imported_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spending_import_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "spending_line",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=True),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("allocation", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "allocation IN ('direct', 'per-inhabitant', 'per-m2', 'estimate')", name=op.f("ck_spending_line_allocation")
        ),
        sa.CheckConstraint(
            "field IN ('green', 'streets', 'youth', 'care', 'safety', 'waste', 'sport', 'culture', 'library', 'schools', 'other')",
            name=op.f("ck_spending_line_field"),
        ),
        sa.CheckConstraint("kind IN ('budget', 'actual')", name=op.f("ck_spending_line_kind")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_spending_line_name")),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_spending_line_amount")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_spending_line_year")),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["spending_import.id"],
            name=op.f("fk_spending_line_import_id_spending_import"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_spending_line_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_line")),
    )
    with op.batch_alter_table("spending_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spending_line_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spending_line_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index("ix_spending_line_place", ["municipality_id", "year", "kind", "area_code"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("spending_line", schema=None) as batch_op:
        batch_op.drop_index("ix_spending_line_place")
        batch_op.drop_index(batch_op.f("ix_spending_line_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_spending_line_import_id"))

    op.drop_table("spending_line")
    with op.batch_alter_table("spending_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spending_import_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_spending_import_imported_by_id"))

    op.drop_table("spending_import")
