"""Queries about cases that may be about the same thing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.models import Case, LikelyPair, PairingPlace
from storage.prepared import INSERTS

THE_ONE = 1
MOST_SHOWN = 200  # of the newest that were found; a desk with more open ones has other worries


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases that are both still open, the older first."""

    older: Case
    newer: Case
    metres: int


def is_behind(session: Session) -> bool:
    """Whether a case came that was not looked at: a look that takes no lock."""
    newest = session.scalars(select(Case.id).order_by(Case.id.desc()).limit(1)).first()
    last = session.scalars(select(PairingPlace.last_case_id)).first()
    return newest is not None and newest > (last or 0)


def list_uncompared(session: Session, since: datetime, most: int) -> list[Case]:
    """The next so many cases with a pin that nobody compared, told since then. Holds the place for this transaction."""
    place = session.get(PairingPlace, THE_ONE, with_for_update=True)
    last = place.last_case_id if place else 0
    found = (
        select(Case)
        .where(Case.id > last, Case.created_at >= since, Case.latitude.is_not(None), Case.confidential.is_(False))
        .order_by(Case.id)
        .limit(most)
    )
    return list(session.scalars(found))


def advance(session: Session, case_id: int) -> None:
    """The cases up to this one are compared."""
    row = INSERTS[session.get_bind().dialect.name](PairingPlace).values(id=THE_ONE, last_case_id=case_id)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"last_case_id": case_id}))


def add(session: Session, older_id: int, newer_id: int, metres: int, now: datetime) -> None:
    """Two cases are alike; said once, also where somebody has settled it since."""
    row = INSERTS[session.get_bind().dialect.name](LikelyPair)
    row = row.values(older_id=older_id, newer_id=newer_id, metres=metres, found_at=now)
    session.execute(row.on_conflict_do_nothing())


def drop_open(session: Session, case_id: int) -> None:
    """Of this case nothing is taken for alike any more, but for what somebody has settled."""
    its = or_(LikelyPair.older_id == case_id, LikelyPair.newer_id == case_id)
    session.execute(delete(LikelyPair).where(its, LikelyPair.settled_at.is_(None)))


def list_open(session: Session, statuses: Collection[str]) -> list[Pair]:
    """Those that nobody has settled and that both stand in one of these, the newest first."""
    older, newer = aliased(Case), aliased(Case)
    found = (
        select(older, newer, LikelyPair.metres)
        .join(older, older.id == LikelyPair.older_id)
        .join(newer, newer.id == LikelyPair.newer_id)
        .where(LikelyPair.settled_at.is_(None), older.status.in_(statuses), newer.status.in_(statuses))
        .where(older.confidential.is_(False), newer.confidential.is_(False))
        .order_by(LikelyPair.newer_id.desc(), LikelyPair.older_id.desc())
        .limit(MOST_SHOWN)
    )
    return [Pair(*row) for row in session.execute(found)]


def settle(session: Session, older_id: int, newer_id: int, person: str, now: datetime) -> bool:
    """They are not the same. False where somebody said so before, or they were never taken for it."""
    return _set(session, older_id, newer_id, LikelyPair.settled_at.is_(None), settled_at=now, settled_by=person)


def unsettle(session: Session, older_id: int, newer_id: int) -> bool:
    """That was a slip."""
    return _set(session, older_id, newer_id, LikelyPair.settled_at.is_not(None), settled_at=None, settled_by=None)


def _set(session: Session, older_id: int, newer_id: int, still: object, **values: object) -> bool:
    mine = (LikelyPair.older_id == older_id, LikelyPair.newer_id == newer_id, still)
    done = update(LikelyPair).where(*mine).values(**values).returning(LikelyPair.newer_id)  # type: ignore[arg-type]
    return session.execute(done).first() is not None
