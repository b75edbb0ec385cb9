"""E-mail that people wrote to us: each kept once, listed until an officer settles it, forgotten in time."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Update, delete, func, select, update
from sqlalchemy.orm import Session

from storage import media
from storage.models import InboundMail, MailFolder, MediaItem
from storage.prepared import INSERTS

DRAFT, MADE, ADDED, DISCARDED, IGNORED = "draft", "made", "added", "discarded", "ignored"
PREFIX = "mail:"


def name_chat(mail_id: int) -> str:
    """Where the attachments of a mail say that they came from."""
    return f"{PREFIX}{mail_id}"


def claim(session: Session, message_id: str, now: datetime) -> InboundMail | None:
    """The row of a mail that is seen for the first time; None where it came before."""
    insert = INSERTS[session.get_bind().dialect.name]
    empty = {name: "" for name in ("sender", "sender_name", "subject", "words", "notes")}
    row = insert(InboundMail).values(message_id=message_id, state=DRAFT, received_at=now, **empty)
    key = session.execute(row.on_conflict_do_nothing(index_elements=["message_id"]).returning(InboundMail.id)).scalar()
    return session.get(InboundMail, key) if key is not None else None


def find(session: Session, mail_id: int, *, lock: bool = False) -> InboundMail | None:
    """One mail by key; none where the number is too large for one."""
    if mail_id >= 1 << 63:
        return None
    found = select(InboundMail).where(InboundMail.id == mail_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def list_drafts(session: Session, limit: int = 50, before: int | None = None) -> list[InboundMail]:
    """Mails that wait for an officer, newest first."""
    found = select(InboundMail).where(InboundMail.state == DRAFT)
    if before is not None:
        found = found.where(InboundMail.id < before)
    return list(session.scalars(found.order_by(InboundMail.id.desc()).limit(limit)))


def count_drafts(session: Session) -> int:
    """How many wait."""
    return session.execute(select(func.count()).where(InboundMail.state == DRAFT)).scalar_one()


def list_of_cases(session: Session, case_ids: Collection[int]) -> list[InboundMail]:
    """What was written about these cases, by whomever, oldest first; also where its words are gone."""
    found = select(InboundMail).where(InboundMail.case_id.in_(case_ids), InboundMail.state.in_((MADE, ADDED)))
    return list(session.scalars(found.order_by(InboundMail.id))) if case_ids else []


def list_loose_from(session: Session, sender: str | None) -> list[InboundMail]:
    """What bears this address and is of no case, oldest first: it waits, or was laid aside."""
    waits = InboundMail.state.in_((DRAFT, DISCARDED))
    found = select(InboundMail).where(waits, InboundMail.sender == (sender or "").lower())
    return list(session.scalars(found.order_by(InboundMail.id))) if sender else []


def list_files(session: Session, mail_id: int) -> list[MediaItem]:
    """What came with a mail."""
    found = select(MediaItem).where(MediaItem.chat_id == name_chat(mail_id)).order_by(MediaItem.id)
    return list(session.scalars(found))


def settle(
    session: Session,
    mail: InboundMail,
    state: str,
    now: datetime,
    *,
    person: str | None = None,
    case_id: int | None = None,
    reason: str | None = None,
) -> None:
    """What became of it."""
    mail.state, mail.case_id, mail.reason = state, case_id, reason
    mail.settled_at, mail.settled_by = now, person


def restore(mail: InboundMail) -> None:
    """It was laid aside by mistake: it waits again."""
    mail.state, mail.reason, mail.settled_at, mail.settled_by = DRAFT, None, None, None


def forget(session: Session, mail_ids: Collection[int], *, sender: bool = True) -> None:
    """What was written in these mails goes: whoever wrote them wants to be forgotten. `sender`: their address too."""
    gone = {} if sender else {"sender": InboundMail.sender}
    session.execute(_blank().where(InboundMail.id.in_(mail_ids)).values(**gone))


def forget_settled(session: Session, before: datetime, limit: int) -> int:
    """Blank mails that were settled before then, `limit` at most, and what no case has of their files; how many."""
    old = select(InboundMail.id).where(
        InboundMail.settled_at < before, InboundMail.received_at < before, InboundMail.sender != ""
    )
    gone = list(session.scalars(_blank().where(InboundMail.id.in_(old.limit(limit))).returning(InboundMail.id)))
    for mail_id in gone:
        media.set_aside(session, [item.id for item in list_files(session, mail_id)])
    return len(gone)


def forget_known(session: Session, before: datetime, limit: int) -> int:
    """Drop rows of mails that came so long ago that none of them will come a second time; how many."""
    old = select(InboundMail.id).where(InboundMail.received_at < before, InboundMail.state != DRAFT).limit(limit)
    return len(session.execute(delete(InboundMail).where(InboundMail.id.in_(old)).returning(InboundMail.id)).all())


def _blank() -> Update:
    return update(InboundMail).values(sender="", sender_name="", subject="", words="")


def find_position(session: Session, folder: str) -> tuple[int, int] | None:
    """How far a folder was read: validity and uid; None where it never was."""
    found = session.get(MailFolder, _name(folder))
    return (found.validity, found.last_uid) if found is not None else None


def advance(session: Session, folder: str, validity: int, uid: int, now: datetime) -> None:
    """This folder is read up to there."""
    insert = INSERTS[session.get_bind().dialect.name]
    here = {"validity": validity, "last_uid": uid, "looked_at": now}
    row = insert(MailFolder).values(name=_name(folder), **here)
    session.execute(row.on_conflict_do_update(index_elements=["name"], set_=here))


def _name(folder: str) -> str:
    return hashlib.sha256(folder.encode()).hexdigest()
