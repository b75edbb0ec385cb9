"""What an office's group and the officers read of a time: its figures, and how open cases stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cases import figures
from cases.desk import OPEN_AT_ALL
from cases.figures import Figures
from cases.open_cases import OPEN
from storage import desk as stored_desk
from storage import standing
from storage.figure_totals import Which
from storage.standing import Standing
from texts.catalog import say

LANGUAGE = "th"
MOST_OVERDUE = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """`open` and `overdue`: as they stand now; `most_overdue`: organisations and how many."""

    figures: Figures
    open: int
    overdue: int
    most_overdue: Sequence[tuple[str, int]] = ()


def write_secret(session: Session) -> list[str]:
    """For officers: how many confidential cases are open beside the figures; nothing where there are none."""
    count = stored_desk.count_secret(session, OPEN_AT_ALL)
    return [say(LANGUAGE, "summary.secret", count=count)] if count else []


def see_summary(
    session: Session,
    owner: str | None,
    begins: datetime,
    now: datetime,
    ends: datetime | None = None,
    *,
    own_work: bool = False,
) -> Summary:
    """Of one organisation's cases, or (None) of all; confidential ones are never counted.

    `own_work`: open is what is the organisation's to do, without what lies before the officers.
    The caller has settled what is to be counted (`figures.settle_for`).
    """
    still = OPEN if own_work else OPEN_AT_ALL
    stands = standing.count_standing(session, Which(owner), still, now).get("", Standing())
    # Of offices what is theirs to do, as their own digests say it: what waits for the officers is listed beside it.
    late = standing.count_standing(session, Which(), OPEN, now, "owner") if owner is None else {}
    ranked = sorted((-each.overdue, name) for name, each in late.items() if each.overdue)
    return Summary(
        figures=figures.see(session, Which(owner), begins, ends or now + timedelta(microseconds=1)),
        open=stands.open,
        overdue=stands.overdue,
        most_overdue=[(name, -count) for count, name in ranked[:MOST_OVERDUE]],
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
