"""The blob store: the same behaviour on a folder and on S3, and nothing half-written to be seen."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.files import PIECE, FileMissing, Store, StoreProblem, StoreUnavailable, new_path, open_store

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
BUCKET = "photos-of-people"


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    pytest.importorskip("flask_cors", reason="moto[server], a play S3, is not installed")
    moto = pytest.importorskip("moto.server", reason="moto[server], a play S3, is not installed")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_url(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    boto3 = pytest.importorskip("boto3", reason="moto[server], a play S3, is not installed")
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    return f"s3://{BUCKET}/case/photos"


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "s3":
        return open_store(request.getfixturevalue("s3_url"))
    return open_store(f"file://{tmp_path}/media")


def test_what_is_not_there(store: Store) -> None:
    assert not store.exists("2026/11/none.jpg")
    store.delete("2026/11/none.jpg")
    for ask in (store.get, store.size, store.stream):
        with pytest.raises(FileMissing):
            ask("2026/11/none.jpg")


def test_bytes_come_back_as_they_were_and_can_be_deleted(store: Store) -> None:
    store.put("2026/11/a.jpg", b"\xff\xd8 photo", "image/jpeg")
    assert store.exists("2026/11/a.jpg") and store.size("2026/11/a.jpg") == 8
    assert store.get("2026/11/a.jpg") == b"\xff\xd8 photo"
    store.delete("2026/11/a.jpg")
    assert not store.exists("2026/11/a.jpg")


def test_writing_again_replaces(store: Store) -> None:
    store.put("a.jpg", b"first, and longer", "image/jpeg")
    store.put("a.jpg", b"second", "image/jpeg")
    assert store.get("a.jpg") == b"second"


def test_an_empty_file_is_a_file(store: Store) -> None:
    store.put("empty.pdf", b"", "application/pdf")
    assert store.get("empty.pdf") == b""


def test_a_long_file_is_streamed_in_and_out_and_in_part(store: Store) -> None:
    long = bytes(range(256)) * (PIECE // 256 * 3 // 2)
    store.put("film.mp4", io.BytesIO(long), "video/mp4")
    pieces = list(store.stream("film.mp4"))
    assert len(pieces) == 2 and b"".join(pieces) == long
    assert b"".join(store.stream("film.mp4", PIECE - 1, PIECE + 3)) == long[PIECE - 1 : PIECE + 3]
    assert b"".join(store.stream("film.mp4", len(long) - 5)) == long[-5:]
    assert b"".join(store.stream("film.mp4", 5, 10**9)) == long[5:]


@pytest.mark.parametrize("url", ["", "var/media", "http://x/y", "file://", "file:///", "s3:bucket"])
def test_an_address_that_names_no_store_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(StoreProblem, match="MEDIA_URL"):
        open_store(url)


def test_s3_without_credentials_says_which_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "half")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY", raising=False)
    with pytest.raises(StoreProblem, match="AWS_SECRET_ACCESS_KEY"):
        open_store("s3://bucket-name/prefix")


def test_s3_that_does_not_answer_is_unavailable_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    store = open_store("s3://bucket-name")
    with pytest.raises(StoreUnavailable, match="cannot store a"):
        store.put("a.jpg", b"x", "image/jpeg")


def test_s3_keeps_the_type_and_the_prefix(s3_url: str) -> None:
    boto3 = pytest.importorskip("boto3", reason="moto[server], a play S3, is not installed")
    open_store(s3_url).put("2026/11/a.jpg", b"x", "image/jpeg")
    kept = boto3.client("s3").get_object(Bucket=BUCKET, Key="case/photos/2026/11/a.jpg")
    assert kept["ContentType"] == "image/jpeg"


def test_a_folder_is_found_from_where_the_program_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("file://var/my%20media").put("a.jpg", b"x", "image/jpeg")
    kept = tmp_path / "var" / "my media" / "a.jpg"
    assert kept.read_bytes() == b"x"
    assert kept.parent.stat().st_mode & 0o077 == 0, "people's photos are for this account's eyes only"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("")
    with pytest.raises(StoreProblem, match="Name a folder"):
        open_store(f"file://{tmp_path}/media")


def test_a_path_cannot_leave_the_folder(tmp_path: Path) -> None:
    store = open_store(f"file://{tmp_path}/media")
    (tmp_path / "secret").write_text("")
    with pytest.raises(ValueError):
        store.get("../secret")


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this platform cannot limit the size of files")
    limited = """
import resource, sys
from storage.files import StoreUnavailable, open_store
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    store.put("2026/11/film.mp4", bytes(3_000_000), "video/mp4")
except StoreUnavailable:
    sys.exit(0 if not store.exists("2026/11/film.mp4") else "a partial file is visible")
sys.exit("nothing was raised")
"""
    command = [sys.executable, "-c", limited, f"file://{tmp_path}/media"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert not list((tmp_path / "media").rglob("film.mp4"))


def test_names_cannot_be_guessed_and_tell_nothing() -> None:
    names = {new_path(".jpg", NOW) for _ in range(100)}
    assert len(names) == 100
    assert all(name.startswith("2026/11/") and name.endswith(".jpg") and len(name) == 44 for name in names)
