"""What staff put in the place of words that come with the program."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep each change of a text."""
    op.create_table(
        "text_changes",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("th", sa.Text()),
        sa.Column("en", sa.Text()),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_text_changes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_changes")),
    )
    op.create_index("ix_text_changes_name", "text_changes", ["name", "id"])


def downgrade() -> None:
    """The words of the program alone."""
    op.drop_table("text_changes")
