"""A person takes a whole case back: asked once more, for it cannot be undone from the chat."""

from collections.abc import Mapping
from typing import Any

from cases import following, lifecycle
from cases.statuses import Action, Role, Status
from flows import asides, words
from flows import withdrawal as question
from flows.answers import Answer
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import reporters
from storage.conversations import Standing
from storage.models import Case

LOOKED_AT = 50  # of a person's newest cases, for the one they mean
FLOW = "withdrawal"


def ask(turn: Turn, standing: Standing, case: Case) -> None:
    """Really? What was open is set aside meanwhile."""
    if not _may(case):
        tracking.say_over(turn, standing, case)
        return
    conversing.begin_beside(turn, standing, FLOW, {"case_id": case.id, "number": case.number})


def take_words(turn: Turn, standing: Standing) -> bool:
    """The words alone: plain where one case is open, else its number is needed. True if taken."""
    text, talking = turn.inbound.text, conversing.is_talking(standing)
    wants = words.asks_withdrawal(text) or (not talking and asides.says_needless(text) and bool(_list(turn, standing)))
    if not wants or standing.flow == FLOW or (talking and words.calls_off(text)):
        return False
    mine = _list(turn, standing)
    if len(mine) == 1:
        ask(turn, standing, mine[0])
    elif mine:
        conversing.tell_beside(turn, standing, "talk.withdraw_which", number=mine[0].number)
    else:
        conversing.tell_beside(turn, standing, "talk.withdraw_none", *conversing.ways_on(standing))
    return True


def is_asked_beside(standing: Standing, run: str) -> bool:
    """Whether the question is open, and this run of a conversation is what was set aside for it."""
    if standing.flow != FLOW or not conversing.is_talking(standing):
        return False
    parked = conversing.load(standing)[1].slots.get(conversing.PARKED, {})
    return bool(parked.get("run") == run)


def leave_unanswered(turn: Turn, standing: Standing, answer: Answer) -> None:
    """Something else came while the question was open: the case stays, and what came is heard for itself."""
    if standing.flow != FLOW or not conversing.is_talking(standing) or question.is_answer(answer):
        return
    number = conversing.load(standing)[1].slots.get("number", "")
    conversing.leave(turn, standing)
    conversing.tell(turn, standing, "talk.withdraw_kept", number=number)


def finish(turn: Turn, standing: Standing, slots: Mapping[str, Any]) -> None:
    """The answer to the question; then what was set aside for it goes on."""
    case = stored.find_case(turn.session, int(slots["case_id"]), lock=True)
    goes_on = conversing.leave(turn, standing)
    if case is not None and tracking.is_mine(turn, standing, case):
        settle(turn, standing, case, slots["withdraw"])
    elif goes_on:
        conversing.ask_again(turn, standing)


def settle(turn: Turn, standing: Standing, case: Case, answer: str) -> None:
    """Take it back, or leave it."""
    if not _may(case):
        tracking.say_over(turn, standing, case)
    elif answer == question.YES:
        actor = tracking.act_as_reporter(standing)
        gone_on = following.leave_to_followers(turn.session, case, actor, turn.now)
        if not gone_on:
            lifecycle.apply(turn.session, case, Action.WITHDRAW, actor, turn.now)
        key = "talk.withdraw_left" if gone_on else "talk.withdrawn"
        conversing.tell_beside(turn, standing, key, number=case.number)
    else:
        conversing.tell_beside(turn, standing, "talk.withdraw_kept", number=case.number)


def _list(turn: Turn, standing: Standing) -> list[Case]:
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    return [case for case in mine if _may(case)]


def _may(case: Case) -> bool:
    return lifecycle.find_rule(Status(case.status), Action.WITHDRAW, Role.REPORTER) is not None
