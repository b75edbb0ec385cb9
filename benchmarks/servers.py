"""Starts a server as one would, and reads what it costs: CPU and memory of all its processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

PATIENCE = 30.0


@dataclass(slots=True)
class Server:
    """A running server: its address, how long it took to be ready, and its processes."""

    url: str
    ready_after: float
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """CPU used so far by the server and all its processes."""
        return sum(part.cpu_times().user + part.cpu_times().system for part in self._processes())

    def memory_mb(self) -> float:
        """Memory of all its processes, what they share counted once a share (PSS)."""
        return sum(part.memory_full_info().pss for part in self._processes()) / 1e6

    def _processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


def start_command(name: str, port: int) -> list[str]:
    """The command line of a peer: `echo` or `product`."""
    tools = Path(sys.executable).parent
    if name == "echo":
        listens = ["-b", f"127.0.0.1:{port}", "--control-socket", f"{tempfile.mkdtemp()}/control"]
        return [
            str(tools / "gunicorn"),
            "-k",
            "gthread",
            "-w",
            "2",
            "--threads",
            "8",
            *listens,
            "benchmarks.echo_peer:app",
        ]
    return [str(tools / "fasttrack"), "serve", "--port", str(port)]


@contextmanager
def serving(name: str, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """The server, ready; ended on leaving."""
    began = time.perf_counter()
    process = subprocess.Popen(
        start_command(name, port),
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                if requests.get(f"{url}/readyz", timeout=1).ok:
                    break
            except requests.RequestException:
                pass
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{name} did not become ready: run it by hand to see why")
            time.sleep(0.02)
        yield Server(url, time.perf_counter() - began, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
