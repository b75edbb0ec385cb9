"""Words that quote the digest name no case: one question with buttons, and they count for the one that is tapped."""

import json

from bot.messages.group_lines import MOST_CHOICES, which_case
from cases import clocks, office_updates
from cases.open_cases import LANGUAGE, OPEN, see_line
from cases.statuses import Actor
from handlers import group_answers, group_beside, group_sources, updates
from handlers.turn import Turn
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import inbox
from storage.models import Group


def ask(turn: Turn, group: Group) -> bool:
    """Ask which case is meant; the words stay with their event until somebody says so. False where none is open."""
    found = stored_clocks.list_by_due(
        turn.session, str(group.organisation), OPEN, waiting=clocks.WAITING, limit=MOST_CHOICES
    )
    if not found:
        return False
    lines = [see_line(case, running, turn.now) for case, running in found]
    turn.say(group_sources.tie(turn, which_case(lines, turn.inbound.event_id, LANGUAGE)), kind="question")
    return True


def take_choice(turn: Turn, group: Group, case_id: int, event_id: str, actor: Actor) -> None:
    """A case was tapped, or none (0): then the words were talk. Words that are gone by now leave the card to speak."""
    raw = inbox.find_raw(turn.session, event_id, turn.inbound.chat_id)
    if not case_id:
        inbox.forget_words(turn.session, event_id)
        return
    case = stored.find_case(turn.session, case_id, lock=True)
    if case is None or not office_updates.is_with(case, actor.organisation):
        group_answers.say_elsewhere(turn)
    elif words := _read_words(raw):
        updates.take_words(turn, case, words, actor, named=True)
        inbox.forget_words(turn.session, event_id)  # history has them now; a second tap finds none
    else:
        group_beside.open_card(turn, case, group)


def _read_words(raw: str | None) -> str:
    message = json.loads(raw).get("message") if raw else None
    return str(message.get("text") or "") if isinstance(message, dict) else ""
