"""Under the line that a reporter tells of danger: an officer says by a tap that it counts, or that it is none."""

from dataclasses import replace

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import line_to_undo
from cases import correcting, counted_danger, danger_seen, told_danger, views
from cases.correcting import CannotCorrect
from cases.desk import OMB
from cases.lifecycle import IllegalTransition
from cases.statuses import Actor, Role
from handlers import group_answers
from handlers.turn import Turn
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
VERBS = ("danger_yes", "danger_none", "danger_seen", "danger_lower", "danger_undo")


def settle(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """It counts as dangerous, as at the desk, and may be taken back; or nobody is reminded of it again."""
    officer = replace(actor, role=Role.STAFF)
    if verb == "danger_none":
        ended = told_danger.settle(turn.session, case, officer, turn.now) or not case.danger
        words = say(LANGUAGE, "staff.danger_ended", number=case.number) if ended else _write(case)
        turn.say(text_bubble(words), kind="line", case_id=case.id)
    elif verb == "danger_seen":
        _see_to(turn, case, officer)
    elif verb == "danger_lower":
        _lower(turn, case, officer)
    elif verb == "danger_undo":
        _take_back(turn, case, argument, officer)
    else:
        _count(turn, case, officer)


def _count(turn: Turn, case: Case, officer: Actor) -> None:
    try:
        step = told_danger.raise_level(turn.session, case, officer, turn.now)
    except CannotCorrect:  # somebody has said so already
        turn.say(text_bubble(_write(case)), kind="line", case_id=case.id)
        return
    except IllegalTransition:
        group_answers.say_standing(turn, case)
        return
    words = _write(case)
    turn.say(line_to_undo(words, f"g:{case.id}:danger_undo:{step.id}", LANGUAGE), kind="line", case_id=case.id)


def _see_to(turn: Turn, case: Case, officer: Actor) -> None:
    if not counted_danger.settle(turn.session, case, officer, turn.now):
        told_danger.settle(turn.session, case, officer, turn.now, seen_to=True)
    step = danger_seen.end_calls(turn.session, case, officer, turn.now)
    if step is None:
        line = text_bubble(say(LANGUAGE, "staff.danger_ended", number=case.number))
    else:
        words = say(LANGUAGE, "staff.danger_at_hand", number=case.number)
        line = line_to_undo(words, f"g:{case.id}:danger_undo:{step.id}", LANGUAGE)
    turn.say(line, kind="line", case_id=case.id)


def _lower(turn: Turn, case: Case, officer: Actor) -> None:
    reason = say(LANGUAGE, "staff.danger_unsaid_reason")
    try:
        step = correcting.lower_danger(turn.session, case, officer, turn.now, reason=reason)
    except (CannotCorrect, IllegalTransition):  # somebody has done so already, or it is over
        group_answers.say_standing(turn, case)
        return
    words = say(LANGUAGE, "staff.calm", number=case.number)
    turn.say(line_to_undo(words, f"g:{case.id}:danger_undo:{step.id}", LANGUAGE), kind="line", case_id=case.id)


def _write(case: Case) -> str:
    if case.owner == OMB:
        return say(LANGUAGE, "staff.danger_counted_here", number=case.number)
    return say(LANGUAGE, "staff.danger_counted", number=case.number, office=views.name_office(case.owner, LANGUAGE))


def _take_back(turn: Turn, case: Case, argument: str, officer: Actor) -> None:
    known = int(argument) if argument.isdecimal() and len(argument) < 18 else 0
    if danger_seen.take_back(turn.session, case, known, officer, turn.now):
        words = say(LANGUAGE, "staff.danger_calls_again", number=case.number)
        turn.say(text_bubble(words), kind="line", case_id=case.id)
        return
    if correcting.undo(turn.session, case, known, officer, turn.now) is None:
        group_answers.say_undo_late(turn, case)
        return
    group_answers.say_undone(turn, case)
