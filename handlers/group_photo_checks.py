"""[ดูแล้ว] under two photos that an officer should look at again: somebody looked, and nothing else follows."""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import line_to_undo, name_person
from cases.statuses import Actor
from handlers.turn import Turn
from storage import group_people, photo_checks
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
VERBS = ("photo_seen", "photo_unseen")


def settle(turn: Turn, case: Case, verb: str, actor: Actor) -> None:
    """An officer looked, or says that the tap was a slip."""
    if verb == "photo_unseen":
        photo_checks.mark_unseen(turn.session, case.id)
        turn.say(text_bubble(say(LANGUAGE, "photo_check.unseen", number=case.number)), kind="line", case_id=case.id)
        return
    photo_checks.mark_seen(turn.session, case.id, actor.person, turn.now)
    name = group_people.want_name(turn.session, turn.inbound.chat_id, actor.person) if actor.person else None
    words = say(LANGUAGE, "photo_check.seen", number=case.number)
    said = f"{words} ({name_person(name, LANGUAGE)})" if name else words
    turn.say(line_to_undo(said, f"g:{case.id}:photo_unseen", LANGUAGE), kind="line", case_id=case.id)
