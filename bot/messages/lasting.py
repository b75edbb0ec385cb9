"""A line with buttons that stay on it: those above the keyboard are shown for the last bubble alone, and go with
the next message, so what stands before a question carries its buttons itself.
"""

from collections.abc import Sequence

from bot.messages.bubbles import QuickReply
from bot.messages.letters import fit_label
from bot.messages.taps import link, postback
from bot.messages.theme import Part, bubble, button, button_rows, flex, say_text

WORDS_UNITS = 1000


def lasting(words: str, replies: Sequence[QuickReply], *, side_by_side: bool = False) -> Part:
    """The words in a bubble, its taps as buttons below; those that LINE would refuse are left out."""
    taps = [tap for reply in replies if (tap := _tap(reply))]
    buttons = [button(tap) for tap in taps]
    footer = button_rows(buttons) if side_by_side else buttons
    return flex(words, bubble([say_text(words, size="md", limit=WORDS_UNITS)], footer=footer))


def _tap(reply: QuickReply) -> Part | None:
    if reply.kind == "postback":
        return postback(reply.label, reply.value, display=reply.display)
    if reply.kind == "uri":
        return link(reply.label, reply.value)
    raise ValueError(f"a button {fit_label(reply.label)!r} of kind {reply.kind!r} cannot stay on a bubble: give a tap")
