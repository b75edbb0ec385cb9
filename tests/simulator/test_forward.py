"""One address for all: what is neither LINE's nor the simulator's is the bot's own web server's to answer."""

import threading
from collections.abc import Iterator

import pytest
import requests
from flask import Flask, Response, request
from werkzeug.serving import make_server

from simulator.browser.door import Browsing
from simulator.running import RunningSimulator, start_simulator
from tests.simulator.bot import SECRET, TOKEN, Clients


@pytest.fixture
def site() -> Iterator[str]:
    """A web server that tells what it was asked."""
    app = Flask("site")

    @app.route("/<path:path>", methods=["GET", "POST"])
    def answer(path: str) -> Response:
        told = Response(f"{request.method} /{path} {request.query_string.decode()} {request.get_data().decode()}")
        told.headers.add("Set-Cookie", "one=1")
        told.headers.add("Set-Cookie", "two=2")
        told.headers["X-Host"] = request.host
        told.status_code = 302 if path == "moved" else 200
        return told

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def front(site: str) -> Iterator[RunningSimulator]:
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, browsing=Browsing(forward_to=site)) as running:
        yield running


def test_what_is_asked_and_answered_passes_unchanged(front: RunningSimulator) -> None:
    answer = requests.post(f"{front.base_url}/console/cases?a=1&b=%E0%B8%81", data=b"words", timeout=5)
    assert answer.text == "POST /console/cases a=1&b=%E0%B8%81 words"
    assert answer.headers["X-Host"] == f"127.0.0.1:{front.port}"
    assert dict(answer.cookies) == {"one": "1", "two": "2"}
    moved = requests.get(f"{front.base_url}/moved", allow_redirects=False, timeout=5)
    assert moved.status_code == 302


def test_lines_own_paths_stay_lines(front: RunningSimulator) -> None:
    nid = front.add_user("Nid")
    assert Clients(front.base_url).api.get_profile(nid).user_id == nid
    assert requests.get(f"{front.base_url}/v2/bot/no-such-thing", timeout=5).status_code == 404
    first = requests.get(f"{front.base_url}/", allow_redirects=False, timeout=5)
    assert (first.status_code, first.headers["Location"]) == (302, "/simulator/")


def test_strangers_do_not_get_through(front: RunningSimulator) -> None:
    assert requests.get(f"{front.base_url}/console/", headers={"Host": "evil.example"}, timeout=5).status_code == 403


def test_nobody_behind_is_said(sim: RunningSimulator) -> None:
    with start_simulator(
        channel_secret=SECRET, access_token=TOKEN, browsing=Browsing(forward_to="http://127.0.0.1:9")
    ) as front:
        answer = requests.get(f"{front.base_url}/healthz", timeout=5)
    assert answer.status_code == 502 and "does not answer" in answer.text
