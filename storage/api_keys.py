"""Keys of other programs: made and shown once, known again by their hash, revoked for good."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.links import hash_token
from storage.models import ApiKey

BEGINNING = "ftk_"
SHOWN = 10  # letters of a key that may be shown again
USED_EVERY = timedelta(minutes=5)  # how exactly it is known when a key was last used


def add(
    session: Session, *, name: str, purpose: str, organisation: str | None, made_by: str, now: datetime
) -> tuple[ApiKey, str]:
    """A new key; its words are nowhere but in what comes back."""
    words = BEGINNING + secrets.token_urlsafe(32)
    key = ApiKey(
        name=name,
        purpose=purpose,
        organisation=organisation,
        beginning=words[:SHOWN],
        key_hash=hash_token(words),
        made_by=made_by,
        created_at=now,
    )
    session.add(key)
    session.flush()
    return key, words


def find_by_words(session: Session, words: str, purpose: str, now: datetime) -> ApiKey | None:
    """The key of these words, if it is for this and was not revoked; that it was used is kept now and then."""
    if not words.startswith(BEGINNING):
        return None
    key = session.scalars(
        select(ApiKey).where(
            ApiKey.key_hash == hash_token(words), ApiKey.purpose == purpose, ApiKey.revoked_at.is_(None)
        )
    ).first()
    if key is not None and (key.used_at is None or now - key.used_at > USED_EVERY):
        key.used_at = now
    return key


def list_all(session: Session) -> Sequence[ApiKey]:
    """Every key, those in use first, the newest first."""
    return session.scalars(select(ApiKey).order_by(ApiKey.revoked_at.is_not(None), ApiKey.id.desc())).all()
