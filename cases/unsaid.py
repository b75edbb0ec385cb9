"""What was not said yet when a case moved on: nobody hears any more what is no longer theirs, or no longer so."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from cases.desk import OMB
from cases.statuses import OVER, Action, Role, Status
from storage import helping, mail, outbox, sent_cards, waiting
from storage import unsaid as stored
from storage.models import Case, HistoryEntry

CARDS = ("card", "offer", "helping")
ASKS = (*CARDS, "reminder")  # of no use once the case is over
MAILED_CARDS = ("case", "offer")
MAILED_ASKS = (*MAILED_CARDS, "reminder", "escalation", "alarm")
MOVES = frozenset({Action.DISPATCH, Action.ACCEPT, Action.BOUNCE, Action.UNDO})
BACK = "line_back"  # the kind of line that tells an office that the case it had offered is theirs again
UNCALLED = "uncalled"  # the kind of line that tells the officers that nobody has rung about a question
REASON = "the case went elsewhere, or is over"
RENEWED = "said anew before it was heard"
UNSAID = "its words were taken back"


@dataclass(slots=True)
class Unheard:
    """Who has never heard of the case, for its card was not said yet: groups, and organisations told by mail."""

    chats: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)


def drop_stale(session: Session, case: Case, entry: HistoryEntry) -> Unheard:
    """After a step that may take the case from somebody: drop what they have not heard, and who thus knows nothing."""
    before, after = entry.from_status, Status(case.status)
    if entry.role == Role.COORDINATOR and entry.organisation == case.owner:
        for kind in (BACK, waiting.REMINDS_OFFICE):  # they have gone on from there, and spoken
            outbox.drop_waiting(session, None, case.id, kind)
    if after in OVER:
        outbox.drop_waiting(session, None, case.id, waiting.AT_DESK)
    if before == Status.NEEDS_INFO != after:
        outbox.drop_waiting(session, None, case.id, UNCALLED)
    over = after in OVER and before not in OVER
    left_offer = before == Status.TRANSFERRING != after
    if before in (None, Status.NEW) and not over:
        return Unheard()
    moved = entry.action in MOVES and (entry.action != Action.UNDO or "from" in entry.details)
    if not (over or left_offer or case.confidential or moved):
        return Unheard()
    return drop(session, case)


def drop(session: Session, case: Case) -> Unheard:
    """Drop what is not said yet of a case to groups and offices that have no part in it (any more)."""
    allowed: set[str | None] = (
        {OMB} if case.confidential else {OMB, case.owner, case.transfer_to, *_list_helpers(session, case)}
    )
    over = Status(case.status) in OVER
    if over or case.confidential:
        mail.drop_held(session, case.id)
    unheard = Unheard()
    _drop_bubbles(session, case, allowed, over, unheard)
    _drop_mails(session, case, allowed, over, unheard)
    return unheard


def is_unread(session: Session, chat_id: str, case_id: int, kind: str) -> bool:
    """Whether all that a chat was to hear so of a case has not come yet, for want of messages."""
    rows = [row for row in stored.list_rows(session, case_id) if row.chat_id == chat_id]
    ours = [row for row in rows if any(tie["case"] == case_id and tie["kind"] == kind for _, tie in row.bubbles)]
    known = sent_cards.find_last(session, [chat_id], case_id, kind) is not None
    return bool(ours) and not known and not any(row.maybe_said for row in ours)


def drop_line(session: Session, case: Case, organisation: str, line: str) -> bool:
    """Do not say this line of a case to an office any more; whether that comes before anybody there read it."""
    rows = stored.list_rows(session, case.id)
    whose = stored.find_organisations(session, {row.chat_id for row in rows})
    dropped = read = False
    for row in rows:
        holds = [tie["case"] == case.id and _is_line(message, line) for message, tie in row.bubbles]
        if whose.get(row.chat_id) != organisation or not any(holds):
            continue
        read |= row.maybe_said
        left = [bubble for held, bubble in zip(holds, row.bubbles, strict=True) if not held]
        stored.rewrite(session, row, left, UNSAID)
        dropped = True
    mails = [one for one in stored.list_mails(session, case.id) if one.organisation == organisation]
    mailed = [one.id for one in mails if line in one.words[1]]
    stored.drop_mails(session, mailed, UNSAID)
    read |= any(one.maybe_said for one in mails if one.id in mailed)
    return (dropped or bool(mailed)) and not read


def _is_line(message: object, line: str) -> bool:
    if isinstance(message, dict):
        return any(_is_line(value, line) for value in message.values())
    return any(_is_line(value, line) for value in message) if isinstance(message, list) else message == line


def drop_older(session: Session, chat_id: str, case_id: int | None, kind: str) -> None:
    """What a chat was to hear so of a case, and has not for want of messages: what is said now says it anew."""
    for row in stored.list_rows(session, case_id) if case_id is not None else ():
        if row.chat_id != chat_id or row.maybe_said:
            continue
        left = [(message, tie) for message, tie in row.bubbles if tie["case"] != case_id or tie["kind"] != kind]
        if len(left) < len(row.bubbles):
            stored.rewrite(session, row, left, RENEWED)


def list_told(session: Session, case: Case) -> Unheard:
    """The other way round: the groups in which something of the case stands or may stand, and who was mailed of it."""
    rows, mails = stored.list_rows(session, case.id), stored.list_mails(session, case.id)
    return Unheard(
        stored.list_chats_that_heard(session, case.id) | {row.chat_id for row in rows if row.maybe_said},
        stored.list_mailed(session, case.id) | {one.organisation for one in mails if one.maybe_said},
    )


def hush(session: Session, case: Case, unheard: Unheard) -> None:
    """Do not say to them what became of a case that they have never heard of."""
    outbox.unqueue(session, unheard.chats, case.id)
    if unheard.organisations:
        mails = [one.id for one in stored.list_mails(session, case.id) if one.organisation in unheard.organisations]
        stored.drop_mails(session, mails, REASON)


def _list_helpers(session: Session, case: Case) -> list[str]:
    return helping.list_for_case(session, case.id, helping.ACTIVE)


def _drop_bubbles(session: Session, case: Case, allowed: set[str | None], over: bool, unheard: Unheard) -> None:
    rows = stored.list_rows(session, case.id)
    if not rows:
        return
    whose = stored.find_organisations(session, {row.chat_id for row in rows})
    heard = stored.list_chats_that_heard(session, case.id) | {row.chat_id for row in rows if row.maybe_said}
    for row in rows:
        if row.chat_id not in whose:
            continue
        theirs = whose[row.chat_id] is not None and whose[row.chat_id] in allowed
        gone = [tie["case"] == case.id and (not theirs or (over and tie["kind"] in ASKS)) for _, tie in row.bubbles]
        if not any(gone):
            continue
        lost_card = any(is_gone and tie["kind"] in CARDS for is_gone, (_, tie) in zip(gone, row.bubbles, strict=True))
        if lost_card and row.chat_id not in heard:
            unheard.chats.add(row.chat_id)
        left = [bubble for is_gone, bubble in zip(gone, row.bubbles, strict=True) if not is_gone]
        stored.rewrite(session, row, left, REASON)
    for row in stored.list_rows(session, case.id) if unheard.chats else ():
        if row.chat_id in unheard.chats:
            left = [bubble for bubble in row.bubbles if bubble[1]["case"] != case.id]
            stored.rewrite(session, row, left, REASON)


def _drop_mails(session: Session, case: Case, allowed: set[str | None], over: bool, unheard: Unheard) -> None:
    mails = stored.list_mails(session, case.id)
    offices = [one for one in mails if one.organisation not in mail.PEOPLE]
    gone = [one for one in offices if one.organisation not in allowed or (over and one.kind in MAILED_ASKS)]
    if not gone:
        return
    heard = stored.list_mailed(session, case.id) | {one.organisation for one in mails if one.maybe_said}
    unheard.organisations |= {one.organisation for one in gone if one.kind in MAILED_CARDS} - heard
    stored.drop_mails(session, [one.id for one in gone], REASON)
