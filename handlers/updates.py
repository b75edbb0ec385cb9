"""Takes what an office says of a case in its group, by words or a button: a step, a question, or talk."""

from dataclasses import replace

from bot.messages.date_question import DAYS
from cases import lifecycle, office_updates, putting_off
from cases.desk import OMB
from cases.going_back import STATES
from cases.office_updates import CLOSING, Made, Update
from cases.reply_reader import Reading, read_reply
from cases.reply_waits import find_wait
from cases.statuses import Action, Actor, Status
from cases.waiting import names_look
from clock import in_bangkok
from handlers import (
    group_answers,
    group_asking,
    group_dates,
    group_declining,
    group_helping,
    group_maybe,
    group_owed_day,
    group_photos,
    group_questions,
    group_transfer,
    group_words,
)
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case

BUTTONS = {"acknowledge": Action.ACKNOWLEDGE, "start": Action.START, "resolve": Action.RESOLVE}
NEED_WORDS = {"ask": Action.ASK, "transfer": Action.TRANSFER, "decline": Action.DECLINE}
BEGINS = (Action.ACKNOWLEDGE, Action.START)
SHOWN_FIRST = (Action.ASK, Action.WAIT)
NEED_REASON = {Action.TRANSFER: "transfer", Action.DECLINE: "decline"}


def take_words(
    turn: Turn,
    case: Case,
    words: str,
    actor: Actor,
    *,
    asked_for: str | None = None,
    named: bool = False,
    shown_first: bool = False,
    asks_date: bool = False,
) -> None:
    """Words about a case: a step if they state one, else a note, and silence.

    `asked_for`: the verb whose words our quoted line asked for; `named`: the case was named by its number;
    `shown_first`: a reason that does not say by itself what it is for is shown before it goes; `asks_date`: what they
    quote asks by when.
    """
    if group_words.is_undo(words):
        undo_latest(turn, case, actor)
        return
    if asked_for is not None and group_words.is_holding(words):
        group_asking.expect(turn, case.id, asked_for, longer=True)
        group_answers.keep_note(turn, case, words, actor)
        return
    update = _keep_errand(case, read_update(turn, words, asked_for), words)
    doubtful = read_doubtful(turn, words) if update is None and asked_for is None else None
    if doubtful is not None and doubtful.action in SHOWN_FIRST:
        update = _keep_errand(case, doubtful, words)  # nothing goes before somebody has sent it
    if _is_reason_for_day(asked_for, words, update):
        group_dates.take_reason(turn, case, str(asked_for), words, actor)
        return
    cause = _find_cause(turn, case, words, update or doubtful) if asked_for is None else None
    if cause is not None and group_dates.take_owed(turn, case, cause, actor):
        return
    if cause is not None:
        group_dates.take_cause(turn, case, words, cause, actor)
        return
    if asked_for == "wait" and group_words.is_reason(words) and not _says_more(update, words, asked_for):
        group_questions.preview(turn, case, words, actor, "wait")
        return
    noted = update is not None and update.action is Action.ACKNOWLEDGE
    made = update is not None and not noted and office_updates.is_possible(case, update.action, actor)
    slip = asked_for is None and group_words.is_slip(words) and not made
    if slip and office_updates.find_latest_step(turn.session, case, actor) is not None:
        group_answers.keep_note(turn, case, words, actor)
        group_answers.say_standing(turn, case, slip=True)
    elif asks_date and (update is None or noted) and _lacks_day(turn, case, words, doubtful, actor):
        return
    elif update is None:
        group_maybe.take_words(turn, case, words, _keep_errand(case, doubtful, words), actor)
    elif noted and not named and case.status != Status.DISPATCHED and not group_words.takes_on(words):
        # A "noted" where nothing waits for it is said to a colleague.
        group_answers.keep_note(turn, case, words, actor, **{STATES: update.action})
    elif shown_first and made and not _is_plain(turn, words, update):
        group_questions.preview(turn, case, words, actor, NEED_REASON[update.action])
    else:
        take_step(turn, case, update, actor)


