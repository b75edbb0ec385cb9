"""The platform's time, which a test may move: reply tokens, retry keys and event times all hang on it.

Where an offset file is shared with the bot, moving this clock moves the bot's too.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """Wall time plus an offset, kept here or in the shared file."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._offset_file = offset_file
        self._offset = 0.0

    def now(self) -> float:
        """Seconds since the epoch, as the platform sees it."""
        return time.time() + self.offset()

    def offset(self) -> float:
        """Seconds this clock runs ahead of the wall."""
        if self._offset_file is None:
            return self._offset
        try:
            return float(self._offset_file.read_text().strip() or 0)
        except (OSError, ValueError):
            return self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock; the shared file is replaced whole, so that no reader sees half a number."""
        self._offset = self.offset() + seconds
        if self._offset_file is not None:
            written = self._offset_file.with_name(self._offset_file.name + ".new")
            written.write_text(repr(self._offset))
            os.replace(written, self._offset_file)


def as_datetime(seconds: float) -> datetime:
    """Epoch seconds as an aware moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
