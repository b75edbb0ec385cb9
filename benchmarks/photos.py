"""How well after-photos are compared: `python -m benchmarks.photos`.

Pairs are made: edits of one photo, which should be found, and honest photos, which should not. The threshold is
looked for on one half of the places and everything is reported on the other. Real photos are used too where a folder
has any. `--rows` measures how long the search among that many stored photos takes, in a new SQLite file or in an empty
PostgreSQL database that `--database` names.
"""

import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from PIL import Image
from sqlalchemy import create_engine, insert, text

from benchmarks.made_photos import Visit, draw_place
from benchmarks.photo_edits import list_copies, list_other_photos
from cases.evidence import KEPT, is_patched, is_same_picture
from cases.photo_alignment import Overlap, overlay, shrink
from cases.photo_marks import ASKED, MOST_BITS, make_marks
from commands import schema
from storage import photo_marks
from storage.models import MediaItem, PhotoMark
from storage.session import Database

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
HONEST = "another place"
PARTS = 19  # marks of a photo


def _ask(photo: Image.Image) -> list[int]:
    """The marks with which a photo is looked for."""
    return [mark for part, mark in make_marks(photo).items() if part in ASKED]


class Pair:
    """One comparison: what it was, how far the pictures agree, by how many bits their marks differ."""

    def __init__(self, kind: str, fits: Overlap, bits: int) -> None:
        self.kind, self.fits, self.bits = kind, fits, bits


def compare(kind: str, one: Image.Image, other: Image.Image) -> Pair:
    """Both ways of comparing, as the product does them."""
    first, second = shrink(one), shrink(other)
    bits = min((a ^ b).bit_count() for a in make_marks(first).values() for b in _ask(second))
    return Pair(kind, overlay(first, second), bits)


def compare_place(photo: Image.Image, name: str, others: Iterable[tuple[str, Image.Image]]) -> list[Pair]:
    """All pairs that begin with one photo."""
    pairs = [compare(kind, photo, copy) for kind, copy in list_copies(photo, name)]
    return pairs + [compare(kind, photo, other) for kind, other in others]


