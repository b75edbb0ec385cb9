"""`fasttrack worker`: delivery and clocks alone, beside one or more `serve` with SERVE_DELIVERS=0."""

import signal
import threading

import click

from commands import schema
from commands.logs import set_up_logging
from commands.parts import open_parts
from commands.preflight import check_settings
from config import SettingsProblem, load_settings


@click.command()
def worker() -> None:
    """Deliver messages, copy photos and keep the clocks, until stopped."""
    settings = load_settings()
    set_up_logging(settings.log_level)
    try:
        check_settings(settings)
    except SettingsProblem as problem:
        raise click.ClickException(str(problem)) from None
    parts = open_parts(settings, delivers=True)
    if not schema.is_current(parts.database.engine):
        parts.database.close()
        raise click.ClickException("The database is not up to date: run `fasttrack migrate`, then start again.")
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    parts.start()
    click.echo("delivering", err=True)
    stopping.wait()
    parts.stop()
