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
from bot.messages.closure import ask_closure, ask_late
from bot.messages.desk_card import show_desk_case, tell_confidential
from bot.messages.question import ask_reporter
from bot.messages.theme import Part
from cases import (
    asked,
    audience,
    chain,
    danger_pace,
    gathering,
    mailing,
    office_hours,
    open_questions,
    photo_badge,
    proposing,
    quiet_hours,
    reporter_mail,
    staff_lines,
    told_days,
    views,
    who_helps,
)
from cases.audience import Told
from cases.danger import find_danger
from cases.desk import BY_HAND, OMB, STEPS
from cases.going_back import OFFICE_STEPS, TOLD_AS, find_mover
from cases.open_questions import BEHIND
from cases.phones import hide_one, hide_personal, hide_phones
from cases.statuses import Action, Role, Status
from cases.verdicts import DECIDED, SILENT
from clock import in_bangkok
from storage import cases as stored
from storage import groups, outbox, relays
from storage.models import Case, HistoryEntry
from texts.catalog import has_text, say
from texts.moments import say_by, say_day, say_moment

GROUP_LANGUAGE = "th"  # offices work in Thai
OFFERED = staff_lines.OFFERED


def tell_reporter(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """One line to the people behind the case; a card with buttons when the office says it is done.

    Followers hear what the reporter hears, but for what is asked of the reporter alone.
    """
    hearing = audience.list_told(session, case, new=bool(entry.details.get("first")))
    behind = BEHIND in entry.details
    if all(one.follower for one in hearing):
        reporter_mail.tell(session, case, entry, write_out(session, case, entry, now), now, held=behind)
    put = entry.action == Action.ASK or open_questions.find_taken_back(session, entry) is not None
    for one in hearing:
        if one.follower and put:
            continue
        if entry.action in (Action.RESOLVE, Action.NOT_FOUND):
            view = views.see_closure(session, case, entry.action, now, one)
            message, kind = ask_closure(view, one.language), "closure"
        else:
            words = _reporter_words(session, case, entry, now, one.language, outside=one.follower)
            shown = for_follower(case, entry, words, one.language) if one.follower else words
            message, kind = text_bubble(shown), f"told_{entry.action}"
            if entry.action == Action.ASK:
                message = ask_reporter(shown, case.id, entry.id, one.language)
            elif entry.details.get("answer") == SILENT and not one.follower:
                outcome = "not_found" if asked.was_not_found(session, case) else "resolved"
                message = ask_late(shown, case.id, one.language, outcome)
        outbox.queue(session, one.chat_id, message, kind=kind, case_id=case.id, waits=behind)
    if not put and not entry.details.get("first"):
        reporter_mail.tell_followers(
            session, case, entry, lambda each: _write_followers(session, case, entry, now, each), now, held=behind
        )


def _write_followers(session: Session, case: Case, entry: HistoryEntry, now: datetime, language: str) -> str:
    words = _reporter_words(session, case, entry, now, language, mailed=True, outside=True)
    return for_follower(case, entry, words, language)


def tell_followers(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """What the reporter has done, to those who only follow: that it was taken back, is well, or is not."""
    key = f"followers.{entry.action}{'_shared' if entry.details.get('shared') else ''}"
    reporter_mail.tell_followers(session, case, entry, lambda language: say(language, key, number=case.number), now)
    for one in audience.list_told(session, case):
        if one.follower:
            words = say(one.language, key, number=case.number)
            outbox.queue(session, one.chat_id, text_bubble(words), kind=f"told_{entry.action}", case_id=case.id)


def for_follower(case: Case, entry: HistoryEntry, words: str, language: str) -> str:
    """What an office wrote to the reporter, without the number or the name by which it may call them."""
    if entry.details.get("answer") == SILENT:  # it was not they who were asked
        return say(language, "followers.close_silent", number=case.number)
    nameless = words.replace(case.shared_name, say(language, "followers.reporter")) if case.shared_name else words
    return hide_phones(nameless, say(language, "followers.phone_hidden"))


def write_out(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> str:
    """What the reporter is told, for an e-mail or a call: there is nothing to tap."""
    if entry.action not in (Action.RESOLVE, Action.NOT_FOUND):
        return _reporter_words(session, case, entry, now, case.language, mailed=True, outside=True)
    view = views.see_closure(session, case, entry.action, now, Told("", case.language, follower=False))
    said = say(case.language, f"closure.{view.outcome}", org=view.org)
    question = say(case.language, f"closure.{view.outcome}_question")
    until = say(case.language, "closure.answer_by", when=view.answer_by) if view.answer_by else ""
    return "\n".join(part for part in (said, question, until) if part)


def _reporter_words(
    session: Session,
    case: Case,
    entry: HistoryEntry,
    now: datetime,
    language: str,
    *,
    mailed: bool = False,
    outside: bool = False,
) -> str:
    values: dict[str, str] = {"number": case.number, "office": views.name_office(case.owner, language)}
    values["into"] = entry.details.get("number", "")
    key = f"told.{entry.details.get(TOLD_AS) or entry.action}"
    if entry.action == Action.DISPATCH:
        key = "told.received" if entry.details.get("first") else "told.dispatched"
        if seen := quiet_hours.find_waiting(session, case, now):
            key, values["seen"] = f"{key}_later", say_moment(language, seen, now=now)
        key = "told.dispatched_by_hand" if BY_HAND in entry.details else key
        values["sent"] = say_moment(language, entry.at, now=now)
    if entry.action in (Action.DISPATCH, Action.CORRECT):  # corrected: there is danger, and the office has less time
        values["due"] = say_moment(language, case.acknowledge_by, now=now) if case.acknowledge_by else ""
    elif entry.action == Action.PROMISE:
        due = date.fromisoformat(entry.details["due"])
        values["due"] = say_day(language, due, today=in_bangkok(now).date())
        values["by"] = say_by(language, due, today=in_bangkok(now).date())
        key = name_day_told(entry.action, str(entry.from_status))
        if entry.details.get("delayed"):
            values["office"] = views.name_khet(case.owner, language)
            values["reason"] = hide_mobiles(case, entry.details.get("reason") or "", language)
            key = "told.put_off_because" if values["reason"] else "told.put_off"
    elif entry.action == Action.WAIT:
        key = name_day_told(entry.action, str(entry.from_status))
        values["reason"] = entry.note or ""
        values["look"] = say_day(language, date.fromisoformat(entry.details["look"]), today=in_bangkok(now).date())
    elif entry.action == Action.CLOSE and entry.details.get("answer") == "silent":
        key = "told.close_silent"
    elif entry.action == Action.ASK:
        values["question"] = open_questions.write(entry, language)
    elif unasked := open_questions.find_taken_back(session, entry):
        key, values["question"] = "told.not_asked", open_questions.write(unasked, language)
    elif entry.action in (Action.UNDO, Action.SPLIT):
        values["status"] = views.name_status(Status(case.status), language)
        if entry.role == Role.STAFF and not entry.details.get("from"):  # not its office has thought better of it
            values["office"] = views.name_office(entry.organisation or case.owner, language)
        if left := entry.details.get("from"):  # it was handed out, or taken, by mistake
            key = "told.not_sent" if entry.from_status == Status.DISPATCHED else "told.not_taken"
            if case.owner == OMB and case.status == Status.DISPATCHED:  # no office has it
                key = "told.not_sent_omb"
            values["receiver"] = views.name_office(left, language)
    elif entry.action == Action.CLOSE and entry.details.get("answer") in DECIDED:
        key = f"told.{entry.details['answer']}"
        values["reason"] = who_helps.say_who(entry.details.get("who"), language) or entry.note or ""
    elif entry.action == Action.TRANSFER:
        values["office"] = views.name_office(find_mover(session, case), language)
        if receiver := entry.details.get("to"):
            key = key if TOLD_AS in entry.details else "told.offered"
            values["receiver"] = views.name_office(receiver, language)
    elif entry.action == Action.BOUNCE and entry.details.get("to"):
        values["receiver"] = views.name_office(entry.details["to"], language)
    day = told_days.say_change(session, case, entry, now, language, outside=outside)
    if day and entry.action == Action.UNDO and key == "told.undo" and entry.from_status == case.status:
        key = "told.undo_day"  # nothing else changed
    in_mail = f"mailed.{key.removeprefix('told.')}"
    words = say(language, in_mail if mailed and has_text(in_mail) else key, **values)
    return f"{words} {day}" if day else words


def name_day_told(action: str, status: str) -> str:
    """The key of the words for a day or a wait; that its office has it is told once, before or with the first."""
    return f"told.{action}_again" if status == Status.IN_PROGRESS else f"told.{action}"


def tell_groups(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The owner's groups: the card when a case comes to them, else a line, quoted like the card; with none, a mail."""
    if case.confidential and case.owner != OMB:
        return
    if entry.action in gathering.ANSWERS:
        gathering.await_pieces(session, case, "answer", entry, now)
        return
    bound = groups.list_bound(session, case.owner)
    if not bound:
        _tell_by_mail(session, case, entry, now)
    for chat_id in bound:
        if chat_id == entry.chat_id:
            continue
        if entry.action not in (Action.DISPATCH, Action.REOPEN):
            words = _group_words(case, entry)
            pictures = [] if case.confidential else views.list_added_pictures(session, case, entry, now)
            message = show_photos(words, pictures, GROUP_LANGUAGE) if pictures else text_bubble(words)
            outbox.queue(session, chat_id, message, kind="line", case_id=case.id, urgent=bool(case.danger))
        elif entry.details.get("card", True):
            if not entry.details.get("first"):
                outbox.drop_waiting(session, chat_id, case.id, "card")  # as it stood before
            show_card(session, case, chat_id, now)
            _show_dispute(session, case, entry, chat_id, now)


def _show_dispute(session: Session, case: Case, entry: HistoryEntry, chat_id: str, now: datetime) -> None:
    """What the reporter showed of it goes back with the officers' instruction."""
    if entry.action != Action.REOPEN or entry.from_status != Status.DISPUTED or case.confidential:
        return
    pictures = views.list_disputed_pictures(session, case, now)
    if pictures:
        words = say(GROUP_LANGUAGE, "desk.disputed_photos", number=case.number)
        outbox.queue(session, chat_id, show_photos(words, pictures, GROUP_LANGUAGE), kind="line", case_id=case.id)


def _tell_by_mail(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    if entry.action not in (Action.DISPATCH, Action.REOPEN):
        mailing.queue_mail(session, case.owner, "told", case, now, words=_group_words(case, entry))
    elif entry.details.get("card", True):
        words = views.say_instruction(entry.note, GROUP_LANGUAGE) if entry.action == Action.REOPEN else ""
        mailing.queue_mail(session, case.owner, "case", case, now, words=words)


def _group_words(case: Case, entry: HistoryEntry) -> str:
    """What the reporter did; never what they wrote of a confidential case, nor a number to call them at."""
    if case.confidential:
        return say(GROUP_LANGUAGE, "staff.confidential_moved", number=case.number)
    note = for_group(case, entry.note or "")
    return say(GROUP_LANGUAGE, f"group.told_{entry.action}", number=case.number, note=note)


def for_group(case: Case, words: str) -> str:
    """What a reporter wrote, without a number to call them at unless they allowed it, nor anybody else's mobile."""
    if not case.phone_shared:
        return hide_numbers(words)
    return hide_personal(words, say(GROUP_LANGUAGE, "group.phone_hidden"), own=case.phone)


def for_colleagues(case: Case, words: str) -> str:
    """What an office wrote to another, or to the officers: the reporter's number only where they allowed it."""
    return hide_one(words, None if case.phone_shared else case.phone, say(GROUP_LANGUAGE, "group.phone_hidden"))


def hide_mobiles(case: Case, words: str, language: str) -> str:
    """What an office wrote, as the reporter reads it: their own number may stand in it, and lines of offices."""
    return hide_personal(words, say(language, "told.number_hidden"), own=case.phone)


def hide_numbers(words: str) -> str:
    return hide_phones(words, say(GROUP_LANGUAGE, "group.phone_hidden"))


def show_card(session: Session, case: Case, chat_id: str, now: datetime) -> None:
    """Put the case card into a group of its office."""
    if case.confidential:
        _show_confidential(session, case, chat_id)
        return
    night = not office_hours.is_daytime(session, case.owner, now)
    card = write_card(session, case, now, lasting=quiet_hours.find_waiting(session, case, now) is not None)
    urgent = danger_pace.is_pressing(session, case)
    outbox.queue(session, chat_id, card, kind="card", case_id=case.id, urgent=urgent, silent=night)


def write_card(session: Session, case: Case, now: datetime, *, lasting: bool = False) -> Part:
    """The card as its office reads it; `lasting`: on another day, perhaps."""
    view = views.see_card(session, case, now, lasting=lasting)
    return new_case(replace(view, text=for_group(case, view.text), place=for_group(case, view.place)), GROUP_LANGUAGE)


def show_to_staff(session: Session, case: Case, chat_id: str, now: datetime) -> None:
    """Put a case before the Ombudsman's group: to be worked on where it is theirs, else to be read."""
    if case.confidential:
        _show_confidential(session, case, chat_id)
        return
    if case.owner == OMB and Status(case.status) not in STEPS:
        show_card(session, case, chat_id, now)
        return
    card, urgent = write_desk_card(session, case, now), danger_pace.is_pressing(session, case)
    outbox.queue(session, chat_id, card, kind="card", case_id=case.id, urgent=urgent)


def write_desk_card(session: Session, case: Case, now: datetime) -> Part:
    """The card as the Ombudsman's officers read it."""
    view = views.see_desk_card(session, case, now)
    badge = photo_badge.write_badge(session, case, now)
    shown = replace(view, text=hide_numbers(view.text), place=hide_numbers(view.place), photos=badge)
    # The reason of a dispute is the reporter's; an office's own words stand as they are.
    disputed = case.status == Status.DISPUTED
    reason = hide_numbers(view.reason) if disputed else for_colleagues(case, view.reason)
    return show_desk_case(replace(shown, reason=reason, proposed=proposing.say_of(session, case)), GROUP_LANGUAGE)


def _show_confidential(session: Session, case: Case, chat_id: str) -> None:
    """The number, what kind and which khet: a LINE group cannot keep who looked, so it is shown nothing else."""
    category = views.name_category(case.category, GROUP_LANGUAGE)
    khet = views.name_khet(case.district, GROUP_LANGUAGE) if case.district else ""
    danger = bool(case.danger)
    message = tell_confidential(case.number, category, khet, GROUP_LANGUAGE, danger=danger)
    outbox.queue(session, chat_id, message, kind="line", case_id=case.id, urgent=danger)


def show_after_photo(session: Session, case: Case, now: datetime) -> None:
    """The after-photo came later than the words: the reporter and followers, asked already, get the picture alone."""
    pictures = views.list_after_pictures(session, case, now)
    for one in audience.list_told(session, case) if pictures else ():
        office = views.name_khet(case.owner, one.language)
        words = say(one.language, "told.after_photo", number=case.number, office=office)
        message = show_photos(words, pictures[:1], one.language)
        outbox.queue(session, one.chat_id, message, kind="told_photo", case_id=case.id)


def tell_staff(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The Ombudsman's group: the case with the reason when it comes before the officers, else what happened."""
    if case.owner == OMB and entry.action in (Action.ADD, Action.WITHDRAW):
        return  # told to its owner's groups, which are the same
    if entry.action == Action.ADD and not (case.danger or case.confidential) and find_danger(entry.note or ""):
        return  # they read it as danger, in its own words
    if entry.action == Action.DISPUTE and entry.role == Role.REPORTER:
        gathering.await_reason(session, case, entry, now)
        return
    if entry.action == Action.CONFIRM and relays.take(session, case.id, "dispute") is not None:
        return  # the officers have not heard yet that it was not done
    if entry.action in (Action.ACCEPT, Action.BOUNCE) or (entry.action == Action.TRANSFER and case.transfer_to):
        _tell_of_transfer(session, case, entry)
        return
    if Status(case.status) in STEPS and entry.action == STEPS[Status(case.status)]:
        bring_before_staff(session, case, entry, now)
        return
    key = f"staff.{entry.action}"
    if entry.action == Action.SHIELD and entry.role == Role.REPORTER:
        key = "staff.shield_chosen"
    handed_back = entry.from_status in (Status.TRANSFERRING, Status.DECLINED)
    if handed_back and case.status != Status.DECLINED and entry.action in (*OFFICE_STEPS, Action.UNDO):
        key = "staff.put_back" if entry.action == Action.UNDO and entry.role == Role.STAFF else "staff.taken_on"
    left = key in ("staff.taken_on", "staff.put_back")
    staff_lines.tell(session, case, key, skip=entry.chat_id, instead_of_card=left)


def _tell_of_transfer(session: Session, case: Case, entry: HistoryEntry) -> None:
    """One office offers it to another: officers need not act, but see where it goes, and when it goes in circles."""
    told = stored.list_history(session, case.id)
    long = entry.action == Action.ACCEPT and chain.is_long(told)
    key = "staff.chain" if long else "staff.unanswered" if entry.details.get("unanswered") else f"staff.{entry.action}"
    key = "staff.offered" if entry.action == Action.TRANSFER else key
    offices = " → ".join(views.name_khet(each, GROUP_LANGUAGE) for each in chain.list_owners(told))
    words = say(
        GROUP_LANGUAGE,
        key,
        number=case.number,
        office=views.name_office(find_mover(session, case), GROUP_LANGUAGE),
        receiver=views.name_office(str(case.transfer_to or entry.details.get("to") or OMB), GROUP_LANGUAGE),
        status=views.name_status(Status(case.status), GROUP_LANGUAGE),
        reason=entry.note or "",
        chain=offices,
    )
    at_once = long or bool(entry.details.get("unanswered") or case.danger)
    kind = OFFERED if entry.action == Action.TRANSFER else f"staff_{entry.action}"
    outbox.drop_waiting(session, None, case.id, OFFERED)  # the offer that it answers is none any more
    for chat_id in groups.list_bound(session, OMB):
        if chat_id != entry.chat_id:
            outbox.queue(session, chat_id, text_bubble(words), kind=kind, case_id=case.id, waits=not at_once)


def bring_before_staff(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The case, and by what it came there; in a confidential one no more than that."""
    for chat_id in groups.list_bound(session, OMB):
        if chat_id == entry.chat_id:
            continue
        if case.confidential:
            words = f"{case.number} {views.say_step(case, entry, GROUP_LANGUAGE)}"
            urgent = bool(case.danger)
            outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id, urgent=urgent)
        else:
            for kind in ("card", f"staff_{Action.BOUNCE}"):  # as it stood before
                outbox.drop_waiting(session, chat_id, case.id, kind)
            show_to_staff(session, case, chat_id, now)


TELL: dict[str, Callable[[Session, Case, HistoryEntry, datetime], None]] = {
    "followers": tell_followers,
    "reporter": tell_reporter,
    "group": tell_groups,
    "staff": tell_staff,
}
