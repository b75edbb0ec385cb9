"""Forgetting in time: drafts after a day, the raw words of digested events after a month."""

from datetime import timedelta

import structlog

import clock
from storage import conversations, inbox
from storage.session import Database

DRAFT_HOURS = 24
EVENT_DAYS = 30
log = structlog.get_logger()


def forget_drafts(database: Database) -> None:
    """Reports begun and not sent are deleted after 24 hours, with what was typed into them."""
    now = clock.now()
    with database.begin(now) as session:
        count = conversations.forget_drafts(session, now - timedelta(hours=DRAFT_HOURS))
    if count:
        log.info("drafts forgotten", count=count)


def forget_event_words(database: Database) -> None:
    """Raw events are kept for replay and proof; a month later only that they came."""
    now = clock.now()
    with database.begin(now) as session:
        count = inbox.forget_old_words(session, now - timedelta(days=EVENT_DAYS))
    if count:
        log.info("event words forgotten", count=count)
