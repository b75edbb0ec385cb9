"""What every test may ask for: real databases, and a chat with the real application over a LINE platform."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from storage.session import Database
from tests.chat import Chat
from tests.compiled_pages import share_compiled_pages
from tests.compiled_sql import share_compiled_sql
from tests.databases import OpenDatabase, PostgresServer, SqliteFiles
from tests.desk import DeskHouse
from tests.mailbox import Mailbox
from tests.office_reader import MAIL_FROM, OfficeReader, write_to


def pytest_collection_finish() -> None:
    """What was loaded stays to the end: looking for rubbish goes through it no more, and is done seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Log lines without colours, and tracebacks without every variable: drawing one of those takes a second."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """What is compiled of SQL and of pages is kept from test to test."""
    with pytest.MonkeyPatch.context() as patch:
        share_compiled_sql(patch)
        share_compiled_pages(patch)
        yield


@pytest.fixture(scope="session")
def sqlite_files() -> Iterator[SqliteFiles]:
    files = SqliteFiles()
    yield files
    files.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    url = sqlite_files.fresh_url()
    yield url
    sqlite_files.drop(url)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.fresh_url()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def open_database() -> Iterator[OpenDatabase]:
    """Opens a database, also the same one twice, as two processes do."""
    opened: list[Database] = []

    def open_another(url: str) -> Database:
        opened.append(Database(url))
        return opened[-1]

    yield open_another
    for database in opened:
        database.close()


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


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server."""
    opened = Mailbox()
    yield opened
    opened.closes()


@pytest.fixture
def office(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> Iterator[OfficeReader]:
    """The whole product with a mail server, and an office without a group that is written to; `office.chat`."""
    with Chat(sqlite_url, tmp_path, monkeypatch, smtp_url=mailbox.url, mail_from=MAIL_FROM) as running:
        write_to(running)
        yield OfficeReader(running, mailbox)
        running.must_be_clean()


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskHouse]:
    """The product with its console, on SQLite; `desk.chat` starts LINE beside it."""
    house = DeskHouse(sqlite_url, tmp_path, monkeypatch)
    yield house
    house.close()


@pytest.fixture
def postgres_desk(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskHouse]:
    """The same on PostgreSQL, for queries that differ there."""
    house = DeskHouse(postgres_url, tmp_path, monkeypatch)
    yield house
    house.close()
