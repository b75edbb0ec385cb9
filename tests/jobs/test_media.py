"""Copying from LINE into our store: a loss is told once, what is ours is whole, a crash is made good."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import pillow_heif
import pytest
from PIL import Image
from sqlalchemy import select

from bot.content_answers import Answer
from bot.line_content import LineContent
from jobs.media import GIVE_UP, LEASE, MediaCopier
from simulator.running import RunningSimulator, start_simulator
from storage import conversations, inbox, media
from storage.files import Store, open_store
from storage.models import MediaItem, OutboxMessage
from storage.session import Database

MAX_BYTES = 2_000_000
PDF = b"%PDF-1.7\n" + bytes(2000)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 5000


def photo(kind: str = "JPEG", colour: str = "green", side: int = 1200) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side * 3 // 4), colour).save(buffer, kind)
    return buffer.getvalue()


class Killed(BaseException):
    """The power goes: nothing of ours runs any more, no exception handler either."""


class DyingStore(Store):
    """A store during whose n-th writing the power goes."""

    def __init__(self, real: Store, at: int) -> None:
        self._real, self._left = real, at

    def put(self, path: str, data: bytes | IO[bytes], content_type: str) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed
        self._real.put(path, data, content_type)


class MeanwhileContent(LineContent):
    """LINE's content, and something that happens while it is on its way."""

    meanwhile: Callable[[], None]

    def fetch(self, message_id: str) -> Answer:
        answer = super().fetch(message_id)
        self.meanwhile()
        return answer


class Desk:
    """A database, a store, LINE, and the copier between them; the clock stands still until it is moved."""

    def __init__(self, database: Database, folder: Path, line: RunningSimulator) -> None:
        self.database, self.folder, self.line = database, folder, line
        self.store = open_store(f"file://{folder}")
        self.now = line.now()
        self.citizen = line.add_user("Nid")
        self.group = line.add_group("North", [self.citizen])
        self._content = self.content()

    def content(self, kind: type[LineContent] = LineContent) -> LineContent:
        return kind(self.line.base_url, self.line.access_token, max_bytes=MAX_BYTES)

    def copier(self, content: LineContent | None = None, store: Store | None = None) -> MediaCopier:
        return MediaCopier(self.database, content or self._content, store or self.store, now=lambda: self.now)

    def sweep(self, **after: float) -> int:
        self.now += timedelta(**after)
        return self.copier().sweep()

    def want(self, message_id: str | None, kind: str = "image", **values: Any) -> int:
        assert message_id is not None
        filled: dict[str, Any] = {"chat_id": self.citizen, "sender_id": self.citizen} | values
        with self.database.begin(self.now) as session:
            item = media.add_wanted(session, message_id=message_id, kind=kind, sent_at=self.now, now=self.now, **filled)
            return item.id

    def want_photo(self, data: bytes | None = None, **values: Any) -> int:
        return self.want(self.line.send_image(self.citizen, data or photo()).message_id, **values)

    def unsend(self, media_id: int) -> None:
        message_id = self.item(media_id).message_id
        with self.database.begin(self.now) as session:
            inbox.remember_unsent(session, message_id=message_id, chat_id=self.citizen, now=self.now)
            media.withdraw(session, message_id, self.now)

    def item(self, media_id: int) -> MediaItem:
        with self.database.read() as session:
            item = media.find(session, media_id)
        assert item is not None
        return item

    def state(self, media_id: int) -> tuple[str, str | None]:
        item = self.item(media_id)
        return item.state, item.reason

    def told(self) -> list[tuple[str, str]]:
        """(chat, words) of everything queued, in order."""
        with self.database.read() as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [(row.chat_id, said["text"]) for row in rows for said in json.loads(row.messages)]

    def files(self) -> list[str]:
        return sorted(str(file.relative_to(self.folder)) for file in self.folder.rglob("*") if file.is_file())


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    with start_simulator(channel_secret="secret", access_token="token", seed=11) as line:
        yield Desk(database, tmp_path / "media", line)


