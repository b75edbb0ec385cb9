"""A list with nothing in it says so, on standard error: for other programs it stays empty."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from commands.contact import contact
from commands.outbox import outbox
from commands.replay import replay
from commands.user import user
from config import load_settings


@pytest.fixture(autouse=True)
def settings(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_on_a_new_database_each_list_says_that_there_is_nothing() -> None:
    asked: dict[str, tuple[click.Command, list[str]]] = {
        "Nobody may sign in yet": (user, ["list"]),
        "No address of any office is kept": (contact, ["--list"]),
        "No address of district:1026 is kept": (contact, ["--list", "--org", "district:1026"]),
        "There are no messages and no e-mails yet": (outbox, ["list"]),
        "No event has failed": (replay, ["--list"]),
    }
    for told, (command, words) in asked.items():
        answer = CliRunner().invoke(command, words)
        assert (answer.exit_code, answer.stdout) == (0, ""), answer.output
        assert told in answer.stderr
