"""`fasttrack worker`: delivery and clocks alone, beside one or more `serve` with SERVE_DELIVERS=0."""

import contextlib
import queue
import signal
from collections.abc import Callable
from wsgiref.simple_server import WSGIServer

import click
import structlog
from prometheus_client import start_http_server

from commands.complaints import complaining
from commands.parts import open_service
from config import load_settings

log = structlog.get_logger()
NAP = 1.0  # seconds


@click.command()
def worker() -> None:
    """Deliver messages, copy photos and keep the clocks, until stopped."""
    wait_until_told = hear_the_end()
    with complaining():
        settings = load_settings()
        parts = open_service(settings, delivers=True, serves=False)
    show_metrics(settings.worker_metrics_port)
    parts.start()
    log.info("delivering", database=parts.database.dialect)
    wait_until_told()
    parts.stop()
    log.info("stopped")


def hear_the_end() -> Callable[[], object]:
    """Hear from now on when the process is asked to end; calling what this returns waits until it was."""
    # No Event: it takes a lock that the main thread may hold at the very moment it is told, and then it never ends.
    told = queue.SimpleQueue[int]()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: told.put(number))

    def wait() -> None:
        # By naps: Python calls what a signal is for between two steps of its own alone, so that of one that comes at
        # the very moment it lies down for good it would hear when the next comes.
        number = None
        while number is None:
            with contextlib.suppress(queue.Empty):
                number = told.get(timeout=NAP)

    return wait


def show_metrics(port: int) -> WSGIServer | None:
    """`GET /metrics` for a Prometheus on this machine, where a port is named: what sends has no web server."""
    if not port:
        return None
    try:
        server, _ = start_http_server(port, addr="127.0.0.1")
    except OSError as problem:
        raise click.ClickException(
            f"Cannot show metrics on 127.0.0.1:{port} (WORKER_METRICS_PORT): {problem.strerror}"
        ) from None
    return server
