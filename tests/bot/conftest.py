"""A simulated LINE, a database and the real delivery between them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.delivery import Delivery
from simulator.running import RunningSimulator, start_simulator
from storage.session import Database
from tests.bot.post_office import LEASE, PostOffice, StartDelivery, open_client
from tests.databases import OpenDatabase


@pytest.fixture
def line() -> Iterator[RunningSimulator]:
    """LINE, without a bot: what people write is kept, and its reply tokens are good."""
    with start_simulator(channel_secret="secret", access_token="access-only-for-us", seed=7) as running:
        yield running


@pytest.fixture
def post(line: RunningSimulator, open_database: OpenDatabase, sqlite_url: str) -> PostOffice:
    """A database and who writes to it."""
    return PostOffice(line, open_database(sqlite_url))


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


@pytest.fixture
def open_post(post: PostOffice, start_delivery: StartDelivery) -> PostOffice:
    """The same, with a delivery at work from the beginning."""
    start_delivery(post.database)
    return post