def _lacks_day(turn: Turn, case: Case, words: str, doubtful: Update | None, actor: Actor) -> bool:
    """Whether words that quote "by when?" were answered, for they hold no day that could be kept."""
    moves = doubtful is not None and doubtful.action is not Action.ACKNOWLEDGE
    return not moves and group_owed_day.take(turn, case, words, actor, quoted=True)


def _find_cause(turn: Turn, case: Case, words: str, update: Update | None) -> str | None:
    """Why a day was missed, in words that name no other one and state no further step."""
    moves = update is not None and update.action not in (Action.ACKNOWLEDGE, Action.START, Action.WAIT)
    cause = None if moves or not group_words.is_reason(words) else group_words.find_delay(words)[1]
    if cause is None or putting_off.is_missed(turn.session, case, turn.now):
        return cause
    today = in_bangkok(turn.now).date()
    waits = names_look(words, today, group_dates.find_next_day(turn))
    return None if waits or putting_off.find_owed(turn.session, case, turn.now) is None else cause


def _is_reason_for_day(asked_for: str | None, words: str, update: Update | None) -> bool:
    """Whether words say why a day is put off, and no further step."""
    asked = asked_for is not None and asked_for.startswith(group_dates.WHY)
    return asked and group_words.is_reason(words) and not _is_further(update)


def _is_plain(turn: Turn, words: str, update: Update) -> bool:
    """Whether words state their step by themselves, so that nothing is read into them that was only asked for."""
    if update.action not in NEED_REASON:
        return True
    alone = read_update(turn, words)
    return alone is not None and alone.action is update.action


def _keep_errand(case: Case, update: Update | None, words: str) -> Update | None:
    """The Ombudsman hands no case of its own on by talk: "the municipality is told" is work on it."""
    if update is None or update.action is not Action.TRANSFER or not is_errand(case, words):
        return update
    return replace(update, action=Action.ACKNOWLEDGE)


def is_errand(case: Case, words: str) -> bool:
    """Whether words about a case of the Ombudsman's own are talk, and not what its button began."""
    return case.owner == OMB and group_words.take_beginning(words)[0] is None


def take_asked(turn: Turn, words: str, actor: Actor) -> bool:
    """Plain words of somebody who was just asked for some: a question, a reason. False where they are talk.

    What states another step is left alone, for nothing says that it is of this case.
    """
    asked = group_asking.find_asked(turn)
    case = stored.find_case(turn.session, asked.case_id, lock=True) if asked else None
    if asked is None or case is None or not office_updates.is_with(case, actor.organisation):
        return False
    if asked.verb == group_asking.DATE:
        return _take_date(turn, case, words, actor)
    if group_words.is_change_of_mind(words):
        call_off(turn, case)
        return True
    if group_words.is_holding(words):
        group_asking.expect(turn, case.id, asked.verb, longer=True)
        return False
    update = read_update(turn, words, asked.verb)
    fits = group_words.is_answer(asked.verb, words)
    if not fits or group_words.is_undo(words):
        return False
    if _says_more(update, words, asked.verb):
        if asked.verb not in NEED_REASON.values() or not group_words.is_long(words):
            return False
        group_asking.forget(turn)
        group_questions.preview(turn, case, words, actor, asked.verb)
        return True
    group_asking.forget(turn)
    take_words(turn, case, words, actor, asked_for=asked.verb, shown_first=True)
    return True


def _take_date(turn: Turn, case: Case, words: str, actor: Actor) -> bool:
    """Plain words after "by when?" that name a day to work on it. False where they are talk."""
    update = None if group_words.is_other_day(words) else read_update(turn, words)
    owed = case.status == Status.ACKNOWLEDGED or putting_off.is_missed(turn.session, case, turn.now)
    if owed and (update is None or update.due is None) and group_owed_day.take(turn, case, words, actor, quoted=False):
        return True
    if not owed or update is None or update.action is not Action.PROMISE:
        return False
    group_asking.forget(turn)
    take_step(turn, case, update, actor)
    return True


