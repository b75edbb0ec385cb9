"""สรุป: an office's figures of the last seven days, in one bubble; the Ombudsman's group reads those of all."""

from datetime import timedelta

from bot.messages.bubbles import text_bubble
from cases import clocks, desk, views
from cases.statuses import Action
from clock import in_bangkok
from handlers.group_lists import OPEN
from handlers.turn import Turn
from storage import week_figures
from texts.catalog import say
from texts.moments import say_day

LANGUAGE = "th"
DAYS = 7
# What counts as what. An office that goes to work at once, or sends a case on, has answered too.
COUNTED = {
    "received": (Action.DISPATCH,),
    "acknowledged": (Action.ACKNOWLEDGE, Action.START, Action.PROMISE, Action.RESOLVE, Action.NOT_FOUND),
    "resolved": (Action.RESOLVE, Action.NOT_FOUND),
    "confirmed": (Action.CONFIRM,),
}


def say_summary(turn: Turn, organisation: str) -> None:
    """What came, what was done, and what is open now."""
    owner = None if organisation == desk.OMB else organisation
    since = turn.now - timedelta(days=DAYS)
    counted = week_figures.count_steps(turn.session, owner, since, COUNTED)
    standing = week_figures.count_standing(turn.session, owner, OPEN, waiting=clocks.WAITING, now=turn.now)
    today = in_bangkok(turn.now).date()
    words = say(
        LANGUAGE,
        "group.summary",
        office=views.name_office(organisation, LANGUAGE) if owner else say(LANGUAGE, "group.all_offices"),
        begins=say_day(LANGUAGE, in_bangkok(since).date(), today=today),
        open=str(standing.open),
        overdue=str(standing.overdue),
        **{name: str(count) for name, count in counted.items()},
    )
    turn.say(text_bubble(words), kind="list")
