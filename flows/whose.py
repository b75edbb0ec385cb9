"""Several questions wait for an answer at once, or a report is half told beside one: for which of them was that?

What was said is kept meanwhile.
"""

from flows.addition import TAKEN, forget, gather
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Step
from flows.prompts import ask, button, named_button
from flows.words import find_bare_number, find_case_number, is_no, is_yes

NEW = "new"
DRAFT = "draft"  # the report that is half told
OBJECTS = "objects"  # in the slots: it is said that something is still not done
MOST_CHOICES = 10


def ask_whose(slots: Slots, setting: Setting) -> list[Message]:
    """The cases that wait, or the questions, each a button; or none of them."""
    choices = slots["choices"]
    questions = slots.get("questions")
    # A label holds twenty letters: of the number there is only as much as leaves room for what it is about.
    short = {number: number.rpartition("-")[2] if questions else number.removeprefix("FT") for _, number, _ in choices}
    buttons = [button(setting, "whose", str(key), f"{short[number]} {what}") for key, number, what in choices]
    other = (DRAFT, "talk.whose_draft") if slots.get("beside") else (NEW, "talk.report_new")
    key = "talk.whose_question" if questions else "talk.whose_undone" if slots.get(OBJECTS) else "talk.whose"
    return [ask(setting, key, *buttons, named_button(setting, "whose", *other), questions=questions or "")]


def accept_whose(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A tap, a number typed, or more of the answer. Whoever objects may say yes to the only case, or no."""
    other = DRAFT if slots.get("beside") else NEW
    keys = {str(key): str(key) for key, _, _ in slots["choices"]} | {other: other}
    numbers = {number: str(key) for key, number, _ in reversed(slots["choices"])}
    number = find_case_number(answer.text) or find_bare_number(answer.text)
    chosen = keys.get(answer.value) if answer.step else numbers.get(number or "")
    if slots.get(OBJECTS) and not answer.step and answer.kind == "text":
        only = str(slots["choices"][0][0]) if len(slots["choices"]) == 1 and is_yes(answer.text) else None
        chosen = chosen or only or (other if is_no(answer.text) else None)
    return Accepted({"whose": chosen}) if chosen else gather(answer, slots)


def forget_kept(slots: Slots, message_id: str) -> dict[str, object]:
    """The slots without what one message added; the pin that came first is kept by itself as well."""
    pieces = slots.get("pieces") or ()
    pinned = slots.get("pin") and pieces and pieces[0][0] == message_id
    return forget(slots, message_id) | ({"pin": None} if pinned else {})


WHOSE = Flow(
    name="whose",
    steps=(Step("whose", ask=ask_whose, accept=accept_whose, takes=TAKEN),),
    forget=forget_kept,
)
