"""What is said of the groups themselves: which offices are out of reach, who is still there, and a goodbye."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.theme import MUTED, WARNING, Part, bubble, button, field, flex, postback, say_text
from texts.catalog import say

MOST_OFFICES = 12


@dataclass(frozen=True)
class WeakLine:
    """An office and what is the matter, in words."""

    office: str
    matter: str


def list_weak(lines: Sequence[WeakLine], lang: str) -> Part:
    """The week's list for officers, with what to do."""
    title = say(lang, "roster.title", count=len(lines))
    rows: list[Part | None] = [field(line.office, line.matter, lines=5) for line in lines[:MOST_OFFICES]]
    rest = len(lines) - MOST_OFFICES
    more = say_text(say(lang, "roster.more", count=rest), color=MUTED) if rest > 0 else None
    hint = say_text(say(lang, "roster.hint", page=say(lang, "console.menu.groups")), size="xs", color=MUTED, limit=400)
    return flex(title, bubble([say_text(title, size="md", weight="bold", color=WARNING), *rows, more, hint]))


def ask_present(names: Sequence[str], lang: str) -> Part:
    """Once a month: are these still the people who answer here?"""
    words = say(lang, "roster.ask", names=", ".join(names))
    taps = [
        button(postback(say(lang, f"button.roster_{answer}"), f"g:0:roster:{answer}")) for answer in ("same", "changed")
    ]
    return flex(words, bubble([say_text(words, limit=600, lines=12)], footer=taps))


def ask_leave(office: str, asked_at: int, lang: str) -> Part:
    """Before the account leaves a group: it is asked for once more, for a slip would cut an office off."""
    words = say(lang, "group.leave_ask", office=office)
    taps = [
        button(postback(say(lang, f"button.leave_{answer}"), f"g:0:leave:{answer}:{asked_at}"))
        for answer in ("yes", "no")
    ]
    return flex(words, bubble([say_text(words, limit=400)], footer=taps))
