"""The director turns the clock on in steps: everyone can watch what falls due on the way."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from simulator.operations import turning
from simulator.operations.turning import HERE
from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator

DIGESTS = ["07:45", "16:15"]


def go_to(sim: RunningSimulator, moment: str) -> None:
    there = datetime.fromisoformat(moment).replace(tzinfo=HERE)
    sim.advance_clock((there - sim.now()).total_seconds())


@pytest.mark.parametrize(
    ("now", "there"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 03:00", "2026-11-23 08:45"),
        ("2026-11-23 15:45", "2026-11-24 08:45"),
        ("2026-12-04 18:00", "2026-12-08 08:45"),
    ],
)
def test_to_hours_in_which_offices_are_open(sim: RunningSimulator, now: str, there: str) -> None:
    go_to(sim, now)
    sim.turn_to_hours(begins="08:45", ends="15:45", days_off=["2026-12-07"])
    assert sim.now().astimezone(HERE).strftime("%Y-%m-%d %H:%M") == there
    with pytest.raises(SimulatorError, match="write 08:30"):
        sim.turn_to_hours(begins="early", ends="15:45")


def shown(sim: RunningSimulator) -> dict[str, int] | None:
    told: dict[str, int] | None = requests.get(f"{sim.base_url}/simulator/state.json", timeout=5).json()["director"][
        "turning"
    ]
    return told


def wait_for_rest(sim: RunningSimulator) -> None:
    sim.wait_until(lambda: shown(sim) is None, timeout=10, what="the clock to have been turned")


@pytest.mark.parametrize(
    ("now", "next_one"),
    [
        ("2026-11-23 07:00", "2026-11-23 07:45"),
        ("2026-11-23 07:46", "2026-11-23 16:15"),
        ("2026-11-27 16:16", "2026-11-30 07:45"),
        ("2026-11-28 12:00", "2026-11-30 07:45"),
        ("2026-12-31 20:00", "2027-01-01 07:45"),
    ],
    ids=["morning", "afternoon", "friday evening", "saturday", "over the year"],
)
def test_it_stops_at_the_next_digest_of_a_weekday(
    sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch, now: str, next_one: str
) -> None:
    monkeypatch.setattr(turning, "WATCH", 0.0)
    go_to(sim, now)

    until = sim.turn_clock(to=DIGESTS)
    wait_for_rest(sim)

    wanted = datetime.fromisoformat(next_one).replace(tzinfo=HERE)
    assert wanted <= until < wanted + timedelta(seconds=10)
    assert until <= sim.now() < until + timedelta(seconds=30)


def test_it_goes_hour_by_hour_and_shows_how_far(sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "WATCH", 0.05)
    go_to(sim, "2026-11-23 09:30")
    seen: list[datetime] = []

    until = sim.turn_clock(seconds=timedelta(days=1).total_seconds(), by=DIGESTS)
    turned = shown(sim)
    while shown(sim) is not None:
        seen.append(sim.now())

    assert turned is not None
    assert turned["until"] == int(until.timestamp() * 1000)
    assert until <= sim.now() < until + timedelta(seconds=30)
    stood = {moment.astimezone(HERE).strftime("%a %H:%M") for moment in seen}
    assert {"Mon 16:15", "Tue 07:45"} <= stood and len(stood) > 4, stood


def test_it_stops_where_it_is_told_to_and_goes_no_further(sim: RunningSimulator) -> None:
    sim.turn_clock(seconds=7 * 86_400)
    sim.stop_turning()
    stopped = sim.now()

    assert shown(sim) is None
    sim.wait_quiet(seconds=0.8, timeout=5)
    assert sim.now() - stopped < timedelta(seconds=30)
    sim.stop_turning()


def test_turning_anew_ends_the_turn_before(sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "WATCH", 0.05)
    began = sim.now()
    sim.turn_clock(seconds=30 * 86_400)
    until = sim.turn_clock(seconds=60)
    wait_for_rest(sim)

    assert until - began < timedelta(days=2)
    assert sim.now() - until < timedelta(seconds=30)


@pytest.mark.parametrize("how", [{}, {"seconds": 0}, {"seconds": float("inf")}, {"seconds": 1e9}, {"to": ["noon"]}])
def test_it_says_what_it_cannot_read(sim: RunningSimulator, how: Any) -> None:
    with pytest.raises(SimulatorError, match="cannot"):
        sim.turn_clock(**how)
    assert shown(sim) is None
