"""What of a case stands in a chat already, so that more of it can be said under it."""

import json
import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import OutboxMessage, SentMessage

UNSENT = ("ready", "sending", "held", "dead")
AT_MOST = 200
_ROW = re.compile(r'"g:(\d{1,17}):(?:card|nudge)["~]')


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


def is_coming(session: Session, chat_ids: Sequence[str], case_id: int, kinds: Sequence[str]) -> bool:
    """Whether something of these kinds was written for a case, and LINE has not taken it for any of these chats."""
    waiting = select(OutboxMessage.ties).where(OutboxMessage.chat_id.in_(chat_ids), OutboxMessage.state.in_(UNSENT))
    found = session.scalars(waiting.order_by(OutboxMessage.id.desc()).limit(AT_MOST))
    return any(tie["case"] == case_id and tie["kind"] in kinds for ties in found for tie in ties)


def list_shown(session: Session, sent: SentMessage) -> list[int]:
    """The cases that a list of ours has a row for, in its order; none where its words are gone."""
    call = session.get(OutboxMessage, sent.outbox_id)
    if call is None or not call.messages:
        return []
    said = zip(json.loads(call.messages), call.ties, strict=False)
    lists = (json.dumps(message) for message, tie in said if tie["case"] is None and tie["kind"] == sent.kind)
    return list(dict.fromkeys(int(key) for listed in lists for key in _ROW.findall(listed)))
