"""Passes on what is neither LINE's nor the simulator's to the bot's own web server, so that all has one address."""

from collections.abc import Mapping

import aiohttp
from aiohttp import web

PATIENCE = aiohttp.ClientTimeout(total=60, sock_connect=5)
_A_PIECE = 64 * 1024
# These belong to one connection, not to what is carried over it.
_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
}


class Forward:
    """One target; belongs to one event loop."""

    def __init__(self, target: str) -> None:
        self._target = target.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The target's own answer, as it comes."""
        session = self._open_session()
        begun: web.StreamResponse | None = None
        try:
            async with session.request(
                request.method,
                self._target + request.raw_path,
                headers=_carry(request.headers),
                data=request.content if request.body_exists else None,
                allow_redirects=False,
                timeout=PATIENCE,
            ) as answer:
                begun = web.StreamResponse(status=answer.status, reason=answer.reason, headers=_carry(answer.headers))
                await begun.prepare(request)
                async for piece in answer.content.iter_chunked(_A_PIECE):
                    await begun.write(piece)
                await begun.write_eof()
                return begun
        except (aiohttp.ClientError, TimeoutError) as problem:
            if begun is not None:  # half an answer must not look like a whole one
                if request.transport is not None:
                    request.transport.abort()
                return begun
            raise web.HTTPBadGateway(text=f"the service behind the simulator does not answer: {problem}") from problem

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _carry(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """A list, since some headers (cookies) come more than once."""
    named = {each.strip().lower() for each in headers.get("Connection", "").split(",")}
    return [(name, value) for name, value in headers.items() if name.lower() not in _HOP | named]
