"""Offices that were reminded in vain and are silent still: what the officers keep reading of, by number and name.

They were told when it began; until the office speaks it stands in their list of what is open and in each summary.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.group_lines import CaseLine
from cases import asked, clocks, listed_words, open_cases, reminding, views
from cases.desk import OMB
from storage import desk as stored
from storage.models import Case, SlaClock
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
SILENT = stored.Silent(tuple(sorted(reminding.OF_OFFICE - clocks.WAITING)), tuple(sorted(clocks.NAMED_DAYS)), OMB)


def list_lines(session: Session, now: datetime, limit: int) -> list[CaseLine]:
    """Danger first, then who is silent longest."""
    return [
        _see(session, case, running, now) for case, running in stored.list_silent(session, SILENT, now, limit=limit)
    ]


def count(session: Session, now: datetime) -> int:
    """How many cases they are."""
    return stored.count_silent(session, SILENT, now)


def _see(session: Session, case: Case, running: SlaClock, now: datetime) -> CaseLine:
    office = views.name_khet(case.owner, LANGUAGE)
    line = open_cases.see_line(case, running, now)
    due = say(LANGUAGE, reminding.LATE[running.kind], due=say_moment(LANGUAGE, running.due_at, now=now))
    if asked.find_why(session, case) == "uncalled":  # it waits for what we have not done
        due = say(LANGUAGE, "desk.call_owed")
    elif listed_words.find_open(session, case) is not None:
        due = listed_words.say_beside(due)
    urgent = say(LANGUAGE, "remind.danger_late", late=due) if case.danger else due
    return replace(line, place=office, due=urgent, late=True)
