"""Lists of cases for the desk: what is asked for, in which order, a page at a time, however many cases there are.

A list is read along an index from where the last page ended, in *lanes*: an office's cases, those of one status.
How far one page looks is bounded: of something rare it shows what it found, and from where looking goes on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    cast,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from storage import case_search, helping
from storage.case_filters import Filters, asks_statuses_alone, list_conditions
from storage.case_scope import Scope, within
from storage.case_wanted import Wanted
from storage.clocks import due_first
from storage.list_keys import Key, read_key, write_key
from storage.models import Case, CaseHelper, PhotoCheck, SlaClock

PAGE = 50
COUNTED = 1000
# How far a lane is read before looking elsewhere, and at most; for words sooner, unless so many of these have them.
STEPS, SHORT_STEPS = (1500, 6000), (400, 1200)
COMMON = 8
FURTHEST = (2000, 5000, 9000)
CANDIDATES = 12_000
MONTHS = (1, 2, 5, 12, 60)  # how many each look into the index of words takes together
FEW = 20_000


class Order(StrEnum):
    """How a list is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    CHANGED = "changed"


DOWN = frozenset({Order.NEWEST, Order.CHANGED})


@dataclass(frozen=True, slots=True)
class Lane:
    """Conditions that an index serves in order. `short`: it holds few rows, and is read whole.

    `wordless`: its cases are found by their number, whatever was told.
    """

    conditions: tuple[ColumnElement[bool], ...] = ()
    short: bool = False
    wordless: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Keys in order. `resume`: looking ended there, and not because there is nothing more."""

    keys: list[Key]
    resume: Key | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `after`: where the next begins; `looked_to`: no further than this was looked, so there may be more.

    `count`: how many there are in all, or more than that (`counted_all` is False); None on later pages.
    """

    cases: list[Case]
    after: str | None
    looked_to: datetime | None
    count: int | None
    counted_all: bool


def list_page(
    session: Session,
    scope: Scope,
    filters: Filters,
    order: Order,
    now: datetime,
    *,
    after: str | None = None,
    size: int = PAGE,
) -> Page:
    """The cases that somebody may see and asks for. An unreadable `after` is the beginning."""
    start = read_key(after)
    search = _Search(session, scope, filters, order, now)
    # Of most the number is told sooner than a thousand keys are read; of confidential ones there are few.
    told = None if start or filters.confidential else search.count()
    want = size + 1 if start or told is not None else max(COUNTED, size) + 1
    # Behind a number of the summary that number is expected again, so the looking goes on once a page is full.
    enough = want if filters.figure else size + 1
    found = search.find(start, want, enough) if told != 0 else Found([], None)
    shown, more = found.keys[:size], len(found.keys) > size
    all_found = found.resume is None and len(found.keys) <= COUNTED
    told = told if start or all_found or told is not None else search.count()
    count = None if start else min(len(found.keys), COUNTED) if told is None else told
    resume = None if more or found.resume is None else found.resume
    return Page(
        cases=load(session, [key for _, key in shown]),
        after=write_key(shown[-1]) if more else write_key(resume) if resume else None,
        looked_to=resume[0] if resume else None,
        count=count,
        counted_all=all_found or told is not None,
    )


def list_keys(
    session: Session, scope: Scope, filters: Filters, order: Order, now: datetime, *, after: Key | None, most: int
) -> Found:
    """The keys alone, of as many: for an export, or for what is to be done with all of them."""
    return _Search(session, scope, filters, order, now).find(after, most, most)


def load(session: Session, ids: Sequence[int]) -> list[Case]:
    """These cases, in this order."""
    if not ids:
        return []
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)))}
    return [cases[key] for key in ids if key in cases]


