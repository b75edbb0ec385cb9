"""The listening socket: opens on a port, can refuse connections for a while, and opens there again."""

import asyncio

from aiohttp import web


class Listener:
    """One aiohttp application on one address."""

    def __init__(self, application: web.Application, host: str, port: int) -> None:
        # A hanging answer must not hold up the end of a test.
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        self._host = host
        self._site: web.TCPSite | None = None
        self.port = port

    async def open(self) -> None:
        """Listen; with port 0 the machine picks one, which is kept from then on."""
        if self._runner.server is None:
            await self._runner.setup()
        if self._site is not None:
            return
        self._site = web.TCPSite(self._runner, self._host, self.port, reuse_address=True, backlog=512)
        await self._site.start()
        if self.port == 0:
            self.port = int(self._runner.addresses[0][1])

    async def refuse(self) -> None:
        """Stop listening and break every connection there is."""
        if self._site is None:
            return
        await self._site.stop()
        self._site = None
        server = self._runner.server
        for connection in server.connections if server is not None else ():
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0)

    async def close(self) -> None:
        await self._runner.cleanup()
