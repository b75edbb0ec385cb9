"""Which cases somebody may see at all: a condition for every query that staff pages make over cases.

The Ombudsman's officers see all; an office sees those it owns, helps with or is offered, and never a confidential one.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from storage import helping
from storage.models import Case, CaseHelper


@dataclass(frozen=True, slots=True)
class Scope:
    """`organisation`: only what is this office's; None: everybody's. `confidential`: these too."""

    organisation: str | None
    confidential: bool


def within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """The conditions, for `where`."""
    if scope.organisation is None:
        return () if scope.confidential else (Case.confidential.is_(False),)
    helps = select(CaseHelper.case_id).where(
        CaseHelper.organisation == scope.organisation, CaseHelper.state.in_(helping.ACTIVE)
    )
    theirs = or_(Case.owner == scope.organisation, Case.transfer_to == scope.organisation, Case.id.in_(helps))
    return theirs, Case.confidential == false()


def find_case(session: Session, scope: Scope, number: str, *, lock: bool = False) -> Case | None:
    """The case of this number, as if there were none where it is outside the scope."""
    found = select(Case).where(Case.number == number, *within(scope))
    return session.scalars(found.with_for_update(of=Case) if lock else found).first()
