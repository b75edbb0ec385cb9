"""Requests of people about their own data: for a copy, and to be erased."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import DataRequest

COPY = "export"
ERASE = "erase"


def add(session: Session, kind: str, chat_id: str, now: datetime, *, done_at: datetime | None = None) -> DataRequest:
    """Note a request."""
    asked = DataRequest(kind=kind, chat_id=chat_id, at=now, done_at=done_at)
    session.add(asked)
    session.flush()
    return asked


def find(session: Session, request_id: int) -> DataRequest | None:
    """One request by its key."""
    return session.get(DataRequest, request_id)


def find_open(session: Session, kind: str, chat_id: str) -> DataRequest | None:
    """A request of this person's that is not done yet."""
    mine = select(DataRequest).where(
        DataRequest.kind == kind, DataRequest.chat_id == chat_id, DataRequest.done_at.is_(None)
    )
    return session.scalars(mine.order_by(DataRequest.id)).first()


def find_latest(session: Session, kind: str, chat_id: str) -> DataRequest | None:
    """The last request of this person's."""
    mine = select(DataRequest).where(DataRequest.kind == kind, DataRequest.chat_id == chat_id)
    return session.scalars(mine.order_by(DataRequest.id.desc()).limit(1)).first()


def count_since(session: Session, kind: str, chat_id: str, since: datetime) -> int:
    """How many of this kind this person has asked for since then."""
    mine = select(func.count()).where(DataRequest.kind == kind, DataRequest.chat_id == chat_id, DataRequest.at >= since)
    return session.execute(mine).scalar_one()


def claim_copy(session: Session, now: datetime, lease: timedelta) -> DataRequest | None:
    """Take the oldest copy that nobody is making; the lease ends by itself after a crash."""
    due = (
        select(DataRequest)
        .where(
            DataRequest.kind == COPY,
            DataRequest.done_at.is_(None),
            or_(DataRequest.lease_until.is_(None), DataRequest.lease_until <= now),
        )
        .order_by(DataRequest.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = session.scalars(due).first()
    if taken is not None:
        taken.lease_until, taken.attempts = now + lease, taken.attempts + 1
        session.flush()
    return taken


def has_due_copy(session: Session, now: datetime) -> bool:
    """Whether a copy waits to be made."""
    due = select(DataRequest.id).where(
        DataRequest.kind == COPY,
        DataRequest.done_at.is_(None),
        or_(DataRequest.lease_until.is_(None), DataRequest.lease_until <= now),
    )
    return session.execute(due.limit(1)).first() is not None


def settle_copy(
    session: Session, request_id: int, lease_until: datetime | None, *, path: str | None, until: datetime, now: datetime
) -> DataRequest | None:
    """The copy lies there, or (no path) cannot be made; None where somebody else has it, or its person was erased."""
    asked = session.scalars(select(DataRequest).where(DataRequest.id == request_id).with_for_update()).first()
    if asked is None or asked.done_at is not None or asked.chat_id is None or asked.lease_until != lease_until:
        return None
    asked.path, asked.until, asked.done_at, asked.lease_until = path, until, now, None
    return asked


def list_lapsed(session: Session, now: datetime, limit: int = 100) -> list[tuple[int, str]]:
    """Copies whose time is over, and where they lie."""
    lapsed = select(DataRequest.id, DataRequest.path).where(DataRequest.path.is_not(None), DataRequest.until <= now)
    return [(row.id, str(row.path)) for row in session.execute(lapsed.order_by(DataRequest.id).limit(limit))]


def forget_path(session: Session, request_id: int) -> None:
    """The file of this copy is gone."""
    session.execute(update(DataRequest).where(DataRequest.id == request_id).values(path=None))


def end_copies(session: Session, chat_id: str, now: datetime) -> None:
    """Every copy made for this person lapses now; what is being made is not handed over."""
    mine = (DataRequest.kind == COPY, DataRequest.chat_id == chat_id)
    session.execute(update(DataRequest).where(*mine, DataRequest.path.is_not(None)).values(until=now))
    session.execute(update(DataRequest).where(*mine, DataRequest.done_at.is_(None)).values(done_at=now))


def list_erasures(session: Session, limit: int = 100) -> list[DataRequest]:
    """Erasures of which something is left to do, oldest first."""
    left = select(DataRequest).where(DataRequest.kind == ERASE, DataRequest.chat_id.is_not(None))
    return list(session.scalars(left.order_by(DataRequest.id).limit(limit)))
