"""Somebody who had blocked the account lets it speak again: how their cases stand, for they heard nothing meanwhile."""

from cases import views
from cases.statuses import OVER, Status
from handlers import conversing
from handlers.turn import Turn
from storage import followers, reporters
from storage.conversations import Standing
from texts.catalog import say

LOOKED_AT = 50  # of the newest cases they told or follow, for those that are open
SHOWN = 5


def greet(turn: Turn, standing: Standing) -> bool:
    """A short welcome with the open cases; False where there are none."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = followers.list_mine_and_followed(turn.session, reporter.id, LOOKED_AT) if reporter else []
    open_now = [case for case in mine if Status(case.status) not in OVER]
    if not open_now:
        return False
    language = standing.language
    lines = [
        say(
            language,
            "welcome.back_case",
            number=case.number,
            category=views.name_category(case.category, language),
            status=views.name_status(Status(case.status), language),
        )
        for case in open_now[:SHOWN]
    ]
    more = ["…"] if len(open_now) > SHOWN else []
    told = "\n".join([*lines, *more])
    conversing.tell_beside(
        turn, standing, "welcome.back", *conversing.ways_on(standing)[:2], count=len(open_now), cases=told
    )
    return True
