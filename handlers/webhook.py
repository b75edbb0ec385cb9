"""POST /line/webhook: the signature over the raw bytes, then each event in its own transaction, then 200.

200 is said only once everything is committed; 403 where the signature is not ours; 500 only where the
database could not be written, so that LINE's redelivery can help. Nothing on this road touches the network.
"""

import structlog
from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError

from bot.signature import is_signed
from bot.webhook_body import read_events
from config import Settings
from handlers.dispatch import Dispatcher

log = structlog.get_logger()
LARGEST_BODY = 2_000_000
SIGNATURE_LETTERS = 44  # base64 of 32 bytes


def webhook_blueprint(dispatcher: Dispatcher, settings: Settings) -> Blueprint:
    """The webhook's route, bound to what it works with."""
    blueprint = Blueprint("webhook", __name__)
    secrets = settings.secrets()

    @blueprint.post("/line/webhook")
    def take_webhook() -> Response:
        if (request.content_length or 0) > LARGEST_BODY:
            return Response(status=413)
        signature = request.headers.get("X-Line-Signature", "")
        if len(signature) != SIGNATURE_LETTERS:  # refused before a thread waits for the rest of the body
            log.warning("webhook refused: no signature of LINE's form")
            return Response(status=403)
        raw = request.get_data()
        if not is_signed(raw, signature, secrets):
            log.warning("webhook refused: signature does not match", bytes=len(raw))
            return Response(status=403)
        try:
            for event, kept_as in read_events(raw):
                dispatcher.take(event, kept_as)
        except SQLAlchemyError:
            log.exception("webhook not kept: the database could not be written")
            return Response(status=500)
        return Response(status=200)

    return blueprint
