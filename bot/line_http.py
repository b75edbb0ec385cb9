"""HTTP/1.1 as spoken with one server on one connection: a request out in one piece, its answer in.

The standard library's client takes three times the CPU for it, most of it on headers that nobody asks for.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

LARGEST_HEAD = 65_536
LARGEST_BODY = 1_000_000  # bytes: LINE's answers have some hundred
PIECE = 65_536
NO_BODY = (204, 304)


class Malformed(ValueError):
    """What came is no answer of HTTP/1.1, or is none that we would read to its end."""


class HttpAnswer(NamedTuple):
    """What came back; `goes_on`: whether the connection may be used again. Names of fields are in lower case."""

    status: int
    fields: Mapping[str, str]
    body: bytes
    goes_on: bool


def write_head(method: str, path: str, fields: Mapping[str, str]) -> bytes:
    """The head of a request. Raises ValueError where a part would break out of its line."""
    if not path.isascii() or not path.isprintable() or " " in path:
        raise ValueError(f"no path of a request: {path!r}")
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a field of a request has a line break")
    return "\r\n".join((*lines, "", "")).encode("latin-1")


class AnswerReader:
    """Reads one answer. `receive` gives at most so many bytes as they come, none at the end (`socket.recv`)."""

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        self._receive = receive
        self._held = b""

    def read(self) -> HttpAnswer:
        """The answer, whole. Raises Malformed, and what `receive` raises."""
        while True:
            version, status, fields = self._read_head()
            if status >= 200:  # below, it only says that another comes
                break
        body, ends = self._read_body(status, fields)
        goes_on = not ends and version == "HTTP/1.1" and fields.get("connection", "").lower() != "close"
        return HttpAnswer(status, fields, body, goes_on and not self._held)

    def _read_head(self) -> tuple[str, int, dict[str, str]]:
        first, *lines = self._read_to(b"\r\n\r\n", LARGEST_HEAD).decode("latin-1").split("\r\n")
        version, _, rest = first.partition(" ")
        status = rest[:3]
        if version not in ("HTTP/1.1", "HTTP/1.0") or len(status) < 3 or not (status.isascii() and status.isdigit()):
            raise Malformed("no status line")
        fields: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        return version, int(status), fields

    def _read_body(self, status: int, fields: Mapping[str, str]) -> tuple[bytes, bool]:
        """The body, and whether the end of the connection was its end."""
        if status in NO_BODY:
            return b"", False
        if fields.get("transfer-encoding", "").lower() == "chunked":
            return self._read_chunks(), False
        length = fields.get("content-length")
        if length is None:
            return self._read_all(), True
        if not (length.isascii() and length.isdigit()):
            raise Malformed("no length")
        return self._read_exactly(int(length)), False

    def _read_chunks(self) -> bytes:
        body = b""
        while size := int(self._read_to(b"\r\n", LARGEST_HEAD).partition(b";")[0], 16):
            body += self._read_exactly(size)
            if len(body) > LARGEST_BODY or self._read_to(b"\r\n", LARGEST_HEAD):
                raise Malformed("no chunk")
        while self._read_to(b"\r\n", LARGEST_HEAD):
            pass  # fields behind the body
        return body

    def _read_to(self, mark: bytes, most: int) -> bytes:
        while (end := self._held.find(mark)) < 0:
            if len(self._held) > most:
                raise Malformed("a line without end")
            self._take_more()
        found, self._held = self._held[:end], self._held[end + len(mark) :]
        return found

    def _read_exactly(self, size: int) -> bytes:
        if not 0 <= size <= LARGEST_BODY:
            raise Malformed("too long")
        while len(self._held) < size:
            self._take_more()
        found, self._held = self._held[:size], self._held[size:]
        return found

    def _read_all(self) -> bytes:
        while piece := self._receive(PIECE):
            self._held += piece
            if len(self._held) > LARGEST_BODY:
                raise Malformed("too long")
        found, self._held = self._held, b""
        return found

    def _take_more(self) -> None:
        piece = self._receive(PIECE)
        if not piece:
            raise Malformed("it broke off")
        self._held += piece