def call_off(turn: Turn, case: Case) -> None:
    """The button under the line that asks for words, or the same said."""
    if group_asking.call_off(turn, case.id):
        group_answers.say_called_off(turn, case)
    else:
        group_answers.say_standing(turn, case)


def read_update(turn: Turn, words: str, asked_for: str | None = None) -> Update | None:
    """The step that words state; None where they state none."""
    verb, rest = group_words.take_beginning(words)
    inbound = turn.inbound
    edited_at = inbound.at.isoformat() if inbound.kind == "edited" else None
    asking = group_words.take_instruction(words)
    if verb or asking is not None:
        return Update(NEED_WORDS[verb or "ask"], rest if verb else asking, None, inbound.message_id, edited_at)
    reading = read(turn, words)
    # Words that were asked for are about what they were asked for, however they are put.
    update = _find_step(turn, words, reading) if reading.sure or asked_for is not None else None
    # "เขตไม่มีอำนาจเข้าไปดำเนินการ" hands back and seems to state more: what was asked for is what it says.
    hands_back = asked_for in NEED_REASON.values() and reading.also in NEED_REASON.values()
    if asked_for not in NEED_WORDS or (_is_further(update) and not hands_back):
        return update
    if not group_words.is_answer(asked_for, words):
        return None
    return Update(NEED_WORDS[asked_for], words, None, inbound.message_id, edited_at)


def read_doubtful(turn: Turn, words: str) -> Update | None:
    """The step that words may state, and that is worth asking about."""
    reading = read(turn, words)
    return _find_step(turn, words, reading) if reading.worth_asking else None


def read(turn: Turn, words: str) -> Reading:
    """What words state, and how sure that is; that others are asked to help hands nothing on to them."""
    here = in_bangkok(turn.now)
    split = group_helping.split_asking(words, here.date())
    stated = split[0] if split else "" if group_helping.asks(words) else words
    return read_reply(stated, here.date(), group_dates.find_next_day(turn), at=here.time())


def _find_step(turn: Turn, words: str, reading: Reading) -> Update | None:
    """The step that a reading comes to."""
    inbound, today = turn.inbound, in_bangkok(turn.now).date()
    edited_at = inbound.at.isoformat() if inbound.kind == "edited" else None
    update = office_updates.from_reading(reading, words, inbound.message_id, edited_at)
    if update is not None and office_updates.has_to_wait(update, find_wait(words, today)):
        # Nobody mends anything until it comes.
        update = replace(update, action=Action.WAIT, due=None, note=group_words.strip_receipt(words))
    if update is not None and update.action is Action.PROMISE:
        delayed, reason = group_words.find_delay(words)
        update = replace(update, delayed=delayed, reason=reason)
    return update


def take_step(turn: Turn, case: Case, update: Update, actor: Actor) -> None:
    """Make a step that words state, and say so; a question is shown first, a missing reason asked for."""
    possible = office_updates.is_possible(case, update.action, actor)
    if update.action is Action.PROMISE and update.reason is None:
        update = replace(update, reason=putting_off.find_told_reason(turn.session, case))
    if possible and update.action is Action.TRANSFER:
        group_transfer.take_step(turn, case, update.note or "", actor, complete=_is_complete(update))
    elif not possible or _is_complete(update):
        made = office_updates.take_update(turn.session, case, update, actor, turn.now)
        group_answers.answer(turn, case, made)
        group_dates.ask_why(turn, case, made)
    elif update.action in SHOWN_FIRST:
        kind = "ask" if update.action is Action.ASK else "wait"
        group_questions.preview(turn, case, update.note or "", actor, kind)
    else:
        group_answers.keep_note(turn, case, update.note or "", actor)
        say_how_to(turn, case, NEED_REASON[update.action], actor)


def is_asked_reason(turn: Turn, words: str, asked_for: str) -> bool:
    """Whether words are the reason that was asked for, whichever cases they name; nothing else is stated by them."""
    update = read_update(turn, words)
    alone = update is None or update.action in NEED_REASON
    return alone and asked_for not in ("ask", "wait") and group_words.is_reason(words)


