"""LINE groups, the organisation each is bound to, and the one-time codes that bind them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Document, UtcTime


class Group(Base):
    """A LINE group the account was ever in; `organisation` is empty until a code binds it.

    `asked`: by user id, the words that somebody here was just asked for. `code_refused_at`: the latest wrong code;
    `staff_told_at`: when staff last heard of wrong codes from here. `heard_at`: when people here last did anything,
    to the hour. `members`: how many a push reaches, as LINE told it
    at `members_at`; to be asked again where that is empty.
    """

    __tablename__ = "groups"

    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation: Mapped[str | None] = mapped_column(String(48))
    bound_at: Mapped[datetime | None] = mapped_column(UtcTime)
    bound_by: Mapped[str | None] = mapped_column(String(64))
    hinted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    code_refused_at: Mapped[datetime | None] = mapped_column(UtcTime)
    staff_told_at: Mapped[datetime | None] = mapped_column(UtcTime)
    asked: Mapped[dict[str, Any] | None] = mapped_column(Document)
    heard_at: Mapped[datetime | None] = mapped_column(UtcTime)
    members: Mapped[int | None]
    members_at: Mapped[datetime | None] = mapped_column(UtcTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_groups_organisation", "organisation"),)


class GroupPerson(Base):
    """Somebody who acted for an office in a group, and what LINE calls them there; `name` is empty until it told."""

    __tablename__ = "group_people"

    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    asked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Invite(Base):
    """A one-time code, kept as its keyed hash. Used once, or not at all after `expires_at`."""

    __tablename__ = "invites"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(48))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    used_by_chat: Mapped[str | None] = mapped_column(String(64))
