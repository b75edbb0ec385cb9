"""What stands before one office today beside its lists of cases: what it is offered, and where its help was asked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Case, CaseHelper


def list_offered(session: Session, organisation: str, limit: int) -> list[Case]:
    """Cases that another office passes on to this one, and that wait for its word; the longest waiting first."""
    offered = select(Case).where(Case.transfer_to == organisation, Case.confidential.is_(False))
    return list(session.scalars(offered.order_by(Case.updated_at).limit(limit)))


def list_invited(session: Session, organisation: str, limit: int) -> list[Case]:
    """Cases whose owner asked this office to help, unanswered; the longest waiting first."""
    asked = (
        select(Case)
        .join(CaseHelper, CaseHelper.case_id == Case.id)
        .where(CaseHelper.organisation == organisation, CaseHelper.state == "invited", Case.confidential.is_(False))
        .order_by(CaseHelper.case_id)
        .limit(limit)
    )
    return list(session.scalars(asked))
