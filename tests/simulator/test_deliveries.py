"""Webhooks on bad days: no answer, wrong signatures, again, twice, together, at once, garbled."""

import base64
import hashlib
import hmac
import json

import pytest

from simulator.outcomes import SimulatorError
from simulator.running import RunningSimulator, start_simulator
from tests.simulator.bot import SECRET, TOKEN, EchoBot


def test_a_bot_that_is_not_there(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    assert sim.say(nid, "hello").error == "not sent"
    sim.set_bot_url("http://127.0.0.1:9/line/webhook")
    said = sim.say(nid, "hello")
    assert (said.status, said.error, said.ok) == (None, "connection", False)


def test_a_bot_that_is_too_slow(bot: EchoBot) -> None:
    bot.delay = 0.6
    with start_simulator(
        channel_secret=SECRET, access_token=TOKEN, bot_url=bot.url, webhook_timeout_seconds=0.2
    ) as sim:
        said = sim.say(sim.add_user("Nid"), "hello")
    assert (said.status, said.error) == (None, "timeout")


def test_wrong_missing_and_old_signatures(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    assert sim.say(nid, "hello", signature="wrong").status == 403
    assert sim.say(nid, "hello", signature="missing").status == 403
    assert "x-line-signature" not in bot.headers[1]
    with pytest.raises(SimulatorError, match="rotate_secret"):
        sim.say(nid, "hello", signature="old")
    sim.rotate_secret("the next one")
    assert sim.say(nid, "hello").status == 403
    assert sim.say(nid, "hello", signature="old").status == 200
    assert bot.bad_signatures == 3


def test_the_signature_covers_the_bytes_as_sent(sim: RunningSimulator, bot: EchoBot) -> None:
    sim.say(sim.add_user("Nid"), "น้ำท่วม")
    digest = hmac.new(SECRET.encode(), bot.bodies[0], hashlib.sha256).digest()
    assert bot.headers[0]["x-line-signature"] == base64.b64encode(digest).decode()
    assert bot.headers[0]["content-type"] == "application/json; charset=utf-8"
    assert "น้ำท่วม".encode() in bot.bodies[0]
    assert json.loads(bot.bodies[0])["destination"] == sim.bot_user_id


def test_without_the_switch_nothing_is_redelivered(sim: RunningSimulator, bot: EchoBot) -> None:
    bot.status = 500
    said = sim.say(sim.add_user("Nid"), "hello")
    assert (said.status, said.attempts, len(bot.bodies)) == (500, 1, 1)


def test_redelivery_until_the_bot_says_yes(sim: RunningSimulator, bot: EchoBot) -> None:
    sim.set_redelivery(True, attempts=5, interval_seconds=0.01)
    bot.statuses = [500, 503]
    said = sim.say(sim.add_user("Nid"), "hello")
    assert (said.status, said.attempts) == (200, 3)
    sent = [json.loads(body)["events"][0] for body in bot.bodies]
    assert [event["deliveryContext"]["isRedelivery"] for event in sent] == [False, True, True]
    assert {event["webhookEventId"] for event in sent} == {said.event_id}
    assert {event["replyToken"] for event in sent} == {said.reply_token}


def test_redelivery_gives_up(sim: RunningSimulator, bot: EchoBot) -> None:
    sim.set_redelivery(True, attempts=2, interval_seconds=0.01)
    bot.status = 500
    assert sim.say(sim.add_user("Nid"), "hello").attempts == 3


def test_the_same_request_twice_is_the_same_bytes(sim: RunningSimulator, bot: EchoBot) -> None:
    sim.say(sim.add_user("Nid"), "hello")
    sim.repeat()
    assert bot.bodies[0] == bot.bodies[1]


def test_redelivery_by_hand_differs_in_one_word(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    sim.say(nid, "one")
    sim.say(nid, "two")
    assert [outcome.attempts for outcome in sim.redeliver_all()] == [2, 2]
    assert bot.bodies[2] == bot.bodies[0].replace(b'"isRedelivery":false', b'"isRedelivery":true')


def test_out_of_order_and_several_chats_in_one_body(sim: RunningSimulator, bot: EchoBot) -> None:
    nid, pim = sim.add_user("Nid"), sim.add_user("Pim")
    made = [sim.say(chat, "hello", deliver=False).event_id for chat in (nid, pim, nid)]
    assert bot.bodies == []
    sim.deliver([made[2], made[0]])
    outcomes = sim.deliver([made[1], made[0]], together=True)
    assert all(outcome.ok for outcome in outcomes)
    seen = [[event["webhookEventId"] for event in json.loads(body)["events"]] for body in bot.bodies]
    assert seen == [[made[2]], [made[0]], [made[1], made[0]]]


def test_many_at_once(sim: RunningSimulator, bot: EchoBot) -> None:
    nid = sim.add_user("Nid")
    made = [sim.say(nid, str(number), deliver=False).event_id for number in range(12)]
    assert all(outcome.ok for outcome in sim.deliver_at_once(made))
    assert len(bot.bodies) == 12


def test_the_consoles_verify_button(sim: RunningSimulator, bot: EchoBot) -> None:
    assert sim.verify_webhook().ok
    assert json.loads(bot.bodies[0]) == {"destination": sim.bot_user_id, "events": []}


def test_raw_bodies(sim: RunningSimulator, bot: EchoBot) -> None:
    bot.status = 500
    assert sim.send_raw(b"{", signature="wrong", headers={"X-Odd": "1"}).status == 403
    assert (bot.bodies[0], bot.headers[0]["x-odd"]) == (b"{", "1")


def test_an_event_nobody_made(sim: RunningSimulator) -> None:
    with pytest.raises(SimulatorError, match="no event was made yet"):
        sim.redeliver()
    with pytest.raises(SimulatorError, match="no event 01XYZ"):
        sim.deliver(["01XYZ"])