def test_content_that_line_does_not_have_is_asked_for_again_and_then_told_once(desk: Desk) -> None:
    media_id = desk.want_photo()
    desk.line.expire_content(desk.item(media_id).message_id)
    assert desk.sweep() == 1 and desk.state(media_id) == ("wanted", "not_found")
    assert desk.sweep(seconds=1) == 0
    assert desk.sweep(seconds=1) == 1 and desk.sweep(seconds=4) == 1
    assert desk.state(media_id) == ("gone", "not_found")
    (told,) = desk.told()
    assert told[0] == desk.citizen and "รูป" in told[1] and "กรุณาส่งอีกครั้ง" in told[1]
    assert desk.sweep(days=2) == 0 and len(desk.told()) == 1


def test_content_taken_back_waits_for_its_event_and_is_told_only_without_one(desk: Desk) -> None:
    known, unknown = desk.want_photo(), desk.want_photo()
    for media_id in (known, unknown):
        desk.line.unsend(desk.item(media_id).message_id)
    assert desk.sweep() == 2
    assert desk.state(known) == desk.state(unknown) == ("wanted", "taken_back") and desk.told() == []
    desk.unsend(known)
    assert desk.sweep(seconds=2) == 1
    assert desk.state(known) == ("withdrawn", None) and desk.state(unknown) == ("gone", "taken_back")
    assert len(desk.told()) == 1


def test_the_sender_hears_in_the_language_of_the_chat(desk: Desk) -> None:
    with desk.database.begin(desk.now) as session:
        standing, _ = conversations.lock(session, desk.citizen, desk.now)
        standing.language = "en"
        conversations.save(session, standing, desk.now)
    desk.want_photo(b"<html>not a photo</html>")
    desk.sweep()
    ((_, words),) = desk.told()
    assert words.startswith("We could not open the photo you sent (today")


def test_nothing_is_said_in_a_group(desk: Desk) -> None:
    media_id = desk.want_photo(b"no photo", chat_id=desk.group)
    desk.sweep()
    assert desk.state(media_id) == ("refused", "type") and desk.told() == []


def test_a_lost_album_is_told_of_once(desk: Desk) -> None:
    for index in range(1, 5):
        desk.want_photo(b"no photo", album_id="album", album_index=index)
    desk.want_photo(b"no photo", album_id="another")
    desk.sweep()
    assert len(desk.told()) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (photo()[:300], "broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
        (b"PK\x03\x04 a zip with a name that ends in jpg", "type"),
    ],
)
def test_a_hostile_or_broken_picture_leaves_no_file(desk: Desk, data: bytes, reason: str) -> None:
    media_id = desk.want_photo(data)
    desk.sweep()
    assert desk.state(media_id) == ("refused", reason)
    assert len(desk.told()) == 1 and desk.files() == []


def test_too_large_a_video_is_told_with_the_limit(desk: Desk) -> None:
    media_id = desk.want(desk.line.send_video(desk.citizen, bytes(MAX_BYTES + 1)).message_id, "video")
    desk.sweep()
    assert desk.state(media_id) == ("refused", "too_big")
    ((_, words),) = desk.told()
    assert "วิดีโอ" in words and "2 MB" in words


@pytest.mark.parametrize("url", ["", "http://127.0.0.1/a.jpg", "https://127.0.0.1/a.jpg", "https://10.0.0.7/a"])
def test_an_address_inside_our_network_is_never_asked(desk: Desk, url: str) -> None:
    media_id = desk.want("external-1", source_url=url)
    desk.sweep()
    assert desk.state(media_id) == ("refused", "unsafe_address") and len(desk.told()) == 1
    assert desk.line.wire() == []


def test_a_page_of_the_simulator_itself_is_no_public_address(desk: Desk) -> None:
    sent = desk.line.send_image(desk.citizen, external_url=f"{desk.line.base_url}/v2/bot/info")
    address = sent.event["message"]["contentProvider"]["originalContentUrl"]
    media_id = desk.want(sent.message_id, source_url=address)
    desk.sweep()
    assert desk.state(media_id) == ("refused", "unsafe_address") and desk.line.wire() == []


