"""What an entry of the audit log holds beside who, when and what, in words: the log itself keeps short names."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.categories import find_category
from cases.views import name_category, name_khet
from places.organisations import find_organisation
from texts.catalog import has_text, say
from texts.moments import say_date

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OF_OFFICES = ("organisation", "receiver", "owner", "before", "after")
_OF_CATEGORIES = ("category", "before", "after")
# Where a pair is what was, and what holds now.
_PAIRS = ("category.changed", "category.reverted", "level.changed")


def say_details(language: str, verb: str, details: Mapping[str, Any], today: date) -> str:
    """Each detail with its name. One that has no words stands as it is kept: nothing is left out."""
    pairs = verb in _PAIRS
    said = (f"{_name(language, key)}: {_say(language, key, value, today, pairs)}" for key, value in details.items())
    return " · ".join(said)


def _name(language: str, key: str) -> str:
    name = f"console.audit_words.name.{key}"
    return say(language, name) if has_text(name) else key


def _say(language: str, key: str, value: Any, today: date, pairs: bool) -> str:
    if isinstance(value, list):
        parts = [_say(language, key, one, today, pairs) for one in value]
        return (" → " if pairs and len(parts) == 2 else ", ").join(parts) or "–"
    if isinstance(value, dict):
        return ", ".join(_say(language, name, one, today, pairs) for name, one in value.items()) or "–"
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return say(language, "console.audit_words.yes" if value else "console.audit_words.no")
    return _say_word(language, key, str(value), today)


def _say_word(language: str, key: str, word: str, today: date) -> str:
    if _DAY.fullmatch(word):
        return say_date(language, date.fromisoformat(word), today=today)
    if key in _OF_OFFICES and find_organisation(word) is not None:
        return name_khet(word, language)
    if key in _OF_CATEGORIES and find_category(word) is not None:
        return name_category(word, language)
    if key == "role":
        return say(language, f"console.roles.{word.replace('-', '_')}")
    known = f"console.audit_words.value.{key}_{word}"
    if key == "channel" and has_text(f"console.case.channel_{word}"):
        known = f"console.case.channel_{word}"
    return say(language, known) if has_text(known) else word
