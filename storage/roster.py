"""How alive the offices' groups are: when people there last said or tapped anything, and when they last answered.

Confidential cases count nowhere: an office does not have them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Case, Group, GroupPerson, HistoryEntry, Invite

HEARD_EVERY = timedelta(hours=1)  # nobody needs it more exactly, and most events then write nothing


@dataclass(frozen=True, slots=True)
class Standing:
    """What an office has open, and since when the oldest of it."""

    count: int
    oldest: datetime


def hear(group: Group, at: datetime) -> None:
    """Somebody in this group did something."""
    if group.heard_at is None or at - group.heard_at >= HEARD_EVERY:
        group.heard_at = at


def list_groups(session: Session, *, but: str) -> list[Group]:
    """The groups that stand for an office, `but` for those of one."""
    bound = (
        select(Group)
        .where(Group.organisation.is_not(None), Group.organisation != but, Group.left_at.is_(None))
        .order_by(Group.organisation, Group.bound_at)
    )
    return list(session.scalars(bound))


def list_once_bound(session: Session, *, but: str) -> set[str]:
    """The organisations that ever had a group."""
    used = select(Invite.organisation).where(Invite.used_at.is_not(None), Invite.organisation != but).distinct()
    return set(session.scalars(used))


def count_open(session: Session, statuses: Collection[str]) -> Mapping[str, Standing]:
    """What each office has open."""
    found = (
        select(Case.owner, func.count(), func.min(Case.created_at))
        .where(Case.status.in_(statuses), Case.confidential.is_(False))
        .group_by(Case.owner)
    )
    return {owner: Standing(count, oldest) for owner, count, oldest in session.execute(found)}


def find_last_answer(session: Session, chat_id: str, role: str, actions: Collection[str]) -> datetime | None:
    """When somebody last made a step in a case from this group."""
    last = select(func.max(HistoryEntry.at)).where(
        HistoryEntry.chat_id == chat_id, HistoryEntry.role == role, HistoryEntry.action.in_(actions)
    )
    return session.scalars(last).one()


def list_people(session: Session, chat_id: str, since: datetime, limit: int) -> list[str]:
    """The names of those who acted in this group since then, whoever did so last first."""
    acted = (
        select(GroupPerson.name)
        .join(
            HistoryEntry, (HistoryEntry.chat_id == GroupPerson.chat_id) & (HistoryEntry.actor_id == GroupPerson.user_id)
        )
        .where(GroupPerson.chat_id == chat_id, GroupPerson.name != "", HistoryEntry.at >= since)
        .group_by(GroupPerson.user_id, GroupPerson.name)
        .order_by(func.max(HistoryEntry.at).desc())
        .limit(limit)
    )
    return list(session.scalars(acted))
