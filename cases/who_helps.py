"""Whom a reporter can turn to where the BMA cannot help, ready-made in both languages (`who_helps.toml`)."""

import tomllib
from functools import cache
from pathlib import Path

from texts.catalog import say

_FILE = Path(__file__).with_name("who_helps.toml")


@cache
def _load() -> dict[str, dict[str, str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def list_buttons() -> dict[str, str]:
    """What stands on the button of each body, by its name here."""
    return {name: body["button"] for name, body in _load().items()}


def say_who(name: object, language: str) -> str | None:
    """In one sentence who looks after it, and how to reach them; None where there is no such body."""
    body = _load().get(str(name))
    if body is None:
        return None
    return say(language, "desk.who_helps", body=body["th" if language == "th" else "en"], phone=body["phone"])
