"""`fasttrack demo`: the product and a LINE platform together on this machine, and a journey between them."""

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
from pathlib import Path

import click
import requests

from commands.demo_journey import play
from simulator.running import start_simulator

FOLDER = Path("var/demo")
PATIENCE = 30.0  # seconds until the product must be ready


@click.command()
@click.option("--stay", is_flag=True, help="Keep both running afterwards, until Ctrl-C.")
def demo(stay: bool) -> None:
    """Start the product with a play LINE platform and print a journey as it happens. All is demo data."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # else the product would stay
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    port = _free_port()
    secret, token = secrets.token_hex(16), secrets.token_hex(16)
    with start_simulator(
        bot_url=f"http://127.0.0.1:{port}/line/webhook", channel_secret=secret, access_token=token
    ) as line:
        environment = _environment(port=port, secret=secret, token=token, line_url=line.base_url)
        with _serving(port, environment):
            click.echo(f"product http://127.0.0.1:{port}  LINE {line.base_url}  log {FOLDER / 'serve.log'}")
            play(line, lambda organisation: _invite(organisation, environment))
            if stay:
                click.echo("running; Ctrl-C ends it")
                signal.pause()


def _environment(*, port: int, secret: str, token: str, line_url: str) -> dict[str, str]:
    return os.environ | {
        "LINE_CHANNEL_SECRET": secret,
        "LINE_CHANNEL_ACCESS_TOKEN": token,
        "LINE_API_BASE_URL": line_url,
        "LINE_DATA_API_BASE_URL": line_url,
        "DATABASE_URL": f"sqlite:///{FOLDER}/fasttrack.db",
        "MEDIA_URL": f"file://{FOLDER}/media",
        "PUBLIC_BASE_URL": "https://demo.invalid",
        "SECRET_KEY": secrets.token_hex(16),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        # Whatever stands in the environment or in .env of somebody who also runs the real service:
        "LINE_CHANNEL_SECRET_NEXT": "",
        "SMTP_URL": "",
        "SERVE_DELIVERS": "1",
        "CLOCK_OFFSET_FILE": "",
        "LOG_LEVEL": "INFO",
    }


@contextmanager
def _serving(port: int, environment: Mapping[str, str]) -> Iterator[None]:
    log = FOLDER / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen([_own_command(), "serve"], env=environment, stdout=output, stderr=output)
    try:
        _wait_until_ready(port, process, log)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=1).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.05)
    raise click.ClickException(f"The product did not start; {log} says why:\n{log.read_text()[-2000:]}")


def _invite(organisation: str, environment: Mapping[str, str]) -> str:
    answer = subprocess.run(
        [_own_command(), "invite", "--org", organisation],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return answer.stdout.split()[-1]


def _own_command() -> str:
    return str(Path(sys.executable).with_name("fasttrack"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
