"""Calls that staff owe to people whom nothing written reaches: for the page of today, and to be settled there.

A call is owed as long as the case still waits for what it is about; nobody has to take it off the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy import case as case_of
from sqlalchemy.orm import Session

from storage.case_filters import DANGEROUS
from storage.models import Callback, Case, HistoryEntry, Reporter

# What a call is about, and where its case then stands.
WAITS_AT = {"ask": "needs_info", "confirm": "resolved"}
REPLY = "reply"
# Followers are told, and asked nothing: as long as it stays said to be done.
TELL = "tell"
TOLD_AT = ("resolved", "closed")
# The reporter is told what a step came to: as long as the case stands where that brought it, or is asked about there.
NEWS = "news"
ASKED_AT = ("acknowledged", "in_progress")


@dataclass(frozen=True, slots=True)
class OwedCall:
    """One call: about which case, to whom, since when, and when somebody last tried."""

    callback: Callback
    case: Case
    reporter: Reporter

    @property
    def phone(self) -> str | None:
        """The number to ring."""
        return self.reporter.phone or (self.case.phone if self.callback.reporter_id is None else None)


def add(session: Session, *, case_id: int, entry_id: int, kind: str, now: datetime) -> None:
    """Staff are to ring about this; what they were to ring about in the same case before is void, but for the news that
    a question follows.
    """
    if kind == "ask":
        settle(session, case_id, None, now, news=False)
        _drop_old_news(session, case_id, entry_id, now)
    elif kind in WAITS_AT:
        settle(session, case_id, None, now)
    elif kind == NEWS:
        drop_news(session, case_id, now)
    session.add(Callback(case_id=case_id, entry_id=entry_id, kind=kind, created_at=now))


def drop_news(session: Session, case_id: int, now: datetime) -> None:
    """What its reporter was to be told of this case is old."""
    mine = (Callback.case_id == case_id, Callback.kind == NEWS, Callback.done_at.is_(None))
    session.execute(update(Callback).where(*mine).values(done_at=now))


def _drop_old_news(session: Session, case_id: int, entry_id: int, now: datetime) -> None:
    """Of the news, what did not bring the case to where this question was put."""
    stood = session.get_one(HistoryEntry, entry_id).from_status
    if stood == WAITS_AT["ask"]:  # it adds to another question
        return
    elsewhere = select(HistoryEntry.id).where(HistoryEntry.case_id == case_id, HistoryEntry.to_status != stood)
    mine = (Callback.case_id == case_id, Callback.kind == NEWS, Callback.done_at.is_(None))
    session.execute(update(Callback).where(*mine, Callback.entry_id.in_(elsewhere)).values(done_at=now))


def find_news(session: Session, entry_id: int) -> Callback | None:
    """The newest call, made or not, to tell the reporter of this step."""
    mine = select(Callback).where(Callback.entry_id == entry_id, Callback.kind == NEWS)
    return session.scalars(mine.order_by(Callback.id.desc()).limit(1)).first()


def add_follower(session: Session, *, case_id: int, entry_id: int, reporter_id: int, now: datetime) -> None:
    """Staff are to tell somebody who follows a case by telephone; what they were to be told before is void."""
    theirs = (Callback.case_id == case_id, Callback.reporter_id == reporter_id, Callback.done_at.is_(None))
    session.execute(update(Callback).where(*theirs).values(done_at=now))
    session.add(Callback(case_id=case_id, entry_id=entry_id, reporter_id=reporter_id, kind=TELL, created_at=now))


def settle_follower(session: Session, reporter_id: int, now: datetime) -> None:
    """This person follows nothing any more."""
    theirs = (Callback.reporter_id == reporter_id, Callback.done_at.is_(None))
    session.execute(update(Callback).where(*theirs).values(done_at=now))


def find_last_told(session: Session, case_id: int) -> Callback | None:
    """The news that somebody told its reporter last."""
    mine = (Callback.case_id == case_id, Callback.kind == NEWS, Callback.done_by.is_not(None))
    return session.scalars(select(Callback).where(*mine).order_by(Callback.done_at.desc(), Callback.id.desc())).first()


def list_owed(session: Session, scope: Sequence[ColumnElement[bool]] = (), limit: int = 50) -> list[OwedCall]:
    """The calls that are owed: where somebody may come to harm first, then by when it came up or was last tried.

    `scope`: conditions on the case (`case_scope.within`).
    """
    whom = func.coalesce(Callback.reporter_id, Case.reporter_id)
    owed = _owed(select(Callback, Case, Reporter), scope).join(Reporter, Reporter.id == whom)
    since = func.coalesce(Callback.tried_at, Callback.created_at)
    found = session.execute(owed.order_by(case_of((DANGEROUS, 0), else_=1), since, Callback.id).limit(limit)).all()
    return [OwedCall(*row) for row in found]


def not_put_off(since: datetime) -> ColumnElement[bool]:
    """As a part of a scope: that nobody has tried since then, or somebody may come to harm."""
    return or_(Callback.tried_at.is_(None), Callback.tried_at < since, DANGEROUS)


def is_late(*, danger: datetime, tried: datetime, made: datetime) -> ColumnElement[bool]:
    """As a part of a scope: that it was last tried, or else came up, before these moments; `danger`: either, where
    somebody may come to harm.
    """
    again = and_(Callback.tried_at.is_not(None), Callback.tried_at < tried)  # told apart from NULL, to be negated
    calm = or_(again, and_(Callback.tried_at.is_(None), Callback.created_at < made))
    return or_(calm, and_(DANGEROUS, func.coalesce(Callback.tried_at, Callback.created_at) < danger))


def count_owed(session: Session, scope: Sequence[ColumnElement[bool]] = ()) -> int:
    """How many calls are owed."""
    return int(session.execute(_owed(select(func.count()).select_from(Callback), scope)).scalar_one())


def list_for_case(session: Session, case_id: int) -> list[Callback]:
    """The calls that are owed to the reporter of one case."""
    owed = _owed(select(Callback), (Case.id == case_id, Callback.reporter_id.is_(None)))
    return list(session.scalars(owed.order_by(Callback.id)))


def was_owed(session: Session, case_id: int, kind: str, since: datetime) -> bool:
    """Whether a call about this was owed to the reporter at any time since then, settled or not."""
    mine = (Callback.case_id == case_id, Callback.kind == kind, Callback.reporter_id.is_(None))
    return session.execute(select(Callback.id).where(*mine, Callback.created_at >= since).limit(1)).first() is not None


def note_try(session: Session, callback_id: int, case_id: int, now: datetime) -> bool:
    """Somebody rang, and nobody answered; False where the call was settled meanwhile."""
    mine = (Callback.id == callback_id, Callback.case_id == case_id, Callback.done_at.is_(None))
    tried = update(Callback).where(*mine).values(tried_at=now).returning(Callback.id)
    return session.execute(tried).first() is not None


def find_owed(session: Session, callback_id: int, case_id: int) -> Callback | None:
    """One call about this case, if it is not settled."""
    mine = (Callback.id == callback_id, Callback.case_id == case_id, Callback.done_at.is_(None))
    return session.scalars(select(Callback).where(*mine)).first()


def get_one(session: Session, callback_id: int) -> Callback:
    """One call as it stands now. Raises NoResultFound."""
    return session.scalars(select(Callback).where(Callback.id == callback_id)).one()


def settle_one(session: Session, callback_id: int, case_id: int, person: str, now: datetime) -> bool:
    """This call is settled, the others about the case are not; False where it was settled before."""
    mine = (Callback.id == callback_id, Callback.case_id == case_id, Callback.done_at.is_(None))
    done = update(Callback).where(*mine).values(done_at=now, done_by=person).returning(Callback.id)
    return session.execute(done).first() is not None


def owe_again(session: Session, callback_id: int, case_id: int, person: str, since: datetime) -> Callback | None:
    """The call that this person took off the list since then, owed as before; None where it was another, or the case
    waits for it no more.
    """
    mine = (Callback.id == callback_id, Callback.case_id == case_id, Callback.done_by == person)
    call = session.scalars(select(Callback).where(*mine, Callback.done_at > since)).first()
    if call is None:
        return None
    whom = Callback.reporter_id.is_not_distinct_from(call.reporter_id)
    newer = select(Callback.id).where(Callback.case_id == case_id, whom, Callback.id > call.id).limit(1)
    if session.execute(newer).first() is not None:
        return None
    settled, call.done_at, call.done_by = call.done_at, None, None
    session.flush()
    if session.execute(_owed(select(Callback.id), (Callback.id == call.id,))).first() is None:
        call.done_at, call.done_by = settled, person
        return None
    return call


def settle(session: Session, case_id: int, person: str | None, now: datetime, *, news: bool = True) -> int:
    """What its reporter was to be rung about in this case is said, or needs no call any more; how many that were.

    `news`: what they were to be told as well, and not only what they were to be asked.
    """
    mine = (Callback.case_id == case_id, Callback.reporter_id.is_(None), Callback.done_at.is_(None))
    these = mine if news else (*mine, Callback.kind != NEWS)
    done = update(Callback).where(*these).values(done_at=now, done_by=person).returning(Callback.id)
    return len(session.execute(done).all())


def _owed(query: Select[*tuple[Any, ...]], scope: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    brought = select(HistoryEntry.to_status).where(HistoryEntry.id == Callback.entry_id).scalar_subquery()
    waits = or_(
        Callback.kind == REPLY,
        and_(Callback.kind == NEWS, Case.status == brought),
        and_(Callback.kind == NEWS, Case.status == WAITS_AT["ask"], brought.in_(ASKED_AT)),
        and_(Callback.kind == TELL, Case.status.in_(TOLD_AT), Case.confidential.is_(False)),
        *(and_(Callback.kind == kind, Case.status == at) for kind, at in WAITS_AT.items()),
    )
    return query.join(Case, Case.id == Callback.case_id).where(Callback.done_at.is_(None), waits, *scope)
