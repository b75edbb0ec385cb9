"""`fasttrack seed`: demo cases for a database that has none, so that lists and figures can be looked at."""

import random

import click
from sqlalchemy.orm import Session

import clock
from cases import intake
from cases.categories import list_categories
from commands.ready_database import ready_database
from places.khwaeng import list_khwaeng
from storage import cases as stored
from storage import reporters
from storage.models import Reporter
from texts.catalog import say

A_BATCH = 50
SPREAD = 0.004  # degrees, some 400 m about a khwaeng's middle
NO_LIMIT = 1_000_000


@click.command()
@click.option("--cases", "count", default=50, show_default=True, help="How many demo cases.")
@click.option("--seed", "number", default=1, show_default=True, help="The same number gives the same cases.")
@click.option("--force", is_flag=True, help="Also where there are cases already.")
def seed(count: int, number: int, force: bool) -> None:
    """Fill the database with demo cases over all 50 districts; each says that it is demo data."""
    chance = random.Random(number)
    with ready_database() as database:
        with database.read() as session:
            if stored.has_any(session) and not force:
                raise click.ClickException("There are cases already. Use --force to add demo cases to them.")
        with click.progressbar(length=count, label="demo cases") as bar:
            for start in range(0, count, A_BATCH):
                batch = range(start, min(start + A_BATCH, count))
                with database.begin() as session:
                    reporter = reporters.add_nobody(session, clock.now())
                    for item in batch:
                        _add_case(session, reporter, item + 1, chance)
                bar.update(len(batch))
    click.echo(f"{count} demo cases added")


def _add_case(session: Session, reporter: Reporter, number: int, chance: random.Random) -> None:
    category = chance.choice([category for category in list_categories() if not category.confidential])
    khwaeng = chance.choice(list_khwaeng())
    place = {
        "lat": khwaeng.extent.lat + chance.uniform(-SPREAD, SPREAD),
        "lng": khwaeng.extent.lng + chance.uniform(-SPREAD, SPREAD),
        "words": say("th", "demo.place", khwaeng=khwaeng.name_th),
        "org": f"district:{khwaeng.dcode}",
        "alternatives": [],
        "how": "centre",
    }
    words = say("th", "demo.description", category=category.th, number=number)
    intake.submit_report(
        session,
        slots={"description": words, "category": category.code, "place": place},
        reporter=reporter,
        language="th",
        now=clock.now(),
        most_a_day=NO_LIMIT,
    )
