"""The simulator's own HTTP door: drives it from another language, and later from the phones in the browser.

For this machine only. JSON is asked for, so that no strange web page can post to it from a browser.
"""

import ipaddress
import json
from typing import Any

from aiohttp import web

from simulator.operations.all import Operations
from simulator.operations.by_name import describe_operations, run_operation
from simulator.outcomes import SimulatorError

PREFIX = "/simulator/api"


class ControlApi:
    """POST {operation} with a JSON object of its arguments."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def add_routes(self, application: web.Application) -> None:
        application.router.add_get(PREFIX, self.describe)
        application.router.add_post(PREFIX + "/{operation}", self.run)

    async def describe(self, request: web.Request) -> web.Response:
        """Who the bot is to be, and what can be asked."""
        _refuse_strangers(request)
        channel = self._operations.platform.channel
        return _answer(
            200,
            {
                "botUserId": channel.bot_user_id,
                "channelId": channel.channel_id,
                "botUrl": channel.bot_url,
                "operations": describe_operations(),
                "endpoints": list(self._operations.endpoint_names),
            },
        )

    async def run(self, request: web.Request) -> web.Response:
        _refuse_strangers(request)
        if request.content_type != "application/json":
            return _answer(415, {"error": "send application/json"})
        try:
            arguments = json.loads(await request.read() or b"{}")
        except ValueError as error:
            return _answer(400, {"error": f"cannot read the JSON: {error}"})
        if not isinstance(arguments, dict):
            return _answer(400, {"error": "send a JSON object of arguments"})
        try:
            result = await run_operation(self._operations, request.match_info["operation"], arguments)
        except SimulatorError as error:
            return _answer(400, {"error": str(error)})
        return _answer(200, {"result": result})


def _refuse_strangers(request: web.Request) -> None:
    try:
        near = ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        near = False
    if not near:
        raise web.HTTPForbidden(text="the simulator is driven from its own machine only")


def _answer(status: int, body: Any) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        content_type="application/json",
    )
