"""`fasttrack worker`: delivery and clocks alone, beside one or more `serve` with SERVE_DELIVERS=0."""

import signal
import threading

import click
import structlog

from commands import schema
from commands.complaints import complaining
from commands.logs import set_up_logging
from commands.parts import Parts, open_parts
from commands.preflight import check_settings
from config import load_settings

log = structlog.get_logger()


@click.command()
def worker() -> None:
    """Deliver messages, copy photos and keep the clocks, until stopped."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    parts = _open()
    parts.start()
    log.info("delivering", database=parts.database.dialect)
    stopping.wait()
    parts.stop()
    log.info("stopped")


def _open() -> Parts:
    with complaining():
        settings = load_settings()
        check_settings(settings)
        set_up_logging(settings.log_level)
        parts = open_parts(settings, delivers=True)
        schema.make_current(parts.database.engine)
        return parts
