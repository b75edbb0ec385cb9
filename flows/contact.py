"""How to reach the person: a telephone number if they like, and whether the district may see a name."""

from cases.danger import find_danger
from cases.triage import suggest
from flows import description
from flows.answers import Answer, Message, Setting, Slots
from flows.asides import asks_back, find_change, is_no_name, is_unwilling, refuses
from flows.engine import Accepted, Rejected
from flows.kind import is_confidential
from flows.prompts import ask, named_button
from flows.words import find_phone, has_words, is_no, is_skip, is_yes

LONGEST_NAME = 80


def ask_phone(slots: Slots, setting: Setting) -> list[Message]:
    """A telephone number, if the person likes."""
    key = "report.ask_phone_confidential" if is_confidential(slots) else "report.ask_phone"
    return [ask(setting, key, named_button(setting, "phone", "none", "report.no_phone"))]


def accept_phone(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A Thai number of nine or ten digits, or none."""
    number = find_phone(answer.text)
    if answer.value == "none" or (number is None and _declines(answer.text)):
        return Accepted({"phone": ""})
    if number is None and find_danger(answer.text):
        return Accepted(*description.add_words(answer, slots, setting))
    if number is None:
        raise Rejected("report.phone_wrong")
    return Accepted({"phone": number})


def ask_phone_shown(slots: Slots, setting: Setting) -> list[Message]:
    """Whether the district may see the number, asked apart from the name."""
    buttons = (
        named_button(setting, "phone_shown", "yes", "report.show_phone"),
        named_button(setting, "phone_shown", "no", "report.hide_phone"),
    )
    return [ask(setting, "report.ask_phone_shown", *buttons, phone=slots["phone"])]


def accept_phone_shown(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Yes or no; only a plain yes shows it."""
    if answer.value == "yes" or (not answer.step and is_yes(answer.text)):
        return Accepted({"phone_shown": True})
    if answer.value == "no" or (not answer.step and _declines(answer.text)):
        return Accepted({"phone_shown": False})
    if answer.step or not has_words(answer.text) or asks_back(answer.text) or find_change(answer.text):
        raise Rejected("report.not_here")
    return Accepted(*description.add_words(answer, slots, setting))


def ask_name(slots: Slots, setting: Setting) -> list[Message]:
    """Whether the district may see who this is: only by typing a name."""
    return [ask(setting, "report.ask_name", named_button(setting, "name", "hidden", "report.hide_name"))]


def accept_name(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """The name to show, or none."""
    if answer.value == "hidden" or _declines(answer.text):
        return Accepted({"name": ""})
    if is_yes(answer.text):
        raise Rejected("report.name_which")
    if find_danger(answer.text) or suggest(answer.text).confident:
        return Accepted(*description.add_words(answer, slots, setting))
    name = " ".join(answer.text.split())
    if is_unwilling(name):
        return Accepted({"name": ""})
    if is_no_name(name):  # a name shown that was none cannot be taken back from those who read it
        raise Rejected("report.name_wrong")
    if not any(char.isalpha() for char in name) or len(name) > LONGEST_NAME:
        raise Rejected("report.name_wrong")
    return Accepted({"name": name})


def _declines(text: str) -> bool:
    return is_skip(text) or is_no(text) or refuses(text)
