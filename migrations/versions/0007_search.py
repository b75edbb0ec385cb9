"""Words that cases are searched by hold no telephone numbers, and what is asked of many cases stands in an index."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

END = "\n--;\n"
_WIDER = {
    "ix_cases_created_at": (
        ["created_at", "id"],
        ["latitude", "longitude", "status", "owner", "category", "confidential"],
    ),
    "ix_cases_status_created_at": (["status", "created_at", "id"], ["owner", "confidential"]),
}
_FEW = {"ix_cases_danger": "CAST(danger AS TEXT) <> '[]'", "ix_cases_secret": "confidential"}


def upgrade() -> None:
    """Write the words without the numbers, now and from now on."""
    for name, (columns, more) in _WIDER.items():
        op.drop_index(name, "cases")
        op.create_index(name, "cases", columns + more)
    op.create_index("ix_cases_category_created_at", "cases", ["category", "created_at", "id"])
    for name, where in _FEW.items():
        condition = sa.text(where)
        columns = ["status", "created_at", "id"]
        op.create_index(name, "cases", columns, postgresql_where=condition, sqlite_where=condition)
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute("DROP TRIGGER case_words_told")
        op.execute("DROP VIEW case_words_now")
    for statement in _read(f"0007_search.{dialect}.sql"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """With the numbers from now on; those that are gone stay so until their case is written again."""
    dialect = op.get_bind().dialect.name
    before = _read(f"0004_search.{dialect}.sql")
    if dialect == "sqlite":
        for name in ("case_words_told_phone", "case_words_told"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP VIEW case_words_now")
        again = [each for each in before if each.startswith(("CREATE VIEW", "CREATE TRIGGER case_words_told "))]
    else:
        again = [
            each.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
            for each in before
            if each.startswith("CREATE FUNCTION case_words_fold(")
        ]
    for statement in again:
        op.get_bind().exec_driver_sql(statement)
    for name in (*_FEW, "ix_cases_category_created_at"):
        op.drop_index(name, "cases")
    for name, (columns, _) in _WIDER.items():
        op.drop_index(name, "cases")
        op.create_index(name, "cases", columns)


def _read(name: str) -> list[str]:
    """The statements of a file, without the line that says what it is about."""
    written = Path(__file__).with_name(name).read_text("utf-8")
    return written.split("\n", 1)[1].split(END)[:-1]
