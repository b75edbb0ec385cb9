"""What is to be said on a call that staff owe to a reporter: what they would have read in writing."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import putting_off, telling
from storage import callbacks
from storage import cases as stored
from storage.models import Callback, Case
from texts.catalog import say


def write(session: Session, case: Case, call: Callback, now: datetime) -> str:
    """The words, in the language of the reporter; empty where they wrote to us, and are to be answered."""
    entry = stored.find_history(session, call.entry_id)
    if entry is None or call.kind == callbacks.REPLY:
        return ""
    words = telling.write_out(session, case, entry, now)
    reason = putting_off.find_reason(session, entry) if not entry.details.get("reason") else ""
    return f"{words} {say(case.language, 'reason.because', reason=reason)}" if reason else words
