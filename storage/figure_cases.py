"""Lists the cases that figures count."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.case_facts import match_figure
from storage.figure_totals import Which
from storage.models import Case


def list_received(session: Session, which: Which, begins: datetime, ends: datetime, most: int) -> list[Case]:
    """The cases that were told between two moments, oldest first; never a confidential one."""
    given = [getattr(Case, name) == value for name, value in which.list_given().items()]
    found = select(Case).where(match_figure("received", begins, ends), *given).order_by(Case.id).limit(most)
    return list(session.scalars(found))
