"""Codes by which people take a case into their own LINE: made, found by their keyed hash, spent once."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.groups import ALPHABET
from storage.models import Handover

LENGTH = 8
LIFE = timedelta(days=30)


def hash_code(code: str, secret_key: str) -> str:
    """A code as it is kept: keyed, so that the table alone opens no case."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hmac.digest(secret_key.encode(), f"handover:{plain}".encode(), hashlib.sha256).hex()


def add(session: Session, *, case_id: int, secret_key: str, now: datetime) -> str:
    """Make a code for a case and return it; only its hash is kept, and codes made before are void."""
    end_all(session, case_id, now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    session.add(Handover(code_hash=hash_code(code, secret_key), case_id=case_id, created_at=now, expires_at=now + LIFE))
    session.flush()
    return code


def find(session: Session, *, code: str, secret_key: str) -> Handover | None:
    """The code's row, held until the transaction ends."""
    held = select(Handover).where(Handover.code_hash == hash_code(code, secret_key)).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).first()


def end_all(session: Session, case_id: int, now: datetime) -> None:
    """No code of this case is good any more."""
    open_ones = (Handover.case_id == case_id, Handover.used_at.is_(None), Handover.ended_at.is_(None))
    session.execute(update(Handover).where(*open_ones).values(ended_at=now))
