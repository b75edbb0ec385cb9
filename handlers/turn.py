"""One event's turn: the transaction it runs in, and what every handler may need."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.inbound import Inbound
from config import Settings
from flows.answers import Route
from storage import media, outbox


@dataclass(frozen=True, slots=True)
class Turn:
    """Handed to a handler; whatever it writes or queues becomes true together, or not at all.

    `sources`: the earlier messages for whose words we showed or asked what this answers.
    """

    session: Session
    inbound: Inbound
    now: datetime
    settings: Settings
    route: Route
    sources: tuple[str, ...] = ()

    def say(self, message: dict[str, Any], *, kind: str = "talk", case_id: int | None = None) -> None:
        """Queue a message for the chat this event came from: by its free reply token where that is still good."""
        outbox.queue(self.session, self.inbound.chat_id, message, kind=kind, case_id=case_id)

    def want_media(self, role: str) -> int:
        """Note this event's attachment, to be copied from LINE at once; its key."""
        inbound = self.inbound
        item = media.add_wanted(
            self.session,
            message_id=inbound.message_id,
            chat_id=inbound.chat_id,
            sender_id=inbound.user_id,
            kind=inbound.kind,
            sent_at=self.now,
            now=self.now,
            role=role,
            source_url=inbound.source_url,
            album_id=inbound.album_id,
            album_index=inbound.album_index,
            file_name=inbound.file_name or None,
        )
        self.session.info["wanted_media"] = True
        return item.id
