"""The figures of a period: what came, what was answered, and how it ended by the word of those who had told it.

One function for all who show them: an office's group, the officers' daily and weekly summary, and its picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import clocks, desk
from cases.categories import get_category
from cases.open_cases import OPEN
from cases.statuses import Action
from cases.verdicts import SILENT
from clock import BANGKOK
from storage import week_figures

MOST_OVERDUE = 5
DONE = (Action.RESOLVE, Action.NOT_FOUND)
# What counts as what. An office that asks, goes to work at once, or sends a case on, has answered too.
COUNTED = {
    "received": (Action.DISPATCH,),
    "acknowledged": (
        Action.ACKNOWLEDGE,
        Action.ACCEPT,
        Action.START,
        Action.PROMISE,
        Action.WAIT,
        Action.ASK,
        *DONE,
    ),
    "first_words": (Action.PROMISE, Action.WAIT, Action.ASK, Action.TRANSFER, Action.DECLINE, *DONE),
    "resolved": DONE,
    "ended": (Action.CONFIRM, Action.DISPUTE, Action.CLOSE),
}
# Said once by each office that has a case, however often it says more.
ONCE = ("acknowledged", "first_words")
HANDS_OVER = (Action.DISPATCH, Action.ACCEPT)


@dataclass(frozen=True, slots=True)
class Figures:
    """Cases that took each step in a period; the four ways to end are never added up.

    `on_time`: percent of what was resolved by its day, None where nothing was; `open` and `overdue`: as they stand
    now; `most_overdue`: organisations and how many.
    """

    received: int
    acknowledged: int
    first_words: int
    resolved: int
    confirmed: int
    partly: int
    disputed: int
    silent: int
    on_time: int | None
    open: int
    overdue: int
    most_overdue: Sequence[tuple[str, int]] = ()


def see_figures(
    session: Session, owner: str | None, begins: datetime, now: datetime, ends: datetime | None = None
) -> Figures:
    """Of one organisation's cases, or (None) of all; confidential ones are never counted."""
    steps = week_figures.list_steps(session, owner, begins, COUNTED, ends)
    for name in ONCE:
        steps[name] = week_figures.list_first(session, list(steps[name]), COUNTED[name], HANDS_OVER, begins, ends)
    verdicts = list(week_figures.list_verdicts(session, list(steps["ended"])).values())
    # What lies before the officers is nobody else's to count, and as open as the rest.
    statuses = OPEN if owner is not None else tuple({*OPEN, *desk.STEPS})
    standing = week_figures.count_standing(session, owner, statuses, waiting=clocks.WAITING, now=now)
    return Figures(
        received=len(steps["received"]),
        acknowledged=len(steps["acknowledged"]),
        first_words=len(steps["first_words"]),
        resolved=len(steps["resolved"]),
        confirmed=verdicts.count("yes"),
        partly=verdicts.count("partly"),
        disputed=verdicts.count("no"),
        silent=verdicts.count(SILENT),
        on_time=_find_on_time(session, steps["resolved"]),
        open=standing.open,
        overdue=standing.overdue,
        most_overdue=()
        if owner is not None
        else week_figures.list_most_overdue(session, OPEN, waiting=clocks.WAITING, now=now, limit=MOST_OVERDUE),
    )


def _find_on_time(session: Session, resolved: dict[int, datetime]) -> int | None:
    dues = week_figures.list_resolve_dues(session, list(resolved))
    # Done without a word before it, no clock for the work ever ran: its time began when the office got it.
    handed = week_figures.list_handed(session, [one for one in resolved if one not in dues], HANDS_OVER)
    dues |= {one: at + timedelta(days=get_category(kind).resolve_days) for one, (kind, at) in handed.items()}
    if not dues:
        return None
    return round(100 * sum(resolved[case_id] <= due for case_id, due in dues.items()) / len(dues))


@dataclass(frozen=True, slots=True)
class Bar:
    """One day or week of a chart: from which day, and how many cases came and were resolved."""

    begins: date
    received: int
    resolved: int


def see_bars(session: Session, before: date, days: int, count: int) -> list[Bar]:
    """The last so many periods of `days` before a day, all organisations together."""
    edges = [before - timedelta(days=days * back) for back in range(count, -1, -1)]
    moments = [datetime.combine(day, time(), BANGKOK).astimezone(UTC) for day in edges]
    wanted = {name: COUNTED[name] for name in ("received", "resolved")}
    steps = week_figures.list_steps(session, None, moments[0], wanted, moments[-1])
    bars = []
    for place, day in enumerate(edges[:-1]):
        within = {
            name: sum(moments[place] <= at < moments[place + 1] for at in found.values())
            for name, found in steps.items()
        }
        bars.append(Bar(day, within["received"], within["resolved"]))
    return bars
