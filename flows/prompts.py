"""The bubbles of a conversation: words from the catalogue with buttons under them."""

from bot.messages.bubbles import QuickReply, quick_reply, text_bubble
from bot.messages.theme import bubble, flex, postback, say_text
from bot.messages.theme import button as card_button
from flows.answers import Message, Setting
from texts.catalog import say


def tell(setting: Setting, key: str, **values: object) -> Message:
    """A plain bubble."""
    return text_bubble(say(setting.language, key, **values))


def ask(setting: Setting, key: str, *buttons: QuickReply, **values: object) -> Message:
    """A question with its buttons; a way back and a way out come last."""
    return text_bubble(
        say(setting.language, key, **values),
        (*buttons, *_ways_out(setting)),
    )


def ask_freely(setting: Setting, key: str, *buttons: QuickReply, **values: object) -> Message:
    """A question that may be left at any moment, for what was said is kept: only its own buttons."""
    return text_bubble(say(setting.language, key, **values), buttons)


def ask_lasting(setting: Setting, key: str, main: QuickReply, *buttons: QuickReply, **values: object) -> Message:
    """A question whose main button stays on the bubble: those over the keyboard go with the next message."""
    return ask_lasting_freely(setting, key, main, *buttons, *_ways_out(setting), **values)


def ask_lasting_freely(setting: Setting, key: str, main: QuickReply, *buttons: QuickReply, **values: object) -> Message:
    """The same for a question that may be left at any moment."""
    words = say(setting.language, key, **values)
    tap = card_button(postback(main.label, main.value, display=main.display), style="primary")
    card = flex(words, bubble([say_text(words, size="md")], footer=[tap]))
    return card | quick_reply((main, *buttons))


def ask_by_card(setting: Setting, card: Message, *buttons: QuickReply) -> Message:
    """A card that asks, with its buttons over the keyboard too, and the ways out."""
    return card | quick_reply((*buttons, *_ways_out(setting)))


def button(setting: Setting, step: str, value: str, label: str) -> QuickReply:
    """A button that answers `step` with `value` and shows its label as the person's own words."""
    return QuickReply.postback(label, f"f:{setting.run}:{step}:{value}", label)


def named_button(setting: Setting, step: str, value: str, key: str) -> QuickReply:
    """A button whose label stands in the catalogue."""
    return button(setting, step, value, say(setting.language, key))


def pin_button(setting: Setting) -> QuickReply:
    """Opens LINE's location picker."""
    return QuickReply.location(say(setting.language, "flow.pin"))


def camera_buttons(setting: Setting) -> tuple[QuickReply, QuickReply]:
    """Opens the camera, or the album."""
    return (
        QuickReply.camera(say(setting.language, "flow.camera")),
        QuickReply.camera_roll(say(setting.language, "flow.camera_roll")),
    )


def _ways_out(setting: Setting) -> tuple[QuickReply, ...]:
    return (
        named_button(setting, "back", "", "flow.back"),
        named_button(setting, "cancel", "", "flow.cancel"),
    )
