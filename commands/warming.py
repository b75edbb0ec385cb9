"""Loads, before the first person comes, what they would otherwise wait for: word lists, patterns, holidays."""

import gc
from datetime import datetime, timedelta

from cases.danger import find_danger
from cases.shield import is_delicate
from cases.triage import suggest
from cases.working_time import add_working_time
from places.routing import route
from texts.catalog import LANGUAGES, load_catalogue

# Any words do; these find nothing.
NOTHING = "-"


def warm(now: datetime) -> None:
    """Ask of each part the least that makes it load all of its own."""
    for language in LANGUAGES:
        load_catalogue(language)
    suggest(NOTHING)
    find_danger(NOTHING)
    is_delicate(NOTHING)
    route(None, None, NOTHING, None)
    for start in (now, now + timedelta(days=31)):  # a due time may lie in the next year
        add_working_time(start, timedelta(hours=1))


def keep_what_is_there() -> None:
    """All that was loaded stays, and is not looked through any more for what is needed no longer: with hundreds of
    thousands of objects that would stop everybody for a tenth of a second, every few hundred events.
    """
    gc.freeze()
