"""Calls the pages, an ordinary WSGI application, for a request that has been read whole (PEP 3333)."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.types import WSGIApplication

from werkzeug.test import run_wsgi_app

WHOLE = 1_000_000  # bytes: answers up to here go out in one piece


class Request:
    """What a request says before its body (ASGI's scope, in words)."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.scheme: str = scope["scheme"]
        self.address: str = scope["client"][0] if scope.get("client") else ""
        self.headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
            if name in self.headers:
                value = f"{self.headers[name]}{'; ' if name == 'cookie' else ','}{value}"
            self.headers[name] = value

    @property
    def length(self) -> int | None:
        """How long the body says it is; None where it comes in pieces. No header means no body."""
        said = self.headers.get("content-length", "")
        if said.isascii() and said.isdigit():
            return int(said)
        return None if "transfer-encoding" in self.headers else 0


@dataclass(slots=True)
class Page:
    """An answer: `whole` where it is at hand, else its pieces one after the other."""

    status: int
    headers: list[tuple[bytes, bytes]]
    whole: bytes | None
    _pieces: Iterator[bytes]
    _body: Iterable[bytes]

    def next_piece(self) -> bytes | None:
        """The next piece; None at the end."""
        return next(self._pieces, None)

    def close(self) -> None:
        """Tell the application that its answer has gone, or never will."""
        close: Any = getattr(self._body, "close", None)
        if close:
            close()


def call_page(pages: WSGIApplication, request: Request, body: bytes) -> Page:
    """The answer of the pages. A long one is left to be fetched in pieces."""
    answer, status, headers = run_wsgi_app(pages, _environ(request, body))
    sent = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    page = Page(int(status[:3]), sent, None, iter(answer), answer)
    length = headers.get("Content-Length", type=int)
    if request.method == "HEAD" or (length is not None and length <= WHOLE):
        try:
            page.whole = b"".join(answer)
        finally:
            page.close()
    return page


def _environ(request: Request, body: bytes) -> dict[str, Any]:
    host, _, port = request.headers.get("host", "").partition(":")
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.encode().decode("latin-1"),
        "QUERY_STRING": request.query.decode("latin-1"),
        "SERVER_NAME": host or "localhost",
        "SERVER_PORT": port or ("443" if request.scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": request.address,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        # A name with an underscore would pass for another's name with a hyphen.
        if name not in ("content-type", "content-length", "transfer-encoding") and "_" not in name:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
