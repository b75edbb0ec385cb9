"""What staff did, written down and looked up."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.models import AuditEntry


def add(
    session: Session,
    *,
    user_id: int | None,
    who: str,
    organisation: str,
    verb: str,
    about: str,
    now: datetime,
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write down who did what to which thing, in the transaction that does it."""
    entry = AuditEntry(
        at=now, user_id=user_id, who=who, organisation=organisation, verb=verb, object=about, details=details or {}
    )
    session.add(entry)
    return entry
