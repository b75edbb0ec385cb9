"""What LINE told of the account itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from storage.models import LineAccountFacts

ONLY = 1  # the key of the one row


def find_basic_id(session: Session, token_hash: str | None = None) -> str:
    """The account's basic ID, if LINE told it (to this access token); empty where it did not."""
    kept = session.get(LineAccountFacts, ONLY)
    return kept.basic_id if kept is not None and token_hash in (None, kept.token_hash) else ""


def keep_basic_id(session: Session, basic_id: str, token_hash: str, now: datetime) -> None:
    """Keep what LINE told."""
    session.merge(LineAccountFacts(id=ONLY, basic_id=basic_id, token_hash=token_hash, read_at=now))
