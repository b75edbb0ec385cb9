"""Everything that is kept about one person, for themselves: as JSON, with the attachments they sent.

Nothing of others is in it: no notes of officers or offices, no names of officials, no words or photos of anybody else.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import timeline, views, written_down
from cases.phones import hide_phones
from cases.statuses import Status
from cases.written_down import WrittenDown
from storage import cases as stored
from storage import followers, inbound_mails, own_data, reporters
from storage.models import Case, InboundMail, MediaItem, Reporter

EVERY = 100_000  # cases; nobody has told so many
LOOKED_AT = 50  # of a person's newest cases, for numbers among their words


@dataclass(frozen=True, slots=True)
class Kept:
    """The file of words, and each attachment: its name in the copy, and where it lies with us.

    `drafts`: how many of the mails wait for an officer. `left_out`: how many bear the address and may be of others.
    """

    words: dict[str, Any]
    files: Sequence[tuple[str, str]]
    drafts: int = 0
    left_out: int = 0

    def write(self) -> bytes:
        """The words as a file."""
        return json.dumps(self.words, ensure_ascii=False, indent=2).encode()


@dataclass(frozen=True, slots=True)
class _Theirs:
    """What this person gave: by chat, or written down for them."""

    chat_id: str
    written: WrittenDown
    sent: Sequence[MediaItem]
    files: Mapping[int, str]

    def list_said(self, session: Session, case: Case) -> list[dict[str, Any]]:
        """What they said of a case, oldest first."""
        told = own_data.list_said(session, case.id, self.chat_id)
        entered = [one for one in self.written.said if one.case_id == case.id and one.chat_id != self.chat_id]
        told += [{"at": one.at.isoformat(), "words": one.note} for one in entered if one.note]
        return sorted(told, key=lambda said: str(said["at"]))


def count_numbers(session: Session, chat_id: str) -> int:
    """How many of this person's cases hold a telephone number of theirs, asked for or typed among the words."""
    reporter = reporters.find_person(session, chat_id)
    mine = stored.list_by_reporter(session, reporter.id, LOOKED_AT) if reporter else []
    return sum(
        bool(case.phone)
        or _has_number(case.description, case.place)
        or _has_number(*(str(said["words"]) for said in own_data.list_said(session, case.id, chat_id)))
        for case in mine
    )


def _has_number(*words: str) -> bool:
    return any(hide_phones(each, "") != each for each in words)


def collect(session: Session, chat_id: str, language: str, now: datetime) -> Kept:
    """All of it, as it stands now: of a LINE user id, or of somebody without LINE (`reporters.name_caller`)."""
    reporter = reporters.find_person(session, chat_id)
    mine = stored.list_by_reporter(session, reporter.id, EVERY) if reporter else []
    followed = followers.list_followed(session, reporter.id, EVERY) if reporter else []
    written = written_down.find(session, reporter, mine)
    by_chat = own_data.list_attachments(session, chat_id)
    known = {item.id for item in by_chat}
    sent = [*by_chat, *(item for item in own_data.list_files(session, written.files) if item.id not in known)]
    numbers = {case.id: case.number for case in (*mine, *followed)}
    files = {item.id: _name_file(item, numbers) for item in sent if item.path}
    theirs = _Theirs(chat_id, written, sent, files)
    of_shown = [one for one in written.mails if one.case_id in numbers]  # a case may be confidential by now
    mails = [one for one in (*of_shown, *written.loose) if one.words or one.subject]
    words = {
        "made_at": now.isoformat(),
        "person": _describe(session, chat_id, reporter),
        "cases": [_tell(session, case, theirs, language, now) for case in mine],
        "followed_cases": [_tell_followed(session, case, theirs, language, now) for case in followed],
        "report_not_sent": own_data.find_draft(session, chat_id),
        "messages_kept": own_data.list_messages(session, chat_id),
        "emails_kept": [_tell_mail(one) for one in sorted(mails, key=lambda one: one.id)],
        "files_of_no_case": [files[item.id] for item in sent if item.id in files and item.case_id not in numbers],
    }
    drafts = sum(one.state == inbound_mails.DRAFT for one in mails)
    return Kept(
        words, [(files[item.id], str(item.path)) for item in sent if item.id in files], drafts, written.left_out
    )


def _describe(session: Session, chat_id: str, reporter: Reporter | None) -> dict[str, Any]:
    """How they are known and spoken to."""
    given = {} if reporter is None else {name: getattr(reporter, name) for name in ("name", "phone", "email")}
    named = {name: value for name, value in given.items() if value}
    in_line = {} if reporters.is_caller(chat_id) else {"line_user_id": chat_id}
    return own_data.describe_chat(session, chat_id) | in_line | named


def _tell_mail(mail: InboundMail) -> dict[str, Any]:
    return {"at": mail.received_at.isoformat(), "subject": mail.subject, "words": mail.words}


def _tell(session: Session, case: Case, theirs: _Theirs, language: str, now: datetime) -> dict[str, Any]:
    return _tell_followed(session, case, theirs, language, now, follower=False) | {
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
    session: Session, case: Case, theirs: _Theirs, language: str, now: datetime, *, follower: bool = True
) -> dict[str, Any]:
    """How a case stands, and what this person gave to it."""
    return _tell_standing(session, case, language, now, follower=follower) | {
        "said": theirs.list_said(session, case),
        "files": [theirs.files[item.id] for item in theirs.sent if item.case_id == case.id and item.id in theirs.files],
    }


def _tell_standing(session: Session, case: Case, language: str, now: datetime, *, follower: bool) -> dict[str, Any]:
    entries = timeline.list_entries(session, case, language, now, follower=follower, on_paper=True)
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
