"""One text that tells of two problems: offered as two reports, so that each gets to its own crew."""

from typing import Any

from cases.triage_clauses import split_matters
from flows import description, place
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask, named_button
from flows.words import count_matters, has_words

SHOWN = 120  # of each half, in the question


def accept_story(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """What happened, as `description` takes it; first words that plainly tell of two problems are kept as halves."""
    accepted = description.accept_description(answer, slots, setting)
    told = accepted.slots.get("told", ())
    if answer.step or len(told) != 1 or slots.get("second") or "description" not in accepted.slots:
        return accepted
    message_id, words = told[0]
    halves = split_matters(words)
    if halves is None:
        return accepted
    return Accepted({**accepted.slots, "halves": [message_id, words, *halves], "matters": None}, accepted.says)


def is_asked(slots: Slots) -> bool:
    """Whether there are two halves to ask about."""
    return "halves" in slots


def ask_matters(slots: Slots, setting: Setting) -> list[Message]:
    """Two reports or one?"""
    _, _, first, second = slots["halves"]
    buttons = (
        named_button(setting, "matters", "two", "report.matters_two"),
        named_button(setting, "matters", "one", "report.matters_one"),
    )
    return [ask(setting, "report.ask_matters", *buttons, first=shorten(first), second=shorten(second))]


def accept_matters(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Two: the second half waits until the first is sent. One: all of it is one story."""
    count = {"two": 2, "one": 1}.get(answer.value) if answer.step else count_matters(answer.text)
    if count is None and (answer.step or not has_words(answer.text)):
        raise Rejected("report.not_here")
    message_id, whole, first, second = slots["halves"]
    if count == 2:
        told = [[message_id, first], *slots["told"][1:]]
        return Accepted({"matters": "two", "second": [message_id, second]} | _describe(told, slots))
    told = [[message_id, whole], *slots["told"][1:]]
    changed = {"matters": "one", "second": None} | _describe(told, slots)
    if count == 1:
        return Accepted(changed)
    more, says = description.add_words(answer, {**slots, **changed}, setting)
    return Accepted(changed | more, says)


def begin_second(second: list[str], setting: Setting) -> dict[str, Any]:
    """The slots of a report that begins with the half that waited."""
    told = [second]
    return description.describe(told, {}, fresh=True) | place.find_in(second[1], setting)


def forget(slots: Slots, message_id: str) -> dict[str, Any]:
    """The slots without what one message told, whole or half."""
    gone: dict[str, Any] = {}
    if slots.get("halves", [""])[0] == message_id:
        gone |= {"halves": None, "matters": None}
    if slots.get("second", [""])[0] == message_id:
        gone["second"] = None
    return description.forget(slots, message_id) | gone


def _describe(told: list[list[str]], slots: Slots) -> dict[str, Any]:
    return description.describe(told, slots, fresh=True)


def shorten(words: str) -> str:
    """The beginning of a half, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"
