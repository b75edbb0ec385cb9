"""What an office says of a case, in words or by a button, made into a step of its life.

Nothing here depends on how it was said: a button, a quoted line and a line with the number come out the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cases import lifecycle
from cases.reply_reader import Reading
from cases.statuses import Action, Actor, Status
from storage import cases as stored
from storage import media
from storage.models import Case, HistoryEntry

# What is furthest along comes last; saying again what already holds is agreement, not a mistake.
REACHED = {
    Action.ACKNOWLEDGE: {Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.NEEDS_INFO, Status.RESOLVED, Status.CLOSED},
    Action.START: {Status.IN_PROGRESS, Status.RESOLVED, Status.CLOSED},
    Action.RESOLVE: {Status.RESOLVED, Status.CLOSED},
    Action.NOT_FOUND: {Status.RESOLVED, Status.CLOSED},
    Action.TRANSFER: {Status.TRANSFERRING},
    Action.DECLINE: {Status.DECLINED},
}
PHOTO_MINUTES = timedelta(minutes=5)
UPDATES = frozenset({
    Action.ACKNOWLEDGE,
    Action.START,
    Action.PROMISE,
    Action.ASK,
    Action.TRANSFER,
    Action.RESOLVE,
    Action.NOT_FOUND,
    Action.DECLINE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Update:
    """A step an office wants: what, in which words, by when, from which message."""

    action: Action
    note: str | None = None
    due: date | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The step was made."""

    entry: HistoryEntry
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Stands:
    """Nothing changed: the case is already there (`agreed`), or the step is not possible from where it stands."""

    status: Status
    agreed: bool


def from_reading(reading: Reading, note: str, message_id: str | None) -> Update | None:
    """The step that a coordinator's words state; None where they state none."""
    if reading.action is None:
        return None
    action = Action(reading.action)
    if reading.due and action in (Action.ACKNOWLEDGE, Action.START):
        action = Action.PROMISE
    if action is Action.PROMISE and reading.due is None:
        action = Action.ACKNOWLEDGE  # "soon" is no date that could be kept or missed
    return Update(action, note, reading.due, message_id)


def take_update(session: Session, case: Case, update: Update, actor: Actor, now: datetime) -> Made | Stands:
    """Make the step, with the photos this person just sent; the caller holds the case's row."""
    status = Status(case.status)
    if lifecycle.find_rule(status, update.action, actor.role) is None:
        return Stands(status, agreed=status in REACHED.get(update.action, ()))
    photos = take_photos(session, case, actor, now)
    details = {}
    if update.action is Action.PROMISE and update.due:
        case.promised_on = update.due
        details["due"] = update.due.isoformat()
    entry = lifecycle.apply(
        session,
        case,
        update.action,
        actor,
        now,
        note=update.note,
        details=details,
        message_id=update.message_id,
    )
    return Made(entry, photos)


def take_photos(session: Session, case: Case, actor: Actor, now: datetime) -> int:
    """Give the case the photos that this person sent to this group in the last five minutes; how many."""
    if actor.person is None or actor.chat_id is None:
        return 0
    recent = media.find_recent_unclaimed(session, actor.chat_id, actor.person, now - PHOTO_MINUTES)
    return media.attach(session, [item.id for item in recent], case.id, "after")


def undo(session: Session, case: Case, entry_id: int, actor: Actor, now: datetime) -> HistoryEntry | None:
    """Take back a step, if it is still the latest one; None where something has happened since."""
    last = stored.find_last_change(session, case.id)
    if last is None or last.id != entry_id or last.action not in UPDATES:
        return None
    if lifecycle.find_rule(Status(case.status), Action.UNDO, actor.role) is None:
        return None
    if last.action == Action.PROMISE:
        case.promised_on = None
    return lifecycle.apply(session, case, Action.UNDO, actor, now, details={"undone": entry_id})
