"""The handling of a chat's standing that every conversation shares: begin, keep, ask again, close."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import duplicates
from flows import engine
from flows.answers import Setting
from flows.engine import Draft, Flow, Outcome
from flows.registry import FLOWS
from handlers.turn import Turn
from storage import media, menus
from storage.conversations import Standing
from texts.catalog import say

PARKED = "parked"


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
    return flow, engine.mend(flow, Draft.from_json(flow.name, str(standing.run), standing.draft or {}))


def see(turn: Turn, standing: Standing) -> Setting:
    """The world as a question may know it."""

    def near(category: str, latitude: float, longitude: float) -> list[dict[str, Any]]:
        here = category, latitude, longitude
        return [one.to_json() for one in duplicates.list_alike(turn.session, *here, standing.chat_id, turn.now)]

    return Setting(standing.language, turn.now, str(standing.run or ""), turn.route, near=near)


def keep(turn: Turn, standing: Standing, outcome: Outcome) -> None:
    """Say what the conversation says, and keep where it stands."""
    for message in outcome.says:
        turn.say(message, kind="question")
    standing.draft, standing.draft_at = outcome.draft.to_json(), turn.now


def speak(turn: Turn, standing: Standing, language: str) -> None:
    """Speak this language from now on, in the menu at the foot of the chat too."""
    if language != standing.language:
        menus.want(turn.session, standing.chat_id, language, turn.now)
    standing.language = language


def begin(turn: Turn, standing: Standing, name: str, slots: Mapping[str, Any] | None = None) -> None:
    """Open a conversation and ask its first question."""
    start(standing, name, slots)
    ask_again(turn, standing)


def begin_beside(turn: Turn, standing: Standing, name: str, slots: Mapping[str, Any]) -> None:
    """Open a short conversation; a report half told is set aside meanwhile, and comes back when it closes."""
    parked = _park(standing, name)
    begin(turn, standing, name, {**slots, PARKED: parked} if parked else slots)


def ask_again(turn: Turn, standing: Standing) -> None:
    """Put the open question once more, where there is one."""
    if is_talking(standing):
        flow, draft = load(standing)
        keep(turn, standing, engine.begin(flow, draft, see(turn, standing)))


def close(turn: Turn, standing: Standing) -> None:
    """End the conversation; a report that was set aside for it goes on."""
    if leave(turn, standing):
        tell(turn, standing, "talk.back_to_draft")
        ask_again(turn, standing)


def leave(turn: Turn, standing: Standing) -> bool:
    """End the conversation without a word; whether a report that was set aside for it is open again."""
    parked = load(standing)[1].slots.get(PARKED) if is_talking(standing) else None
    standing.flow = standing.run = standing.draft = standing.draft_at = None
    if parked:
        standing.flow, standing.run, standing.draft = parked["flow"], parked["run"], parked["draft"]
        standing.draft_at = turn.now
    return bool(parked)


def discard(turn: Turn, standing: Standing) -> None:
    """Forget the attachments of a draft that is given up: nobody will ever look at them."""
    if is_talking(standing):
        set_aside(turn, _list_media(load(standing)[1].slots))


def _list_media(slots: Mapping[str, Any]) -> list[int]:
    parked = slots[PARKED]["draft"].get("slots", {}) if PARKED in slots else None
    return [*slots.get("media", ()), *(_list_media(parked) if parked else ())]


def set_aside(turn: Turn, media_ids: Iterable[int]) -> None:
    """Forget attachments that go to no case."""
    if listed := list(media_ids):
        media.set_aside(turn.session, listed)


def tell(turn: Turn, standing: Standing, key: str, *buttons: QuickReply, **values: object) -> None:
    """Say words of the catalogue, with buttons."""
    turn.say(text_bubble(say(standing.language, key, **values), buttons))


def tell_beside(
    turn: Turn, standing: Standing, key: str, *buttons: QuickReply, case_id: int | None = None, **values: object
) -> None:
    """Say words with buttons, and put the open question once more, where there is one. Its own buttons are the
    only ones that LINE then shows above the keyboard, so those of the words stay on their bubble.
    """
    words = say(standing.language, key, **values)
    message = lasting(words, buttons) if buttons and is_talking(standing) else text_bubble(words, buttons)
    turn.say(message, case_id=case_id)
    ask_again(turn, standing)


def tap(standing: Standing, key: str, data: str) -> QuickReply:
    """A button over the keyboard whose label, from the catalogue, appears as the person's own words."""
    label = say(standing.language, key)
    return QuickReply.postback(label, data, label)


def main_buttons(standing: Standing) -> tuple[QuickReply, ...]:
    """The three things a person comes for."""
    return (
        tap(standing, "talk.report", "m:report"),
        tap(standing, "talk.track", "m:track"),
        tap(standing, "talk.human_button", "m:human"),
    )


def ways_on(standing: Standing) -> tuple[QuickReply, ...]:
    """What a person may do next; nothing beside a question that is open."""
    return () if is_talking(standing) else main_buttons(standing)


def find_notice(turn: Turn, standing: Standing) -> str:
    """Where the privacy notice stands, in the language that is spoken."""
    address = f"{turn.settings.public_base_url}/privacy"
    return address if standing.language == "th" else f"{address}?lang={standing.language}"


def new_or_mine(standing: Standing) -> tuple[QuickReply, QuickReply]:
    """The ways on where something is over."""
    return tap(standing, "talk.report_new", "m:report"), tap(standing, "talk.my_cases", "m:track")


def say_old_button(turn: Turn, standing: Standing) -> None:
    """A button of something that is over."""
    tell_beside(turn, standing, "talk.old_button", *new_or_mine(standing))


def _park(standing: Standing, name: str) -> dict[str, Any] | None:
    if not is_talking(standing):
        return None
    slots = load(standing)[1].slots
    # Between two additions what is parked is handed on; a question about withdrawing sets aside whatever it finds.
    whole = name == "withdrawal" and standing.flow != name
    if PARKED in slots and not whole:
        parked: dict[str, Any] = slots[PARKED]
        return parked
    if standing.flow in ("addition", "withdrawal", "answering", "dispute") and not whole:
        return None
    return {"flow": standing.flow, "run": standing.run, "draft": standing.draft} if slots else None
