"""Everything under /simulator/ that browsers ask for, put together; strangers are refused at this one place."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from simulator.browser.feed import Feed
from simulator.browser.media import MediaPages
from simulator.browser.pages import Pages
from simulator.browser.snapshot import Snapshot
from simulator.browser.uploads import Uploads
from simulator.operations.all import Operations
from simulator.server.guard import Guard
from simulator.stories.player import Player

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Browsing:
    """What whoever starts the simulator may say about its browser side.

    `forward_to` is the bot's own web server, for what is neither LINE's nor ours; `places` is what the location picker
    offers; `own_address` is how the bot names it all in its links and pictures, which a browser may reach otherwise;
    with `open_to_network` phones of the same network may come, not this machine alone.
    """

    forward_to: str | None = None
    own_address: str = ""
    places: Mapping[str, Any] = field(default_factory=dict)
    open_to_network: bool = False


class BrowserDoor:
    """The routes of one simulator."""

    def __init__(self, operations: Operations, player: Player, browsing: Browsing, guard: Guard) -> None:
        platform = operations.platform
        self._places = browsing.places
        self._guard = guard
        self._pages = Pages()
        self._media = MediaPages(platform)
        self._uploads = Uploads(operations)
        self.snapshot = Snapshot(platform, player, browsing.own_address)
        self.feed = Feed(platform, self.snapshot)

    def add_routes(self, application: web.Application) -> None:
        """All of them, each behind the guard."""
        add = application.router.add_get
        add("/simulator", self._guarded(_go_to_phones))
        add("/simulator/", self._guarded(self._pages.index))
        add("/simulator/assets/{path:.+}", self._guarded(self._pages.asset))
        add("/simulator/vendor/{path:.+}", self._guarded(self._pages.vendor))
        add("/simulator/feed", self._guarded(self.feed.handle))
        add("/simulator/state.json", self._guarded(self._tell_state))
        add("/simulator/places.json", self._guarded(self._tell_places))
        add("/simulator/media/{message_id}", self._guarded(self._media.content))
        add("/simulator/media/{message_id}/preview", self._guarded(self._media.preview))
        add("/simulator/menus/{rich_menu_id}", self._guarded(self._media.menu))
        application.router.add_post("/simulator/uploads", self._guarded(self._uploads.handle))

    async def _tell_state(self, request: web.Request) -> web.StreamResponse:
        return _as_json(self.snapshot.whole(0))

    async def _tell_places(self, request: web.Request) -> web.StreamResponse:
        return _as_json(self._places)

    def _guarded(self, handle: Handle) -> Handle:
        async def guarded(request: web.Request) -> web.StreamResponse:
            self._guard.refuse_strangers(request)
            return await handle(request)

        return guarded


async def _go_to_phones(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/simulator/")


def _as_json(value: Any) -> web.StreamResponse:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-store"})
