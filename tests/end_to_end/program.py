"""The command in processes of its own, as an operator runs it: started, stopped and killed."""

import copy
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Self

import psutil
import requests

from config import Settings
from tests.chat import KEY, SECRET, TOKEN
from tests.end_to_end.loaded import Process, start_loaded

COMMAND = Path(sys.executable).with_name("fasttrack")
PATIENCE = 60.0  # seconds; only a program that hangs takes so long, also on a busy machine


class Served:
    """One `serve`, `worker` or `demo` that was started."""

    def __init__(self, process: Process, log: Path, url: str) -> None:
        self.process = process
        self.log = log
        self.url = url

    def list_processes(self) -> list[psutil.Process]:
        """It and all it has started."""
        try:
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def wait_until_ready(self) -> None:
        """Until it takes webhooks."""
        until = time.monotonic() + PATIENCE
        while not self.is_ready():
            assert self.process.poll() is None, f"it ended with {self.process.poll()}: {self.read_log()}"
            assert time.monotonic() < until, f"not ready in {PATIENCE:g} s: {self.read_log()}"
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Whether `/readyz` says 200."""
        try:
            return requests.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def wait_until_it_says(self, words: str) -> None:
        """Until it has written these words to standard error."""
        until = time.monotonic() + PATIENCE
        while words not in self.read_log():
            assert self.process.poll() is None, f"it ended with {self.process.poll()}: {self.read_log()}"
            assert time.monotonic() < until, f"it never said {words!r}: {self.read_log()}"
            time.sleep(0.05)

    def wait_until_ended(self) -> int:
        """Its exit code."""
        return self.process.wait(PATIENCE)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(number)
        return self.wait_until_ended()

    def kill(self) -> None:
        """Kill what was started, as the machine does when memory runs out: nothing of it can say good-bye."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def read_log(self) -> str:
        """All it wrote, to either output."""
        return self.log.read_text(encoding="utf-8", errors="replace")


class Program:
    """A folder to run in, and the environment that is given: nothing of the machine's own settings.

    Its processes come off one that has loaded the program; those of `as_installed` load it themselves.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_BASE_URL": "http://127.0.0.1:9",
            "LINE_DATA_API_BASE_URL": "http://127.0.0.1:9",
            "DATABASE_URL": f"sqlite:///{folder}/fasttrack.db",
            "MEDIA_URL": f"file://{folder}/media",
            "PUBLIC_BASE_URL": "https://fasttrack.example",
            "SECRET_KEY": KEY,
            "QUIET_NIGHT_CARDS": "0",  # whoever runs the tests may do so at night
            "PORT": str(self.port),
            **settings,
        }
        self._begun: list[Served] = []
        self._is_installed = False

    @property
    def as_installed(self) -> Self:
        """The same, but started as an operator starts it, from the file on the disk."""
        installed = copy.copy(self)
        installed._is_installed = True
        return installed

    @property
    def database_url(self) -> str:
        """The database it works with."""
        return self._settings["DATABASE_URL"]

    def set(self, **settings: str) -> None:
        """Change what is given from now on; an empty one is not given at all."""
        self._settings |= settings

    def run(self, *words: str, given: str | bytes = b"", **settings: str) -> "Ended":
        """Run a command to its end."""
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            asked.write(given.encode() if isinstance(given, str) else given)
            asked.seek(0)
            process = self._start(words, settings, asked, out, err)
            try:
                code = process.wait(PATIENCE)
            finally:
                process.kill()
            told = [(stream.seek(0), stream.read().decode())[1] for stream in (out, err)]
        return Ended(code, *told)

    def start(self, *words: str, **settings: str) -> Served:
        """Start a command that stays."""
        log = self.folder / f"{words[0]}-{len(self._begun)}.log"
        with log.open("wb") as output, open(os.devnull, "rb") as nothing:
            process = self._start(words, settings, nothing, output, output)
        self._begun.append(Served(process, log, self.url))
        return self._begun[-1]

    def serve(self, **settings: str) -> Served:
        """A `serve` that is ready."""
        served = self.start("serve", **settings)
        served.wait_until_ready()
        return served

    def end_everything(self) -> None:
        """Kill whatever still runs of what was started here."""
        for served in self._begun:
            for process in served.list_processes():
                process.kill()
            served.process.wait(PATIENCE)

    def _start(
        self, words: tuple[str, ...], settings: dict[str, str], given: IO[bytes], out: IO[bytes], err: IO[bytes]
    ) -> Process:
        environment = self._environment(settings)
        if not self._is_installed:
            return start_loaded(words, self.folder, environment, given, out, err)
        return subprocess.Popen(
            [COMMAND, *words],
            cwd=self.folder,
            env=environment,
            stdin=given,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        # Many build servers keep Python from keeping what it compiled; every command would compile all of it anew.
        ours = {name.upper() for name in Settings.model_fields} | {"PYTHONDONTWRITEBYTECODE"}
        kept: dict[str, str] = {name: value for name, value in os.environ.items() if name not in ours}
        given = {name: value for name, value in (self._settings | settings).items() if value}
        return kept | given


class Ended:
    """How a command ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def complaint(self) -> str:
        """The one line it says of what is wrong. A traceback is no such line."""
        assert self.code not in (0, None), self
        assert "Traceback" not in self.err, self.err
        (line,) = [line for line in self.err.splitlines() if line.startswith("Error: ")]
        return line

    def __repr__(self) -> str:
        return f"exit code {self.code}\n{self.out}\n{self.err}"


def find_free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
