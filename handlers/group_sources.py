"""What is asked in a group for words written there waits for a tap or for the next words, and dies with them.

Buttons that were shown for words carry the ids of their messages behind a mark. Once one of these was taken back a
tap on them says so, and does nothing.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.messages.letters import utf16_units
from bot.messages.taps import DATA_UNITS
from bot.messages.theme import Part
from handlers.turn import Turn
from storage import inbox, readings
from storage.models import HistoryEntry

MARK = "~"
MOST = 3
# Why a button does nothing any more, as the words are called that say so.
WORDS_GONE, WORDS_CHANGED, MOVED_ON, DAY_PAST = "words_gone", "words_changed", "moved_on", "day_past"
WORDS = frozenset({"text", "edited"})


def list_sources(turn: Turn, *, own: bool = True) -> list[str]:
    """The messages that what is asked now dies with; `own`: the one that came now among them."""
    came = [turn.inbound.message_id] if own and turn.inbound.kind in WORDS and turn.inbound.message_id else []
    return list(dict.fromkeys((*turn.sources, *came)))[-MOST:]


def tie(turn: Turn, message: Part, verbs: Collection[str] = ()) -> Part:
    """The message with its buttons tied to the words it was shown for; of `verbs` alone, where some are given."""
    sources = list_sources(turn)
    return _tie(message, MARK + MARK.join(sources), verbs) if sources else message


def read(turn: Turn) -> tuple[Turn, str]:
    """The data of a tap without what it is tied to, which the turn then knows."""
    data, *sources = turn.inbound.postback.split(MARK)
    return (replace(turn, sources=tuple(sources[:MOST])) if sources else turn), data


def has_gone(turn: Turn) -> bool:
    """Whether words that what is tapped was shown for were taken back."""
    return any(inbox.is_unsent(turn.session, source, turn.inbound.chat_id) for source in turn.sources)


def find_why_dead(turn: Turn, note: HistoryEntry) -> str | None:
    """Why words that wait for a tap are not to be sent any more: they were taken back, or changed; None if neither."""
    if not note.message_id:
        return None
    if inbox.is_unsent(turn.session, note.message_id, turn.inbound.chat_id):
        return WORDS_GONE
    read = readings.list_readings(turn.session, note.message_id)
    later = any(one.id > note.id and one.case_id == note.case_id and one.details.get("edited_at") for one in read)
    return WORDS_CHANGED if later else None


def _tie(part: Part, tail: str, verbs: Collection[str]) -> Part:
    return {name: _tie_value(name, value, part, tail, verbs) for name, value in part.items()}


def _tie_value(name: str, value: object, part: Part, tail: str, verbs: Collection[str]) -> object:
    if isinstance(value, dict):
        return _tie(value, tail, verbs)
    if isinstance(value, list):
        return [_tie(item, tail, verbs) if isinstance(item, dict) else item for item in value]
    if name != "data" or part.get("type") != "postback" or not isinstance(value, str):
        return value
    ours = not verbs or value.split(":")[2] in verbs
    return value + tail if ours and utf16_units(value + tail) <= DATA_UNITS else value
