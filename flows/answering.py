"""Answering one question of an office, while a report may be half told: whatever comes goes there at once."""

from flows import shapes
from flows.addition import TAKEN, forget_said, gather, has_anything
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.prompts import ask_freely, camera_buttons, named_button, pin_button
from flows.words import is_skip


def ask_answer(slots: Slots, setting: Setting) -> list[Message]:
    """The question once more; or that more may follow."""
    if not has_anything(slots):
        later = named_button(setting, "more", "done", "answering.later")
        tools = (*camera_buttons(setting), pin_button(setting))
        return [ask_freely(setting, "answering.ask", *tools, later, number=slots["number"], question=slots["asked"])]
    done = named_button(setting, "more", "done", "answering.done")
    return [ask_freely(setting, "answering.more", done, number=slots["number"])]


def accept_answer(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Words, a pin or an attachment; or that this is all."""
    if answer.value == "done" or (has_anything(slots) and answer.kind == "text" and is_skip(answer.text)):
        return Accepted({"more": True})
    if answer.step:
        raise Rejected("report.not_here")
    return gather(answer, slots)


ANSWERING = Flow(
    name="answering",
    steps=(Step("more", ask=ask_answer, accept=accept_answer, takes=TAKEN),),
    forget=forget_said,
    sound={**shapes.ADDITION, **shapes.AT_ONCE, "asked": shapes.is_words, "number": shapes.is_words},
)
