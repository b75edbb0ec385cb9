"""Somebody who had blocked the account lets it speak again: how their cases stand or ended, and
what was to be asked of them, for they heard nothing meanwhile.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.messages.bubbles import text_bubble
from bot.messages.lasting import lasting
from cases import unreached, views
from cases.statuses import OVER, Status
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import askings, followers, reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

LOOKED_AT = 50  # of the newest cases they told or follow, for those that are open or ended unheard
SHOWN = 5
ENDED_WITHIN = timedelta(days=30)


def greet(turn: Turn, standing: Standing) -> bool:
    """A short welcome with the cases that are open or ended meanwhile; False where there are none."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    mine = followers.list_mine_and_followed(turn.session, reporter.id, LOOKED_AT) if reporter else []
    open_now = [case for case in mine if Status(case.status) not in OVER]
    ended = [case for case in mine if _has_ended_unheard(turn, standing, case)]
    if not open_now and not ended:
        return False
    language = standing.language
    parts = [say(language, "welcome.back")]
    if open_now:
        parts.append(say(language, "welcome.back_open", count=len(open_now), cases=_write_lines(open_now, language)))
    if ended:
        parts.append(say(language, "welcome.back_ended", cases=_write_lines(ended, language)))
    words, buttons = "\n".join(parts), conversing.ways_on(standing)[:2]
    asked = tracking.list_asked(turn, [case for case in open_now if reporter and case.reporter_id == reporter.id])
    # LINE shows the buttons of the last bubble alone.
    turn.say(lasting(words, buttons) if asked and buttons else text_bubble(words, buttons))
    tracking.ask(turn, standing, asked)
    for case in open_now:
        if tracking.is_mine(turn, standing, case):
            unreached.tell_back(turn.session, case, turn.now)
    return True


def _has_ended_unheard(turn: Turn, standing: Standing, case: Case) -> bool:
    if case.status != Status.CLOSED or case.updated_at < turn.now - ENDED_WITHIN:
        return False
    return not askings.has_heard(turn.session, standing.chat_id, case.id, case.updated_at)


def _write_lines(cases: Sequence[Case], language: str) -> str:
    lines = [
        say(
            language,
            "welcome.back_case",
            number=case.number,
            category=views.name_category(case.category, language),
            status=views.name_status(Status(case.status), language),
        )
        for case in cases[:SHOWN]
    ]
    return "\n".join([*lines, *(["…"] if len(cases) > SHOWN else [])])
