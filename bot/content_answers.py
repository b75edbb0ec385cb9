"""What asking for somebody's photo can end in, and how a body is read so that none can fill the machine."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

# Photos stay in memory; a video goes to an unnamed temporary file, which a crash cannot leave behind.
IN_MEMORY = 8_000_000
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """All of it. `file` stands at its beginning; whoever receives it closes it."""

    file: IO[bytes]
    size: int


@dataclass(frozen=True, slots=True)
class NotReady:
    """LINE is still preparing it (202); ask again later."""


@dataclass(frozen=True, slots=True)
class Gone:
    """It is not there. `reason`: not_found (404), taken_back (410) or not_prepared (conversion failed)."""

    reason: str


@dataclass(frozen=True, slots=True)
class TooBig:
    """More than `limit` bytes."""

    limit: int


@dataclass(frozen=True, slots=True)
class TryLater:
    """No answer that settles anything; `reason` is for the log and the row."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """We do not fetch this. `reason`: unsafe_address."""

    reason: str


Answer = Content | NotReady | Gone | TooBig | TryLater | Refused


def keep_body(pieces: Iterable[bytes], *, max_bytes: int, deadline: float) -> Content | TooBig | TryLater:
    """Read until the end, the limit or the deadline (`time.monotonic`)."""
    size = 0
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (handed on to the caller)
    try:
        for piece in pieces:
            size += len(piece)
            if size > max_bytes:
                file.close()
                return TooBig(max_bytes)
            if time.monotonic() > deadline:
                file.close()
                return TryLater("too slow")
            try:
                file.write(piece)
            except OSError as error:
                file.close()
                return TryLater(f"temporary file: {error.strerror}")
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Content(file, size)
