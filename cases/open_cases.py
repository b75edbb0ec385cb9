"""An office's open cases as lists show them: in its group when asked, in the digest unasked."""

from datetime import datetime

from bot.messages.group_lines import CaseLine
from cases import views
from cases.statuses import Status
from storage.models import Case, SlaClock
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
# What the office still has to do something about, or has asked others to.
OPEN = (Status.DISPATCHED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.NEEDS_INFO, Status.TRANSFERRING)
_DUE = {
    "acknowledge": "office.answer_before",
    "promise": "office.promised",
    "look": "office.look_again",
    "resolve": "office.fix_before",
}
_LATE = {
    "acknowledge": "office.answer_late",
    "promise": "office.promise_late",
    "look": "remind.late_look",
    "resolve": "office.fix_late",
}


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
