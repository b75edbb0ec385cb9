"""Is a case really to be taken back? Only a plain yes does it; a report half told waits beside it meanwhile."""

from flows import shapes
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.prompts import ask, named_button
from flows.words import asks_withdrawal, is_no, is_skip, is_yes

YES = "yes"
NO = "no"


def ask_withdraw(slots: Slots, setting: Setting) -> list[Message]:
    """Really?"""
    buttons = (
        named_button(setting, "withdraw", YES, "talk.withdraw_yes"),
        named_button(setting, "withdraw", NO, "talk.withdraw_no"),
    )
    return [ask(setting, "talk.withdraw_ask", *buttons, number=slots["number"])]


def accept_withdraw(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Yes or no."""
    if answer.value == YES or (not answer.step and (is_yes(answer.text) or asks_withdrawal(answer.text))):
        return Accepted({"withdraw": YES})
    if answer.value == NO or (not answer.step and (is_no(answer.text) or is_skip(answer.text))):
        return Accepted({"withdraw": NO})
    raise Rejected("report.not_here")


def is_answer(answer: Answer) -> bool:
    """Whether this says yes or no; anything else leaves the case as it is, and is heard for itself."""
    text = answer.text if answer.kind == "text" else ""
    return any(says(text) for says in (is_yes, is_no, is_skip, asks_withdrawal))


WITHDRAWAL = Flow(
    name="withdrawal",
    steps=(Step("withdraw", ask=ask_withdraw, accept=accept_withdraw),),
    sound={**shapes.BESIDE, "number": shapes.is_words, "withdraw": shapes.is_words},
)
