"""The web server: granian, in this process, beside the threads that deliver."""

import asyncio
import resource
import signal
from contextlib import suppress

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from handlers.front_door import FrontDoor

MOST_CONNECTIONS = 4096
GRACE_SECONDS = 8.0  # for what is in hand when it is told to stop; whoever has not taken their answer by then loses it
HEADER_MS = 10_000  # a client that takes longer to send its headers is hung up on


class Listener:
    """Answers at an address until it is told to stop."""

    def __init__(self, app: FrontDoor, address: str, port: int) -> None:
        self._app = app
        self._address = address
        self._port = port
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Server | None = None
        self._serving: asyncio.Task[None] | None = None

    def run(self, *, until_signal: bool) -> None:
        """Answer until `stop`, or until the process is asked to end. Raises RuntimeError where it cannot listen."""
        try:
            asyncio.run(self._serve(until_signal))
        finally:
            self._app.close()

    def stop(self) -> None:
        """Take no more, and finish what is in hand; from any thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._end)

    async def _serve(self, until_signal: bool) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = server = Server(
            self._app,
            address=self._address,
            port=self._port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEADER_MS),
            websockets=False,
            backlog=2048,
            backpressure=MOST_CONNECTIONS,
            log_enabled=False,
        )
        if until_signal:
            for number in (signal.SIGINT, signal.SIGTERM):
                self._loop.add_signal_handler(number, self._end)
        self._serving = self._loop.create_task(server.serve())
        with suppress(asyncio.CancelledError):
            await self._serving

    def _end(self) -> None:
        if self._loop and self._server and self._serving:
            self._server.stop()  # type: ignore[no-untyped-call]
            self._loop.call_later(GRACE_SECONDS, self._serving.cancel)


def allow_connections() -> None:
    """Let the process hold as many connections as it is ready to answer, where the system permits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + 1024
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
