"""Looks words up. `th.toml` and `en.toml` hold the same keys; a missing key is a defect and raises.

What staff read in the console has files of its own, one a page and language: `console/<page>.th.toml` holds
`console.<page>.…`. They are read when the first of their words is asked for, for webhooks never do.

What staff want to be said instead comes from outside, by `use_instead`: this room knows no database.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("th", "en")
CONSOLE = "console."
_instead: dict[str, Mapping[str, str]] = {language: {} for language in LANGUAGES}


class UnknownText(KeyError):
    """A key that the catalogue does not hold."""


@lru_cache(maxsize=4)
def load_catalogue(language: str) -> dict[str, str]:
    """Every text of one language by its dotted key."""
    source = Path(__file__).with_name(f"{language}.toml")
    flat: dict[str, str] = {}
    _flatten("", tomllib.loads(source.read_text(encoding="utf-8")), flat)
    return flat


@lru_cache(maxsize=4)
def load_console_catalogue(language: str) -> dict[str, str]:
    """Every text of the console in one language by its dotted key."""
    flat: dict[str, str] = {}
    for source in sorted(Path(__file__).with_name("console").glob(f"*.{language}.toml")):
        page = source.name.partition(".")[0]
        _flatten(f"{CONSOLE}{page}.", tomllib.loads(source.read_text(encoding="utf-8")), flat)
    return flat


def _find(language: str, key: str) -> str | None:
    spoken = language if language in LANGUAGES else "th"
    if key.startswith(CONSOLE):
        return load_console_catalogue(spoken).get(key)
    return _instead[spoken].get(key) or load_catalogue(spoken).get(key)


def use_instead(words: Mapping[str, Mapping[str, str]]) -> None:
    """From now on this process says these words, by language and key, in the place of the catalogue's."""
    for language in LANGUAGES:
        _instead[language] = words.get(language, {})


def _flatten(prefix: str, table: dict[str, Any], flat: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}{name}.", value, flat)
        else:
            flat[f"{prefix}{name}"] = value


def say(language: str, key: str, **values: object) -> str:
    """The text under `key`, its `{placeholders}` filled. Unknown languages speak Thai."""
    template = _find(language, key)
    if template is None:
        raise UnknownText(f"no text {key!r}: add it to texts/th.toml and texts/en.toml, or to texts/console/")
    return template.format(**values) if values else template


def has_text(key: str) -> bool:
    """Whether the catalogue knows this key."""
    return _find("th", key) is not None
