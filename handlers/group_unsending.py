"""A message in a group was taken back: a step that was read from it is undone where it still may be.

Where others have gone on from there the step stands, and the group learns that its words are withdrawn and where the
case is now. LINE gives no reply for it, so that it comes with the next thing said there; that a case is not done
after all is said at once.
"""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import card_line, name_person
from cases import (
    chain,
    helping,
    helping_unsaid,
    lifecycle,
    office_lines,
    office_updates,
    open_questions,
    passing_on,
    transfers,
    views,
)
from cases.desk_lines import describe_step
from cases.office_updates import CLOSING, Undone
from cases.statuses import OVER, Action, Actor, Status
from handlers import group_answers, group_photos, group_questions
from handlers.turn import Turn
from storage import cases as stored
from storage import followers, group_people, mail, outbox
from storage import readings as stored_readings
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"
# Others act on the words of these: they stay with the step, where it stands.
KEPT_WORDS = frozenset({Action.ASK, Action.WAIT, Action.TRANSFER, Action.DECLINE})


def take_back(turn: Turn, actor: Actor) -> None:
    """Undo what the message did, case by case, and let go of its words."""
    read = [
        entry
        for entry in stored_readings.list_readings(turn.session, turn.inbound.message_id)
        if entry.chat_id == actor.chat_id
    ]
    for case_id in sorted({entry.case_id for entry in read}):
        case = stored.find_case(turn.session, case_id, lock=True)
        if case is not None:
            _take_back_of(turn, case, [entry for entry in read if entry.case_id == case_id], actor)


def _take_back_of(turn: Turn, case: Case, read: list[HistoryEntry], actor: Actor) -> None:
    steps = office_updates.list_standing_steps(turn.session, [*read, *_list_sent(turn, case, read)])
    step = steps[-1] if steps else None
    said = {one.id: describe_step(turn.session, one, case, turn.now) for one in steps}
    helped = helping_unsaid.take_back(turn.session, case, read, str(actor.organisation), turn.now)
    for entry in read:
        _end_preview(turn, case, entry)
        _end_invitation(turn, case, entry, actor)
    _take_back_refusal(turn, case, read, actor)
    _note(turn, case, step or read[-1], actor)
    owns = step is not None and office_updates.is_with(case, actor.organisation)
    undone = office_updates.undo_whole(turn.session, case, steps, actor, turn.now) if owns else None
    stands = step is not None and undone is None and step.action in KEPT_WORDS
    gone = [entry.id for entry in read if not (stands and entry is step)]
    stored.forget_words(turn.session, turn.inbound.message_id, str(actor.chat_id), only=gone)
    if undone is not None and step is not None:
        followers.forget_told(turn.session, step)  # sent by a tap, it has the words for itself
    if helped:
        _tell_helper(turn, case, read[-1], actor)
    elif step is not None and owns:
        back = [one for one in steps if undone is not None and one.id in undone.steps] or [step]
        _tell(turn, case, back[0], " · ".join(said[one.id] for one in back), undone, actor)
    elif step is not None and step.action == Action.TRANSFER:
        _tell_given(turn, case, step, actor)


def _list_sent(turn: Turn, case: Case, read: list[HistoryEntry]) -> list[HistoryEntry]:
    """The steps by which its words were sent, where they were shown before they went."""
    shown, marks = {entry.id for entry in read}, group_questions.MARKS.values()
    steps = [one for one in stored.list_history(turn.session, case.id) if one.action in office_updates.UPDATES]
    return [one for one in steps if any(one.details.get(mark) in shown for mark in marks)]


def _end_preview(turn: Turn, case: Case, entry: HistoryEntry) -> None:
    """Words that were shown before they go, and have not gone, do not go any more."""
    if any(entry.details.get(mark) is True for mark in group_questions.MARKS.values()):
        open_questions.leave_unsent(turn.session, entry, turn.now)
        mail.release_held(turn.session, turn.now, case_id=case.id)  # that it is noted was to be told with them


def _take_back_refusal(turn: Turn, case: Case, read: list[HistoryEntry], actor: Actor) -> None:
    """An office said that what it was offered is not theirs: it is asked again, while nobody has gone on from there."""
    refused = transfers.find_refused(turn.session, case, actor.organisation, turn.now)
    if refused is None or refused.id not in {entry.id for entry in read}:
        return
    transfers.ask_again(turn.session, case, actor, turn.now)
    line = card_line(say(LANGUAGE, "transfer.asked_again_here", number=case.number), case.id, LANGUAGE)
    outbox.queue(turn.session, str(actor.chat_id), line, kind="line", case_id=case.id, waits=not case.danger)


