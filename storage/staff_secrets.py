"""Links that set a password, and codes that stand in for the telephone: each kept as a hash, good once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from storage.links import hash_token
from storage.models import StaffInvitation, StaffRecoveryCode, StaffUser

INVITATION = timedelta(days=3)
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def add_invitation(session: Session, user_id: int, now: datetime) -> str:
    """A link's secret; one made before ends with it."""
    end_invitations(session, user_id)
    token = secrets.token_urlsafe(32)
    session.add(
        StaffInvitation(token_hash=hash_token(token), user_id=user_id, created_at=now, expires_at=now + INVITATION)
    )
    return token


def end_invitations(session: Session, user_id: int) -> None:
    """No link of this person opens anything any more."""
    session.execute(
        delete(StaffInvitation).where(StaffInvitation.user_id == user_id, StaffInvitation.used_at.is_(None))
    )


def find_invited(session: Session, token: str, now: datetime) -> StaffUser | None:
    """Whose password this link may set now."""
    return session.scalars(
        select(StaffUser)
        .join(StaffInvitation, StaffInvitation.user_id == StaffUser.id)
        .where(
            StaffInvitation.token_hash == hash_token(token),
            StaffInvitation.used_at.is_(None),
            StaffInvitation.expires_at > now,
            StaffUser.disabled_at.is_(None),
        )
    ).first()


def use_invitation(session: Session, token: str, now: datetime) -> bool:
    """Use it up; False where somebody was quicker."""
    return _use(
        session,
        update(StaffInvitation)
        .where(
            StaffInvitation.token_hash == hash_token(token),
            StaffInvitation.used_at.is_(None),
            StaffInvitation.expires_at > now,
        )
        .values(used_at=now)
        .returning(StaffInvitation.user_id),
    )


def make_recovery_codes(session: Session, user_id: int, now: datetime) -> list[str]:
    """New codes in place of all older ones; they are shown once."""
    session.execute(delete(StaffRecoveryCode).where(StaffRecoveryCode.user_id == user_id))
    made = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(CODES)]
    for code in made:
        session.add(StaffRecoveryCode(code_hash=_hash_code(user_id, code), user_id=user_id, created_at=now))
    return [f"{code[:5]}-{code[5:]}" for code in made]


def use_recovery_code(session: Session, user_id: int, given: str, now: datetime) -> bool:
    """Use one up, however it was written; False where it is none, or was used."""
    code = "".join(letter for letter in given.lower() if letter.isalnum())
    return _use(
        session,
        update(StaffRecoveryCode)
        .where(StaffRecoveryCode.code_hash == _hash_code(user_id, code), StaffRecoveryCode.used_at.is_(None))
        .values(used_at=now)
        .returning(StaffRecoveryCode.user_id),
    )


def count_recovery_codes(session: Session, user_id: int) -> int:
    """How many are left."""
    left = select(func.count()).where(StaffRecoveryCode.user_id == user_id, StaffRecoveryCode.used_at.is_(None))
    return session.execute(left).scalar_one()


def drop_totp(session: Session, user: StaffUser) -> None:
    """Whoever lost the telephone sets a new one up at the next sign-in."""
    user.totp_secret, user.totp_since, user.totp_step = None, None, 0
    session.execute(delete(StaffRecoveryCode).where(StaffRecoveryCode.user_id == user.id))


def _hash_code(user_id: int, code: str) -> str:
    return hash_token(f"{user_id} {code}")


def _use(session: Session, statement: object) -> bool:
    return session.execute(statement).first() is not None  # type: ignore[call-overload]
