"""What an office says of a case, in words or by a button, made into a step of its life.

Nothing here depends on how it was said: a button, a quoted line and a line with the number come out the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cases import going_back, lifecycle, office_photos, open_questions
from cases.desk import PROPOSED
from cases.reply_reader import Reading
from cases.reply_waits import Wait
from cases.standing import find_undone
from cases.statuses import Action, Actor, Status
from cases.waiting import is_too_far
from clock import in_bangkok
from storage import cases as stored
from storage import media_returns
from storage.models import Case, HistoryEntry

# Saying again what already holds is agreement, not a mistake.
REACHED = {
    Action.ACKNOWLEDGE: {
        Status.ACKNOWLEDGED,
        Status.IN_PROGRESS,
        Status.NEEDS_INFO,
        Status.RESOLVED,
        Status.CLOSED,
    },
    Action.START: {Status.IN_PROGRESS, Status.RESOLVED, Status.CLOSED},
    Action.RESOLVE: {Status.RESOLVED, Status.CLOSED},
    Action.NOT_FOUND: {Status.RESOLVED, Status.CLOSED},
    Action.TRANSFER: {Status.TRANSFERRING},
    Action.DECLINE: {Status.DECLINED},
}
UPDATES = going_back.OFFICE_STEPS
CLOSING = frozenset({Action.RESOLVE, Action.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Update:
    """A step an office wants: what, in which words, by when, from which message, and when that was edited.

    `delayed`: the words put a day off; `reason`: why, as the reporter may read it.
    `receiver`: the office that a transfer offers the case to; `proposed`: one that cannot be asked. `photos`: pictures
    that came with it and are the case's already. `said`: where it was said before, and confirmed only now.
    """

    action: Action
    note: str | None = None
    due: date | None = None
    message_id: str | None = None
    edited_at: str | None = None
    delayed: bool = False
    reason: str | None = None
    receiver: str | None = None
    proposed: str | None = None
    photos: tuple[int, ...] = ()
    said: "Said | None" = None


@dataclass(frozen=True, slots=True)
class Said:
    """The note that holds words which were confirmed later: who wrote them, and when."""

    note_id: int
    person: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """The step was made."""

    entry: HistoryEntry
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Stands:
    """Nothing changed: the case is there already (`agreed`), or it cannot go there from where it stands.

    `too_far`: the day that was named is so far away that it is kept as no promise.
    """

    status: Status
    agreed: bool
    photos: int = 0
    too_far: date | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """A step was taken back, and these photos with it; they belong to no case again.

    `steps`: all of them that went, where one message did several.
    """

    entry: HistoryEntry
    photos: list[int]
    steps: tuple[int, ...] = ()


def from_reading(reading: Reading, note: str, message_id: str | None, edited_at: str | None = None) -> Update | None:
    """The step that a coordinator's words state; None where they state none."""
    if reading.action is None:
        return None
    action = Action(reading.action)
    if reading.due and action in (Action.ACKNOWLEDGE, Action.START):
        action = Action.PROMISE
    if action is Action.PROMISE and reading.due is None:
        action = Action.ACKNOWLEDGE  # "soon" is no date that could be kept or missed
    due = reading.due if action is Action.PROMISE else None
    return Update(action, note, due, message_id, edited_at)


def has_to_wait(update: Update, wait: Wait | None) -> bool:
    """Whether what words state comes to a wait for somebody outside: they named a day only where it is not theirs."""
    if wait is None or update.action in CLOSING or update.action is Action.ASK:
        return False
    return update.action is not Action.PROMISE or (wait.for_others and wait.dated)


def is_possible(case: Case, action: Action, actor: Actor) -> bool:
    """Whether this step can be made from where the case stands."""
    return lifecycle.find_rule(Status(case.status), action, actor.role) is not None


def take_update(session: Session, case: Case, update: Update, actor: Actor, now: datetime) -> Made | Stands:
    """Make the step, with the photos this person just sent; the caller holds the case's row.

    Where it changes nothing its words and photos are kept all the same.
    """
    status = Status(case.status)
    promised = update.action is Action.PROMISE and status == Status.IN_PROGRESS and case.promised_on == update.due
    possible = is_possible(case, update.action, actor) and not promised
    too_far = update.due if possible and is_too_far(update.due, in_bangkok(now).date()) else None
    agreed = promised or (not possible and status in REACHED.get(update.action, ()))
    photos = list(update.photos)
    if possible or agreed:
        author = replace(actor, person=update.said.person) if update.said else actor
        said_at = update.said.at if update.said else now
        photos += office_photos.take_photos(
            session, case, author, said_at, role="after" if update.action in CLOSING else "extra"
        )
    details: dict[str, object] = {"media": photos} if photos else {}
    if update.edited_at:
        details["edited_at"] = update.edited_at
    if update.said:
        details["maybe"] = update.said.note_id
    if update.proposed:
        details[PROPOSED] = update.proposed
    if _is_put_off(case, update):
        details |= {"delayed": True} | ({"reason": update.reason} if update.reason else {})
    if not possible or too_far:
        if update.note and not too_far:
            details[going_back.STATES] = update.action
        if update.note or photos:
            note(session, case, update.note, actor, now, details=details, message_id=update.message_id)
        return Stands(status, agreed, len(photos), too_far)
    entry = lifecycle.apply(
        session,
        case,
        update.action,
        actor,
        now,
        note=update.note,
        due=update.due,
        receiver=update.receiver,
        details=details,
        message_id=update.message_id,
    )
    return Made(entry, len(photos))


