"""What a digest counts of an office's open cases; confidential ones never."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Case, Follower, Group, HistoryEntry, SlaClock


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case, with what its running clocks say: `due` those of the office's turn."""

    id: int
    status: str
    promised_on: date | None
    came_at: datetime | None
    due: tuple[datetime, ...]
    danger: bool = False


def list_open(
    session: Session, owner: str, statuses: Collection[str], *, waiting: Collection[str], since: datetime
) -> list[OpenCase]:
    """An office's open cases; `came_at` where the case was handed to it since then."""
    own = (Case.owner == owner, Case.status.in_(statuses), Case.confidential.is_(False))
    cases = session.execute(
        select(Case.id, Case.status, Case.promised_on, Case.danger).where(*own).order_by(Case.id)
    ).all()
    due: dict[int, list[datetime]] = {}
    running = select(SlaClock.case_id, SlaClock.due_at).join(Case, Case.id == SlaClock.case_id)
    for case_id, due_at in session.execute(
        running.where(*own, SlaClock.stopped_at.is_(None), SlaClock.kind.not_in(waiting))
    ):
        due.setdefault(case_id, []).append(due_at)
    handed = (
        select(HistoryEntry.case_id, func.max(HistoryEntry.at))
        .join(Case, Case.id == HistoryEntry.case_id)
        .where(*own, HistoryEntry.at >= since, HistoryEntry.action == "dispatch")
        .group_by(HistoryEntry.case_id)
    )
    came = {case_id: at for case_id, at in session.execute(handed)}
    return [
        OpenCase(case_id, status, promised_on, came.get(case_id), tuple(due.get(case_id, ())), bool(danger))
        for case_id, status, promised_on, danger in cases
    ]


def count_joined(session: Session, case_ids: Collection[int], since: datetime) -> int:
    """How many people joined these cases since then, and still follow."""
    if not case_ids:
        return 0
    joined = select(func.count()).where(
        Follower.case_id.in_(case_ids), Follower.left_at.is_(None), Follower.since >= since
    )
    return session.execute(joined).scalar_one()


def has_answers(session: Session, case_ids: Collection[int], since: datetime) -> bool:
    """Whether the people behind any of these cases answered or added something since then."""
    said = select(HistoryEntry.id).where(
        HistoryEntry.case_id.in_(case_ids), HistoryEntry.at >= since, HistoryEntry.action.in_(("answer", "add"))
    )
    return session.execute(said.limit(1)).first() is not None


def list_groups(session: Session, but: str = "") -> list[tuple[str, str]]:
    """(chat, organisation) of each group that is bound, but for those of one organisation."""
    bound = (
        select(Group.chat_id, Group.organisation)
        .where(Group.organisation.is_not(None), Group.organisation != but, Group.left_at.is_(None))
        .order_by(Group.chat_id)
    )
    return [(chat_id, str(organisation)) for chat_id, organisation in session.execute(bound)]
