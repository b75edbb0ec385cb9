"""What waited for a chat, as it is when it is said at last: a card shows where its case stands then, and no question
is put that is open no more, or that names a day which has passed.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.theme import Part
from cases import asked, passed_moments, passing_on, telling
from cases.audience import Told
from cases.desk import OMB, STEPS
from cases.statuses import OVER, Status
from storage import cases as stored
from storage import groups, reporters
from storage.models import Case, Conversation
from storage.waiting import Said

CARD, ASK = "card", asked.KINDS["answer"]
# What is said to people, by kind, and where a case stands as long as that is of use.
PUT_AT = {
    "closure": Status.RESOLVED,
    "nudge_confirm": Status.RESOLVED,
    ASK: Status.NEEDS_INFO,
    "nudge_answer": Status.NEEDS_INFO,
}


def renew(session: Session, chat_id: str, said: list[Said], *, now: datetime) -> list[Said]:
    """The same bubbles, those of no use any more left out; in the transaction that says them."""
    renewed = [_renew(session, chat_id, one, now) for one in said]
    unasked = {tie["case"] for (_, tie), new in zip(said, renewed, strict=True) if new is None and tie["kind"] == ASK}
    # That a question was taken back is news to nobody who never read it.
    left = [one for one in renewed if one and not (one[1]["kind"] == "told_undo" and one[1]["case"] in unasked)]
    return passed_moments.renew(session, chat_id, left, now)


def _renew(session: Session, chat_id: str, one: Said, now: datetime) -> Said | None:
    tie = one[1]
    kind = tie["kind"]
    if kind not in (CARD, passing_on.OFFER) and kind not in PUT_AT:
        return one
    case = stored.find_case(session, tie["case"]) if tie["case"] is not None else None
    if case is None:
        return one
    if kind in (CARD, passing_on.OFFER):
        write = _write_card if kind == CARD else _write_offer
        shown = write(session, chat_id, case, now)
        return (shown, tie) if shown is not None else None
    if case.status != PUT_AT[kind]:
        return None
    return (_put_again(session, chat_id, case, now), tie) if kind == asked.KINDS["confirm"] else one


def _write_card(session: Session, chat_id: str, case: Case, now: datetime) -> Part | None:
    """For the group that it is written for; None where that has no part in the case any more, or nobody has."""
    organisation = groups.find_organisation(session, chat_id)
    if case.confidential or Status(case.status) in OVER or organisation not in (OMB, case.owner):
        return None
    if organisation == OMB and (case.owner != OMB or Status(case.status) in STEPS):
        return telling.write_desk_card(session, case, now)
    return telling.write_card(session, case, now, lasting=True)


def _write_offer(session: Session, chat_id: str, case: Case, now: datetime) -> Part | None:
    """None where the office has answered meanwhile, or is not asked any more."""
    asked_now = case.status == Status.TRANSFERRING and not case.confidential
    if not asked_now or case.transfer_to != groups.find_organisation(session, chat_id):
        return None
    return passing_on.write_offer(session, case, now, lasting=True)


def _put_again(session: Session, chat_id: str, case: Case, now: datetime) -> Part:
    """Whether it is well, with the days that its reader has from now on."""
    follower = reporters.get_reporter(session, case.reporter_id).line_user_id != chat_id
    chat = session.get(Conversation, chat_id) if follower else None
    language = chat.language if chat is not None else case.language
    [(question, _)] = asked.write(session, case, Told(chat_id, language, follower), now)
    return question