class _Search:
    """One question to the database, asked in a few statements."""

    def __init__(self, session: Session, scope: Scope, filters: Filters, order: Order, now: datetime) -> None:
        self._session = session
        self._dialect = session.get_bind().dialect.name
        self._scope, self._filters, self._order = scope, filters, order
        self._down = order in DOWN
        self._by_due = order is Order.DUE
        self._plain = asks_statuses_alone(filters) and not self._by_due and not scope.organisation
        moments = {Order.CHANGED: Case.updated_at, Order.DUE: SlaClock.due_at}
        self._moment: Any = moments.get(order, Case.created_at)
        self._id: Any = SlaClock.case_id if self._by_due else Case.id
        words = case_search.read_words(filters.text)
        self._numbers, only_number = case_search.list_numbers(session, filters.text) if words else ([], False)
        self._wanted = Wanted(case_search.Words(()) if only_number else words, filters.meant, self._dialect)
        self._now = now
        # By due times the first clock of a case tells whether it is overdue.
        others = replace(filters, overdue=False) if self._by_due else filters
        self._conditions = (*within(scope), *list_conditions(others, now, scope))
        if self._by_due:
            self._conditions += (*self._late(), *due_first(self._filters.others_turn))

    def find(self, start: Key | None, want: int, enough: int) -> Found:
        """Keys after `start`: at most `want`, and once there are `enough` no further step is made for more."""
        if self._numbers and not self._wanted:
            return self._walk([Lane((Case.number.in_(self._numbers),), short=True)], (), start, want, 0)
        if self._filters.phone:
            return self._walk([Lane((Case.phone == self._filters.phone,), short=True)], (), start, want, 0)
        worded = (self._wanted.match(),) if self._wanted else ()
        lanes = [*self._lanes(), *self._numbered()]
        found = Found([], start)
        for step in SHORT_STEPS if self._wanted.in_index else STEPS:
            found = self._add(found, self._walk(lanes, worded, found.resume, want - len(found.keys), step))
            if len(found.keys) >= enough or found.resume is None:
                return found
        if self._wanted.in_index and (self._wanted.is_narrow or len(found.keys) < COMMON):
            found, settled = self._look_up(found, want, enough)
            if settled or len(found.keys) >= enough:
                return found
        for step in FURTHEST:
            found = self._add(found, self._walk(lanes, worded, found.resume, want - len(found.keys), step))
            if len(found.keys) >= enough or found.resume is None:
                break
        return found

    def count(self) -> int | None:
        """How many there are in all, where an index tells it of few; None where they would have to be looked for."""
        if not self._plain:
            return None
        return self._session.scalar(select(func.count()).select_from(Case).where(*self._conditions))

    # along an index
    def _walk(
        self,
        lanes: Sequence[Lane],
        worded: tuple[ColumnElement[bool], ...],
        start: Key | None,
        want: int,
        step: int,
    ) -> Found:
        keys: dict[int, Key] = {}
        ends: list[Key] = []
        all_ends = [None if lane.short else self._find_end(lane, start, step) for lane in lanes]
        asked = []
        for lane, end in zip(lanes, all_ends, strict=True):
            sought = () if lane.wordless else worded
            where = (*lane.conditions, *self._conditions, *sought, *self._beyond(start), *self._until(end))
            asked.append(self._sort(self._select(where, along=not lane.short)).limit(want))
        for lane, end, some in zip(lanes, all_ends, self._ask(asked), strict=True):
            may = self._list_readable([key for _, key in some], lane)
            keys |= {key: (moment, key) for moment, key in some if key in may}
            if len(some) == want:
                ends.append(some[-1])
            elif end:
                ends.append(end)
        resume = (max if self._down else min)(ends) if ends else None
        ordered = sorted(keys.values(), reverse=self._down)
        if resume:
            ordered = [key for key in ordered if (key >= resume if self._down else key <= resume)]
        if len(ordered) > want:
            resume = ordered[want - 1]
        return Found(ordered[:want], resume)

    def _ask(self, asked: Sequence[Select[Any]]) -> list[list[Key]]:
        """The keys of each lane: of all of them in one statement."""
        if len(asked) == 1:
            return [[(moment, key) for moment, key in self._session.execute(asked[0])]]
        found: list[list[Key]] = [[] for _ in asked]
        parts = [select(literal_column(str(place)), each.subquery()) for place, each in enumerate(asked)]
        for place, moment, key in self._session.execute(union_all(*parts)):
            found[place].append((moment, key))
        return [sorted(keys, reverse=self._down) for keys in found]

    def _list_readable(self, ids: list[int], lane: Lane) -> set[int]:
        """Those of them whose words the reader may read where they are what was searched for."""
        if not self._wanted or self._filters.recheck is None or lane.wordless or not ids:
            return set(ids)
        may: set[int] = set()
        for words, some in self._wanted.share_out(self._session, ids).items():
            fits = partial(case_search.stands_in, words)
            may |= self._filters.recheck(self._session, some, fits) if words else set(some)
        return may

    def _find_end(self, lane: Lane, start: Key | None, step: int) -> Key | None:
        """Where so many rows of the lane have been passed; None where it has not as many."""
        bounds = self._late() if self._by_due else self._dates()
        ahead = select(self._moment, self._id).where(*lane.conditions, *bounds, *self._beyond(start))
        end = self._session.execute(self._sort(ahead).offset(step - 1).limit(1)).first()
        return (end[0], end[1]) if end else None

    def _select(self, where: Sequence[ColumnElement[bool]], *, along: bool) -> Select[Any]:
        """`along`: by the index of the order."""
        found = select(self._moment, self._id).where(*where)
        # + 0: or SQLite would begin with every case that stands so, and ask of each for its clocks.
        key = SlaClock.case_id + 0 if along and self._dialect == "sqlite" else SlaClock.case_id
        return found.join_from(SlaClock, Case, Case.id == key) if self._by_due else found

    def _sort(self, found: Select[Any]) -> Select[Any]:
        if self._down:
            return found.order_by(self._moment.desc(), self._id.desc())
        return found.order_by(self._moment, self._id)

    def _beyond(self, start: Key | None) -> tuple[ColumnElement[bool], ...]:
        if start is None:
            return ()
        here = tuple_(self._moment, self._id)
        return (here < start if self._down else here > start,)

    def _until(self, end: Key | None) -> tuple[ColumnElement[bool], ...]:
        if end is None:
            return ()
        here = tuple_(self._moment, self._id)
        return (here >= end if self._down else here <= end,)

    def _dates(self) -> tuple[ColumnElement[bool], ...]:
        if self._order is Order.CHANGED:
            return ()
        bounds = [Case.created_at >= self._filters.since] if self._filters.since else []
        return (*bounds, *([Case.created_at < self._filters.until] if self._filters.until else []))

    def _late(self) -> tuple[ColumnElement[bool], ...]:
        """Of the clocks that run: of what is overdue no other is passed."""
        return (SlaClock.stopped_at.is_(None), *([SlaClock.due_at < self._now] if self._filters.overdue else []))

    # which indexes
    def _lanes(self) -> list[Lane]:
        mine = self._scope.organisation
        owner = mine or self._filters.owner
        owned = (Case.owner == owner,) if owner else ()
        if self._filters.photo_badge and not mine:
            checked = select(PhotoCheck.case_id).where(PhotoCheck.seen_at.is_(None))
            return [Lane((self._id.in_(checked),), short=True)]
        if self._by_due or self._order is Order.CHANGED:
            return self._whole(owned) if owned else [Lane()]
        # What is rare has an index of its own, by status; and most of the oldest stand in no status that is asked for.
        rare = not owner and (self._filters.danger or self._filters.confidential is True)
        apart = bool(owner) or rare or self._order is Order.OLDEST
        statuses = self._filters.statuses if len(self._filters.statuses) <= (9 if apart else 6) else ()
        # Of those that are plainly asked for hardly any is passed over, so no lane is walked far.
        short = self._plain or (rare and set(statuses) <= set(self._filters.live_statuses))
        kind = (Case.category == self._filters.category,) if self._filters.category and not owned else ()
        lanes = [Lane((*owned, Case.status == status), short=short) for status in statuses] or [Lane((*owned, *kind))]
        return [*lanes, *self._beside(mine)] if mine else lanes

    def _beside(self, organisation: str) -> list[Lane]:
        """What an office sees without owning it: little."""
        others = Case.owner != organisation
        helps = select(CaseHelper.case_id).where(
            CaseHelper.organisation == organisation, CaseHelper.state.in_(helping.ACTIVE)
        )
        offered = (others, Case.transfer_to == organisation)
        return [Lane((others, Case.id.in_(helps)), short=True), Lane(offered, short=True)]

    def _whole(self, owned: tuple[ColumnElement[bool], ...]) -> list[Lane]:
        """An office's cases are in no order of change or of due times: where they are few, they are read whole."""
        statuses = self._filters.statuses or (self._filters.live_statuses if self._by_due else ())
        standing = (*owned, *([Case.status.in_(statuses)] if statuses else []))
        if self._session.execute(select(Case.id).where(*standing).offset(FEW).limit(1)).first() is not None:
            return [Lane()]
        beside = self._beside(self._scope.organisation) if self._scope.organisation else []
        return [Lane(standing, short=True), *beside]

    # by the index of words
    def _numbered(self, *more: ColumnElement[bool]) -> list[Lane]:
        """The cases whose number may be meant: a lane of their own, for an OR would keep indexes from being used."""
        return [Lane((Case.number.in_(self._numbers), *more), short=True, wordless=True)] if self._numbers else []

    def _look_up(self, found: Found, want: int, enough: int) -> tuple[Found, bool]:
        """By the index of words; also whether that settled it, for there may be too many candidates to look at."""
        if self._order in (Order.NEWEST, Order.OLDEST):
            return self._look_up_by_month(found, want, enough)
        named = self._list_named(None)
        if named is None:
            return found, False
        lanes = [*named[0], *self._numbered()]
        return self._add(found, self._walk(lanes, (), found.resume, want - len(found.keys), 0)), True

    def _look_up_by_month(self, found: Found, want: int, enough: int) -> tuple[Found, bool]:
        months = case_search.find_months(self._session)
        widths, looked = list(MONTHS), 0
        while months and found.resume and looked < CANDIDATES and len(found.keys) < enough:
            width = widths.pop(0) if len(widths) > 1 else widths[0]
            window, edge, last = self._open_window(found.resume[0], width, months)
            here = Case.created_at >= edge if self._down else Case.created_at < edge
            named = self._list_named(window, here)
            if named is None and width == 1:
                return found, False
            if named is None:
                widths = [1]
                continue
            looked += named[1]
            lanes = [*named[0], *self._numbered(here)]
            more = self._walk(lanes, (), found.resume, want - len(found.keys), 0)
            resume = None if last else (edge, 0 if self._down else -1)
            found = self._add(found, more if more.resume else Found(more.keys, resume))
        return found, True

    def _open_window(
        self, moment: datetime, width: int, months: tuple[int, int]
    ) -> tuple[tuple[int, int], datetime, bool]:
        """So many months from here on, where they end, and whether there are no more."""
        at = case_search.month_of(moment)
        if self._down:
            first = max(months[0], at - width + 1)
            return (first, max(at, first)), case_search.begin_month(first), first <= months[0]
        end = min(months[1], at + width - 1)
        return (min(at, end), end), case_search.begin_month(end + 1), end >= months[1]

    def _list_named(self, months: tuple[int, int] | None, *more: ColumnElement[bool]) -> tuple[list[Lane], int] | None:
        """A lane for each way to be found, and how many candidates were looked at; None where there are too many."""
        lanes, looked = [], 0
        for way in self._wanted.list_ways():
            if not way.by_words:
                lanes.append(Lane((*way.conditions, *more), short=True))
                continue
            among = way.list_among(months) if months else None
            named = case_search.list_candidates(self._session, way.words, months=months, among=among, most=CANDIDATES)
            if named is None:
                return None
            looked += named[1]
            lanes.append(self._named(named[0], *way.conditions, *more))
        return lanes, looked

    def _named(self, ids: list[int], *more: ColumnElement[bool]) -> Lane:
        """These cases."""
        chosen: ColumnElement[bool]
        if self._dialect == "sqlite":
            chosen = Case.id.in_(select(func.json_each(json.dumps(ids)).table_valued("value").c.value))
        else:
            chosen = Case.id == func.any(cast(literal(ids, ARRAY(BigInteger)), ARRAY(BigInteger)))
        return Lane((chosen, *more), short=True)

    @staticmethod
    def _add(found: Found, more: Found) -> Found:
        return Found([*found.keys, *more.keys], more.resume)
