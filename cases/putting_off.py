"""A day that an office named was missed or cannot be kept: the new one, and the reason, which the reporter reads."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, office_updates, reporter_mail, standing, telling, views
from cases.office_updates import Made, Stands, Update
from cases.phones import find_personal
from cases.statuses import Action, Actor
from clock import in_bangkok
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import outbox
from storage.models import Case, HistoryEntry
from texts.catalog import say

LATE = "late"  # under which a note names the missed day that it tells the reason of
BECAUSE = "because"  # under which a note names the promise that it gives the reason for


def put_off(
    session: Session, case: Case, due: date, reason: str, actor: Actor, now: datetime, *, message_id: str | None = None
) -> Made | Stands:
    """Name another day, with the reason; the caller holds the case's row."""
    update = Update(Action.PROMISE, reason, due, message_id, delayed=True, reason=reason)
    return office_updates.take_update(session, case, update, actor, now)


def is_missed(session: Session, case: Case, now: datetime) -> bool:
    """Whether the named day is over and the work is not done."""
    running = stored_clocks.find_running(session, case.id, "promise")
    return case.promised_on is not None and running is not None and running.due_at <= now


def find_told_reason(session: Session, case: Case) -> str | None:
    """Why the day that stands was missed, where somebody said so before they named another."""
    if case.promised_on is None:
        return None
    day = case.promised_on.isoformat()
    told = reversed(stored.list_history(session, case.id))
    # Where there are no words any more, their writer has taken them back.
    return next((entry.details["reason"] for entry in told if entry.details.get(LATE) == day and entry.note), None)


def wants_reason(session: Session, entry: HistoryEntry, now: datetime) -> bool:
    """Whether a new day was named after the time for the old one had passed, and nobody said why."""
    if entry.action != Action.PROMISE or entry.details.get("reason") or not entry.details.get("before"):
        return False
    stopped = stored_clocks.list_stopped_at(session, entry.case_id, entry.at)
    if kept := next((one for one in stopped if one.kind == "promise"), None):
        return kept.due_at <= now
    return date.fromisoformat(entry.details["before"]) < in_bangkok(now).date()


def find_unexplained(session: Session, case: Case, key: str) -> HistoryEntry | None:
    """The promise of this case under a key, where no reason was given for it since."""
    told = stored.list_history(session, case.id)
    entry = next((one for one in told if str(one.id) == key and one.action == Action.PROMISE), None)
    explained = any(one.details.get(BECAUSE) == key for one in told)
    undone = entry is not None and any(one.details.get("undone") == entry.id for one in told)
    return None if explained or undone else entry


def find_owed(session: Session, case: Case, now: datetime) -> HistoryEntry | None:
    """The day that stands, where it was named after another had passed and nobody has said why yet."""
    if case.promised_on is None or case.status not in views.PROMISED or is_missed(session, case, now):
        return None
    named = [one for one in stored.list_history(session, case.id) if one.action == Action.PROMISE or one.details]
    promises = [one for one in standing.list_standing(named) if one.action == Action.PROMISE]
    if not promises or not wants_reason(session, promises[-1], promises[-1].at):
        return None
    return find_unexplained(session, case, str(promises[-1].id))


def explain(
    session: Session,
    case: Case,
    entry: HistoryEntry,
    reason: str,
    actor: Actor,
    now: datetime,
    *,
    message_id: str | None = None,
) -> None:
    """The reason came after the day: kept with the case, and told to who heard of the day."""
    details: dict[str, object] = {BECAUSE: str(entry.id), "reason": reason}
    office_updates.note(session, case, reason, actor, now, details=details, message_id=message_id)

    def write(language: str, *, follower: bool = True) -> str:
        office, because = views.name_khet(case.owner, language), telling.hide_mobiles(case, reason, language)
        words = say(language, "reason.told", number=case.number, office=office, reason=because)
        return telling.for_follower(case, entry, words, language) if follower else words

    hearing = audience.list_told(session, case)
    for one in hearing:
        shown = text_bubble(write(one.language, follower=one.follower))
        outbox.queue(session, one.chat_id, shown, kind="told_reason", case_id=case.id)
    if all(one.follower for one in hearing):
        reporter_mail.tell(session, case, entry, write(case.language, follower=False), now)
    reporter_mail.tell_followers(session, case, entry, write, now)


def say_left_out(case: Case, reason: str, language: str) -> str:
    """That somebody's own number in a reason is not passed on to the reporter; "" where none stands there."""
    return say(language, "reason.number_left") if find_personal(reason, own=case.phone) else ""


def find_reason(session: Session, entry: HistoryEntry) -> str:
    """Why this day was put off, said with it or later; empty where nobody said."""
    told = stored.list_history(session, entry.case_id)
    later = (one.details.get("reason") for one in told if one.details.get(BECAUSE) == str(entry.id))
    return str(entry.details.get("reason") or next(later, None) or "")
