"""The application the web server calls: reads each request whole, then gives it to a thread.

A body is awaited, never waited for by a thread, and only for a few seconds: whoever sends one byte at a time holds
nothing that others need. Webhooks and pages have threads of their own, so that a slow page delays no report.
The interface is ASGI; pages are an ordinary WSGI application behind it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from wsgiref.types import WSGIApplication

import structlog

from handlers import webhook as line
from handlers.pages_call import Page, Request, call_page
from handlers.webhook import Webhook
from handlers.webhook_line import WebhookLine

log = structlog.get_logger()
LARGEST_BODY = 2_000_000
BODY_SECONDS = 5.0
# Photos from a phone, on its own slow line, by whoever holds a link that lets them.
LARGEST_UPLOAD = 40_000_000
UPLOAD_SECONDS = 120.0
UPLOADS = 2  # at once
SMALL_BODY = 65_536  # bytes: LINE's webhooks are smaller; these are always let in
LARGE_BODIES = 64_000_000  # bytes of larger ones in memory at once
PAGE_THREADS = 4
LONG_ANSWERS = 32  # at once; each may have some two megabytes on its way
PIECE = 65_536  # bytes: what is handed over at a time lies in memory until the client has taken it
TAKEN_SECONDS = 30.0  # a client that takes nothing for so long is hung up on
REFUSAL = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
Message = dict[str, Any]
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Gone(Exception):
    """Whoever asked has hung up."""


class Refused(Exception):
    """A request that is answered before anything is done: status, and why in plain words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class FrontDoor:
    """The application of one process: its webhook, and its pages."""

    def __init__(
        self,
        webhook: Webhook,
        pages: WSGIApplication,
        *,
        threads: int,
        may_upload: Callable[[Request], bool] = lambda _request: False,
    ) -> None:
        self._webhook = webhook
        self._pages = pages
        self._webhook_line = WebhookLine(webhook, threads)
        self._page_threads = ThreadPoolExecutor(PAGE_THREADS, thread_name_prefix="page")
        self._may_upload = may_upload
        self._uploads = 0
        self._large = 0
        self._long_answers = 0

    def close(self) -> None:
        """Let the threads finish what they hold."""
        self._webhook_line.close()
        self._page_threads.shutdown()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI)."""
        request = Request(scope)
        try:
            if request.path == line.PATH:
                await self._take_webhook(request, receive, send)
            else:
                await self._show_page(request, receive, send)
        except Refused as refused:
            await _answer(send, refused.status, REFUSAL, f"{refused}\n".encode())
        except Gone:  # or it sent what is no HTTP; if somebody still listens, they hear that it was them
            log.info("left in the middle of a body")
            await _answer(send, 400, REFUSAL, b"the body broke off\n")

    async def _take_webhook(self, request: Request, receive: Receive, send: Send) -> None:
        if request.method != "POST":
            raise Refused(405, "LINE posts its webhooks here; nothing else is answered")
        signature = request.headers.get("x-line-signature", "")
        if not self._webhook.could_be_signed(signature):
            log.warning("webhook refused: no signature of LINE's form")
            raise Refused(403, "not signed by LINE")
        body = await self._read(request, receive)
        since = time.monotonic()  # the wait for a thread counts too
        status = await self._webhook_line.take(body, signature, since)
        await _answer(send, status, [], b"")

    async def _show_page(self, request: Request, receive: Receive, send: Send) -> None:
        if self._may_upload(request):
            body = await self._read_upload(request, receive)
        else:
            body = await self._read(request, receive)
        loop = asyncio.get_running_loop()
        page: Page = await loop.run_in_executor(self._page_threads, call_page, self._pages, request, body)
        if page.whole is not None:
            await _answer(send, page.status, page.headers, page.whole)
            return
        try:
            if self._long_answers >= LONG_ANSWERS:
                raise Refused(503, "too many long answers at once; ask again in some seconds")
            self._long_answers += 1
            try:
                await self._send_pieces(page, receive, send)
            finally:
                self._long_answers -= 1
        finally:
            await loop.run_in_executor(self._page_threads, page.close)

    async def _send_pieces(self, page: Page, receive: Receive, send: Send) -> None:
        """Between two pieces no thread is held: a phone on a slow line may take minutes for a film."""
        loop = asyncio.get_running_loop()
        await send({"type": "http.response.start", "status": page.status, "headers": page.headers})
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        try:
            while (piece := await loop.run_in_executor(self._page_threads, page.next_piece)) is not None:
                for start in range(0, len(piece), PIECE):
                    if gone.done():
                        return
                    part = {"type": "http.response.body", "body": piece[start : start + PIECE], "more_body": True}
                    async with asyncio.timeout(TAKEN_SECONDS):
                        await send(part)
            await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            log.info("a long answer was not taken")
            raise
        finally:
            gone.cancel()

    async def _read_upload(self, request: Request, receive: Receive) -> bytes:
        """A form with photos; a small one is let in like any other body."""
        if request.length is not None and request.length <= SMALL_BODY:
            return await self._read(request, receive)
        if request.length is not None and request.length > LARGEST_UPLOAD:
            raise Refused(413, f"photos may have {LARGEST_UPLOAD} bytes at most, all together")
        if self._uploads >= UPLOADS:
            raise Refused(503, "others are sending photos; send yours again in some seconds")
        self._uploads += 1
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                return await _gather(receive, LARGEST_UPLOAD)
        except TimeoutError:
            raise Refused(408, f"the photos did not come within {UPLOAD_SECONDS:g} seconds") from None
        finally:
            self._uploads -= 1

    async def _read(self, request: Request, receive: Receive) -> bytes:
        """The body; refused where it is too large, too many large ones are in hand, or it does not come."""
        length = request.length
        if length == 0:
            return b""
        if length is not None and length > LARGEST_BODY:
            raise Refused(413, f"a body may have {LARGEST_BODY} bytes at most")
        with self._room_for(LARGEST_BODY if length is None else length):
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    return await _gather(receive)
            except TimeoutError:
                raise Refused(408, f"the body did not come within {BODY_SECONDS:g} seconds") from None

    @contextmanager
    def _room_for(self, size: int) -> Iterator[None]:
        taken = 0 if size <= SMALL_BODY else size
        if self._large + taken > LARGE_BODIES:
            raise Refused(503, "too many large bodies at once; send it again in some seconds")
        self._large += taken
        try:
            yield
        finally:
            self._large -= taken


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _gather(receive: Receive, largest: int = LARGEST_BODY) -> bytes:
    pieces: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > largest:
            raise Refused(413, f"a body may have {largest} bytes at most")
        more = message.get("more_body", False)
    return b"".join(pieces)


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
