"""What the Ombudsman's officers write of a case in their group: kept with it as a note, and answered in one line.

They may look at every case, but from here they work only on those that the Ombudsman has itself; sending back and
deciding is not done by words in a group.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages.bubbles import text_bubble
from cases import decisions, office_updates
from cases.desk import OMB
from cases.statuses import Action, Actor, Role, Status
from flows.words import asks_status, is_small_talk
from handlers import group_answers, group_lists, group_officers, group_words, updates
from handlers.turn import Turn
from storage.models import Case, Group
from texts.catalog import say

LANGUAGE = "th"


def may_read(case: Case, group: Group) -> bool:
    """Whether this group may be shown a case: its own, and any to the Ombudsman's officers."""
    return group.organisation == OMB or office_updates.is_with(case, group.organisation)


def takes_note(turn: Turn, case: Case, group: Group, words: str, asked_for: str | None = None) -> bool:
    """Whether words about a case are an officer's note here, not a step in work on it."""
    if group.organisation != OMB:
        return False
    if not office_updates.is_with(case, OMB) or _undoes_decision(turn, case, words):
        return True
    update = updates.read_update(turn, words, asked_for)
    if update is not None and update.action is Action.TRANSFER and updates.is_errand(case, words):
        return case.status != Status.DISPATCHED and asked_for is None
    steps = group_words.is_undo(words) or update is not None
    return not steps and asked_for is None


def take_words(turn: Turn, case: Case, words: str, actor: Actor, *, named: bool) -> None:
    """Words of an officer: a note. A bare courtesy beside a number asks for the card, and so does "how far is it"."""
    if named and is_small_talk(words):
        group_lists.open_card(turn, case)
        return
    if _undoes_decision(turn, case, words):
        group_officers.undo_latest(turn, case, actor)
        return
    keep_note(turn, case, words, actor)
    if asks_status(words):
        group_lists.open_card(turn, case)


def _undoes_decision(turn: Turn, case: Case, words: str) -> bool:
    undoes = group_words.is_undo(words) and not case.confidential
    return undoes and decisions.find_decided(turn.session, case, turn.now) is not None


def keep_note(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    """Keep an officer's words with the case, and say so."""
    group_answers.keep_note(turn, case, words, replace(actor, role=Role.STAFF))
    turn.say(text_bubble(say(LANGUAGE, "desk.noted", number=case.number)), kind="line", case_id=case.id)


def say_unknown(turn: Turn, group: Group, numbers: Sequence[str]) -> None:
    """Numbers that are no case; to an office those it does not have look the same."""
    key = "desk.unknown" if group.organisation == OMB else "group.unknown"
    turn.say(text_bubble(say(LANGUAGE, key, number=", ".join(numbers))), kind="line")
