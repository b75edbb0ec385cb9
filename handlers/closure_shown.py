"""How a case is, said with more than words or with none: behind a photo, by a sticker, in a photo right after."""

from cases.danger import find_danger
from cases.statuses import OVER, Action, Status
from cases.verdicts import find_verdict
from flows import words
from flows.answers import Answer
from flows.photos import is_middle_of_album
from handlers import brought_along, closure, closure_which, conversing, group_words
from handlers.turn import Turn
from storage import cases as stored
from storage.conversations import Standing

SHOWN = frozenset({"image", "video"})


def judge_after_photo(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """Words after photos that came unasked: the answer, where one case waits for it, and they say so of no other."""
    text = answer.text
    answered = words.find_closure(text) if answer.kind == "text" and brought_along.is_asked(standing) else None
    verdict = answered or find_verdict(text)
    mine, waiting = closure.list_waiting(turn, standing) if verdict and brought_along.is_asked(standing) else ([], [])
    goes_on = [case for case in mine if Status(case.status) not in OVER]
    # Danger is heard at once, also where the words may be of another case that goes on.
    doubtful = verdict != "yes" and len(goes_on) > 1 and not find_danger(text)
    if len(waiting) != 1 or doubtful:
        return False
    return (
        closure.judge_unquoted(turn, standing, answered) if answered else closure.judge_in_words(turn, standing, text)
    )


def take_sticker(turn: Turn, standing: Standing) -> bool:
    """A thumb up, where one case waits for the answer and nothing else is asked. True if taken."""
    if conversing.is_talking(standing) and not brought_along.is_asked(standing):
        return False
    keywords, drawn = turn.inbound.sticker_words, turn.inbound.text
    shown = words.shows_thumb(keywords, drawn) and group_words.is_nod(keywords, drawn)
    _, waiting = closure.list_waiting(turn, standing) if shown else ([], [])
    return len(waiting) == 1 and closure.judge_unquoted(turn, standing, "yes")


def take_photo(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """Soon after a case was said to be well, and with no conversation open: a photo of that. True if taken."""
    recent = closure.find_just_judged(turn, standing) if answer.kind in SHOWN else None
    if recent is None or recent.action == Action.DISPUTE or answer.media_id is None:
        return False
    if any(closure_which.was_asked_since(turn, one, recent.at) for one in closure.list_waiting(turn, standing)[1]):
        return False  # it may be of that one: the words behind it say so
    case = stored.find_case(turn.session, recent.case_id, lock=True)
    if case is None or case.status != Status.CLOSED:
        return False
    brought_along.keep(turn, standing, case, [answer.media_id])
    if not is_middle_of_album(answer):
        new = conversing.tap(standing, "talk.report_new", "m:report")
        conversing.tell(turn, standing, "talk.photos_along", new, number=case.number)
    return True
