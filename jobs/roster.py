"""Looks after the groups themselves: a list for officers once a week, a question to each group once a month.

Both in office hours, and both may wait for the next call to that chat, so that they cost nothing.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

import clock
from bot.messages.roster import WeakLine, ask_present, list_weak
from cases import office_hours, roster, views, working_time
from cases.desk import OMB
from cases.roster import Weak
from clock import in_bangkok
from storage import groups, once, outbox, working_days
from storage import roster as stored
from storage.session import Database
from texts.catalog import say

log = structlog.get_logger()
LANGUAGE = "th"
SETTLED_IN = timedelta(days=21)  # a group that is new need not be asked who is in it


def tell_staff(database: Database) -> None:
    """On the first working day of a week: the offices that their groups do not reach.

    Where we came back in the middle of one, no sooner than a week after what was told then.
    """
    now = clock.now()
    with database.read() as session:
        if not _is_office_time(session, now):
            return
    year, week, _ = in_bangkok(now).isocalendar()
    with database.begin(now) as session:
        chats = groups.list_bound(session, OMB)
        if not chats or _was_told(session, now) or not once.claim(session, f"roster:{year}:{week}", now):
            return
        weak = [one for one in roster.find_weak(session, now) if not roster.was_just_told(session, one, now)]
        if not weak:
            return
        once.claim(session, _name_told(now), now)
        message = list_weak([_write(one) for one in weak], LANGUAGE)
        for chat_id in chats:
            outbox.queue(session, chat_id, message, kind="roster", waits=True)
    log.info("groups out of reach", count=len(weak))


def _was_told(session: Session, now: datetime) -> bool:
    """Whether anything was told in the last days, fewer than make a week."""
    return bool(once.list_done(session, [_name_told(now - timedelta(days=ago)) for ago in range(7)]))


def _name_told(now: datetime) -> str:
    return f"roster_told:{in_bangkok(now).date()}"


def ask_groups(database: Database) -> None:
    """Once a month: each group with people who act is asked whether they are still there."""
    now = clock.now()
    with database.read() as session:
        if not _is_office_time(session, now):
            return
        month = f"{in_bangkok(now):%Y-%m}"
        bound = [
            group.chat_id
            for group in stored.list_groups(session, but=OMB)
            if group.bound_at is not None and group.bound_at <= now - SETTLED_IN
        ]
        names = {chat_id: f"roster_ask:{chat_id}:{month}" for chat_id in bound}
        done = once.list_done(session, names.values())
    for chat_id, name in names.items():
        if name in done:
            continue
        with database.begin(now) as session:
            people = roster.list_people(session, chat_id, now)
            if once.claim(session, name, now) and people:
                outbox.queue(session, chat_id, ask_present(people, LANGUAGE), kind="roster_ask", waits=True)


def _is_office_time(session: Session, now: datetime) -> bool:
    return working_time.is_working_time(now, working_days.load_exceptions(session), office_hours.find(session, OMB))


def _write(weak: Weak) -> WeakLine:
    open_now = say(LANGUAGE, "roster.open", count=weak.open) if weak.open else ""
    matter = say(LANGUAGE, f"roster.{weak.matter}", days=weak.days)
    return WeakLine(views.name_office(weak.organisation, LANGUAGE), f"{matter} {open_now}".strip())
