"""What calls to LINE took of the month's messages, by organisation and kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from storage.outbox import PERSON, TABLE

HELD_LONGEST = timedelta(days=62)  # between writing a message and sending it


@dataclass(frozen=True, slots=True)
class BillLine:
    """Calls of one kind for one organisation (None: people, or a group that was nobody's).

    `price`: messages that LINE counted; `assumed`: pushes to groups whose size LINE had not told.
    """

    organisation: str | None
    kind: str
    pushes: int
    replies: int
    price: int
    assumed: int


def list_lines(session: Session, begins: datetime, ends: datetime) -> list[BillLine]:
    """What was sent between two moments, dearest first. A call is of the kind that its first bubble is of."""
    kind = func.coalesce(TABLE.c.ties[0]["kind"].as_string(), "")
    price = func.coalesce(func.sum(TABLE.c.price), 0)
    pushed = TABLE.c.sent_by == "push"
    assumed = and_(pushed, TABLE.c.members.is_(None), func.substr(TABLE.c.chat_id, 1, 1) != PERSON)
    found = (
        select(
            TABLE.c.organisation,
            kind,
            func.sum(case((pushed, 1), else_=0)),
            func.sum(case((TABLE.c.sent_by == "reply", 1), else_=0)),
            price,
            func.sum(case((assumed, 1), else_=0)),
        )
        .where(
            TABLE.c.state == "sent",
            TABLE.c.created_at >= begins - HELD_LONGEST,  # the index goes by when they were written
            TABLE.c.sent_at >= begins,
            TABLE.c.sent_at < ends,
        )
        .group_by(TABLE.c.organisation, kind)
        .order_by(price.desc(), TABLE.c.organisation, kind)
    )
    return [BillLine(row[0], row[1], *map(int, row[2:])) for row in session.execute(found)]


def sum_prices(session: Session, since: datetime) -> int:
    """How many of the month's messages were taken since then."""
    spent = select(func.coalesce(func.sum(TABLE.c.price), 0)).where(
        TABLE.c.state == "sent", TABLE.c.created_at >= since - HELD_LONGEST, TABLE.c.sent_at > since
    )
    return int(session.execute(spent).scalar_one())
