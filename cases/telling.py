"""Who hears what of a case: the reporter, the office's groups, the staff group.

`TELL` is what the life cycle's table names. Everything here only queues; nothing is sent before the commit.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.messages.added_photos import show_photos
from bot.messages.bubbles import text_bubble
from bot.messages.case_card import new_case
from bot.messages.closure import ask_closure
from bot.messages.desk_card import show_desk_case, tell_confidential
from cases import views
from cases.desk import OMB, STEPS
from cases.going_back import OFFICE_STEPS
from cases.phones import hide_phones
from cases.statuses import Action, Status
from clock import in_bangkok
from storage import groups, outbox, reporters
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_by, say_day, say_moment

GROUP_LANGUAGE = "th"  # offices work in Thai


def tell_reporter(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """One line to the person behind the case; a card with buttons when the office says it is done."""
    chat_id = reporters.get_reporter(session, case.reporter_id).line_user_id
    if chat_id is None:
        return
    if entry.action in (Action.RESOLVE, Action.NOT_FOUND):
        message = ask_closure(views.see_closure(session, case, entry.action, now), case.language)
        outbox.queue(session, chat_id, message, kind="closure", case_id=case.id)
        return
    words = _reporter_words(case, entry, now)
    outbox.queue(session, chat_id, text_bubble(words), kind=f"told_{entry.action}", case_id=case.id)


def _reporter_words(case: Case, entry: HistoryEntry, now: datetime) -> str:
    language = case.language
    values: dict[str, str] = {"number": case.number, "office": views.name_office(case.owner, language)}
    key = f"told.{entry.action}"
    if entry.action == Action.DISPATCH:
        key = "told.received" if entry.details.get("first") else "told.dispatched"
        values["sent"] = say_moment(language, entry.at, now=now)
        values["due"] = say_moment(language, case.acknowledge_by, now=now) if case.acknowledge_by else ""
    elif entry.action == Action.PROMISE:
        due = date.fromisoformat(entry.details["due"])
        values["due"] = say_day(language, due, today=in_bangkok(now).date())
        values["by"] = say_by(language, due, today=in_bangkok(now).date())
        if entry.details.get("delayed"):
            values["office"] = views.name_khet(case.owner, language)
            values["reason"] = entry.details.get("reason") or ""
            key = "told.put_off_because" if values["reason"] else "told.put_off"
    elif entry.details.get("waiting"):
        key, values["reason"] = "told.waiting", entry.note or ""
    elif entry.action == Action.ASK:
        values["question"] = entry.note or ""
    elif entry.action == Action.UNDO:
        values["status"] = views.name_status(Status(case.status), language)
    return say(language, key, **values)


def tell_groups(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The owner's groups: the card when a case comes to them, else a line, quoted like the card."""
    if case.confidential and case.owner != OMB:
        return
    for chat_id in groups.list_bound(session, case.owner):
        if chat_id == entry.chat_id:
            continue
        if entry.action not in (Action.DISPATCH, Action.REOPEN):
            words = _group_words(case, entry)
            pictures = [] if case.confidential else views.list_added_pictures(session, case, entry, now)
            message = show_photos(words, pictures, GROUP_LANGUAGE) if pictures else text_bubble(words)
            outbox.queue(session, chat_id, message, kind="line", case_id=case.id)
        elif entry.details.get("card", True):
            show_card(session, case, chat_id, now)


def _group_words(case: Case, entry: HistoryEntry) -> str:
    """What the reporter did; never what they wrote of a confidential case, nor a number to call them at."""
    if case.confidential:
        return say(GROUP_LANGUAGE, "staff.confidential_moved", number=case.number)
    note = _for_group(case, entry.note or "")
    return say(GROUP_LANGUAGE, f"group.told_{entry.action}", number=case.number, note=note)


def _for_group(case: Case, words: str) -> str:
    """What a reporter wrote, without a number to call them at unless they allowed it."""
    return words if case.phone_shared else _hide_phones(words)


def _hide_phones(words: str) -> str:
    return hide_phones(words, say(GROUP_LANGUAGE, "group.phone_hidden"))


def show_card(session: Session, case: Case, chat_id: str, now: datetime) -> None:
    """Put the case card into a group of its office."""
    if case.confidential:
        _show_confidential(session, case, chat_id)
        return
    view = views.see_card(session, case, now)
    shown = replace(view, text=_for_group(case, view.text), place=_for_group(case, view.place))
    outbox.queue(session, chat_id, new_case(shown, GROUP_LANGUAGE), kind="card", case_id=case.id)


