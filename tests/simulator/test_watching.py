"""Waiting, watching and bounds: a test is told at once and plainly; a long run does not eat the machine."""

import threading
from pathlib import Path

import pytest
from linebot.v3.messaging import PushMessageRequest, TextMessage

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator, start_simulator
from simulator.state.changes import Change
from simulator.state.people import Chat
from simulator.state.screens import BOT, Line, Media, Screens
from tests.simulator.bot import SECRET, TOKEN, Clients


def push(line: Clients, to: str, words: str) -> None:
    line.api.push_message(PushMessageRequest(to=to, messages=[TextMessage(text=words)]))


def test_waiting_in_vain_says_what_came_instead(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    push(line, nid, "something else")
    with pytest.raises(AssertionError, match=r"(?s)did not get 'done'.*something else"):
        sim.wait_for(nid, "done", timeout=0.1)
    with pytest.raises(AssertionError, match="the moon did not come true"):
        sim.wait_until(lambda: False, timeout=0.1, what="the moon")


def test_waiting_ends_when_it_comes(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    push(line, nid, "old news")
    before = sim.position()
    later = threading.Timer(0.1, push, (line, nid, "news"))
    later.start()
    assert sim.wait_for(nid, "news", after=before).text == "news"
    assert sim.wait_for(nid, lambda message: message.text.startswith("old")).position == before
    later.join()
    sim.wait_quiet(seconds=0.1)


def test_every_change_is_told(sim: RunningSimulator, line: Clients) -> None:
    seen: list[Change] = []
    unsubscribe = sim.subscribe(seen.append)
    nid = sim.add_user("Nid")
    sim.say(nid, "hello")
    push(line, nid, "hello")
    sim.wait_until(lambda: bool(seen) and seen[-1].kind == "wire")
    kinds = [change.kind for change in seen]
    assert kinds == ["user", "line", "event", "delivery", "quota", "line", "wire"]
    assert seen[1].chat == nid
    unsubscribe()
    sim.add_user("Pim")
    assert len(seen) == len(kinds)


def test_a_failing_watcher_fells_nobody(sim: RunningSimulator, caplog: pytest.LogCaptureFixture) -> None:
    def fail(change: Change) -> None:
        raise RuntimeError("watcher")

    sim.subscribe(fail)
    assert sim.add_user("Nid")
    assert "a subscriber failed on user" in caplog.text


def test_calling_from_the_inside_is_refused_instead_of_hanging(sim: RunningSimulator) -> None:
    errors: list[str] = []

    def call_back(change: Change) -> None:
        try:
            sim.position()
        except SimulatorError as error:
            errors.append(str(error))

    sim.subscribe(call_back)
    sim.add_user("Nid")
    assert "would wait for itself" in errors[0]


def test_a_stopped_simulator_says_so(sim: RunningSimulator) -> None:
    sim.stop()
    sim.stop()
    with pytest.raises(SimulatorError, match="was stopped"):
        sim.add_user("Nid")


def test_the_same_seed_gives_the_same_ids() -> None:
    ids = []
    for _ in range(2):
        with start_simulator(channel_secret=SECRET, access_token=TOKEN, seed=3) as sim:
            nid = sim.add_user("Nid")
            ids.append((sim.bot_user_id, nid, sim.say(nid, "hello").message_id))
    assert ids[0] == ids[1]
    with start_simulator(channel_secret=SECRET, access_token=TOKEN) as sim:
        assert sim.add_user("Nid") != ids[0][1]


def test_a_shared_clock_file_moves_with_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, clock_offset_file=file) as sim:
        before = sim.now()
        sim.advance_clock(3600)
        assert float(file.read_text()) == 3600
        file.write_text("7200")
        assert 7190 < (sim.now() - before).total_seconds() < 7300
        with pytest.raises(SimulatorError):
            sim.advance_clock(float("nan"))


def test_the_wire_log_is_bounded() -> None:
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, wire_limit=3) as sim:
        line = Clients(sim.base_url)
        nid = sim.add_user("Nid")
        for number in range(5):
            push(line, nid, str(number))
        assert [record.body["messages"][0]["text"] for record in sim.wire()] == ["2", "3", "4"]
        sim.clear_wire()
        assert sim.wire() == []


def test_old_lines_go_with_their_tokens_and_bytes() -> None:
    screens, chat = Screens(limit=3, media_bytes=100), Chat("U1", "user", "Nid", ["U1"])
    for number in range(5):
        screens.add(Line(str(number), "U1", BOT, "text", {}, 0.0, quote_token=f"q{number}"), chat)
    assert [line.message_id for line in chat.lines] == ["2", "3", "4"]
    assert [line.position for line in screens.list_sent()] == [3, 4, 5]
    assert screens.find("1") is None and screens.find_by_quote_token("q1") is None
    screens.add(Line("5", "U1", "U1", "image", {}, 0.0, media=Media(b"x" * 99, "image/jpeg")), chat)
    screens.add(Line("6", "U1", "U1", "image", {}, 0.0, media=Media(b"y" * 99, "image/jpeg")), chat)
    assert [line.message_id for line in chat.lines] == ["6"]


def test_reaching_in_for_a_token(sim: RunningSimulator, line: Clients) -> None:
    said = sim.say(sim.add_user("Nid"), "hello")
    sim.expire_reply_token(said.reply_token or "")
    with pytest.raises(SimulatorError, match="no reply token"):
        sim.expire_reply_token("unknown")
    assert [outcome.event_id for outcome in sim.list_events()] == [said.event_id]


def test_stateless_tokens_live_fifteen_minutes(sim: RunningSimulator) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": sim.channel_id,
        "client_secret": SECRET,
    }
    client = Clients(sim.base_url).client.rest_client.pool_manager
    url = f"{sim.base_url}/oauth2/v3/token"
    wrong = client.request("POST", url, fields={**form, "client_secret": "x"}, encode_multipart=False)
    assert (wrong.status, wrong.json()["error"]) == (400, "invalid_request")
    told = client.request("POST", url, fields=form, encode_multipart=False).json()
    nid = sim.add_user("Nid")
    line = Clients(sim.base_url, told["access_token"])
    assert line.api.get_profile(nid).user_id == nid
    sim.advance_clock(told["expires_in"] + 1)
    with pytest.raises(Exception, match="Authentication failed"):
        line.api.get_profile(nid)
    assert SECRET not in str(sim.wire("token"))
