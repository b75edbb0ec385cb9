"""The deliverer's side of the outbox: leases on what is due, and how what was claimed ended.

A claim is a lease, never a lock: it is written down, ends by itself after a crash, and its `lease_until` is
the proof of whose it is. Who lost it may no longer change the row, unless to say that LINE has the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from storage.models.group import Group
from storage.models.outbox import SentMessage
from storage.outbox import PERSON, TABLE, Outgoing
from storage.prepared import INSERTS, Prepared

ASSUMED_MEMBERS = 12  # of a group whose size LINE has not told


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message object that stands in a chat, as `sent_messages` keeps it."""

    message_id: str
    chat_id: str
    case_id: int | None
    kind: str
    outbox_id: int
    quote_token: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """How one claimed row ended: sent, held, dead, or ready for another try at `next_at`."""

    id: int
    chat_id: str
    lease_until: datetime
    state: str
    attempts: int
    maybe_taken: bool
    next_at: datetime
    first_push_at: datetime | None
    drop_token: bool = False
    last_error: str | None = None
    sent_by: str | None = None
    sent_at: datetime | None = None
    request_id: str | None = None
    bubbles: Sequence[Bubble] = field(default_factory=tuple)


_MINE = TABLE.alias("mine")
_OTHER = TABLE.alias("other")
_NOW = bindparam("b_now", type_=TABLE.c.next_at.type)
# Nobody puts a message off for longer: what is due after this was written before the clock was set back.
FURTHEST_READY = timedelta(minutes=15)
FURTHEST_HELD = timedelta(minutes=75)
_READY_BEYOND = bindparam("b_ready_beyond", type_=TABLE.c.next_at.type)
_HELD_BEYOND = bindparam("b_held_beyond", type_=TABLE.c.next_at.type)


def _due(table: Any) -> ColumnElement[bool]:
    return or_(
        and_(
            table.c.state == literal_column("'ready'"),
            or_(table.c.next_at <= _NOW, table.c.next_at > _READY_BEYOND),
        ),
        and_(table.c.state == literal_column("'sending'"), table.c.lease_until <= _NOW),
    )


# SQLite takes the index of open rows only where its condition stands here word for word.
_FIRST_OF_ITS_CHAT = ~exists(
    select(literal_column("1")).where(
        _OTHER.c.chat_id == _MINE.c.chat_id,
        text("other.state IN ('ready', 'sending', 'held') AND other.state <> 'held'"),
        or_(
            _OTHER.c.id < _MINE.c.id,
            # A message put in line again is older than what is under way now, and must still wait for it.
            and_(
                _OTHER.c.state == literal_column("'sending'"),
                _OTHER.c.lease_until > _NOW,
                _OTHER.c.id != _MINE.c.id,
            ),
        ),
    )
)


def _heads(chats: bool) -> Select[Any]:
    found = select(_MINE.c.id).where(_due(_MINE), _FIRST_OF_ITS_CHAT)
    if chats:
        found = found.where(_MINE.c.chat_id.in_(bindparam("b_chats", expanding=True)))
    return found.order_by(_MINE.c.id).limit(bindparam("b_limit"))


def _claim(chats: bool, skip_locked: bool) -> Update:
    heads = _heads(chats)
    if skip_locked:
        heads = heads.with_for_update(skip_locked=True)
    # A common table expression, because PostgreSQL may run a plain subquery with a limit more than once.
    picked = heads.cte("picked")
    return (
        update(TABLE)
        .where(TABLE.c.id.in_(select(picked.c.id)), _due(TABLE))
        .values(
            state=literal_column("'sending'"),
            lease_until=bindparam("b_lease_until", type_=TABLE.c.lease_until.type),
            # A lease that ran out belonged to someone who may have reached LINE before dying.
            maybe_taken=or_(TABLE.c.maybe_taken, TABLE.c.state == literal_column("'sending'")),
        )
        .returning(*(TABLE.c[name] for name in Outgoing.__dataclass_fields__))
    )


_CLAIMS = {(chats, skip): _claim(chats, skip) for chats in (False, True) for skip in (False, True)}
_ANY_DUE = _heads(False)
_HELD_DUE = and_(
    TABLE.c.state == literal_column("'held'"),
    or_(TABLE.c.next_at <= _NOW, TABLE.c.next_at > _HELD_BEYOND),
)
_ANY_HELD_DUE = select(TABLE.c.id).where(_HELD_DUE).limit(1)
_RELEASE_HELD = update(TABLE).where(_HELD_DUE).values(state=literal_column("'ready'"))


def claim_due(
    session: Session, *, now: datetime, lease: timedelta, limit: int, chats: Sequence[str] | None = None
) -> list[Outgoing]:
    """Lease the oldest due row of each chat (of `chats` alone, if given) in which nothing is under way.

    A row whose lease ran out counts as due.
    """
    values = {
        "b_now": now,
        "b_ready_beyond": now + FURTHEST_READY,
        "b_lease_until": now + lease,
        "b_limit": limit,
    }
    if chats is not None:
        values["b_chats"] = list(chats)
    statement = _CLAIMS[chats is not None, session.get_bind().dialect.name == "postgresql"]
    found = session.info["connection"].execute(statement, values).all()
    return sorted((Outgoing(*row) for row in found), key=lambda row: row.id)


