"""What is written down when an event fails: where in the code, and never a word that somebody wrote."""

import traceback
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

FRAMES = 4
LONGEST_REASON = 500
CONFLICTS = ("40001", "40P01")  # PostgreSQL: could not serialise, deadlock
READ_ONLY = "25006"  # PostgreSQL: a stand-by, or a server whose operator stopped all writing


def is_outage(error: Exception) -> bool:
    """Whether the database was away, full, locked or read-only: the same event may do well a moment later."""
    if isinstance(error, OperationalError | InterfaceError | TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) == READ_ONLY


def is_conflict(error: Exception) -> bool:
    """Whether PostgreSQL broke this transaction off in favour of another."""
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) in CONFLICTS


def locate(error: Exception) -> dict[str, Any]:
    """For the log: the kind of error and the innermost calls. Its message may quote a person: left out."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "at": places}


def explain(error: Exception) -> str:
    """For the event's own row, where it may quote the event: the kind of error and its message."""
    told = error.orig if isinstance(error, DBAPIError) else error  # without the statement, which tells nobody
    return f"{type(error).__name__}: {told}"


def shorten(reason: str) -> str:
    """One line, as a database takes it."""
    plain = reason.encode("utf-8", "backslashreplace").decode().replace("\x00", "")
    return " ".join(plain.split())[:LONGEST_REASON]
