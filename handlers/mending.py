"""What a person hears when an event of theirs could not be worked on: a fault of ours is never silence.

A draft that cannot be asked about any more (an older or newer version of the program wrote it) would fail
every event of that chat until it lapsed; such a draft is dropped, and the event worked on without it. So is
any draft that fails when its writer gives it up: the way out works always.
"""

from sqlalchemy.exc import SQLAlchemyError

from bot.inbound import Inbound
from bot.messages.bubbles import QuickReply, text_bubble
from flows import engine
from flows.words import find_command
from handlers import conversing
from handlers.turn import Turn
from storage import conversations
from texts.catalog import say

GIVING_UP = frozenset({"restart", "cancel"})


def should_drop_draft(turn: Turn) -> bool:
    """Whether a conversation is open that is given up, or whose questions so far cannot be asked any more."""
    if _gives_up(turn.inbound):
        return True
    try:
        standing, _ = conversations.lock(turn.session, turn.inbound.chat_id, turn.now)
        if conversing.is_talking(standing):
            flow, draft = conversing.load(standing)
            engine.begin(flow, draft, conversing.see(turn, standing))
            for step in flow.steps:
                if not step.is_open(draft.slots) and step.can_take(draft.slots):
                    step.ask(draft.slots, conversing.see(turn, standing))
    except SQLAlchemyError:
        raise  # the draft is not what ails, and nothing may be written after this
    except Exception:  # whatever it is that ails it, nobody could answer it
        return True
    return False


def _gives_up(inbound: Inbound) -> bool:
    if inbound.kind == "postback":
        return not GIVING_UP.isdisjoint(inbound.postback.split(":"))
    return inbound.kind == "text" and find_command(inbound.text) in GIVING_UP


def drop_draft(turn: Turn) -> None:
    """End the conversation, and say so."""
    standing, _ = conversations.lock(turn.session, turn.inbound.chat_id, turn.now)
    standing.flow = standing.run = standing.draft = standing.draft_at = None
    conversing.tell(turn, standing, "talk.draft_lost")
    conversations.save(turn.session, standing, turn.now)


def say_failed(turn: Turn) -> None:
    """That it was not understood by a fault of ours, and the ways on."""
    language = conversations.find_language(turn.session, turn.inbound.chat_id)
    buttons = (
        QuickReply.postback(say(language, "talk.begin_anew"), "m:restart"),
        QuickReply.postback(say(language, "talk.human_button"), "m:human"),
    )
    turn.say(text_bubble(say(language, "talk.failed"), buttons))
