"""The real web server around the real application, in a thread of the test."""

import socket
import threading
import time

from commands.listening import Listener
from handlers.front_door import FrontDoor

PATIENCE = 30


class Listening:
    """Answers at `url` until it is stopped."""

    def __init__(self, app: FrontDoor) -> None:
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._listener = Listener(app, "127.0.0.1", port)
        self._thread = threading.Thread(target=self._listener.run, kwargs={"until_signal": False}, daemon=True)
        self._thread.start()
        _wait_for(port)

    def stop(self) -> None:
        """Stop answering; threads of the application have finished what they held."""
        self._listener.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the web server did not stop"


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the web server did not start"
            time.sleep(0.005)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
