"""The door when those who knock are slow, large, gone or many."""

import contextlib
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from handlers import front_door
from tests.handlers.door import Door, body_of, person, say, sign


class Knock:
    """One connection, written to by hand."""

    def __init__(self, url: str, head: str) -> None:
        to = urlsplit(url)
        self._socket = socket.create_connection((to.hostname, to.port), timeout=60)
        self.sends(head.replace("\n", "\r\n").encode())

    def sends(self, piece: bytes) -> None:
        """Some bytes."""
        self._socket.sendall(piece)

    def hears(self) -> int:
        """The status of the answer; waits for it."""
        answer = b""
        while b"\r\n" not in answer:
            piece = self._socket.recv(4096)
            assert piece, "hung up without an answer"
            answer += piece
        return int(answer.split()[1])

    def leaves(self) -> None:
        """Hang up."""
        self._socket.close()


class Street:
    """Everybody who stands before the door."""

    def __init__(self, door: Door) -> None:
        self._url = door.web.url
        self._knocks: list[Knock] = []

    def knock(self, head: str) -> Knock:
        """Somebody new."""
        self._knocks.append(Knock(self._url, head))
        return self._knocks[-1]

    def signed(self, body: bytes, length: str) -> Knock:
        """Somebody with LINE's signature, who has said all but the body."""
        head = f"POST /line/webhook HTTP/1.1\nHost: here\nX-Line-Signature: {sign(body)}\n{length}\n\n"
        return self.knock(head)

    def slow(self, body: bytes) -> Knock:
        """The same, and seven bytes of it."""
        knock = self.signed(body, f"Content-Length: {len(body)}")
        knock.sends(body[:7])
        return knock

    def empties(self) -> None:
        """All go."""
        for knock in self._knocks:
            knock.leaves()


@pytest.fixture
def street(quick_door: Door) -> Iterator[Street]:
    standing = Street(quick_door)
    yield standing
    standing.empties()


def _in_chunks(body: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(body), size):
        piece = body[start : start + size]
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"


# --- slow ---------------------------------------------------------------------------------------------------
def test_who_sends_a_byte_at_a_time_holds_nobody_up(quick_door: Door, street: Street) -> None:
    bodies = [body_of([say("ไฟถนนดับทั้งซอย", person(number))]) for number in range(60)]
    slow = [street.slow(body) for body in bodies]
    for _ in range(60):
        street.knock("POST /line/webhook HTTP/1.1\nHost: here\nX-Half: ")

    assert quick_door.tell(say("ถนนพังหน้าโรงเรียน", person(99))) == 200
    assert quick_door.get("/readyz").status_code == 200

    for knock, body in zip(slow, bodies, strict=True):
        knock.sends(body[7:])
    assert [knock.hears() for knock in slow] == [200] * 60, "they were being waited for all the while"
    assert quick_door.list_states() == ["done"] * 61


def test_a_body_that_does_not_come_is_given_up(
    quick_door: Door, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_door, "BODY_SECONDS", 0.2)
    knock = street.slow(body_of([say("ไฟดับ")]))

    assert knock.hears() == 408
    assert quick_door.list_kept() == []


def test_who_leaves_in_the_middle_leaves_nothing(quick_door: Door, street: Street) -> None:
    for number in range(20):
        street.slow(body_of([say("ไฟดับ", person(number))])).leaves()

    assert quick_door.tell(say("ไฟดับ", person(50))) == 200
    assert len(quick_door.list_kept()) == 1


def test_a_body_that_breaks_off_is_their_fault(quick_door: Door, street: Street) -> None:
    body = body_of([say("ไฟดับ")])
    knock = street.signed(body, "Transfer-Encoding: chunked")
    knock.sends(b"zz\r\nno length\r\n")

    assert knock.hears() == 400
    assert quick_door.list_kept() == []


# --- of unknown length --------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_a_body_in_pieces_is_the_same_body(quick_door: Door, street: Street, size: int) -> None:
    body = body_of([say("ไฟถนนดับทั้งซอย")])
    knock = street.signed(body, "Transfer-Encoding: chunked")
    for piece in _in_chunks(body, size):
        knock.sends(piece)

    assert knock.hears() == 200
    assert quick_door.list_states() == ["done"]


def test_pieces_without_end_are_refused(quick_door: Door, street: Street) -> None:
    body = body_of([say("ก")]).ljust(front_door.LARGEST_BODY + 1)
    knock = street.signed(body, "Transfer-Encoding: chunked")
    with contextlib.suppress(ConnectionError):
        for piece in _in_chunks(body, 64_000):
            knock.sends(piece)
    with contextlib.suppress(ConnectionError):  # refused before it had sent all: the line may be cut
        assert knock.hears() == 413

    assert quick_door.list_kept() == []


# --- large and many -----------------------------------------------------------------------------------------
def test_large_bodies_wait_outside_while_too_many_are_in_hand(
    quick_door: Door, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_door, "LARGE_BODIES", 250_000)
    large = [body_of([say("ไฟดับ", person(number))]).ljust(100_000) for number in range(3)]
    first, _ = (street.slow(body) for body in large[:2])
    third = street.slow(large[2])

    assert third.hears() == 503
    assert quick_door.tell(say("ไฟดับ", person(50))) == 200, "a webhook of LINE's size is always let in"
    first.sends(large[0][7:])
    assert first.hears() == 200
    assert quick_door.post(large[2]) == 200, "there is room again"
