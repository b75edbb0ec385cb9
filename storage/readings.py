"""What messages in groups were read as; an edit must find every reading of the message it changes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import HistoryEntry


def list_readings(session: Session, message_id: str) -> list[HistoryEntry]:
    """The lines of history that came from this message, in order; it may have been about several cases."""
    read = select(HistoryEntry).where(HistoryEntry.message_id == message_id).order_by(HistoryEntry.id)
    return list(session.scalars(read))
