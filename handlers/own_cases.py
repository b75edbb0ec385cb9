"""The buttons of a person's own cases."""

from cases.statuses import OVER, Status
from flows import addition
from handlers import adding, closure, conversing, tracking, withdrawal
from handlers.turn import Turn
from storage import cases as stored
from storage.conversations import Standing
from storage.models import Case


def take_tap(turn: Turn, standing: Standing, data: str) -> None:
    """A button of a case: `id:verb:value`. Only its own reporter's taps count."""
    key, _, rest = data.partition(":")
    verb, _, value = rest.partition(":")
    case = stored.find_case(turn.session, int(key), lock=True) if key.isdecimal() and len(key) < 18 else None
    if case is None or not tracking.is_mine(turn, standing, case):
        conversing.say_old_button(turn, standing)
    elif verb == "closure" and value in closure.ANSWERS:
        closure.judge(turn, standing, case, value)
    elif verb == "stars" and value in closure.STARS:
        closure.rate(turn, standing, case, value)
    elif verb == "withdraw":
        withdrawal.settle(turn, standing, case, value)
    elif verb == "add":
        _begin_addition(turn, standing, case)
    elif verb == "show":
        tracking.find_by_number(turn, standing, case.number)
    else:
        conversing.say_old_button(turn, standing)


def _begin_addition(turn: Turn, standing: Standing, case: Case) -> None:
    if Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
        conversing.ask_again(turn, standing)
        return
    if standing.flow == "addition":
        slots = conversing.load(standing)[1].slots
        if slots.get("case_id") == case.id:
            conversing.ask_again(turn, standing)
            return
        if addition.has_anything(slots):
            adding.take_addition(turn, standing, slots)
    conversing.begin_beside(turn, standing, "addition", {"case_id": case.id})
