"""Several offices wait for an answer at once: which of them was that for? What was said is kept meanwhile."""

from flows.addition import TAKEN, forget, gather
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Step
from flows.prompts import ask, button, named_button
from flows.words import find_bare_number, find_case_number

NEW = "new"
MOST_CHOICES = 10


def ask_whose(slots: Slots, setting: Setting) -> list[Message]:
    """The cases that wait, each a button; or none of them."""
    choices = slots["choices"]
    # A label holds twenty letters: the number goes without its FT, so that the kind fits too.
    labels = {key: f"{number.removeprefix('FT')} {what}" for key, number, what in choices}
    buttons = [button(setting, "whose", str(key), label) for key, label in labels.items()]
    return [ask(setting, "talk.whose", *buttons, named_button(setting, "whose", NEW, "talk.report_new"))]


def accept_whose(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A tap, a number typed, or more of the answer."""
    keys = {str(key): str(key) for key, _, _ in slots["choices"]} | {NEW: NEW}
    numbers = {number: str(key) for key, number, _ in slots["choices"]}
    number = find_case_number(answer.text) or find_bare_number(answer.text)
    chosen = keys.get(answer.value) if answer.step else numbers.get(number or "")
    return Accepted({"whose": chosen}) if chosen else gather(answer, slots)


WHOSE = Flow(
    name="whose",
    steps=(Step("whose", ask=ask_whose, accept=accept_whose, takes=TAKEN),),
    forget=forget,
)