def _says_more(update: Update | None, words: str, asked_for: str) -> bool:
    """Whether words are no answer to what was asked, for they state a further step."""
    return _is_further(update) and not (asked_for == "wait" and group_words.tells_wait(words))


def _is_further(update: Update | None) -> bool:
    """Whether words say more than our line asked for: that it is done, or by when."""
    return update is not None and update.action in (*CLOSING, Action.PROMISE)


def is_made_at_once(status: Status, update: Update, actor: Actor) -> bool:
    """Whether a case that is `status` takes this step with nothing to be shown or asked for before."""
    return lifecycle.find_rule(status, update.action, actor.role) is not None and _is_complete(update)


def _is_complete(update: Update) -> bool:
    reason_for = NEED_REASON.get(update.action)
    return update.action not in SHOWN_FIRST and (
        reason_for is None or group_words.has_reason(reason_for, update.note or "")
    )


def take_button(turn: Turn, case: Case, verb: str, actor: Actor) -> None:
    """A button of the card. Three of them only open the keyboard: the words that follow make their step."""
    if verb in NEED_WORDS and office_updates.is_possible(case, NEED_WORDS[verb], actor):
        say_how_to(turn, case, verb, actor)
    elif verb in BUTTONS:
        made = office_updates.take_update(turn.session, case, Update(BUTTONS[verb]), actor, turn.now)
        group_answers.answer(turn, case, made)
    else:
        group_answers.say_standing(turn, case)


def say_how_to(turn: Turn, case: Case, verb: str, actor: Actor) -> None:
    """What a step takes beside the tap: words, and for two of them something to choose from."""
    if verb == "transfer":
        group_transfer.offer(turn, case, actor)
    elif verb == "decline":
        group_declining.offer(turn, case)
    else:
        group_answers.say_how_to(turn, case, verb)


def settle_maybe(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """A tap under "was this meant?"."""
    update = group_maybe.find(turn, case, argument, actor)
    if update is None:
        group_maybe.say_over(turn, case, argument, actor)
    elif verb == group_maybe.NO:
        group_maybe.say_kept(turn, case)
    else:
        take_step(turn, case, update, actor)


def take_day(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """The answer to "by when?": days from today, or that it has to wait, which takes a reason."""
    if argument == "wait" and office_updates.is_possible(case, Action.WAIT, actor):
        group_answers.say_how_to(turn, case, "wait")
    elif argument in map(str, DAYS):
        meant = group_dates.count_ahead(turn, int(argument))
        due = group_dates.find_tapped(turn, int(argument))
        update = Update(Action.PROMISE, due=due)
        made = office_updates.take_update(turn.session, case, update, actor, turn.now)
        group_answers.answer(turn, case, made, meant=meant if due != meant else None)
    elif argument.startswith("on"):
        group_dates.take_workday(turn, case, argument, actor)
    else:
        group_answers.say_standing(turn, case)


def take_nod(turn: Turn, case: Case, actor: Actor) -> bool:
    """A sticker that agrees takes a waiting case on; elsewhere it only pleases. True if it moved the case."""
    if case.status != Status.DISPATCHED or not office_updates.is_with(case, actor.organisation):
        return False
    update = Update(Action.ACKNOWLEDGE, message_id=turn.inbound.message_id)
    made = office_updates.take_update(turn.session, case, update, actor, turn.now)
    group_answers.answer(turn, case, made)
    return isinstance(made, Made)


def undo(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """The undo under a line: back to where the case was, unless it has moved on since."""
    known = argument.isdecimal() and len(argument) < 18
    undone = office_updates.undo(turn.session, case, int(argument), actor, turn.now) if known else None
    if undone is None:
        group_answers.say_undo_late(turn, case)
        return
    group_answers.say_undone(turn, case)
    group_photos.ask_whose(turn, actor, undone.photos)


def undo_latest(turn: Turn, case: Case, actor: Actor) -> None:
    """The undo as a word, for who no longer sees the line."""
    step = office_updates.find_latest_step(turn.session, case, actor)
    undo(turn, case, str(step.id) if step else "", actor)
