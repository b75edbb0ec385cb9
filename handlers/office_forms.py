"""What an office filled in on the page behind a mailed link: read, and refused kindly where something is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.messages.date_question import DAYS
from cases import questions
from cases.desk import OMB
from cases.office_updates import Update
from cases.statuses import Action
from cases.waiting import LONGEST_DAYS
from storage.links import Purpose

LONGEST = 1000  # letters
SEND, SEND_WITH, CHANGE = "send", "send_with", "change"  # what is done with the words that were shown
WITHOUT = "without"  # "done" is told with no photo of it
NO_PHOTO, CHOOSE_PHOTO = "page.no_photo", "page.choose_photo"
FURTHEST = timedelta(days=LONGEST_DAYS)
STEPS: dict[Purpose, Action] = {
    "acknowledge": Action.ACKNOWLEDGE,
    "promise": Action.PROMISE,
    "ask": Action.ASK,
    "resolve": Action.RESOLVE,
    "not_found": Action.NOT_FOUND,
    "decline": Action.DECLINE,
    "transfer": Action.TRANSFER,
    "accept": Action.ACCEPT,
    "refuse": Action.BOUNCE,
}
WITH_DATE: tuple[Purpose, ...] = ("acknowledge", "promise")
WITH_PHOTOS: tuple[Purpose, ...] = ("resolve", "not_found")
WITH_REASON: tuple[Purpose, ...] = ("decline", "transfer", "refuse")
LATER, OTHER, WAIT = "later", "other", "wait"


class FormProblem(Exception):
    """Something is missing or odd: the key of the words that say what, and what is filled into them."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Wish:
    """The step that a form asks for.

    `look`: the day on which an office that waits for others looks again. `ready`: the key of a ready-made question.
    `to_officers`: the Ombudsman's officers are to find who takes it, whomever the words name. `with_number`:
    somebody's own number in the words goes to the reporter too.
    """

    update: Update
    look: date | None = None
    ready: str | None = None
    to_officers: bool = False
    with_number: bool = False


def read_form(purpose: Purpose, given: Mapping[str, str], today: date) -> Wish:
    """The step of a form of this purpose. Raises FormProblem."""
    words = " ".join(given.get("words", "").split("\r\n")) if purpose == "ask" else given.get("words", "")
    words = words.replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise FormProblem("page.wrong_long", count=LONGEST)
    if purpose in WITH_DATE:
        return _read_date(purpose, given, words, today)
    if purpose == "ask":
        return _read_question(given, words)
    if purpose in WITH_REASON and not words:
        raise FormProblem("page.wrong_reason")
    if purpose == "transfer":
        receiver = given.get("receiver") or None
        update = Update(Action.TRANSFER, words, receiver=receiver if receiver != OMB else None)
        return Wish(update, to_officers=receiver == OMB)
    return Wish(Update(STEPS[purpose], words or None))


def _read_question(given: Mapping[str, str], words: str) -> Wish:
    """The office's own words go before the ready-made question that was tapped beside them."""
    ready = questions.find(given.get("ready", "")) if not words else None
    if not words and ready is None:
        raise FormProblem("page.wrong_question")
    return Wish(Update(Action.ASK, ready.th if ready else words), ready=ready.key if ready else None)


def _read_date(purpose: Purpose, given: Mapping[str, str], reason: str, today: date) -> Wish:
    chosen = given.get("due", "")
    if chosen == LATER and purpose == "acknowledge":
        return Wish(Update(Action.ACKNOWLEDGE))
    if chosen == WAIT:
        if not reason:
            raise FormProblem("page.wrong_reason")
        return Wish(Update(Action.WAIT, reason), look=_read_day(given.get("look", ""), today))
    if chosen == OTHER:
        return Wish(Update(Action.PROMISE, due=_read_day(given.get("day", ""), today)))
    if chosen in map(str, DAYS):
        return Wish(Update(Action.PROMISE, due=today + timedelta(days=int(chosen))))
    raise FormProblem("page.wrong_choice")


def _read_day(words: str, today: date) -> date:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise FormProblem("page.wrong_day", count=FURTHEST.days) from None
    if not today <= day <= today + FURTHEST:
        raise FormProblem("page.wrong_day", count=FURTHEST.days)
    return day
