"""Who hears that a case was put right, and in which words: its offices, its reporter, and who was called for danger."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import office_lines, telling, unsaid, views
from cases.desk import OMB, STEPS
from cases.going_back import TOLD_AS
from cases.statuses import Action, Status
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import groups, helping, outbox
from storage.models import Case, HistoryEntry, SlaClock
from texts.catalog import say
from texts.moments import say_lasting_moment, say_moment

LANGUAGE = "th"  # offices work in Thai
PLACE, DANGER = "place", "danger"
UNSURE, UNHEARD = "unsure", "unheard"
# Where its office is to do something about it, but for one that waits for another to take the case.
OFFICES_TURN = frozenset({Status.DISPATCHED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.NEEDS_INFO})


def mark_calm(case: Case, now: datetime, *, unsure: bool = False) -> dict[str, Any]:
    """What history is to keep of danger that was none, once the clocks are as they are without it. `unsure`: that it
    counts was a slip, and what its reporter told waits to be looked at again.
    """
    late = case.acknowledge_by is None or case.acknowledge_by <= now
    manner = UNSURE if unsure else "calm"
    return {"calm": True, TOLD_AS: f"{manner}_late" if late else manner} | ({UNSURE: True} if unsure else {})


def mark_unheard(session: Session, case: Case) -> dict[str, bool]:
    """What history is to keep of danger that no reporter reads of, for nothing runs of which they were told."""
    return {} if stored_clocks.find_running(session, case.id, "acknowledge") else {UNHEARD: True}


def tell(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """Who works on it reads it with the next thing said there anyway. Danger is told at once, and so it is that it was
    none, to all who heard of it; to the reporter as long as the time to accept it runs, of which they were told.
    """
    hurried, calms = bool(entry.details.get("danger")), bool(entry.details.get("calm"))
    if calms and not entry.details.get(UNSURE):  # else they are called again for what was told
        _tell_officers(session, case, entry)
    if case.confidential:
        return
    offices = [case.owner, case.transfer_to, *helping.list_for_case(session, case.id, helping.ACTIVE)]
    for office in dict.fromkeys(code for code in offices if code is not None and code != OMB):
        words = _write_line(session, case, entry, office, now)
        urgent, waits = calms or bool(case.danger), not (calms or hurried)
        office_lines.tell(session, case, office, words, now, waits=waits, urgent=urgent)
    raised = _find_raised(session, case, entry)
    known = not calms or raised is None or not raised.details.get(UNHEARD)
    if (hurried or calms) and known and stored_clocks.find_running(session, case.id, "acknowledge"):
        telling.tell_reporter(session, case, entry, now)


def _tell_officers(session: Session, case: Case, entry: HistoryEntry) -> None:
    """The officers' groups, where they were called for it: whoever is at it need not go on."""
    told = [one for one in stored.list_history(session, case.id) if one.id < entry.id]
    step = _find_raised(session, case, entry)
    raised = step.id if step is not None else 0
    if not any(one.id > raised and _called_officers(case, one) for one in told):
        return
    words = say(LANGUAGE, "staff.calm", number=case.number)
    for chat_id in groups.list_bound(session, OMB):
        unsaid.drop_older(session, chat_id, case.id, "reminder")
        if chat_id == entry.chat_id and entry.action == Action.CORRECT and "undone" not in entry.details:
            continue  # it answers whoever lowered it there
        outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id, urgent=True)


def _find_raised(session: Session, case: Case, entry: HistoryEntry) -> HistoryEntry | None:
    """The latest correction before this one by which it came to count as danger; None where it was told as that."""
    told = [one for one in stored.list_history(session, case.id) if one.id < entry.id and one.action == Action.CORRECT]
    return next((one for one in reversed(told) if one.details.get("danger")), None)


def _called_officers(case: Case, entry: HistoryEntry) -> bool:
    brought = entry.to_status == case.status and STEPS.get(Status(case.status)) == entry.action
    if brought and not entry.details.get("to"):
        return True  # it lies before them, and came there with its danger
    theirs = case.owner == OMB or entry.details.get("clock") == "decide"
    reminded = entry.action == Action.REMIND and theirs and not entry.details.get("ahead")
    called = entry.details.get("clock") == "danger"  # while its clocks counted days
    return entry.action == Action.ESCALATE or called or reminded


def _write_line(session: Session, case: Case, entry: HistoryEntry, office: str, now: datetime) -> str:
    """What is otherwise now, in one line to this office. A moment that is over is not named."""
    if entry.details["what"] == PLACE:
        place = telling.hide_numbers(views.describe_place(case, LANGUAGE))  # who helps may not call the reporter
        return say(LANGUAGE, "group.corrected_place", number=case.number, place=place)
    of_danger = entry.details["what"] == DANGER
    codes = (case.category if of_danger else entry.details[key] for key in ("before", "after"))
    before, after = (views.name_category(code, LANGUAGE) for code in codes)
    values = {"number": case.number, "before": before, "after": after}
    accepting = stored_clocks.find_running(session, case.id, "accept" if office == case.transfer_to else "acknowledge")
    mending = stored_clocks.find_running(session, case.id, "resolve")
    if entry.details.get("danger"):
        return _write_danger(session, case, accepting, mending, now, values)
    if before == after or entry.details.get("calm"):  # a danger that was none
        pressing = accepting or (mending if entry.details.get("clocks") else None)
        manner = UNSURE if entry.details.get(UNSURE) else "calm"
        key = f"corrected_{manner}" if before == after else f"corrected_{manner}_category"
        if pressing is None or pressing.due_at <= now:
            return say(LANGUAGE, f"group.{key}", **values)
        due = say_moment(LANGUAGE, pressing.due_at, now=now)
        return say(LANGUAGE, f"group.{key}_{'due' if accepting else 'mend'}", due=due, **values)
    due = say_lasting_moment(LANGUAGE, mending.due_at, now=now) if mending is not None else ""  # it waits to be said
    return say(LANGUAGE, f"group.corrected_category{'_due' if due else ''}", due=due, **values)


def _write_danger(
    session: Session,
    case: Case,
    accepting: SlaClock | None,
    mending: SlaClock | None,
    now: datetime,
    values: dict[str, str],
) -> str:
    """By when this office is to take it, or to mend it: no later than by the day that it has named."""
    if accepting is None and Status(case.status) not in OFFICES_TURN:
        status = views.name_status(Status(case.status), LANGUAGE)
        return say(LANGUAGE, "group.corrected_danger_waits", status=status, **values)
    if accepting is not None:
        due = say_moment(LANGUAGE, accepting.due_at, now=now)
        return say(LANGUAGE, "group.corrected_danger_due", due=due, **values)
    promised = stored_clocks.find_running(session, case.id, "promise")
    if promised is not None and now < promised.due_at and (mending is None or promised.due_at < mending.due_at):
        return say(LANGUAGE, "group.corrected_danger_mend", due=views.say_promise(case, LANGUAGE, now), **values)
    if mending is None or mending.due_at <= now or (promised is not None and promised.due_at <= now):
        return say(LANGUAGE, "group.corrected_danger", **values)
    due = say_moment(LANGUAGE, mending.due_at, now=now)
    return say(LANGUAGE, "group.corrected_danger_mend", due=due, **values)
