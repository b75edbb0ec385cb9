"""Imports point down. The contracts between rooms stand in pyproject.toml; the rest is here."""

import subprocess
import sys
from pathlib import Path

from tests.rules.tree import LEAVES, OURS, ROOT, list_imports, list_python, refuse

ORDER = (
    "commands > handlers | console | jobs > flows > cases > bot | integrations | places > storage > texts; "
    "config.py and clock.py are open to all of them."
)


def test_the_contracts_in_pyproject_are_kept() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [command, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    refuse(
        [checked.stdout + checked.stderr] if checked.returncode else [],
        f"Move the code to the room it belongs to, or hand the value in from above. Top to bottom: {ORDER}",
    )


def test_leaves_import_nothing_of_ours() -> None:
    refuse(
        (
            f"{name}:{line} imports {module}"
            for leaf in LEAVES
            for name in list_python(leaf)
            for line, module in list_imports(name)
            if module.split(".")[0] in OURS
        ),
        "config.py and clock.py may be imported by anyone, so they import none of our modules. "
        "Write what needs both in the room that uses it.",
    )


def test_only_commands_import_the_app() -> None:
    refuse(
        (
            f"{name}:{line} imports app"
            for name in list_python()
            if name.split("/")[0] not in ("app.py", "commands", "benchmarks")
            for line, module in list_imports(name)
            if module.split(".")[0] == "app"
        ),
        "app.py wires the rooms together and stands above them. Take what you need as an argument instead.",
    )


def test_app_reaches_the_simulator_and_migrations_only_through_commands() -> None:
    refuse(
        (
            f"{name}:{line} imports {module}"
            for name in list_python("app", "config", "clock")
            for line, module in list_imports(name)
            if module.split(".")[0] in ("simulator", "migrations", "benchmarks", "tests")
        ),
        "`serve` must never carry the simulator. Start it from the command that needs it, in commands/.",
    )


def test_the_simulator_imports_nothing_of_ours() -> None:
    refuse(
        (
            f"{name}:{line} imports {module}"
            for name in list_python("simulator")
            for line, module in list_imports(name)
            if module.split(".")[0] in OURS - {"simulator"}
        ),
        "The simulator plays LINE and speaks HTTP only, so that it proves what a real channel would see. "
        "Pass it what it needs on its command line or over HTTP.",
    )


def test_revisions_import_nothing_of_ours() -> None:
    refuse(
        (
            f"{name}:{line} imports {module}"
            for name in list_python("migrations")
            if name.startswith("migrations/versions/")
            for line, module in list_imports(name)
            if module.split(".")[0] in OURS
        ),
        "A revision must run as it was written when the models have long moved on. "
        "Spell out its tables with alembic's op and sqlalchemy.",
    )


def test_nothing_of_the_tests_is_imported_by_the_program() -> None:
    refuse(
        (
            f"{name}:{line} imports {module}"
            for name in list_python()
            for line, module in list_imports(name)
            if module.split(".")[0] in ("tests", "pytest", "hypothesis")
        ),
        "An installed program has no tests beside it. Move what it needs into the room that uses it.",
    )
