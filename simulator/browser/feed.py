"""The feed of server-sent events: the whole state first, then every change, to every open browser.

Changes are gathered until the platform has finished what it does, and each is told as the whole thing it concerns, so a
browser need not know what led to it. A browser that does not keep up is given a fresh state instead of its arrears.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from simulator.browser.snapshot import Snapshot, View
from simulator.state.changes import Change
from simulator.state.platform import Platform

ARREARS = 400  # changes that may wait for one browser
QUIET = 15.0  # seconds without a change until a comment keeps the line open
PATIENCE = 20.0  # seconds a browser may take to take what it is sent
_DIRECTORS = ("fault", "clock", "webhook", "listening", "director", "quota", "wire")
Key = tuple[str, str]


class Browser:
    """One open browser and what it has still to be told; `behind` once it was too much."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(ARREARS)
        self.behind = True

    def tell(self, told: bytes) -> None:
        if self.behind:
            return
        try:
            self.waiting.put_nowait(told)
        except asyncio.QueueFull:
            self.lose_all()

    def lose_all(self) -> None:
        """Forget what waits: a fresh state will come instead."""
        self.behind = True
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(b"")


class Feed:
    """Listens to the platform while at least one browser is open, and to nothing otherwise."""

    def __init__(self, platform: Platform, snapshot: Snapshot) -> None:
        self._platform = platform
        self._snapshot = snapshot
        self._browsers: set[Browser] = set()
        self._changed: dict[Key, None] = {}
        self._number = 0
        self._unsubscribe = platform.changes.subscribe(self._notice)
        self._closing = False

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/feed."""
        answer = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await answer.prepare(request)
        await answer.write(b"retry: 1000\n\n")
        browser = Browser()
        self._browsers.add(browser)
        try:
            while not self._closing:
                told = self._next_for(browser) or await self._wait(browser)
                async with asyncio.timeout(PATIENCE):
                    await answer.write(told)
        except (ConnectionError, TimeoutError):
            pass  # it is gone, or hangs; EventSource comes back by itself
        finally:
            self._browsers.discard(browser)
        return answer

    def close(self) -> None:
        """End every stream."""
        self._closing = True
        self._unsubscribe()
        for browser in self._browsers:
            browser.lose_all()

    def tell_all_anew(self) -> None:
        """A fresh state for everyone, where a change is too large to be told as one."""
        for browser in self._browsers:
            browser.lose_all()

    def _next_for(self, browser: Browser) -> bytes:
        if not browser.behind or self._closing:
            return b""
        browser.behind = False
        while not browser.waiting.empty():
            browser.waiting.get_nowait()
        return _write("state", self._snapshot.whole(self._number))

    async def _wait(self, browser: Browser) -> bytes:
        try:
            async with asyncio.timeout(QUIET):
                return await browser.waiting.get()
        except TimeoutError:
            return b": still here\n\n"

    def _notice(self, change: Change) -> None:
        if not self._browsers:
            return
        if change.kind == "wire_cleared":
            self.tell_all_anew()
            return
        first = not self._changed
        self._changed.update(dict.fromkeys(self._list_keys(change)))
        if first and self._changed:
            asyncio.get_running_loop().call_soon(self._tell)

    def _list_keys(self, change: Change) -> Iterator[Key]:
        """What is to be looked at again after a change."""
        kind, chat, detail = change.kind, change.chat, change.detail
        if kind in ("user", "rich_menu"):
            yield from (("person", user_id) for user_id in ([chat] if chat else list(self._platform.users)))
        if kind == "rich_menu":
            yield "menus", ""
        if kind in ("line", "line_changed"):
            yield "line", str(detail["message_id"])
        if kind in ("event", "delivery"):
            yield "event", str(detail["event_id"])
            record = self._platform.events.find(str(detail["event_id"]))
            if kind == "delivery" and record is not None and record.message_id:
                yield "line", record.message_id
        if kind == "wire":
            yield "wire", str(detail["request_id"])
        if chat and kind in ("user", "chat", "line", "line_changed", "quick_reply", "loading"):
            yield "chat", chat
        if kind in _DIRECTORS:
            yield "director", ""
        if kind in ("stories", "notes"):
            yield kind, ""

    def _tell(self) -> None:
        changed, self._changed = self._changed, {}
        for kind, key in changed:
            view = self._find_view(kind, key)
            if view is None:
                continue
            self._number += 1
            told = _write("change", {"n": self._number, "kind": kind, "view": view}, self._number)
            for browser in self._browsers:
                browser.tell(told)

    def _find_view(self, kind: str, key: str) -> View | None:
        """The view as it is now; None where the thing has gone meanwhile."""
        platform, snapshot = self._platform, self._snapshot
        found: Any
        if kind == "person":
            return snapshot.person(found) if (found := platform.users.get(key)) else None
        if kind == "chat":
            return snapshot.chat(found) if (found := platform.chats.get(key)) else None
        if kind == "line":
            return snapshot.line(found) if (found := platform.screens.find(key)) else None
        if kind == "event":
            return snapshot.event(found) if (found := platform.events.find(key)) else None
        if kind == "wire":
            found = next((entry for entry in reversed(platform.wire.entries) if entry.request_id == key), None)
            return snapshot.wire(found) if found else None
        if kind == "notes":
            return {"notes": platform.notes}
        if kind == "menus":
            return snapshot.menus()
        return snapshot.director() if kind == "director" else snapshot.stories()


def _write(event: str, value: Any, number: int | None = None) -> bytes:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    head = f"event: {event}\n" + (f"id: {number}\n" if number is not None else "")
    return head.encode() + b"data: " + data + b"\n\n"
