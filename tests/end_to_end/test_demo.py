"""`fasttrack demo` as people start it: it plays, it stays, it is kept, and it leaves nothing behind."""

import re
import signal
import socket
from typing import Any

import psutil
import pytest
import requests

from commands.demo_staff import load_staff
from simulator.running import start_simulator
from tests.end_to_end.program import PATIENCE, Program, Served, find_free_port
from tests.simulator.browser import Browser, ask

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
STAYS = "Ctrl-C ends it"
STORIES = ("ordinary", "disputed", "border", "photos")


def start(program: Program, *words: str) -> tuple[Served, str]:
    """A demo that stays, and its address."""
    demo = program.start("demo", *words)
    demo.wait_until_it_says(STAYS)
    found = re.search(r"Running at (http://127\.0\.0\.1:\d+)/simulator/", demo.read_log())
    assert found, demo.read_log()
    return demo, found[1]


def look(address: str) -> dict[str, Any]:
    told: dict[str, Any] = requests.get(f"{address}/simulator/state.json", timeout=PATIENCE).json()
    return told


def find_picture(told: dict[str, Any], address: str) -> str:
    """The picture on a case card: it is the product's, under the same address."""
    lines = [line for chat in told["chats"] for line in chat["lines"] if line["by"] == "bot"]
    found = re.search(rf"'url': '({re.escape(address)}/media/[^']+)'", repr(lines))
    assert found, "no card has a picture"
    return found[1]


def test_once_it_plays_through_and_ends(program: Program) -> None:
    line = start_simulator(channel_secret="somebody's", access_token="real-service")
    settings = {"SERVE_DELIVERS": "0", "CLOCK_OFFSET_FILE": "clock", "SMTP_URL": "smtp://real.example"}
    try:  # whatever stands in the environment of somebody who also runs the real service
        played = program.as_installed.run("demo", "--once", **settings)
        assert line.wire() == []
    finally:
        line.stop()

    assert played.code == 0, played
    assert "0 that LINE would refuse" in played.out
    assert "FT" in played.out
    assert list(program.folder.iterdir()) == [], "it keeps to a folder of its own, and that is gone"


def test_it_has_one_address_and_ends_whole_with_control_c(program: Program) -> None:
    demo, address = start(program)
    assert address == program.url
    told = look(address)
    assert len(told["people"]) == 9 and len([chat for chat in told["chats"] if chat["kind"] == "group"]) == 4
    assert "สาธิต" in told["account"]["name"] and all("สาธิต" in person["name"] for person in told["people"])
    assert [event for event in told["events"] if event["status"] != 200] == []
    assert requests.get(f"{address}/healthz", timeout=PATIENCE).status_code == 200
    assert requests.get(f"{address}/privacy", timeout=PATIENCE).status_code == 200
    assert f"{address}/console/" in demo.read_log() and "password" in demo.read_log(), "where the desk is, too"
    assert load_staff()[0] not in demo.read_log(), "the password stands beside the phones alone"
    assert "/console/sign-in" in requests.get(f"{address}/console/", timeout=PATIENCE).url
    picture = requests.get(find_picture(told, address), timeout=PATIENCE)
    assert picture.headers["Content-Type"] == "image/jpeg"
    processes = demo.list_processes()
    assert len(processes) >= 2, "the demo, and the product"

    assert demo.stop(signal.SIGINT) == 0, demo.read_log()

    _, alive = psutil.wait_procs(processes, timeout=30)
    assert alive == []


def test_what_was_there_is_there_again_until_it_is_begun_anew(program: Program) -> None:
    demo, address = start(program)
    nid = look(address)["people"][0]["user_id"]
    ask(address, "say", chat=nid, text="น้ำท่วมทางลอด")
    with Browser(address) as browser:
        browser.waits(lambda: browser.texts(nid)[-1] != "น้ำท่วมทางลอด")
    begun = look(address)["director"]["offset"]  # its story is played in office hours
    ask(address, "advance_clock", seconds=3600)
    assert demo.stop(signal.SIGTERM) in (143, -15)

    demo, address = start(program)
    assert look(address)["director"]["offset"] == pytest.approx(begun + 3600)
    with Browser(address) as browser:
        before = browser.texts(nid)
        assert "น้ำท่วมทางลอด" in before
        ask(address, "say", chat=nid, text="ยกเลิก")
        browser.waits(lambda: len(browser.texts(nid)) >= len(before) + 2)
    assert demo.stop(signal.SIGINT) == 0

    _, address = start(program, "--fresh")
    assert "น้ำท่วมทางลอด" not in str(look(address)["chats"])


def test_every_story_plays_again_and_again(program: Program) -> None:
    _, address = start(program)
    ask(address, "say", chat=look(address)["people"][0]["user_id"], text="ไฟดับ")  # somebody was in the middle of it
    for story in STORIES * 2:
        state = ask(address, "play_story", story=story)
        while state["status"] == "ready":
            state = ask(address, "next_step")
        assert (state["status"], state["error"]) == ("done", None), f"{story}, step {state['step']}: {state['error']}"
    assert [record["refused"] for record in look(address)["wire"] if record["refused"]] == []


def test_a_port_that_is_taken_is_said_and_the_next_one_used(program: Program) -> None:
    with socket.create_server(("127.0.0.1", program.port)):
        demo, address = start(program)
        assert address != program.url
        assert f"Port {program.port} is taken by another program" in demo.read_log()
        other = program.run("demo", PORT=str(find_free_port()))
        assert "A demo is running in var/demo already" in other.complaint


def test_what_a_killed_demo_left_running_is_ended_by_the_next(program: Program) -> None:
    demo, _ = start(program)
    left = [process for process in demo.list_processes() if process.pid != demo.process.pid]
    demo.kill()
    assert [process for process in left if process.is_running()]

    start(program)

    _, alive = psutil.wait_procs(left, timeout=30)
    assert alive == []


def test_nothing_of_it_is_in_serve(program: Program) -> None:
    served = program.serve()
    for path in ("/simulator/", "/simulator/feed", "/simulator/api", "/v2/bot/info"):
        assert requests.get(served.url + path, timeout=PATIENCE).status_code == 404
