"""Hands a person the copy of their own data by a signed link that ends; kept by nothing on the way."""

import structlog
from flask import Blueprint, Response

import clock
from config import Settings
from handlers.media import SAFETY
from storage import data_requests
from storage.files import FileMissing, Store, StoreUnavailable
from storage.links import COPY_PATH, BadToken, read_copy_token
from storage.session import Database

HEADERS = SAFETY | {"Cache-Control": "no-store"}
WAIT_SECONDS = 5
log = structlog.get_logger(__name__)


def copies_blueprint(database: Database, store: Store, settings: Settings) -> Blueprint:
    """`GET /my-data/<token>`."""
    blueprint = Blueprint("data_copies", __name__)

    @blueprint.get(f"{COPY_PATH}<token>")
    def hand_over(token: str) -> Response:
        now = clock.now()
        try:
            request_id, until = read_copy_token(settings.secret_key.get_secret_value(), token)
        except BadToken:
            return Response(status=404, headers=HEADERS)
        with database.read() as session:
            asked = data_requests.find(session, request_id)
        if until <= now or asked is None or asked.path is None or asked.until is None or asked.until <= now:
            return Response(status=410, headers=HEADERS)
        try:
            size = store.size(asked.path)
            answer = Response(store.stream(asked.path), headers=HEADERS)
        except FileMissing:
            return Response(status=410, headers=HEADERS)
        except StoreUnavailable as error:
            log.error("copy not read", error=str(error))
            return Response(status=503, headers=HEADERS | {"Retry-After": str(WAIT_SECONDS)})
        answer.content_type = "application/zip"
        answer.content_length = size
        answer.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
        return answer

    return blueprint