def test_a_video_still_being_prepared_is_waited_for(desk: Desk) -> None:
    media_id = desk.want(desk.line.send_video(desk.citizen, MP4, ready_after=5).message_id, "video")
    assert desk.sweep() == 1 and desk.state(media_id) == ("wanted", "not_ready")
    waited = 0
    while desk.state(media_id)[0] == "wanted" and waited < 10:
        waited += desk.sweep(seconds=2 ** (waited + 1))
    item = desk.item(media_id)
    assert (item.state, item.content_type, item.size) == ("stored", "video/mp4", len(MP4))
    assert item.path is not None and desk.store.get(item.path) == MP4
    assert desk.told() == [] and waited > 1


def test_a_video_that_line_failed_to_prepare_is_told_at_once(desk: Desk) -> None:
    media_id = desk.want(desk.line.send_video(desk.citizen, MP4, ready_after=-1).message_id, "video")
    desk.sweep()
    assert desk.state(media_id) == ("gone", "not_prepared") and len(desk.told()) == 1


def test_line_out_of_order_is_borne_for_a_day_and_no_longer(desk: Desk) -> None:
    desk.line.add_fault("content", "error", times=None)
    media_id = desk.want_photo()
    tries = 0
    while desk.state(media_id)[0] == "wanted" and tries < 100:
        tries += desk.sweep(hours=1)
        if desk.now - desk.item(media_id).sent_at <= GIVE_UP:
            assert desk.state(media_id)[0] == "wanted" and desk.told() == []
    assert desk.state(media_id) == ("gone", "HTTP 500")
    assert len(desk.told()) == 1 and tries > 20


def test_what_is_a_day_old_when_we_come_back_still_gets_its_tries(desk: Desk) -> None:
    media_id = desk.want_photo()
    desk.line.add_fault("content", "error", times=2)
    for _ in range(3):
        desk.sweep(days=1)
    assert desk.state(media_id) == ("stored", None) and desk.told() == []


def test_a_store_that_cannot_write_never_costs_a_photo(desk: Desk) -> None:
    in_the_way = desk.folder / f"{desk.now:%Y}"
    in_the_way.write_text("no folder can be made here, as on a disk that is full")
    media_id = desk.want_photo()
    for _ in range(10):
        assert desk.sweep(hours=3) == 1
        assert desk.state(media_id) == ("wanted", "store")
    assert desk.told() == []
    in_the_way.unlink()
    desk.sweep(minutes=1)
    assert desk.state(media_id) == ("stored", None) and len(desk.files()) == 2


def test_taken_back_while_on_its_way_leaves_neither_row_nor_file(desk: Desk) -> None:
    media_id = desk.want_photo()
    content = desk.content(MeanwhileContent)
    assert isinstance(content, MeanwhileContent)
    content.meanwhile = lambda: desk.unsend(media_id)
    desk.copier(content).sweep()
    assert desk.state(media_id) == ("withdrawn", None)
    assert desk.files() == [] and desk.told() == []


def test_taken_back_after_it_was_stored_deletes_the_files(desk: Desk) -> None:
    media_id, other = desk.want_photo(), desk.want_photo()
    desk.sweep()
    desk.unsend(media_id)
    assert len(desk.files()) == 4
    desk.sweep()
    left = desk.item(other)
    assert desk.files() == sorted([str(left.path), str(left.thumb_path)])
    gone = desk.item(media_id)
    assert (gone.state, gone.path, gone.thumb_path, gone.evidence) == ("withdrawn", None, None, None)


@pytest.mark.parametrize("at", [1, 2])
def test_a_crash_while_storing_is_made_good_when_the_lease_runs_out(desk: Desk, at: int) -> None:
    media_id = desk.want_photo()
    with pytest.raises(Killed):
        desk.copier(store=DyingStore(desk.store, at)).sweep()
    assert desk.state(media_id)[0] == "wanted"
    assert desk.sweep(seconds=1) == 0, "the dead worker's lease still runs"
    assert desk.sweep(seconds=LEASE.total_seconds()) == 1
    item = desk.item(media_id)
    assert item.state == "stored" and {item.path, item.thumb_path} <= set(desk.files())
    with desk.database.read() as session:
        assert media.count_by_state(session) == {"stored": 1}


