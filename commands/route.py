"""`fasttrack route`: which office each place belongs to."""

import sys

import click

from commands.ready_database import ready_database
from handlers.routing import Router


@click.command()
def route() -> None:
    """Read lines `lat,lng` or `lat,lng,address words`; print `ORG,ALTERNATIVES,HOW` for each."""
    failed = False
    with ready_database() as database:
        router = Router(database)
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            answer = _answer(router, line)
            if answer is None:
                failed = True
                click.echo(f"line {number}: not `lat,lng` or `lat,lng,address words`: {line.strip()[:80]!r}", err=True)
            click.echo(answer or "error,,")
    if failed:
        sys.exit(1)


def _answer(router: Router, line: str) -> str | None:
    parts = line.rstrip("\r\n").split(",", 2)
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except (ValueError, IndexError):
        return None
    found = router(latitude, longitude, parts[2].strip().strip('"') if len(parts) > 2 else "")
    if found is None:
        return None
    return f"{found.org},{'|'.join(found.alternatives)},{found.how}"
