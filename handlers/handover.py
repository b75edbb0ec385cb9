"""A code out of a slip: somebody scanned the slip that an officer gave them, and takes the case into their own LINE."""

import hashlib
import re
from functools import cache

from cases import handing_over, open_questions
from cases.statuses import Status
from clock import in_bangkok
from handlers import closure, conversing, questioning, tracking
from handlers.turn import Turn
from storage import once
from storage.conversations import Standing
from storage.groups import ALPHABET
from texts.catalog import LANGUAGES, say

MOST_WRONG = 5  # a day and person: nobody mistypes that often, and nobody should guess


def find_code(text: str) -> str | None:
    """The code in words that say what the slip says, and no more; spaces, case and a dash are forgiven."""
    shown = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    found = _make_pattern().fullmatch(" ".join(shown.split()))
    return re.sub(r"[\s-]", "", found["code"]).upper() if found else None


@cache
def _make_pattern() -> re.Pattern[str]:
    beginnings = [say(language, "handover.slip_words", code="").strip() for language in LANGUAGES]
    half = f"[{ALPHABET}]{{4}}"
    return re.compile(rf"(?:{'|'.join(map(re.escape, beginnings))})\s?:?\s?(?P<code>{half}[\s-]?{half})", re.IGNORECASE)


def take_words(turn: Turn, standing: Standing) -> bool:
    """A code, with the words that the slip puts before it. True if taken."""
    code = find_code(turn.inbound.text)
    if code is None:
        return False
    if once.list_done(turn.session, [_name_try(turn, standing, MOST_WRONG)]):
        conversing.tell_beside(turn, standing, "handover.too_many", *conversing.ways_on(standing))
        return True
    key = turn.settings.secret_key.get_secret_value()
    taken = handing_over.take(turn.session, code, key, standing.chat_id, standing.language, turn.now)
    if taken.case is None:
        if taken.outcome == "wrong":
            _count_wrong(turn, standing)
        conversing.tell_beside(turn, standing, f"handover.{taken.outcome}", *conversing.ways_on(standing))
        return True
    case = taken.case
    conversing.tell(turn, standing, f"handover.{taken.outcome}", number=case.number)
    if taken.outcome == "done" and case.status == Status.RESOLVED:
        closure.ask(turn, standing, case)
    elif taken.outcome == "done" and (asked := open_questions.list_open(turn.session, case)):
        questioning.show_left(turn, standing, case, asked[0])
        conversing.ask_again(turn, standing)
    else:
        tracking.find_by_number(turn, standing, case.number)
    return True


def _count_wrong(turn: Turn, standing: Standing) -> None:
    tries = range(1, MOST_WRONG + 1)
    any(once.claim(turn.session, _name_try(turn, standing, number), turn.now) for number in tries)


def _name_try(turn: Turn, standing: Standing, number: int) -> str:
    """Whose try of which day it was, in a name that says nothing of the person."""
    person = hashlib.sha256(standing.chat_id.encode()).hexdigest()[:24]
    return f"handover:{person}:{in_bangkok(turn.now).date()}:{number}"
