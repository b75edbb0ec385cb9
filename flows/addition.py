"""Adding words or photos to a case that was told before."""

from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.prompts import ask, camera_buttons, named_button
from flows.report import ATTACHMENTS, LONGEST_DESCRIPTION, MOST_PHOTOS
from flows.words import is_skip


def ask_more(slots: Slots, setting: Setting) -> list[Message]:
    """What is to be added; counted once something is."""
    count = len(slots.get("media", ()))
    if not count and not slots.get("words"):
        return [ask(setting, "addition.ask", *camera_buttons(setting))]
    done = named_button(setting, "more", "done", "addition.done")
    return [ask(setting, "addition.ask_more", done, *camera_buttons(setting), count=count)]


def accept_more(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Words, an attachment, or that this is all."""
    anything = bool(slots.get("media") or slots.get("words"))
    if answer.value == "done" or (anything and answer.kind == "text" and is_skip(answer.text)):
        if not anything:
            raise Rejected("addition.nothing")
        return Accepted({"more": True})
    if answer.media_id is not None:
        media = [*slots.get("media", ()), answer.media_id]
        if len(media) > MOST_PHOTOS:
            raise Rejected("report.photos_full_refused", count=MOST_PHOTOS)
        return Accepted({"media": media}, quiet=1 < answer.album_seen < answer.album_total)
    words = f"{slots.get('words', '')}\n{answer.text}".strip()[:LONGEST_DESCRIPTION]
    return Accepted({"words": words})


ADDITION = Flow(
    name="addition",
    steps=(Step("more", ask=ask_more, accept=accept_more, takes=ATTACHMENTS | {"text"}),),
)
