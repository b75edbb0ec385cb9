"""Queueing what must be said to LINE, and looking after what could not be said.

Within a transaction everything said to one chat is gathered and written as few calls as LINE allows (five
message objects a call), and what waits for that chat joins it: a call costs the same for one bubble or five. A row
is *born claimed* when this process delivers and nothing older is in line for that chat, so that the usual reply costs
one INSERT and no second look. `outbox_claims` is the deliverer's side.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Insert, Table, bindparam, case, exists, func, insert, literal_column, null, select, text, update
from sqlalchemy.orm import Session

from storage import waiting
from storage.models.outbox import WORDY, OutboxMessage, SentMessage
from storage.outbox_order import find_room, list_cases, part_loud, put_in_order
from storage.prepared import Prepared

PER_CALL = 5
PERSON = "U"  # with it LINE begins the ids of people; a push to any other chat reaches, and costs, all who are in it
REPLY_SECONDS = 50  # a reply token lives a minute; ten seconds are left for the way to LINE
TABLE = cast(Table, OutboxMessage.__table__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to LINE that this process has claimed. `lease_until` also tells whose claim it is."""

    id: int
    chat_id: str
    messages: str
    ties: list[dict[str, Any]]
    reply_token: str | None
    reply_until: datetime | None
    retry_key: str
    attempts: int
    maybe_taken: bool
    first_push_at: datetime | None
    created_at: datetime
    lease_until: datetime


@dataclass(slots=True)
class Queued:
    """What one transaction wants said. `claimed` rows may go at once; in `waiting` chats older ones come first."""

    lease: timedelta | None
    reply: tuple[str, str, datetime] | None = None
    event_id: str | None = None
    by_chat: dict[str, list[waiting.Said]] = field(default_factory=dict)
    can_wait: dict[str, list[waiting.Said]] = field(default_factory=dict)
    urgent: set[str] = field(default_factory=set)
    may_fold: Callable[[Session, str, datetime], bool] | None = None
    is_quiet: Callable[[Session, str, datetime], bool] | None = None
    spoken_in: str | None = None
    claimed: list[Outgoing] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def written(self) -> bool:
        return bool(self.claimed or self.waiting)


def open_queue(
    session: Session,
    *,
    lease: timedelta | None,
    may_fold: Callable[[Session, str, datetime], bool] | None = None,
    is_quiet: Callable[[Session, str, datetime], bool] | None = None,
) -> Queued:
    """Begin gathering; called by `Database.begin`.

    `may_fold`: whether what waited in a chat may be said at that moment. `is_quiet`: whether a group is to hear then of
    nothing but danger.
    """
    queued = Queued(lease, may_fold=may_fold, is_quiet=is_quiet)
    session.info["outbox"] = queued
    return queued


def offer_reply(session: Session, *, chat_id: str, token: str | None, event_id: str, until: datetime) -> None:
    """Say that what is queued for `chat_id` in this transaction may go by this reply token."""
    queued: Queued = session.info["outbox"]
    queued.event_id, queued.spoken_in = event_id, chat_id
    queued.reply = (chat_id, token, until) if token else None


def queue(
    session: Session,
    chat_id: str,
    message: dict[str, Any],
    *,
    kind: str,
    case_id: int | None = None,
    waits: bool = False,
    urgent: bool = False,
    silent: bool = False,
) -> None:
    """Say `message` (one LINE message object) to `chat_id` once this transaction is true.

    `waits`: it joins the next call that is made to this chat anyway, a free reply or the digest. `urgent`: danger,
    which is said at once however few messages are left of the month. `silent`: no phone rings for it.
    """
    queued: Queued = session.info["outbox"]
    gathered = queued.can_wait if waits and not urgent else queued.by_chat
    marks = {"urgent": True} if urgent else {"silent": True} if silent else {}
    tie: dict[str, Any] = {"case": case_id, "kind": kind, **marks}
    gathered.setdefault(chat_id, []).append((message, tie))
    if urgent:
        queued.urgent.add(chat_id)


