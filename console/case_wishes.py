"""What was filled in on the form of a step: read, and refused kindly where something is missing or odd."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases import questions, who_helps
from cases.categories import find_category
from cases.waiting import LONGEST_DAYS
from console import case_steps
from console.case_steps import Step
from places.organisations import find_organisation

LONGEST = 1000  # letters
FURTHEST = timedelta(days=LONGEST_DAYS)
VERDICTS = ("yes", "partly", "no")


class Refused(Exception):
    """The step cannot be made so: the key of the words that say what to do, and the field they stand under."""

    def __init__(self, key: str, field: str = "", **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values


@dataclass(frozen=True, slots=True)
class Wish:
    """A form that is whole. `ready`: the key of a question that comes with the program; `photos`: keys of uploads;
    `where`: a place as a conversation keeps it; `either`: khet (or outside) of which one must be chosen first; `hand`:
    the office to which the case goes with it; `with_number`: a number in the words goes to the reporter too.
    """

    words: str = ""
    day: date | None = None
    look: date | None = None
    ready: str | None = None
    receiver: str | None = None
    number: str = ""
    body: str | None = None
    verdict: str = ""
    photos: tuple[int, ...] = ()
    category: str = ""
    danger: bool = False
    where: Mapping[str, Any] | None = None
    either: tuple[str, ...] = ()
    hand: str = ""
    with_number: bool = False


def read(
    step: Step, given: Mapping[str, str], today: date, photos: tuple[int, ...], own_texts: Mapping[str, str]
) -> Wish:
    """The wish of this form. `own_texts`: the words of the ready texts that staff keep. Raises Refused."""
    words = given.get("words", "").replace("\r\n", "\n").strip() if case_steps.WORDS in step.fields else ""
    if len(words) > LONGEST:
        raise Refused("console.case.wrong_long", "words", count=LONGEST)
    ready = given.get("ready", "") if case_steps.READY in step.fields and not words else ""
    words = own_texts.get(ready, words)
    known = questions.find(ready) if ready and step.name == "ask" else None
    wish = Wish(
        words=known.th if known is not None else words,
        day=_read_day(given, "day", today) if case_steps.DAY in step.fields else None,
        look=_read_day(given, "look", today) if case_steps.LOOK in step.fields else None,
        ready=known.key if known is not None else None,
        receiver=_read_receiver(given) if case_steps.RECEIVER in step.fields else None,
        number=(given.get("number", "").strip() or given.get("near", "")).upper(),
        body=given.get("body") if given.get("body") in who_helps.list_buttons() else None,
        verdict=given.get("verdict", "") if given.get("verdict") in VERDICTS else "",
        photos=photos,
        category=given.get("category", "") if find_category(given.get("category", "")) else "",
        danger=bool(given.get("danger")) and case_steps.DANGER in step.fields,
        hand=given.get("hand", "") if case_steps.WHERE in step.fields else "",
        with_number=bool(given.get("with_number")) and step.name in case_steps.WITH_NUMBER,
    )
    _check(step, wish)
    return wish


def _check(step: Step, wish: Wish) -> None:
    for field in step.needs:
        if not getattr(wish, field):
            raise Refused(f"console.case.wrong_{field}", field)
    if step.name in ("ask", "write") and not wish.words:
        raise Refused("console.case.wrong_question" if step.name == "ask" else "console.case.wrong_words", "words")
    if step.name == "agree" and not wish.words and wish.body is None:
        raise Refused("console.case.wrong_body", "words")
    if step.name == "tell_owner" and not wish.words and not wish.photos:
        raise Refused("console.case.wrong_words", "words")


def _read_day(given: Mapping[str, str], field: str, today: date) -> date | None:
    told = given.get(field, "").strip()
    if not told:
        return None
    try:
        day = date.fromisoformat(told)
    except ValueError:
        raise Refused("console.case.wrong_day", field, count=LONGEST_DAYS) from None
    if not today <= day <= today + FURTHEST:
        raise Refused("console.case.wrong_day", field, count=LONGEST_DAYS)
    return day


def _read_receiver(given: Mapping[str, str]) -> str | None:
    """The office chosen; None where it is left to the officers."""
    code = given.get("receiver", "")
    return code if code and find_organisation(code) is not None else None
