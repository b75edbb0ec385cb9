"""What is to be said on a call that staff owe to a reporter: what they would have read in writing."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import passed_moments, putting_off, telling, told_days, views
from cases.statuses import Status
from storage import callbacks
from storage import cases as stored
from storage.models import Callback, Case
from texts.catalog import say


def write(session: Session, case: Case, call: Callback, now: datetime) -> str:
    """The words, in the language of the reporter; empty where they wrote to us, and are to be answered.

    A day that has passed is told to nobody any more: where the case stands is.
    """
    entry = stored.find_history(session, call.entry_id)
    if entry is None or call.kind == callbacks.REPLY:
        return ""
    if passed_moments.is_over(entry, now):
        status = views.name_status(Status(case.status), case.language)
        return say(case.language, "told.stands", number=case.number, status=status)
    words = telling.write_out(session, case, entry, now)
    day = told_days.say_fallen(session, case, now) if entry.action not in told_days.NAMED else ""
    words = f"{words} {day}" if day and day not in words else words
    reason = putting_off.find_reason(session, entry) if not entry.details.get("reason") else ""
    return f"{words} {say(case.language, 'reason.because', reason=reason)}" if reason else words