def are_nights_quiet(session: Session) -> bool:
    """Whether what groups are told of at night, but for danger, waits for the morning."""
    queued: Queued | None = session.info.get("outbox")
    return queued is not None and queued.is_quiet is not None


def was_spoken_in(session: Session, chat_id: str) -> bool:
    """Whether this transaction answers somebody in this chat."""
    queued: Queued = session.info["outbox"]
    return queued.spoken_in == chat_id


def drop_waiting(session: Session, chat_id: str | None, case_id: int | None, kind: str | None = None) -> int:
    """Drop what waits and became untrue: of a case, of one kind or all, in a chat or (None) in every one. How many."""
    queued: Queued = session.info["outbox"]
    count = 0
    for chat in list(queued.can_wait) if chat_id is None else [chat_id]:
        said = queued.can_wait.get(chat, [])
        left = [one for one in said if one[1]["case"] != case_id or kind not in (None, one[1]["kind"])]
        count += len(said) - len(left)
        queued.can_wait[chat] = left
    return count + waiting.drop(session, chat_id, case_id, () if kind is None else (kind,))


def unqueue(session: Session, chat_ids: AbstractSet[str], case_id: int) -> None:
    """What this transaction has gathered of a case for these chats is not said."""
    queued: Queued = session.info["outbox"]
    for gathered in (queued.by_chat, queued.can_wait):
        for chat_id in chat_ids & gathered.keys():
            gathered[chat_id] = [one for one in gathered[chat_id] if one[1]["case"] != case_id]


def say_waiting(session: Session, chat_id: str, most: int = PER_CALL) -> int:
    """Say now what waits for this chat, as much as fits one call where no more is asked for; how many bubbles."""
    said = waiting.take(session, chat_id, most)
    if said:
        queued: Queued = session.info["outbox"]
        queued.by_chat.setdefault(chat_id, []).extend(said)
    return len(said)


_WAITING = TABLE.alias("waiting")
_WAITS = exists(
    # SQLite takes the index of open rows only where its condition stands here word for word.
    select(literal_column("1")).where(
        _WAITING.c.chat_id == bindparam("b_chat"),
        text("waiting.state IN ('ready', 'sending', 'held') AND waiting.state <> 'held'"),
    )
)
_GIVEN = (
    "messages",
    "ties",
    "event_id",
    "reply_token",
    "reply_until",
    "retry_key",
    "attempts",
    "maybe_taken",
    "next_at",
    "created_at",
)


def _insert_born(claimed: bool) -> Insert:
    values: dict[str, Any] = {name: bindparam(f"b_{name}", type_=TABLE.c[name].type) for name in _GIVEN}
    values["chat_id"] = bindparam("b_chat", type_=TABLE.c.chat_id.type)
    values["state"] = literal_column("'ready'")
    if claimed:
        lease = bindparam("b_lease_until", type_=TABLE.c.lease_until.type)
        values["state"] = case((_WAITS, literal_column("'ready'")), else_=literal_column("'sending'"))
        values["lease_until"] = case((_WAITS, null()), else_=lease)
    return insert(TABLE).values(values).returning(TABLE.c.id, TABLE.c.state)


_INSERT_CLAIMED = Prepared(_insert_born(True))
_INSERT_READY = Prepared(_insert_born(False))


def write_queue(session: Session, now: datetime) -> None:
    """Write what was gathered, oldest first, as rows of at most five message objects."""
    queued: Queued = session.info["outbox"]
    for chat_id in _list_chats(queued):
        reply = queued.reply if queued.reply and queued.reply[0] == chat_id else None
        said = _join_waiting(session, queued, chat_id, reply is not None, now)
        for start in range(0, len(said), PER_CALL):
            _write(session, queued, chat_id, said[start : start + PER_CALL], None if start else reply, now)
    queued.by_chat, queued.can_wait, queued.urgent = {}, {}, set()


def _list_chats(queued: Queued) -> list[str]:
    chats = dict.fromkeys(queued.by_chat) | dict.fromkeys(queued.can_wait)
    if queued.reply and queued.reply[0][:1] != PERSON:
        chats.setdefault(queued.reply[0])  # free words are never lost on what is held there
    return list(chats)


