"""Calls are owed to those who follow a case by telephone, too; and what LINE told of the account itself."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Who is to be rung, where it is not the case's reporter; and the account's basic ID."""
    with op.batch_alter_table("callbacks") as table:
        table.add_column(sa.Column("reporter_id", KEY))
        table.create_foreign_key(op.f("fk_callbacks_reporter_id"), "reporters", ["reporter_id"], ["id"])
    op.create_index(op.f("ix_callbacks_reporter_id"), "callbacks", ["reporter_id"])
    op.create_table(
        "line_account",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("basic_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_account")),
    )


def downgrade() -> None:
    """The reporters' calls alone."""
    op.drop_table("line_account")
    op.execute("DELETE FROM callbacks WHERE reporter_id IS NOT NULL")
    op.drop_index(op.f("ix_callbacks_reporter_id"), "callbacks")
    with op.batch_alter_table("callbacks") as table:
        table.drop_constraint(op.f("fk_callbacks_reporter_id"), type_="foreignkey")
        table.drop_column("reporter_id")
