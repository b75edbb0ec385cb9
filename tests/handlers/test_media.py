"""Links to attachments: no link no photo, closed again in time, and nothing in them runs in a browser."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

import clock
from config import Settings
from handlers.media import media_blueprint
from storage import media, media_claims
from storage.files import Store, open_store
from storage.links import Variant, sign_media
from storage.media_claims import Stored
from storage.session import Database

KEY = "a key of thirty-two letters, say"
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


class Gallery:
    """A database, a store and a browser."""

    def __init__(self, database: Database, store: Store, browser: FlaskClient) -> None:
        self.database, self.store, self.browser = database, store, browser
        self.now = clock.now()
        self._count = 0

    def want(self, **values: Any) -> int:
        self._count += 1
        filled: dict[str, Any] = {
            "chat_id": "U1",
            "sender_id": "U1",
            "kind": "image",
            "sent_at": self.now,
        } | values
        with self.database.begin(self.now) as session:
            return media.add_wanted(session, message_id=f"m{self._count}", now=self.now, **filled).id

    def keep(self, data: bytes, content_type: str, *, card: bytes | None = None, **values: Any) -> int:
        media_id = self.want(**values)
        path, thumb_path = f"{media_id}.bin", f"{media_id}.jpg" if card else None
        self.store.put(path, data, content_type)
        if card and thumb_path:
            self.store.put(thumb_path, card, "image/jpeg")
        with self.database.begin(self.now) as session:
            (claim,) = media_claims.claim_wanted(session, now=self.now, lease=timedelta(minutes=1), limit=1)
            stored = Stored(
                path=path,
                thumb_path=thumb_path,
                content_type=content_type,
                size=len(data),
                sha256=f"{media_id:064}",
            )
            assert media_claims.settle_stored(session, claim, stored, self.now)
        return media_id

    def link(self, media_id: int, variant: Variant = "full", expires_at: datetime | None = None) -> str:
        return sign_media(KEY, media_id, variant, expires_at or self.now + timedelta(days=30))


@pytest.fixture
def gallery(sqlite_url: str, tmp_path: Path) -> Iterator[Gallery]:
    database = Database(sqlite_url)
    store = open_store(f"file://{tmp_path}/media")
    app = Flask(__name__)
    app.register_blueprint(media_blueprint(database, store, Settings(secret_key=KEY)))  # type: ignore[arg-type]
    yield Gallery(database, store, app.test_client())
    database.close()


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48)).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize("token", ["x", "1w6a.AAAAAAAAAAAAAAAAAAAAAA", "%00", "๑", ".."])
def test_no_link_no_photo(gallery: Gallery, token: str) -> None:
    gallery.keep(photo(), "image/jpeg")
    answer = gallery.browser.get(f"/media/{token}")
    assert answer.status_code == 404 and answer.data == b""


def test_a_link_to_what_never_was(gallery: Gallery) -> None:
    assert gallery.browser.get(gallery.link(999)).status_code == 404


def test_a_link_that_was_bent(gallery: Gallery) -> None:
    link = gallery.link(gallery.keep(photo(), "image/jpeg", card=photo()))
    assert gallery.browser.get(link).status_code == 200
    assert gallery.browser.get(link.replace("w", "k", 1)).status_code == 404


def test_an_expired_link_is_gone(gallery: Gallery) -> None:
    media_id = gallery.keep(photo(), "image/jpeg")
    assert gallery.browser.get(gallery.link(media_id, expires_at=gallery.now)).status_code == 410


def test_a_photo_that_was_taken_back_is_gone(gallery: Gallery) -> None:
    media_id = gallery.keep(photo(), "image/jpeg")
    with gallery.database.begin(gallery.now) as session:
        media.withdraw(session, "m1", gallery.now)
    assert gallery.browser.get(gallery.link(media_id)).status_code == 410


def test_a_photo_on_its_way_is_asked_for_again_soon(gallery: Gallery) -> None:
    answer = gallery.browser.get(gallery.link(gallery.want()))
    assert answer.status_code == 404 and int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_was_refused_or_lost_is_not_there(gallery: Gallery) -> None:
    media_id = gallery.want()
    with gallery.database.begin(gallery.now) as session:
        (claim,) = media_claims.claim_wanted(session, now=gallery.now, lease=timedelta(minutes=1), limit=1)
        media_claims.settle_lost(session, claim, state="refused", reason="type", now=gallery.now)
    answer = gallery.browser.get(gallery.link(media_id))
    assert answer.status_code == 404 and "Retry-After" not in answer.headers


def test_a_card_of_something_without_one(gallery: Gallery) -> None:
    media_id = gallery.keep(b"%PDF-1.7", "application/pdf", kind="file")
    assert gallery.browser.get(gallery.link(media_id, "card")).status_code == 404


def test_a_file_that_vanished_from_the_store(gallery: Gallery) -> None:
    media_id = gallery.keep(photo(), "image/jpeg")
    gallery.store.delete(f"{media_id}.bin")
    assert gallery.browser.get(gallery.link(media_id)).status_code == 404


def test_a_store_out_of_reach(gallery: Gallery, tmp_path: Path) -> None:
    media_id = gallery.keep(photo(), "image/jpeg")
    (tmp_path / "media").rename(tmp_path / "away")
    (tmp_path / "media").write_text("a file where the folder was")
    answer = gallery.browser.get(gallery.link(media_id))
    assert answer.status_code in (404, 503) and answer.data == b""


def test_nobody_writes_here(gallery: Gallery) -> None:
    link = gallery.link(gallery.keep(photo(), "image/jpeg"))
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert gallery.browser.open(link, method=method).status_code == 405


def test_a_photo_is_shown_with_its_type_and_no_freedom(gallery: Gallery) -> None:
    data, small = photo(), photo()[:-2] + b"\xff\xd9"
    media_id = gallery.keep(data, "image/jpeg", card=small, file_name="<script>.html")
    answer = gallery.browser.get(gallery.link(media_id))
    assert answer.status_code == 200 and answer.data == data
    for name, value in {
        "Content-Type": "image/jpeg",
        "Content-Length": str(len(data)),
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, max-age=3600",
    }.items():
        assert answer.headers[name] == value
    card = gallery.browser.get(gallery.link(media_id, "card"))
    assert card.data == small and card.headers["ETag"] != answer.headers["ETag"]


def test_a_cache_keeps_nothing_longer_than_the_link_lives(gallery: Gallery) -> None:
    media_id = gallery.keep(photo(), "image/jpeg")
    soon = gallery.browser.get(gallery.link(media_id, expires_at=clock.now() + timedelta(seconds=90)))
    assert int(soon.headers["Cache-Control"].split("=")[1]) <= 90


@pytest.mark.parametrize("content_type", ["application/pdf", "text/html", "image_svg+xml"])
def test_what_is_no_picture_sound_or_film_is_a_download(gallery: Gallery, content_type: str) -> None:
    media_id = gallery.keep(b"<script>", content_type, kind="file", file_name='หนังสือ"\r\nX: y.pdf')
    answer = gallery.browser.get(gallery.link(media_id))
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''%E0%B8%AB") and "\n" not in disposition
    assert '"' not in disposition and "X" not in answer.headers
    nameless = gallery.keep(b"%PDF", content_type, kind="file")
    assert gallery.browser.get(gallery.link(nameless)).headers["Content-Disposition"] == "attachment"


def test_a_look_at_the_head_costs_no_body(gallery: Gallery) -> None:
    answer = gallery.browser.head(gallery.link(gallery.keep(FILM, "video/mp4", kind="video")))
    assert answer.status_code == 200 and answer.data == b""
    assert answer.headers["Content-Length"] == str(len(FILM)) and answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, None),
        ("bytes=0-1", 0, 2),
        ("bytes=100-199", 100, 200),
        ("bytes=-5", -5, None),
        ("bytes=10000-99999999", 10000, None),
    ],
)
def test_a_player_may_ask_for_a_part(gallery: Gallery, asked: str, start: int, end: int | None) -> None:
    link = gallery.link(gallery.keep(FILM, "video/mp4", kind="video"))
    answer = gallery.browser.get(link, headers={"Range": asked})
    assert answer.status_code == 206 and answer.data == FILM[start:end]
    first = start % len(FILM)
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(answer.data) - 1}/{len(FILM)}"
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=0-1,5-6"])
def test_a_part_that_cannot_be_given(gallery: Gallery, asked: str) -> None:
    link = gallery.link(gallery.keep(FILM, "video/mp4", kind="video"))
    answer = gallery.browser.get(link, headers={"Range": asked})
    assert answer.status_code == 416 and answer.headers["Content-Range"] == f"bytes */{len(FILM)}"


@pytest.mark.parametrize("asked", ["pages=1-2", "bytes=abc", ""])
def test_a_part_that_is_nonsense_brings_the_whole(gallery: Gallery, asked: str) -> None:
    link = gallery.link(gallery.keep(FILM, "video/mp4", kind="video"))
    answer = gallery.browser.get(link, headers={"Range": asked})
    assert answer.status_code == 200 and answer.data == FILM


def test_what_the_caller_already_has_is_not_sent_again(gallery: Gallery) -> None:
    link = gallery.link(gallery.keep(FILM, "video/mp4", kind="video"))
    tag = gallery.browser.get(link).headers["ETag"]
    again = gallery.browser.get(link, headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.data == b""
    part = gallery.browser.get(link, headers={"Range": "bytes=0-3", "If-Range": tag})
    assert part.status_code == 206 and part.data == FILM[:4]
    other = gallery.browser.get(link, headers={"Range": "bytes=0-3", "If-Range": '"another"'})
    assert other.status_code == 200 and other.data == FILM
