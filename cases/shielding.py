"""Officers, or its reporter, make a case confidential that offices have seen; officers lift that again.

No office hears of it: a word that a case went away would point at whoever complained. What stands in their groups
cannot be taken back; what was not said yet is dropped, and from here on nothing of theirs opens the case.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import keeping, lifecycle
from cases.statuses import Action, Actor, Role, Status
from storage import helping, media
from storage.models import Case, HistoryEntry


def find_hindrance(case: Case, action: Action) -> str | None:
    """Why an officer cannot do it now, as a key of the catalogue; None where they can."""
    if lifecycle.find_rule(Status(case.status), action, Role.STAFF) is None:
        return "shielding.over"
    if case.confidential == (action is Action.SHIELD):
        return "shielding.is_so"
    return None


def shield(
    session: Session,
    case: Case,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    message_id: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> HistoryEntry | None:
    """Make it confidential; None where it is, or may not be. Its reporter gives no reason. The caller holds its row."""
    if find_hindrance(case, Action.SHIELD) is not None:
        return None
    for organisation in helping.list_for_case(session, case.id, helping.ACTIVE):
        helping.set_state(session, case.id, organisation, "dropped", now)
    return lifecycle.apply(
        session, case, Action.SHIELD, actor, now, note=reason or None, details=details, message_id=message_id
    )


def lift(
    session: Session, case: Case, actor: Actor, now: datetime, *, reason: str, message_id: str | None = None
) -> HistoryEntry | None:
    """It may be shown to offices again, and stays with the Ombudsman until an officer sends it to one.

    What its reporter showed the Ombudsman alone stays there.
    """
    if find_hindrance(case, Action.LIFT) is not None:
        return None
    since = case.confidential_at
    if since is not None:
        shown = [item.id for item in media.list_for_case(session, case.id) if item.sent_at >= since]
        media.attach(session, shown, case.id, keeping.ROLE)
    return lifecycle.apply(session, case, Action.LIFT, actor, now, note=reason, message_id=message_id)
