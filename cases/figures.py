"""The figures of any cases and any time, in one place for all who show them: groups, officers, papers, programs.

Sums of whole days, months and quarters are kept (`storage/figure_totals.py`); what lies at the edges of a time is
counted from the facts of the cases. Both give the same, and a test holds them to it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import accumulate, combinations, pairwise
from typing import Any

from sqlalchemy.orm import Session

from cases import office_hours, service_levels
from cases.case_facts import COUNTED, Rules, find_facts
from cases.clocks import WAITING
from clock import BANGKOK, in_bangkok
from storage import case_facts, figure_totals, working_days
from storage.case_facts import Dues, Source
from storage.figure_totals import DIMS, Cell, Span, Tally, Which

A_BATCH = 25  # cases settled in one transaction: who writes meanwhile waits for it
AT_ONCE = 500  # marks settled for somebody who asks; the rest is left to the job
ANEW = 2000  # cases counted at once where all are
KEPT_IN_MEMORY = 25 * ANEW  # cases whose sums are written together: of a million, they would take gigabytes
MONTHS_IN_QUARTER = 3
_ALL_DIMS = tuple(names for size in range(len(DIMS) + 1) for names in combinations(DIMS, size))
# Sums that are kept: of one dimension by day and quarter too, of two and three by month alone.
_GRAINS = {names: "dmq" if len(names) <= 1 else "m" for names in _ALL_DIMS}


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in minutes: the middle case, and the one that nine of ten did not exceed."""

    count: int = 0
    median: int | None = None
    ninetieth: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Cases by what became of them in a time. The four ways to end are never added up.

    `timed`: resolved cases that had a time to keep, `on_time` those that kept it. `was_disputed`, `was_reopened`: of
    the resolved ones. `stars`: how many reporters gave each number.
    """

    received: int = 0
    acknowledged: int = 0
    first_words: int = 0
    resolved: int = 0
    confirmed: int = 0
    partly: int = 0
    disputed: int = 0
    silent: int = 0
    timed: int = 0
    on_time: int = 0
    was_disputed: int = 0
    was_reopened: int = 0
    acknowledge: Times = Times()
    first_word: Times = Times()
    resolve: Times = Times()
    stars: Mapping[int, int] = field(default_factory=dict)

    @property
    def on_time_percent(self) -> int | None:
        """Of what was resolved and had a time to keep."""
        return share(self.on_time, self.timed)

    @property
    def dispute_percent(self) -> int | None:
        """Of what was resolved."""
        return share(self.was_disputed, self.resolved)

    @property
    def reopen_percent(self) -> int | None:
        """Of what was resolved."""
        return share(self.was_reopened, self.resolved)

    @property
    def rated(self) -> int:
        """How many gave stars."""
        return sum(self.stars.values())

    @property
    def mean_stars(self) -> float | None:
        """To one digit behind the point."""
        if not self.rated:
            return None
        return round(sum(number * count for number, count in self.stars.items()) / self.rated, 1)


def share(part: int, whole: int) -> int | None:
    """Percent; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def see(session: Session, which: Which, begins: datetime, ends: datetime) -> Figures:
    """The figures between two moments."""
    return _read(_count(session, which, begins, ends, None).get("", Counter()))


def see_by(session: Session, which: Which, begins: datetime, ends: datetime, by: str) -> dict[str, Figures]:
    """The same for each organisation (`owner`), category or channel that has any."""
    if by not in DIMS:
        raise ValueError(f"no figures by {by!r}: choose one of {', '.join(DIMS)}")
    sums = _count(session, which, begins, ends, by)
    return {name: _read(tally) for name, tally in sorted(sums.items())}


def count_received(session: Session, which: Which, begins: datetime, ends: datetime, by: str) -> dict[str, int]:
    """How many came, by the same, and nothing else."""
    sums = _count(session, which, begins, ends, by, "received")
    return {name: tally["received"] for name, tally in sums.items()}


