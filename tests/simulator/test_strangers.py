"""Who may drive the simulator: nobody's web page but its own, under no name that somebody else could own."""

from pathlib import Path

import pytest
import requests

from simulator.browser.door import Browsing
from simulator.running import RunningSimulator, start_simulator
from simulator.server.guard import Guard
from tests.simulator.bot import SECRET, TOKEN

PATHS = ("", "state.json", "feed", "places.json", "api", "assets/main.js")


@pytest.mark.parametrize("path", PATHS)
def test_a_name_that_points_here_is_refused(sim: RunningSimulator, path: str) -> None:
    answer = requests.get(f"{sim.base_url}/simulator/{path}", headers={"Host": "evil.example:80"}, timeout=5)
    assert answer.status_code == 403
    assert "localhost" in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_another_page_is_refused(sim: RunningSimulator, origin: str) -> None:
    nid = sim.add_user("Nid")
    api = f"{sim.base_url}/simulator/api/say"
    asked = requests.post(api, json={"chat": nid, "text": "hacked"}, headers={"Origin": origin}, timeout=5)
    files = {"files": ("a.jpg", b"x", "image/jpeg")}
    fields = {"chat": nid, "kind": "file"}
    uploads = f"{sim.base_url}/simulator/uploads"
    sent = requests.post(uploads, data=fields, files=files, headers={"Origin": origin}, timeout=5)
    assert (asked.status_code, sent.status_code) == (403, 403)
    assert sim.conversation(nid) == []


def test_a_form_of_another_page_without_an_origin_is_refused(sim: RunningSimulator) -> None:
    strange = {"Sec-Fetch-Site": "cross-site", "Content-Type": "application/json"}
    answer = requests.post(f"{sim.base_url}/simulator/api/add_user", data="{}", headers=strange, timeout=5)
    assert answer.status_code == 403


def test_its_own_page_whose_address_is_a_secret_is_let_in_without_an_origin(sim: RunningSimulator) -> None:
    def post(site: str) -> int:
        hidden = {"Origin": "null", "Sec-Fetch-Site": site}
        return requests.post(f"{sim.base_url}/simulator/api/add_user", json={}, headers=hidden, timeout=5).status_code

    assert (post("same-origin"), post("cross-site")) == (200, 403)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_its_own_names_are_taken(sim: RunningSimulator, host: str) -> None:
    own = {"Host": f"{host}:{sim.port}", "Origin": f"http://{host}:{sim.port}", "Sec-Fetch-Site": "same-origin"}
    answer = requests.post(f"{sim.base_url}/simulator/api/add_user", json={}, headers=own, timeout=5)
    assert answer.status_code == 200, answer.text


def test_only_where_told_a_network_may_come() -> None:
    class Far:
        remote = "192.168.1.7"
        host = "192.168.1.2:8000"
        method = "GET"
        headers: dict[str, str] = {}  # noqa: RUF012

    class FromAnywhere(Far):
        remote = "8.8.8.8"

    Guard(open_to_network=True).refuse_strangers(Far)  # type: ignore[arg-type]
    for guard, who in ((Guard(open_to_network=False), Far), (Guard(open_to_network=True), FromAnywhere)):
        with pytest.raises(Exception, match="Forbidden"):
            guard.refuse_strangers(who)  # type: ignore[arg-type]


def test_files_come_from_their_folders_alone(sim: RunningSimulator) -> None:
    for path in ("assets/..%2fpages.py", "assets/%2e%2e/%2e%2e/running.py", "vendor/..%2f..%2f..%2fpyproject.toml"):
        assert requests.get(f"{sim.base_url}/simulator/{path}", timeout=5).status_code == 404


def test_pages_carry_a_strict_policy(sim: RunningSimulator) -> None:
    answer = requests.get(f"{sim.base_url}/simulator/", timeout=5)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_without_the_parts_that_set_up_brings_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.browser.pages.VENDOR", tmp_path)
    with start_simulator(channel_secret=SECRET, access_token=TOKEN) as sim:
        answer = requests.get(f"{sim.base_url}/simulator/", timeout=5)
    answer.encoding = "utf-8"
    assert answer.status_code == 503
    assert answer.text.count("make setup") == 2 and "ยังขาด" in answer.text


def test_places_are_as_they_were_given() -> None:
    places = {"centre": [13.75, 100.53], "places": [{"th": "ที่หนึ่ง"}]}
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, browsing=Browsing(places=places)) as sim:
        assert requests.get(f"{sim.base_url}/simulator/places.json", timeout=5).json() == places
