"""What an office's group and the officers read of a time: its figures, and how open cases stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cases import clocks, desk, figures
from cases.figures import Figures
from cases.open_cases import OPEN
from storage import standing
from storage.figure_totals import Which

MOST_OVERDUE = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """`open` and `overdue`: as they stand now; `most_overdue`: organisations and how many."""

    figures: Figures
    open: int
    overdue: int
    most_overdue: Sequence[tuple[str, int]] = ()


def see_summary(
    session: Session, owner: str | None, begins: datetime, now: datetime, ends: datetime | None = None
) -> Summary:
    """Of one organisation's cases, or (None) of all; confidential ones are never counted.

    The caller has settled what is to be counted (`figures.settle_for`).
    """
    # What lies before the officers is nobody else's to count, and as open as the rest.
    statuses = OPEN if owner is not None else tuple({*OPEN, *desk.STEPS})
    stands = standing.count_standing(session, Which(owner), statuses, waiting=clocks.WAITING, now=now)
    return Summary(
        figures=figures.see(session, Which(owner), begins, ends or now + timedelta(microseconds=1)),
        open=stands.open,
        overdue=stands.overdue,
        most_overdue=()
        if owner is not None
        else standing.list_most_overdue(session, OPEN, waiting=clocks.WAITING, now=now, limit=MOST_OVERDUE),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One day or week of a chart: from which day, and how many cases came and were resolved."""

    begins: date
    received: int
    resolved: int


def see_bars(session: Session, before: date, days: int, count: int) -> list[Bar]:
    """The last so many periods of `days` before a day, all organisations together."""
    edges = [before - timedelta(days=days * back) for back in range(count, -1, -1)]
    seen = figures.see_series(session, Which(), [figures.begin_day(day) for day in edges])
    return [Bar(day, of_it.received, of_it.resolved) for day, of_it in zip(edges, seen, strict=False)]
