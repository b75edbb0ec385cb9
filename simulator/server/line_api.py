"""Puts the LINE API on the wire: turns aiohttp requests into calls and answers into responses.

Where the bot's own web server stands behind the simulator, whatever is not LINE's goes there.
"""

import json

from aiohttp import web

from simulator.browser.forward import Forward
from simulator.protocol.calls import Answer, Call
from simulator.protocol.gate import Dropped, Gate
from simulator.server.guard import Guard
from simulator.state.platform import Platform

_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-xss-protection": "1; mode=block",
    "x-frame-options": "DENY",
    "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
    "Server": "legy",
}
_LINES_OWN = ("/v2/", "/oauth2/")


class LineApi:
    """The handler of every path that is not the simulator's own."""

    def __init__(self, platform: Platform, gate: Gate, guard: Guard, forward: Forward | None) -> None:
        self._platform = platform
        self._gate = gate
        self._guard = guard
        self._forward = forward

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self._forward is not None and not request.path.startswith(_LINES_OWN):
            self._guard.refuse_strangers(request)
            if request.path == "/":
                raise web.HTTPFound("/simulator/")
            return await self._forward.handle(request)
        call = Call(
            method=request.method,
            path=request.path,
            headers=request.headers,
            query=request.query if request.query_string else {},
            body=await request.read() if request.body_exists else b"",
            at=self._platform.clock.now(),
            request_id=self._platform.ids.request_id(),
        )
        try:
            answer = await self._gate.answer(call)
        except Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)  # goes nowhere: the connection is gone
        return _as_response(answer)


def _as_response(answer: Answer) -> web.Response:
    body = answer.body
    if not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    headers = {**_HEADERS, **answer.headers, "Content-Type": answer.content_type}
    return web.Response(status=answer.status, body=body, headers=headers)