def _join_waiting(session: Session, queued: Queued, chat_id: str, free: bool, now: datetime) -> Sequence[waiting.Said]:
    """What is said to a chat now: what must be, then what waited, then what may wait, as far as the calls have room.

    Of one case the older comes first, but behind the answer to who has just spoken. The rest is kept; so is all of it
    where there is no call to join, no budget for one to a group, or where nobody is to be called at that hour.
    """
    unasked = not free and chat_id[:1] != PERSON
    quiet = unasked and _put_aside(session, queued, chat_id, now)
    said, later = queued.by_chat.get(chat_id, []), queued.can_wait.get(chat_id, [])
    room = find_room(said, free, PER_CALL)
    if not room and free and len(said) < PER_CALL:
        # What was done at a desk comes before the answer that shows quick replies: its group asks for just that.
        kind: waiting.Only = "all" if chat_id[:1] == PERSON else "desk"
        older = waiting.take(session, chat_id, PER_CALL - len(said), only=lambda: kind)
        _keep(session, chat_id, later, False, now)
        return [*said[:-1], *older, said[-1]]
    if not room:
        _keep(session, chat_id, later, False, now)
        return said

    def choose() -> waiting.Only:
        if not (said or later):
            return "held"  # nobody is spoken to
        if chat_id[:1] == PERSON or queued.may_fold is None:
            return "all"  # a person is called anyway
        by_day = queued.may_fold(session, chat_id, now)
        return "all" if by_day else "held_and_desk" if free else "held"

    older = [] if quiet else waiting.take(session, chat_id, room, only=choose)
    if unasked:
        # Whoever is called for danger at night has the card, too, that was to wait for the morning.
        older += waiting.take_of(session, chat_id, list_cases(said), room - len(older))
    fits = room - len(older)
    _keep(session, chat_id, later[fits:], False, now)
    return [*put_in_order(said, older, 1 if free else 0), *later[:fits]]


def _put_aside(session: Session, queued: Queued, chat_id: str, now: datetime) -> bool:
    """Keep what a group in which nobody has just spoken is not called for; whether it is called for danger alone."""
    said, is_quiet = queued.by_chat.get(chat_id), queued.is_quiet
    if not said:
        return False
    quiet = is_quiet is not None and queued.spoken_in != chat_id and is_quiet(session, chat_id, now)
    short = chat_id not in queued.urgent and waiting.is_short(session)
    if short or quiet:
        dangerous = waiting.list_dangerous(session, list_cases(said))
        queued.by_chat[chat_id], rest = ([], said) if short else part_loud(said, dangerous)
        _keep(session, chat_id, rest, short, now)
        _keep(session, chat_id, queued.can_wait.pop(chat_id, []), False, now)
    if quiet and not short:
        waiting.make_all_lasting(session, chat_id, now)
    return quiet and not short


def _keep(session: Session, chat_id: str, said: Sequence[waiting.Said], held: bool, now: datetime) -> None:
    if said:
        waiting.keep(session, chat_id, [(freeze(message), tie) for message, tie in said], held, now)


def _write(
    session: Session,
    queued: Queued,
    chat_id: str,
    part: Sequence[tuple[dict[str, Any], dict[str, Any]]],
    reply: tuple[str, str, datetime] | None,
    now: datetime,
) -> None:
    frozen = freeze([message for message, _ in part])
    ties = [tie for _, tie in part]
    token, until = (reply[1], reply[2]) if reply else (None, None)
    key = str(uuid.uuid4())
    values = {
        "b_chat": chat_id,
        "b_messages": frozen,
        "b_ties": ties,
        "b_event_id": queued.event_id,
        "b_reply_token": token,
        "b_reply_until": until,
        "b_retry_key": key,
        "b_attempts": 0,
        "b_maybe_taken": False,
        "b_next_at": now,
        "b_created_at": now,
    }
    if queued.lease is None:
        _INSERT_READY.run(session.info["connection"], values)
        queued.waiting.append(chat_id)
        return
    lease_until = now + queued.lease
    values["b_lease_until"] = lease_until
    row_id, state = _INSERT_CLAIMED.run(session.info["connection"], values)[0]
    if state == "sending":
        queued.claimed.append(
            Outgoing(row_id, chat_id, frozen, ties, token, until, key, 0, False, None, now, lease_until)
        )
    else:
        queued.waiting.append(chat_id)