def show_to_staff(session: Session, case: Case, chat_id: str, now: datetime) -> None:
    """Put a case before the Ombudsman's group: to be worked on where it is theirs, else to be read."""
    if case.confidential:
        _show_confidential(session, case, chat_id)
        return
    status = Status(case.status)
    if case.owner == OMB and status not in STEPS:
        show_card(session, case, chat_id, now)
        return
    view = views.see_desk_card(session, case, now)
    shown = replace(view, text=_hide_phones(view.text), place=_hide_phones(view.place))
    if status == Status.DISPUTED:  # the reason is the reporter's; an office's own words stand as they are
        shown = replace(shown, reason=_hide_phones(view.reason))
    outbox.queue(session, chat_id, show_desk_case(shown, GROUP_LANGUAGE), kind="card", case_id=case.id)


def _show_confidential(session: Session, case: Case, chat_id: str) -> None:
    """The number, what kind and which khet: a LINE group cannot keep who looked, so it is shown nothing else."""
    category = views.name_category(case.category, GROUP_LANGUAGE)
    khet = views.name_khet(case.district, GROUP_LANGUAGE) if case.district else ""
    message = tell_confidential(case.number, category, khet, GROUP_LANGUAGE)
    outbox.queue(session, chat_id, message, kind="line", case_id=case.id)


def show_after_photo(session: Session, case: Case, now: datetime) -> None:
    """The after-photo came later than the words: the reporter, who was asked already, gets the picture alone."""
    chat_id = reporters.get_reporter(session, case.reporter_id).line_user_id
    pictures = views.list_after_pictures(session, case, now)
    if chat_id is None or not pictures:
        return
    office = views.name_khet(case.owner, case.language)
    words = say(case.language, "told.after_photo", number=case.number, office=office)
    message = show_photos(words, pictures[:1], case.language)
    outbox.queue(session, chat_id, message, kind="told_photo", case_id=case.id)


def tell_staff(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The Ombudsman's group: the case with the reason when it comes before the officers, else what happened."""
    if case.owner == OMB and entry.action in (Action.ADD, Action.WITHDRAW):
        return  # told to its owner's groups, which are the same
    if Status(case.status) in STEPS and entry.action == STEPS[Status(case.status)]:
        _bring_before_staff(session, case, entry, now)
        return
    key = f"staff.{entry.action}"
    handed_back = entry.from_status in (Status.TRANSFERRING, Status.DECLINED)
    if handed_back and case.status != Status.DECLINED and entry.action in (*OFFICE_STEPS, Action.UNDO):
        key = "staff.taken_on"
    _line_to_staff(session, case, key, skip=entry.chat_id)


def _bring_before_staff(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    for chat_id in groups.list_bound(session, OMB):
        if chat_id == entry.chat_id:
            continue
        if case.confidential:
            words = f"{case.number} {views.say_step(case, entry, GROUP_LANGUAGE)}"
            outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id)
        else:
            show_to_staff(session, case, chat_id, now)


def tell_reason(session: Session, case: Case, entry: HistoryEntry) -> None:
    """Why the reporter says that it is not fixed: to the Ombudsman's officers, who decide."""
    words = say(GROUP_LANGUAGE, "staff.reason", number=case.number, note=_hide_phones(entry.note or ""))
    pictures = views.list_added_pictures(session, case, entry, entry.at)
    if case.confidential:
        words, pictures = say(GROUP_LANGUAGE, "staff.confidential_moved", number=case.number), []
    message = show_photos(words, pictures, GROUP_LANGUAGE) if pictures else text_bubble(words)
    for chat_id in groups.list_bound(session, OMB):
        outbox.queue(session, chat_id, message, kind="staff", case_id=case.id)


def tell_delicate(session: Session, case: Case) -> None:
    """A reporter added something against an official: staff learn that it is there, and nothing of what it says."""
    _line_to_staff(session, case, "staff.delicate")


def tell_kept_waiting(session: Session, case: Case, now: datetime) -> None:
    """No group is bound yet: the reporter gets the number and the truth, staff see which office lacks one."""
    chat_id = reporters.get_reporter(session, case.reporter_id).line_user_id
    office = views.name_office(case.owner, case.language)
    if chat_id is not None:
        words = say(case.language, "told.kept", number=case.number, office=office)
        outbox.queue(session, chat_id, text_bubble(words), kind="told_kept", case_id=case.id)
    _line_to_staff(session, case, "staff.no_group")


def _line_to_staff(session: Session, case: Case, key: str, skip: str | None = None) -> None:
    words = say(
        GROUP_LANGUAGE,
        key,
        number=case.number,
        office=views.name_office(case.owner, GROUP_LANGUAGE),
        status=views.name_status(Status(case.status), GROUP_LANGUAGE),
    )
    for chat_id in groups.list_bound(session, OMB):
        if chat_id != skip:
            outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id)


TELL: dict[str, Callable[[Session, Case, HistoryEntry, datetime], None]] = {
    "reporter": tell_reporter,
    "group": tell_groups,
    "staff": tell_staff,
}
