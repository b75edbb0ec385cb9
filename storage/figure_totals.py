"""Counts cases by their facts: from the sums that are kept of whole days, months and quarters, or one by one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from storage.case_facts import FACTS
from storage.models import FigureTotal
from storage.prepared import INSERTS

TOTALS = FigureTotal.__table__
DIMS = ("owner", "category", "channel")
AT_ONCE = 400  # keys in one query
Cell = tuple[int, str, date, str, str, str]
Tally = Counter[str]
_KEY = (
    TOTALS.c.dims,
    TOTALS.c.grain,
    TOTALS.c.begins,
    TOTALS.c.owner,
    TOTALS.c.category,
    TOTALS.c.channel,
)


@dataclass(frozen=True, slots=True)
class Which:
    """Which cases: of one organisation, category and channel, or (None) of any; the confidential ones apart."""

    owner: str | None = None
    category: str | None = None
    channel: str | None = None
    confidential: bool = False

    def list_given(self) -> dict[str, str]:
        """The names that are given, by what they name."""
        named = {"owner": self.owner, "category": self.category, "channel": self.channel}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Span:
    """Days, months or quarters (`grain`: d, m, q) that begin from `first` on and before `last`."""

    grain: str
    first: date
    last: date


def name_dims(names: Iterable[str]) -> int:
    """The number under which sums by these dimensions are kept."""
    return sum(1 << DIMS.index(name) for name in names)


def sum_kept(
    session: Session, which: Which, spans: Collection[Span], by: str | None, only: str = ""
) -> dict[str, Tally]:
    """What the kept sums of these spans add up to, by the values of `by`, or under an empty name.

    `only`: this of all that is counted; to read the rest, every length of time there was, takes longer.
    """
    sums: dict[str, Tally] = {}
    counted = TOTALS.c.counts[only].as_integer() if only else TOTALS.c.counts
    for name, counts in _find_kept(session, which, spans, by, TOTALS.c[by or "grain"], counted):
        sums.setdefault(name if by else "", Counter()).update({only: counts or 0} if only else counts)
    return sums


def list_kept(session: Session, which: Which, spans: Collection[Span]) -> list[tuple[date, Mapping[str, int]]]:
    """The kept sums of these spans one by one, each with the day on which it begins."""
    return [(day, counts) for day, counts in _find_kept(session, which, spans, None, TOTALS.c.begins, TOTALS.c.counts)]


def _find_kept(
    session: Session,
    which: Which,
    spans: Collection[Span],
    by: str | None,
    told: ColumnElement[Any],
    counted: ColumnElement[Any],
) -> Iterator[tuple[Any, Any]]:
    given = which.list_given()
    within = [
        and_(TOTALS.c.grain == span.grain, TOTALS.c.begins >= span.first, TOTALS.c.begins < span.last) for span in spans
    ]
    if not within:
        return
    found = select(told, counted).where(
        TOTALS.c.dims == name_dims({*given, *([by] if by else [])}),
        or_(*within),
        *(TOTALS.c[name] == value for name, value in given.items()),
    )
    yield from ((name, counts) for name, counts in session.execute(found))


def count_plainly(session: Session, which: Which, begins: datetime, ends: datetime, by: str | None) -> dict[str, Tally]:
    """The same for any two moments, counted from the facts of the cases one by one."""
    sums: dict[str, Tally] = {}
    for axis, values, names in _AXES:
        key = [FACTS.c[by]] if by else []
        at = FACTS.c[f"{axis}_at"]
        columns = [FACTS.c[value] for value in values]
        found = (
            select(func.count(), *key, *columns)
            .where(
                FACTS.c.confidential.is_(which.confidential),
                at >= begins,
                at < ends,
                *(FACTS.c[name] == value for name, value in which.list_given().items()),
            )
            .group_by(*key, *columns)
        )
        for number, *rest in session.execute(found):
            tally = sums.setdefault(rest.pop(0) if by else "", Counter())
            for name in names(*rest):
                tally[name] += number
    return sums


def list_plainly(
    session: Session, which: Which, begins: datetime, ends: datetime
) -> Iterator[tuple[datetime, tuple[str, ...]]]:
    """What is counted between two moments, case by case: when, and under which names."""
    for axis, values, names in _AXES:
        at = FACTS.c[f"{axis}_at"]
        given = [FACTS.c[name] == value for name, value in which.list_given().items()]
        found = select(at, *(FACTS.c[value] for value in values)).where(
            FACTS.c.confidential.is_(which.confidential), at >= begins, at < ends, *given
        )
        for moment, *told in session.execute(found):
            yield moment, names(*told)


@lru_cache(maxsize=4096)  # the same few words, kept once
def name_times(letter: str, value: int | None) -> tuple[str, ...]:
    """The name of a duration, or of a number of stars."""
    return () if value is None else (f"{letter}:{value}",)


def name_resolved(minutes: int | None, on_time: bool | None, disputed: bool, reopened: bool) -> tuple[str, ...]:
    """What a resolved case counts as."""
    said = () if on_time is None else ("timed", "on_time") if on_time else ("timed",)
    flags = (*(("was_disputed",) if disputed else ()), *(("was_reopened",) if reopened else ()))
    return ("resolved", *name_times("r", minutes), *said, *flags)


def name_ended(verdict: str, stars: int | None) -> tuple[str, ...]:
    """What a case counts as of which its reporter, or silence, said how it ended."""
    return (f"said_{verdict}", *name_times("s", stars))


_AXES: tuple[tuple[str, tuple[str, ...], Any], ...] = (
    ("received", (), lambda: ("received",)),
    ("acknowledged", ("acknowledge_minutes",), lambda minutes: ("acknowledged", *name_times("a", minutes))),
    ("first_words", ("first_words_minutes",), lambda minutes: ("first_words", *name_times("w", minutes))),
    ("resolved", ("resolve_minutes", "on_time", "disputed", "reopened"), name_resolved),
    ("ended", ("verdict", "stars"), name_ended),
)


def list_counted(facts: Mapping[str, Any]) -> Iterator[tuple[datetime, tuple[str, ...]]]:
    """The moments at which a case is counted, each with the names it is counted under; a confidential one never."""
    if facts["confidential"]:
        return
    for axis, values, names in _AXES:
        at = facts[f"{axis}_at"]
        if at is not None:
            yield at, names(*(facts[value] for value in values))


def add_to_totals(session: Session, changes: Mapping[Cell, Tally]) -> None:
    """Add to the kept sums, and take away from them. The caller holds `ONE_AT_A_TIME`."""
    wanted = sorted(cell for cell, tally in changes.items() if any(tally.values()))
    for start in range(0, len(wanted), AT_ONCE):
        cells = wanted[start : start + AT_ONCE]
        kept = {
            tuple(row[:-1]): row.counts
            for row in session.execute(select(*_KEY, TOTALS.c.counts).where(tuple_(*_KEY).in_(cells)))
        }
        made, empty = [], []
        for cell in cells:
            tally = Counter(kept.get(cell, {}))
            tally.update(changes[cell])
            counts = {name: number for name, number in tally.items() if number}
            if counts:
                made.append(dict(zip((column.name for column in _KEY), cell, strict=True)) | {"counts": counts})
            elif cell in kept:
                empty.append(cell)
        save_totals(session, made)
        if empty:
            session.execute(delete(FigureTotal).where(_among(empty)))


def save_totals(session: Session, made: list[dict[str, Any]]) -> None:
    """Keep these sums in place of what was kept."""
    if made:
        put = INSERTS[session.get_bind().dialect.name](TOTALS)
        keys = [column.name for column in _KEY]
        session.execute(put.on_conflict_do_update(index_elements=keys, set_={"counts": put.excluded.counts}), made)


def clear_totals(session: Session) -> None:
    """Forget every sum."""
    session.execute(delete(FigureTotal))


def _among(cells: Iterable[Cell]) -> ColumnElement[bool]:
    return tuple_(*_KEY).in_(list(cells))
