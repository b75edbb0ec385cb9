"""Who of the staff rang about a case, when, and what came of it: a line of its history."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cases import call_words, lifecycle, unsaid
from cases.statuses import Action, Actor
from storage import callbacks, outbox
from storage.models import Callback, Case

CALL = "call"  # in the details of such a line: what came of it
TOLD, TOLD_FOLLOWER, UNANSWERED, NEEDLESS, AGAIN = "told", "told_follower", "unanswered", "needless", "again"
UNDO_WITHIN = timedelta(minutes=15)
_CAME = {callbacks.NEWS: TOLD, callbacks.TELL: TOLD_FOLLOWER}


def settle(session: Session, case: Case, callback_id: int, actor: Actor, now: datetime) -> bool:
    """They were told, or need not be rung any more; False where that was settled before. The caller holds the case's
    row.
    """
    call = callbacks.find_owed(session, callback_id, case.id)
    if call is None:
        return False
    came = _CAME.get(call.kind, NEEDLESS)
    words = call_words.write(session, case, call, now) if came == TOLD else None
    if not callbacks.settle_one(session, call.id, case.id, str(actor.person), now):
        return False
    _keep(session, case, call, came, actor, now, words)
    return True


def take_back(session: Session, case: Case, callback_id: int, actor: Actor, now: datetime) -> bool:
    """It is owed after all: for who settled it, a quarter of an hour long. The caller holds the case's row."""
    call = callbacks.owe_again(session, callback_id, case.id, str(actor.person), now - UNDO_WITHIN)
    if call is None:
        return False
    _keep(session, case, call, AGAIN, actor, now)
    return True


def note_try(session: Session, case: Case, callback_id: int, actor: Actor, now: datetime) -> Callback | None:
    """Somebody rang, and nobody answered; None where the call was settled before. The caller holds the case's row."""
    if not callbacks.note_try(session, callback_id, case.id, now):
        return None
    call = callbacks.get_one(session, callback_id)
    outbox.drop_waiting(session, None, case.id, unsaid.UNCALLED)
    _keep(session, case, call, UNANSWERED, actor, now)
    return call


def _keep(
    session: Session, case: Case, call: Callback, came: str, actor: Actor, now: datetime, words: str | None = None
) -> None:
    details: dict[str, Any] = {CALL: came, "about": call.entry_id}
    lifecycle.apply(session, case, Action.NOTE, actor, now, note=words, details=details)
