"""Opens the pages of the console over seeded databases and prints how long the server takes, and how that grows.

`python -m benchmarks.pages`; `--cases 10000,100000,1000000` for all three sizes, which takes a while the first time:
the databases are kept under `var/bench`. Each page is opened by an officer who is signed in, on the real application,
without a socket between; every round asks for another district, word or case.
"""

import argparse
import logging
import random
import statistics
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import structlog
from sqlalchemy import func, select
from werkzeug.test import Client

import clock
from benchmarks.seeded import KINDS, Shelf
from commands.parts import open_parts
from commands.warming import keep_what_is_there, warm
from commands.web import Pages
from config import Settings
from console.sessions import COOKIE
from places.organisations import list_khet, list_organisations
from storage import staff, staff_sessions
from storage.links import make_session_token
from storage.models import Case
from storage.session import Database

KEY = "a key that only the benchmark uses, 32 letters"
P95 = 95
WARMING = 3
BAD = 400
WORDS = tomllib.loads(Path(__file__).with_name("page_words.toml").read_text("utf-8"))
TWO_YEARS = "c2024-11-01_2026-12-31"
Ask = Callable[[random.Random, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one page, in milliseconds; `cpu` of this process alone; `size` of what came, in kilobytes."""

    median: float
    p95: float
    cpu: float
    size: float


def _ask(path: str, **values: object) -> str:
    return f"/console/{path}" + (f"?{urlencode(values)}" if values else "")


def _district(chance: random.Random) -> str:
    return chance.choice([each.code for each in list_organisations("district")])


def _name_district(chance: random.Random) -> str:
    return chance.choice(list_khet()).name_th


def _draw_box(chance: random.Random) -> str:
    """About as much of the city as a screen shows where points are first drawn."""
    khet = chance.choice(list_organisations("district"))
    assert khet.centre
    lat, lng = khet.centre
    return ",".join(f"{edge:.5f}" for edge in (lat - 0.05, lng - 0.1, lat + 0.05, lng + 0.1))


PAGES: dict[str, Ask] = {
    "today": lambda chance, numbers: _ask(""),
    "list": lambda chance, numbers: _ask("cases"),
    "list, one district": lambda chance, numbers: _ask("cases", owner=_district(chance)),
    "search, common word": lambda chance, numbers: _ask("cases", q=chance.choice(WORDS["common"])),
    "search, rare words": lambda chance, numbers: _ask("cases", q=chance.choice(WORDS["rare"])),
    "search, two letters": lambda chance, numbers: _ask("cases", q=chance.choice(WORDS["short"])),
    "search, what it names": lambda chance, numbers: _ask(
        "cases", q=f"{chance.choice(WORDS['named'])} {_name_district(chance)}"
    ),
    "search, number": lambda chance, numbers: _ask("cases", q=chance.choice(numbers)),
    "case": lambda chance, numbers: _ask(f"cases/{chance.choice(numbers)}"),
    "map": lambda chance, numbers: _ask("map"),
    "map, points of two years": lambda chance, numbers: _ask("map/points.json", period=TWO_YEARS),
    "map, points near by": lambda chance, numbers: _ask("map/points.json", period=TWO_YEARS, box=_draw_box(chance)),
    "summary": lambda chance, numbers: _ask("summary"),
    "summary, one district": lambda chance, numbers: _ask("summary", owner=_district(chance)),
}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--cases", default="10000,100000", help="how many, with commas between")
    parser.add_argument("--databases", default=",".join(KINDS), help=", ".join(KINDS))
    parser.add_argument("--rounds", type=int, default=30, help="how often each page is opened, after three for warmth")
    parser.add_argument("--folder", type=Path, default=Path("var/bench"), help="where the databases are kept")
    parser.add_argument("--pages", default="", help="only those whose name begins so")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    shelf = Shelf(options.folder.resolve())
    sizes = [int(each) for each in options.cases.split(",")]
    for kind in options.databases.split(","):
        timed = {}
        for size in sizes:
            with shelf.take(kind, size) as url:
                timed[size] = _time_pages(url, options)
        _print_table(kind, timed)


def _time_pages(url: str, options: argparse.Namespace) -> dict[str, Timing | None]:
    values: dict[str, Any] = {
        "line_channel_secret": "benchmark",
        "line_channel_access_token": "benchmark",
        "database_url": url,
        "media_url": f"file://{options.folder.resolve()}/media",
        "public_base_url": "http://localhost",
        "secret_key": KEY,
    }
    settings = Settings(_env_file=None, **values)  # type: ignore[call-arg]
    parts = open_parts(settings, delivers=False)
    try:
        warm(clock.now())
        pages = Pages(settings, parts.database, parts.store, parts.dispatcher.replay, keep_what_is_there)
        client = Client(pages)
        client.set_cookie(COOKIE, _sign_in(parts.database), path="/console")
        numbers = _list_numbers(parts.database)
        wanted = {name: ask for name, ask in PAGES.items() if name.startswith(options.pages)}
        return {name: _time_page(client, ask, numbers, options.rounds) for name, ask in wanted.items()}
    finally:
        parts.stop()


def _sign_in(database: Database) -> str:
    token, now = make_session_token(KEY), clock.now()
    with database.begin(now) as session:
        email = f"bench-{time.time_ns()}@example.org"
        officer = staff.add(session, email=email, name="Bench", role="officer", organisation="omb", now=now)
        session.flush()
        staff_sessions.add(session, officer.id, token, stage="in", device="benchmark", now=now)
    return token


def _list_numbers(database: Database) -> list[str]:
    """Numbers of cases from all over, none of them confidential."""
    chance = random.Random(1)
    with database.read() as session:
        last = session.scalar(select(func.max(Case.id))) or 0
        keys = [chance.randint(1, last) for _ in range(200)]
        found = select(Case.number).where(Case.id.in_(keys), Case.confidential.is_(False))
        return list(session.scalars(found))


def _time_page(client: Client, ask: Ask, numbers: Sequence[str], rounds: int) -> Timing | None:
    """None where there is no such page."""
    took, worked, size = [], [], 0
    for place, path in enumerate(_draw(ask, numbers, rounds + WARMING)):
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.get(path)
        size = len(answer.data)
        if answer.status_code >= BAD:
            print(f"{path}: {answer.status_code}")
            return None
        if place >= WARMING:
            took.append((time.perf_counter() - begun) * 1000)
            worked.append((time.process_time() - busy) * 1000)
    p95 = statistics.quantiles(took, n=100)[P95 - 1]
    return Timing(statistics.median(took), p95, statistics.median(worked), size / 1024)


def _draw(ask: Ask, numbers: Sequence[str], rounds: int) -> Iterator[str]:
    chance = random.Random(7)
    return (ask(chance, numbers) for _ in range(rounds))


def _print_table(kind: str, timed: dict[int, dict[str, Timing | None]]) -> None:
    sizes = list(timed)
    heads = [f"{size:,} cases: median, p95 ms (CPU)" for size in sizes]
    print(f"\n| {kind} | " + " | ".join(heads) + " | ten times the cases: time (CPU) | KB |")
    print("| --- |" + " --- |" * (len(sizes) + 2))
    for name in timed[sizes[0]]:
        found = [timed[size][name] for size in sizes]
        cells = [f"{one.median:.0f}, {one.p95:.0f} ({one.cpu:.0f})" if one else "–" for one in found]
        known = [one for one in found if one]
        growth = [
            f"{after.median / before.median:.1f} × ({after.cpu / before.cpu:.1f} ×)"
            for before, after in pairwise(known)
        ]
        shown = f"{known[-1].size:.0f}" if known else ""
        print(f"| {name} | " + " | ".join(cells) + f" | {', '.join(growth) or '–'} | {shown} |")


if __name__ == "__main__":
    main()
