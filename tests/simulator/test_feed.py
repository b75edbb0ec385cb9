"""Every open browser is told everything, in order, and none can hold up the platform."""

import json
import socket
from urllib.parse import urlsplit

import requests
from linebot.v3.messaging import PushMessageRequest, TextMessage

from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot
from tests.simulator.browser import Browser


def push(line: Clients, to: str, words: str) -> None:
    line.api.push_message(PushMessageRequest(to=to, messages=[TextMessage(text=words)]))


def test_the_whole_state_comes_first_and_changes_in_order(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid", about={"th": "ผู้แจ้ง", "en": "Citizen"}, part="citizen")
    sim.say(nid, "before")
    with Browser(sim.base_url) as browser:
        assert browser.texts(nid) == ["before"]
        assert browser.shown["people"][nid]["about"]["en"] == "Citizen"
        for number in range(20):
            sim.say(nid, f"mine {number}")
            push(line, nid, f"the bot's {number}")
        browser.waits(lambda: len(browser.texts(nid)) == 41)
        assert browser.texts(nid)[1:5] == ["mine 0", "the bot's 0", "mine 1", "the bot's 1"]
        assert browser.numbers == list(range(browser.numbers[0], browser.numbers[0] + len(browser.numbers)))


def test_a_line_that_changes_is_told_as_it_now_is(sim: RunningSimulator) -> None:
    nid, pim = sim.add_user("Nid"), sim.add_user("Pim")
    group = sim.add_group("Office", [nid, pim])
    with Browser(sim.base_url) as browser:
        said = sim.say(group, "wrong", by=pim).message_id or ""
        sim.edit(said, "right", by=pim)
        browser.waits(lambda: browser.texts(group) == ["right"])
        sim.unsend(said, by=pim)
        browser.waits(lambda: bool(browser.shown["lines"][group][said]["unsent"]))


def test_what_the_bot_has_taken_is_read(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    with Browser(sim.base_url) as browser:
        taken = sim.say(nid, "hello").message_id or ""
        browser.waits(lambda: bool(browser.shown["lines"][nid][taken]["read"]))
        bot.status = 500
        refused = sim.say(nid, "hello?").message_id or ""
        browser.waits(lambda: refused in browser.shown["lines"][nid])
        assert not browser.shown["lines"][nid][refused]["read"]


def test_two_browsers_see_the_same(sim: RunningSimulator, line: Clients) -> None:
    with Browser(sim.base_url) as first:
        nid = sim.add_user("Nid")
        with Browser(sim.base_url) as second:
            sim.say(nid, "hello")
            push(line, nid, "hello yourself")
            sim.set_trouble("slow", True)
            for browser in (first, second):
                browser.waits(lambda browser=browser: browser.shown["director"]["troubles"] == ["slow"])  # type: ignore[misc]
                assert browser.texts(nid) == ["hello", "hello yourself"]
            sim.see_chat(nid, nid)
            last = list(first.shown["lines"][nid])[-1]
            second.waits(lambda: second.chat(nid)["seen"] == {nid: last})


def test_who_comes_back_gets_it_all_anew(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    with Browser(sim.base_url):
        sim.say(nid, "one")
    sim.say(nid, "two")
    with Browser(sim.base_url) as again:
        assert again.texts(nid) == ["one", "two"]


def test_a_browser_that_does_not_read_holds_up_nobody_and_is_given_the_state_again(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    address = urlsplit(sim.base_url)
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # else the machine reads ahead for it
        slow.connect((address.hostname, address.port))
        slow.sendall(b"GET /simulator/feed HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n")
        assert slow.recv(16).startswith(b"HTTP/1.1 200")
        with Browser(sim.base_url) as quick:
            for number in range(700):
                sim.say(nid, f"{number} " + "x" * 20_000)
            quick.waits(lambda: len(quick.texts(nid)) == 700)
            slow.settimeout(10)
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            told, again = bytearray(), -1
            while again < 0 or b'"699 xxx' not in told[again:]:
                told += slow.recv(1 << 20)
                again = told.find(b"event: state", 1 + told.find(b"event: state")) if again < 0 else again
        assert told[:again].count(b"event: change") < 700 * 2, "its arrears were dropped"


def test_the_state_can_be_looked_at_by_hand(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    told = requests.get(f"{sim.base_url}/simulator/state.json", timeout=5).json()
    assert [person["user_id"] for person in told["people"]] == [nid]
    assert set(told) == {
        "n", "account", "people", "chats", "menus", "director", "events", "wire", "stories", "notes",
    }  # fmt: skip
    assert json.dumps(told)


def test_a_cleared_wire_is_empty_everywhere(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    push(line, nid, "hello")
    with Browser(sim.base_url) as browser:
        assert len(browser.shown["wire"]) == 1
        sim.clear_wire()
        browser.waits(lambda: browser.shown["wire"] == [])
