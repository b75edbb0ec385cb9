"""Whether what a person is asked about a case stands in their chat, is on its way there, or was refused."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Case, Conversation, OutboxMessage, Reporter, SentMessage, WaitingMessage

COMING = ("ready", "sending", "held")
AT_MOST = 200


def has_blocked(session: Session, chat_id: str) -> bool:
    """Whether this person lets us say nothing to them, as far as LINE has told."""
    return bool(session.scalar(select(Conversation.blocked).where(Conversation.chat_id == chat_id)))


def list_unheard(session: Session, status: str, limit: int, *, but: str) -> list[Case]:
    """The cases of organisations, but one, that stand there and whose reporter lets us say nothing, oldest first."""
    found = (
        select(Case)
        .join(Reporter, Reporter.id == Case.reporter_id)
        .join(Conversation, Conversation.chat_id == Reporter.line_user_id)
        .where(Case.status == status, Case.owner != but, Conversation.blocked.is_(True))
    )
    return list(session.scalars(found.order_by(Case.id).limit(limit)))


def find_said(session: Session, chat_id: str, case_id: int, kind: str, since: datetime) -> datetime | None:
    """When LINE first took it, by whatever call; None where it never did."""
    said = select(func.min(SentMessage.sent_at)).where(
        SentMessage.case_id == case_id,
        SentMessage.chat_id == chat_id,
        SentMessage.kind == kind,
        SentMessage.sent_at >= since,
    )
    return session.scalar(said)


def has_heard(session: Session, chat_id: str, case_id: int, since: datetime) -> bool:
    """Whether anything of a case was said in a chat since then."""
    said = select(SentMessage.message_id).where(
        SentMessage.case_id == case_id, SentMessage.chat_id == chat_id, SentMessage.sent_at >= since
    )
    return session.execute(said.limit(1)).first() is not None


def is_coming(session: Session, chat_id: str, case_id: int, kind: str) -> bool:
    """Whether it is written, and waits for LINE, for messages of the month or for another call."""
    kept = select(WaitingMessage.id).where(
        WaitingMessage.chat_id == chat_id, WaitingMessage.case_id == case_id, WaitingMessage.kind == kind
    )
    return session.execute(kept.limit(1)).first() is not None or _is_written(session, chat_id, case_id, kind, COMING)


def is_refused(session: Session, chat_id: str, case_id: int, kind: str, since: datetime) -> bool:
    """Whether LINE will not take it."""
    return _is_written(session, chat_id, case_id, kind, ("dead",), since)


def _is_written(
    session: Session,
    chat_id: str,
    case_id: int,
    kind: str,
    states: tuple[str, ...],
    since: datetime | None = None,
) -> bool:
    calls = select(OutboxMessage.ties).where(OutboxMessage.chat_id == chat_id, OutboxMessage.state.in_(states))
    if since is not None:
        calls = calls.where(OutboxMessage.created_at >= since)
    found = session.scalars(calls.order_by(OutboxMessage.id.desc()).limit(AT_MOST))
    return any(tie["case"] == case_id and tie["kind"] == kind for ties in found for tie in ties)
