"""What of a case LINE does not have yet: bubbles that wait for a call, and calls that wait for LINE or for budget."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, delete, select, text, update
from sqlalchemy.orm import Session

from storage import outbox, waiting
from storage.models import Group, HistoryEntry, HistoryWords, Mail, SentMessage

_CALLS, _WAITING, _MAILS = outbox.TABLE, waiting.TABLE, cast(Table, Mail.__table__)
# SQLite takes the index of open rows only where its condition stands here word for word.
_OPEN = text("state IN ('ready', 'sending', 'held')")
_UNSENT = ("ready", "sending")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its bubbles. `maybe_said`: it is on its way, or an earlier try got no certain answer."""

    waits: bool
    id: int
    chat_id: str
    bubbles: list[waiting.Said]
    maybe_said: bool


@dataclass(frozen=True, slots=True)
class UnsentMail:
    """An e-mail that no server has taken. `maybe_said`: it is being handed over."""

    id: int
    organisation: str
    kind: str
    words: tuple[str, str, str]
    maybe_said: bool


def list_rows(session: Session, case_id: int) -> list[Row]:
    """The rows in which something of this case is not said yet, held until the transaction ends."""
    found = (
        select(_WAITING.c.id, _WAITING.c.chat_id, _WAITING.c.message, _WAITING.c.kind)
        .where(_WAITING.c.case_id == case_id)
        .order_by(_WAITING.c.id)
        .with_for_update()
    )
    # Looked at before the calls: what somebody takes from here meanwhile stands in one of those.
    waits = [
        Row(True, key, chat_id, [(json.loads(message), {"case": case_id, "kind": kind})], False)
        for key, chat_id, message, kind in session.execute(found)
    ]
    return [*_list_calls(session, case_id), *waits]


def _list_calls(session: Session, case_id: int) -> list[Row]:
    ties = session.execute(select(_CALLS.c.id, _CALLS.c.ties).where(_OPEN)).all()
    ours = [key for key, tied in ties if any(tie["case"] == case_id for tie in tied)]
    if not ours:
        return []
    # The deliverer must not take one meanwhile.
    found = select(_CALLS).where(_CALLS.c.id.in_(ours), _OPEN).order_by(_CALLS.c.id).with_for_update()
    return [
        Row(
            False,
            row.id,
            row.chat_id,
            list(zip(json.loads(row.messages), row.ties, strict=True)),
            row.state == "sending" or row.maybe_taken,
        )
        for row in session.execute(found)
    ]


def rewrite(session: Session, row: Row, bubbles: Sequence[waiting.Said], reason: str) -> None:
    """Say `bubbles` in place of what the row holds. One without any is not sent, and keeps no words.

    A call that is under way may still arrive, and is then settled as sent; it is not tried again as it was.
    """
    table = _WAITING if row.waits else _CALLS
    if row.waits and not bubbles:
        session.execute(delete(table).where(table.c.id == row.id))
        return
    if row.waits:
        values: dict[str, Any] = {"message": outbox.freeze(bubbles[0][0])}
    elif bubbles:
        values = {"messages": outbox.freeze([one for one, _ in bubbles]), "ties": [tie for _, tie in bubbles]}
    else:
        values = {"messages": "", "state": "dropped", "lease_until": None, "last_error": reason}
    session.execute(update(table).where(table.c.id == row.id).values(values))


def find_organisations(session: Session, chat_ids: Collection[str]) -> dict[str, str | None]:
    """Whose groups these chats are; people's chats are none."""
    found = select(Group.chat_id, Group.organisation).where(Group.chat_id.in_(chat_ids))
    return {chat_id: organisation for chat_id, organisation in session.execute(found)}


def list_chats_that_heard(session: Session, case_id: int) -> set[str]:
    """The chats in which something of this case stands."""
    return set(session.scalars(select(SentMessage.chat_id).where(SentMessage.case_id == case_id).distinct()))


def list_mails(session: Session, case_id: int) -> list[UnsentMail]:
    """The mails about this case that are not sent yet, oldest first."""
    table = _MAILS
    found = (
        select(table)
        .where(table.c.case_id == case_id, table.c.state.in_(_UNSENT))
        .order_by(table.c.id)
        .with_for_update()
    )
    session.flush()
    return [
        UnsentMail(row.id, row.organisation, row.kind, (row.subject, row.text, row.html), row.state == "sending")
        for row in session.execute(found)
    ]


def list_mailed(session: Session, case_id: int) -> set[str]:
    """The organisations that have had mail about this case."""
    table = _MAILS
    found = select(table.c.organisation).where(table.c.case_id == case_id, table.c.state == "sent")
    return set(session.scalars(found.distinct()))


def drop_mails(session: Session, ids: Collection[int], reason: str) -> None:
    """These are not sent, and keep no words."""
    gone = {"state": "dropped", "lease_until": None, "last_error": reason, "subject": "", "text": "", "html": ""}
    session.execute(update(_MAILS).where(_MAILS.c.id.in_(ids), _MAILS.c.state.in_(_UNSENT)).values(gone))


def rewrite_mail(session: Session, mail_id: int, words: tuple[str, str, str]) -> None:
    """Send these words (subject, text, html) in place of what was written."""
    new = dict(zip(("subject", "text", "html"), words, strict=True))
    session.execute(update(_MAILS).where(_MAILS.c.id == mail_id).values(new))


def list_told(session: Session, message_id: str, chat_id: str) -> list[tuple[int, str]]:
    """What a message told: the case, and the words that its history keeps."""
    found = (
        select(HistoryEntry.case_id, HistoryWords.words)
        .join(HistoryEntry.said)
        .where(HistoryWords.message_id == message_id, HistoryEntry.chat_id == chat_id)
    )
    return [(case_id, words) for case_id, words in session.execute(found)]
