"""Plain words soon after a line of danger, "noted, on our way", which quote nothing and name no case.

Where the office has one case open they are of that; else it is asked which they are of. Other talk stays unread. Who
answers of danger that nobody goes to hears once what is waited for.
"""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import MOST_ROWS
from cases import counted_danger, danger_help, danger_pace, told_danger
from cases.desk import OMB
from cases.office_photos import SHOWABLE
from cases.office_updates import is_with
from cases.statuses import Action, Actor, Status
from handlers import group_picking, group_words, updates
from handlers.turn import Turn
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import once, relays, sent_cards, waiting
from storage.models import Case, Group
from texts.catalog import say

KINDS = (waiting.TELLS_OFFICE, waiting.REMINDS_OFFICE, "card", "reminder")
MOST = 50
LANGUAGE = "th"


def take(turn: Turn, group: Group, words: str, actor: Actor) -> bool:
    """Take them as said of the case, or ask of which. False where they are talk."""
    office = str(group.organisation)
    if office == OMB or group_words.is_long(words):
        return False
    update = updates.read_update(turn, words)
    if update is None or update.action not in group_picking.WHOLE:
        return False
    goes = danger_help.goes(words, update.action, turn.now)
    if not goes and update.action is not Action.ACKNOWLEDGE:
        return False
    cases = [one for one in _list_called(turn, office) if goes or one.status == Status.DISPATCHED]
    if not cases:
        return False
    only = stored.find_case(turn.session, cases[0].id, lock=True)
    if only is not None and stored_clocks.count_owned(turn.session, office, SHOWABLE) <= 1:
        updates.take_words(turn, only, words, actor, named=True)
    else:
        group_picking.ask_which(turn, cases[:MOST_ROWS], actor)
    return True


def say_awaited(turn: Turn, case: Case) -> None:
    """Words about a case were taken: where they send nobody to its danger, what ends the calls is said once."""
    told = stored.list_history(turn.session, case.id)
    if told[-1].action != Action.NOTE or told[-1].message_id != turn.inbound.message_id:
        return
    kind = danger_pace.COUNTED if case.danger else danger_pace.TOLD
    relay = relays.find(turn.session, case.id, kind)
    began = stored.find_history(turn.session, relay.entry_id) if relay is not None else None
    if began is None or began.details.get("delicate"):
        return
    if danger_help.list_help([one for one in told if one.id > began.id]):
        return
    if once.claim(turn.session, f"awaited:{began.id}", turn.now):
        words = say(LANGUAGE, "group.danger_awaited", number=case.number)
        turn.say(text_bubble(words), kind="line", case_id=case.id)


def _list_called(turn: Turn, office: str) -> list[Case]:
    """The cases of danger that nobody has seen to, of which this group has read in the last minutes."""
    session, now = turn.session, turn.now
    new = stored.list_by_owner(session, office, (Status.DISPATCHED,), limit=MOST, newest_first=True)
    found = [
        *told_danger.list_waiting(session, MOST),
        *counted_danger.list_waiting(session, MOST, now),
        *(case for case in new if case.danger),
    ]
    own = {case.id: case for case in found if is_with(case, office)}
    return [case for case in own.values() if _has_read(turn, case)]


def _has_read(turn: Turn, case: Case) -> bool:
    chats = (turn.inbound.chat_id,)
    said = (sent_cards.find_last(turn.session, chats, case.id, kind) for kind in KINDS)
    return any(at is not None and turn.now - at <= danger_pace.FIRST for at in said)
