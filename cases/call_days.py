"""By when staff are to make a call that they owe: on the working day on which it came up; where nobody answered, on the
next one. Where somebody may come to harm, the same day, whatever day it is.
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import office_hours
from cases.desk import OMB
from cases.working_time import find_working_day_after, find_working_day_before
from clock import BANGKOK, in_bangkok
from storage import working_days
from storage.models import Callback, Case

LATE, DUE, LATER = "late", "due", "later"
STATES = (LATE, DUE, LATER)
A_DAY = timedelta(days=1)


class CallDays:
    """Counts by the days on which the Ombudsman's officers work, and by the clock where it was made."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._known = working_days.load_exceptions(session), office_hours.find(session, OMB)
        self._today = in_bangkok(now).date()

    def find_day(self, call: Callback, case: Case) -> date:
        """The last day on which it is not late."""
        since = in_bangkok(call.tried_at or call.created_at)
        if case.danger:
            return since.date()
        after_hours = since.time() >= self._known[1].closes(since.date())
        counted = since.date() if call.tried_at or after_hours else since.date() - A_DAY
        return find_working_day_after(counted, *self._known)

    def find_state(self, call: Callback, case: Case) -> str:
        """Whether it is late, to be made now, or put off because nobody answered: one of STATES."""
        day = self.find_day(call, case)
        if day < self._today:
            return LATE
        return LATER if call.tried_at and day > self._today else DUE

    def find_late(self) -> dict[str, datetime]:
        """What makes a call late, by its moments: `callbacks.is_late`."""
        last = find_working_day_before(self._today, *self._known)
        return {
            "danger": datetime.combine(self._today, time.min, BANGKOK),
            "tried": datetime.combine(last, time.min, BANGKOK),
            "made": datetime.combine(last, self._known[1].closes(last), BANGKOK),
        }

    def find_put_off(self) -> datetime:
        """Calls that were tried from this moment on are put off to a day that is still to come."""
        latest = find_working_day_before(self._today + A_DAY, *self._known)
        return datetime.combine(latest, time.min, BANGKOK)
