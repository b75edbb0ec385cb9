"""`fasttrack seed`: believable demo cases of two years, for the demo, for pictures, and to see how fast pages are."""

import time

import click
from sqlalchemy.orm import Session

import clock
from commands.ready_database import ready_database
from commands.seed_filling import Fill, fill, find_begun
from config import load_settings
from places.boundaries import Layer
from storage import boundaries
from storage import cases as stored
from storage.files import Store, open_store
from storage.session import Database

STEPS = 2  # each case is written, and then counted


@click.command()
@click.option("--cases", "count", type=click.IntRange(1), default=50, show_default=True, help="How many demo cases.")
@click.option("--seed", "number", default=1, show_default=True, help="The same number gives the same cases.")
@click.option("--force", is_flag=True, help="Also where there are cases already.")
def seed(count: int, number: int, force: bool) -> None:
    """Fill the database with demo cases over all 50 districts; each says that it is demo data."""
    with ready_database() as database:
        begun = find_begun(database, number, count)
        with database.read() as session:
            if begun is None and stored.has_any(session) and not force:
                raise click.ClickException("There are cases already. Use --force to add demo cases to them.")
            layer = _find_layer(session)
        store = open_store(load_settings().media_url)
        _fill(database, Fill(number, count, begun or clock.now().replace(microsecond=0)), layer, store)
    click.echo(f"{count} demo cases added")


def _fill(database: Database, plan: Fill, layer: Layer | None, store: Store) -> None:
    begun, done = time.monotonic(), 0
    with click.progressbar(
        length=plan.count * STEPS, label="demo cases", item_show_func=lambda words: words or ""
    ) as bar:

        def added(count: int) -> None:
            nonlocal done
            done += count
            bar.update(count, f"{done / max(time.monotonic() - begun, 0.001):,.0f}/s")

        fill(database, plan, layer, added, store, lambda count: bar.update(count, "counting the figures"))
        bar.update(bar.length - bar.pos if bar.length else 0)  # figures that stood already


def _find_layer(session: Session) -> Layer | None:
    newest = boundaries.find_newest_id(session)
    return Layer.from_json(boundaries.get_layer(session, newest)) if newest is not None else None
