"""What LINE refused because the month's messages are used up: it is held with the rest, for the next free reply."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, literal_column, select, update
from sqlalchemy.orm import Session

from storage import waiting
from storage.models import LineQuota, OutboxMessage
from storage.outbox import freeze

TABLE = cast(Table, OutboxMessage.__table__)
SHORT_LIVED = frozenset({"quota", "summary", "hint"})  # nobody wants these later
REASON = "held until there are messages again, or somebody writes there"
_HELD: ColumnElement[bool] = TABLE.c.state == literal_column("'held'")
AT_MOST = 500


def has_any(session: Session) -> bool:
    """Whether LINE refused anything that is not seen to yet."""
    return session.execute(select(TABLE.c.id).where(_HELD).limit(1)).first() is not None


def put_aside(session: Session, limit: int, now: datetime) -> int:
    """Hold each message of the refused calls for its chat, and make no further calls in vain; how many calls.

    A call that LINE may have taken all the same is left to its own retry key.
    """
    found = select(TABLE.c.id, TABLE.c.chat_id, TABLE.c.messages, TABLE.c.ties, TABLE.c.created_at).where(
        _HELD, TABLE.c.maybe_taken.is_(False)
    )
    count = 0
    for row in session.execute(found.order_by(TABLE.c.id).limit(limit)).all():
        mine = update(TABLE).where(TABLE.c.id == row.id, _HELD).values(state="dropped", messages="", last_error=REASON)
        if session.execute(mine.returning(TABLE.c.id)).first() is None:
            continue
        said = zip(json.loads(row.messages), row.ties, strict=True)
        kept = [(freeze(message), tie) for message, tie in said if tie["kind"] not in SHORT_LIVED]
        waiting.keep(session, row.chat_id, kept, True, row.created_at)
        count += 1
    if count:
        _note_that_all_is_gone(session, now)
    return count


def holds(session: Session, case_id: int, kinds: Collection[str]) -> bool:
    """Whether a call that speaks so of a case is among the refused that are not seen to yet."""
    found = session.scalars(select(TABLE.c.ties).where(_HELD).order_by(TABLE.c.id).limit(AT_MOST))
    return any(tie["case"] == case_id and tie["kind"] in kinds for ties in found for tie in ties)


def _note_that_all_is_gone(session: Session, now: datetime) -> None:
    """Until LINE tells otherwise, which it is asked hourly."""
    quota = waiting.find_quota(session) or LineQuota(id=waiting.THE_QUOTA, most=1, used=1)
    quota.most = quota.most or max(quota.used, 1)
    quota.used, quota.short, quota.read_at = max(quota.used, quota.most), True, now
    session.add(quota)
