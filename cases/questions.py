"""Ready-made questions for a reporter, by category: what an office asks again and again, in either language.

They are data (`questions.toml`): a question is added or mended there.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("questions.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """`key`: `category.name`; `label`: the button in the group; the rest is what the reporter reads."""

    key: str
    label: str
    th: str
    en: str

    def say(self, language: str) -> str:
        """The question in the reporter's language."""
        return self.th if language == "th" else self.en


def list_questions(category: str) -> tuple[Question, ...]:
    """Those of a category, in the order of their buttons."""
    return tuple(one for key, one in _by_key().items() if key.partition(".")[0] == category)


def find(key: str) -> Question | None:
    """The question of that key, if there still is one."""
    return _by_key().get(key)


@cache
def _by_key() -> dict[str, Question]:
    with _FILE.open("rb") as file:
        tables = tomllib.load(file)
    return {
        f"{category}.{name}": Question(f"{category}.{name}", **words)
        for category, named in tables.items()
        for name, words in named.items()
    }
