"""Takes an office's update in its group, and answers with the one line that says what was understood."""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import UpdateLineView, update_line
from bot.messages.question import QuestionView, preview_question
from cases import lifecycle, office_updates, views
from cases.office_updates import Made, Stands, Update
from cases.reply_reader import Reading, read_reply
from cases.statuses import Action, Actor, Status
from clock import in_bangkok
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case, Group, HistoryEntry
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
BUTTONS = {"acknowledge": Action.ACKNOWLEDGE, "start": Action.START, "resolve": Action.RESOLVE}
NEED_WORDS = frozenset({"ask", "transfer", "decline"})


def is_ours(turn: Turn, group: Group, case: Case) -> bool:
    """Whether this group's office has the case now; a confidential one is nobody's but the Ombudsman's."""
    return case.owner == group.organisation and (not case.confidential or group.organisation == "omb")


def take_words(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    """Words about a case: a step if they state one, else a note, and silence."""
    reading = read_reply(words, in_bangkok(turn.now).date())
    update = office_updates.from_reading(reading, words, turn.inbound.message_id)
    if update is None:
        _note(turn, case, words, actor)
    elif update.action is Action.ASK:
        _preview(turn, case, words, actor)
    else:
        _answer(turn, case, office_updates.take_update(turn.session, case, update, actor, turn.now))


def take_button(turn: Turn, case: Case, verb: str, actor: Actor) -> None:
    """A button of the card. Three of them only open the keyboard: their step is made by the words that follow."""
    if verb in NEED_WORDS:
        turn.say(text_bubble(say(LANGUAGE, f"group.how_to_{verb}", number=case.number)), case_id=case.id)
    elif verb in BUTTONS:
        made = office_updates.take_update(turn.session, case, Update(BUTTONS[verb]), actor, turn.now)
        _answer(turn, case, made)
    else:
        _say_standing(turn, case)


def judge_again(
    turn: Turn, case: Case, earlier: HistoryEntry, reading: Reading, words: str, actor: Actor
) -> None:
    """A message was edited after it was read: take its step back if it says something else now, and take the new."""
    update = office_updates.from_reading(reading, words, turn.inbound.message_id)
    if update and update.action == earlier.action and not update.due:
        return
    if earlier.action in office_updates.UPDATES:
        undone = office_updates.undo(turn.session, case, earlier.id, actor, turn.now)
        if undone is None:  # others have gone on from there: the old step stands
            _say_standing(turn, case)
            return
    if update is None:
        _note(turn, case, words, actor)
        _say_standing(turn, case)
    elif update.action is Action.ASK:
        _preview(turn, case, words, actor)
    else:
        _answer(turn, case, office_updates.take_update(turn.session, case, update, actor, turn.now))


def undo(turn: Turn, case: Case, argument: str, actor: Actor) -> None:
    """The undo under a line: back to where the case was, unless it has moved on since."""
    known = argument.isdecimal() and len(argument) < 18
    undone = office_updates.undo(turn.session, case, int(argument), actor, turn.now) if known else None
    if undone is None:
        _say_standing(turn, case)
        return
    status = views.name_status(Status(case.status), LANGUAGE)
    words = say(LANGUAGE, "group.undone", number=case.number, status=status)
    turn.say(text_bubble(words), kind="line", case_id=case.id)


def settle_question(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """The question as the reporter will read it was shown; send it, or leave it."""
    known = argument.isdecimal() and len(argument) < 18
    entry = stored.find_history(turn.session, int(argument)) if known else None
    if entry is None or entry.case_id != case.id:
        _say_standing(turn, case)
    elif verb == "ask_drop":
        turn.say(text_bubble(say(LANGUAGE, "group.ask_dropped", number=case.number)), case_id=case.id)
    elif stored.is_question_sent(turn.session, case.id, entry.id):
        _say_standing(turn, case)
    else:
        _send_question(turn, case, entry, actor)


def _send_question(turn: Turn, case: Case, entry: HistoryEntry, actor: Actor) -> None:
    try:
        made = lifecycle.apply(
            turn.session,
            case,
            Action.ASK,
            actor,
            turn.now,
            note=entry.note,
            details={"question": entry.id},
        )
    except lifecycle.IllegalTransition:
        _say_standing(turn, case)
        return
    _answer(turn, case, Made(made))


def say_elsewhere(turn: Turn, case: Case | None) -> None:
    """A case this group does not have (any more): nothing of it is shown."""
    turn.say(text_bubble(say(LANGUAGE, "group.elsewhere")), kind="line")


def _preview(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    entry = _note(turn, case, words, actor)
    card = preview_question(QuestionView(case.id, case.number, words, entry.id), LANGUAGE)
    turn.say(card, kind="preview", case_id=case.id)


def _note(turn: Turn, case: Case, words: str, actor: Actor) -> HistoryEntry:
    edited = {"edited_at": turn.inbound.at.isoformat()} if turn.inbound.kind == "edited" else {}
    return lifecycle.apply(
        turn.session,
        case,
        Action.NOTE,
        actor,
        turn.now,
        note=words,
        details=edited,
        message_id=turn.inbound.message_id,
    )


def _answer(turn: Turn, case: Case, result: Made | Stands) -> None:
    if isinstance(result, Stands):
        _say_standing(turn, case)
        return
    view = UpdateLineView(
        case_id=case.id,
        number=case.number,
        status=describe_step(result.entry, case, turn),
        photo_count=result.photos,
        undo_id=result.entry.id,
    )
    turn.say(update_line(view, LANGUAGE), kind="line", case_id=case.id)


def describe_step(entry: HistoryEntry, case: Case, turn: Turn) -> str:
    """What was just done, short: กำลังทำ, or นัด ศ. 28 พ.ย."""
    if entry.action == Action.PROMISE and case.promised_on:
        return say(LANGUAGE, "group.promised", due=views.say_promise(case, LANGUAGE, turn.now))
    return say(LANGUAGE, f"group.step_{entry.action}")


def _say_standing(turn: Turn, case: Case) -> None:
    """Nothing changed: where the case stands, and since when."""
    last = stored.find_last_change(turn.session, case.id)
    since = say_moment(LANGUAGE, last.at if last else case.updated_at, now=turn.now)
    status = views.name_status(Status(case.status), LANGUAGE)
    words = say(LANGUAGE, "group.stands", number=case.number, status=status, since=since)
    turn.say(text_bubble(words), kind="line", case_id=case.id)
