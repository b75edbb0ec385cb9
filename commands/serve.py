"""`fasttrack serve`: web and delivery in one command.

The web server runs the application in a process of its own and watches it; this one stays small.
"""

import socket

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from commands.preflight import check_settings
from config import SettingsProblem, load_settings


@click.command()
@click.option("--host", help="Address to listen on (default: HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Take webhooks, and deliver what they lead to (SERVE_DELIVERS=0: take webhooks only)."""
    try:
        settings = load_settings()
        check_settings(settings)
    except SettingsProblem as problem:
        raise click.ClickException(str(problem)) from None
    address, number = host or settings.host, port or settings.port
    _refuse_taken(address, number)
    server = Granian(
        "commands.serving:build",
        address=address,
        port=number,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=settings.web_threads,
        backlog=2048,
        backpressure=512,
        log_level=LogLevels.error,
        workers_kill_timeout=15,
    )
    server.on_startup(lambda: click.echo(f"listening on http://{address}:{number}", err=True))
    try:
        server.serve()
    except (RuntimeError, OSError) as problem:  # the address is taken, or is none of this machine's
        told = str(problem).strip().splitlines()[0]
        raise click.ClickException(f"Cannot listen on {address}:{number}: {told}") from None


def _refuse_taken(address: str, port: int) -> None:
    """The web server would share a taken port with whoever listens there, and each would get half the webhooks."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            raise click.ClickException(f"Cannot listen on {address}:{port}: {problem.strerror}") from None
