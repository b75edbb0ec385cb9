"""Only the edges open or commit a database session: one transaction for each thing that happens."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch

from tests.rules.tree import list_python, parse, refuse

EDGES = (
    "app.py",
    "commands/*",
    "handlers/*",
    "console/*",
    "jobs/*",
    "bot/delivery*.py",
    "benchmarks/*",
    "storage/engines.py",  # where opening is defined
    "storage/session.py",
    "storage/shared_commit.py",  # and where SQLite's is shared
    "migrations/env.py",  # alembic's own transaction
)
STORES = {
    "database",
    "db",
    "store",
    "engine",
    "session",
    "connection",
}
OPENERS = {"begin", "connect", "read"}
MAKERS = {"Session", "sessionmaker", "scoped_session", "create_engine", "Database"}


def _openings(name: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parse(name)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute):
            owner = node.func.value
            owned_by = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            opens = node.func.attr in OPENERS and owned_by.lower().strip("_") in STORES
            if opens or (node.func.attr in ("commit", "rollback") and not node.args):
                yield node.lineno, ast.unparse(node.func) + "()"
        elif isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            yield node.lineno, node.func.id + "()"


def test_only_the_edges_open_or_commit_a_session() -> None:
    refuse(
        (
            f"{name}:{line} {what}"
            for name in list_python()
            if not any(fnmatch(name, edge) for edge in EDGES) and not name.startswith("simulator/")
            for line, what in _openings(name)
        ),
        "Take `session` as an argument and leave the commit to whoever opened it: a handler, a job, a "
        "command or bot/delivery. Then all that one event changes becomes true at once, or not at all.",
    )
