"""Bundles of what a reporter said: begun, put off while more comes, taken once when they are due."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage.models import Relay
from storage.prepared import INSERTS

TOLD_DANGER = "danger"  # the kind of what a reporter told of danger, until somebody has seen to it


def put(session: Session, case_id: int, kind: str, entry_id: int, now: datetime, *, wait: timedelta) -> None:
    """Begin a bundle with this line of history; one that has begun already stays as it is."""
    insert = INSERTS[session.get_bind().dialect.name]
    row = {"case_id": case_id, "kind": kind, "entry_id": entry_id, "began_at": now, "due_at": now + wait}
    session.execute(insert(Relay).values(**row).on_conflict_do_nothing(index_elements=["case_id", "kind"]))


def put_off(session: Session, case_id: int, kind: str, now: datetime, *, wait: timedelta, longest: timedelta) -> None:
    """More came: wait as long again, but no longer than `longest` from its beginning."""
    found = session.get(Relay, (case_id, kind), populate_existing=True)
    if found is not None:
        found.due_at = max(found.due_at, min(now + wait, found.began_at + longest))


def find(session: Session, case_id: int, kind: str) -> Relay | None:
    """The bundle of this kind that waits for a case."""
    return session.get(Relay, (case_id, kind), populate_existing=True)


def list_waiting(session: Session, kind: str, limit: int) -> list[tuple[int, int]]:
    """The case and the first line of bundles of this kind that wait, oldest first."""
    waiting = select(Relay.case_id, Relay.entry_id).where(Relay.kind == kind).order_by(Relay.began_at).limit(limit)
    return [(case_id, entry_id) for case_id, entry_id in session.execute(waiting)]


def list_due(session: Session, now: datetime, limit: int) -> list[tuple[int, str]]:
    """The case and the kind of bundles that may go now, oldest first."""
    due = select(Relay.case_id, Relay.kind).where(Relay.due_at <= now).order_by(Relay.due_at).limit(limit)
    return [(case_id, kind) for case_id, kind in session.execute(due)]


def take(session: Session, case_id: int, kind: str, due_by: datetime | None = None) -> int | None:
    """End a bundle, so that only this transaction passes it on; the line it begins with. None where there is none.

    `due_by`: leave it where it is due later.
    """
    gone = delete(Relay).where(Relay.case_id == case_id, Relay.kind == kind)
    if due_by is not None:
        gone = gone.where(Relay.due_at <= due_by)
    return session.execute(gone.returning(Relay.entry_id)).scalar()


def hasten(session: Session, case_id: int, kind: str, now: datetime) -> None:
    """Nothing more will come: it may go now."""
    ready = update(Relay).where(Relay.case_id == case_id, Relay.kind == kind, Relay.due_at > now)
    session.execute(ready.values(due_at=now).execution_options(synchronize_session=False))