def freeze(messages: list[dict[str, Any]] | dict[str, Any]) -> str:
    """Message objects as they are kept and sent."""
    frozen = json.dumps(messages, ensure_ascii=False, separators=(",", ":"))
    try:
        frozen.encode()
    except UnicodeEncodeError:
        # Half an emoji, as a phone sends it when it cuts a text short, is no text: neither LINE nor the
        # database would take it, and the sender would never hear from us again.
        frozen = frozen.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return frozen


def refresh_reply(session: Session, *, event_id: str, token: str, until: datetime) -> None:
    """A redelivered event brought a token that still works: what its first arrival left unsent may use it."""
    session.execute(
        update(TABLE)
        .where(
            TABLE.c.event_id == event_id,
            TABLE.c.state.in_(("ready", "sending")),
            TABLE.c.reply_token.is_not(None),  # gone once a push was tried: LINE may have that one already
        )
        .values(reply_token=token, reply_until=until)
    )


def drop(session: Session, chat_id: str, reason: str) -> int:
    """What is not under way to this chat will not be sent: it would reach nobody. How many calls."""
    # The partial index is taken only where its condition stands here word for word.
    unsent = text("state IN ('ready', 'sending', 'held') AND state <> 'sending'")
    gone = update(TABLE).where(TABLE.c.chat_id == chat_id, unsent).values(state="dropped", last_error=reason)
    return len(session.execute(gone.returning(TABLE.c.id)).all())


def list_dead(session: Session, limit: int = 100) -> list[OutboxMessage]:
    """Messages that LINE will not take, newest first."""
    return list(
        session.scalars(
            select(OutboxMessage).where(OutboxMessage.state == "dead").order_by(OutboxMessage.id.desc()).limit(limit)
        )
    )


def find_held(session: Session) -> tuple[datetime, str] | None:
    """Since when messages are held for want of quota, and what LINE said; None where none is."""
    held = select(TABLE.c.created_at, TABLE.c.last_error).where(TABLE.c.state == "held").order_by(TABLE.c.created_at)
    found = session.execute(held.limit(1)).first()
    return (found.created_at, found.last_error or "") if found else None


def resend(session: Session, ids: Sequence[int], now: datetime) -> int:
    """Put dead or held messages in line again, under a new retry key where the old one may have lapsed."""
    count = 0
    for row in session.scalars(
        select(OutboxMessage).where(OutboxMessage.id.in_(ids), OutboxMessage.state.in_(("dead", "held")))
    ):
        row.state, row.next_at, row.reply_token, row.reply_until = "ready", now, None, None
        row.attempts, row.first_push_at, row.retry_key = 0, None, str(uuid.uuid4())
        row.maybe_taken = False
        count += 1
    return count


def count_states(session: Session) -> dict[str, int]:
    """How many messages are in each state."""
    rows = session.execute(select(TABLE.c.state, func.count()).group_by(TABLE.c.state)).all()
    return {state: count for state, count in rows}


def find_sent(session: Session, message_id: str, chat_id: str) -> SentMessage | None:
    """The bubble of ours that stands in this chat under this id."""
    sent = session.get(SentMessage, message_id)
    return sent if sent is not None and sent.chat_id == chat_id else None


def forget_old_words(session: Session, before: datetime, limit: int) -> int:
    """Blank the text of messages that LINE has had since before then, `limit` at most; how many."""
    old = select(TABLE.c.id).where(WORDY, TABLE.c.created_at < before).limit(limit)
    blank = update(TABLE).where(TABLE.c.id.in_(old)).values(messages="").returning(TABLE.c.id)
    return len(session.execute(blank).all())
