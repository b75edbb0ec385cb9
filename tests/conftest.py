"""What every test may ask for: real databases, and a chat with the real application over a LINE platform."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chat import Chat
from tests.databases import PostgresServer, SqliteFiles


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    # Not under pytest's own folder: another run beside this one may clear that.
    folder = Path(tempfile.mkdtemp(prefix="fasttrack-postgres-"))
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> str:
    return sqlite_files.fresh_url()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    return postgres_server.fresh_url()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def chat(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """The whole product over a LINE platform, once on SQLite and once on PostgreSQL."""
    with Chat(database_url, tmp_path, monkeypatch) as running:
        yield running
        running.must_be_clean()


@pytest.fixture
def quick_chat(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """The same on SQLite alone, for what does not depend on the database."""
    with Chat(sqlite_url, tmp_path, monkeypatch) as running:
        yield running
        running.must_be_clean()
