"""A telephone number with a Thai mark loose between its digits is left out of the words that cases are searched by."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

END = "\n--;\n"
MADE = ("CREATE VIEW case_words_now ", "CREATE OR REPLACE FUNCTION case_words_fold(")


def upgrade() -> None:
    """Such words written anew, and from now on so."""
    _make(_read("0012_search"))


def downgrade() -> None:
    """As before from now on; numbers that are gone stay so until their case is written again."""
    _make([each for each in _read("0007_search") if each.startswith(MADE)])


def _make(statements: list[str]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP VIEW case_words_now")
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _read(name: str) -> list[str]:
    """The statements of a file, without the line that says what it is about."""
    file = f"{name}.{op.get_bind().dialect.name}.sql"
    written = Path(__file__).with_name(file).read_text("utf-8")
    return written.split("\n", 1)[1].split(END)[:-1]
