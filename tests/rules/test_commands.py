"""Every command explains itself, so that an operator never has to read code to find out what to type."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path as File

import click
import pytest
from click.testing import CliRunner

import app
from tests.rules.tree import ROOT, refuse

Path = tuple[str, ...]


def _root() -> click.Group:
    found = [thing for thing in (app.main, *vars(app).values()) if isinstance(thing, click.Group)]
    assert found, "app.py must hold the click group `fasttrack` (app:main), or import it from commands/."
    return found[0]


def _walk(command: click.Command, path: Path = ()) -> Iterator[tuple[Path, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None, name
            yield from _walk(found, (*path, name))


COMMANDS = dict(_walk(_root()))
FIXED = ("serve", "demo", "worker", "migrate", "invite", "route", "categories", "categorise", "read-reply", "seed")


def test_the_commands_operators_rely_on_are_there() -> None:
    assert {(name,) for name in FIXED} | {("boundaries", "import")} <= COMMANDS.keys()


def test_the_list_says_of_each_what_it_says_itself() -> None:
    assert {
        path[0]: command.get_short_help_str(limit=200) for path, command in COMMANDS.items() if len(path) == 1
    } == app.COMMANDS


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(("fasttrack", *path)))
def test_help_works(path: Path) -> None:
    answer = CliRunner().invoke(_root(), [*path, "--help"], prog_name="fasttrack")
    assert answer.exit_code == 0, f"`fasttrack {' '.join(path)} --help` failed: {answer.output or answer.exception!r}"
    assert answer.output.startswith("Usage: fasttrack"), answer.output


def test_every_command_and_option_is_explained() -> None:
    refuse(
        [f"fasttrack {' '.join(path)}" for path, command in COMMANDS.items() if not (command.help or "").strip()]
        + [
            f"fasttrack {' '.join(path)} {option.opts[0]}"
            for path, command in COMMANDS.items()
            for option in command.params
            if isinstance(option, click.Option) and not option.help and not option.hidden
        ],
        "Give the command a docstring and each option help=..., in commands/: what it does, what to type.",
    )


def test_the_installed_command_starts() -> None:
    installed = File(sys.executable).with_name("fasttrack")
    answer = subprocess.run(
        [installed, "--help"], cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    refuse(
        [answer.stderr or answer.stdout] if answer.returncode or "serve" not in answer.stdout else [],
        "`fasttrack --help` must list the commands: see [project.scripts] in pyproject.toml, and app.main.",
    )
