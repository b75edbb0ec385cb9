"""Every message as it goes out, kept in files to be read when they change; UPDATE_GOLDEN=1 writes them."""

import json
import os
from pathlib import Path

import pytest

from tests.bot.messages.examples import EXAMPLES, list_made
from tests.bot.messages.line_judges import judge

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "messages"
LANGUAGES = ("th", "en")
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def _path(name: str, lang: str) -> Path:
    return GOLDEN / f"{name}.{lang}.json"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_message_is_as_it_was_looked_at(name: str, lang: str) -> None:
    written = json.dumps(list_made(name, lang), ensure_ascii=False, indent=1) + "\n"
    path = _path(name, lang)
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing: run with UPDATE_GOLDEN=1, then look at what it shows"
    assert written == path.read_text(encoding="utf-8"), (
        f"{name} ({lang}) changed: look at it in the Flex simulator, then run with UPDATE_GOLDEN=1"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_line_takes_the_message(name: str, lang: str) -> None:
    judge(list_made(name, lang))


def test_no_golden_file_is_left_over() -> None:
    known = {_path(name, lang) for name in EXAMPLES for lang in LANGUAGES}
    assert set(GOLDEN.rglob("*.json")) - known == set()
