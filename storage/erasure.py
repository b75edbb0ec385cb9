"""Takes a person out of what is kept: their LINE id, their messages, their photos.

Rows that others build on stay, under a name that says nothing; the history keeps what was done to a case, and no more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.models import (
    Case,
    Conversation,
    DataRequest,
    Follower,
    HistoryEntry,
    HistoryWords,
    InboxEvent,
    MediaItem,
    MenuWish,
    OutboxMessage,
    Reporter,
    SentMessage,
    UnsentMessage,
)
from storage.models import inbox as inbox_models
from storage.models import outbox as outbox_models

ENDED = ("sent", "dead", "dropped")
_LEAVES_ROWS = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Whose:
    """What is a person's: all that came from their chat, and these lines of history and attachments beside it, which
    staff entered for them or which came by mail.
    """

    who: str
    lines: Collection[int] = ()
    files: Collection[int] = ()

    def match_lines(self) -> ColumnElement[bool]:
        """As a condition on lines of history."""
        return _match(HistoryEntry.chat_id == self.who, HistoryEntry.id, self.lines)

    def match_files(self) -> ColumnElement[bool]:
        """As a condition on attachments."""
        return _match(MediaItem.chat_id == self.who, MediaItem.id, self.files)


def _match(
    from_chat: ColumnElement[bool], key: InstrumentedAttribute[int], named: Collection[int]
) -> ColumnElement[bool]:
    """Only what is needed: beside an empty list the index of chats would be of no use."""
    return or_(from_chat, key.in_(named)) if named else from_chat


@dataclass(frozen=True, slots=True)
class Cases:
    """Which cases: all but `kept`, and what belongs to none; or `only` some."""

    kept: Collection[int] = ()
    only: Collection[int] | None = None

    def match(self, key: ColumnElement[int | None] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """As a condition on the key of a case."""
        if self.only is not None:
            return key.in_(self.only)
        return or_(key.is_(None), key.not_in(self.kept))


def list_told(session: Session, reporter_id: int, until: datetime) -> list[Case]:
    """The cases that a person told up to then, held until the transaction ends."""
    mine = select(Case).where(Case.reporter_id == reporter_id, Case.created_at <= until)
    return list(session.scalars(mine.order_by(Case.id).with_for_update()))


def forget_messages(session: Session, chat_id: str) -> None:
    """The words of what this person wrote and of what we said to them; that it came and went stays."""
    said = update(OutboxMessage).where(outbox_models.WORDY, OutboxMessage.chat_id == chat_id)
    heard, failed = (
        update(InboxEvent).where(state, InboxEvent.chat_id == chat_id)
        for state in (inbox_models.WORDY, inbox_models.FAILED)
    )
    session.execute(said.values(messages=""), execution_options=_LEAVES_ROWS)
    session.execute(heard.values(raw=""), execution_options=_LEAVES_ROWS)
    session.execute(failed.values(raw="", reason=None, state="forgotten"), execution_options=_LEAVES_ROWS)


def forget_in_history(session: Session, whose: Whose, name: str, cases: Cases) -> list[int]:
    """Put `name` for the person in the history of these cases; the lines they stood in."""
    session.flush()
    theirs = (whose.match_lines(), cases.match(HistoryEntry.case_id))
    lines = list(session.scalars(select(HistoryEntry.id).where(*theirs)))
    session.execute(
        update(HistoryEntry).where(*theirs).values(chat_id=name, actor_id=name), execution_options=_LEAVES_ROWS
    )
    return lines


def list_words(session: Session, lines: Sequence[int]) -> list[HistoryWords]:
    """What was said in these lines of history."""
    return list(session.scalars(select(HistoryWords).where(HistoryWords.entry_id.in_(lines))))


def withdraw_photos(session: Session, whose: Whose, name: str, cases: Cases, evidence: Collection[int]) -> None:
    """Attachments of this person in these cases: gone, but those of `evidence` only lose their sender."""
    theirs = (whose.match_files(), cases.match(MediaItem.case_id))
    forgotten = {"source_url": None, "file_name": None, "sha256": None, "evidence": None, "lease_until": None}
    gone = update(MediaItem).where(*theirs, MediaItem.case_id.is_(None) | MediaItem.case_id.not_in(evidence))
    session.execute(gone.values(state="withdrawn", **forgotten), execution_options=_LEAVES_ROWS)
    session.execute(
        update(MediaItem).where(*theirs).values(chat_id=name, sender_id=None), execution_options=_LEAVES_ROWS
    )


def list_evidence(session: Session, whose: Whose, over: Collection[str]) -> list[int]:
    """The cases, not over, that have an attachment of this person."""
    found = (
        select(Case.id)
        .join(MediaItem, MediaItem.case_id == Case.id)
        .where(whose.match_files(), Case.status.not_in(over))
    )
    return list(session.scalars(found.distinct()))


def stop_following(session: Session, reporter_id: int) -> None:
    """This person follows nothing, and never did."""
    session.execute(delete(Follower).where(Follower.reporter_id == reporter_id), execution_options=_LEAVES_ROWS)


def forget_reporter(session: Session, reporter_id: int) -> bool:
    """What says who it is goes, where no case and no followed case needs it any more; whether it went."""
    session.flush()
    told = select(Case.id).where(Case.reporter_id == reporter_id).limit(1)
    followed = select(Follower.id).where(Follower.reporter_id == reporter_id).limit(1)
    if session.execute(told).first() or session.execute(followed).first():
        return False
    nothing = {"line_user_id": None, "phone": None, "email": None, "name": None, "email_proved_at": None}
    session.execute(update(Reporter).where(Reporter.id == reporter_id).values(**nothing))
    return True


def sweep(session: Session, chat_id: str, name: str, until: datetime, *, whole: bool) -> None:
    """What still bears the LINE id up to then: messages sent and received, and (`whole`) where the chat stood."""
    came = update(InboxEvent).where(InboxEvent.chat_id == chat_id, InboxEvent.received_at <= until)
    session.execute(came.values(chat_id=name, raw=""), execution_options=_LEAVES_ROWS)
    went = update(OutboxMessage).where(
        OutboxMessage.chat_id == chat_id, OutboxMessage.created_at <= until, OutboxMessage.state.in_(ENDED)
    )
    session.execute(went.values(chat_id=name, messages=""), execution_options=_LEAVES_ROWS)
    for rows in (
        delete(SentMessage).where(SentMessage.chat_id == chat_id, SentMessage.sent_at <= until),
        delete(UnsentMessage).where(UnsentMessage.chat_id == chat_id, UnsentMessage.unsent_at <= until),
        update(DataRequest).where(DataRequest.chat_id == chat_id, DataRequest.at <= until).values(chat_id=None),
    ):
        session.execute(rows, execution_options=_LEAVES_ROWS)
    if whole:
        # Whoever has been told anew what is kept has begun again.
        silent = (Conversation.notice_version.is_(None), Conversation.updated_at <= until)
        stood = delete(Conversation).where(Conversation.chat_id == chat_id, *silent)
        session.execute(stood, execution_options=_LEAVES_ROWS)
        wished = delete(MenuWish).where(MenuWish.chat_id == chat_id, MenuWish.asked_at <= until)
        session.execute(wished, execution_options=_LEAVES_ROWS)
