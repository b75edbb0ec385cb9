"""Puts platform, courier, protocol, operations, browser pages and listener together, ready to start in a loop."""

import asyncio
from pathlib import Path
from typing import Any

from aiohttp import web

from simulator.browser.door import BrowserDoor, Browsing
from simulator.browser.forward import Forward
from simulator.operations.all import Operations
from simulator.operations.by_name import run_operation
from simulator.protocol.gate import Gate
from simulator.server.control_api import ControlApi
from simulator.server.guard import Guard
from simulator.server.line_api import LineApi
from simulator.server.listener import Listener
from simulator.state.events import EventRecord
from simulator.state.keeping import Keeper
from simulator.state.platform import Platform
from simulator.stories.player import Player
from simulator.webhook.courier import Courier

# Above LINE's 2 MB, so that the refusal comes from the protocol and not from the web server.
BODY_MOST = 32 * 1024 * 1024


class Assembly:
    """One running simulator inside one event loop; with `keep_in` it remembers what was there when it last ran."""

    def __init__(
        self,
        platform: Platform,
        *,
        host: str,
        port: int,
        browsing: Browsing | None = None,
        keep_in: Path | None = None,
    ) -> None:
        browsing = browsing or Browsing()
        self.platform = platform
        self.courier = Courier(platform)
        self.operations = Operations(platform, self.courier, lambda: self.listener)
        self.player = Player(platform, self._run)
        self.operations.find_player = lambda: self.player
        self._keeper = Keeper(platform, keep_in) if keep_in else None
        self._errands: set[asyncio.Task[None]] = set()
        gate = Gate(platform, self.courier, self._deliver_soon)
        self.operations.endpoint_names = tuple(gate.routes.list_names())
        application = web.Application(client_max_size=BODY_MOST)
        guard = Guard(open_to_network=browsing.open_to_network)
        ControlApi(self.operations, guard).add_routes(application)
        self.door = BrowserDoor(self.operations, self.player, browsing, guard)
        self.door.add_routes(application)
        self._forward = Forward(browsing.forward_to) if browsing.forward_to else None
        line_api = LineApi(platform, gate, guard, self._forward)
        application.router.add_route("*", "/{path:.*}", line_api.handle)
        self.listener = Listener(application, host, port)

    async def start(self) -> None:
        if self._keeper is not None:
            self._keeper.start()
        await self.listener.open()

    async def stop(self) -> None:
        await self.player.stop()
        await self.operations.stop_turning()
        self.door.feed.close()
        for errand in self._errands:
            errand.cancel()
        await self.listener.close()
        await self.courier.close()
        if self._forward is not None:
            await self._forward.close()
        if self._keeper is not None:
            self._keeper.stop()

    async def _run(self, operation: str, arguments: dict[str, Any]) -> Any:
        return await run_operation(self.operations, operation, arguments)

    def _deliver_soon(self, record: EventRecord) -> None:
        """An event that follows from an API call goes out after its answer, not before."""
        errand = asyncio.get_running_loop().create_task(self.courier.deliver([record]))
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)
