"""Looks which clocks have come due and has those told whom it concerns: once, together, and by night only of danger.

Each organisation's turn is a transaction of its own, so that a storm holds up nobody's message for long.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import clock
from cases import escalating, foretelling, reminding, silence
from cases.desk import OMB
from storage import due_clocks
from storage.due_clocks import DueClock
from storage.session import Database

AT_ONCE = 2000  # looked at in one go
TOGETHER = 200  # cases in one transaction


def ring_clocks(database: Database) -> None:
    """Reminders, escalations, and what ends because nobody answered."""
    now = clock.now()
    with database.read() as session:
        by_day = reminding.may_tell(session, now)
        due = due_clocks.list_due(session, now, any_hour=not by_day, limit=AT_ONCE)
    nudges = [one for one in due if silence.is_nudge(one, now)]
    _ring_offices(database, [one for one in due if one not in nudges and reminding.is_reminder(one)], due, now)
    for _, of_one in _gather(nudges, lambda one: one.reporter_id):
        with database.begin(now) as session:
            silence.nudge(session, of_one, now)
    for one in due:
        if one.kind == "confirm" and one not in nudges:
            with database.begin(now) as session:
                silence.close(session, one, now)


def foretell_promises(database: Database) -> None:
    """What offices promised for the next working day."""
    now = clock.now()
    with database.read() as session:
        promised = foretelling.list_promised(session, now)
    for organisation, of_one in _gather(promised, lambda one: one.owner):
        with database.begin(now) as session:
            foretelling.foretell(session, organisation, of_one, now)


def _ring_offices(database: Database, reminders: list[DueClock], due: Sequence[DueClock], now: datetime) -> None:
    """The officers' group hears in one call of what waits for them and of what other offices left unanswered."""
    escalations = [one for one in due if reminding.is_escalation(one)]
    for target, of_one in _gather(reminders, reminding.find_target):
        if target != OMB:
            with database.begin(now) as session:
                reminding.remind_group(session, target, of_one, now)
    own = [one for one in reminders if reminding.find_target(one) == OMB]
    for start in range(0, max(len(own), len(escalations)), TOGETHER):
        with database.begin(now) as session:
            reminding.remind_group(session, OMB, own[start : start + TOGETHER], now)
            escalating.escalate(session, escalations[start : start + TOGETHER], now)


def _gather(due: Sequence[DueClock], key: Callable[[DueClock], Any]) -> Iterator[tuple[Any, list[DueClock]]]:
    """What belongs together, a transaction's worth at a time."""
    for owner, of_one in groupby(sorted(due, key=key), key=key):
        together = list(of_one)
        for start in range(0, len(together), TOGETHER):
            yield owner, together[start : start + TOGETHER]
