"""Everything that is kept about one person, for themselves: as JSON, with the attachments they sent.

Nothing of others is in it: no notes of officers or offices, no names of officials, no words or photos of anybody else.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import timeline, views
from cases.statuses import Status
from storage import cases as stored
from storage import followers, own_data, reporters
from storage.models import Case, MediaItem

EVERY = 100_000  # cases; nobody has told so many


@dataclass(frozen=True, slots=True)
class Kept:
    """The file of words, and each attachment: its name in the copy, and where it lies with us."""

    words: dict[str, Any]
    files: Sequence[tuple[str, str]]

    def write(self) -> bytes:
        """The words as a file."""
        return json.dumps(self.words, ensure_ascii=False, indent=2).encode()


def collect(session: Session, chat_id: str, language: str, now: datetime) -> Kept:
    """All of it, as it stands now."""
    reporter = reporters.find_line_reporter(session, chat_id)
    mine = stored.list_by_reporter(session, reporter.id, EVERY) if reporter else []
    followed = followers.list_followed(session, reporter.id, EVERY) if reporter else []
    sent = own_data.list_attachments(session, chat_id)
    numbers = {case.id: case.number for case in (*mine, *followed)}
    files = {item.id: _name_file(item, numbers) for item in sent if item.path}
    words = {
        "made_at": now.isoformat(),
        "person": own_data.describe_chat(session, chat_id) | {"line_user_id": chat_id},
        "cases": [_tell(session, case, chat_id, language, now, sent, files) for case in mine],
        "followed_cases": [_tell_followed(session, case, chat_id, language, now, sent, files) for case in followed],
        "report_not_sent": own_data.find_draft(session, chat_id),
        "messages_kept": own_data.list_messages(session, chat_id),
        "files_of_no_case": [files[item.id] for item in sent if item.id in files and item.case_id not in numbers],
    }
    return Kept(words, [(files[item.id], str(item.path)) for item in sent if item.id in files])


def _tell(
    session: Session,
    case: Case,
    chat_id: str,
    language: str,
    now: datetime,
    sent: Sequence[MediaItem],
    files: Mapping[int, str],
) -> dict[str, Any]:
    return _tell_followed(session, case, chat_id, language, now, sent, files, follower=False) | {
        "told_at": case.created_at.isoformat(),
        "words": case.description,
        "place": case.place,
        "latitude": case.latitude,
        "longitude": case.longitude,
        "phone": case.phone,
        "phone_shown_to_office": case.phone_shared,
        "name_shown_to_office": case.shared_name,
        "confidential": case.confidential,
    }


def _tell_followed(
    session: Session,
    case: Case,
    chat_id: str,
    language: str,
    now: datetime,
    sent: Sequence[MediaItem],
    files: Mapping[int, str],
    *,
    follower: bool = True,
) -> dict[str, Any]:
    """How a case stands, and what this person gave to it."""
    return _tell_standing(session, case, language, now, follower=follower) | {
        "said": own_data.list_said(session, case.id, chat_id),
        "files": [files[item.id] for item in sent if item.case_id == case.id and item.id in files],
    }


def _tell_standing(session: Session, case: Case, language: str, now: datetime, *, follower: bool) -> dict[str, Any]:
    entries = timeline.list_entries(session, case, language, now, follower=follower)
    return {
        "number": case.number,
        "category": views.name_category(case.category, language),
        "status": views.name_status(Status(case.status), language),
        "history": [{"when": entry.when, "what": entry.words} for entry in entries],
    }


def _name_file(item: MediaItem, numbers: Mapping[int, str]) -> str:
    folder = numbers.get(item.case_id or 0, "other")
    suffix = (item.path or "").rpartition(".")[2] or "bin"
    return f"{folder}/{item.sent_at:%Y-%m-%d}-{item.id}.{suffix}"
