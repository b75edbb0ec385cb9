"""What was done with a case at a desk, as one line to the group of its office: as the group's own words are confirmed.

It rings for nobody: it comes with the next free answer there, at any hour, and only while it is the latest.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import mailing, reached, telling, views
from cases.desk import OMB
from cases.phones import hide_personal
from cases.statuses import Action, Actor, Role, Status
from clock import in_bangkok
from storage import cases as stored
from storage import groups, outbox, waiting
from storage.models import Case, HistoryEntry
from texts.catalog import has_text, say
from texts.moments import say_day

LANGUAGE = "th"  # offices work in Thai
AT_A_DESK = "user:"  # how the history names whoever is signed in


def tell_group(session: Session, case: Case, actor: Actor, name: str) -> None:
    """The group of the office that has the case: what was done last, in which words, and by whom."""
    entry = stored.find_last_change(session, case.id)
    if case.confidential or entry is None:
        return
    step = describe_step(session, entry, case, entry.at)
    words = say(LANGUAGE, "console.case.group_line", number=case.number, status=step, who=_name_who(actor, name))
    if entry.note and not entry.details.get("reason"):
        words = f"{words}\n{entry.note}"
    _tell(session, case, _hide(case, words), actor, entry.at, of_step=entry)


def tell_written(session: Session, case: Case, words: str, actor: Actor, name: str, now: datetime) -> None:
    """The group of the office that has the case: what was written to its reporter at the desk, and by whom."""
    if case.confidential:
        return
    who = _name_who(actor, name)
    line = say(LANGUAGE, "console.case.group_written", number=case.number, who=who, words=words)
    _tell(session, case, _hide(case, line), actor, now)


def _name_who(actor: Actor, name: str) -> str:
    return name if actor.role is Role.COORDINATOR else views.name_khet(str(actor.organisation), LANGUAGE)


def _hide(case: Case, words: str) -> str:
    own, instead = case.phone if case.phone_shared else None, say(LANGUAGE, "group.phone_hidden")
    return hide_personal(telling.for_colleagues(case, words), instead, own=own)


def _tell(
    session: Session, case: Case, words: str, actor: Actor, now: datetime, *, of_step: HistoryEntry | None = None
) -> None:
    """To its groups; by mail where it has none, what the officers did."""
    bound = groups.list_bound(session, case.owner)
    kind = waiting.AT_DESK if of_step is not None else "line"
    for chat_id in bound:
        unheard = outbox.drop_waiting(session, chat_id, case.id, kind) if of_step is not None else 0
        if of_step is None or not (unheard and _leads_back(session, of_step)):
            outbox.queue(session, chat_id, text_bubble(words), kind=kind, case_id=case.id, waits=True)
    if not bound and actor.role is Role.STAFF and case.owner != OMB:
        mailing.queue_mail(session, case.owner, "told", case, now, words=words)


def _leads_back(session: Session, step: HistoryEntry) -> bool:
    """Whether it took back what stood in a line that nobody read, and all is as the group knows it."""
    undone = step.details.get("undone") if step.action == Action.UNDO else None
    if undone is None:
        return False
    told = [one for one in stored.list_history(session, step.case_id) if one.id < undone]
    known = next((one for one in reversed(told) if one.action not in stored.QUIET_ACTIONS), None)
    return known is None or not str(known.actor_id).startswith(AT_A_DESK)


def describe_step(session: Session, entry: HistoryEntry, case: Case, now: datetime) -> str:
    """Short, as a group reads it: that work goes on, or for which day it is promised; else how the case stands.

    That the reporter was told stands there where they were.
    """
    if entry.action == Action.PROMISE and case.promised_on:
        due = views.say_promise(case, LANGUAGE, now)
        if reason := entry.details.get("reason"):
            return reached.say_by(session, case, LANGUAGE, "group.put_off_because", due=due, reason=reason)
        return say(LANGUAGE, "group.put_off" if entry.details.get("delayed") else "group.promised", due=due)
    if entry.action == Action.TRANSFER and case.transfer_to:
        return say(LANGUAGE, "group.step_offered", office=views.name_khet(case.transfer_to, LANGUAGE))
    if entry.action == Action.WAIT:
        look = date.fromisoformat(entry.details["look"])
        day = say_day(LANGUAGE, look, today=in_bangkok(now).date())
        return reached.say_by(session, case, LANGUAGE, "group.step_wait", look=day)
    if entry.action == Action.ASK:
        return reached.say_by(session, case, LANGUAGE, "group.step_ask")
    key = f"group.step_{entry.action}"
    return say(LANGUAGE, key) if has_text(key) else views.name_status(Status(case.status), LANGUAGE)
