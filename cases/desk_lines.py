"""What was done with a case at a desk, as one line to the group of its office: as the group's own words are confirmed.

It rings for nobody: it comes with the next free answer there, at any hour, and only while it is the latest.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import reached, telling, views
from cases.phones import hide_personal
from cases.statuses import Action, Actor, Role, Status
from clock import in_bangkok
from storage import cases as stored
from storage import groups, outbox, waiting
from storage.models import Case, HistoryEntry
from texts.catalog import has_text, say
from texts.moments import say_day

LANGUAGE = "th"  # offices work in Thai


def tell_group(session: Session, case: Case, actor: Actor, name: str) -> None:
    """The group of the office that has the case: what was done last, in which words, and by whom."""
    entry = stored.find_last_change(session, case.id)
    if case.confidential or entry is None:
        return
    office = views.name_khet(str(actor.organisation), LANGUAGE)
    who = name if actor.role is Role.COORDINATOR else office
    step = describe_step(session, entry, case, entry.at)
    words = say(LANGUAGE, "console.case.group_line", number=case.number, status=step, who=who)
    if entry.note and not entry.details.get("reason"):
        words = f"{words}\n{entry.note}"
    own, instead = case.phone if case.phone_shared else None, say(LANGUAGE, "group.phone_hidden")
    shown = hide_personal(telling.for_colleagues(case, words), instead, own=own)
    for chat_id in groups.list_bound(session, case.owner):
        outbox.drop_waiting(session, chat_id, case.id, waiting.AT_DESK)
        outbox.queue(session, chat_id, text_bubble(shown), kind=waiting.AT_DESK, case_id=case.id, waits=True)


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
