"""What of a case stands in a chat already, so that more of it can be said under it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import SentMessage


def find_quote_token(session: Session, chat_id: str, case_id: int) -> str | None:
    """What LINE takes to quote the newest card of a case in this chat; None where none stands there."""
    cards = (
        select(SentMessage.quote_token)
        .where(
            SentMessage.case_id == case_id,
            SentMessage.chat_id == chat_id,
            SentMessage.kind == "card",
            SentMessage.quote_token.is_not(None),
        )
        .order_by(SentMessage.sent_at.desc())
        .limit(1)
    )
    return session.scalars(cards).first()


def find_last(session: Session, chat_ids: Sequence[str], case_id: int, kind: str) -> datetime | None:
    """When something of this kind was last said of a case in any of these chats; None where never."""
    said = select(func.max(SentMessage.sent_at)).where(
        SentMessage.case_id == case_id, SentMessage.chat_id.in_(chat_ids), SentMessage.kind == kind
    )
    return session.scalar(said)
