"""POST /line/webhook: the signature over the raw bytes, then each event in its own transaction, then 200.

200 is said only once everything is committed; 403 where the signature is not ours; 500 only where the
database could not be written, so that LINE's redelivery can help. Nothing on this road touches the network.
"""

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.signature import is_signed
from bot.webhook_body import read_events
from config import Settings
from handlers.dispatch import Dispatcher
from storage.session import Database

log = structlog.get_logger()
PATH = "/line/webhook"
SIGNATURE_LETTERS = 44  # base64 of 32 bytes


class Webhook:
    """What takes a webhook's raw bytes; called from several threads at once."""

    def __init__(self, dispatcher: Dispatcher, settings: Settings) -> None:
        self._dispatcher = dispatcher
        self._secrets = settings.secrets()

    @property
    def database(self) -> Database:
        """Where it is kept."""
        return self._dispatcher.database

    def could_be_signed(self, signature: str) -> bool:
        """Whether a signature has LINE's form at all; what has not is refused before its body is read."""
        return len(signature) == SIGNATURE_LETTERS

    def take(self, raw: bytes, signature: str, since: float | None = None) -> int:
        """Work on one body; the status to answer with. `since`: the monotonic moment at which it came."""
        if not is_signed(raw, signature, self._secrets):
            log.warning("webhook refused: signature does not match", bytes=len(raw))
            return 403
        try:
            self._dispatcher.take_all(read_events(raw), since)
        except SQLAlchemyError:
            log.exception("webhook not kept: the database could not be written")
            return 500
        return 200
