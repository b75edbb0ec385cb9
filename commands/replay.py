"""`fasttrack replay`: another try for events that our code could not digest."""

import sys

import click

from commands.complaints import complaining
from commands.parts import open_parts
from commands.ready_database import ready_database
from config import load_settings
from storage import inbox


@click.command()
@click.option("--event", "event_ids", multiple=True, help="Only this webhookEventId (may be given several times).")
@click.option("--list", "only_list", is_flag=True, help="Only list what has failed, and why.")
def replay(event_ids: tuple[str, ...], only_list: bool) -> None:
    """Work on failed events again, oldest first; what fails again stays failed.

    An event whose chat has moved on since is left alone ("late"), and its writer is asked to send it again.
    """
    with ready_database() as database, database.read() as session:
        failed = [(row.event_id, row.kind, row.reason) for row in inbox.list_failed(session)]
        forgotten = inbox.count_forgotten(session)
    if forgotten:
        click.echo(f"{forgotten} older ones cannot be replayed: their words have been forgotten", err=True)
    if only_list:
        if not failed:
            click.echo("No event has failed.", err=True)
        for event_id, kind, reason in failed:
            click.echo(f"{event_id}\t{kind}\t{reason}")
        return
    chosen = event_ids or [event_id for event_id, _, _ in failed]
    with complaining():
        parts = open_parts(load_settings(), delivers=False)
        ended = {event_id: parts.dispatcher.replay(event_id) for event_id in chosen}
        parts.stop()
    for event_id, how in ended.items():
        click.echo(f"{event_id}\t{how}")
    click.echo(f"{len(ended)} tried, {sum(how == 'done' for how in ended.values())} done", err=True)
    if any(how not in ("done", "late") for how in ended.values()):
        sys.exit(1)
