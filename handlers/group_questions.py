"""A question to the reporter: shown to the office as it will be read, sent when somebody there says so."""

from bot.messages.bubbles import text_bubble
from bot.messages.question import QuestionView, preview_question
from cases import lifecycle, office_updates
from cases.office_updates import Made
from cases.statuses import Action, Actor
from handlers import group_answers
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case, HistoryEntry
from texts.catalog import say

LANGUAGE = "th"


def preview(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    """Keep the question, and show it with [send] and [leave it]."""
    if not words:
        group_answers.say_how_to(turn, case, "ask")
        return
    entry = group_answers.keep_note(turn, case, words, actor, question=True)
    card = preview_question(QuestionView(case.id, case.number, words, entry.id), LANGUAGE)
    turn.say(card, kind="preview", case_id=case.id)


def settle(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """`ask_send` or `ask_drop` under a preview; a question that went out went out once and for all."""
    known = argument.isdecimal() and len(argument) < 18
    entry = stored.find_history(turn.session, int(argument)) if known else None
    ours = entry is not None and entry.case_id == case.id and bool(entry.details.get("question"))
    if entry is None or not ours or stored.is_question_sent(turn.session, case.id, entry.id):
        group_answers.say_standing(turn, case)
    elif verb == "ask_drop":
        words = say(LANGUAGE, "group.ask_dropped", number=case.number)
        turn.say(text_bubble(words), kind="line", case_id=case.id)
    else:
        _send(turn, case, entry, actor)


def _send(turn: Turn, case: Case, entry: HistoryEntry, actor: Actor) -> None:
    if not office_updates.is_possible(case, Action.ASK, actor):
        group_answers.say_standing(turn, case)
        return
    details = {"question": entry.id}
    made = lifecycle.apply(turn.session, case, Action.ASK, actor, turn.now, note=entry.note, details=details)
    group_answers.answer(turn, case, Made(made))