def has_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to claim or to release; asked without the lock that claiming takes."""
    connection = session.info["connection"]
    return (
        connection.execute(_ANY_DUE, {"b_now": now, "b_ready_beyond": now + FURTHEST_READY, "b_limit": 1}).first()
        is not None
        or connection.execute(_ANY_HELD_DUE, {"b_now": now, "b_held_beyond": now + FURTHEST_HELD}).first() is not None
    )


def release_held(session: Session, now: datetime) -> None:
    """Put in line again what was held for want of quota and has waited long enough. It is due at once."""
    session.info["connection"].execute(_RELEASE_HELD, {"b_now": now, "b_held_beyond": now + FURTHEST_HELD})


_GROUPS = cast(Table, Group.__table__)


def _of_its_group(column: str) -> ColumnElement[Any]:
    found = select(_GROUPS.c[column]).where(_GROUPS.c.chat_id == TABLE.c.chat_id).scalar_subquery()
    return case((bindparam("b_state", type_=TABLE.c.state.type) == literal_column("'sent'"), found), else_=null())


def _find_price() -> ColumnElement[Any]:
    """How many messages of the month a call took: LINE counts the people it reached, and no reply."""
    sent_by = bindparam("b_sent_by", type_=TABLE.c.sent_by.type)
    reached = case(
        (func.substr(TABLE.c.chat_id, 1, 1) == PERSON, 1),
        else_=func.coalesce(_of_its_group("members"), ASSUMED_MEMBERS),
    )
    return case((sent_by == literal_column("'reply'"), 0), (sent_by == literal_column("'push'"), reached), else_=null())


_WRITTEN = (
    "state",
    "attempts",
    "maybe_taken",
    "next_at",
    "first_push_at",
    "last_error",
    "sent_by",
    "sent_at",
)
_SETTLE = Prepared(
    update(TABLE)
    .where(
        TABLE.c.id == bindparam("b_id"),
        or_(
            # That LINE has it is true whoever holds the row now.
            bindparam("b_state", type_=TABLE.c.state.type) == literal_column("'sent'"),
            and_(
                TABLE.c.state == literal_column("'sending'"),
                TABLE.c.lease_until == bindparam("b_lease_until", type_=TABLE.c.lease_until.type),
            ),
        ),
    )
    .values(
        {name: bindparam(f"b_{name}", type_=TABLE.c[name].type) for name in _WRITTEN}
        | {
            "reply_token": case(
                (bindparam("b_drop_token", type_=TABLE.c.maybe_taken.type), null()), else_=TABLE.c.reply_token
            ),
            "lease_until": null(),
            "price": _find_price(),
            "members": _of_its_group("members"),
            "organisation": _of_its_group("organisation"),
        }
    )
)
_SETTLE_NAMES = ("id", "lease_until", "drop_token", *_WRITTEN)
_BUBBLES = cast(Table, SentMessage.__table__)
_BUBBLE_NAMES = tuple(Bubble.__dataclass_fields__)
_ADD_BUBBLE = Prepared(
    {
        name: insert(_BUBBLES)
        .values({column: bindparam(f"b_{column}", type_=_BUBBLES.c[column].type) for column in _BUBBLE_NAMES})
        .on_conflict_do_nothing()
        for name, insert in INSERTS.items()
    }
)


def settle(session: Session, settlements: Sequence[Settlement]) -> None:
    """Write how claimed rows ended, and the ids LINE gave to their bubbles."""
    connection = session.info["connection"]
    _SETTLE.run_many(connection, [{f"b_{name}": getattr(row, name) for name in _SETTLE_NAMES} for row in settlements])
    bubbles = [bubble for row in settlements for bubble in row.bubbles]
    _ADD_BUBBLE.run_many(connection, [{f"b_{name}": getattr(one, name) for name in _BUBBLE_NAMES} for one in bubbles])


_OPEN_STATES = ("ready", "sending", "held", "dead")


def count_unsent(session: Session) -> dict[str, int]:
    """How many messages LINE does not have yet, by state; quick also where millions were sent."""
    rows = session.execute(
        select(TABLE.c.state, func.count()).where(TABLE.c.state.in_(_OPEN_STATES)).group_by(TABLE.c.state)
    ).all()
    return dict.fromkeys(_OPEN_STATES, 0) | {state: count for state, count in rows}


def find_oldest_unsent(session: Session) -> datetime | None:
    """When the oldest message in line was written; held ones are not in line."""
    oldest: datetime | None = session.scalar(
        select(func.min(TABLE.c.created_at)).where(TABLE.c.state.in_(("ready", "sending")))
    )
    return oldest
