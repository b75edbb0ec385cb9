"""A failed event is worked on again, days later: only where it still means what it meant.

Words answer whatever was asked last. Once the chat has moved on, the same words could answer a question that their
writer never read, so they are left alone then and their writer is asked to send them again.
"""

from datetime import datetime

from bot.messages.bubbles import text_bubble
from handlers.turn import Turn
from storage import cases as stored
from storage import conversations, inbox
from texts.catalog import say
from texts.moments import say_moment

ALWAYS = frozenset({"unsend", "leave"})  # what they tell stays true


def is_late(turn: Turn, came_at: datetime) -> bool:
    """Whether something has happened in this event's chat since it came."""
    inbound = turn.inbound
    if inbound.kind in ALWAYS or not inbound.chat_id:
        return False
    if inbound.chat_kind == "user":
        return conversations.has_moved_on(turn.session, inbound.chat_id, came_at) or stored.has_moved_on(
            turn.session, inbound.chat_id, came_at
        )
    return stored.is_chat_active(turn.session, inbound.chat_id, came_at)


def leave_alone(turn: Turn, came_at: datetime) -> None:
    """Settle it without working on it. A person hears of it; a group does not, for that costs a message a member."""
    inbox.settle_late(turn.session, turn.inbound.event_id)
    if turn.inbound.chat_kind == "user" and turn.inbound.message_id:
        language = conversations.find_language(turn.session, turn.inbound.chat_id)
        when = say_moment(language, came_at, now=turn.now)
        turn.say(text_bubble(say(language, "talk.replayed_late", when=when)))