def acknowledge_behind(session: Session, case: Case, actor: Actor, now: datetime) -> bool:
    """Whoever writes to the reporter has read the case: it is noted, whether or not that is sent.

    True if this took on a case that nobody had answered yet; the reporter hears it with what is sent.
    """
    if case.status != Status.DISPATCHED or not is_possible(case, Action.ACKNOWLEDGE, actor):
        return False
    lifecycle.apply(session, case, Action.ACKNOWLEDGE, actor, now, details={open_questions.BEHIND: True})
    return True


def _is_put_off(case: Case, update: Update) -> bool:
    """Whether the reporter has to wait longer than they were told, or than the office had said it would take."""
    if update.action is not Action.PROMISE or update.due is None:
        return False
    return update.delayed if case.promised_on is None else update.due > case.promised_on


def note(
    session: Session,
    case: Case,
    words: str | None,
    actor: Actor,
    now: datetime,
    *,
    details: dict[str, object] | None = None,
    message_id: str | None = None,
) -> HistoryEntry:
    """Keep words or photos with the case; it stays where it stands."""
    return lifecycle.apply(session, case, Action.NOTE, actor, now, note=words, details=details, message_id=message_id)


def undo(
    session: Session,
    case: Case,
    entry_id: int,
    actor: Actor,
    now: datetime,
    *,
    quietly: bool = False,
    under: HistoryEntry | None = None,
) -> Undone | None:
    """Take back a step, if it is still the latest one; None where something has happened since.

    `under`: the step before it, which is taken back next and tells people of both.
    """
    step = going_back.find_undoable(session, case, actor.role)
    if step is None or step.id != entry_id or not is_possible(case, Action.UNDO, actor):
        return None
    photos = media_returns.release(session, going_back.list_photos_since(session, case, step), case.id, now)
    details = {going_back.UNDER: under.id} if under is not None else None
    quietly = quietly or under is not None
    return Undone(lifecycle.apply(session, case, Action.UNDO, actor, now, details=details, quietly=quietly), photos)


def undo_whole(
    session: Session, case: Case, steps: Sequence[HistoryEntry], actor: Actor, now: datetime
) -> Undone | None:
    """Take back all that one message did, its last step first; people hear of it once, as of the first one."""
    last, *before = sorted(steps, key=lambda one: one.id, reverse=True)
    under = going_back.find_change_before(session, case, last)
    first = next((one for one in before if under is not None and one.id == under.id), None)
    undone = undo(session, case, last.id, actor, now, under=first)
    whole = undo(session, case, first.id, actor, now) if undone is not None and first is not None else None
    if undone is None or first is None or whole is None:
        return replace(undone, steps=(last.id,)) if undone is not None else None
    return Undone(whole.entry, [*undone.photos, *whole.photos], (first.id, last.id))


def find_latest_step(session: Session, case: Case, actor: Actor) -> HistoryEntry | None:
    """The step that an undo would take back now."""
    return going_back.find_undoable(session, case, actor.role) if is_possible(case, Action.UNDO, actor) else None


def find_standing_step(session: Session, readings: Sequence[HistoryEntry]) -> HistoryEntry | None:
    """Of what a message was read as, the step that has not been undone."""
    for entry in reversed(readings):
        if entry.action in UPDATES:
            told = stored.list_history(session, entry.case_id)
            undone = any(later.details.get("undone") == entry.id for later in told)
            return None if undone else entry
    return None


def list_standing_steps(session: Session, readings: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Of what a message was read as, the steps that have not been undone."""
    steps = [entry for entry in readings if entry.action in UPDATES]
    told = stored.list_history(session, steps[0].case_id) if steps else []
    undone = find_undone(told)
    return [entry for entry in steps if entry.id not in undone]


def is_with(case: Case, organisation: str | None) -> bool:
    """Whether this office has the case now; a confidential one is nobody's but the Ombudsman's."""
    return organisation is not None and case.owner == organisation and (not case.confidential or organisation == "omb")