@click.command()
@click.option("--places", default=60, show_default=True, help="How many places are drawn.")
@click.option("--folder", default="../shared/data", show_default=True, help="Where real photos may lie.")
@click.option("--rows", default=100_000, show_default=True, help="Stored photos to search among; 0 leaves it out.")
@click.option("--database", default="", help="An empty database to search in, instead of a new SQLite file.")
def main(places: int, folder: str, rows: int, database: str) -> None:
    """Measure the comparison of photos."""
    began = time.perf_counter()
    made: list[list[Pair]] = []
    photos = [draw_place(place, Visit()) for place in range(places)]
    for place, photo in enumerate(photos):
        others = [*list_other_photos(place), (HONEST, photos[(place + 1) % places])]
        made.append(compare_place(photo, str(place), others))
    took = time.perf_counter() - began
    print(f"{places} drawn places, {sum(map(len, made))} pairs, {took:.0f} s in all\n")
    choose(made[: places // 2])
    report(made[places // 2 :])
    real = [path for path in sorted(Path(folder).rglob("*")) if path.suffix.lower() in PICTURES]
    if real:
        kept = [Image.open(path).convert("RGB") for path in real]
        print(f"\n{len(real)} photos of {folder}, edited:\n")
        report(
            [
                compare_place(photo, str(number), [(HONEST, kept[(number + 1) % len(kept)])] if len(kept) > 1 else [])
                for number, photo in enumerate(kept)
            ]
        )
    else:
        print(f"\nNo real photos in {folder}: left out.")
    if rows:
        search(rows, photos[:40], database)


def choose(places: Sequence[Sequence[Pair]]) -> None:
    """The share that parts edits from honest photos best, on this half."""
    copies = [pair.fits.equal for pairs in places for pair in pairs if not is_honest(pair)]
    honest = [pair.fits.equal for pairs in places for pair in pairs if is_honest(pair)]
    worst = {
        round(share / 100, 2): sum(one < share / 100 for one in copies) / len(copies)
        + sum(one >= share / 100 for one in honest) / len(honest)
        for share in range(20, 96, 2)
    }
    least = min(worst.values())
    good = [share for share, errors in worst.items() if errors == least]
    print(f"First half: equal share of honest pairs at most {max(honest):.2f}, of edits at least {min(copies):.2f};")
    print(f"fewest errors with a threshold from {min(good):.2f} to {max(good):.2f}; in use: {KEPT:.2f}\n")


def is_honest(pair: Pair) -> bool:
    """Whether it should not be found."""
    return pair.kind.startswith("same place") or pair.kind == HONEST


def report(places: Sequence[Sequence[Pair]]) -> None:
    """The table, on the other half."""
    by_kind: dict[str, list[Pair]] = defaultdict(list)
    for pair in (pair for pairs in places for pair in pairs):
        by_kind[pair.kind].append(pair)
    print("| pair | n | found in its case | called patched | equal share, median (least to most) | found by index |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, pairs in by_kind.items():
        found = [pair for pair in pairs if is_same_picture(pair.fits)]
        patched = sum(is_patched(pair.fits) for pair in found)
        near = sum(pair.bits <= MOST_BITS for pair in pairs if is_same_picture(pair.fits) or not is_honest(pair))
        equal = sorted(pair.fits.equal for pair in pairs)
        shares = f"{statistics.median(equal):.2f} ({equal[0]:.2f} to {equal[-1]:.2f})"
        print(
            f"| {kind} | {len(pairs)} | {len(found) / len(pairs):.0%} | {patched / len(pairs):.0%} | {shares} |"
            f" {near / len(pairs):.0%} |"
        )


def search(rows: int, photos: Sequence[Image.Image], url: str) -> None:
    """How long it takes to find the likest of very many, whole and cropped."""
    with tempfile.TemporaryDirectory() as folder:
        address = url or f"sqlite:///{folder}/photos.db"
        engine = create_engine(address)
        schema.upgrade(engine)
        engine.dispose()
        database = Database(address)
        try:
            _search(database, rows, photos)
        finally:
            database.close()


def _search(database: Database, rows: int, photos: Sequence[Image.Image]) -> None:
    chance = random.Random(1)
    kept = [list(make_marks(shrink(photo)).values()) for photo in photos]
    began = time.perf_counter()
    _fill(database, rows, kept, chance)
    filled = time.perf_counter() - began
    took, hits, asked = [], 0, 0
    for number, photo in enumerate(photos):
        for kind, copy in list_copies(photo, str(number)):
            if kind not in ("the same file", "cropped 5-20 %", "patched and cropped"):
                continue
            marks = _ask(shrink(copy))
            began = time.perf_counter()
            with database.read() as session:
                found = photo_marks.find_alike(session, marks, MOST_BITS, 60)
            took.append((time.perf_counter() - began) * 1000)
            asked += 1
            hits += any(one.media_id == number + 1 for one in found)
    took.sort()
    print(
        f"\n{database.dialect}: {rows:,} photos ({rows * PARTS:,} marks, filled in {filled:.0f} s): median"
        f" {statistics.median(took):.0f} ms, slowest {took[-1]:.0f} ms; {hits / asked:.0%} of {asked} copies found"
    )


def _fill(database: Database, rows: int, kept: Sequence[Sequence[int]], chance: random.Random) -> None:
    """The photos themselves, and beside them as many others: half of them at random, half not unlike a real one."""
    with database.begin(NOW) as session:
        for start in range(0, rows, 5000):
            ids = range(start + 1, min(rows, start + 5000) + 1)
            session.execute(
                insert(MediaItem),
                [
                    {
                        "id": number,
                        "message_id": str(number),
                        "chat_id": "C",
                        "kind": "image",
                        "role": "before",
                        "state": "stored",
                        "told_gone": False,
                        "attempts": 0,
                        "next_at": NOW,
                        "sent_at": NOW,
                        "marked_at": NOW,
                    }
                    for number in ids
                ],
            )
            session.execute(
                insert(PhotoMark),
                [
                    photo_marks.make_values(number, part, mark)
                    for number in ids
                    for part, mark in enumerate(kept[number - 1] if number <= len(kept) else _invent(kept, chance))
                ],
            )
    with database.begin(NOW) as session:
        session.execute(text("ANALYZE"))


def _invent(kept: Sequence[Sequence[int]], chance: random.Random) -> list[int]:
    if chance.random() < 0.5:
        return [chance.getrandbits(64) for _ in range(PARTS)]
    marks = chance.choice(kept)
    return [mark ^ sum(1 << bit for bit in chance.sample(range(64), 18)) for mark in marks]


if __name__ == "__main__":
    main()
