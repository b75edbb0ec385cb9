"""What happened, in the person's own words, kept whole; they also tell of kind, danger and place."""

from collections.abc import Mapping
from typing import Any

from cases.danger import find_danger
from cases.triage import suggest
from flows import place
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask, named_button, tell
from flows.words import find_command, has_words, is_courtesy, is_link, is_skip, strip_report_word
from texts.catalog import say

LONGEST_DESCRIPTION = 10_000
NO_MATTER = ("nothing", "mistake")
OTHER = "other"
VOICE = "voice"  # stands where a message's id does: our own words for a recording tell of no kind


def ask_description(slots: Slots, setting: Setting) -> list[Message]:
    """What happened; somebody who sent a voice message may let it stand for words."""
    buttons = [named_button(setting, "description", "voice", "report.use_voice")] if slots.get("voices") else []
    if slots.get("photos_done"):  # the words alone are told anew
        return [ask(setting, "report.ask_description", *buttons)]
    photos = len(slots.get("media", ())) - len(slots.get("recordings", ()))
    if photos > 1:
        return [ask(setting, "report.ask_description_with_photos", *buttons, count=photos)]
    got = slots.get("media") or slots.get("told")
    return [ask(setting, "report.ask_description_with_media" if got else "report.ask_description", *buttons)]


def accept_description(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """Words, kept whole; they suggest the category, and may name the place."""
    if answer.step:
        if answer.value != "voice" or not slots.get("voices"):
            raise Rejected("report.not_here")
        words = say(setting.language, "report.voice_only")
        return Accepted(describe([*slots.get("told", ()), [VOICE, words]], slots, fresh=True))
    words = strip_report_word(answer.text)
    if not has_words(words) or is_courtesy(words) or is_skip(words) or find_command(words) in NO_MATTER:
        raise Rejected("report.description_empty")
    told, says = _append(slots, words, answer.message_id, setting)
    if is_link(words):
        return Accepted({"told": told}, says)
    changed = describe(told, slots, fresh=True)
    if not slots.get("place"):
        changed |= place.find_in(words, setting)
    return Accepted(changed, says)


def add_words(answer: Answer, slots: Slots, setting: Setting) -> tuple[dict[str, Any], tuple[Message, ...]]:
    """More words, wherever they come, belong to the story. The slots to change, and what to say of it."""
    told, says = _append(slots, answer.text, answer.message_id, setting)
    changed = describe(told, slots)
    if not slots.get("place"):
        changed |= place.find_in(answer.text, setting)
    return changed, says or (tell(setting, "report.description_added"),)


def hear_kind(words: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    """The slots that more words lead to; where the whole story leaves the kind open, plain new words settle it."""
    alone = suggest(words)
    if changed.get("category") is None and alone.confident and alone.codes[0] != OTHER:
        return {**changed, "category": alone.codes[0]}
    return dict(changed)


def describe(told: list[list[str]], slots: Slots, *, fresh: bool = False) -> dict[str, Any]:
    """The slots that follow from what was told. A kind once settled stays where more words make it unsure."""
    words = "\n".join(piece for _, piece in told)
    suggestion = suggest("\n".join(piece for source, piece in told if source != VOICE))
    found = find_danger(words)
    changed: dict[str, Any] = {
        "told": told,
        "description": words,
        "suggested": list(suggestion.codes),
        "danger": list(found.kinds) if found else None,
    }
    if not slots.get("category_chosen") and (suggestion.confident or fresh or not slots.get("category")):
        changed["category"] = suggestion.codes[0] if suggestion.confident else None
    return changed


def forget(slots: Slots, message_id: str) -> dict[str, Any]:
    """The slots without what one message told; none to change where it told nothing of this."""
    told = slots.get("told", [])
    left = [piece for piece in told if piece[0] != message_id]
    if len(left) == len(told):
        return {}
    if any(not is_link(words) for _, words in left):
        return describe(left, slots)
    gone = {"description": None, "suggested": None, "danger": None, "told": left or None}
    return gone if slots.get("category_chosen") else gone | {"category": None}


def _append(slots: Slots, words: str, message_id: str, setting: Setting) -> tuple[list[list[str]], tuple[Message, ...]]:
    told = [list(piece) for piece in slots.get("told", ())]
    room = LONGEST_DESCRIPTION - sum(len(piece) + 1 for _, piece in told)
    kept = words[: max(room, 0)]
    if kept:
        told.append([message_id, kept])
    if kept == words:
        return told, ()
    return told, (tell(setting, "report.description_cut", count=f"{LONGEST_DESCRIPTION:,}"),)
