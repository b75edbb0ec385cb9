"""What our tables tell of how the account is set up in LINE, where LINE itself cannot be asked.

Looked at by `fasttrack doctor` alone: the queries read much and run seldom.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Group, InboxEvent

AT_ONCE = timedelta(seconds=10)


def list_bound_groups(session: Session) -> list[tuple[str, str]]:
    """(chat, organisation) of each group that is bound and was not left, newest binding first."""
    bound = (
        select(Group.chat_id, Group.organisation)
        .where(Group.organisation.is_not(None), Group.left_at.is_(None))
        .order_by(Group.bound_at.desc())
    )
    return [(chat_id, str(organisation)) for chat_id, organisation in session.execute(bound)]


def has_redelivered(session: Session) -> bool:
    """Whether LINE ever sent an event again, which it does only where that is switched on."""
    again = select(InboxEvent.event_id).where(InboxEvent.redelivered.is_(True)).limit(1)
    return session.execute(again).first() is not None


def was_last_group_left_at_once(session: Session) -> bool:
    """Whether the account was out of the newest group as soon as it was in, as where groups are not allowed."""
    came = (
        select(InboxEvent.chat_id, InboxEvent.kind, InboxEvent.received_at)
        .where(InboxEvent.kind.in_(("join", "leave")))
        .order_by(InboxEvent.received_at)
    )
    joined: dict[str | None, datetime] = {}
    at_once = False
    for chat_id, kind, at in session.execute(came):
        if kind == "join":
            joined[chat_id], at_once = at, False
        elif chat_id in joined and at - joined.pop(chat_id) <= AT_ONCE:
            at_once = True
    return at_once
