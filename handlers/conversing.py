"""The handling of a chat's standing that every conversation shares: begin, keep, ask again, close."""

import secrets
from collections.abc import Mapping
from typing import Any

from bot.messages.bubbles import QuickReply, text_bubble
from flows import engine
from flows.answers import Setting
from flows.engine import Draft, Flow, Outcome
from flows.registry import FLOWS
from handlers.turn import Turn
from storage.conversations import Standing
from texts.catalog import say


def is_talking(standing: Standing) -> bool:
    """Whether a conversation is open."""
    return standing.flow in FLOWS and bool(standing.run)


def start(standing: Standing, name: str, slots: Mapping[str, Any] | None = None) -> None:
    """Open a new run of a conversation; its buttons carry the run, so that older ones are known as old."""
    standing.flow, standing.run = name, secrets.token_hex(4)
    standing.draft = {"slots": dict(slots or {})}


def load(standing: Standing) -> tuple[Flow, Draft]:
    """The conversation that is open, and its draft."""
    flow = FLOWS[str(standing.flow)]
    return flow, Draft.from_json(flow.name, str(standing.run), standing.draft or {})


def see(turn: Turn, standing: Standing) -> Setting:
    """The world as a question may know it."""
    return Setting(standing.language, turn.now, str(standing.run or ""), turn.route)


def keep(turn: Turn, standing: Standing, outcome: Outcome) -> None:
    """Say what the conversation says, and keep where it stands."""
    for message in outcome.says:
        turn.say(message, kind="question")
    standing.draft, standing.draft_at = outcome.draft.to_json(), turn.now


def begin(turn: Turn, standing: Standing, name: str, slots: Mapping[str, Any] | None = None) -> None:
    """Open a conversation and ask its first question."""
    start(standing, name, slots)
    ask_again(turn, standing)


def ask_again(turn: Turn, standing: Standing) -> None:
    """Put the open question once more, where there is one."""
    if is_talking(standing):
        flow, draft = load(standing)
        keep(turn, standing, engine.begin(flow, draft, see(turn, standing)))


def close(standing: Standing) -> None:
    """End the conversation."""
    standing.flow = standing.run = standing.draft = standing.draft_at = None


def tell(turn: Turn, standing: Standing, key: str, *buttons: QuickReply, **values: object) -> None:
    """Say words of the catalogue, with buttons."""
    turn.say(text_bubble(say(standing.language, key, **values), buttons))


def main_buttons(standing: Standing) -> tuple[QuickReply, ...]:
    """The three things a person comes for."""
    language = standing.language
    return (
        QuickReply.postback(say(language, "talk.report"), "m:report"),
        QuickReply.postback(say(language, "talk.track"), "m:track"),
        QuickReply.postback(say(language, "talk.human_button"), "m:human"),
    )


def say_old_button(turn: Turn, standing: Standing) -> None:
    """A button of something that is over."""
    language = standing.language
    tell(
        turn,
        standing,
        "talk.old_button",
        QuickReply.postback(say(language, "talk.report_new"), "m:report"),
        QuickReply.postback(say(language, "talk.my_cases"), "m:track"),
    )
    ask_again(turn, standing)
