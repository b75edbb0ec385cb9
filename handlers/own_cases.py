"""The buttons of a person's own cases."""

from cases.statuses import OVER, Status
from flows import addition, words
from handlers import (
    adding,
    closure,
    closure_stars,
    closure_which,
    conversing,
    followed,
    followed_photos,
    joining,
    questioning,
    retelling,
    tracking,
    withdrawal,
)
from handlers.turn import Turn
from storage import cases as stored
from storage.conversations import Standing
from storage.models import Case


def take_tap(turn: Turn, standing: Standing, data: str) -> None:
    """A button of a case: `id:verb:value`. Only its own reporter's taps count."""
    key, _, rest = data.partition(":")
    verb, _, value = rest.partition(":")
    case = stored.find_case(turn.session, int(key), lock=True) if key.isdecimal() and len(key) < 18 else None
    if case is None:
        conversing.say_old_button(turn, standing)
    elif not tracking.is_mine(turn, standing, case):
        if verb == "unjoin":
            joining.take_back(turn, standing, case, value)
        elif verb == followed_photos.NEW:
            followed_photos.begin_new(turn, standing, case, value)
        elif not followed.take_tap(turn, standing, case, verb, value):
            conversing.say_old_button(turn, standing)
    elif verb == "closure" and closure.take_tap(turn, standing, case, value):
        return
    elif verb == closure_which.ALL:
        closure.take_all(turn, standing, value)
    elif verb == "stars" and value in closure.STARS:
        closure_stars.rate(turn, standing, case, value)
    elif verb == "rejudge":
        closure.rejudge(turn, standing, case)
    elif verb == "word":
        closure_stars.pass_over_word(turn, standing)
    elif verb == "again":
        retelling.begin(turn, standing, case)
    elif verb == "answer":
        questioning.begin(turn, standing, case, value)
    elif verb == "withdraw":
        withdrawal.settle(turn, standing, case, value)
    elif verb == "add":
        begin_addition(turn, standing, case)
    elif verb == "pass":
        adding.pass_kept(turn, standing, case, value)
    elif verb == "secret":
        adding.settle_wish(turn, standing, case, value)
    elif verb == "show":
        tracking.find_by_number(turn, standing, case.number)
    else:
        conversing.say_old_button(turn, standing)


def take_words(turn: Turn, standing: Standing) -> bool:
    """The number of a case of theirs and that something is to be added to it. True if taken."""
    number = words.find_case_number(turn.inbound.text)
    if number is None or words.find_command(words.strip_case_number(turn.inbound.text)) != "add":
        return False
    case = stored.find_case_by_number(turn.session, number)
    if case is None or not tracking.is_mine(turn, standing, case):
        return False
    begin_addition(turn, standing, case)
    return True


def begin_addition(turn: Turn, standing: Standing, case: Case) -> None:
    """Ask what is to be added to a case; what was being added to another goes there first."""
    if Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
        return
    if standing.flow == "addition":
        slots = conversing.load(standing)[1].slots
        if slots.get("case_id") == case.id:
            conversing.ask_again(turn, standing)
            return
        if addition.has_anything(slots):
            adding.take_addition(turn, standing, slots)
    conversing.begin_beside(turn, standing, "addition", {"case_id": case.id})
