"""Copying attachments from LINE, as rows: claimed by lease, settled once.

A claim raises `attempts`, and every settlement names the number it claimed with, so that a worker whose lease
ran out cannot overwrite what the next one did.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, Update, case, exists, literal_column, or_, select, update
from sqlalchemy.orm import Session

from storage import inbox
from storage.media import withdraw
from storage.models import MediaItem

INTERRUPTED = ("interrupted 1", "interrupted 2", "interrupted 3")
# Nobody puts an attachment off for longer: what is due after this was written before the clock was set back.
FURTHEST = timedelta(minutes=15)
_TABLE = cast(Table, MediaItem.__table__)
# Written out and not bound, because the partial index on what is wanted is of no use to a parameter.
_WANTED: ColumnElement[str] = literal_column("'wanted'")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One attachment that this worker has claimed."""

    id: int
    message_id: str
    chat_id: str
    kind: str
    source_url: str | None
    album_id: str | None
    attempts: int
    reason: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a copied attachment lies and what it turned out to be."""

    path: str
    content_type: str
    size: int
    sha256: str
    thumb_path: str | None = None
    width: int | None = None
    height: int | None = None
    evidence: dict[str, Any] | None = None

    @property
    def paths(self) -> list[str]:
        return [path for path in (self.path, self.thumb_path) if path]

    def list_columns(self, now: datetime) -> dict[str, Any]:
        """What its row says of it from now on."""
        return asdict(self) | {"state": "stored", "stored_at": now}


def _due(now: datetime) -> ColumnElement[bool]:
    return (
        (_TABLE.c.state == _WANTED)
        & or_(_TABLE.c.next_at <= now, _TABLE.c.next_at > now + FURTHEST)
        & or_(_TABLE.c.lease_until.is_(None), _TABLE.c.lease_until <= now)
    )


def has_due(session: Session, now: datetime) -> bool:
    """Whether anything waits to be copied: a look that takes no lock."""
    return bool(session.execute(select(exists().where(_due(now)))).scalar())


def claim_wanted(session: Session, *, now: datetime, lease: timedelta, limit: int) -> list[Wanted]:
    """Lease what is due, longest waiting first. Expired leases count as due, and as an interruption."""
    ids = select(_TABLE.c.id).where(_due(now)).order_by(_TABLE.c.next_at, _TABLE.c.id).limit(limit)
    if session.get_bind().dialect.name == "postgresql":
        ids = ids.with_for_update(skip_locked=True)
    once_more = case(
        (_TABLE.c.lease_until.is_(None), _TABLE.c.reason),
        (_TABLE.c.reason == INTERRUPTED[0], INTERRUPTED[1]),
        (_TABLE.c.reason == INTERRUPTED[1], INTERRUPTED[2]),
        else_=INTERRUPTED[0],
    )
    # As a common table: PostgreSQL may run a plain subquery once per row, and so lease more than the limit.
    due = ids.cte("due")
    found = session.execute(
        update(_TABLE)
        .where(_TABLE.c.id.in_(select(due.c.id)), _due(now))
        .values(lease_until=now + lease, attempts=_TABLE.c.attempts + 1, reason=once_more)
        .returning(*(_TABLE.c[name] for name in Wanted.__dataclass_fields__))
    ).all()
    return sorted((Wanted(*row) for row in found), key=lambda row: row.id)


def _mine(claim: Wanted) -> Update:
    return update(MediaItem).where(
        MediaItem.id == claim.id, MediaItem.state == "wanted", MediaItem.attempts == claim.attempts
    )


def settle_stored(session: Session, claim: Wanted, stored: Stored, now: datetime) -> bool:
    """The copy is ours. False where it must not be kept: taken back, or claimed anew, meanwhile."""
    if inbox.is_unsent(session, claim.message_id, claim.chat_id):
        withdraw(session, claim.message_id, now)
        return False
    settled = session.execute(
        _mine(claim)
        .values(
            {**stored.list_columns(now), "reason": None, "lease_until": None},
        )
        .returning(MediaItem.id)
    )
    return settled.first() is not None


def settle_lost(session: Session, claim: Wanted, *, state: str, reason: str, now: datetime) -> bool:
    """It will never be ours: `state` is gone or refused. False where it was taken back, or claimed anew."""
    if inbox.is_unsent(session, claim.message_id, claim.chat_id):
        withdraw(session, claim.message_id, now)
        return False
    settled = session.execute(
        _mine(claim).values(state=state, reason=reason, lease_until=None, source_url=None).returning(MediaItem.id)
    )
    return settled.first() is not None


def put_off(session: Session, claim: Wanted, *, until: datetime, reason: str) -> None:
    """Not now: give the claim back, to be taken again from `until` on."""
    session.execute(_mine(claim).values(lease_until=None, next_at=until, reason=reason))


def is_album_told(session: Session, claim: Wanted) -> bool:
    """Whether the sender has already heard that a picture of the same album is lost."""
    if claim.album_id is None:
        return False
    told = exists().where(MediaItem.chat_id == claim.chat_id, MediaItem.album_id == claim.album_id, MediaItem.told_gone)
    return bool(session.execute(select(told)).scalar())


def mark_told(session: Session, media_id: int) -> None:
    """The sender hears of the loss in this transaction."""
    session.execute(update(MediaItem).where(MediaItem.id == media_id).values(told_gone=True))
