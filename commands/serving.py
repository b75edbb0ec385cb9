"""What the web server's worker process runs: the application, with the threads that deliver beside it."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.util import Finalize

import click
import structlog
from flask import Flask

from commands import schema
from commands.complaints import complaining
from commands.logs import set_up_logging
from commands.parts import Parts, open_parts
from config import Settings, load_settings
from handlers.web import create_app

log = structlog.get_logger()
SET_PARENT_DEATH_SIGNAL = 1  # linux/prctl.h


def build() -> Flask:
    """The application of this process, ready, its threads started. Where it cannot be, all of it ends."""
    _die_with_parent()
    try:
        with complaining():
            settings = load_settings()
            set_up_logging(settings.log_level)
            parts = _open(settings)
    except click.ClickException as problem:
        problem.show()
        raise SystemExit(problem.exit_code) from None
    app = create_app(settings, parts.database, parts.store, parts.dispatcher)
    parts.start()
    # A process of multiprocessing's ends without atexit; its own finalizers are run.
    Finalize(None, _stop, args=(parts,), exitpriority=0)
    log.info("ready", delivers=settings.serve_delivers, database=parts.database.dialect)
    return app


def _open(settings: Settings) -> Parts:
    parts = open_parts(settings, delivers=settings.serve_delivers)
    schema.make_current(parts.database.engine)
    return parts


def _stop(parts: Parts) -> None:
    parts.stop()
    log.info("stopped")


def _die_with_parent() -> None:
    """An orphan would keep the port and go on delivering beside the process that replaces it."""
    started_by = multiprocessing.parent_process()
    parent = started_by.pid if started_by else os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
