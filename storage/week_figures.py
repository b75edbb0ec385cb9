"""Counts what happened to an office's cases since a moment, and how its open ones stand; confidential ones never."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import Session

from storage.models import Case, HistoryEntry, SlaClock


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases are open now, and how many of them are past their time."""

    open: int
    overdue: int


def count_steps(
    session: Session,
    owner: str | None,
    since: datetime,
    actions: Mapping[str, Collection[str]],
    until: datetime | None = None,
) -> dict[str, int]:
    """By name, how many cases took one of its actions between two moments, undone steps not counted. No owner: all."""
    return {name: len(found) for name, found in list_steps(session, owner, since, actions, until).items()}


def list_steps(
    session: Session,
    owner: str | None,
    since: datetime,
    actions: Mapping[str, Collection[str]],
    until: datetime | None = None,
) -> dict[str, dict[int, datetime]]:
    """By name, the cases that took one of its actions, each with the moment of the last."""
    # A step moves `updated_at`, so that older cases need not be looked at one by one.
    told = (
        select(HistoryEntry.id, HistoryEntry.case_id, HistoryEntry.action, HistoryEntry.details, HistoryEntry.at)
        .join(Case, Case.id == HistoryEntry.case_id)
        .where(*_owned(owner), Case.updated_at >= since, HistoryEntry.at >= since, HistoryEntry.action != "note")
    )
    steps = session.execute(told.order_by(HistoryEntry.id)).all()
    undone = {step.details.get("undone") for step in steps if step.action == "undo"}
    cases: dict[str, dict[int, datetime]] = {name: {} for name in actions}
    for step in steps:
        for name, wanted in actions.items():
            if step.action in wanted and step.id not in undone and (until is None or step.at < until):
                cases[name][step.case_id] = step.at
    return cases


def list_first(
    session: Session,
    case_ids: Collection[int],
    actions: Collection[str],
    handing_over: Collection[str],
    since: datetime,
    until: datetime | None = None,
) -> dict[int, datetime]:
    """Those of these cases whose office took its first such step between two moments, and when it did.

    An office that is given the case takes its own first step.
    """
    found: dict[int, datetime] = {}
    said: set[int] = set()
    for step in _list_standing(session, case_ids, (*actions, *handing_over)):
        if step.action in handing_over:
            said.discard(step.case_id)
        if step.action in actions and step.case_id not in said:
            said.add(step.case_id)
            if step.at >= since and (until is None or step.at < until):
                found[step.case_id] = step.at
    return found


def list_handed(
    session: Session, case_ids: Collection[int], handing_over: Collection[str]
) -> dict[int, tuple[str, datetime]]:
    """Of these cases, the category and when the office that has it got it."""
    kinds = session.execute(select(Case.id, Case.category).where(Case.id.in_(case_ids)))
    category = {case_id: str(kind) for case_id, kind in kinds}
    handed = _list_standing(session, case_ids, handing_over)
    return {step.case_id: (category[step.case_id], step.at) for step in handed}


def _list_standing(session: Session, case_ids: Collection[int], actions: Collection[str]) -> list[HistoryEntry]:
    """The steps of these kinds that were not undone, oldest first."""
    told = select(HistoryEntry).where(HistoryEntry.case_id.in_(case_ids), HistoryEntry.action.in_((*actions, "undo")))
    steps = list(session.scalars(told.order_by(HistoryEntry.id))) if case_ids else []
    undone = {step.details.get("undone") for step in steps if step.action == "undo"}
    return [step for step in steps if step.action != "undo" and step.id not in undone]


def list_verdicts(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    """What the reporters of these cases said last of "done", where they, or their silence, said anything."""
    said = select(Case.id, Case.verdict).where(Case.id.in_(case_ids), Case.verdict.is_not(None))
    return {case_id: str(verdict) for case_id, verdict in session.execute(said)}


def list_resolve_dues(session: Session, case_ids: Collection[int]) -> dict[int, datetime]:
    """By when each of these cases was to be done; those that never had a time are left out."""
    dues = (
        select(SlaClock.case_id, func.max(SlaClock.due_at))
        .where(SlaClock.case_id.in_(case_ids), SlaClock.kind == "resolve")
        .group_by(SlaClock.case_id)
    )
    return {case_id: due for case_id, due in session.execute(dues)}


def list_most_overdue(
    session: Session, statuses: Collection[str], *, waiting: Collection[str], now: datetime, limit: int
) -> list[tuple[str, int]]:
    """The organisations with most cases past their time, and how many those are."""
    count = func.count(distinct(Case.id))
    late = (
        select(Case.owner, count)
        .join(SlaClock, SlaClock.case_id == Case.id)
        .where(
            *_owned(None),
            Case.status.in_(statuses),
            SlaClock.stopped_at.is_(None),
            SlaClock.due_at < now,
            SlaClock.kind.not_in(waiting),
        )
        .group_by(Case.owner)
        .order_by(count.desc(), Case.owner)
        .limit(limit)
    )
    return [(owner, number) for owner, number in session.execute(late)]


def count_standing(
    session: Session, owner: str | None, statuses: Collection[str], *, waiting: Collection[str], now: datetime
) -> Standing:
    """The cases that stand in one of `statuses`; late are those whose clock ran out, unless others must act."""
    here = (*_owned(owner), Case.status.in_(statuses))
    late = (
        select(func.count(distinct(Case.id)))
        .join(SlaClock, SlaClock.case_id == Case.id)
        .where(*here, SlaClock.stopped_at.is_(None), SlaClock.due_at < now, SlaClock.kind.not_in(waiting))
    )
    held = select(func.count()).select_from(Case).where(*here)
    return Standing(session.execute(held).scalar_one(), session.execute(late).scalar_one())


def _owned(owner: str | None) -> tuple[ColumnElement[bool], ...]:
    mine = (Case.owner == owner,) if owner is not None else ()
    return (Case.confidential.is_(False), *mine)
