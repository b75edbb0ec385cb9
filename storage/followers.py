"""Queries about who follows which case, and about cases near a spot."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Case, Conversation, Follower, HistoryEntry, HistoryWords, Reporter
from storage.prepared import INSERTS, Prepared

MERGED = "merged"  # whoever followed such a case follows the one it went into


@dataclass(frozen=True, slots=True)
class Square:
    """A square on the map: what an index can find; how far it really is, the caller counts."""

    south: float
    north: float
    west: float
    east: float


def list_near(session: Session, square: Square, category: str, since: datetime) -> list[Case]:
    """Cases of this kind within the square with which something happened since then; confidential ones never."""
    near = (
        select(Case)
        .where(
            Case.latitude.between(square.south, square.north),
            Case.longitude.between(square.west, square.east),
            Case.category == category,
            Case.confidential.is_(False),
            Case.updated_at >= since,
        )
        .order_by(Case.id.desc())
        .limit(100)
    )
    return list(session.scalars(near))


def join(session: Session, case_id: int, reporter_id: int, now: datetime, merged_from: int | None = None) -> bool:
    """Make this person a follower of the case; False where they are one already. Who had left is back."""
    insert = INSERTS[session.get_bind().dialect.name]
    session.flush()
    row = insert(Follower).values(case_id=case_id, reporter_id=reporter_id, since=now, merged_from=merged_from)
    kept = row.on_conflict_do_update(
        index_elements=["case_id", "reporter_id"],
        set_={"since": now, "left_at": None, "merged_from": merged_from},
        where=Follower.left_at.is_not(None),
    ).returning(Follower.id)
    return session.execute(kept).first() is not None


def leave(session: Session, case_id: int, reporter_id: int, now: datetime) -> bool:
    """This person follows the case no longer; False where they did not."""
    gone = update(Follower).where(*_follows(case_id), Follower.reporter_id == reporter_id).values(left_at=now)
    return session.execute(gone.returning(Follower.id)).first() is not None


def leave_merged(session: Session, case_id: int, merged_from: int, now: datetime) -> None:
    """Whoever came with that other case follows this one no longer."""
    gone = update(Follower).where(*_follows(case_id), Follower.merged_from == merged_from).values(left_at=now)
    session.execute(gone)


def is_following(session: Session, case_id: int, line_user_id: str) -> bool:
    """Whether the person of this chat follows the case."""
    found = (
        select(Follower.id)
        .join(Reporter, Reporter.id == Follower.reporter_id)
        .where(*_follows(case_id), Reporter.line_user_id == line_user_id)
    )
    return session.execute(found).first() is not None


def has_followed(session: Session, case_id: int, line_user_id: str) -> bool:
    """Whether the person of this chat follows the case, or once did."""
    found = (
        select(Follower.id)
        .join(Reporter, Reporter.id == Follower.reporter_id)
        .where(Follower.case_id == case_id, Reporter.line_user_id == line_user_id)
    )
    return session.execute(found).first() is not None


def list_people(session: Session, case_id: int) -> list[int]:
    """The keys of the people who follow a case."""
    return list(session.scalars(select(Follower.reporter_id).where(*_follows(case_id)).order_by(Follower.id)))


def list_callers(session: Session, case_id: int) -> list[Reporter]:
    """Who follows a case and has no LINE, but a number or an address."""
    reached = or_(Reporter.phone.is_not(None), Reporter.email.is_not(None))
    theirs = select(Reporter).join(Follower, Follower.reporter_id == Reporter.id)
    theirs = theirs.where(*_follows(case_id), Reporter.line_user_id.is_(None), reached)
    return list(session.scalars(theirs.order_by(Follower.id)))


def list_ever_followed(session: Session, reporter_id: int) -> list[int]:
    """The keys of the cases that a person joined, also of those that they left."""
    joined = select(Follower.case_id).where(Follower.reporter_id == reporter_id)
    return list(session.scalars(joined.order_by(Follower.id)))


def count(session: Session, case_ids: Collection[int]) -> dict[int, int]:
    """How many follow each of these cases; those that nobody follows, and confidential ones, are left out."""
    if not case_ids:
        return {}
    counted = (
        select(Follower.case_id, func.count())
        .join(Case, and_(Case.id == Follower.case_id, Case.confidential.is_(False)))
        .where(Follower.case_id.in_(case_ids), Follower.left_at.is_(None))
        .group_by(Follower.case_id)
    )
    return {case_id: number for case_id, number in session.execute(counted)}


def count_joined_since(session: Session, reporter_id: int, since: datetime) -> int:
    """How many cases this person joined since then."""
    joined = select(func.count()).where(Follower.reporter_id == reporter_id, Follower.since >= since)
    return session.execute(joined).scalar_one()


def forget_told(session: Session, entry: HistoryEntry) -> None:
    """What somebody told when they joined goes from the history, which keeps the fact."""
    gone = delete(HistoryWords).where(HistoryWords.entry_id == entry.id)
    session.execute(gone, execution_options={"synchronize_session": False})
    session.expire(entry, ["said"])


def list_mine_and_followed(session: Session, reporter_id: int, limit: int) -> list[Case]:
    """The cases that a person told or follows, newest first."""
    joined = select(Follower.case_id).where(Follower.reporter_id == reporter_id, Follower.left_at.is_(None))
    followed = and_(Case.id.in_(joined), Case.confidential.is_(False), Case.status != MERGED)
    mine = select(Case).where(or_(Case.reporter_id == reporter_id, followed))
    return list(session.scalars(mine.order_by(Case.id.desc()).limit(limit)))


def list_followed(session: Session, reporter_id: int, limit: int = 50) -> list[Case]:
    """The cases of others that a person follows, newest first."""
    mine = (
        select(Case)
        .join(Follower, Follower.case_id == Case.id)
        .where(Follower.reporter_id == reporter_id, Follower.left_at.is_(None), Case.confidential.is_(False))
        .where(Case.status != MERGED)
    )
    return list(session.scalars(mine.order_by(Case.id.desc()).limit(limit)))


_TOLD = Prepared(
    select(Reporter.__table__.c.id, Reporter.__table__.c.line_user_id, Conversation.__table__.c.language)
    .outerjoin(Conversation.__table__, Conversation.__table__.c.chat_id == Reporter.__table__.c.line_user_id)
    .where(
        or_(
            Reporter.__table__.c.id == bindparam("b_reporter"),
            Reporter.__table__.c.id.in_(
                select(Follower.__table__.c.reporter_id).where(
                    Follower.__table__.c.case_id == bindparam("b_case"), Follower.__table__.c.left_at.is_(None)
                )
            ),
        ),
        Reporter.__table__.c.line_user_id.is_not(None),
        func.coalesce(Conversation.__table__.c.blocked, False).is_(False),
    )
    .order_by(Reporter.__table__.c.id)
)


def list_told(session: Session, case_id: int, reporter_id: int) -> Sequence[tuple[int, str, str | None]]:
    """Key, chat and language of a case's reporter and followers; whoever has blocked us is left out."""
    session.flush()
    rows = _TOLD.run(session.info["connection"], {"b_case": case_id, "b_reporter": reporter_id})
    return [(key, chat_id, language) for key, chat_id, language in rows]


def _follows(case_id: int) -> tuple[ColumnElement[bool], ...]:
    return Follower.case_id == case_id, Follower.left_at.is_(None)
