"""The wire to LINE: any well-formed answer is understood, a bad one is doubt, and every call ends in time."""

import re
import socket
from collections.abc import Callable, Iterator
from threading import Thread
from time import sleep

import pytest

from bot.line_wire import BrokenOff, LineWire, NeverReached, WireAnswer

Play = Callable[[bytes, float], LineWire]
OK = b"HTTP/1.1 200 OK\r\nX-Line-Request-Id: r1\r\nContent-Length: 2\r\n\r\n{}"


def open_wire(port: int, scheme: str = "http", call_seconds: float = 0.6) -> LineWire:
    """A wire to a server on this machine."""
    return LineWire(
        f"{scheme}://127.0.0.1:{port}/base/",
        {"Authorization": "Bearer token"},
        pool_size=2,
        connect_seconds=0.3,
        call_seconds=call_seconds,
    )


class Server:
    """Answers each request on each connection with the same bytes, and remembers what it was sent."""

    def __init__(self, answer: bytes, *, pause: float = 0.0, piece: int = 0, close: bool = False) -> None:
        self.asked: list[bytes] = []
        self.connections = 0
        self._answer, self._pause, self._piece, self._close = answer, pause, piece, close
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            try:
                while asked := _receive_whole(connection):
                    self.asked.append(asked)
                    piece = self._piece or len(self._answer) or 1
                    for start in range(0, len(self._answer), piece):
                        connection.sendall(self._answer[start : start + piece])
                        sleep(self._pause)
                    if self._close:
                        return
            except OSError:
                return


def _receive_whole(connection: socket.socket) -> bytes:
    got = b""
    while piece := connection.recv(65536):
        got += piece
        head, found, body = got.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if not found or not length or len(body) >= int(length[1]):
            break
    return got


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts servers and ends them."""
    begun: list[Server] = []

    def start(answer: bytes, **manners: object) -> Server:
        begun.append(Server(answer, **manners))  # type: ignore[arg-type]
        return begun[-1]

    yield start
    for server in begun:
        server.end()


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (OK, 200, b"{}"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, 200, b"{}"),
        (b"HTTP/1.1 500 \r\ncontent-length:0\r\n\r\n", 500, b""),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
            200,
            b"abc0123456789",
        ),
    ],
)
@pytest.mark.parametrize("piece", [0, 7])
def test_answers_are_read_whole_and_the_connection_is_kept(
    serve: Callable[..., Server], answer: bytes, status: int, body: bytes, piece: int
) -> None:
    server = serve(answer, piece=piece)
    wire = open_wire(server.port)
    for _ in range(3):
        found = wire.post("/path", b"{}")
        assert (found.status, found.body) == (status, body)
    assert server.connections == 1
    wire.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n\r\n{}",
    ],
)
def test_answers_that_end_the_connection_are_read_too(serve: Callable[..., Server], answer: bytes) -> None:
    server = serve(answer, close=True)
    wire = open_wire(server.port)
    for _ in range(2):
        assert wire.post("/path", b"{}") == WireAnswer(200, b"{}", None)
    assert server.connections == 2


def test_what_is_sent_is_complete(serve: Callable[..., Server]) -> None:
    server = serve(OK)
    wire = open_wire(server.port)
    assert wire.post("/v2/x", "สวัสดี".encode(), {"X-Line-Retry-Key": "k"}).request_id == "r1"
    wire.close()
    head, _, body = server.asked[0].partition(b"\r\n\r\n")
    first, *fields = head.decode().split("\r\n")
    assert first == "POST /base/v2/x HTTP/1.1"
    assert body.decode() == "สวัสดี"
    assert {
        f"Host: 127.0.0.1:{server.port}",
        "Authorization: Bearer token",
        "Content-Type: application/json",
        "X-Line-Retry-Key: k",
        f"Content-Length: {len(body)}",
    } <= set(fields)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 two OK\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
def test_an_answer_that_cannot_be_read_is_doubt(serve: Callable[..., Server], answer: bytes) -> None:
    server = serve(answer, close=True)
    with pytest.raises(BrokenOff):
        open_wire(server.port).post("/path", b"{}")


def test_a_connection_on_which_more_came_than_was_asked_for_is_not_used_again(serve: Callable[..., Server]) -> None:
    server = serve(OK + b"HTTP/1.1 500 Oh\r\n\r\n")
    wire = open_wire(server.port)
    assert [wire.post("/path", b"{}").status for _ in range(3)] == [200] * 3
    assert server.connections == 3


@pytest.mark.parametrize(("path", "value"), [("/a b", "k"), ("/a\r\nX: y", "k"), ("/ก", "k"), ("/a", "k\r\nX: y")])
def test_nothing_breaks_out_of_its_line(serve: Callable[..., Server], path: str, value: str) -> None:
    server = serve(OK)
    with pytest.raises(BrokenOff):
        open_wire(server.port).post(path, b"{}", {"X-Line-Retry-Key": value})
    assert server.asked == []


def test_an_endless_answer_is_not_read_to_its_end(serve: Callable[..., Server]) -> None:
    server = serve(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 400_000)
    with pytest.raises(BrokenOff):
        open_wire(server.port, call_seconds=20).post("/path", b"{}")


def test_a_kept_connection_that_was_closed_meanwhile_is_replaced(serve: Callable[..., Server]) -> None:
    server = serve(OK, close=True)
    wire = open_wire(server.port)
    assert wire.post("/path", b"{}").status == 200
    sleep(0.1)
    assert wire.post("/path", b"{}").status == 200
    assert server.connections == 2


def test_what_cannot_be_reached_is_told_as_such() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for wire in (
        open_wire(port),
        LineWire("http://x.invalid", {}, pool_size=1, connect_seconds=1, call_seconds=9),
    ):
        with pytest.raises(NeverReached):
            wire.post("/path", b"{}")


def test_a_server_that_cannot_prove_itself_is_told_nothing(serve: Callable[..., Server]) -> None:
    server = serve(b"no TLS here")
    with pytest.raises(NeverReached):
        open_wire(server.port, "https").post("/path", b"secret")
    assert all(b"token" not in asked and b"secret" not in asked for asked in server.asked)


@pytest.mark.parametrize(
    ("url", "token"), [("line.me", "t"), ("ftp://line.me", "t"), ("", "t"), ("https://line.me", "a\nb")]
)
def test_settings_that_cannot_work_are_refused(url: str, token: str) -> None:
    with pytest.raises(ValueError, match="LINE_"):
        LineWire(url, {"Authorization": token}, pool_size=1, connect_seconds=1, call_seconds=9)
