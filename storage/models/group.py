"""LINE groups, the organisation each is bound to, and the one-time codes that bind them."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcTime


class Group(Base):
    """A LINE group the account was ever in; `organisation` is empty until a code binds it."""

    __tablename__ = "groups"

    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation: Mapped[str | None] = mapped_column(String(48))
    bound_at: Mapped[datetime | None] = mapped_column(UtcTime)
    bound_by: Mapped[str | None] = mapped_column(String(64))
    hinted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    left_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_groups_organisation", "organisation"),)


class Invite(Base):
    """A one-time code, kept as its keyed hash. Used once, or not at all after `expires_at`."""

    __tablename__ = "invites"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(48))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    used_by_chat: Mapped[str | None] = mapped_column(String(64))
