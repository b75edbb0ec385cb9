"""Trouble on demand looks to the bot as LINE's trouble does, and happens as often as was asked."""

import json
import time
from typing import Any
from uuid import uuid4

import pytest
import urllib3
from linebot.v3.messaging import ApiException, PushMessageRequest, ReplyMessageRequest, TextMessage

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator
from tests.simulator.bot import Clients


@pytest.fixture
def nid(sim: RunningSimulator) -> str:
    return sim.add_user("Nid")


def push(line: Clients, to: str, *, key: str | None = None, timeout: float = 5) -> Any:
    request = PushMessageRequest(to=to, messages=[TextMessage(text="hello")])
    return line.api.push_message(request, x_line_retry_key=key, _request_timeout=timeout)


def test_faults_that_do_not_exist(sim: RunningSimulator) -> None:
    with pytest.raises(SimulatorError, match="no endpoint 'pushh'"):
        sim.add_fault("pushh", "error")
    with pytest.raises(SimulatorError, match="no fault"):
        sim.add_fault("push", "explode")  # type: ignore[arg-type]


def test_so_many_errors_and_then_none(sim: RunningSimulator, line: Clients, nid: str) -> None:
    sim.add_fault("push", "error", times=2, status=503)
    for _ in range(2):
        with pytest.raises(ApiException) as caught:
            push(line, nid)
        assert caught.value.status == 503
    push(line, nid)
    assert len(sim.received(nid)) == 1
    assert [record.fault for record in sim.wire("push")] == ["error", "error", None]
    assert sim.refusals == []


@pytest.mark.parametrize(("kind", "words"), [("rate_limit", "rate limit"), ("quota", "monthly limit")])
def test_the_two_kinds_of_429_differ(sim: RunningSimulator, line: Clients, nid: str, kind: Any, words: str) -> None:
    fault = sim.add_fault("*", kind, times=None)
    with pytest.raises(ApiException) as caught:
        push(line, nid)
    assert caught.value.status == 429
    assert words in json.loads(caught.value.body)["message"]
    sim.clear_faults(fault)
    push(line, nid)


def test_a_lost_answer_did_happen(sim: RunningSimulator, line: Clients, nid: str) -> None:
    key = str(uuid4())
    sim.add_fault("push", "lost")
    with pytest.raises(urllib3.exceptions.ProtocolError):
        push(line, nid, key=key)
    assert len(sim.received(nid)) == 1
    with pytest.raises(ApiException) as caught:
        push(line, nid, key=key)
    assert caught.value.status == 409
    assert len(sim.received(nid)) == 1


def test_a_lost_reply_has_used_its_token(sim: RunningSimulator, line: Clients, nid: str) -> None:
    request = ReplyMessageRequest(replyToken=sim.say(nid, "hello").reply_token, messages=[TextMessage(text="ok")])
    sim.add_fault("reply", "lost")
    with pytest.raises(urllib3.exceptions.ProtocolError):
        line.api.reply_message(request)
    with pytest.raises(ApiException, match="Invalid reply token"):
        line.api.reply_message(request)
    assert len(sim.received(nid)) == 1


def test_a_dropped_call_did_not_happen(sim: RunningSimulator, line: Clients, nid: str) -> None:
    sim.add_fault("push", "drop")
    with pytest.raises(urllib3.exceptions.ProtocolError):
        push(line, nid)
    assert sim.received(nid) == []


@pytest.mark.parametrize(("accepted", "arrived"), [(False, 0), (True, 1)])
def test_a_hanging_call(sim: RunningSimulator, line: Clients, nid: str, accepted: bool, arrived: int) -> None:
    sim.add_fault("push", "hang", seconds=30, accepted=accepted)
    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        push(line, nid, timeout=0.3)
    assert len(sim.received(nid)) == arrived


def test_a_hanging_call_does_not_hold_up_the_end(sim: RunningSimulator, line: Clients, nid: str) -> None:
    sim.add_fault("push", "hang", seconds=600)
    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        push(line, nid, timeout=0.1)
    started = time.monotonic()
    sim.stop()
    assert time.monotonic() - started < 5


def test_slow_is_late_and_right(sim: RunningSimulator, line: Clients, nid: str) -> None:
    sim.add_fault("push", "slow", seconds=0.2)
    push(line, nid)
    assert sim.wire("push")[0].seconds >= 0.2


def test_garbage_arrives_after_the_message_did(sim: RunningSimulator, line: Clients, nid: str) -> None:
    sim.add_fault("push", "garbage")
    with pytest.raises(ValueError):  # what the SDK makes of an answer it cannot read
        push(line, nid)
    assert len(sim.received(nid)) == 1


def test_trouble_in_one_chat_only(sim: RunningSimulator, line: Clients, nid: str) -> None:
    group = sim.add_group("North", [nid])
    sim.add_fault("*", "error", times=None, chat=group)
    push(line, nid)
    with pytest.raises(ApiException):
        push(line, group)
    with pytest.raises(ApiException):
        line.api.get_group_summary(group)
    token = sim.say(group, "hello", by=nid).reply_token
    with pytest.raises(ApiException) as caught:
        line.api.reply_message(ReplyMessageRequest(replyToken=token, messages=[TextMessage(text="ok")]))
    assert caught.value.status == 500


def test_a_closed_port_opens_again(sim: RunningSimulator, line: Clients, nid: str) -> None:
    push(line, nid)
    sim.refuse_connections()
    with pytest.raises((urllib3.exceptions.MaxRetryError, urllib3.exceptions.ProtocolError)):
        push(line, nid)
    sim.refuse_connections()
    sim.accept_connections()
    push(line, nid)
    assert len(sim.received(nid)) == 2


def test_a_rate_limit_fills_again_with_time(sim: RunningSimulator, line: Clients, nid: str) -> None:
    sim.set_rate_limit("push", 1, burst=2)
    push(line, nid)
    push(line, nid)
    with pytest.raises(ApiException) as caught:
        push(line, nid)
    assert json.loads(caught.value.body)["message"] == "The API rate limit has been exceeded. Try again later."
    sim.advance_clock(1.5)
    push(line, nid)
    sim.set_rate_limit("push", None)
    for _ in range(5):
        push(line, nid)
