"""The hours of single offices, how long the steps of a case may take, and more words for categories."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TAKE = """
INSERT INTO service_levels (category, level, amount, set_at)
SELECT code, 'resolve', resolve_days, updated_at FROM category_overrides WHERE resolve_days IS NOT NULL
"""
GIVE_BACK = """
UPDATE category_overrides SET resolve_days = (
    SELECT amount FROM service_levels
    WHERE category = category_overrides.code AND level = 'resolve' ORDER BY id DESC LIMIT 1
)
"""
# What only had days of its own has no row of its own any more: it gets one again.
RETURN = """
INSERT INTO category_overrides (code, offered, updated_at)
SELECT category, :offered, max(set_at) FROM service_levels
WHERE level = 'resolve' AND amount IS NOT NULL AND category NOT IN (SELECT code FROM category_overrides)
GROUP BY category
"""


def upgrade() -> None:
    """Days to resolve move to where all levels are."""
    op.create_table(
        "office_weeks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("week", sa.String(length=96), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_weeks")),
    )
    op.create_table(
        "service_levels",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.Integer()),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_levels")),
    )
    op.execute(TAKE)
    op.drop_column("category_overrides", "resolve_days")
    op.add_column("category_overrides", sa.Column("words", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Days to resolve as they stand now; other levels and hours are as the program has them."""
    op.drop_column("category_overrides", "words")
    op.add_column("category_overrides", sa.Column("resolve_days", sa.Integer()))
    op.get_bind().execute(sa.text(RETURN), {"offered": True})
    op.execute(GIVE_BACK)
    op.drop_table("service_levels")
    op.drop_table("office_weeks")
