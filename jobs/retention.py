"""Forgetting in time: a day after, what is left is the cases themselves.

The privacy notice promises that a report that was not sent is gone within 24 hours; its words also stand in the
raw events and in what we said, so these are blanked too.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

import clock
from storage import conversations, inbox, mail, media, outbox, presence, sign_in_attempts, staff_sessions
from storage.session import Database

DRAFT_HOURS = 24
WORDS_HOURS = 24  # also how long LINE holds a retry key, so what was sent is not needed for another try
UNCLAIMED_HOURS = 24
FAILED_DAYS = 30  # time enough to mend the program and replay; after it an event's words are of no use to anyone
AT_ONCE = 1000  # rows a transaction: whoever writes a message meanwhile waits for one such piece at most
log = structlog.get_logger()


def forget_drafts(database: Database) -> None:
    """Reports begun and not sent are deleted after 24 hours, with what was typed into them, and photos.

    Here too: which of the staff had the page of a case open, and have no more; who was signed in; failed sign-ins.
    """
    now = clock.now()
    with database.begin(now) as session:
        drafts = conversations.forget_drafts(session, now - timedelta(hours=DRAFT_HOURS))
        if photos := sorted(set(_list_media(drafts))):
            media.set_aside(session, photos)
        presence.forget_old(session, now)
        staff_sessions.forget_ended(session, now)
        sign_in_attempts.forget_old(session, now)
    if drafts:
        log.info("drafts forgotten", count=len(drafts), photos=len(photos))


def forget_words(database: Database) -> None:
    """Of digested events, of messages that LINE has, and of e-mails sent, only the fact is kept."""
    before = clock.now() - timedelta(hours=WORDS_HOURS)
    heard = _forget_in_pieces(database, lambda session: inbox.forget_old_words(session, before, AT_ONCE))
    said = _forget_in_pieces(database, lambda session: outbox.forget_old_words(session, before, AT_ONCE))
    mailed = _forget_in_pieces(database, lambda session: mail.forget_old_words(session, before, AT_ONCE))
    if heard or said or mailed:
        log.info("words forgotten", heard=heard, said=said, mailed=mailed)


def forget_failed(database: Database) -> None:
    """Events that failed keep their words for `replay`, and dead mails theirs for `resend`, but not for ever."""
    before = clock.now() - timedelta(days=FAILED_DAYS)
    if count := _forget_in_pieces(database, lambda session: inbox.forget_failed(session, before, AT_ONCE)):
        log.warning("failed events forgotten: nobody replayed them", count=count, days=FAILED_DAYS)
    _forget_in_pieces(database, lambda session: mail.forget_old_words(session, before, AT_ONCE, state="dead"))


def forget_group_photos(database: Database) -> None:
    """Photos in groups that nobody said which case they show are gone after a day."""
    before = clock.now() - timedelta(hours=UNCLAIMED_HOURS)
    if count := _forget_in_pieces(database, lambda session: media.set_aside_unclaimed(session, before, AT_ONCE)):
        log.info("group photos forgotten", count=count)


def _forget_in_pieces(database: Database, forget: Callable[[Session], int]) -> int:
    total, count = 0, AT_ONCE
    while count == AT_ONCE:
        with database.begin(clock.now()) as session:
            count = forget(session)
        total += count
    return total


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
