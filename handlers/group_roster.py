"""What a group answers when it is asked whether the same people are still there; officers hear of changes."""

from bot.messages.bubbles import text_bubble
from cases import views
from cases.desk import OMB
from handlers.turn import Turn
from storage import groups, outbox
from storage.models import Group
from texts.catalog import say

LANGUAGE = "th"


def take_answer(turn: Turn, group: Group, answer: str) -> None:
    """`same` or `changed`; anything else is no button of ours."""
    if answer == "same":
        turn.say(text_bubble(say(LANGUAGE, "roster.same")), kind="line")
    elif answer == "changed":
        turn.say(text_bubble(say(LANGUAGE, "roster.changed")), kind="line")
        office = views.name_office(str(group.organisation), LANGUAGE)
        for chat_id in groups.list_bound(turn.session, OMB):
            words = text_bubble(say(LANGUAGE, "roster.staff_changed", office=office))
            outbox.queue(turn.session, chat_id, words, kind="staff", waits=True)
