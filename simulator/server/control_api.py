"""The simulator's own HTTP door: drives it from another language, and from the phones in the browser.

The guard keeps strangers out. JSON is asked for, so that no strange web page can post to it from a browser.
"""

import json
from typing import Any

from aiohttp import web

from simulator.operations.all import Operations
from simulator.operations.by_name import describe_operations, run_operation
from simulator.outcomes import SimulatorError
from simulator.server.guard import Guard, is_near

PREFIX = "/simulator/api"
# What makes the simulator call other addresses, or changes its keys: for its own machine only.
NEAR_ONLY = {
    "set_bot_url",
    "send_raw",
    "rotate_secret",
    "set_access_token",
    "revoke_access_token",
    "refuse_connections",
}


class ControlApi:
    """POST {operation} with a JSON object of its arguments."""

    def __init__(self, operations: Operations, guard: Guard) -> None:
        self._operations = operations
        self._guard = guard

    def add_routes(self, application: web.Application) -> None:
        application.router.add_get(PREFIX, self.describe)
        application.router.add_post(PREFIX + "/{operation}", self.run)

    async def describe(self, request: web.Request) -> web.Response:
        """Who the bot is to be, and what can be asked."""
        self._guard.refuse_strangers(request)
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
        self._guard.refuse_strangers(request)
        operation = request.match_info["operation"]
        if operation in NEAR_ONLY and not is_near(request):
            raise web.HTTPForbidden(text=f"{operation} is for the simulator's own machine only")
        if request.content_type != "application/json":
            return _answer(415, {"error": "send application/json"})
        try:
            arguments = json.loads(await request.read() or b"{}")
        except ValueError as error:
            return _answer(400, {"error": f"cannot read the JSON: {error}"})
        if not isinstance(arguments, dict):
            return _answer(400, {"error": "send a JSON object of arguments"})
        try:
            result = await run_operation(self._operations, operation, arguments)
        except SimulatorError as error:
            return _answer(400, {"error": str(error)})
        return _answer(200, {"result": result})


def _answer(status: int, body: Any) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        content_type="application/json",
    )
