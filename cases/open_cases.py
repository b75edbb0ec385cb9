"""An office's open cases as lists show them: in its group when asked, in the digest unasked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.messages.group_lines import CaseLine
from cases import clocks, danger_pace, putting_off, views
from cases.statuses import WITH_OFFICES, Status
from clock import in_bangkok
from storage import clocks as stored_clocks
from storage import due_clocks, followers
from storage import helping as stored_helping
from storage.due_clocks import DueClock
from storage.models import Case, CaseHelper, SlaClock
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
# What the office still has to do something about, or has asked others to.
OPEN = WITH_OFFICES
LOOKED_AT = 200  # open cases of one office that are put in order together
_DUE = {
    "acknowledge": "office.answer_before",
    "promise": "office.promised",
    "look": "office.look_again",
    "resolve": "office.fix_before",
}
_TODAY = {**_DUE, "first_words": "office.date_before"}
_LATE = {
    "acknowledge": "office.answer_late",
    "promise": "office.promise_late",
    "look": "remind.late_look",
    "resolve": "office.fix_late",
    "first_words": "remind.late_first_words",
}


def list_lines(session: Session, organisation: str, now: datetime, limit: int) -> list[CaseLine]:
    """What is overdue first, then what other offices offer, which goes back if nobody answers, then the rest."""
    at_most = max(limit, LOOKED_AT)
    found = stored_clocks.list_by_due(session, organisation, OPEN, waiting=clocks.WAITING, limit=at_most)
    runs = due_clocks.list_running(session, [case.id for case, _ in found])
    since = {case.id: _find_late_since(runs[case.id], now) for case, _ in found}
    late = sorted((at, case.id) for case, _ in found if (at := since[case.id]) is not None)
    own = {case.id: partial(_see_own, session, case, running, runs[case.id], now) for case, running in found}
    offers = stored_clocks.list_offered(session, organisation, waiting=Status.TRANSFERRING, limit=limit)
    offered = [partial(see_offer, case, running, now) for case, running in offers]
    helped = stored_helping.list_for_organisation(session, organisation, OPEN, limit=limit)
    asked = [partial(see_asked, case, row, now) for case, row in helped]
    later = [see for key, see in own.items() if since[key] is None]
    lines = [see() for see in [*(own[key] for _, key in late), *offered, *later, *asked][:limit]]
    counted = followers.count(session, [line.case_id for line in lines])
    return [replace(line, followers=counted.get(line.case_id, 0)) for line in lines]


def _find_late_since(running: Sequence[SlaClock], now: datetime) -> datetime | None:
    """Since when something of a case is late, and its office has named no day that is still to come."""
    if any(one.kind in clocks.NAMED_DAYS and one.due_at >= now for one in running):
        return None
    return min((one.due_at for one in running if one.kind in _LATE and one.due_at < now), default=None)


def _see_own(
    session: Session, case: Case, running: SlaClock | None, beside: Sequence[SlaClock], now: datetime
) -> CaseLine:
    line = see_line(case, running, now, beside=beside)
    if not case.danger and danger_pace.is_pressing(session, case):
        line = replace(line, due=f"{say(LANGUAGE, 'desk.tells_danger')} · {line.due}", late=True)
    return _say_owed(session, case, line, now)


def _say_owed(session: Session, case: Case, line: CaseLine, now: datetime) -> CaseLine:
    """That the reporter was told another day, and not why."""
    if putting_off.find_owed(session, case, now) is None:
        return line
    return replace(line, due=f"{line.due} · {say(LANGUAGE, 'reason.owed')}")


def count(session: Session, organisation: str) -> int:
    """How many cases wait for this office: its own open ones, those it is offered, and those it helps with."""
    offered = stored_clocks.count_offered(session, organisation, waiting=Status.TRANSFERRING)
    helped = stored_helping.count_for_organisation(session, organisation, OPEN)
    return stored_clocks.count_owned(session, organisation, OPEN) + offered + helped


def see_asked(case: Case, row: CaseHelper, now: datetime) -> CaseLine:
    """A case that this office helps with, or is asked to; its clocks are its owner's."""
    key = "office.help_asked" if row.state == "invited" else "office.helps"
    due = say(LANGUAGE, key, office=views.name_khet(case.owner, LANGUAGE))
    return replace(see_line(case, None, now), due=_mark(case, due))


def see_offer(case: Case, running: SlaClock | DueClock | None, now: datetime) -> CaseLine:
    """A case that another office offers, with its two answers, and until when they count."""
    line = see_line(case, None, now)
    due = say(LANGUAGE, "office.offered")
    if running is not None:
        due = say(LANGUAGE, "office.offered_until", due=say_moment(LANGUAGE, running.due_at, now=now))
    return replace(line, due=_mark(case, due), offered=True)


def _is_late(running: SlaClock | None, now: datetime) -> bool:
    return running is not None and running.kind in _DUE and running.due_at < now


def _find_missed(running: Sequence[SlaClock], now: datetime) -> SlaClock | None:
    """What is late of a case, whatever leads it: it is counted among those that are overdue."""
    late = [clock for clock in running if clock.kind in _LATE and clock.due_at < now]
    return min(late, key=lambda clock: clocks.LEADING.index(clock.kind), default=None)


def _find_today(running: Sequence[SlaClock], now: datetime) -> SlaClock | None:
    """What is still to come today, and is counted so."""
    today = [one for one in running if one.kind in _TODAY and _is_later_today(one.due_at, now)]
    return min(today, key=lambda clock: clock.due_at, default=None)


def _is_later_today(moment: datetime, now: datetime) -> bool:
    return moment >= now and in_bangkok(moment).date() == in_bangkok(now).date()


def see_line(case: Case, running: SlaClock | None, now: datetime, *, beside: Sequence[SlaClock] = ()) -> CaseLine:
    """One case in a list, with the day it is due; whoever waits for others is not late, but for what was missed of all
    that runs `beside`; else what of it is due today is said too.
    """
    due = views.name_status(Status(case.status), LANGUAGE)
    late = False
    if running is not None and running.kind in _DUE:
        late = _is_late(running, now)
        key = (_LATE if late else _DUE)[running.kind]
        due = say(LANGUAGE, key, due=say_moment(LANGUAGE, running.due_at, now=now))
    missed, today = _find_missed(beside, now), _find_today(beside, now)
    if missed is not None and not late:
        late = True
        due += " · " + say(LANGUAGE, _LATE[missed.kind], due=say_moment(LANGUAGE, missed.due_at, now=now))
    elif today is not None and not late and (running is None or today.kind != running.kind or today.kind not in _DUE):
        due += " · " + say(LANGUAGE, _TODAY[today.kind], due=say_moment(LANGUAGE, today.due_at, now=now))
    return CaseLine(
        case_id=case.id,
        number=case.number,
        summary=views.name_category(case.category, LANGUAGE),
        place=views.describe_place(case, LANGUAGE),
        due=_mark(case, due),
        late=late,
    )


def _mark(case: Case, due: str) -> str:
    """With that there is danger, where it counts as that."""
    return f"{say(LANGUAGE, 'card.danger')} · {due}" if case.danger else due
