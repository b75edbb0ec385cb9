"""สรุป: an office's figures of the last seven days, in one bubble; the Ombudsman's group reads those of all."""

from datetime import timedelta

from bot.messages.bubbles import text_bubble
from cases import desk, summary, views
from clock import in_bangkok
from handlers.turn import Turn
from texts.catalog import say
from texts.moments import say_day

LANGUAGE = "th"
DAYS = 7


def say_summary(turn: Turn, organisation: str) -> None:
    """What came, what was done, and what is open now."""
    owner = None if organisation == desk.OMB else organisation
    since = turn.now - timedelta(days=DAYS)
    figures = summary.see_figures(turn.session, owner, since, turn.now)
    today = in_bangkok(turn.now).date()
    words = say(
        LANGUAGE,
        "group.summary",
        office=views.name_office(organisation, LANGUAGE) if owner else say(LANGUAGE, "group.all_offices"),
        begins=say_day(LANGUAGE, in_bangkok(since).date(), today=today),
        received=str(figures.received),
        acknowledged=str(figures.acknowledged),
        first_words=str(figures.first_words),
        resolved=str(figures.resolved),
        confirmed=str(figures.confirmed),
        partly=str(figures.partly),
        disputed=str(figures.disputed),
        silent=str(figures.silent),
        open=str(figures.open),
        overdue=str(figures.overdue),
    )
    turn.say(text_bubble(words), kind="list")
