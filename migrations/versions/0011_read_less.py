"""What a list, the first page and a search ask of many cases stands in an index, so that fewer rows are read."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RUNNING = sa.text("stopped_at IS NULL")
_CASES = {
    "ix_cases_owner_created_at": (["owner", "created_at", "id"], ["category", "confidential", "status"]),
    "ix_cases_category_created_at": (["category", "created_at", "id"], ["owner", "confidential"]),
}
_DUE = ["due_at", "case_id"]


def upgrade() -> None:
    """Wider indexes in place of what was, and one of the clocks that run, by their case."""
    for name, (columns, more) in _CASES.items():
        op.drop_index(name, "cases")
        op.create_index(name, "cases", columns + more)
    more = ["kind", "id", "stopped_at"]  # the last is empty, but SQLite reads the row where it does not stand there
    _index_due([*_DUE, *more])
    columns = ["case_id", "due_at", *more]
    op.create_index("ix_sla_clocks_running", "sla_clocks", columns, postgresql_where=RUNNING, sqlite_where=RUNNING)


def downgrade() -> None:
    """As they were."""
    op.drop_index("ix_sla_clocks_running", "sla_clocks")
    _index_due(_DUE)
    for name, (columns, _) in _CASES.items():
        op.drop_index(name, "cases")
        op.create_index(name, "cases", columns)


def _index_due(columns: list[str]) -> None:
    op.drop_index("ix_sla_clocks_due_at", "sla_clocks")
    op.create_index("ix_sla_clocks_due_at", "sla_clocks", columns, postgresql_where=RUNNING, sqlite_where=RUNNING)
