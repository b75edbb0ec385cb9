"""`fasttrack route`: which office each place belongs to.

One answer follows each line at once, so that another program can keep the command open and talk to it.
"""

import sys

import click

from commands.ready_database import ready_database
from handlers.routing import Router
from places.routing import Routing


@click.command()
@click.pass_context
def route(context: click.Context) -> None:
    """Read lines `lat,lng` or `lat,lng,address words`; print `ORG,ALTERNATIVES,HOW` for each.

    A line that cannot be read answers `error,,`, is named on standard error, and makes the exit code 1.
    """
    failed = False
    with ready_database() as database:
        router = Router(database)
        for number, line in enumerate(sys.stdin.buffer, start=1):
            text = line.decode("utf-8-sig", "replace").strip()
            if not text:
                continue
            found = _find(router, text)
            if found is None:
                failed = True
                click.echo(
                    f"route: line {number}: not `lat,lng` or `lat,lng,address words`: {text[:80]!r}", err=True
                )
            click.echo(_write(found) if found else "error,,")
    if failed:
        context.exit(1)


def _find(router: Router, text: str) -> Routing | None:
    parts = text.split(",", 2)
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except (ValueError, IndexError):
        return None
    return router(latitude, longitude, parts[2].strip().strip('"') if len(parts) > 2 else "")


def _write(found: Routing) -> str:
    return f"{found.org},{'|'.join(found.alternatives)},{found.how}"
