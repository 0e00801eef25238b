"""ways of counting."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_exhaustive", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("is_compared", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("has_bar", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("min_votes", sa.Integer(), nullable=True))
        batch_op.create_check_constraint("min_votes", "min_votes > 0")
    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.alter_column("is_exhaustive", server_default=None)
        batch_op.alter_column("is_compared", server_default=None)
        batch_op.alter_column("has_bar", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.drop_constraint("min_votes", type_="check")
        batch_op.drop_column("min_votes")
        batch_op.drop_column("has_bar")
        batch_op.drop_column("is_compared")
        batch_op.drop_column("is_exhaustive")
