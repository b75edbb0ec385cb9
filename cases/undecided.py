"""What the officers were reminded to decide and have not: it heads each morning's summary until they have."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.group_lines import CaseLine
from cases import desk, views
from cases.statuses import Status
from storage import desk as stored
from storage.models import Case, SlaClock
from texts.catalog import say

LANGUAGE = "th"
KINDS = tuple(sorted(set(desk.CLOCKS.values())))


def list_lines(session: Session, now: datetime, limit: int) -> list[CaseLine]:
    """Danger first, then what waits longest; of a confidential case its number alone."""
    return [_see(case, running, now) for case, running in stored.list_undecided(session, KINDS, now, limit)]


def count(session: Session, now: datetime) -> int:
    """How many cases they are."""
    return stored.count_undecided(session, KINDS, now)


def _see(case: Case, running: SlaClock, now: datetime) -> CaseLine:
    standing = views.name_status(Status(case.status), LANGUAGE)
    place = say(LANGUAGE, "desk.confidential") if case.confidential else standing
    due, _ = views.say_desk_due(running, LANGUAGE, now)
    return CaseLine(case.id, case.number, "", place, due, late=True)
