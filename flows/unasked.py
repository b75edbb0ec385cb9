"""Something came unasked from a person with an open case: is it a new matter, more of the old one, or neither?"""

from cases.danger import find_danger
from cases.triage import suggest
from flows import shapes
from flows.addition import TAKEN, forget, gather
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.prompts import ask, named_button
from flows.whose import NEW, accept_whose, ask_whose
from flows.words import begins_report, is_no, is_skip, is_yes

OLD = "old"
NEITHER = "neither"


def tells_new(text: str) -> bool:
    """Whether words plainly tell of a problem by themselves."""
    return begins_report(text) or suggest(text).confident or find_danger(text) is not None


def ask_unasked(slots: Slots, setting: Setting) -> list[Message]:
    """A new matter?"""
    buttons = (
        named_button(setting, "unasked", NEW, "talk.unasked_new"),
        named_button(setting, "unasked", OLD, "talk.unasked_old"),
        named_button(setting, "unasked", NEITHER, "talk.unasked_neither"),
    )
    return [ask(setting, "talk.unasked", *buttons)]


def accept_unasked(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A tap, yes or no, or more of what came; the only open case needs no further question."""
    text = "" if answer.step else answer.text
    if answer.value == NEW or is_yes(text):
        return Accepted({"unasked": NEW})
    if answer.value == NEITHER or is_no(text) or is_skip(text):
        return Accepted({"unasked": NEITHER})
    if answer.value == OLD:
        only = {"whose": str(slots["choices"][0][0])} if len(slots["choices"]) == 1 else {}
        return Accepted({"unasked": OLD} | only)
    if answer.step:
        raise Rejected("report.not_here")
    gathered = gather(answer, slots)
    if answer.kind == "text" and tells_new(text):
        return Accepted({**gathered.slots, "unasked": NEW})
    return gathered


UNASKED = Flow(
    name="unasked",
    steps=(
        Step("unasked", ask=ask_unasked, accept=accept_unasked, takes=TAKEN),
        Step("whose", ask=ask_whose, accept=accept_whose, takes=TAKEN, when=lambda slots: slots.get("unasked") == OLD),
    ),
    forget=forget,
    sound={**shapes.ADDITION, "unasked": shapes.is_words, "whose": shapes.is_words},
)
