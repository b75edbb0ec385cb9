"""LINE groups, what they are bound to, and invite codes."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Group, Invite
from storage.prepared import INSERTS

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0/O or 1/I: codes are read aloud
CODE_LENGTH = 8
CODE_DAYS = 7


def lock_group(session: Session, chat_id: str, now: datetime) -> Group:
    """The group's row, made if need be, held until the transaction ends."""
    held = select(Group).where(Group.chat_id == chat_id).with_for_update()
    group = session.scalars(held).first()
    if group is None:
        insert = INSERTS[session.get_bind().dialect.name]
        session.execute(
            insert(Group)
            .values(chat_id=chat_id, created_at=now, wrong_codes=0)
            .on_conflict_do_nothing(index_elements=["chat_id"])
        )
        group = session.scalars(held).one()
    return group


def list_bound(session: Session, organisation: str) -> list[str]:
    """The chats bound to an organisation, oldest binding first."""
    bound = (
        select(Group.chat_id)
        .where(Group.organisation == organisation, Group.left_at.is_(None))
        .order_by(Group.bound_at)
    )
    return list(session.scalars(bound))


def find_organisation(session: Session, chat_id: str) -> str | None:
    """Whose group this is; None where it is nobody's."""
    bound = select(Group.organisation).where(Group.chat_id == chat_id, Group.left_at.is_(None))
    return session.scalars(bound).first()


def list_organisations(session: Session, chat_ids: Collection[str]) -> list[str]:
    """Whose groups these are."""
    found = select(Group.organisation).where(Group.chat_id.in_(chat_ids), Group.organisation.is_not(None))
    return [organisation for organisation in session.scalars(found.distinct()) if organisation]


def count_told_of(session: Session, since: datetime) -> int:
    """Of how many groups staff have heard since then that codes were tried there."""
    told = select(func.count()).select_from(Group).where(Group.staff_told_at > since)
    return session.execute(told).scalar_one()


def hash_code(code: str, secret_key: str) -> str:
    """A code as it is kept: keyed, so that the table alone binds no group."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hmac.digest(secret_key.encode(), f"invite:{plain}".encode(), hashlib.sha256).hex()


def add_invite(session: Session, *, organisation: str, secret_key: str, now: datetime) -> str:
    """Make a one-time code for an organisation and return it; only its hash is kept."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    session.add(
        Invite(
            code_hash=hash_code(code, secret_key),
            organisation=organisation,
            created_at=now,
            expires_at=now + timedelta(days=CODE_DAYS),
        )
    )
    return code


def use_invite(session: Session, *, code: str, secret_key: str, chat_id: str, now: datetime) -> str | None:
    """Spend a code; the organisation it stands for, or None where it is wrong, used or lapsed."""
    spent = (
        update(Invite)
        .where(Invite.code_hash == hash_code(code, secret_key), Invite.used_at.is_(None), Invite.expires_at > now)
        .values(used_at=now, used_by_chat=chat_id)
        .returning(Invite.organisation)
    )
    return session.execute(spent).scalar()


def list_to_leave(session: Session, before: datetime, limit: int) -> list[str]:
    """Groups that asked us to go, before then, and where we still are.

    They have both a farewell (`left_at`) and a hint that no `leave` event has cleared (`hinted_at`).
    """
    asked = (
        select(Group.chat_id)
        .where(Group.organisation.is_(None), Group.left_at <= before, Group.hinted_at.is_not(None))
        .order_by(Group.left_at)
        .limit(limit)
    )
    return list(session.scalars(asked))


def settle_left(session: Session, chat_ids: Sequence[str]) -> None:
    """We are out of these groups; LINE's own `leave` event says the same."""
    session.execute(
        update(Group).where(Group.chat_id.in_(chat_ids), Group.organisation.is_(None)).values(hinted_at=None)
    )


def list_uncounted(session: Session, before: datetime, limit: int) -> list[str]:
    """Bound groups whose members are to be counted: never, not since then, or somebody came or went."""
    wanted = (
        select(Group.chat_id)
        .where(
            Group.organisation.is_not(None),
            Group.left_at.is_(None),
            or_(Group.members_at.is_(None), Group.members_at < before),
        )
        .order_by(Group.members_at.is_not(None), Group.members_at, Group.chat_id)
        .limit(limit)
    )
    return list(session.scalars(wanted))


def keep_members(session: Session, chat_id: str, members: int | None, now: datetime) -> None:
    """How many people LINE says are in a group; None where it does not know the group."""
    session.execute(update(Group).where(Group.chat_id == chat_id).values(members=members, members_at=now))


def recount(session: Session, chat_id: str) -> None:
    """Somebody came or went: LINE is to be asked again."""
    session.execute(update(Group).where(Group.chat_id == chat_id).values(members_at=None))
