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
class Listening:
    """A group of an office: since when the oldest case of that office waits for it, if any does, and whether anybody
    here made a step in a case since the group was bound.
    """

    group: Group
    waits_since: datetime | None
    answered: bool


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


def list_listening(
    session: Session, *, but: str, theirs: Collection[str], role: str, actions: Collection[str]
) -> list[Listening]:
    """The groups that stand for an office, but for those of one; `theirs`: where a case waits for its office."""
    oldest = [
        select(Case.created_at)
        .where(Case.owner == Group.organisation, Case.status == status, Case.confidential.is_(False))
        .order_by(Case.created_at)
        .limit(1)
        .correlate(Group)
        .scalar_subquery()
        for status in theirs
    ]
    # Any one of them tells it: a group that answers has thousands, and the newest would be looked for among all.
    answer = (
        select(HistoryEntry.id)
        .where(
            HistoryEntry.chat_id == Group.chat_id,
            HistoryEntry.at >= Group.bound_at,
            HistoryEntry.role == role,
            HistoryEntry.action.in_(actions),
        )
        .limit(1)
        .correlate(Group)
        .scalar_subquery()
    )
    bound = (
        select(Group, answer, *oldest)
        .where(Group.organisation.is_not(None), Group.organisation != but, Group.left_at.is_(None))
        .order_by(Group.organisation, Group.bound_at)
    )
    return [
        Listening(group, min((each for each in since if each), default=None), found is not None)
        for group, found, *since in session.execute(bound)
    ]


def list_once_bound(session: Session, *, but: str) -> set[str]:
    """The organisations that ever had a group."""
    used = select(Invite.organisation).where(Invite.used_at.is_not(None), Invite.organisation != but).distinct()
    return set(session.scalars(used))


def count_open(
    session: Session, statuses: Collection[str], offices: Collection[str] | None = None
) -> Mapping[str, int]:
    """How much each office, or each of these, has open."""
    if offices is not None and not offices:
        return {}
    found = select(Case.owner, func.count()).where(Case.status.in_(statuses), Case.confidential.is_(False))
    if offices is not None:
        found = found.where(Case.owner.in_(offices))
    return {owner: count for owner, count in session.execute(found.group_by(Case.owner))}


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
