"""A simulated LINE, a database and the real delivery between them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import Delivery
from simulator.running import RunningSimulator, start_simulator
from storage.models import Base
from storage.session import Database
from tests.bot.post_office import LEASE, OpenDatabase, PostOffice, StartDelivery, open_client


@pytest.fixture
def line() -> Iterator[RunningSimulator]:
    """LINE, without a bot: what people write is kept, and its reply tokens are good."""
    with start_simulator(channel_secret="secret", access_token="token", seed=7) as running:
        yield running


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Where the outbox is."""
    return f"sqlite:///{tmp_path}/outbox.db"


@pytest.fixture
def open_database(database_url: str) -> Iterator[OpenDatabase]:
    """Opens the same database once more, as another process does."""
    opened: list[Database] = []

    def open_another() -> Database:
        database = Database(database_url)
        if not opened:
            Base.metadata.drop_all(database.engine)
            Base.metadata.create_all(database.engine)
        opened.append(database)
        return database

    yield open_another
    for database in opened:
        database.close()


@pytest.fixture
def post(line: RunningSimulator, open_database: OpenDatabase) -> PostOffice:
    """A database and who writes to it."""
    return PostOffice(line, open_database())


@pytest.fixture
def start_delivery(line: RunningSimulator) -> Iterator[StartDelivery]:
    """Starts a delivery for a database; all are stopped in the end."""
    started: list[Delivery] = []

    def start(database: Database, lease: timedelta = LEASE, **options: object) -> Delivery:
        delivery = Delivery(database, open_client(line), lease=lease, now=line.now, **options)  # type: ignore[arg-type]
        started.append(delivery)
        delivery.start()
        return delivery

    yield start
    for delivery in started:
        delivery.stop(timeout=3)
