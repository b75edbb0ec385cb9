"""The office that a case is offered to: it takes it, or says that it is not theirs and why, by buttons or in words.

Whoever answers second reads how it stands.
"""

from dataclasses import replace
from datetime import timedelta

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.group_lines import line_to_undo
from bot.messages.lasting import lasting
from cases import office_updates, passing_on, receivers, telling, transfers, views
from cases.office_updates import Made, Stands, Update
from cases.statuses import Action, Actor, Status
from handlers import group_answers, group_asking, group_maybe, group_sources, group_transfer, group_words, updates
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
HANDS_BACK = ("transfer", "decline")
TAKES_ON = ("acknowledge", "start", "promise", "resolve")
SAYS_MORE = (Action.PROMISE, Action.RESOLVE)
VERBS = ("accept", "bounce", "bounce_why", "bounce_undo")
REASONS = ("area", "duty")
WHY = "why_not"
A_MOMENT = timedelta(microseconds=1)  # between two steps of one message, so that an undo takes back the later alone
NO_MORE_THAN_NO = 24  # letters; so short a refusal gives no reason


def take_button(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """[รับเรื่อง], [ไม่ใช่ของเรา], or a ready-made reason."""
    if verb == "bounce_undo":
        undo_refusal(turn, case, actor)
    elif not transfers.is_offered_to(case, actor.organisation):
        say_gone(turn, case, actor)
    elif verb == "accept":
        accept(turn, case, actor)
    elif verb == "bounce":
        ask_why(turn, case)
    elif argument in REASONS:
        bounce(turn, case, actor, say(LANGUAGE, f"transfer.why_{argument}_whole"))


def take_words(turn: Turn, case: Case, words: str, actor: Actor, *, asked_for: str | None = None) -> None:
    """A quoted reply or a line with the number: taken, refused with the reason, or a note."""
    plain = words.lower()
    if asked_for == WHY and group_words.is_reason(words):
        bounce(turn, case, actor, words, turn.inbound.message_id)
        return
    reading = updates.read(turn, words)
    if any(word in plain for word in receivers.list_words("not_ours")) or (
        reading.sure and reading.action in HANDS_BACK
    ):
        _hand_back(turn, case, actor, words, turn.inbound.message_id)
    elif reading.sure and reading.action in TAKES_ON:
        accept(turn, case, actor, words)
    else:
        group_maybe.take_words(turn, case, words, _find_answer(updates.read_doubtful(turn, words)), actor, offered=True)


def _hand_back(turn: Turn, case: Case, actor: Actor, words: str, message_id: str | None) -> None:
    says_why = any(word in words for word in receivers.list_words("says_why"))
    if says_why or len(words) > NO_MORE_THAN_NO or receivers.list_named(words):
        bounce(turn, case, actor, words, message_id)
    else:
        ask_why(turn, case)


def _find_answer(update: Update | None) -> Update | None:
    """Which of the two answers to an offer, with a day or without, a step comes to."""
    if update is None or update.action is Action.PROMISE:
        return update
    if update.action in HANDS_BACK:
        return replace(update, action=Action.TRANSFER)
    return replace(update, action=Action.ACKNOWLEDGE) if update.action in (*TAKES_ON, Action.WAIT) else None


def settle_maybe(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """A tap under "was this meant?": the office takes the case, or it is not theirs."""
    update = group_maybe.find(turn, case, argument, actor)
    if update is None:
        group_maybe.say_over(turn, case, argument, actor)
    elif verb == group_maybe.NO:
        group_maybe.say_kept(turn, case)
    elif update.action is Action.TRANSFER:
        _hand_back(turn, case, actor, update.note or "", update.message_id)
    else:
        _accept(turn, case, actor, update if update.action is Action.PROMISE else None, update.message_id)


def take_reason(turn: Turn, case: Case, words: str, actor: Actor) -> bool:
    """The next words after "why not?". False where they are none, or the case is not offered here any more."""
    if not transfers.is_offered_to(case, actor.organisation) or not group_words.is_reason(words):
        return False
    bounce(turn, case, actor, words, turn.inbound.message_id)
    return True


def accept(turn: Turn, case: Case, actor: Actor, words: str | None = None) -> None:
    """Theirs from here on: the card with its buttons, and "by when?" as after any "noted", unless the words say it, or
    that it is done.
    """
    update = updates.read_update(turn, words) if words else None
    further = update if update is not None and update.action in SAYS_MORE else None
    if words and further is None:
        group_answers.keep_note(turn, case, words, actor)
    _accept(turn, case, actor, further, turn.inbound.message_id if words else None)


def _accept(turn: Turn, case: Case, actor: Actor, further: Update | None, message_id: str | None) -> None:
    entry = transfers.accept(turn.session, case, actor, turn.now, message_id=message_id or None)
    if entry is None:
        say_gone(turn, case, actor)
        return
    made: Made | Stands = Made(entry)
    if further is not None:
        made = office_updates.take_update(turn.session, case, further, actor, turn.now + A_MOMENT)
    telling.show_card(turn.session, case, turn.inbound.chat_id, turn.now)
    group_answers.answer(turn, case, made)


def ask_why(turn: Turn, case: Case) -> None:
    """Why is it not theirs?"""
    taps = [
        QuickReply.postback(say(LANGUAGE, f"transfer.why_{reason}"), f"g:{case.id}:bounce_why:{reason}")
        for reason in REASONS
    ]
    words = say(LANGUAGE, "transfer.why_not", number=case.number)
    shown = group_sources.tie(turn, lasting(words, [*taps, group_transfer.cancel(case)]))
    turn.say(shown, kind=f"how_to_{WHY}", case_id=case.id)
    group_asking.expect(turn, case.id, WHY)


def bounce(turn: Turn, case: Case, actor: Actor, reason: str, message_id: str | None = None) -> None:
    """Back to the office that offered it."""
    entry = transfers.bounce(turn.session, case, actor, turn.now, reason=reason, message_id=message_id or None)
    if entry is None:
        say_gone(turn, case, actor)
        return
    words = say(LANGUAGE, "transfer.step_bounce", number=case.number, office=views.name_office(case.owner, LANGUAGE))
    _say_with_undo(turn, case, words, actor)


def undo_refusal(turn: Turn, case: Case, actor: Actor) -> None:
    """It was a slip: the case is offered to this office as before."""
    if transfers.ask_again(turn.session, case, actor, turn.now) is None:
        say_gone(turn, case, actor)
        return
    words = say(LANGUAGE, "transfer.asked_again_here", number=case.number)
    turn.say(text_bubble(words), kind="line", case_id=case.id)
    show(turn, case)


def _say_with_undo(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    """A line; beside it the way back of a refusal, while that may be."""
    undo = transfers.find_refused(turn.session, case, actor.organisation, turn.now) is not None
    line = line_to_undo(words, f"g:{case.id}:bounce_undo", LANGUAGE) if undo else text_bubble(words)
    turn.say(line, kind="line", case_id=case.id)


def say_gone(turn: Turn, case: Case, actor: Actor) -> None:
    """An old card. An office that was once asked reads how the case stands; any other learns nothing of it."""
    told = stored.list_history(turn.session, case.id)
    known = any(actor.organisation in (entry.details.get("to"), entry.details.get("from")) for entry in told)
    if case.confidential or not known:
        group_answers.say_elsewhere(turn)
        return
    status = views.name_status(Status(case.status), LANGUAGE)
    words = say(LANGUAGE, "transfer.gone", number=case.number, status=status)
    _say_with_undo(turn, case, words, actor)


def take_gone(turn: Turn, case: Case, words: str, actor: Actor) -> bool:
    """Words about a case that this office has refused: it takes that back, or reads how it stands. False where it was
    never offered to them.
    """
    told = stored.list_history(turn.session, case.id)
    refused = {one.details.get("to") for one in told if one.action == Action.BOUNCE}
    if case.confidential or actor.organisation not in refused:
        return False
    if group_words.is_undo(words):
        undo_refusal(turn, case, actor)
    else:
        say_gone(turn, case, actor)
    return True


def show(turn: Turn, case: Case) -> None:
    """The offer's card once more."""
    passing_on.show_offer(turn.session, case, turn.inbound.chat_id, turn.now)
