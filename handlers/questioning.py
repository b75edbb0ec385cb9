"""An office's questions to a person: which are open, which of them something answers, how to answer one by a tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.lasting import lasting
from cases import open_questions, views
from cases.statuses import OVER, Status
from flows import addition
from flows.answers import Answer
from flows.engine import Rejected
from flows.whose import MOST_CHOICES
from handlers import conversing
from handlers.turn import Turn
from storage import cases as stored
from storage.conversations import Standing
from storage.models import Case, HistoryEntry, SentMessage
from texts.catalog import say

FLOW = "answering"
KEY = "q"  # before the key of a question, where a case's own key could stand too


@dataclass(frozen=True, slots=True)
class Waiting:
    """One question that an office waits to hear the answer of."""

    case: Case
    asked: HistoryEntry


def list_waiting(turn: Turn, standing: Standing) -> list[Waiting]:
    """All of this person's, oldest case first."""
    cases = stored.list_asked(turn.session, standing.chat_id)
    return [Waiting(case, asked) for case in cases for asked in open_questions.list_open(turn.session, case)]


def ask_whose(
    turn: Turn, standing: Standing, waiting: Sequence[Waiting], answer: Answer, *, beside: bool = False
) -> bool:
    """Keep what came, and ask which question it answers; `beside`: or whether it is for the report half told."""
    try:
        gathered = addition.gather(answer, {})
    except Rejected:
        return False
    shown = waiting[-MOST_CHOICES:]
    language = standing.language
    choices = [[f"{KEY}{one.asked.id}", one.case.number, open_questions.write(one.asked, language)] for one in shown]
    slots = {**gathered.slots, "choices": choices, "questions": _write_lines(choices, language)}
    if not beside:
        conversing.begin(turn, standing, "whose", slots)
        return True
    pin = [answer.latitude, answer.longitude, answer.address] if answer.kind == "location" else None
    conversing.begin_beside(turn, standing, "whose", {**slots, "beside": True} | ({"pin": pin} if pin else {}))
    return True


def leave_out(standing: Standing, asked: HistoryEntry | None) -> None:
    """A question is answered by itself, while it is asked which of several something else is for: one choice less."""
    if asked is None or standing.flow != "whose":
        return
    slots = conversing.load(standing)[1].slots
    choices = [one for one in slots["choices"] if one[0] != f"{KEY}{asked.id}"]
    if choices and slots.get("questions"):
        lines = _write_lines(choices, standing.language)
        standing.draft = {**(standing.draft or {}), "slots": {**slots, "choices": choices, "questions": lines}}


def _write_lines(choices: Sequence[Sequence[str]], language: str) -> str:
    lines = [say(language, "talk.whose_line", number=number, question=question) for _, number, question in choices]
    return "\n".join(lines)


def begin(turn: Turn, standing: Standing, case: Case, key: str) -> None:
    """The button below a question: what comes next answers it, whatever else is open."""
    asked = open_questions.find_asked(turn.session, case, key)
    if Status(case.status) in OVER:
        say_over(turn, standing, case)
    elif asked is None and open_questions.has_taken_back(turn.session, case, key=key):
        conversing.begin_beside(turn, standing, "addition", {"case_id": case.id})  # what they know is of use still
    elif asked is None:
        conversing.say_old_button(turn, standing)
    else:
        conversing.begin_beside(turn, standing, FLOW, describe(standing, Waiting(case, asked)))


def describe(standing: Standing, waiting: Waiting) -> dict[str, Any]:
    """What a conversation about one question begins with."""
    case, asked = waiting.case, waiting.asked
    said = open_questions.write(asked, standing.language)
    return {"case_id": case.id, "number": case.number, "question": asked.id, "asked": said}


def say_over(turn: Turn, standing: Standing, case: Case) -> None:
    """The question needs no answer any more."""
    status = views.name_status(Status(case.status), standing.language)
    buttons = conversing.new_or_mine(standing)
    conversing.tell_beside(turn, standing, "talk.question_over", *buttons, number=case.number, status=status)


def is_asking(standing: Standing, asked: HistoryEntry) -> bool:
    """Whether the button of this question was tapped, and its answer is waited for: it is put once more by itself."""
    return standing.flow == FLOW and conversing.load(standing)[1].slots.get("question") == asked.id


def show_left(turn: Turn, standing: Standing, case: Case, asked: HistoryEntry) -> None:
    """Another question of the same case, with its button."""
    question = open_questions.write(asked, standing.language)
    words = say(standing.language, "talk.question_left", number=case.number, question=question)
    tap = conversing.tap(standing, "button.answer", f"c:{case.id}:answer:{asked.id}")
    turn.say(lasting(words, (tap,)), kind="told_ask", case_id=case.id)


def find_quoted(turn: Turn, case: Case, sent: SentMessage) -> HistoryEntry | None:
    """The question that stands in a bubble of ours, which somebody quotes."""
    if sent.kind != "told_ask":
        return None
    return open_questions.find_shown(turn.session, case, sent.sent_at)


def find_chosen(turn: Turn, choice: str) -> Waiting | None:
    """The question that a tap chose among several."""
    key = choice.removeprefix(KEY)
    known = choice.startswith(KEY) and key.isdecimal() and len(key) < 18
    entry = stored.find_history(turn.session, int(key)) if known else None
    case = stored.find_case(turn.session, entry.case_id, lock=True) if entry else None
    return Waiting(case, entry) if case is not None and entry is not None else None
