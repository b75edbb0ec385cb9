"""An office does not take a case: why, by a tap or in the next words. The officers read it and decide."""

from bot.messages.bubbles import QuickReply
from bot.messages.lasting import lasting
from cases import office_updates
from cases.office_updates import Update
from cases.statuses import Action, Actor
from handlers import group_answers, group_asking, group_sources, group_transfer
from handlers.turn import Turn
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
VERBS = ("decline_why",)
REASONS = ("private", "duty", "court", "facts")


def offer(turn: Turn, case: Case) -> None:
    """The reasons that are often given; another in words."""
    taps = [
        QuickReply.postback(say(LANGUAGE, f"decline.why_{reason}"), f"g:{case.id}:decline_why:{reason}")
        for reason in REASONS
    ]
    words = say(LANGUAGE, "group.how_to_decline", number=case.number)
    shown = group_sources.tie(turn, lasting(words, [*taps, group_transfer.cancel(case)]))
    turn.say(shown, kind="how_to_decline", case_id=case.id)
    group_asking.expect(turn, case.id, "decline")


def choose(turn: Turn, case: Case, reason: str, actor: Actor) -> None:
    """A ready-made reason: undone by the button beside the answer."""
    if reason not in REASONS or not office_updates.is_possible(case, Action.DECLINE, actor):
        group_answers.say_standing(turn, case)
        return
    update = Update(Action.DECLINE, say(LANGUAGE, f"decline.why_{reason}_whole"))
    group_answers.answer(turn, case, office_updates.take_update(turn.session, case, update, actor, turn.now))
