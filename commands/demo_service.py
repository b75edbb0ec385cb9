"""The product beside the demo's LINE platform: its folder, its keys, its environment, and its process."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import requests

import clock
from storage import groups
from storage.session import Database

PATIENCE = 60.0  # seconds until the product must be ready; only one that hangs takes so long


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one demo, kept with it: without them its signed links and its channel would change."""

    secret: str
    token: str
    key: str


class Folder:
    """Where a demo keeps what it has, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = path / "line.db"
        self.clock = path / "clock"
        self.log = path / "serve.log"
        self.process = path / "serve.json"
        self._keys = path / "keys.json"
        self._whole = path / "set-up"

    @property
    def is_whole(self) -> bool:
        """Whether the cast is in it; a set-up that was broken off is begun anew."""
        return self._whole.is_file()

    def mark_whole(self) -> None:
        """From now on it is kept."""
        self._whole.touch()

    def prepare(self, *, fresh: bool) -> Keys:
        """Make it, anew where that is wanted or needed, and find its keys."""
        self._end_left_over()
        if fresh or not self.is_whole:
            shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._keys.is_file():
            made = {"secret": secrets.token_hex(16), "token": secrets.token_hex(32), "key": secrets.token_hex(16)}
            with open(os.open(self._keys, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                json.dump(made, file)
        if not self.clock.is_file():
            self.clock.write_text("0")
        return Keys(**json.loads(self._keys.read_text()))

    def _end_left_over(self) -> None:
        """End the product of a demo that was killed: two on one database would send everything by two ways."""
        try:
            left = json.loads(self.process.read_text())
            # Its number may be another program's by now; its port still answering says that it is not.
            requests.get(f"http://127.0.0.1:{left['port']}/healthz", timeout=2).raise_for_status()
            os.kill(left["pid"], signal.SIGTERM)
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                os.kill(left["pid"], 0)
                time.sleep(0.05)
        except (OSError, ValueError, KeyError, requests.RequestException):
            return

    @contextmanager
    def hold(self) -> Iterator[None]:
        """No second demo in the same folder meanwhile. Raises ClickException."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # the real database may come to lie there too
        with self.path.with_suffix(".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise click.ClickException(
                    f"A demo is running in {self.path} already: look at its terminal, or end it there with Ctrl-C."
                ) from None
            yield


class Service:
    """`fasttrack serve` in a process of its own."""

    def __init__(self, folder: Folder, keys: Keys, *, port: int, address: str) -> None:
        self._folder = folder
        self._keys = keys
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{port}"
        self.environment = _make_environment(folder, keys, port=port, address=address)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Started, and ended afterwards in good order."""
        with self._folder.log.open("a") as output:
            # In a group of its own, so that Ctrl-C ends it after, and not beside, the demo.
            self._process = subprocess.Popen(
                [own_command(), "serve"], env=self.environment, stdout=output, stderr=output, process_group=0
            )
        self._folder.process.write_text(json.dumps({"pid": self._process.pid, "port": self._port}))
        try:
            self._wait_until_ready()
            yield
        finally:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._folder.process.unlink(missing_ok=True)

    def check_alive(self) -> None:
        """Raises ClickException where it has ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            raise click.ClickException(f"The product has ended; {self._folder.log} says why:\n{self._read_log()}")

    def invite(self, organisation: str) -> str:
        """A code that binds a group."""
        database = Database(self.environment["DATABASE_URL"])
        try:
            with database.begin() as session:
                return groups.add_invite(session, organisation=organisation, secret_key=self._keys.key, now=clock.now())
        finally:
            database.close()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command of ours, on the demo's data."""
        return subprocess.run(
            [own_command(), *words], env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.check_alive()
            try:
                if requests.get(f"{self.url}/readyz", timeout=1).ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.05)
        raise click.ClickException(f"The product did not start; {self._folder.log} says why:\n{self._read_log()}")

    def _read_log(self) -> str:
        return self._folder.log.read_text(errors="replace")[-2000:]


def own_command() -> str:
    """`fasttrack` as it is installed beside this Python."""
    return str(Path(sys.executable).with_name("fasttrack"))


def find_free_port() -> int:
    """One of this machine's own that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find_network_address() -> str | None:
    """This machine's number in its own network, if it is in one; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: the route is looked up, no more
        except OSError:
            return None
        found: str = probe.getsockname()[0]
        return found


def _make_environment(folder: Folder, keys: Keys, *, port: int, address: str) -> Mapping[str, str]:
    return os.environ | {
        "LINE_CHANNEL_SECRET": keys.secret,
        "LINE_CHANNEL_ACCESS_TOKEN": keys.token,
        "LINE_API_BASE_URL": address,
        "LINE_DATA_API_BASE_URL": address,
        "DATABASE_URL": f"sqlite:///{folder.path}/fasttrack.db",
        "MEDIA_URL": f"file://{folder.path}/media",
        "PUBLIC_BASE_URL": address,
        "SECRET_KEY": keys.key,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        # The clock can be turned from the browser.
        "CLOCK_OFFSET_FILE": str(folder.clock),
        "ALLOW_CLOCK_OFFSET": "1",
        "ALLOW_PLAIN_PICTURES": "1",
        # One person plays many parts in a demonstration, and tells more in a day than anyone else.
        "REPORTS_PER_DAY": "1000",
        # As in service: its stories begin in office hours, and what is told at night can be watched to wait.
        "QUIET_NIGHT_CARDS": "1",
        # Who tries the demo has no telephone that was set up for it.
        "STAFF_TOTP": "optional",
        # Whatever stands in the environment or in .env of somebody who also runs the real service:
        "LINE_CHANNEL_SECRET_NEXT": "",
        "SMTP_URL": "",
        "OIDC_ISSUER": "",
        "TRUSTED_PROXIES": "0",
        "SERVE_DELIVERS": "1",
        "LOG_LEVEL": "INFO",
    }
