"""Queries for what is kept about one person, as they may have it themselves."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from storage import inbound_mails
from storage.models import Case, Conversation, Follower, HistoryEntry, InboxEvent, MediaItem, Reporter
from storage.models.inbox import WORDY


def describe_chat(session: Session, chat_id: str) -> dict[str, Any]:
    """How this person is spoken to, and which notice they were given when."""
    found = session.get(Conversation, chat_id)
    if found is None:
        return {}
    return {
        "language": found.language,
        "notice_version": found.notice_version,
        "notice_at": _write(found.notice_at),
        "blocked": found.blocked,
    }


def find_draft(session: Session, chat_id: str) -> dict[str, Any] | None:
    """What was told and not sent."""
    found = session.get(Conversation, chat_id)
    slots = (found.draft or {}).get("slots") if found else None
    names = ("description", "place", "phone", "name", "words")
    return {name: slots[name] for name in names if name in slots} or None if isinstance(slots, dict) else None


def list_attachments(session: Session, chat_id: str) -> list[MediaItem]:
    """What this person sent and we have, oldest first."""
    sent = select(MediaItem).where(
        MediaItem.chat_id == chat_id, MediaItem.state == "stored", MediaItem.path.is_not(None)
    )
    return list(session.scalars(sent.order_by(MediaItem.id)))


def list_written_down(session: Session, case_ids: Collection[int]) -> list[MediaItem]:
    """What is attached to these cases by staff or from mails, for whoever told them; no office's photos."""
    brought = or_(MediaItem.chat_id.startswith("staff:"), MediaItem.chat_id.startswith(inbound_mails.PREFIX))
    theirs = select(MediaItem).where(MediaItem.case_id.in_(case_ids), MediaItem.role != "after", brought)
    return list(session.scalars(theirs.order_by(MediaItem.id))) if case_ids else []


def list_files(session: Session, media_ids: Collection[int]) -> list[MediaItem]:
    """Of these attachments those that we have, oldest first."""
    stored = (MediaItem.id.in_(media_ids), MediaItem.state == "stored", MediaItem.path.is_not(None))
    return list(session.scalars(select(MediaItem).where(*stored).order_by(MediaItem.id))) if media_ids else []


def list_said(session: Session, case_id: int, chat_id: str) -> list[dict[str, Any]]:
    """What this person said of a case after it was told, oldest first; nothing that anybody else said."""
    said = select(HistoryEntry).where(
        HistoryEntry.case_id == case_id, HistoryEntry.chat_id == chat_id, HistoryEntry.actor_id == chat_id
    )
    entries = session.scalars(said.order_by(HistoryEntry.id))
    return [{"at": _write(entry.at), "words": entry.note} for entry in entries if entry.note]


def list_messages(session: Session, chat_id: str) -> list[dict[str, Any]]:
    """Raw words that are still kept: those of the last day."""
    kept = select(InboxEvent.received_at, InboxEvent.raw).where(WORDY, InboxEvent.chat_id == chat_id)
    found = session.execute(kept.order_by(InboxEvent.received_at)).all()
    told = [(row.received_at, json.loads(row.raw).get("message", {}).get("text")) for row in found]
    return [{"at": _write(at), "words": words} for at, words in told if words]


def count_kept(session: Session, chat_id: str) -> dict[str, int]:
    """How many cases, followed cases, telephone numbers and names are kept of this person."""
    mine = (
        select(func.count(), func.count(Case.phone), func.count(Case.shared_name))
        .select_from(Case)
        .join(Reporter, Reporter.id == Case.reporter_id)
        .where(Reporter.line_user_id == chat_id)
    )
    cases, phones, names = session.execute(mine).one()
    followed = (
        select(func.count())
        .select_from(Follower)
        .join(Reporter, Reporter.id == Follower.reporter_id)
        .join(Case, and_(Case.id == Follower.case_id, Case.confidential.is_(False)))
        .where(Reporter.line_user_id == chat_id, Follower.left_at.is_(None))
    )
    photos = select(func.count()).where(
        MediaItem.chat_id == chat_id, or_(MediaItem.state == "stored", MediaItem.state == "wanted")
    )
    return {
        "cases": cases,
        "phones": phones,
        "names": names,
        "followed": session.execute(followed).scalar_one(),
        "photos": session.execute(photos).scalar_one(),
    }


def _write(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
