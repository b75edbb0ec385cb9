"""The first words to a new friend, the numbers to ring when life is in danger, and what can be done here."""

from dataclasses import dataclass

from bot.messages.bubbles import text_bubble
from bot.messages.theme import DANGER, Part, bubble, button, flex, joined, link, postback, say_text
from texts.catalog import say

# Emergency lines that have words of their own; any other number is only said as a number.
_CALLS = {number: f"welcome.call_{number}" for number in ("191", "199", "1669", "1323")}


@dataclass(frozen=True)
class WelcomeView:
    """What the welcome needs from outside: where the privacy notice stands."""

    privacy_url: str


@dataclass(frozen=True)
class DangerView:
    """The numbers to offer, the likeliest first."""

    numbers: tuple[str, ...]


def welcome(view: WelcomeView, lang: str) -> list[Part]:
    """Three bubbles: who we are, what we are not, and the privacy notice with the way on."""
    return [
        text_bubble(say(lang, "welcome.hello")),
        text_bubble(say(lang, "welcome.emergency")),
        _notice(view, lang),
    ]


def _notice(view: WelcomeView, lang: str) -> Part:
    report = say(lang, "button.report")
    footer = [button(postback(report, "m:report", display=report), style="primary")]
    if reads := link(say(lang, "button.read_notice"), view.privacy_url):
        footer.append(button(reads, style="link"))
    # The bubble stays in the chat: its button means one language, whichever is spoken when it is tapped.
    language = say(lang, "button.language")
    footer.append(button(postback(language, "m:english" if lang == "th" else "m:thai", display=language), style="link"))
    notice = say(lang, "welcome.notice")
    return flex(notice, bubble([say_text(notice, size="md")], footer=footer))


def danger(view: DangerView, lang: str) -> Part:
    """Offers to ring for help at once, without closing the way to report."""
    if not view.numbers:
        raise ValueError("a danger bubble without a number to ring: give at least one")
    footer = []
    for number in view.numbers:
        words = say(lang, _CALLS[number]) if number in _CALLS else say(lang, "welcome.call", number=number)
        if dials := link(words, f"tel:{number}"):
            footer.append(button(dials, style="primary", color=DANGER))
    body = [
        say_text(say(lang, "welcome.danger"), size="lg", weight="bold", color=DANGER),
        say_text(say(lang, "welcome.danger_then"), size="md"),
    ]
    return flex(joined(say(lang, "welcome.danger"), *view.numbers), bubble(body, footer=footer))


def help_card(lang: str) -> Part:
    """What a citizen can do here, each with its button."""
    buttons = [
        button(postback(label := say(lang, key), f"m:{name}", display=label), style=style)
        for key, name, style in (
            ("button.report", "report", "primary"),
            ("button.track", "track", "secondary"),
            ("button.human", "human", "secondary"),
            ("button.language", "language", "link"),
        )
    ]
    body = [
        say_text(say(lang, "welcome.help_title"), size="lg", weight="bold"),
        say_text(say(lang, "welcome.help_report"), size="md"),
        say_text(say(lang, "welcome.help_track"), size="md"),
        say_text(say(lang, "welcome.help_human"), size="md"),
    ]
    return flex(say(lang, "welcome.help_title"), bubble(body, footer=buttons))
