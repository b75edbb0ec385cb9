"""Puts platform, courier, protocol, operations and listener together, ready to start in a loop."""

import asyncio

from aiohttp import web

from simulator.operations.all import Operations
from simulator.protocol.gate import Gate
from simulator.server.control_api import ControlApi
from simulator.server.line_api import LineApi
from simulator.server.listener import Listener
from simulator.state.events import EventRecord
from simulator.state.platform import Platform
from simulator.webhook.courier import Courier

# Above LINE's 2 MB, so that the refusal comes from the protocol and not from the web server.
BODY_MOST = 32 * 1024 * 1024


class Assembly:
    """One running simulator inside one event loop."""

    def __init__(self, platform: Platform, *, host: str, port: int) -> None:
        self.platform = platform
        self.courier = Courier(platform)
        self.operations = Operations(platform, self.courier, lambda: self.listener)
        self._errands: set[asyncio.Task[None]] = set()
        gate = Gate(platform, self.courier, self._deliver_soon)
        self.operations.endpoint_names = tuple(gate.routes.list_names())
        application = web.Application(client_max_size=BODY_MOST)
        ControlApi(self.operations).add_routes(application)
        application.router.add_route("*", "/{path:.*}", LineApi(platform, gate).handle)
        self.listener = Listener(application, host, port)

    async def start(self) -> None:
        await self.listener.open()

    async def stop(self) -> None:
        for errand in self._errands:
            errand.cancel()
        await self.listener.close()
        await self.courier.close()

    def _deliver_soon(self, record: EventRecord) -> None:
        """An event that follows from an API call goes out after its answer, not before."""
        errand = asyncio.get_running_loop().create_task(self.courier.deliver([record]))
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)
