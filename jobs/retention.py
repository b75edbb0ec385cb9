"""Forgetting in time: drafts after a day, the raw words of digested events after a month."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import structlog

import clock
from storage import conversations, inbox, media
from storage.session import Database

DRAFT_HOURS = 24
EVENT_DAYS = 30
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


def forget_event_words(database: Database) -> None:
    """Raw events are kept for replay and proof; a month later only that they came."""
    now = clock.now()
    with database.begin(now) as session:
        count = inbox.forget_old_words(session, now - timedelta(days=EVENT_DAYS))
    if count:
        log.info("event words forgotten", count=count)


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
