"""Photos of an office at the door: only with a link that lets them, never too many or too much at once."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

import clock
from handlers import front_door
from storage.links import OfficeLink, sign_office
from tests.chat import KEY
from tests.handlers.door import Door
from tests.handlers.test_front_door import Street

LARGE = front_door.LARGEST_BODY + 1


@pytest.fixture
def street(quick_door: Door) -> Iterator[Street]:
    opened = Street(quick_door)
    yield opened
    opened.empties()


def _head(token: str, length: int, method: str = "POST") -> str:
    return f"{method} /office/{token} HTTP/1.1\nHost: here\nContent-Length: {length}\n\n"


def _token(days: int = 1) -> str:
    return sign_office(KEY, OfficeLink(1, "resolve", 1, clock.now() + timedelta(days=days)))


@pytest.mark.parametrize("token", ["x", _token()[:-1] + "!", ""], ids=["nonsense", "forged", "none"])
def test_without_a_link_a_large_body_is_not_read(street: Street, token: str) -> None:
    assert street.knock(_head(token, LARGE)).hears() == 413


def test_a_link_that_has_ended_lets_nothing_large_in(street: Street) -> None:
    assert street.knock(_head(_token(-1), LARGE)).hears() == 413


def test_too_much_is_refused_before_it_is_sent(street: Street) -> None:
    assert street.knock(_head(_token(), front_door.LARGEST_UPLOAD + 1)).hears() == 413


def test_photos_that_come_slowly_keep_nobody_else_out(street: Street) -> None:
    for _ in range(front_door.UPLOADS):
        street.knock(_head(_token(), LARGE)).sends(b"some")
    assert street.knock(_head(_token(), LARGE)).hears() == 503
    assert street.knock("GET /healthz HTTP/1.1\nHost: here\n\n").hears() == 200
    small = street.knock(_head(_token(), 4))
    small.sends(b"form")
    assert small.hears() == 404, "no form of ours"


def test_photos_that_do_not_come_are_given_up(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_door, "UPLOAD_SECONDS", 0.2)
    with contextlib.suppress(ConnectionError):
        assert street.knock(_head(_token(), LARGE)).hears() == 408
