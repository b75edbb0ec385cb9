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
    session: Session, owner: str | None, since: datetime, actions: Mapping[str, Collection[str]]
) -> dict[str, int]:
    """By name, how many cases took one of its actions since then, undone steps not counted. No owner: all cases."""
    # A step moves `updated_at`, so that older cases need not be looked at one by one.
    told = (
        select(HistoryEntry.id, HistoryEntry.case_id, HistoryEntry.action, HistoryEntry.details)
        .join(Case, Case.id == HistoryEntry.case_id)
        .where(*_owned(owner), Case.updated_at >= since, HistoryEntry.at >= since, HistoryEntry.action != "note")
    )
    steps = session.execute(told).all()
    undone = {step.details.get("undone") for step in steps if step.action == "undo"}
    cases: dict[str, set[int]] = {name: set() for name in actions}
    for step in steps:
        for name, wanted in actions.items():
            if step.action in wanted and step.id not in undone:
                cases[name].add(step.case_id)
    return {name: len(found) for name, found in cases.items()}


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
