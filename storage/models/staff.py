"""People who sign in to the console: their accounts, open sessions, invitations, spare codes and failed attempts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Key, UtcTime


class StaffUser(Base):
    """One account. `role` and `organisation` say what it may see and do (`console/permissions.py`).

    `totp_since` is empty while a new secret still waits for its first code; `totp_step`: the last one that was used,
    so that no code opens twice. Nobody is ever removed, only disabled: the audit log names them.
    """

    __tablename__ = "staff_users"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    role: Mapped[str] = mapped_column(String(16))
    organisation: Mapped[str] = mapped_column(String(48))
    language: Mapped[str] = mapped_column(String(2), default="th")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_since: Mapped[datetime | None] = mapped_column(UtcTime)
    totp_step: Mapped[int] = mapped_column(Integer, default=0)
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)


class StaffSession(Base):
    """One browser that is signed in, known by the hash of what its cookie holds.

    `stage`: `code` while the one-time code is still to be given, `set_up` while one must be set up first, then `in`.
    """

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"), index=True)
    stage: Mapped[str] = mapped_column(String(8))
    device: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class StaffInvitation(Base):
    """A link by which somebody sets a first or a new password; kept as a hash, good once and until `expires_at`."""

    __tablename__ = "staff_invitations"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)


class StaffRecoveryCode(Base):
    """One of the codes that stand in for the telephone; kept as a hash, good once."""

    __tablename__ = "staff_recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(Key, ForeignKey("staff_users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)


class SignInAttempt(Base):
    """A sign-in that failed: for which account, and from where. Gone after a day."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    account: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_sign_in_attempts_account", "account", "at"),
        Index("ix_sign_in_attempts_address", "address", "at"),
    )
