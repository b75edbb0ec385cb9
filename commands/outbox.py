"""`fasttrack outbox`: what waits, what LINE would not take, and sending it again."""

import click

import clock
from commands.ready_database import ready_database
from storage import outbox as kept

LARGEST_KEY = 2**63 - 1


@click.group()
def outbox() -> None:
    """Look at the messages to LINE, and send dead ones again."""


@outbox.command(name="list")
def list_outbox() -> None:
    """Count the messages by state; say since when any are held, and list the dead ones with LINE's reason."""
    with ready_database() as database, database.read() as session:
        for state, count in sorted(kept.count_states(session).items()):
            click.echo(f"{state}\t{count}")
        if held := kept.find_held(session):
            since, told = held
            click.echo(f"held since {since:%Y-%m-%d %H:%M} UTC\tthe month's messages are used up\t{told}")
        for row in kept.list_dead(session):
            click.echo(f"dead {row.id}\t{row.created_at:%Y-%m-%d %H:%M} UTC\t{row.attempts} tries\t{row.last_error}")


@outbox.command()
@click.argument("ids", nargs=-1, type=click.IntRange(1, LARGEST_KEY), required=True)
@click.pass_context
def resend(context: click.Context, ids: tuple[int, ...]) -> None:
    """Put dead or held messages (by their number) in line again; exit code 1 where one is neither."""
    with ready_database() as database, database.begin() as session:
        count = kept.resend(session, ids, clock.now())
    click.echo(f"{count} of {len(ids)} in line again")
    if count < len(set(ids)):
        context.exit(1)
