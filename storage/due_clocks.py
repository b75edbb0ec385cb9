"""Clocks of which somebody is to be told now, and the claim that each is told once, whoever else looks.

The claim is one guarded UPDATE: of two workers that try the same step of the same clock, one changes the row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Case, Group, SlaClock


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock that asks for attention, since `next_at`, and whose case it is."""

    id: int
    kind: str
    stage: int
    due_at: datetime
    next_at: datetime
    started_at: datetime
    any_hour: bool
    case_id: int
    owner: str
    reporter_id: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """Of whose clocks may be told now: `anybody`'s of these kinds, those of which `offices` are reminded, and those of
    which others hear `later`. `shut`: offices that are not at work while others are; `only`: where few are, which.
    """

    anybody: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    only: frozenset[str] | None = None

    def match(self) -> ColumnElement[bool]:
        """As a condition; what sounds at any hour does so here too."""
        first, whose = SlaClock.stage == 0, Case.owner.not_in(self.shut)
        if self.only is not None:
            whose = Case.owner.in_(self.only)
        return or_(
            SlaClock.any_hour,
            SlaClock.kind.in_(self.anybody),
            and_(first, SlaClock.kind.in_(self.offices), whose),
            and_(not_(first), SlaClock.kind.in_(self.later)),
        )


_CLOCKS = select(
    SlaClock.id,
    SlaClock.kind,
    SlaClock.stage,
    SlaClock.due_at,
    SlaClock.next_at,
    SlaClock.started_at,
    SlaClock.any_hour,
    SlaClock.case_id,
    Case.owner,
    Case.reporter_id,
).join(Case, Case.id == SlaClock.case_id)


def list_due(
    session: Session, now: datetime, hearing: Hearing, *, limit: int, owner: str | None = None
) -> list[DueClock]:
    """The clocks whose moment has come, oldest first, of those that somebody may be told of now."""
    found = _CLOCKS.where(*_is_due(now), hearing.match())
    if owner is not None:
        found = found.where(Case.owner == owner)
    return _read(session, found.order_by(SlaClock.next_at, SlaClock.id).limit(limit))


def list_told(session: Session, kind: str, now: datetime, limit: int) -> list[DueClock]:
    """Clocks of this kind that are late and of which somebody was told, oldest first."""
    late = (SlaClock.stopped_at.is_(None), SlaClock.kind == kind, SlaClock.stage > 0, SlaClock.due_at <= now)
    return _read(session, _CLOCKS.where(*late).order_by(SlaClock.due_at, SlaClock.id).limit(limit))


def list_promised_between(session: Session, begins: datetime, ends: datetime, limit: int) -> list[DueClock]:
    """Promises that fall due in a stretch of time and of which nobody was told yet, soonest first."""
    found = _CLOCKS.where(
        SlaClock.stopped_at.is_(None),
        SlaClock.next_at > begins,
        SlaClock.next_at <= ends,
        SlaClock.kind == "promise",
        SlaClock.stage == 0,
    )
    return _read(session, found.order_by(SlaClock.due_at, SlaClock.id).limit(limit))


def _read(session: Session, found: Select[*tuple[Any, ...]]) -> list[DueClock]:
    return [DueClock(*row) for row in session.execute(found)]


def claim(session: Session, clock: DueClock, now: datetime, next_at: datetime | None) -> bool:
    """Whether this transaction is the one that tells; `next_at`: when it wants attention again, if ever."""
    taken = (
        update(SlaClock)
        .where(SlaClock.id == clock.id, SlaClock.stage == clock.stage, *_is_due(now))
        .values(stage=clock.stage + 1, next_at=next_at)
        .returning(SlaClock.id)
    )
    return session.execute(taken).first() is not None


def put_off(session: Session, clock: DueClock, until: datetime) -> None:
    """Nothing is to be told of it before then."""
    session.execute(
        update(SlaClock).where(SlaClock.id == clock.id, SlaClock.stage == clock.stage).values(next_at=until)
    )


def begin_anew(session: Session, clock: DueClock, due_at: datetime, next_at: datetime) -> None:
    """Its time begins later than was thought: nobody was told yet, unless somebody else did just now."""
    session.execute(
        update(SlaClock)
        .where(SlaClock.id == clock.id, SlaClock.stage == clock.stage, SlaClock.stopped_at.is_(None))
        .values(stage=0, due_at=due_at, next_at=next_at)
    )


def tell_again(
    session: Session, cases: Sequence[int], owners: Sequence[str], kinds: Collection[str], stage: int, now: datetime
) -> None:
    """Clocks of these cases, or of all of these owners, are as before the telling after `stage`: nobody heard it."""
    theirs = select(Case.id).where(or_(Case.id.in_(cases), Case.owner.in_(owners)))
    session.execute(
        update(SlaClock)
        .where(
            SlaClock.case_id.in_(theirs),
            SlaClock.stopped_at.is_(None),
            SlaClock.stage > stage,
            SlaClock.due_at <= now,
            SlaClock.kind.in_(kinds),
        )
        .values(stage=stage, next_at=now)
        .execution_options(synchronize_session=False)
    )


def hold_cases(session: Session, case_ids: Sequence[int]) -> dict[int, Case]:
    """These cases, held until the transaction ends, but for those that somebody is at work on just now."""
    held = (
        select(Case)
        .where(Case.id.in_(case_ids))
        .order_by(Case.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return {case.id: case for case in session.scalars(held)}


def hold_groups(session: Session, organisation: str) -> list[str] | None:
    """The groups of an organisation, held, oldest binding first; None where something goes on in one just now.

    Whoever holds them is alone in telling what came due, so that it is told together.
    """
    bound = select(Group.chat_id).where(Group.organisation == organisation, Group.left_at.is_(None))
    held = list(session.scalars(bound.order_by(Group.bound_at).with_for_update(skip_locked=True)))
    return held if len(held) == len(list(session.scalars(bound))) else None


def list_running(session: Session, case_ids: Sequence[int]) -> dict[int, list[SlaClock]]:
    """What runs for each of these cases."""
    found: dict[int, list[SlaClock]] = {case_id: [] for case_id in case_ids}
    running = select(SlaClock).where(SlaClock.case_id.in_(case_ids), SlaClock.stopped_at.is_(None))
    for clock in session.scalars(running.order_by(SlaClock.id)):
        found[clock.case_id].append(clock)
    return found


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return SlaClock.stopped_at.is_(None), SlaClock.next_at.is_not(None), SlaClock.next_at <= now
