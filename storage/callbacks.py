"""Calls that staff owe to reporters without LINE and e-mail: for the page of today, and to be settled there.

A call is owed as long as the case still waits for what it is about; nobody has to take it off the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Callback, Case, Reporter

# What a call is about, and where its case then stands.
WAITS_AT = {"ask": "needs_info", "confirm": "resolved"}
REPLY = "reply"


@dataclass(frozen=True, slots=True)
class OwedCall:
    """One call: about which case, to whom, since when, and when somebody last tried."""

    callback: Callback
    case: Case
    reporter: Reporter


def add(session: Session, *, case_id: int, entry_id: int, kind: str, now: datetime) -> None:
    """Staff are to ring about this; what they were to ring about in the same case before is void."""
    if kind in WAITS_AT:
        settle(session, case_id, None, now)
    session.add(Callback(case_id=case_id, entry_id=entry_id, kind=kind, created_at=now))


def list_owed(session: Session, scope: Sequence[ColumnElement[bool]] = (), limit: int = 50) -> list[OwedCall]:
    """The calls that are owed, longest first. `scope`: conditions on the case (`case_scope.within`)."""
    owed = _owed(select(Callback, Case, Reporter), scope).join(Reporter, Reporter.id == Case.reporter_id)
    found = session.execute(owed.order_by(Callback.created_at, Callback.id).limit(limit)).all()
    return [OwedCall(*row) for row in found]


def count_owed(session: Session, scope: Sequence[ColumnElement[bool]] = ()) -> int:
    """How many calls are owed."""
    return int(session.execute(_owed(select(func.count()).select_from(Callback), scope)).scalar_one())


def list_for_case(session: Session, case_id: int) -> list[Callback]:
    """The calls that are owed about one case."""
    owed = _owed(select(Callback), (Case.id == case_id,))
    return list(session.scalars(owed.order_by(Callback.id)))


def note_try(session: Session, callback_id: int, case_id: int, now: datetime) -> bool:
    """Somebody rang, and nobody answered; False where the call was settled meanwhile."""
    mine = (Callback.id == callback_id, Callback.case_id == case_id, Callback.done_at.is_(None))
    tried = update(Callback).where(*mine).values(tried_at=now).returning(Callback.id)
    return session.execute(tried).first() is not None


def settle_one(session: Session, callback_id: int, case_id: int, person: str, now: datetime) -> bool:
    """This call is settled, the others about the case are not; False where it was settled before."""
    mine = (Callback.id == callback_id, Callback.case_id == case_id, Callback.done_at.is_(None))
    done = update(Callback).where(*mine).values(done_at=now, done_by=person).returning(Callback.id)
    return session.execute(done).first() is not None


def settle(session: Session, case_id: int, person: str | None, now: datetime) -> int:
    """What was to be rung about in this case is said, or needs no call any more; how many calls that were."""
    mine = (Callback.case_id == case_id, Callback.done_at.is_(None))
    done = update(Callback).where(*mine).values(done_at=now, done_by=person).returning(Callback.id)
    return len(session.execute(done).all())


def _owed(query: Select[*tuple[Any, ...]], scope: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    waits = or_(
        Callback.kind == REPLY, *(and_(Callback.kind == kind, Case.status == at) for kind, at in WAITS_AT.items())
    )
    return query.join(Case, Case.id == Callback.case_id).where(Callback.done_at.is_(None), waits, *scope)
