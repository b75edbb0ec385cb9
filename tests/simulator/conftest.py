"""A simulator with a seed, LINE's SDK pointed at it, and a bot that echoes, each over real sockets."""

from collections.abc import Iterator

import pytest

from simulator.running import RunningSimulator, start_simulator
from tests.simulator.bot import SECRET, TOKEN, Clients, EchoBot, running_bot


@pytest.fixture
def sim() -> Iterator[RunningSimulator]:
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, seed=7) as running:
        yield running


@pytest.fixture
def line(sim: RunningSimulator) -> Clients:
    return Clients(sim.base_url)


@pytest.fixture
def bot(sim: RunningSimulator) -> Iterator[EchoBot]:
    """A bot that records; give it `bot.api` to make it echo."""
    with running_bot() as running:
        sim.set_bot_url(running.url)
        yield running
