"""`fasttrack holidays`: the days that working time leaves out, and what staff know better of single days."""

from datetime import datetime

import click

import clock
from cases import clocks, working_time
from commands.ready_database import ready_database
from storage import working_days

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def holidays() -> None:
    """List the days on which offices are shut, and keep what differs from the calendar.

    All clocks count with them: what runs is counted anew when a day is set or unset.
    """


@holidays.command(name="list")
@click.argument("year", type=click.IntRange(2000, 2150), required=False)
def list_year(year: int | None) -> None:
    """Print the holidays of YEAR (this year, where none is given) and its exceptions, a line each."""
    wanted = year or clock.in_bangkok(clock.now()).year
    with ready_database() as database, database.read() as session:
        exceptions = {each.day: each for each in working_days.list_exceptions(session, wanted)}
    named = working_time.list_holidays(wanted)
    for day in sorted(named.keys() | exceptions.keys()):
        set_by_hand = exceptions.get(day)
        standing = "works" if set_by_hand and set_by_hand.works else "off"
        holiday = named.get(day)
        words = [
            f"{holiday.th} ({holiday.en})" if holiday else "",
            f"set: {set_by_hand.reason}".strip() if set_by_hand else "",
        ]
        click.echo(f"{day.isoformat()} {standing:5} {' · '.join(word for word in words if word)}")


@holidays.command(name="set")
@click.argument("day", type=DAY)
@click.option("--works/--off", default=None, help="Offices work on this day, or are shut.")
@click.option("--reason", default="", help="Why, for who reads the list.")
def set_day(day: datetime, works: bool | None, reason: str) -> None:
    """Say that offices work on DAY (2026-12-31), or that they do not, whatever the calendar says."""
    if works is None:
        raise click.UsageError("Say --off or --works.")
    now = clock.now()
    with ready_database() as database, database.begin(now) as session:
        working_days.set_exception(session, day.date(), works=works, reason=reason, now=now)
        counted = clocks.count_anew(session)
    click.echo(f"{day.date().isoformat()} {'works' if works else 'off'}; {counted} running clocks counted anew")


@holidays.command(name="unset")
@click.argument("day", type=DAY)
def unset_day(day: datetime) -> None:
    """Let the calendar hold again for DAY."""
    now = clock.now()
    with ready_database() as database, database.begin(now) as session:
        if not working_days.unset_exception(session, day.date()):
            raise click.ClickException(f"{day.date().isoformat()} was not set: see `fasttrack holidays list`.")
        counted = clocks.count_anew(session)
        works = working_time.is_working_day(day.date(), working_days.load_exceptions(session))
    click.echo(f"{day.date().isoformat()} {'works' if works else 'off'}; {counted} running clocks counted anew")
