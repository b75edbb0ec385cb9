"""The one place that tells the time.

Everything that needs "now" is handed it from here, so that a check or the simulator can turn the
clock forward: `CLOCK_OFFSET_FILE` names a file with seconds to add, read again at each look.
"""

import os
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")  # no daylight saving, so no zone database needed
FURTHEST = timedelta(days=365 * 50).total_seconds()  # either way; beyond it there may be no date to tell


def offset_seconds() -> float:
    """Seconds that `CLOCK_OFFSET_FILE` adds; 0 where there is none or it holds no number of seconds."""
    name = os.environ.get("CLOCK_OFFSET_FILE")
    if not name:
        return 0.0
    try:
        seconds = float(Path(name).read_text().strip() or 0)
    except (OSError, ValueError):
        return 0.0
    return seconds if abs(seconds) <= FURTHEST else 0.0


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.fromtimestamp(time.time() + offset_seconds(), UTC)


def in_bangkok(moment: datetime) -> datetime:
    """The same moment as people in Bangkok read it."""
    return moment.astimezone(BANGKOK)
