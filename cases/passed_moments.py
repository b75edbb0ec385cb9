"""Lines that waited for a person and name a moment: once it has passed, where the case stands is said instead."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.theme import Part
from cases import arrival, views
from cases.statuses import Action, Status
from clock import in_bangkok
from storage import askings, reporters
from storage import cases as stored
from storage import clocks as stored_clocks
from storage.models import Case, Conversation, HistoryEntry
from storage.waiting import Said
from texts.catalog import say
from texts.moments import say_lasting_moment

RECEIPT = f"told_{Action.DISPATCH}"
PROMISED = f"told_{Action.PROMISE}"
BY_CLOCK = (RECEIPT, f"told_{Action.CORRECT}")  # until when the office is to answer
DAYS = {PROMISED: (Action.PROMISE, "due"), f"told_{Action.WAIT}": (Action.WAIT, "look")}


def renew(session: Session, chat_id: str, said: Sequence[Said], now: datetime) -> list[Said]:
    """What is said in one call, in its order, without the days that have passed or were put off since."""
    renewed = []
    for at, (message, tie) in enumerate(said):
        later = [one["kind"] for _, one in said[at + 1 :] if one["case"] == tie["case"]]
        shown = _renew(session, chat_id, message, tie, later, now) if tie["case"] is not None else message
        if shown is not None:
            renewed.append((shown, tie))
    return renewed


def _renew(
    session: Session, chat_id: str, message: Part, tie: dict[str, object], later: Sequence[str], now: datetime
) -> Part | None:
    kind = str(tie["kind"])
    if kind == PROMISED and PROMISED in later:
        return None  # the day that stands comes with it
    case = stored.find_case(session, int(str(tie["case"]))) if kind in DAYS or kind in BY_CLOCK else None
    if case is None or not _has_passed(session, case, kind, now):
        return message
    mine = reporters.get_reporter(session, case.reporter_id).line_user_id == chat_id
    first = mine and kind == RECEIPT and not askings.find_said(session, chat_id, case.id, kind, case.created_at)
    if later and not first:
        return None
    chat = session.get(Conversation, chat_id)
    language = case.language if mine or chat is None else chat.language
    unheard = case.status == Status.DISPATCHED and arrival.is_held_back(session, case)
    status = say(language, "track.on_its_way") if unheard else views.name_status(Status(case.status), language)
    sent = say_lasting_moment(language, case.created_at, now=now)
    key = "told.received_then" if first else "told.stands"
    return text_bubble(say(language, key, number=case.number, sent=sent, status=status))


def is_over(entry: HistoryEntry, now: datetime) -> bool:
    """Whether the day that this step named is over."""
    detail = next((detail for action, detail in DAYS.values() if action == entry.action), "")
    named = entry.details.get(detail)
    return named is not None and date.fromisoformat(named) < in_bangkok(now).date()


def _has_passed(session: Session, case: Case, kind: str, now: datetime) -> bool:
    """Whether the latest moment that a line of this kind named is over."""
    if kind in BY_CLOCK:
        due = [clock.due_at for clock in stored_clocks.list_of_kind(session, case.id, "acknowledge")]
        return bool(due) and max(due) <= now
    action, _ = DAYS[kind]
    told = (entry for entry in reversed(stored.list_history(session, case.id)) if entry.action == action)
    latest = next(told, None)
    return latest is not None and is_over(latest, now)
