"""A case on its way from one office to another: whom it is offered to, who has it then, and what both offices hear.

The sender stays the owner until the receiver takes it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.case_card import new_case
from bot.messages.theme import Part
from cases import danger_pace, going_back, mailing, office_lines, receivers, telling, unsaid, views
from cases.desk import OMB
from cases.statuses import Action, Role, Status
from storage import clocks as stored_clocks
from storage import groups, outbox, waiting
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_lasting_moment, say_moment

LANGUAGE = "th"
OFFER_BUTTONS = ("accept", "bounce")
OFFER = "offer"  # the kind of card that asks an office to take a case
TAKEN = "line_taken"  # the kind of line that tells a sender that the case was taken


class NotOffered(ValueError):
    """Somebody took or refused a case that was offered to nobody."""


def move(
    case: Case, action: Action, receiver: str | None, undone: HistoryEntry | None, *, leads_to: Status
) -> dict[str, Any]:
    """Write to the case whom it is offered to, and who has it; what history keeps of that."""
    offered = case.transfer_to
    kept: dict[str, Any] = {"office": case.owner} if action is Action.DISPATCH else {}
    if action is Action.TRANSFER:
        if receiver is not None and (receiver == case.owner or case.confidential):
            raise ValueError(f"{case.number} cannot be offered to {receiver}: it is confidential, or already theirs")
        case.transfer_to = receiver
        return {"from": case.owner} | ({"to": receiver} if receiver else {})
    if action is Action.ACCEPT:
        if offered is None:
            raise NotOffered(f"{case.number} was offered to no office: dispatch it instead")
        kept = {"from": case.owner, "to": offered}
        case.owner = offered
    elif case.status == Status.TRANSFERRING and leads_to is not Status.TRANSFERRING and offered:
        kept |= {"to": offered}
    if leads_to is not Status.TRANSFERRING:
        case.transfer_to = None
    elif undone is not None and undone.action != Action.DISPATCH:
        case.transfer_to = undone.details.get("to")
        if undone.action == Action.ACCEPT:
            kept = {"from": case.owner, "to": undone.details["from"]}
            case.owner = undone.details["from"]
    if undone is not None and undone.action == Action.DISPATCH:
        kept = {"from": case.owner, "to": undone.details.get("from", case.owner)}
        case.owner = kept["to"]
    return kept


def tell_receiver(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The office that a case is offered to: the card with the reason; and later that it is wanted no more."""
    offered_now = case.transfer_to
    if case.confidential:
        return
    if offered_now is not None and entry.action == Action.UNDO and entry.details.get("from") == offered_now:
        _offer_again(session, case, offered_now, entry, now)
    elif offered_now is not None:
        bound = groups.list_bound(session, offered_now)
        for chat_id in bound:
            if chat_id != entry.chat_id:
                show_offer(session, case, chat_id, now)
        if not bound:
            mailing.queue_mail(session, offered_now, "offer", case, now, words=say_mailed_offer(session, case, now))
    elif (before := entry.details.get("to")) and before != case.owner:
        office_lines.tell(session, case, before, say(LANGUAGE, "transfer.over", number=case.number), now)


def _offer_again(session: Session, case: Case, receiver: str, entry: HistoryEntry, now: datetime) -> None:
    """Who had taken it has not after all: they are asked once more."""
    words = say(LANGUAGE, "transfer.accept_undone_here", number=case.number)
    bound = groups.list_bound(session, receiver)
    for chat_id in bound:
        outbox.drop_waiting(session, chat_id, case.id, waiting.AT_DESK)  # what they did with it as theirs
        if chat_id != entry.chat_id:
            urgent = danger_pace.is_pressing(session, case)
            outbox.queue(session, chat_id, text_bubble(words), kind="line", case_id=case.id, urgent=urgent)
            show_offer(session, case, chat_id, now)
    if not bound and entry.role == Role.STAFF:
        words = f"{words}\n{say_mailed_offer(session, case, now)}"
        mailing.queue_mail(session, receiver, "offer", case, now, words=words)


def show_offer(session: Session, case: Case, chat_id: str, now: datetime) -> None:
    """The card of a case that another office offers, put into a group."""
    card, urgent = write_offer(session, case, now), danger_pace.is_pressing(session, case)
    outbox.queue(session, chat_id, card, kind=OFFER, case_id=case.id, urgent=urgent)


def write_offer(session: Session, case: Case, now: datetime, *, lasting: bool = False) -> Part:
    """With the reason of who offers it, and the two answers; `lasting`: read on another day, perhaps."""
    view = views.see_card(session, case, now, lasting=lasting)
    warned = views.say_told_danger(session, case, LANGUAGE)
    shown = replace(
        view,
        text=telling.for_group(case, view.text),
        place=telling.for_group(case, view.place),
        buttons=OFFER_BUTTONS,
        notice="\n".join(filter(None, (warned, say_offer(session, case)))),
        due=_say_until(session, case, now, lasting=lasting),
        alternatives=None,
    )
    return new_case(shown, LANGUAGE)


