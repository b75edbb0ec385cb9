"""Passing a case on: to whom it may be offered, and how the offer ends: taken, refused, or unanswered.

The receiver's coordinators, their page by mail and the clocks all come through here.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import CaseLine, list_cases
from bot.messages.reminders import SINGLY
from bot.messages.theme import joined
from cases import (
    audience,
    chain,
    going_back,
    lifecycle,
    mailing,
    open_cases,
    passing_on,
    receivers,
    reminding,
    telling,
    views,
)
from cases.statuses import SYSTEM, Action, Actor, Role, Status
from storage import cases as stored
from storage import due_clocks, groups, outbox
from storage.due_clocks import DueClock
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
AGAIN = "transfer_again"  # told so: an office that had refused a case is asked once more
A_PAGE = 20  # cases in one bubble to a person: a call takes five bubbles, and is paid once


def is_offered_to(case: Case, organisation: str | None) -> bool:
    """Whether this office is asked to take the case; a confidential one is offered to nobody."""
    waits = case.status == Status.TRANSFERRING and not case.confidential
    return waits and organisation is not None and case.transfer_to == organisation


def find_hindrance(session: Session, case: Case, organisation: str) -> str | None:
    """Why a case cannot be offered to an office, as a key of the catalogue; None where it can."""
    told = stored.list_history(session, case.id)
    if case.confidential:
        return "transfer.confidential"
    if organisation == case.owner:
        return "transfer.is_yours"
    if chain.is_long(told):
        return "transfer.too_often"
    if organisation in chain.list_passed(told):
        return "transfer.had_it"
    return None if mailing.can_reach(session, organisation) else "transfer.unreachable"


def find_receiver(session: Session, case: Case, words: str) -> str | None:
    """The office that words name and that the case can be offered to; None: the officers find one."""
    named = receivers.find_named(words, case.owner)
    return named if named is not None and find_hindrance(session, case, named) is None else None


def list_choices(session: Session, case: Case, words: str = "") -> list[str]:
    """The offices to choose from, the likeliest first; none where the officers decide from here on."""
    told = stored.list_history(session, case.id)
    if case.confidential or chain.is_long(told):
        return []
    return receivers.list_likely(case, without=chain.list_passed(told), words=words)


def accept(
    session: Session, case: Case, actor: Actor, now: datetime, *, message_id: str | None = None
) -> HistoryEntry | None:
    """The receiver takes the case: it is theirs from here on. None where it is not offered to them (any more)."""
    if not is_offered_to(case, actor.organisation):
        return None
    return lifecycle.apply(session, case, Action.ACCEPT, actor, now, message_id=message_id)


def bounce(
    session: Session, case: Case, actor: Actor, now: datetime, *, reason: str, message_id: str | None = None
) -> HistoryEntry | None:
    """The receiver says that it is not theirs: back to where it was. None where it is not offered to them."""
    if not is_offered_to(case, actor.organisation):
        return None
    return lifecycle.apply(session, case, Action.BOUNCE, actor, now, note=reason, message_id=message_id)


def find_refused(session: Session, case: Case, organisation: str | None, now: datetime) -> HistoryEntry | None:
    """The refusal that this office may still take back: the latest thing done to the case, of today or so, and not for
    the third time.
    """
    last = stored.find_last_change(session, case.id)
    refused = last is not None and last.action == Action.BOUNCE and last.role == Role.COORDINATOR
    if last is None or not refused or organisation is None or last.details.get("to") != organisation:
        return None
    told = stored.list_history(session, case.id)
    often = sum(one.details.get(going_back.TOLD_AS) == AGAIN for one in told) >= chain.MOST_TAKEN_BACK
    late = now - last.at > chain.TAKEN_BACK_WITHIN
    possible = lifecycle.find_rule(Status(case.status), Action.TRANSFER, Role.COORDINATOR) is not None
    return last if possible and not (often or late or case.confidential) else None


def ask_again(session: Session, case: Case, actor: Actor, now: datetime) -> HistoryEntry | None:
    """The refusal was a slip: it is offered to this office as before. None where others have gone on from there."""
    refused = find_refused(session, case, actor.organisation, now)
    told = stored.list_history(session, case.id)
    offers = [one for one in told if one.action == Action.TRANSFER and refused is not None and one.id < refused.id]
    if refused is None or not offers or actor.organisation is None:
        return None
    outbox.drop_waiting(session, None, case.id, f"staff_{Action.BOUNCE}")
    details = {"undone": refused.id, going_back.TOLD_AS: AGAIN}
    entry = lifecycle.apply(
        session, case, Action.TRANSFER, actor, now, note=offers[-1].note, receiver=actor.organisation, details=details
    )
    passing_on.tell_asked_again(session, case, actor.organisation, now)
    return entry


def ring(session: Session, due: Sequence[DueClock], now: datetime) -> None:
    """The time to answer these offers is over: back to where they were. What came due together is told together.

    Of what was offered to nobody the officers are reminded, once; of danger again. To whom it is offered is asked once
    more while there is time.
    """
    cases = due_clocks.hold_cases(session, [one.case_id for one in due])
    waiting: list[Case] = []
    asked: dict[str, list[tuple[Case, DueClock]]] = {}
    for one in due:
        case = cases.get(one.case_id)
        if case is None or not due_clocks.claim(session, one, now, _find_next(case, one, now)):
            continue
        if case.status == Status.TRANSFERRING and one.due_at > now:
            if case.transfer_to is not None:  # who looks for an office has it before them
                asked.setdefault(case.transfer_to, []).append((case, one))
        elif case.status == Status.TRANSFERRING:
            waiting.append(case)
    for receiver, theirs in asked.items():
        _remind(session, receiver, theirs, now)
    offered = [case for case in waiting if case.transfer_to is not None]
    nobodys = [case for case in waiting if case.transfer_to is None]
    together = len(offered) > 1
    unanswered = {"unanswered": True}
    back = [
        (case, lifecycle.apply(session, case, Action.BOUNCE, SYSTEM, now, details=unanswered, quietly=together))
        for case in offered
    ]
    if together:
        _tell_reporters(session, back)
        _tell_senders(session, back, now)
        _list_for_staff(session, "transfer.title_unanswered_staff", back, now)
    if len(nobodys) > SINGLY:
        _list_for_staff(session, "transfer.title_nobody", [(case, None) for case in nobodys], now)
        return
    for case in nobodys:
        for chat_id in groups.list_bound(session, receivers.OMB):
            telling.show_to_staff(session, case, chat_id, now)


def _find_next(case: Case, one: DueClock, now: datetime) -> datetime | None:
    """When something is to be done about an offer again."""
    if one.due_at > now:
        return one.due_at
    return reminding.find_again(one.due_at, now) if one.any_hour and case.transfer_to is None else None


def _remind(session: Session, receiver: str, theirs: Sequence[tuple[Case, DueClock]], now: datetime) -> None:
    """What is offered lapses soon, or of danger half of the time to answer is over: each as it came, many in a list."""
    bound = groups.list_bound(session, receiver)
    listed = [(case, one) for case, one in theirs if not case.danger]
    listed = listed if bound and len(listed) > 1 else []
    for case, one in theirs:
        details = {"clock": one.kind, "due": one.due_at.isoformat(), "ahead": True}
        lifecycle.apply(session, case, Action.REMIND, SYSTEM, now, details=details)
        if (case, one) not in listed:
            _remind_of(session, case, receiver, one, bound, now)
    lines = [open_cases.see_offer(case, one, now) for case, one in listed]
    title = say(LANGUAGE, "transfer.title_remind", count=len(lines))
    for chat_id in bound if lines else ():
        shown = list_cases(title, lines, LANGUAGE, total=len(lines))
        outbox.queue(session, chat_id, shown, kind="reminder")


def _remind_of(session: Session, case: Case, receiver: str, one: DueClock, bound: Sequence[str], now: datetime) -> None:
    office = views.name_office(going_back.find_mover(session, case), LANGUAGE)
    until, key = say_moment(LANGUAGE, one.due_at, now=now), f"transfer.remind{'_danger' if case.danger else ''}"
    words = say(LANGUAGE, key, number=case.number, office=office, due=until)
    for chat_id in bound:
        urgent = bool(case.danger)
        outbox.queue(session, chat_id, text_bubble(words), kind="reminder", case_id=case.id, urgent=urgent)
        passing_on.show_offer(session, case, chat_id, now)
    if not bound:
        mailing.queue_mail(session, receiver, "offer", case, now, words=words)


def _tell_reporters(session: Session, back: Sequence[tuple[Case, HistoryEntry]]) -> None:
    """Each person of all of theirs in one call."""
    by_chat: dict[str, list[tuple[int, str]]] = {}
    for case, entry in back:
        for one in audience.list_told(session, case):
            office = views.name_office(case.owner, one.language)
            receiver = views.name_office(str(entry.details.get("to") or receivers.OMB), one.language)
            words = say(one.language, "told.bounce", number=case.number, office=office, receiver=receiver)
            by_chat.setdefault(one.chat_id, []).append((case.id, words))
    for chat_id, told in by_chat.items():
        length = A_PAGE if len(told) > SINGLY else 1
        pages = [told[start : start + length] for start in range(0, len(told), length)]
        for page in pages:
            words = "\n".join(each for _, each in page)
            case_id = page[0][0] if len(page) == 1 else None
            outbox.queue(session, chat_id, text_bubble(words), kind="told_bounce", case_id=case_id)


def _tell_senders(session: Session, back: Sequence[tuple[Case, HistoryEntry]], now: datetime) -> None:
    """Each office that had passed some on, in one call to each of its groups; by mail one by one."""
    by_owner: dict[str, list[tuple[Case, HistoryEntry]]] = {}
    for case, entry in back:
        if not case.confidential:
            by_owner.setdefault(case.owner, []).append((case, entry))
    for owner, theirs in by_owner.items():
        bound = groups.list_bound(session, owner)
        if len(theirs) == 1 or not bound:
            for case, entry in theirs:
                passing_on.tell_sender(session, case, entry, now)
            continue
        for chat_id in bound:
            _list(session, chat_id, "transfer.title_unanswered", theirs, now)
        for case, entry in theirs:
            passing_on.tell_lapsed(session, case, entry, now)


def _list_for_staff(
    session: Session, title: str, back: Sequence[tuple[Case, HistoryEntry | None]], now: datetime
) -> None:
    for chat_id in groups.list_bound(session, receivers.OMB):
        _list(session, chat_id, title, back, now)


def _list(
    session: Session, chat_id: str, title: str, back: Sequence[tuple[Case, HistoryEntry | None]], now: datetime
) -> None:
    """A list speaks of no single case; a tap on one opens its card."""
    lines = [_see_line(session, case, entry, now) for case, entry in back]
    shown = list_cases(say(LANGUAGE, title, count=len(lines)), lines, LANGUAGE, total=len(lines))
    outbox.queue(session, chat_id, shown, kind="reminder", urgent=any(case.danger for case, _ in back))


def _see_line(session: Session, case: Case, entry: HistoryEntry | None, now: datetime) -> CaseLine:
    """One case in such a list; of a confidential one the number alone."""
    if case.confidential:
        return CaseLine(case.id, case.number, say(LANGUAGE, "desk.confidential"), late=True)
    due = ""
    if entry is not None:
        receiver = views.name_khet(str(entry.details.get("to") or receivers.OMB), LANGUAGE)
        haste = passing_on.say_haste(session, case, now)
        due = joined(haste, say(LANGUAGE, "transfer.line_unanswered", office=receiver))
    category, place = views.name_category(case.category, LANGUAGE), views.describe_place(case, LANGUAGE)
    return CaseLine(case.id, case.number, category, place, due, late=True)
