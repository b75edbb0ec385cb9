"""Adding words, photos or a pin to a case that was told before."""

from flows import shapes
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Flow, Rejected, Step
from flows.photos import ATTACHMENTS, MOST_PHOTOS, is_middle_of_album
from flows.prompts import ask, ask_lasting, camera_buttons, named_button, pin_button
from flows.words import has_words, is_skip, is_yes

LONGEST_WORDS = 5000  # as much as one bubble to the office holds
MAP = "https://www.google.com/maps?q="
TAKEN = ATTACHMENTS | {"text", "location"}


def has_anything(slots: Slots) -> bool:
    """Whether something has been added."""
    return bool(slots.get("media") or slots.get("words"))


def ask_more(slots: Slots, setting: Setting) -> list[Message]:
    """What is to be added; shown as received once something is."""
    tools = (*camera_buttons(setting), pin_button(setting))
    if not has_anything(slots):
        return [ask(setting, "addition.ask", *tools)]
    done = named_button(setting, "more", "done", "addition.done")
    return [ask_lasting(setting, "addition.ask_more", done, *tools)]


def accept_more(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Words, a pin, an attachment, or that this is all."""
    passes = answer.kind == "text" and (is_skip(answer.text) or is_yes(answer.text))
    if answer.value == "done" or passes:
        if not has_anything(slots):
            raise Rejected("addition.nothing")
        return Accepted({"more": True})
    return gather(answer, slots)


def gather(answer: Answer, slots: Slots) -> Accepted:
    """Keep one more thing; an album is answered at its first and its last photo."""
    if answer.media_id is not None:
        media = list(slots.get("media", ()))
        quiet = is_middle_of_album(answer)
        if len(media) >= MOST_PHOTOS and not quiet:
            raise Rejected("report.photos_full_refused", count=MOST_PHOTOS)
        kept = media if len(media) >= MOST_PHOTOS or answer.media_id in media else [*media, answer.media_id]
        return Accepted({"media": kept}, quiet=quiet)
    words = write_pin(answer) if answer.kind == "location" else answer.text
    if answer.step or not has_words(words):
        raise Rejected("report.not_here")
    pieces = [*slots.get("pieces", ()), [answer.message_id, words]]
    return Accepted(_put_together(pieces))


def write_pin(answer: Answer) -> str:
    """A pin in words an office can open: its address and a map."""
    return f"{answer.address} {MAP}{answer.latitude:.6f},{answer.longitude:.6f}".strip()


def is_pin(words: str) -> bool:
    """Whether words hold a pin so written."""
    return MAP in words


def forget(slots: Slots, message_id: str) -> dict[str, object]:
    """The slots without what one message added; none to change where it added nothing."""
    left = [piece for piece in slots.get("pieces", ()) if piece[0] != message_id]
    return _put_together(left) if len(left) < len(slots.get("pieces", ())) else {}


def forget_said(slots: Slots, message_id: str) -> dict[str, object]:
    """The same where pieces are counted as they go: the place stays, without its words."""
    left = [[key, "" if key == message_id else words] for key, words in slots.get("pieces", ())]
    return _put_together(left) if left != list(slots.get("pieces", ())) else {}


def _put_together(pieces: list[list[str]]) -> dict[str, object]:
    words = "\n".join(piece for _, piece in pieces)[:LONGEST_WORDS]
    return {"pieces": pieces or None, "words": words or None}


ADDITION = Flow(
    name="addition",
    steps=(Step("more", ask=ask_more, accept=accept_more, takes=TAKEN),),
    forget=forget,
    sound=shapes.ADDITION,
)
