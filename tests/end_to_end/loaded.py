"""Starts `fasttrack` in processes that come off one which has loaded the program, so that loading it is paid once.

All else is as when it is started as installed: a process, settings, a folder, streams, signals and an end of its own.
"""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any, Protocol

import app

# What commands load when they need it is among it.
MODULES = [*(f"commands.{name.replace('-', '_')}" for name in app.COMMANDS), "alembic.command", "console.application"]


class Process(Protocol):
    """What of a process is asked for, however it was started."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, number: int, /) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


class Loaded:
    """One `fasttrack` that was started so, with what a `Popen` has."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        self.pid: int = process.pid or 0

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired("fasttrack", timeout or 0)
        return code

    def send_signal(self, number: int, /) -> None:
        """Unless it has ended: its number may be somebody else's by now."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def start_loaded(
    words: tuple[str, ...],
    folder: Path,
    environment: Mapping[str, str],
    given: IO[bytes],
    out: IO[bytes],
    err: IO[bytes],
) -> Loaded:
    """`fasttrack` with these words, its streams tied to these files."""
    context = get_context("forkserver")
    context.set_forkserver_preload([*MODULES, __name__])
    process = context.Process(target=_be_started, args=(words, folder, dict(environment), _Streams(given, out, err)))
    process.start()
    return Loaded(process)


class _Streams:
    """Open files on their way to another process."""

    def __init__(self, *files: IO[bytes]) -> None:
        self._files = files

    def __reduce__(self) -> tuple[Any, ...]:
        return _Arrived, tuple(DupFd(file.fileno()) for file in self._files)


class _Arrived:
    def __init__(self, *numbers: Any) -> None:
        self._numbers: list[int] = [number.detach() for number in numbers]

    def tie(self) -> None:
        """Make them standard input, output and error."""
        for stream, number in enumerate(self._numbers):
            os.dup2(number, stream)
            os.close(number)
        sys.stdin, sys.stdout = _open(0, "r"), _open(1, "w")
        sys.stderr = _open(2, "w", errors="backslashreplace", line_buffering=True)


def _open(number: int, mode: str, **options: Any) -> io.TextIOWrapper:
    return io.TextIOWrapper(open(number, f"{mode}b", closefd=False), encoding="utf-8", **options)


def _be_started(words: tuple[str, ...], folder: Path, environment: dict[str, str], streams: _Arrived) -> None:
    os.setsid()
    streams.tie()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["fasttrack", *words]
    app.main()