def see_series(session: Session, which: Which, edges: Sequence[datetime]) -> list[Figures]:
    """The same for each time between one of these moments and the next."""
    tallies: list[Tally] = [Counter() for _ in edges[1:]]
    grains = "" if which.confidential else _GRAINS[tuple(which.list_given())]
    spans: list[Span] = []
    left: list[tuple[datetime, datetime]] = []
    for begins, ends in pairwise(edges):
        found, still = _part(begins, ends, grains)
        spans += found
        for one in still:
            follows = left and left[-1][1] == one[0]
            left[-1:] = [(left[-1][0], one[1])] if follows else [*left[-1:], one]
    for first, last in left:
        for at, names in figure_totals.list_plainly(session, which, first, last):
            tallies[bisect_right(edges, at) - 1].update(names)
    for first_day, counts in figure_totals.list_kept(session, which, _join(spans)):
        tallies[bisect_right(edges, begin_day(first_day)) - 1].update(counts)
    return [_read(tally) for tally in tallies]


def _join(spans: Iterable[Span]) -> list[Span]:
    """Those that follow on one another as one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.grain, span.first)):
        if joined and joined[-1].grain == span.grain and joined[-1].last == span.first:
            joined[-1] = Span(span.grain, joined[-1].first, span.last)
        else:
            joined.append(span)
    return joined


def see_plainly(
    session: Session, which: Which, begins: datetime, ends: datetime, by: str | None = None
) -> dict[str, Figures]:
    """The same without kept sums, for checks; under an empty name where it is not by anything."""
    return {name: _read(tally) for name, tally in figure_totals.count_plainly(session, which, begins, ends, by).items()}


def _count(
    session: Session, which: Which, begins: datetime, ends: datetime, by: str | None, only: str = ""
) -> dict[str, Tally]:
    names = tuple(name for name in DIMS if name in which.list_given() or name == by)
    if which.confidential:  # few, and in no sum
        return figure_totals.count_plainly(session, which, begins, ends, by)
    spans, edges = _part(begins, ends, _GRAINS[names])
    sums = figure_totals.sum_kept(session, which, spans, by, only)
    for first, last in edges:
        for name, tally in figure_totals.count_plainly(session, which, first, last, by).items():
            sums.setdefault(name, Counter()).update(tally)
    return sums


def _part(begins: datetime, ends: datetime, grains: str) -> tuple[list[Span], list[tuple[datetime, datetime]]]:
    """Part a time into whole quarters, months and days, as far as sums of them are kept, and what is left over."""
    spans: list[Span] = []
    left = [(begins, ends)] if begins < ends else []
    for grain in sorted(grains, key="qmd".index):
        still: list[tuple[datetime, datetime]] = []
        for first, last in left:
            whole_first, whole_last = _reach(grain, in_bangkok(first)), _floor(grain, in_bangkok(last))
            if whole_first >= whole_last:
                still.append((first, last))
                continue
            spans.append(Span(grain, whole_first, whole_last))
            around = ((first, begin_day(whole_first)), (begin_day(whole_last), last))
            still += [(one, other) for one, other in around if one < other]
        left = still
    return spans, left


def _floor(grain: str, moment: datetime) -> date:
    day = moment.date()
    if grain == "d":
        return day
    month = day.month if grain == "m" else day.month - (day.month - 1) % MONTHS_IN_QUARTER
    return day.replace(month=month, day=1)


def _reach(grain: str, moment: datetime) -> date:
    """The first beginning that is not before a moment."""
    floor = _floor(grain, moment)
    if begin_day(floor) == moment:
        return floor
    if grain == "d":
        return floor + timedelta(days=1)
    months = floor.month - 1 + (1 if grain == "m" else MONTHS_IN_QUARTER)
    return date(floor.year + months // 12, months % 12 + 1, 1)


def begin_day(day: date) -> datetime:
    """The moment at which a day begins in Bangkok."""
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _read(tally: Mapping[str, int]) -> Figures:
    spread: dict[str, dict[int, int]] = {"a": {}, "w": {}, "r": {}, "s": {}}
    for name, number in tally.items():
        if name[1] == ":":
            spread[name[0]][int(name[2:])] = number
    return Figures(
        received=tally.get("received", 0),
        acknowledged=tally.get("acknowledged", 0),
        first_words=tally.get("first_words", 0),
        resolved=tally.get("resolved", 0),
        confirmed=tally.get("said_yes", 0),
        partly=tally.get("said_partly", 0),
        disputed=tally.get("said_no", 0),
        silent=tally.get("said_silent", 0),
        timed=tally.get("timed", 0),
        on_time=tally.get("on_time", 0),
        was_disputed=tally.get("was_disputed", 0),
        was_reopened=tally.get("was_reopened", 0),
        acknowledge=_time(spread["a"]),
        first_word=_time(spread["w"]),
        resolve=_time(spread["r"]),
        stars=dict(sorted(spread["s"].items())),
    )


def _time(minutes: Mapping[int, int]) -> Times:
    if not minutes:
        return Times()
    values = sorted(minutes)
    up_to = list(accumulate(minutes[value] for value in values))
    count = up_to[-1]
    median, ninetieth = (values[bisect_left(up_to, -(-count * percent // 100))] for percent in (50, 90))
    return Times(count, median, ninetieth)


def settle(session: Session, most: int = A_BATCH) -> int:
    """Count anew the cases that something happened to, and put the sums right. How many cases those were."""
    session.flush()
    marked = case_facts.take_marks(session, most)
    if not marked:
        return 0
    changes: dict[Cell, Tally] = {}
    for kept in case_facts.list_facts(session, marked):
        _add(changes, kept, -1)
    found = _find_all(session, case_facts.list_sources(session, marked))
    for facts in found:
        _add(changes, facts, 1)
    case_facts.save_facts(session, found)
    figure_totals.add_to_totals(session, changes)
    return len(marked)


def settle_for(session: Session, most: int = AT_ONCE) -> bool:
    """Settle for somebody who asks for figures now; whether all is settled, or the job still has work."""
    settle(session, most)
    return is_settled(session)


def is_settled(session: Session) -> bool:
    """Whether nothing waits to be counted."""
    return case_facts.count_marks(session, 1) == 0


def count_anew(session: Session, progress: Callable[[int], None] | None = None) -> int:
    """Count every case, as if nothing had been counted: after many were written in bulk. How many cases."""
    case_facts.take_marks(session, 0)
    case_facts.clear_marks(session)
    case_facts.clear_facts(session)
    figure_totals.clear_totals(session)
    sums: dict[Cell, Tally] = {}
    last, counted = 0, 0
    while sources := case_facts.list_sources_after(session, last, ANEW):
        found = _find_all(session, sources)
        for facts in found:
            _add(sums, facts, 1)
        case_facts.save_facts(session, found)
        last = sources[-1].case_id
        counted += len(found)
        if progress:
            progress(len(found))
        if counted % KEPT_IN_MEMORY == 0:
            figure_totals.add_to_totals(session, sums)
            sums = {}
    figure_totals.add_to_totals(session, sums)
    return counted


def _find_all(session: Session, sources: Sequence[Source]) -> list[dict[str, Any]]:
    case_ids = [source.case_id for source in sources]
    steps = case_facts.list_steps(session, case_ids, COUNTED)
    dues = case_facts.list_dues(session, case_ids, WAITING)
    none = Dues(None, None)
    hours = partial(office_hours.find, session)
    by = Rules(working_days.load_exceptions(session), service_levels.load(session), hours)
    return [find_facts(source, steps.get(source.case_id, ()), dues.get(source.case_id, none), by) for source in sources]


def _add(sums: dict[Cell, Tally], facts: Mapping[str, Any], times: int) -> None:
    for at, names in figure_totals.list_counted(facts):
        for cell in _list_cells(facts, at):
            tally = sums.get(cell)
            if tally is None:
                tally = sums[cell] = Counter()
            for name in names:
                tally[name] += times


def _list_cells(facts: Mapping[str, Any], at: datetime) -> Iterator[Cell]:
    local = in_bangkok(at)
    firsts = {grain: _floor(grain, local) for grain in "dmq"}
    for dims, owner, category, channel, grains in _CELLS:
        for grain in grains:
            yield (
                dims,
                grain,
                firsts[grain],
                facts["owner"] if owner else "",
                facts["category"] if category else "",
                facts["channel"] if channel else "",
            )


_CELLS: tuple[tuple[int, bool, bool, bool, str], ...] = tuple(
    (figure_totals.name_dims(names), "owner" in names, "category" in names, "channel" in names, grains)
    for names, grains in _GRAINS.items()
)
