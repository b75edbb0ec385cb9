"""Forgetting in time: a day after, what is left is the cases themselves.

The privacy notice promises that a report that was not sent is gone within 24 hours; its words also stand in the
raw events and in what we said, so these are blanked too.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import structlog

import clock
from storage import conversations, inbox, media, outbox
from storage.session import Database

DRAFT_HOURS = 24
WORDS_HOURS = 24  # also how long LINE holds a retry key, so what was sent is not needed for another try
log = structlog.get_logger()


def forget_drafts(database: Database) -> None:
    """Reports begun and not sent are deleted after 24 hours, with what was typed into them, and photos."""
    now = clock.now()
    with database.begin(now) as session:
        drafts = conversations.forget_drafts(session, now - timedelta(hours=DRAFT_HOURS))
        if photos := sorted(set(_list_media(drafts))):
            media.set_aside(session, photos)
    if drafts:
        log.info("drafts forgotten", count=len(drafts), photos=len(photos))


def forget_words(database: Database) -> None:
    """Of digested events and of messages that LINE has, only the fact is kept; what failed keeps its words."""
    now = clock.now()
    before = now - timedelta(hours=WORDS_HOURS)
    with database.begin(now) as session:
        heard = inbox.forget_old_words(session, before)
        said = outbox.forget_old_words(session, before)
    if heard or said:
        log.info("words forgotten", heard=heard, said=said)


def _list_media(part: Any) -> Iterator[int]:
    """The attachments named anywhere in a draft, also in one that was set aside for another."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "media" and isinstance(value, list):
                yield from (item for item in value if isinstance(item, int))
            else:
                yield from _list_media(value)
    elif isinstance(part, list):
        for value in part:
            yield from _list_media(value)
