"""What staff did, written down and looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: each that is given narrows them. `about` is the whole name of a thing, or its beginning with *."""

    user_id: int | None = None
    who: str = ""
    verb: str = ""
    about: str = ""
    since: datetime | None = None
    before: datetime | None = None

    def match(self) -> tuple[ColumnElement[bool], ...]:
        """As conditions."""
        found: list[ColumnElement[bool]] = []
        if self.user_id is not None:
            found.append(AuditEntry.user_id == self.user_id)
        if self.who:
            found.append(AuditEntry.who == self.who)
        if self.verb:
            found.append(AuditEntry.verb == self.verb)
        if self.about:
            found.append(
                AuditEntry.object.startswith(self.about[:-1], autoescape=True)
                if self.about.endswith("*")
                else AuditEntry.object == self.about
            )
        if self.since is not None:
            found.append(AuditEntry.at >= self.since)
        if self.before is not None:
            found.append(AuditEntry.at < self.before)
        return tuple(found)


def list_entries(session: Session, wanted: Wanted, *, limit: int, below: int | None = None) -> Sequence[AuditEntry]:
    """The newest first; `below`: only those before the entry of this number."""
    found = select(AuditEntry).where(*wanted.match()).order_by(AuditEntry.id.desc()).limit(limit)
    return session.scalars(found.where(AuditEntry.id < below) if below is not None else found).all()


def list_verbs(session: Session) -> Sequence[str]:
    """Every kind of thing that was ever done: one look at the index for each."""
    verbs: list[str] = []
    while (
        found := session.scalars(
            select(AuditEntry.verb)
            .where(AuditEntry.verb > (verbs[-1] if verbs else ""))
            .order_by(AuditEntry.verb)
            .limit(1)
        ).first()
    ) is not None:
        verbs.append(found)
    return verbs