def _say_until(session: Session, case: Case, now: datetime, *, lasting: bool) -> str:
    """By when the two answers count."""
    running = stored_clocks.find_running(session, case.id, "accept")
    if running is None:
        return ""
    say_when = say_lasting_moment if lasting else say_moment
    return say(LANGUAGE, "office.answer_before", due=say_when(LANGUAGE, running.due_at, now=now))


def say_mailed_offer(session: Session, case: Case, now: datetime) -> str:
    """The same at the head of a letter: who, why, and what becomes of it without an answer."""
    running = stored_clocks.find_running(session, case.id, "accept")
    office = views.name_office(case.owner, LANGUAGE)
    due = say_lasting_moment(LANGUAGE, running.due_at, now=now) if running is not None else ""
    lapses = say(LANGUAGE, "transfer.lapses", due=due, office=office) if due else ""
    return "\n".join(filter(None, (say_offer(session, case), lapses)))


def say_offer(session: Session, case: Case) -> str:
    """Who offers it, and why in their words."""
    return say(
        LANGUAGE,
        "transfer.offer",
        office=views.name_office(going_back.find_mover(session, case), LANGUAGE),
        reason=telling.for_colleagues(case, receivers.take_reason(views.find_reason(session, case)))
        or say(LANGUAGE, "transfer.no_reason"),
    )


def tell_sender(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """The office that passed it on: taken, or not after all, which can wait but for danger; or theirs again, which
    cannot.
    """
    if case.confidential:
        return
    receiver = views.name_office(str(entry.details.get("to") or OMB), LANGUAGE)
    values = {"number": case.number, "office": receiver, "reason": telling.for_colleagues(case, entry.note or "")}
    if entry.action == Action.ACCEPT:
        words = say(LANGUAGE, "transfer.accepted", **values)
        _tell_office(session, case, entry.details["from"], words, now, waits=not case.danger, kind=TAKEN)
    elif entry.action == Action.UNDO:
        values["office"] = views.name_office(str(case.transfer_to or OMB), LANGUAGE)
        words = say(LANGUAGE, "transfer.accept_undone", **values)
        _tell_office(session, case, case.owner, words, now, waits=not case.danger, takes_back=TAKEN)
        _tell_officers(session, case, words)
    else:
        key = "transfer.unanswered" if entry.details.get("unanswered") else "transfer.bounced"
        words = "\n".join(filter(None, (say(LANGUAGE, key, **values), say_haste(session, case, now))))
        _tell_office(session, case, case.owner, words, now, waits=False, kind=unsaid.BACK, opens=True)
        if entry.role == Role.SYSTEM:
            tell_lapsed(session, case, entry, now)


def tell_asked_again(session: Session, case: Case, receiver: str, now: datetime) -> None:
    """The office that passed it on: who had refused it thinks about it again."""
    words = say(LANGUAGE, "transfer.asked_again", number=case.number, office=views.name_office(receiver, LANGUAGE))
    _tell_office(session, case, case.owner, words, now, waits=not case.danger, takes_back=unsaid.BACK)


def tell_lapsed(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> None:
    """Who was asked at night to take danger, and has not answered, hears that it is theirs no more."""
    if case.danger and entry.details.get("to"):
        over = say(LANGUAGE, "transfer.lapsed", number=case.number, office=views.name_office(case.owner, LANGUAGE))
        _tell_office(session, case, entry.details["to"], over, now, waits=False)


def say_haste(session: Session, case: Case, now: datetime) -> str:
    """Of a case that is back: what makes haste, and by when it is to be taken; "" where nothing does."""
    running = stored_clocks.find_running(session, case.id, "acknowledge")
    due = say_moment(LANGUAGE, running.due_at, now=now) if running is not None else ""
    if case.danger:
        return say(LANGUAGE, f"transfer.back_danger{'_due' if due else ''}", due=due)
    warned = views.say_told_danger(session, case, LANGUAGE)
    return "\n".join(filter(None, (warned, say(LANGUAGE, "transfer.back_due", due=due) if due else "")))


def _tell_officers(session: Session, case: Case, words: str) -> None:
    """That an office has not taken it after all, where they heard that it had."""
    for chat_id in groups.list_bound(session, OMB):
        if not outbox.drop_waiting(session, chat_id, case.id, f"staff_{Action.ACCEPT}"):
            outbox.queue(session, chat_id, text_bubble(words), kind="staff", case_id=case.id, waits=not case.danger)


def _tell_office(
    session: Session,
    case: Case,
    organisation: str,
    words: str,
    now: datetime,
    *,
    waits: bool,
    kind: str = "line",
    takes_back: str = "",
    opens: bool = False,
) -> None:
    urgent = not waits and danger_pace.is_pressing(session, case)
    office_lines.tell(
        session,
        case,
        organisation,
        words,
        now,
        waits=waits,
        urgent=urgent,
        kind=kind,
        takes_back=takes_back,
        opens=opens,
    )


TELL: dict[str, Callable[[Session, Case, HistoryEntry, datetime], None]] = {
    "receiver": tell_receiver,
    "sender": tell_sender,
}
