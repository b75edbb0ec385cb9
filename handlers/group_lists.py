"""What a group can ask for: its open cases, one card again, and the commands."""

from datetime import datetime

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import CaseLine, open_cases
from cases import clocks, telling, views
from cases.statuses import Status
from handlers.turn import Turn
from storage import clocks as stored_clocks
from storage.models import Case, SlaClock
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
# What the office still has to do something about, or has asked others to.
OPEN = (Status.DISPATCHED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.NEEDS_INFO, Status.TRANSFERRING)
SHOWN = 24
_DUE = {"acknowledge": "office.answer_before", "promise": "office.promised", "resolve": "office.fix_before"}
_LATE = {"acknowledge": "office.answer_late", "promise": "office.promise_late", "resolve": "office.fix_late"}


def list_open(turn: Turn, organisation: str) -> None:
    """งานค้าง: the open cases, most overdue first, each a tap away from its card."""
    found = stored_clocks.list_by_due(turn.session, organisation, OPEN, waiting=clocks.WAITING, limit=SHOWN)
    lines = [see_line(case, running, turn.now) for case, running in found]
    turn.say(open_cases(lines, LANGUAGE, total=count_open(turn, organisation)), kind="list")


def count_open(turn: Turn, organisation: str) -> int:
    """How many cases the office has open."""
    return stored_clocks.count_owned(turn.session, organisation, OPEN)


def see_line(case: Case, running: SlaClock | None, now: datetime) -> CaseLine:
    """One case in a list, with the day it is due; whoever waits for others is not late."""
    due = views.name_status(Status(case.status), LANGUAGE)
    late = False
    if running is not None and running.kind in _DUE:
        late = running.due_at < now
        key = (_LATE if late else _DUE)[running.kind]
        due = say(LANGUAGE, key, due=say_moment(LANGUAGE, running.due_at, now=now))
    return CaseLine(
        case_id=case.id,
        number=case.number,
        summary=views.name_category(case.category, LANGUAGE),
        place=views.describe_place(case, LANGUAGE),
        due=due,
        late=late,
    )


def open_card(turn: Turn, case: Case) -> None:
    """The card once more, by free reply; it can be quoted like the first."""
    telling.show_card(turn.session, case, turn.inbound.chat_id, turn.now)


def say_help(turn: Turn) -> None:
    """ช่วยเหลือ: how this group is used."""
    turn.say(text_bubble(say(LANGUAGE, "group.help")), kind="help")
