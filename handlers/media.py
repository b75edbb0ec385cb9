"""Signed, expiring links to photos, videos and files: for the cards in LINE, and for whoever follows a link.

What strangers sent is served so that no browser runs any of it: our own content type, no sniffing, a sandbox,
and as a download where it is no picture, sound or film.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import structlog
from flask import Blueprint, Response, request

import clock
from cases.keeping import ROLE
from config import Settings
from storage import media
from storage.files import FileMissing, Store, StoreUnavailable
from storage.links import BadToken, MediaLink, read_media_token
from storage.models import MediaItem
from storage.session import Database

# Short, so that a photo taken back soon leaves the caches between us and the phones.
CACHE_SECONDS = 3600
WAIT_SECONDS = 5
SHOWN = ("image/", "video/", "audio/")
# A browser plays a film in a page of its own, which asks for it once more from this site. No script may run.
PLAYED = ("video/", "audio/")
PLAYER_POLICY = "default-src 'none'; sandbox allow-same-origin; media-src 'self'"
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    content_type: str
    name: str | None
    etag: str


def media_blueprint(database: Database, store: Store, settings: Settings) -> Blueprint:
    """`GET /media/<token>`."""
    blueprint = Blueprint("media", __name__)

    @blueprint.get("/media/<token>")
    def show(token: str) -> Response:
        now = clock.now()
        try:
            link = read_media_token(settings.secret_key.get_secret_value(), token)
        except BadToken:
            return _refuse(404)
        if link.expires_at <= now:
            return _refuse(410)
        with database.read() as session:
            item = media.find(session, link.media_id)
            hidden_at = media.find_hidden_at(session, item) if item is not None else None
        if item is not None and (item.state == "withdrawn" or item.role == ROLE):
            return _refuse(410)  # kept from offices since: what was said, or still waits to be, shows it no more
        if hidden_at is not None and link.made_by <= hidden_at:
            return _refuse(410)  # it hangs in a group whose office may not see the case any more
        if item is not None and item.state == "wanted":
            return _refuse(404, WAIT_SECONDS)
        file = _find_file(item, link)
        if file is None:
            return _refuse(404)
        try:
            return _answer(store, file, link, now)
        except FileMissing:
            log.error("media_file_missing", media=link.media_id)
            return _refuse(404)
        except StoreUnavailable as error:
            log.error("media_store_unavailable", media=link.media_id, error=str(error))
            return _refuse(503, WAIT_SECONDS)

    return blueprint


def _find_file(item: MediaItem | None, link: MediaLink) -> _File | None:
    if item is None or item.state != "stored" or item.content_type is None:
        return None
    path = item.path if link.variant == "full" else item.thumb_path
    if path is None:
        return None
    # Cards are JPEG whatever the attachment is.
    content_type = item.content_type if link.variant == "full" else "image/jpeg"
    return _File(path, content_type, item.file_name, f"{(item.sha256 or '')[:32]}-{link.variant}")


def _answer(store: Store, file: _File, link: MediaLink, now: datetime) -> Response:
    size = store.size(file.path)
    response = Response(status=200, headers=SAFETY)
    response.content_type = file.content_type
    if file.content_type.startswith(PLAYED):
        response.headers["Content-Security-Policy"] = PLAYER_POLICY
    left = int((link.expires_at - now).total_seconds())
    response.headers["Cache-Control"] = f"private, max-age={min(CACHE_SECONDS, left)}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = _disposition(file)
    response.set_etag(file.etag)
    if request.if_none_match.contains(file.etag):
        response.status_code = 304
        return response
    start, end = 0, size
    asked = request.range
    if asked is not None and asked.units == "bytes" and request.method == "GET" and _is_still(file):
        wanted = asked.range_for_length(size) if len(asked.ranges) == 1 else None
        if wanted is None:
            response.status_code = 416
            response.headers["Content-Range"] = f"bytes */{size}"
            return response
        start, end = wanted
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.content_length = end - start
    if request.method == "GET":
        response.response = _first_now(store.stream(file.path, start, end))
    return response


def _is_still(file: _File) -> bool:
    """Whether a part may be added to what the caller already has (If-Range)."""
    return "If-Range" not in request.headers or request.if_range.etag == file.etag


def _first_now(pieces: Iterator[bytes]) -> Iterator[bytes]:
    # A store that fails must say so while there is still a status to choose.
    first = next(pieces, b"")

    def all_of_it() -> Iterator[bytes]:
        yield first
        yield from pieces

    return all_of_it()


def _disposition(file: _File) -> str:
    if file.content_type.startswith(SHOWN):
        return "inline"
    return f"attachment; filename*=UTF-8''{quote(file.name, safe='')}" if file.name else "attachment"


def _refuse(status: int, again_in: int | None = None) -> Response:
    response = Response(status=status, headers=SAFETY | {"Cache-Control": "no-store"})
    if again_in is not None:
        response.headers["Retry-After"] = str(again_in)
    return response
