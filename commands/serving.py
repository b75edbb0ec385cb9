"""What the web server's worker process runs: the application, with the threads that deliver beside it."""

import atexit
import ctypes
import os
import signal
import sys
import threading
import time

import structlog
from flask import Flask

from commands import schema
from commands.logs import set_up_logging
from commands.parts import open_parts
from config import load_settings
from handlers.web import create_app

log = structlog.get_logger()
SET_PARENT_DEATH_SIGNAL = 1  # linux/prctl.h


def build() -> Flask:
    """The application of this process, ready, its threads started."""
    _die_with_parent()
    settings = load_settings()
    set_up_logging(settings.log_level)
    parts = open_parts(settings, delivers=settings.serve_delivers)
    if not schema.is_current(parts.database.engine):
        if parts.database.dialect != "sqlite":
            log.error("the database is not up to date: run `fasttrack migrate`, then start again")
            parts.database.close()
            os.kill(os.getppid(), signal.SIGTERM)
            raise SystemExit(3)
        schema.upgrade(parts.database.engine)
    app = create_app(settings, parts.database, parts.store, parts.dispatcher)
    parts.start()
    atexit.register(parts.stop)
    log.info("ready", delivers=settings.serve_delivers, database=parts.database.dialect)
    return app


def _die_with_parent() -> None:
    """An orphan would keep the port and go on delivering beside the process that replaces it."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
