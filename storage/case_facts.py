"""Queries about the facts of cases: which have to be looked at again, what they are made from, and keeping them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select, true
from sqlalchemy.orm import Session

from clock import BANGKOK
from storage.models import Case, CaseFacts, FigureMark, HistoryEntry, SlaClock
from storage.one_at_a_time import Place, hold
from storage.prepared import INSERTS

FACTS = CaseFacts.__table__
# By which column of its facts a case belongs to a figure, and what else must be so.
FIGURES: dict[str, tuple[str, tuple[ColumnElement[bool], ...]]] = {
    "received": ("received_at", ()),
    "acknowledged": ("acknowledged_at", ()),
    "first_words": ("first_words_at", ()),
    "resolved": ("resolved_at", ()),
    "on_time": ("resolved_at", (FACTS.c.on_time.is_(True),)),
    "late": ("resolved_at", (FACTS.c.on_time.is_(False),)),
    "was_disputed": ("resolved_at", (FACTS.c.disputed.is_(True),)),
    "was_reopened": ("resolved_at", (FACTS.c.reopened.is_(True),)),
    "confirmed": ("ended_at", (FACTS.c.verdict == "yes",)),
    "partly": ("ended_at", (FACTS.c.verdict == "partly",)),
    "disputed": ("ended_at", (FACTS.c.verdict == "no",)),
    "silent": ("ended_at", (FACTS.c.verdict == "silent",)),
    "stars": ("ended_at", (FACTS.c.stars.is_not(None),)),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What the row of a case itself tells."""

    case_id: int
    owner: str
    category: str
    channel: str
    confidential: bool
    received_at: datetime
    verdict: str | None
    stars: int | None
    status: str


class Step(NamedTuple):
    """One line of history, as far as figures need it."""

    id: int
    case_id: int
    action: str
    at: datetime
    from_status: str | None
    details: Mapping[str, Any]


def take_marks(session: Session, most: int) -> list[int]:
    """Take so many marks, oldest first, and hold who else settles; the cases they name."""
    hold(session, Place.FIGURES)
    oldest = select(FigureMark.id).order_by(FigureMark.id).limit(most).scalar_subquery()
    taken = delete(FigureMark).where(FigureMark.id.in_(oldest)).returning(FigureMark.case_id)
    return sorted(set(session.scalars(taken, execution_options={"synchronize_session": False})))


def count_marks(session: Session, most: int) -> int:
    """How many marks wait, counted up to `most`."""
    return session.execute(select(func.count()).select_from(select(FigureMark.id).limit(most).subquery())).scalar_one()


def clear_marks(session: Session) -> None:
    """Take every mark: all is counted anew."""
    session.execute(delete(FigureMark))


def mark_day(session: Session, day: date) -> None:
    """Offices work on this day after all, or do not: cases that waited over it are counted anew."""
    begins = datetime.combine(day, time(), BANGKOK)
    over = begins + timedelta(days=1)
    answered = func.coalesce(CaseFacts.first_words_at, CaseFacts.acknowledged_at)
    latest = func.coalesce(CaseFacts.acknowledged_at, CaseFacts.first_words_at)
    waited = select(CaseFacts.case_id).where(CaseFacts.handed_at < over, or_(answered >= begins, latest >= begins))
    session.execute(insert(FigureMark).from_select(["case_id"], waited))


def mark_cases(session: Session, case_ids: Collection[int]) -> None:
    """Count these anew, though nothing happened to them."""
    if case_ids:
        session.execute(insert(FigureMark), [{"case_id": case_id} for case_id in case_ids])


def list_sources(session: Session, case_ids: Collection[int]) -> list[Source]:
    """What these cases are, without loading them."""
    return [Source(*row) for row in session.execute(_SOURCES.where(Case.id.in_(case_ids)))]


def list_sources_after(session: Session, case_id: int, most: int) -> list[Source]:
    """The next so many cases after this key."""
    found = _SOURCES.where(Case.id > case_id).order_by(Case.id).limit(most)
    return [Source(*row) for row in session.execute(found)]


_SOURCES = select(
    Case.id,
    Case.owner,
    Case.category,
    Case.channel,
    Case.confidential,
    Case.created_at,
    Case.verdict,
    Case.stars,
    Case.status,
)


def list_steps(session: Session, case_ids: Collection[int], actions: Collection[str]) -> dict[int, list[Step]]:
    """The steps of these kinds in the life of each case, oldest first."""
    told = (
        select(
            HistoryEntry.id,
            HistoryEntry.case_id,
            HistoryEntry.action,
            HistoryEntry.at,
            HistoryEntry.from_status,
            HistoryEntry.details,
        )
        .where(HistoryEntry.case_id.in_(case_ids), HistoryEntry.action.in_(actions))
        .order_by(HistoryEntry.case_id, HistoryEntry.id)
    )
    found: dict[int, list[Step]] = defaultdict(list)
    for row in session.execute(told):
        found[row.case_id].append(Step(*row))
    return found


class Dues(NamedTuple):
    """Until when a case was to be resolved, and from when on what runs for it is late."""

    resolve: datetime | None
    late: datetime | None


def list_dues(session: Session, case_ids: Collection[int], waiting: Collection[str]) -> dict[int, Dues]:
    """The due times of these cases; clocks of `waiting` are nobody's of ours to keep."""
    runs = SlaClock.stopped_at.is_(None) & SlaClock.kind.not_in(waiting)
    dues = (
        select(
            SlaClock.case_id,
            func.max(case((SlaClock.kind == "resolve", SlaClock.due_at))),
            func.min(case((runs, SlaClock.due_at))),
        )
        .where(SlaClock.case_id.in_(case_ids))
        .group_by(SlaClock.case_id)
    )
    return {case_id: Dues(*moments) for case_id, *moments in session.execute(dues)}


def list_facts(session: Session, case_ids: Collection[int]) -> Sequence[Mapping[Any, Any]]:
    """The facts that are kept of these cases."""
    return session.execute(select(FACTS).where(FACTS.c.case_id.in_(case_ids))).mappings().all()


def save_facts(session: Session, facts: Sequence[Mapping[str, Any]]) -> None:
    """Keep these facts in place of what was kept."""
    if not facts:
        return
    put = INSERTS[session.get_bind().dialect.name](FACTS)
    others = {column.name: put.excluded[column.name] for column in FACTS.columns if column.name != "case_id"}
    session.execute(put.on_conflict_do_update(index_elements=["case_id"], set_=others), [dict(one) for one in facts])


def clear_facts(session: Session) -> None:
    """Forget the facts of every case."""
    session.execute(delete(CaseFacts))


def match_figure(
    figure: str, begins: datetime | None, ends: datetime | None, *, confidential: bool = False, stars: int | None = None
) -> ColumnElement[bool]:
    """The cases that a figure counts between two moments, as a condition on the query over Case. Raises KeyError."""
    column, more = FIGURES[figure]
    at = FACTS.c[column]
    counted = select(FACTS.c.case_id).where(
        FACTS.c.confidential.is_(confidential),
        at.is_not(None),
        at >= begins if begins else true(),
        at < ends if ends else true(),
        FACTS.c.stars == stars if stars else true(),
        *more,
    )
    return Case.id.in_(counted)
