"""Looks words up. `th.toml` and `en.toml` hold the same keys; a missing key is a defect and raises."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("th", "en")


class UnknownText(KeyError):
    """A key that the catalogue does not hold."""


@lru_cache(maxsize=4)
def load_catalogue(language: str) -> dict[str, str]:
    """Every text of one language by its dotted key."""
    source = Path(__file__).with_name(f"{language}.toml")
    flat: dict[str, str] = {}
    _flatten("", tomllib.loads(source.read_text(encoding="utf-8")), flat)
    return flat


def _flatten(prefix: str, table: dict[str, Any], flat: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}{name}.", value, flat)
        else:
            flat[f"{prefix}{name}"] = value


def say(language: str, key: str, **values: object) -> str:
    """The text under `key`, its `{placeholders}` filled. Unknown languages speak Thai."""
    try:
        template = load_catalogue(language if language in LANGUAGES else "th")[key]
    except KeyError:
        raise UnknownText(f"no text {key!r}: add it to texts/th.toml and texts/en.toml") from None
    return template.format(**values) if values else template


def has_text(key: str) -> bool:
    """Whether the catalogue knows this key."""
    return key in load_catalogue("th")
