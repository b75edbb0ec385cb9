"""What staff set for single categories, over the table that comes with the program."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what differs."""
    op.create_table(
        "category_overrides",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("th", sa.String(length=60)),
        sa.Column("en", sa.String(length=60)),
        sa.Column("resolve_days", sa.Integer()),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_category_overrides")),
    )


def downgrade() -> None:
    """The table of the program alone."""
    op.drop_table("category_overrides")
