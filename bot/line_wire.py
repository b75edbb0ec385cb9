"""One HTTP call to LINE on a kept connection, and what is known of it when it fails.

Whether a broken call may have been taken decides whether it may be repeated; that is told apart here, by where
the call broke. Connections are the standard library's; what goes over them is `line_http`, for a general client
(the SDK's, urllib3) spends more CPU on a call than the whole transaction that led to it.
"""

import socket
import ssl
from collections import deque
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import NamedTuple

from urllib3.util import parse_url, wait_for_read

from bot.line_http import AnswerReader, write_head


class NeverReached(Exception):
    """No connection was made, so nothing can have been taken."""


class BrokenOff(Exception):
    """The call was made and no whole answer came; what became of it is unknown."""


class WireAnswer(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    request_id: str | None


class LineWire:
    """Speaks JSON with one server. May be used by many threads."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        pool_size: int,
        connect_seconds: float,
        call_seconds: float,
    ) -> None:
        parsed = parse_url(base_url)
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise ValueError(f"LINE_API_BASE_URL is {base_url!r}: it must begin with https:// and name a host")
        if any("\r" in value or "\n" in value for value in headers.values()):
            raise ValueError("LINE_CHANNEL_ACCESS_TOKEN holds a line break: paste it again, on one line")
        self._host, self._port = parsed.host.strip("[]"), parsed.port
        self._prefix = (parsed.path or "").rstrip("/")
        self._secure = ssl.create_default_context() if parsed.scheme == "https" else None
        self._headers = {
            "Host": self._name_host(),
            "User-Agent": "omb-fast-track-bma",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            **headers,
        }
        self._pool_size, self._connect_seconds = pool_size, connect_seconds
        self._answer_seconds = call_seconds - connect_seconds
        self._idle: deque[socket.socket] = deque()

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> WireAnswer:
        """The answer to one POST. Raises NeverReached or BrokenOff."""
        return self._call("POST", path, body, headers)

    def get(self, path: str) -> WireAnswer:
        """The answer to one GET. Raises NeverReached or BrokenOff."""
        return self._call("GET", path, None, None)

    def _call(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str] | None) -> WireAnswer:
        connection = self._take_idle() or self._connect()
        kept = False
        try:
            length = {} if body is None else {"Content-Length": str(len(body))}
            head = write_head(method, self._prefix + path, {**self._headers, **(headers or {}), **length})
            connection.sendall(head + (body or b""))
            answer = AnswerReader(connection.recv).read()
            kept = answer.goes_on
        except (OSError, ValueError) as problem:
            raise BrokenOff(type(problem).__name__) from problem
        finally:
            if kept and len(self._idle) < self._pool_size:
                self._idle.append(connection)
            else:
                connection.close()
        return WireAnswer(answer.status, answer.body, answer.fields.get("x-line-request-id"))

    def close(self) -> None:
        """Close what is not in use."""
        while self._idle:
            self._idle.pop().close()

    def __del__(self) -> None:
        if hasattr(self, "_idle"):
            self.close()

    def _name_host(self) -> str:
        name = f"[{self._host}]" if ":" in self._host else self._host
        return f"{name}:{self._port}" if self._port else name

    def _take_idle(self) -> socket.socket | None:
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return None
            if not wait_for_read(connection, 0):  # what can be read of an idle connection is its end
                return connection
            connection.close()

    def _connect(self) -> socket.socket:
        seconds = self._connect_seconds
        fresh = (
            HTTPSConnection(self._host, self._port, timeout=seconds, context=self._secure)
            if self._secure
            else HTTPConnection(self._host, self._port, timeout=seconds)
        )
        try:
            fresh.connect()
        except (OSError, ValueError) as problem:
            fresh.close()
            raise NeverReached(type(problem).__name__) from problem
        connection: socket.socket = fresh.sock
        connection.settimeout(self._answer_seconds)
        return connection
