"""`fasttrack route`: which office each place belongs to.

One answer follows each line at once, so that another program can keep the command open and talk to it.
"""

import sys

import click

from commands.ready_database import ready_database
from handlers.routing import Router


class _BadLine(ValueError):
    """A line that names no place."""


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
            try:
                answer = _answer(router, text)
            except _BadLine as why:
                failed, answer = True, "error,,"
                click.echo(f"route: line {number}: {why}: {text[:80]!r}", err=True)
            click.echo(answer)
    if failed:
        context.exit(1)


def _answer(router: Router, text: str) -> str:
    parts = text.split(",", 2)
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except (ValueError, IndexError):
        raise _BadLine("not `lat,lng` or `lat,lng,address words`") from None
    found = router(latitude, longitude, parts[2].strip().strip('"') if len(parts) > 2 else "")
    if found is None:
        raise _BadLine("no place on earth")
    return f"{found.org},{'|'.join(found.alternatives)},{found.how}"
