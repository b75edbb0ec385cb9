"""Words that staff may put in the place of the program's own: which, what these have to keep, and how they take effect.

Each process holds them in its memory (`texts.catalog.use_instead`), so that saying something never asks the database.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.messages.clusters import graphemes
from storage import text_changes
from texts.catalog import LANGUAGES, load_catalogue, use_instead

log = structlog.get_logger()
LABEL = 20  # letters, as LINE counts them: what fits on a button goes on fitting
LONGEST = 1000
_PLAIN = re.compile(r"\{([a-z_]+)\}")
_NUMBER = re.compile(r"\d+")
_FILE = Path(__file__).with_suffix(".toml")


@cache
def _load() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def list_names() -> tuple[str, ...]:
    """Every text that may be changed, in the order of the catalogue."""
    families, fixed = set(_load()["families"]), set(_load()["fixed"])
    return tuple(name for name in load_catalogue("th") if name.partition(".")[0] in families and name not in fixed)


def list_placeholders(name: str) -> tuple[str, ...]:
    """What is filled in when it is said, in the order in which it comes in Thai."""
    return tuple(dict.fromkeys(_PLAIN.findall(load_catalogue("th")[name])))


def is_label(name: str) -> bool:
    """Whether it may stand on a button: in both languages it is one short line with nothing to fill in."""
    owns = [load_catalogue(language)[name] for language in LANGUAGES]
    return all(graphemes(own) <= LABEL and "\n" not in own and "{" not in own for own in owns)


def find_fault(name: str, language: str, words: str) -> str:
    """Why this cannot be said instead: empty, label, long, braces, placeholders or numbers; "" where it can."""
    own = load_catalogue(language)[name]
    kept = set(_NUMBER.findall(own)) & set(_load()["numbers"])
    faults = {
        "empty": not words.strip(),
        "label": is_label(name) and (graphemes(words) > LABEL or "\n" in words),
        "long": len(words) > LONGEST + len(own),
        "braces": bool(re.search(r"[{}]", _PLAIN.sub("", words))),
        "placeholders": set(_PLAIN.findall(words)) != set(list_placeholders(name)),
        "numbers": not kept <= set(_NUMBER.findall(words)),
    }
    return next((fault for fault, is_so in faults.items() if is_so), "")


def has_particle(words: str) -> bool:
    """Whether it speaks as a man or a woman would."""
    return any(each in words for each in _load()["particles"])


def fill(words: str, samples: Mapping[str, str]) -> str:
    """How it will look; what has no sample is shown by its name."""
    return _PLAIN.sub(lambda found: samples.get(found[1], f"‹{found[1]}›"), words)


def take_up(session: Session) -> int:
    """From now on this process says what staff have put; the number of the newest change.

    What does not fit the text any more, since the program says it otherwise by now, is left out.
    """
    newest, names = text_changes.find_newest_id(session), set(list_names())
    instead: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for change in text_changes.list_current(session) if newest else ():
        for language, words in (("th", change.th), ("en", change.en)):
            if words is None:
                continue
            fault = find_fault(change.name, language, words) if change.name in names else "unknown"
            if fault:
                log.warning("text left out", text=change.name, language=language, fault=fault)
            else:
                instead[language][change.name] = words
    use_instead(instead)
    return newest
