"""Failed sign-ins, counted by account and by address, so that nobody tries a thousand passwords.

Five from one place shut out that place alone: a stranger who knows somebody's address does not keep them from their
own desk. Many from many places shut the account for a while.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import SignInAttempt

WITHIN = timedelta(minutes=15)
BY_BOTH = 5
BY_ACCOUNT = 30
BY_ADDRESS = 40  # an office sits behind one address
KEPT = timedelta(days=1)


def add(session: Session, account: str, address: str, now: datetime) -> None:
    """Another one."""
    session.add(SignInAttempt(at=now, account=account[:254], address=address[:64]))


def forget(session: Session, account: str) -> None:
    """Whoever got in begins anew."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.account == account))


def forget_old(session: Session, now: datetime) -> None:
    """From where somebody tried is nobody's business after a day."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - KEPT))


def find_wait(session: Session, account: str, address: str, now: datetime) -> timedelta | None:
    """How long nobody may try again, for this account or from this address; None where they may now."""
    of_account, from_there = SignInAttempt.account == account[:254], SignInAttempt.address == address[:64]
    waits = [
        last + WITHIN - now
        for conditions, most in (
            ((of_account, from_there), BY_BOTH),
            ((of_account,), BY_ACCOUNT),
            ((from_there,), BY_ADDRESS),
        )
        if (
            last := session.execute(
                select(SignInAttempt.at)
                .where(*conditions, SignInAttempt.at > now - WITHIN)
                .order_by(SignInAttempt.at.desc())
                .offset(most - 1)
                .limit(1)
            ).scalar()
        )
    ]
    return max(waits, default=None)
