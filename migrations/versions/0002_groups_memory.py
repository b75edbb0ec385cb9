"""The groups' memory: clocks that fire once, helpers and followers, mail, checked photos, what a push costs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add to what the journey made."""
    _once()


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("done_once")


def _once() -> None:
    op.create_table(
        "done_once",
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_done_once")),
    )
    op.create_index(op.f("ix_done_once_at"), "done_once", ["at"])
