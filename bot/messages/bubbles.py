"""Plain text bubbles and the quick replies under them, the form that most of a conversation takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.messages.letters import fit, fit_label
from bot.messages.taps import SPOKEN_GRAPHEMES, link, postback
from bot.messages.theme import Part

TEXT_UNITS = 5000
MOST_QUICK_REPLIES = 13


@dataclass(frozen=True)
class QuickReply:
    """One button above the keyboard, made by one of its kinds; labels are cut to LINE's 20 graphemes."""

    kind: str
    label: str
    value: str = ""
    display: str | None = None

    @classmethod
    def postback(cls, label: str, data: str, display: str | None = None) -> Self:
        """Tells us `data`; `display` appears as the person's own words."""
        return cls("postback", label, data, display)

    @classmethod
    def message(cls, label: str, text: str) -> Self:
        """Says `text` in the chat, as if typed."""
        return cls("message", label, text)

    @classmethod
    def location(cls, label: str) -> Self:
        """Opens the map to drop a pin."""
        return cls("location", label)

    @classmethod
    def camera(cls, label: str) -> Self:
        """Opens the camera."""
        return cls("camera", label)

    @classmethod
    def camera_roll(cls, label: str) -> Self:
        """Opens the pictures on the phone."""
        return cls("cameraRoll", label)

    @classmethod
    def uri(cls, label: str, uri: str) -> Self:
        """Opens an address, or dials `tel:`."""
        return cls("uri", label, uri)

    def as_item(self) -> Part:
        """The button as LINE wants it."""
        return {"type": "action", "action": self._as_action()}

    def _as_action(self) -> Part:
        if self.kind == "postback":
            return postback(self.label, self.value, display=self.display)
        if self.kind == "message":
            return {
                "type": "message",
                "label": fit_label(self.label),
                "text": fit_label(self.value, SPOKEN_GRAPHEMES),
            }
        if self.kind == "uri":
            action = link(self.label, self.value)
            if action is None:
                raise ValueError(f"{self.label!r} opens {self.value!r}: give http, https, tel or line")
            return action
        return {"type": self.kind, "label": fit_label(self.label)}


def quick_reply(replies: Sequence[QuickReply]) -> Part:
    """The `quickReply` property of a message; nothing at all where there are no buttons."""
    if len(replies) > MOST_QUICK_REPLIES:
        surplus = ", ".join(repr(reply.label) for reply in replies[MOST_QUICK_REPLIES:])
        raise ValueError(f"{len(replies)} quick replies, LINE takes {MOST_QUICK_REPLIES}: drop {surplus}")
    return {"quickReply": {"items": [reply.as_item() for reply in replies]}} if replies else {}


def text_bubble(words: str, quick_replies: Sequence[QuickReply] = (), quote_token: str | None = None) -> Part:
    """One text, cut where LINE would refuse it, with its quick replies and what it quotes."""
    quoted = {"quoteToken": quote_token} if quote_token else {}
    return {"type": "text", "text": fit(words, TEXT_UNITS)} | quoted | quick_reply(quick_replies)
