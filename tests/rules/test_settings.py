"""Every setting is in .env.example, and .env.example names nothing that is not a setting."""

import ast
import re
from collections.abc import Iterator

import pytest

import config
from tests.rules.tree import ROOT, list_python, parse, read, refuse

ENTRY = re.compile(r"^#? ?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


@pytest.fixture
def example() -> set[str]:
    assert (ROOT / ".env.example").is_file(), "Write .env.example: each setting, what it is for, its default."
    return set(ENTRY.findall(read(".env.example")))


def _settings() -> set[str]:
    return {
        field.validation_alias if isinstance(field.validation_alias, str) else name.upper()
        for name, field in config.Settings.model_fields.items()
    }


def _read_from_the_environment() -> Iterator[tuple[str, int, str]]:
    for name in list_python():
        if name.startswith("simulator/"):
            continue  # a program of its own, told everything on its command line
        for node in ast.walk(parse(name)):
            variable: ast.expr | None = None
            if isinstance(node, ast.Call) and node.args:
                called = ast.unparse(node.func)
                if called in ("os.getenv", "getenv", "os.environ.get", "environ.get"):
                    variable = node.args[0]
            elif (
                isinstance(node, ast.Subscript)
                and isinstance(node.ctx, ast.Load)
                and ast.unparse(node.value) in ("os.environ", "environ")
            ):
                variable = node.slice
            if variable is not None:
                where = variable.value if isinstance(variable, ast.Constant) else ast.unparse(variable)
                yield name, variable.lineno, str(where)


def test_every_setting_is_explained_in_the_example(example: set[str]) -> None:
    refuse(
        sorted(_settings() - example),
        "Add each to .env.example: one comment that says what it is for, then NAME=its default "
        "(commented out where the default will do).",
    )


def test_the_example_names_settings_only(example: set[str]) -> None:
    refuse(
        sorted(example - _settings()),
        "config.Settings knows no such setting: mend the name in .env.example, or add it to config.py.",
    )


def test_the_environment_is_read_by_config_and_clock_alone() -> None:
    refuse(
        (
            f"{name}:{line} reads {variable}"
            for name, line, variable in _read_from_the_environment()
            if name not in ("config.py", "clock.py", "benchmarks/echo_peer.py")  # the peer is no part of the program
        ),
        "Add a field to config.Settings (and .env.example) and take the value from there.",
    )
