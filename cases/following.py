"""Joining a case that somebody else told, and leaving it: its office sees that there are more, and hears no noise.

A follower's words are for the Ombudsman's officers: the office has those of the case, and one person's words are
nothing for another to read. Their photos show the problem, and go to the case.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cases import lifecycle, telling
from cases.statuses import Action, Actor, Role, Status
from storage import cases as stored
from storage import followers, media, media_returns
from storage.models import Case, HistoryEntry, Reporter


def act_as_follower(chat_id: str) -> Actor:
    """Somebody who follows, as the history names who acts."""
    return Actor(Role.FOLLOWER, person=chat_id, chat_id=chat_id)


def join(
    session: Session,
    case: Case,
    reporter: Reporter,
    now: datetime,
    *,
    words: str = "",
    told_by: Sequence[Sequence[str]] = (),
    media_ids: Sequence[int] = (),
) -> HistoryEntry:
    """Make this person a follower, with what they told. A closed case is brought to the officers' notice."""
    media.attach(session, media_ids, case.id, "before")
    first = followers.join(session, case.id, reporter.id, now)
    entry = lifecycle.apply(
        session,
        case,
        Action.FOLLOW,
        act_as_follower(str(reporter.line_user_id)),
        now,
        note=words,
        details={"media": list(media_ids)} | ({} if first else {"again": True}),
        told_by=told_by,
    )
    if case.status == Status.CLOSED:
        telling.tell_still_there(session, case, now)
    return entry


def take_back(session: Session, case: Case, reporter: Reporter, entry_id: int, now: datetime) -> None:
    """It was a slip: as if they had not joined, but for the history, which says both."""
    entry = stored.find_history(session, entry_id)
    if entry is None or entry.case_id != case.id or entry.actor_id != reporter.line_user_id:
        return
    media_returns.release(session, entry.details.get("media", ()), case.id, now)
    if not entry.details.get("again"):
        followers.leave(session, case.id, reporter.id, now)
    followers.forget_told(session, entry)
    actor = act_as_follower(str(reporter.line_user_id))
    lifecycle.apply(session, case, Action.NOTE, actor, now, details={"unjoined": entry.id})


def comment(
    session: Session,
    case: Case,
    chat_id: str,
    now: datetime,
    *,
    answer: str = "",
    words: str = "",
    message_id: str | None = None,
) -> HistoryEntry:
    """What a follower says of it, for the officers: an answer of the three, or words."""
    details = {"follower_says": answer} if answer else {}
    actor = act_as_follower(chat_id)
    return lifecycle.apply(session, case, Action.NOTE, actor, now, note=words, details=details, message_id=message_id)
