"""Looks which clocks have come due and has those told whom it concerns: once, together, and by night only of danger.

Each organisation's turn is a transaction of its own, so that a storm holds up nobody's message for long.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

import structlog
from sqlalchemy.orm import Session

import clock
from cases import escalating, foretelling, helping_silence, open_wishes, reminding, silence, transfers
from cases.desk import OMB
from storage import due_clocks
from storage.due_clocks import DueClock
from storage.session import Database

log = structlog.get_logger()
AT_ONCE = 2000  # looked at in one go
TOGETHER = 100  # cases in one transaction: on SQLite whoever writes to us waits for it


def ring_clocks(database: Database) -> None:
    """Reminders, escalations, and what ends because nobody answered."""
    now = clock.now()
    with database.read() as session:
        hearing = reminding.find_hearing(session, now)
        due = due_clocks.list_due(session, now, hearing, limit=AT_ONCE)
        overtaken = reminding.list_overtaken(session, due)
    nudges = [one for one in due if silence.is_nudge(one, now)]
    others = [one for one in due if not silence.is_nudge(one, now)]
    told = [one for one in others if reminding.may_hear(hearing, one)]
    # Until the officers are there, what a named day overtook waits for them.
    heard = [one for one in told if hearing.later or one.id not in overtaken]
    at_it = _ring_offers(database, [one for one in others if one.kind == "accept"], heard, overtaken, now)
    _ring_offices(database, heard, overtaken, now, but=at_it)
    for _, of_one in _gather(nudges, lambda one: one.reporter_id):
        _do(database, now, partial(silence.nudge, due=of_one, now=now))
    for one in others:
        if one.kind == "confirm":
            _do(database, now, partial(silence.close, due=one, now=now))


def foretell_promises(database: Database) -> None:
    """What offices promised for the next working day."""
    now = clock.now()
    with database.read() as session:
        promised = foretelling.list_promised(session, now)
    for organisation, of_one in _gather(promised, lambda one: one.owner):
        _do(database, now, partial(foretelling.foretell, organisation=organisation, promised=of_one, now=now))


def ask_helpers(database: Database) -> None:
    """Offices that were asked to help and have said nothing."""
    now = clock.now()
    with database.read() as session:
        silent = helping_silence.list_silent(session, now)
    for case_id, organisation in silent:
        _do(database, now, partial(helping_silence.ask_again, case_id=case_id, organisation=organisation, now=now))


def ask_wishes(database: Database) -> None:
    """People who asked for secrecy and have not said for a day what they mean."""
    now = clock.now()
    with database.read() as session:
        owed = open_wishes.list_to_ask(session, now)
    for case_id in owed:
        _do(database, now, partial(open_wishes.ask_again, case_id=case_id, now=now))


def _ring_offers(
    database: Database, offers: Sequence[DueClock], heard: Sequence[DueClock], overtaken: set[int], now: datetime
) -> set[str]:
    """Offers whose time is over; in the same call whoever hears of them hears what else came due there.

    Whose groups another worker is at just now: they hear all of it together, at the next look.
    """
    at_it: set[str] = set()
    for _, due in _gather(offers, lambda one: one.kind):
        together = partial(_end_offers, due=due, heard=heard, overtaken=overtaken, now=now, at_it=at_it)
        if not _do(database, now, together):
            _do(database, now, partial(transfers.ring, due=due, now=now))
    return at_it


def _end_offers(
    session: Session,
    due: Sequence[DueClock],
    heard: Sequence[DueClock],
    overtaken: set[int],
    now: datetime,
    at_it: set[str],
) -> None:
    senders = sorted({one.owner for one in due})
    if any(due_clocks.hold_groups(session, each) is None for each in sorted({OMB, *senders})):
        at_it.update((OMB, *senders))
        return
    transfers.ring(session, due, now)
    for sender in senders:
        theirs = [one for one in heard if _is_for(one, sender, overtaken)]
        if sender != OMB:
            reminding.remind_group(session, sender, theirs[:TOGETHER], now)
    if any(one.due_at <= now for one in due):  # the officers are called
        own, escalations = _list_for_officers(heard, overtaken)
        _tell_officers(session, own[:TOGETHER], escalations[:TOGETHER], now)


def _is_for(one: DueClock, target: str, overtaken: set[int]) -> bool:
    return reminding.is_reminder(one) and one.id not in overtaken and reminding.find_target(one) == target


def _ring_offices(
    database: Database, due: Sequence[DueClock], overtaken: set[int], now: datetime, *, but: set[str]
) -> None:
    """The officers' group hears in one call, once an hour, of what waits for them and of what other offices left
    unanswered.

    Of what is `overtaken` by a day that its office named the officers hear at once, and the office nothing.
    """
    reminders = [one for one in due if reminding.is_reminder(one) and one.id not in overtaken]
    for target, of_one in _gather(reminders, reminding.find_target):
        if target != OMB and target not in but:
            _do(database, now, partial(reminding.remind_group, target=target, due=of_one, now=now))
    own, escalations = _list_for_officers(due, overtaken)
    if OMB in but or not reminding.is_worth_a_call([*own, *escalations], now):
        return
    for start in range(0, max(len(own), len(escalations)), TOGETHER):
        part = slice(start, start + TOGETHER)
        _do(database, now, partial(_tell_officers, own=own[part], escalations=escalations[part], now=now))


def tell_officers(session: Session, now: datetime, *, read: Collection[int] = ()) -> None:
    """What the officers would be told at the next look, said in this transaction; `read`: of whose silence they are
    told in it already.
    """
    hearing = reminding.find_hearing(session, now)
    due = due_clocks.list_due(session, now, hearing, limit=AT_ONCE)
    overtaken = reminding.list_overtaken(session, due)
    told = [one for one in due if not silence.is_nudge(one, now) and reminding.may_hear(hearing, one)]
    own, escalations = _list_for_officers(told if hearing.later else [], overtaken)
    if reminding.is_worth_a_call([*own, *escalations], now):
        _tell_officers(session, own[:TOGETHER], escalations[:TOGETHER], now, read)


def _list_for_officers(due: Sequence[DueClock], overtaken: set[int]) -> tuple[list[DueClock], list[DueClock]]:
    """What waits for the officers, and what other offices left unanswered."""
    reminders = [one for one in due if reminding.is_reminder(one) and one.id not in overtaken]
    own = [one for one in reminders if reminding.find_target(one) == OMB]
    return own, [one for one in due if reminding.is_escalation(one) or one.id in overtaken]


def _tell_officers(
    session: Session, own: list[DueClock], escalations: list[DueClock], now: datetime, read: Collection[int] = ()
) -> None:
    reminding.remind_group(session, OMB, own, now)
    escalating.escalate(session, escalations, now, read=read)


def _do(database: Database, now: datetime, tell: Callable[[Session], object]) -> bool:
    """One transaction; what fails in it holds up nobody else's, and is tried again at the next look. False then."""
    try:
        with database.begin(now) as session:
            tell(session)
    except Exception:
        log.exception("clocks not told")
        return False
    return True


def _gather(due: Sequence[DueClock], key: Callable[[DueClock], Any]) -> Iterator[tuple[Any, list[DueClock]]]:
    """What belongs together, a transaction's worth at a time."""
    for owner, of_one in groupby(sorted(due, key=key), key=key):
        together = list(of_one)
        for start in range(0, len(together), TOGETHER):
            yield owner, together[start : start + TOGETHER]