def test_a_file_that_ends_the_process_three_times_is_refused(desk: Desk) -> None:
    media_id = desk.want_photo()
    for _ in range(3):
        with pytest.raises(Killed):
            desk.copier(store=DyingStore(desk.store, 1)).sweep()
        desk.now += LEASE
    desk.sweep()
    assert desk.state(media_id) == ("refused", "interrupted") and len(desk.told()) == 1


def test_a_late_worker_takes_its_files_away_again(desk: Desk) -> None:
    media_id = desk.want_photo()
    content = desk.content(MeanwhileContent)
    assert isinstance(content, MeanwhileContent)
    content.meanwhile = lambda: (desk.sweep(seconds=LEASE.total_seconds()), None)[1]
    desk.copier(content).sweep()
    item = desk.item(media_id)
    assert item.state == "stored" and desk.files() == sorted([str(item.path), str(item.thumb_path)])


def test_an_album_is_copied_by_the_threads_each_picture_once(desk: Desk) -> None:
    sent = desk.line.send_album(desk.citizen, [photo(colour=colour) for colour in ("red", "blue", "white")] * 3)
    ids = [desk.want(one.message_id, album_id="a") for one in sent]
    copier = desk.copier()
    copier.start()
    try:
        copier.wake()
        desk.line.wait_until(
            lambda: all(desk.state(media_id)[0] == "stored" for media_id in ids), what="the album", timeout=30
        )
        later = desk.want_photo()
        copier.wake()
        desk.line.wait_until(lambda: desk.state(later)[0] == "stored", what="one more photo", timeout=30)
    finally:
        copier.stop()
    assert len(desk.line.wire("content")) == 10 and len(desk.files()) == 20
    assert desk.line.refusals == []


def test_a_photo_becomes_ours_with_what_it_told(desk: Desk) -> None:
    media_id = desk.want_photo(photo(side=4000))
    desk.sweep()
    item = desk.item(media_id)
    assert (item.state, item.content_type, item.width, item.height) == ("stored", "image/jpeg", 1600, 1200)
    assert item.path is not None and item.thumb_path is not None and item.evidence is not None
    assert item.size == len(desk.store.get(item.path))
    assert Image.open(io.BytesIO(desk.store.get(item.thumb_path))).size == (1024, 768)
    assert item.evidence["original"] == {"format": "JPEG", "width": 4000, "height": 3000}
    assert len(item.evidence["received_sha256"]) == 64 and item.stored_at == desk.now


def test_a_picture_sent_as_a_file_is_a_picture_and_a_document_is_kept_as_it_is(desk: Desk) -> None:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (640, 480))).save(buffer)
    heic = desk.want(desk.line.send_file(desk.citizen, "IMG_1.HEIC", buffer.getvalue()).message_id, "file")
    letter = desk.want(desk.line.send_file(desk.citizen, "หนังสือ.pdf", PDF).message_id, "file", file_name="หนังสือ.pdf")
    fake = desk.want(desk.line.send_file(desk.citizen, "a.pdf", b"MZ program").message_id, "file")
    empty = desk.want(desk.line.send_file(desk.citizen, "empty.pdf", b"").message_id, "file")
    desk.sweep()
    assert desk.item(heic).content_type == "image/jpeg" and desk.item(heic).thumb_path is not None
    kept = desk.item(letter)
    assert (kept.content_type, kept.size, kept.thumb_path) == ("application/pdf", len(PDF), None)
    assert kept.path is not None and desk.store.get(kept.path) == PDF and kept.file_name == "หนังสือ.pdf"
    assert desk.state(fake) == ("refused", "type") and desk.state(empty) == ("refused", "empty")
