"""Fills a database with demo cases, a block in one transaction: what was broken off goes on where it was."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cases import figures
from commands.seed_calendar import Calendar
from commands.seed_courses import Fate
from commands.seed_life import Life
from commands.seed_photos import MOST_CASES, add_photos, draw_pictures
from commands.seed_rows import People, write
from commands.seed_world import Spot, World, is_confidential
from places.boundaries import Layer
from storage import once
from storage.files import Store
from storage.session import Database

A_BLOCK = 5000
PEOPLE = 0.7  # reporters to a case: some tell more than one
AGAIN = 0.05  # of what is told where something like it was told lately
SHARES_PHONE, SHARES_NAME = 0.25, 0.15


@dataclass(frozen=True, slots=True)
class Fill:
    """So many cases by this number, told until a moment. The same fill is never added twice."""

    number: int
    count: int
    until: datetime

    def name(self) -> str:
        """Under which it is kept that it was begun."""
        return _name(self.number, self.count)

    def list_blocks(self) -> Iterator[range]:
        """The places of its cases, a transaction's worth at a time."""
        for start in range(0, self.count, A_BLOCK):
            yield range(start, min(start + A_BLOCK, self.count))


def find_begun(database: Database, number: int, count: int) -> datetime | None:
    """Until when the cases of such a fill were told, where it was begun before."""
    with database.read() as session:
        return once.find_when(session, _name(number, count))


def _name(number: int, count: int) -> str:
    return f"seed:{number}:{count}"


def fill(
    database: Database,
    plan: Fill,
    layer: Layer | None,
    added: Callable[[int], None],
    store: Store | None = None,
    counted: Callable[[int], None] | None = None,
) -> None:
    """Add what is missing of it; `added` hears how many came with each block, `counted` of how many the figures know
    so far, which is done last. A small one has photos, in `store`.
    """
    pictures = draw_pictures(store, plan.until) if store is not None and plan.count <= MOST_CASES else {}
    with database.begin() as session:
        once.claim(session, plan.name(), plan.until)
    world, calendar = World(plan.number, layer), Calendar(plan.number, plan.count, plan.until)
    for places in plan.list_blocks():
        with database.begin() as session:
            if once.claim(session, f"{plan.name()}:{places.start}", plan.until):
                people, lives = make_block(plan, world, calendar, places)
                if pictures:
                    add_photos(lives, random.Random(f"{plan.number}:photos"))
                write(session, people, lives, pictures)
        added(len(places))
    with database.begin() as session:
        if not figures.is_settled(session):
            figures.count_anew(session, counted)


def make_block(plan: Fill, world: World, calendar: Calendar, places: range) -> tuple[People, list[Life]]:
    """The cases of these places, lived through to the end of the plan, and who told them."""
    chance = random.Random(f"{plan.number}:{plan.count}:{places.start}:lives")
    people = max(1, int(len(places) * PEOPLE))
    lives: list[Life] = []
    latest: dict[tuple[str, str], Life] = {}
    first = calendar.find_moment(places.start)
    for place in places:
        at = first if place == places.start else calendar.find_moment(place)
        life = _tell(plan, world, chance, at, int(chance.random() * people))
        alike = latest.get((life.owner, life.category)) if not life.confidential else None
        into = alike if alike is not None and chance.random() < AGAIN else None
        if into is not None:
            life.latitude, life.longitude = into.latitude, into.longitude
        pace = 0.6 + (hash_of(life.owner) % 90) / 100
        Fate(life, world, chance, pace=pace, people=people).live(into)
        latest[life.owner, life.category] = life
        lives.append(life)
    rung = {life.reporter: life.phone for life in lives if life.phone and life.channel != "line"}
    return People(people, first, world.name, rung), lives


def hash_of(code: str) -> int:
    """A number that is always the same for an office."""
    return sum(code.encode()) * 7919


def _tell(plan: Fill, world: World, chance: random.Random, at: datetime, reporter: int) -> Life:
    matter, spot = world.draw_matter(chance, at), world.draw_spot(chance)
    confidential = is_confidential(matter)
    channel = world.draw_channel(chance, at)
    rings = channel == "phone" or chance.random() < SHARES_PHONE
    phone = f"0000{int(chance.random() * 1_000_000):06d}" if rings else None
    latitude, longitude = _scatter(spot, chance)
    return Life(
        created_at=at,
        until=plan.until,
        owner="omb" if confidential else spot.district,
        district=spot.district,
        category=matter.category,
        description=f"{world.demo}: {world.fill(matter.words, chance)}",
        place=world.write_place(spot, chance),
        latitude=latitude,
        longitude=longitude,
        alternatives=spot.alternatives,
        routed_by=spot.how,
        danger=list(matter.danger),
        confidential=confidential,
        channel=channel,
        reporter=reporter,
        phone=phone,
        phone_shared=phone is not None and not confidential and chance.random() < 0.6,
        shared_name=world.name if chance.random() < SHARES_NAME and not confidential else None,
    )


def _scatter(spot: Spot, chance: random.Random) -> tuple[float, float]:
    near = 0.0012
    return round(spot.latitude + near * (chance.random() - 0.5), 6), round(
        spot.longitude + near * (chance.random() - 0.5), 6
    )
