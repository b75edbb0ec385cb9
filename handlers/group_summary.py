"""สรุป: an office's figures of the last seven days, in one bubble; the Ombudsman's group reads those of all."""

from datetime import timedelta

from bot.messages.bubbles import text_bubble
from cases import desk, figures, summary, views
from clock import in_bangkok
from handlers.turn import Turn
from texts.catalog import say
from texts.moments import say_day

LANGUAGE = "th"
DAYS = 7
AT_ONCE = 100  # marks: other webhooks wait meanwhile, and the job does the rest


def say_summary(turn: Turn, organisation: str) -> None:
    """What came, what was done, and what is open now."""
    owner = None if organisation == desk.OMB else organisation
    since = turn.now - timedelta(days=DAYS)
    figures.settle_for(turn.session, AT_ONCE)
    seen = summary.see_summary(turn.session, owner, since, turn.now, own_work=owner is not None)
    counted = seen.figures
    today = in_bangkok(turn.now).date()
    words = say(
        LANGUAGE,
        "group.summary",
        office=views.name_office(organisation, LANGUAGE) if owner else say(LANGUAGE, "group.all_offices"),
        begins=say_day(LANGUAGE, in_bangkok(since).date(), today=today),
        received=str(counted.received),
        acknowledged=str(counted.acknowledged),
        first_words=str(counted.first_words),
        resolved=str(counted.resolved),
        confirmed=str(counted.confirmed),
        partly=str(counted.partly),
        disputed=str(counted.disputed),
        silent=str(counted.silent),
        open=str(seen.open),
        overdue=str(seen.overdue),
    )
    beside = summary.write_secret(turn.session) if owner is None else []
    turn.say(text_bubble("\n".join([words, *beside])), kind="list")
