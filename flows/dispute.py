"""Why is it not done? The reason, by a tap or in words, and a picture: both may be left out, each counts at once."""

from cases.verdicts import REASONS
from flows import shapes
from flows.addition import TAKEN, forget_said, gather
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.photos import ATTACHMENTS
from flows.prompts import ask_freely, ask_lasting_freely, camera_buttons, named_button
from flows.words import is_nod, is_skip
from texts.catalog import say

NONE = "none"
OWN = "own"
READERS = "th"  # officers read what a tap stands for


def ask_why(slots: Slots, setting: Setting) -> list[Message]:
    """Ready-made reasons, or words of one's own."""
    reasons = [named_button(setting, "why", name, f"not_done.{name}") for name in REASONS[slots["answer"]]]
    skip = named_button(setting, "why", NONE, "dispute.skip")
    return [ask_freely(setting, "dispute.why_and_photo" if slots.get("media") else "dispute.why", *reasons, skip)]


def accept_why(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A reason; a picture that comes first is kept, and the reason asked again."""
    if answer.step:
        if answer.value == NONE:
            return Accepted({"why": NONE})
        if answer.value not in REASONS[slots["answer"]]:
            raise Rejected("report.not_here")
        words = ["", say(READERS, f"not_done.{answer.value}")]
        return Accepted({"why": answer.value, "pieces": [*slots.get("pieces", ()), words]})
    if answer.kind == "text" and is_skip(answer.text):
        return Accepted({"why": NONE})
    gathered = gather(answer, slots)
    return gathered if answer.media_id is not None else Accepted({**gathered.slots, "why": OWN})


def ask_proof(slots: Slots, setting: Setting) -> list[Message]:
    """A picture of how it is now; once there is one, more of them."""
    count = len(slots.get("media", ()))
    if not count:
        skip = named_button(setting, "proof", "done", "report.no_photos")
        return [ask_freely(setting, "dispute.proof", *camera_buttons(setting), skip)]
    done = named_button(setting, "proof", "done", "dispute.send")
    return [ask_lasting_freely(setting, "dispute.more", done, *camera_buttons(setting))]


def accept_proof(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """A picture, more words, or that this is all."""
    says_done = answer.kind == "text" and (is_skip(answer.text) or is_nod(answer.text))
    if answer.value == "done" or says_done:
        return Accepted({"proof": True})
    if answer.step:
        raise Rejected("report.not_here")
    return gather(answer, slots)


DISPUTE = Flow(
    name="dispute",
    steps=(
        Step("why", ask=ask_why, accept=accept_why, takes=TAKEN, editable=False),
        Step("proof", ask=ask_proof, accept=accept_proof, takes=TAKEN | ATTACHMENTS, editable=False),
    ),
    forget=forget_said,
    sound={
        **shapes.ADDITION,
        **shapes.AT_ONCE,
        "answer": lambda value: value in REASONS,
        "why": shapes.is_words,
        "proof": shapes.is_sign,
    },
)
