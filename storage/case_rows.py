"""What a list shows beside the rows of its cases: of a page of them at once, by an index each."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import PhotoCheck, SlaClock


def list_dues(session: Session, ids: Collection[int], others_turn: Collection[str]) -> dict[int, datetime]:
    """When each of these cases is next due, leaving out clocks of these kinds; those with none are left out."""
    running = (
        select(SlaClock.case_id, SlaClock.due_at)
        .where(SlaClock.case_id.in_(ids), SlaClock.stopped_at.is_(None), SlaClock.kind.not_in(others_turn))
        .order_by(SlaClock.due_at.desc())
    )
    return {case_id: due_at for case_id, due_at in session.execute(running)}


def list_with_checks(session: Session, ids: Collection[int]) -> set[int]:
    """Those of which an after-photo should be looked at again, and nobody has."""
    found = select(PhotoCheck.case_id).where(PhotoCheck.case_id.in_(ids), PhotoCheck.seen_at.is_(None))
    return set(session.scalars(found.distinct()))
