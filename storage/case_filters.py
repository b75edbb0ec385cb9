"""What a list of cases is narrowed down by, as one value, and as conditions of a query over `Case`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, Text, and_, cast, exists, literal_column, true
from sqlalchemy.orm import Session

from storage.case_facts import FACTS, FIGURES
from storage.case_scope import Scope
from storage.models import Case, Follower, PhotoCheck, SlaClock

DANGEROUS = cast(Case.danger, Text) != literal_column("'[]'")  # as its index says it
# Which of these cases hold what is searched for in words that the reader may read; `fits` says of words whether.
Recheck = Callable[[Session, Sequence[int], Callable[[str], bool]], set[int]]


@dataclass(frozen=True, slots=True)
class Meant:
    """What some of the words that are searched for also name; a case of that is found without the words.

    `beside`: other categories that were named too; any of them will do, and `terms` holds their words as well.
    """

    terms: tuple[str, ...]
    category: str = ""
    owner: str = ""
    beside: tuple["Meant", ...] = ()

    @property
    def code(self) -> str:
        """Of the category, or of the office."""
        return self.category or self.owner

    def as_condition(self) -> ColumnElement[bool]:
        """Never a confidential case: being found by what it is would tell it."""
        kinds = [self.category, *(each.category for each in self.beside)]
        named = Case.category.in_(kinds) if self.category else Case.owner == self.owner
        return and_(named, Case.confidential.is_(False))


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty, it lets everything through. `since` and `until` (exclusive) are about when a case was told.

    `meant`: what words of `text` are also taken for.
    `others_turn`: clocks that run while somebody outside is waited for. `missed_before`: it was promised by a day
    before this one, and stands in one of `open_statuses`. `live_statuses`: in which clocks run. `figure`: what a
    number of the summary counted between `figure_since` and `figure_until`. `recheck`: for whoever may not read all
    that was told of the cases in their scope; None for those who may.
    """

    text: str = ""
    meant: tuple[Meant, ...] = ()
    phone: str = ""
    statuses: tuple[str, ...] = ()
    owner: str = ""
    district: str = ""
    category: str = ""
    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None
    overdue: bool = False
    danger: bool = False
    confidential: bool | None = None
    verdict: str = ""
    stars: int | None = None
    photo_badge: bool = False
    followed: bool = False
    missed_before: date | None = None
    open_statuses: tuple[str, ...] = ()
    live_statuses: tuple[str, ...] = ()
    others_turn: tuple[str, ...] = ()
    figure: str = ""
    figure_since: datetime | None = None
    figure_until: datetime | None = None
    recheck: Recheck | None = None


def list_conditions(filters: Filters, now: datetime, scope: Scope) -> list[ColumnElement[bool]]:
    """All but the words, which `case_search` looks for."""
    closed = [Case.confidential.is_(False)] if _asks_what_is_secret(filters) else []
    return [*closed, *_of_case(filters), *_of_telling(filters, scope), *_of_others(filters, now)]


def asks_statuses_alone(filters: Filters) -> bool:
    """Of cases that still live, and perhaps of danger or secrecy: an index has these, and they are not very many."""
    told = {"statuses", "danger", "confidential", "recheck", "open_statuses", "live_statuses", "others_turn"}
    usual = Filters()
    others = (field.name for field in fields(Filters) if field.name not in told)
    alive = bool(filters.statuses) and set(filters.statuses) <= set(filters.live_statuses)
    return alive and all(getattr(filters, name) == getattr(usual, name) for name in others)


def _asks_what_is_secret(filters: Filters) -> bool:
    """Of a confidential case a list tells number, status and time; being found by more would tell more."""
    named = (filters.owner, filters.district, filters.category, filters.channel, filters.verdict, filters.phone)
    flags = (filters.danger, filters.photo_badge, filters.followed, filters.missed_before)
    return any(named) or any(flags) or filters.stars is not None


def _of_case(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.statuses:
        yield Case.status.in_(filters.statuses)
    for column, wanted in (
        (Case.owner, filters.owner),
        (Case.district, filters.district),
        (Case.category, filters.category),
        (Case.channel, filters.channel),
        (Case.verdict, filters.verdict),
    ):
        if wanted:
            yield column == wanted
    if filters.stars is not None:
        yield Case.stars == filters.stars
    if filters.danger:
        yield DANGEROUS
    if filters.confidential is not None:
        # Not IS TRUE: of that PostgreSQL does not know that it is what the index of them holds.
        yield Case.confidential == true() if filters.confidential else Case.confidential.is_(False)
    if filters.missed_before:
        yield Case.promised_on < filters.missed_before
        yield Case.status.in_(filters.open_statuses)


def _of_telling(filters: Filters, scope: Scope) -> Iterator[ColumnElement[bool]]:
    if filters.since:
        yield Case.created_at >= filters.since
    if filters.until:
        yield Case.created_at < filters.until
    if filters.phone:
        yield Case.phone == filters.phone
        if scope.organisation is not None:
            yield Case.phone_shared.is_(True)


def _of_others(filters: Filters, now: datetime) -> Iterator[ColumnElement[bool]]:
    if filters.overdue:
        late = SlaClock.__table__.alias("late")
        yield exists().where(
            late.c.case_id == Case.id,
            late.c.stopped_at.is_(None),
            late.c.due_at < now,
            late.c.kind.not_in(filters.others_turn),
        )
    if filters.photo_badge:
        yield exists().where(PhotoCheck.case_id == Case.id, PhotoCheck.seen_at.is_(None))
    if filters.followed:
        yield exists().where(Follower.case_id == Case.id, Follower.left_at.is_(None))
    if filters.figure in FIGURES:
        name, more = FIGURES[filters.figure]
        at = FACTS.c[name]
        yield exists().where(
            FACTS.c.case_id == Case.id,
            FACTS.c.confidential.is_(False),
            at >= filters.figure_since if filters.figure_since else at.is_not(None),
            at < filters.figure_until if filters.figure_until else true(),
            *more,
        )
