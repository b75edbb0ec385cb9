"""`fasttrack serve`: web and delivery in one command.

The web server runs the application in a process of its own and watches it; this one stays small.
"""

import sys

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from commands.preflight import check_settings
from config import SettingsProblem, load_settings


@click.command()
@click.option("--host", help="Address to listen on (default: HOST).")
@click.option("--port", type=int, help="Port to listen on (default: PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Take webhooks, and deliver what they lead to (SERVE_DELIVERS=0: take webhooks only)."""
    settings = load_settings()
    try:
        check_settings(settings)
    except SettingsProblem as problem:
        raise click.ClickException(str(problem)) from None
    server = Granian(
        "commands.serving:build",
        address=host or settings.host,
        port=port if port is not None else settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=settings.web_threads,
        backlog=2048,
        backpressure=512,
        log_level=LogLevels.error,
        workers_kill_timeout=15,
    )
    click.echo(f"listening on http://{host or settings.host}:{port or settings.port}", err=True)
    server.serve()
    sys.exit(0)
