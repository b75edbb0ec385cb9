"""`fasttrack serve`: web and delivery in one process."""

import signal
import socket
import sys

import click
import structlog

import clock
from commands.complaints import complaining
from commands.listening import Listener, allow_connections
from commands.parts import open_service
from commands.warming import keep_what_is_there, warm
from commands.web import create_app
from config import load_settings

log = structlog.get_logger()


@click.command()
@click.option("--host", help="Address to listen on (default: HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Take webhooks, and deliver what they lead to (SERVE_DELIVERS=0: take webhooks only)."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the listener hears it
    with complaining():
        settings = load_settings()
        address, number = host or settings.host, port or settings.port
        _refuse_taken(address, number)
        parts = open_service(settings, delivers=settings.serve_delivers)
    warm(clock.now())
    app = create_app(settings, parts.database, parts.store, parts.dispatcher, keep_what_is_there)
    allow_connections()
    listener = Listener(app, address, number)
    try:
        parts.start()
        keep_what_is_there()
        log.info("ready", delivers=settings.serve_delivers, database=parts.database.dialect)
        click.echo(f"listening on http://{address}:{number}", err=True)
        listener.run(until_signal=True)
    except (RuntimeError, OSError) as problem:  # the address is taken, or is none of this machine's
        told = str(problem).strip().splitlines()[0]
        raise click.ClickException(f"Cannot listen on {address}:{number}: {told}") from None
    finally:
        parts.stop()
        log.info("stopped")


def _refuse_taken(address: str, port: int) -> None:
    """The web server would share a taken port with whoever listens there, and each would get half the webhooks."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            raise click.ClickException(f"Cannot listen on {address}:{port}: {problem.strerror}") from None
