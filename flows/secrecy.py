"""Who may read it: asked where a person asks for secrecy, and theirs to choose at the last look."""

from typing import Any

from cases.secret_wish import OFFICERS, USUAL, asks_nothing_else, asks_secrecy
from flows import asides, description, kind, matters
from flows.answers import Answer, Message, Setting, Slots
from flows.engine import Accepted, Rejected
from flows.prompts import ask, named_button, tell
from flows.words import has_words, is_no, is_skip, is_yes

REFUSED_AT = ("phone_shown", "name")  # there, not to be seen is an answer


def is_asked(slots: Slots) -> bool:
    """Whether they asked for it, or to choose; what is about officials is secret anyway."""
    return bool(slots.get("wish")) and not kind.is_about_officials(slots)


def hear(text: str, asked: str | None) -> bool:
    """Whether all that is said is that it be secret, and that answers no question."""
    return asked != "secret" and asks_nothing_else(text) and not (asked in REFUSED_AT and asides.refuses(text))


def hear_beside(answer: Answer, asked: str | None, slots: Slots) -> dict[str, Any]:
    """The slots to change where an answer asks for secrecy beside what it says."""
    if answer.kind != "text" or asked == "secret" or slots.get("secret") == OFFICERS or not asks_secrecy(answer.text):
        return {}
    if asked in REFUSED_AT and asides.refuses(answer.text):
        return {}
    return {"wish": True, "secret": None}


def carry(slots: Slots) -> dict[str, Any]:
    """What was chosen holds for the other problem that the same words told of."""
    return {name: slots[name] for name in ("wish", "secret") if name in slots}


def ask_secret(slots: Slots, setting: Setting) -> list[Message]:
    """That nobody but the Ombudsman's officers read it, or that the office not learn who tells it?"""
    buttons = (
        named_button(setting, "secret", OFFICERS, "report.secret_officers"),
        named_button(setting, "secret", USUAL, "report.secret_usual"),
    )
    return [ask(setting, "report.ask_secret", *buttons)]


def accept_secret(answer: Answer, slots: Slots, setting: Setting) -> Accepted:
    """One of the two; who asks for secrecy once more means the greater one. Other words belong to the story."""
    chosen = answer.value if answer.step else OFFICERS if asks_nothing_else(answer.text) else ""
    if chosen == OFFICERS:  # nobody is left to show the name to
        kept = {"secret": OFFICERS, "name": None, "phone_shown": None}
        return Accepted(kept, (tell(setting, "report.secret_officers_kept"),))
    if chosen == USUAL:
        return Accepted(
            {"secret": USUAL, "name": "", "phone_shown": False}, (tell(setting, "report.secret_usual_kept"),)
        )
    if answer.step or not has_words(answer.text) or is_yes(answer.text) or is_no(answer.text) or is_skip(answer.text):
        raise Rejected("report.secret_which")
    if "description" not in slots:
        return matters.accept_story(answer, slots, setting)
    return Accepted(*description.add_words(answer, slots, setting))
