"""After-photos that should be looked at again: found once, told to staff once, seen by somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.models import Case, MediaItem, PhotoCheck
from storage.models.media import TO_COMPARE


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparison found; see `PhotoCheck`."""

    verdict: str
    reason: str
    score: float
    other_media_id: int | None = None


def list_uncompared(session: Session, limit: int) -> list[MediaItem]:
    """After-photos that were not compared for the case they are given to, oldest first."""
    return list(session.scalars(select(MediaItem).where(TO_COMPARE).order_by(MediaItem.id).limit(limit)))


def has_due(session: Session) -> bool:
    """Whether any after-photo waits to be compared: a look that takes no lock."""
    return bool(session.execute(select(exists().where(TO_COMPARE))).scalar())


def settle(session: Session, item: MediaItem, found: Sequence[Found], now: datetime) -> bool:
    """Keep what was found of a photo as its case's. False where somebody else did, or it moved or was taken back."""
    mine = (
        update(MediaItem)
        .where(
            MediaItem.id == item.id,
            MediaItem.state == "stored",
            MediaItem.case_id == item.case_id,
            or_(MediaItem.compared_for.is_(None), MediaItem.compared_for != MediaItem.case_id),
        )
        .values(compared_for=MediaItem.case_id)
        .returning(MediaItem.id)
    )
    if session.execute(mine).first() is None:
        return False
    session.execute(delete(PhotoCheck).where(PhotoCheck.media_id == item.id))  # it was another case's before
    for one in found:
        session.add(
            PhotoCheck(
                case_id=item.case_id,
                media_id=item.id,
                other_media_id=one.other_media_id,
                verdict=one.verdict,
                reason=one.reason,
                score=one.score,
                at=now,
            )
        )
    return True


def list_untold(session: Session, limit: int) -> list[tuple[Case, list[PhotoCheck]]]:
    """The checks that staff have not been told of, case by case, the oldest first; never of a confidential case."""
    waiting = (
        select(PhotoCheck.case_id)
        .join(Case, Case.id == PhotoCheck.case_id)
        .where(PhotoCheck.told_at.is_(None), PhotoCheck.seen_at.is_(None), Case.confidential.is_(False), _stands())
        .group_by(PhotoCheck.case_id)
        .order_by(PhotoCheck.case_id)
        .limit(limit)
    )
    return [
        (session.get_one(Case, case_id), [one for one in list_standing(session, case_id) if one.told_at is None])
        for case_id in session.scalars(waiting).all()
    ]


def list_standing(session: Session, case_id: int) -> list[PhotoCheck]:
    """What was found of a case's after-photos, as far as the photos are still there and may be shown beside it."""
    kept = select(PhotoCheck).where(PhotoCheck.case_id == case_id, _stands()).order_by(PhotoCheck.id)
    return list(session.scalars(kept))


def _stands() -> ColumnElement[bool]:
    """Both photos are there, the first still this case's after-photo, the other not of a confidential case's."""
    own, other, others_case = aliased(MediaItem), aliased(MediaItem), aliased(Case)
    first = exists().where(
        own.id == PhotoCheck.media_id,
        own.state == "stored",
        own.role == "after",
        own.case_id == PhotoCheck.case_id,
    )
    second = exists().where(
        other.id == PhotoCheck.other_media_id,
        other.state == "stored",
        other.role != "delicate",
        others_case.id == other.case_id,
        or_(others_case.id == PhotoCheck.case_id, others_case.confidential.is_(False)),
    )
    return first & or_(PhotoCheck.other_media_id.is_(None), second)


def list_unseen(session: Session, limit: int) -> list[str]:
    """The numbers of the cases that staff were told of and nobody has looked at, the longest waiting first."""
    waiting = (
        select(Case.number)
        .join(PhotoCheck, PhotoCheck.case_id == Case.id)
        .where(PhotoCheck.told_at.is_not(None), PhotoCheck.seen_at.is_(None), Case.confidential.is_(False), _stands())
        .group_by(Case.number)
        .order_by(func.min(PhotoCheck.told_at))
        .limit(limit)
    )
    return list(session.scalars(waiting))


def mark_told(session: Session, check_ids: Sequence[int], now: datetime) -> None:
    """Staff are told of these in this transaction."""
    session.execute(update(PhotoCheck).where(PhotoCheck.id.in_(check_ids)).values(told_at=now))


def find(session: Session, check_id: int) -> PhotoCheck | None:
    """One check."""
    return session.get(PhotoCheck, check_id)


def mark_seen(session: Session, case_id: int, person: str | None, now: datetime) -> int:
    """Somebody looked at what staff were told of this case; how many checks that were."""
    seen = (
        update(PhotoCheck)
        .where(PhotoCheck.case_id == case_id, PhotoCheck.told_at.is_not(None), PhotoCheck.seen_at.is_(None))
        .values(seen_at=now, seen_by=person)
        .returning(PhotoCheck.id)
    )
    return len(session.execute(seen).all())


def mark_looked_at(session: Session, case_id: int, person: str, now: datetime) -> int:
    """Somebody looked at all that was found of this case, whether staff were told of it yet or not; how many."""
    seen = (
        update(PhotoCheck)
        .where(PhotoCheck.case_id == case_id, PhotoCheck.seen_at.is_(None))
        .values(seen_at=now, seen_by=person)
        .returning(PhotoCheck.id)
    )
    return len(session.execute(seen).all())


def mark_unseen(session: Session, case_id: int) -> int:
    """That was a slip: what was seen is not; how many checks that were."""
    unseen = (
        update(PhotoCheck)
        .where(PhotoCheck.case_id == case_id, PhotoCheck.seen_at.is_not(None))
        .values(seen_at=None, seen_by=None)
        .returning(PhotoCheck.id)
    )
    return len(session.execute(unseen).all())


def forget(session: Session, media_ids: Sequence[int]) -> None:
    """These photos were taken back: what was said of them, and of others beside them, goes too."""
    gone = or_(PhotoCheck.media_id.in_(media_ids), PhotoCheck.other_media_id.in_(media_ids))
    session.execute(delete(PhotoCheck).where(gone))
