"""Pages through the real web server: paths, headers and long answers arrive as they were meant."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask, Response, jsonify, request

from config import Settings
from handlers import front_door
from handlers.front_door import FrontDoor
from handlers.webhook import Webhook
from tests.handlers.door import Door
from tests.listening import Listening

PIECE = b"x" * 200_000


@pytest.fixture
def pages() -> Flask:
    app = Flask("pages")
    closed: list[str] = []
    app.config["closed"] = closed

    @app.route("/echo/<path:path>", methods=["GET", "POST", "PUT"])
    def echo(path: str) -> Response:
        answer = jsonify(
            path=path,
            query=request.args.to_dict(flat=False),
            form=request.form.to_dict(),
            agent=request.headers.get("X-Agent"),
            cookies=request.cookies,
            host=request.host,
            secure=request.is_secure,
            address=request.remote_addr,
        )
        answer.set_cookie("a", "1")
        answer.set_cookie("b", "2")
        return answer

    @app.get("/long/<int:pieces>")
    def show_long(pieces: int) -> Response:
        answer = Response((PIECE for _ in range(pieces)), mimetype="application/octet-stream")
        answer.call_on_close(lambda: closed.append("long"))
        return answer

    @app.get("/broken")
    def break_down() -> Response:
        raise RuntimeError("a page breaks")

    return app


@pytest.fixture
def url(pages: Flask, quick_door: Door) -> Iterator[str]:
    webhook = Webhook(quick_door.parts.dispatcher, Settings(_env_file=None))  # type: ignore[call-arg]
    listening = Listening(FrontDoor(webhook, pages, threads=1))
    yield listening.url
    listening.stop()


def test_a_page_gets_what_the_browser_sent(url: str) -> None:
    answer = requests.post(
        f"{url}/echo/เรื่อง/a%2Fb%3Fc?q=ไฟ&q=2",
        data={"words": "ไฟดับ"},
        headers={"X-Agent": "somebody", "Cookie": "one=1; two=2", "X_Agent": "forged"},
        timeout=30,
    )

    assert answer.json() == {
        "path": "เรื่อง/a/b?c",
        "query": {"q": ["ไฟ", "2"]},
        "form": {"words": "ไฟดับ"},
        "agent": "somebody",
        "cookies": {"one": "1", "two": "2"},
        "host": url.removeprefix("http://"),
        "secure": False,
        "address": "127.0.0.1",
    }
    assert answer.cookies.get_dict() == {"a": "1", "b": "2"}


def test_a_long_answer_comes_whole_and_is_closed(url: str, pages: Flask) -> None:
    assert requests.get(f"{url}/long/30", timeout=30).content == PIECE * 30
    assert pages.config["closed"] == ["long"]


def test_who_stops_reading_ends_the_page(url: str, pages: Flask) -> None:
    with requests.get(f"{url}/long/5000", timeout=30, stream=True) as answer:
        assert next(answer.iter_content(1000))
    for _ in range(200):
        if pages.config["closed"]:
            break
        assert requests.get(f"{url}/echo/x", timeout=30).ok

    assert pages.config["closed"] == ["long"]


def test_a_head_is_an_answer_without_its_body(url: str) -> None:
    answer = requests.head(f"{url}/long/3", timeout=30)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_page_that_breaks_breaks_alone(url: str) -> None:
    assert requests.get(f"{url}/broken", timeout=30).status_code == 500
    assert requests.get(f"{url}/echo/x", timeout=30).status_code == 200


def test_who_takes_nothing_costs_little_and_is_given_up(
    url: str, pages: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_door, "LONG_ANSWERS", 2)
    monkeypatch.setattr(front_door, "TAKEN_SECONDS", 0.3)
    to = urlsplit(url)
    idle = [socket.create_connection((to.hostname, to.port)) for _ in range(2)]
    for each in idle:
        each.sendall(b"GET /long/5000 HTTP/1.1\r\nHost: here\r\n\r\n")
        assert each.recv(12) == b"HTTP/1.1 200"

    assert requests.get(f"{url}/long/3", timeout=30).status_code == 503
    assert requests.get(f"{url}/echo/x", timeout=30).status_code == 200, "short pages go on"
    until = time.monotonic() + 30
    while len(pages.config["closed"]) < 3 and time.monotonic() < until:  # the two, and the one refused
        time.sleep(0.05)
    assert len(pages.config["closed"]) == 3
    assert requests.get(f"{url}/long/3", timeout=30).content == PIECE * 3
    for each in idle:
        each.close()
