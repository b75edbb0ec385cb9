"""Words with which an office answered a list of its cases: until somebody says of which, each case notes that it wrote.

The words themselves stay with their event, for they are kept with those cases only that they are about.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from cases import office_updates
from cases.statuses import Actor
from storage import cases as stored
from storage import inbox, readings
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
LISTED = "listed"  # on the note: the event of the words


@dataclass(frozen=True, slots=True)
class Said:
    """What was written or, where there are no words, nodded under a list."""

    words: str
    message_id: str
    at: datetime


def keep(
    session: Session,
    case: Case,
    event_id: str,
    message_id: str,
    actor: Actor,
    now: datetime,
    *,
    edited_at: datetime | None = None,
) -> None:
    """Note with a case that its office wrote of it and of others; it stays where it stands."""
    details: dict[str, object] = {LISTED: event_id}
    if edited_at is not None:
        details["edited_at"] = edited_at.isoformat()
    office_updates.note(session, case, None, actor, now, details=details, message_id=message_id)


def find_said(session: Session, event_id: str, chat_id: str) -> Said | None:
    """What an event of this chat said; None where that is gone."""
    raw = inbox.find_raw(session, event_id, chat_id)
    event = json.loads(raw) if raw else {}
    message = event.get("message")
    if not isinstance(message, dict):
        return None
    at = datetime.fromtimestamp(int(event.get("timestamp") or 0) / 1000, UTC)
    return Said(str(message.get("text") or ""), str(message.get("id") or ""), at)


def find_open(session: Session, case: Case) -> HistoryEntry | None:
    """That the office wrote, nothing has happened to the case since, and nobody has said which case was meant."""
    for entry in reversed(stored.list_history(session, case.id)):
        if LISTED in entry.details:
            return entry if _is_open(session, entry) else None
        if entry.action not in stored.QUIET_ACTIONS:
            return None
    return None


def say_beside(late: str) -> str:
    """What is late of a case, with that its office wrote of it and of others."""
    return f"{late} · {say(LANGUAGE, 'listed.wrote')}"


def _is_open(session: Session, entry: HistoryEntry) -> bool:
    message_id, chat_id = str(entry.message_id or ""), str(entry.chat_id or "")
    settled = any(LISTED not in one.details for one in readings.list_readings(session, message_id))
    talk = inbox.find_state(session, entry.details[LISTED]) == "ignored"
    return not (settled or talk or inbox.is_unsent(session, message_id, chat_id))