def _end_invitation(turn: Turn, case: Case, entry: HistoryEntry, actor: Actor) -> None:
    """Another office was asked for help, and has not agreed yet: it is not asked any more."""
    owns = office_updates.is_with(case, actor.organisation)
    helper = helping.take_back_unheeded(turn.session, case, entry, actor, turn.now) if owns else None
    if helper is not None:
        words = say(LANGUAGE, "helping.taken_back", number=case.number, office=views.name_office(helper, LANGUAGE))
        chat_id = str(actor.chat_id)
        outbox.queue(turn.session, chat_id, text_bubble(words), kind="line", case_id=case.id, waits=True)


def _note(turn: Turn, case: Case, entry: HistoryEntry, actor: Actor) -> None:
    details = {"unsent_words_of": entry.id}
    lifecycle.apply(turn.session, case, Action.NOTE, actor, turn.now, details=details)


def _tell(turn: Turn, case: Case, step: HistoryEntry, said: str, undone: Undone | None, actor: Actor) -> None:
    who = _name_writer(turn, step, actor)
    status = views.name_status(Status(case.status), LANGUAGE)
    key = "undone" if undone is not None else "stands" if case.status in views.CARD_BUTTONS else "over"
    words = say(LANGUAGE, f"group.unsent_{key}", number=case.number, who=who, step=said, status=status)
    kind = group_answers.TAKEN_BACK if undone is not None else "line"
    # Danger that nobody has taken after all is before its receiver again, who has minutes to answer.
    urgent = undone is not None and step.action == Action.ACCEPT and bool(case.danger)
    waits = step.action not in CLOSING and not urgent
    line = text_bubble(words) if urgent else card_line(words, case.id, LANGUAGE)
    outbox.queue(turn.session, str(actor.chat_id), line, kind=kind, case_id=case.id, waits=waits, urgent=urgent)
    if urgent:
        passing_on.show_offer(turn.session, case, str(actor.chat_id), turn.now)
    if undone is not None:
        group_photos.ask_whose(turn, actor, undone.photos, waits=waits)


def _tell_helper(turn: Turn, case: Case, entry: HistoryEntry, actor: Actor) -> None:
    who, office = _name_writer(turn, entry, actor), views.name_khet(case.owner, LANGUAGE)
    words = say(LANGUAGE, "helping.unsaid_here", number=case.number, who=who, office=office)
    chat_id = str(actor.chat_id)
    outbox.queue(turn.session, chat_id, text_bubble(words), kind="line", case_id=case.id, waits=True)


def _tell_given(turn: Turn, case: Case, step: HistoryEntry, actor: Actor) -> None:
    """Another office took the case before the words that offered it were taken back: both read that it stays there."""
    taken = chain.find_taken(stored.list_history(turn.session, case.id), step)
    if taken is None or case.confidential:
        return
    chat_id, receiver = str(actor.chat_id), str(taken.details["to"])
    outbox.drop_waiting(turn.session, chat_id, case.id, passing_on.TAKEN)  # this line says it too
    who, office = _name_writer(turn, step, actor), views.name_khet(receiver, LANGUAGE)
    said = say(LANGUAGE, "group.step_offered", office=office)
    words = say(LANGUAGE, "group.unsent_given", number=case.number, who=who, step=said, office=office)
    outbox.queue(turn.session, chat_id, text_bubble(words), kind="line", case_id=case.id, waits=True)
    if case.owner == receiver and Status(case.status) not in OVER:
        sender = views.name_office(str(taken.details["from"]), LANGUAGE)
        words = say(LANGUAGE, "transfer.words_gone_here", number=case.number, office=sender)
        office_lines.tell(turn.session, case, receiver, words, turn.now)


def _name_writer(turn: Turn, step: HistoryEntry, actor: Actor) -> str:
    person = turn.inbound.user_id or step.actor_id
    name = group_people.want_name(turn.session, str(actor.chat_id), person) if person else None
    return name_person(name, LANGUAGE) if name else say(LANGUAGE, "group.unsent_by")
