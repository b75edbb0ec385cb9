"""What a group can ask for: its open cases, one card again, and the commands."""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import CaseLine, open_cases
from cases import telling, views
from cases.statuses import OVER, Status
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
OPEN = tuple(status for status in Status if status not in OVER)
SHOWN = 30


def list_open(turn: Turn, organisation: str) -> None:
    """งานค้าง: the open cases, most overdue first, each a tap away from its card."""
    cases = stored.list_by_owner(turn.session, organisation, OPEN, limit=200)
    cases.sort(key=lambda case: (case.acknowledge_by or case.created_at, case.id))
    lines = [see_line(case, turn) for case in cases[:SHOWN]]
    turn.say(open_cases(lines, LANGUAGE, total=len(cases)), kind="list")


def see_line(case: Case, turn: Turn) -> CaseLine:
    """One case in a list."""
    waiting = case.status == Status.DISPATCHED and case.acknowledge_by is not None
    due = ""
    if waiting and case.acknowledge_by:
        due = say(LANGUAGE, "office.answer_before", due=say_moment(LANGUAGE, case.acknowledge_by, now=turn.now))
    return CaseLine(
        case_id=case.id,
        number=case.number,
        summary=views.name_category(case.category, LANGUAGE),
        place=views.describe_place(case, LANGUAGE),
        due=due or views.name_status(Status(case.status), LANGUAGE),
        late=bool(waiting and case.acknowledge_by and case.acknowledge_by < turn.now),
    )


def open_card(turn: Turn, case: Case) -> None:
    """The card once more, by free reply; it can be quoted like the first."""
    telling.show_card(turn.session, case, turn.inbound.chat_id, turn.now)


def say_help(turn: Turn) -> None:
    """ช่วยเหลือ: how this group is used."""
    turn.say(text_bubble(say(LANGUAGE, "group.help")), kind="help")
