"""What the page of one case reads, each by an index, however many cases there are."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session, selectinload

from storage.models import (
    Group,
    GroupPerson,
    HistoryEntry,
    MediaItem,
    OutboxMessage,
    Reporter,
    SentMessage,
    SlaClock,
    StaffUser,
)

OPEN_CALLS = text("state IN ('ready', 'sending', 'held')")  # word for word as the index of open rows has it


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of ours: what it says, of what kind, and whether LINE has it. None of its words: they are gone.

    `at`: since when LINE has it, if so; `begun`: when there was something to say.
    """

    at: datetime
    kind: str
    message: dict[str, Any] | None
    sent: bool
    begun: datetime


def list_history(session: Session, case_id: int) -> list[HistoryEntry]:
    """Everything that happened to a case, in order, with its words in one query more."""
    told = select(HistoryEntry).where(HistoryEntry.case_id == case_id).order_by(HistoryEntry.id)
    return list(session.scalars(told.options(selectinload(HistoryEntry.said))))


def list_histories(session: Session, case_ids: Collection[int]) -> dict[int, list[HistoryEntry]]:
    """The same of many cases at once."""
    told = select(HistoryEntry).where(HistoryEntry.case_id.in_(case_ids)).order_by(HistoryEntry.id)
    found: dict[int, list[HistoryEntry]] = {key: [] for key in case_ids}
    for entry in session.scalars(told.options(selectinload(HistoryEntry.said))) if case_ids else ():
        found[entry.case_id].append(entry)
    return found


def find_last_entry(session: Session, case_id: int) -> int:
    """The key of the latest line of a case's history."""
    last = select(HistoryEntry.id).where(HistoryEntry.case_id == case_id).order_by(HistoryEntry.id.desc()).limit(1)
    return session.scalars(last).first() or 0


def list_running(session: Session, case_id: int) -> list[SlaClock]:
    """The clocks that run, the next one due first."""
    running = select(SlaClock).where(SlaClock.case_id == case_id, SlaClock.stopped_at.is_(None))
    return list(session.scalars(running.order_by(SlaClock.due_at, SlaClock.id)))


def find_reporter(session: Session, reporter_id: int) -> Reporter | None:
    """Who told the case; None where they are gone."""
    return session.get(Reporter, reporter_id)


def list_bubbles(session: Session, case_id: int, chat_id: str, limit: int = 200) -> list[Bubble]:
    """What we said of a case in a chat, oldest first: what LINE has, and what is on its way there."""
    said = (
        select(SentMessage)
        .where(SentMessage.case_id == case_id, SentMessage.chat_id == chat_id)
        .order_by(SentMessage.sent_at.desc(), SentMessage.message_id.desc())
        .limit(limit)
    )
    sent = session.scalars(said).all()[::-1]
    calls = select(OutboxMessage).where(OutboxMessage.id.in_({one.outbox_id for one in sent}))
    found = {call.id: call for call in session.scalars(calls)} if sent else {}
    rows = {key: _read(call, case_id) for key, call in found.items()}
    bubbles: list[Bubble] = []
    for one in sent:
        same = [place for place, (kind, _) in enumerate(rows.get(one.outbox_id, ())) if kind == one.kind]
        message = rows[one.outbox_id].pop(same[0])[1] if same else None
        begun = found[one.outbox_id].created_at if one.outbox_id in found else one.sent_at
        bubbles.append(Bubble(one.sent_at, one.kind, message, True, begun))
    waiting = select(OutboxMessage).where(OPEN_CALLS, OutboxMessage.chat_id == chat_id).order_by(OutboxMessage.id)
    for call in session.scalars(waiting):
        begun = call.created_at
        bubbles += [Bubble(begun, kind, message, False, begun) for kind, message in _read(call, case_id)]
    return bubbles


def _read(call: OutboxMessage, case_id: int) -> list[tuple[str, dict[str, Any] | None]]:
    """The bubbles of a call that speak of this case; without words where those were blanked."""
    messages = json.loads(call.messages) if call.messages else [None] * len(call.ties)
    return [
        (str(tie["kind"]), message)
        for tie, message in zip(call.ties, messages, strict=False)
        if tie.get("case") == case_id
    ]


def name_staff(session: Session, user_ids: Collection[int]) -> dict[int, str]:
    """What these people of the staff are called."""
    found = select(StaffUser.id, StaffUser.name, StaffUser.email).where(StaffUser.id.in_(user_ids))
    return {key: name or email for key, name, email in session.execute(found)} if user_ids else {}


def name_group_people(session: Session, people: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What these people are called in these groups, as far as LINE told."""
    chats = {chat_id for chat_id, _ in people}
    users = {user_id for _, user_id in people}
    if not people:
        return {}
    found = select(GroupPerson).where(GroupPerson.chat_id.in_(chats), GroupPerson.user_id.in_(users))
    return {(one.chat_id, one.user_id): one.name for one in session.scalars(found) if one.name}


def find_organisations(session: Session, chat_ids: Collection[str]) -> dict[str, str]:
    """Which organisation each of these groups is bound to."""
    found = select(Group.chat_id, Group.organisation).where(Group.chat_id.in_(chat_ids))
    return {chat_id: code for chat_id, code in session.execute(found) if code} if chat_ids else {}


def list_uploads(session: Session, media_ids: Sequence[int], chat_id: str) -> list[MediaItem]:
    """Of these photos the ones that this chat brought and no case has yet."""
    if not media_ids:
        return []
    found = select(MediaItem).where(
        MediaItem.id.in_(media_ids),
        MediaItem.chat_id == chat_id,
        MediaItem.case_id.is_(None),
        MediaItem.state == "stored",
    )
    return list(session.scalars(found.order_by(MediaItem.id)))
