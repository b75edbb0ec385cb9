"""Words of danger while an office's "done" waits for its answer: heard at once, whatever becomes of what they begin."""

from bot.messages.bubbles import text_bubble
from cases.danger import find_danger
from cases.statuses import Status
from cases.verdicts import find_verdict
from flows import words
from flows.answers import Answer
from handlers import adding, brought_along, closure, closure_words, conversing, kept_back, wishing
from handlers.turn import Turn
from storage import cases as stored
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say


def take(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """With no conversation open: it is not done, where one case waits that they may be of. True if taken.

    Else they go to the newest that waits; whether they are of that one, or a matter of their own, is asked all the
    same.
    """
    text = answer.text
    found = find_danger(text) if answer.kind == "text" and not conversing.is_talking(standing) else None
    return found is not None and _hear(turn, standing, text, happening=found.happening)


def take_after_photo(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """The same behind a photo that came unasked, which goes with them. True if taken."""
    text = answer.text
    found = find_danger(text) if answer.kind == "text" and brought_along.is_asked(standing) else None
    return found is not None and _hear(turn, standing, text, happening=found.happening)


def _hear(turn: Turn, standing: Standing, text: str, *, happening: bool) -> bool:
    _, waiting = closure.list_waiting(turn, standing)
    meant = [case for case in waiting if closure_words.is_of_kind(case, text)]
    case = next((stored.find_case(turn.session, one.id, lock=True) for one in (*meant, *waiting)), None)
    if case is None or case.status != Status.RESOLVED:
        return False
    if _is_kept(turn, case, text):
        adding.add_at_once(turn, standing, case, text, [])  # says by itself who reads them
        return False
    if len(waiting) == 1 and meant and happening and not words.begins_report(text) and find_verdict(text) != "yes":
        closure.judge(turn, standing, case, "no", text)
        return True
    adding.hand_over(turn, standing, case, text, [])
    heard = say(standing.language, "talk.danger_heard", number=case.number)
    turn.say(text_bubble(heard), case_id=case.id)
    return False


def _is_kept(turn: Turn, case: Case, text: str) -> bool:
    stays = kept_back.must_stay(turn.session, case, text, turn.now)
    return stays or wishing.must_ask(turn.session, case, text)
