"""Somebody who had blocked the account lets it speak again: how their cases stand, and what
was to be asked of them, for they heard nothing meanwhile.
"""

from bot.messages.lasting import lasting
from cases import views
from cases.statuses import OVER, Status
from handlers import conversing, tracking
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
    own = [case for case in open_now if reporter and case.reporter_id == reporter.id]
    asked = tracking.list_asked(turn, own)
    if asked:
        words = say(language, "welcome.back", count=len(open_now), cases=told)
        turn.say(lasting(words, conversing.ways_on(standing)[:2]))
        tracking.ask(turn, standing, asked)
        return True
    conversing.tell_beside(
        turn, standing, "welcome.back", *conversing.ways_on(standing)[:2], count=len(open_now), cases=told
    )
    return True
