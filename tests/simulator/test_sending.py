"""What the bot sends arrives as it was sent, is counted as LINE bills it, and is retried without doubling."""

import json
from typing import Any
from uuid import uuid4

import pytest
from linebot.v3.messaging import (
    ApiException,
    BroadcastRequest,
    ErrorResponse,
    FlexBox,
    FlexBubble,
    FlexMessage,
    FlexText,
    LocationMessage,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    TextMessage,
)

from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot


def push(to: str, *texts: str, **more: Any) -> PushMessageRequest:
    return PushMessageRequest(to=to, messages=[TextMessage(text=text) for text in texts or ("hello",)], **more)


def push_with_key(line: Clients, request: PushMessageRequest, key: str) -> Any:
    return line.api.push_message_with_http_info(request, x_line_retry_key=key)


def test_the_same_retry_key_is_accepted_once(sim: RunningSimulator, line: Clients) -> None:
    nid, key = sim.add_user("Nid"), str(uuid4())
    first = push_with_key(line, push(nid), key)
    with pytest.raises(ApiException) as caught:
        push_with_key(line, push(nid), key)
    assert caught.value.status == 409
    assert caught.value.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    again = ErrorResponse.from_json(caught.value.body)
    assert again.message == "The retry key is already accepted"
    assert [sent.id for sent in again.sent_messages] == [sent.id for sent in first.data.sent_messages]
    assert len(sim.received(nid)) == 1
    assert sim.refusals == []


def test_a_retry_key_with_another_body_sends_nothing_and_is_noted(sim: RunningSimulator, line: Clients) -> None:
    nid, key = sim.add_user("Nid"), str(uuid4())
    push_with_key(line, push(nid, "one"), key)
    with pytest.raises(ApiException) as caught:
        push_with_key(line, push(nid, "two"), key)
    assert caught.value.status == 409
    assert [message.text for message in sim.received(nid)] == ["one"]
    assert "another request" in (sim.refusals[0].refused or "")


def test_a_refused_request_does_not_use_up_its_key(sim: RunningSimulator, line: Clients) -> None:
    nid, key = sim.add_user("Nid"), str(uuid4())
    sim.set_quota(0)
    with pytest.raises(ApiException):
        push_with_key(line, push(nid), key)
    sim.set_quota(10)
    assert push_with_key(line, push(nid), key).status_code == 200


def test_after_a_day_a_retry_key_is_new_again(sim: RunningSimulator, line: Clients) -> None:
    nid, key = sim.add_user("Nid"), str(uuid4())
    push_with_key(line, push(nid), key)
    sim.advance_clock(24 * 3600 + 1)
    assert push_with_key(line, push(nid), key).status_code == 200


def test_who_blocked_gets_nothing_and_costs_nothing(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    sim.block(nid)
    assert line.api.push_message(push(nid)).sent_messages
    assert (sim.received(nid), sim.quota_used()) == ([], 0)
    sim.follow(nid, is_unblocked=True)
    line.api.push_message(push(nid))
    assert (len(sim.received(nid)), sim.quota_used()) == (1, 1)


def test_a_stranger_is_reached_for_seven_days_after_writing(sim: RunningSimulator, line: Clients) -> None:
    stranger = sim.add_user("Stranger", friend=False)
    line.api.push_message(push(stranger))
    assert sim.received(stranger) == []
    sim.say(stranger, "hello")
    line.api.push_message(push(stranger))
    assert len(sim.received(stranger)) == 1
    sim.advance_clock(7 * 24 * 3600 + 1)
    line.api.push_message(push(stranger))
    assert len(sim.received(stranger)) == 1


def test_a_group_push_costs_its_member_count_however_many_bubbles(sim: RunningSimulator, line: Clients) -> None:
    group = sim.add_group("North", [sim.add_user(str(number)) for number in range(5)])
    sim.set_quota(12)
    line.api.push_message(push(group, "a", "b", "c"))
    assert line.api.get_message_quota_consumption().total_usage == 5
    line.api.push_message(push(group))
    with pytest.raises(ApiException) as caught:
        line.api.push_message(push(group))
    assert (caught.value.status, json.loads(caught.value.body)) == (
        429,
        {"message": "You have reached your monthly limit."},
    )
    quota = line.api.get_message_quota()
    assert (quota.type, quota.value, sim.quota_used()) == ("limited", 12, 10)
    assert sim.refusals == []


def test_replies_are_free(sim: RunningSimulator, line: Clients) -> None:
    group = sim.add_group("North", [nid := sim.add_user("Nid"), sim.add_user("Pim")])
    sim.set_quota(0)
    token = sim.say(group, "hello", by=nid).reply_token
    line.api.reply_message(ReplyMessageRequest(replyToken=token, messages=[TextMessage(text="ok")]))
    assert (len(sim.received(group)), sim.quota_used()) == (1, 0)


def test_a_new_month_starts_at_zero(sim: RunningSimulator, line: Clients) -> None:
    line.api.push_message(push(sim.add_user()))
    assert sim.quota_used() == 1
    sim.advance_clock(32 * 24 * 3600)
    assert sim.quota_used() == 0


def test_ids_and_quote_tokens_come_back_in_order(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    place = LocationMessage(title="here", address="there", latitude=13.7, longitude=100.5)
    request = PushMessageRequest(to=nid, messages=[TextMessage(text="a"), place])
    answer = line.api.push_message(request)
    received = sim.received(nid)
    assert [sent.id for sent in answer.sent_messages] == [message.message_id for message in received]
    assert answer.sent_messages[0].quote_token == received[0].quote_token
    assert answer.sent_messages[1].quote_token is None
    assert int(received[0].message_id) < int(received[1].message_id)


def test_what_was_sent_can_be_seen(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    body = FlexBox(layout="vertical", contents=[FlexText(text="น้ำท่วม"), FlexText(text="ซอย 5")])
    card = FlexMessage(altText="FT6911-00042", contents=FlexBubble(body=body))
    line.api.push_message(PushMessageRequest(to=nid, messages=[card], notificationDisabled=True))
    (message,) = sim.received(nid)
    assert (message.endpoint, message.text, message.words) == ("push", "FT6911-00042", "น้ำท่วม\nซอย 5")
    assert message.silent and message.chat == nid
    (record,) = sim.wire("push")
    assert (record.status, record.body["to"], record.request_id) == (200, nid, message.request_id)


def test_multicast_and_broadcast_reach_who_can_be_reached(sim: RunningSimulator, line: Clients) -> None:
    nid, gone, stranger = sim.add_user("Nid"), sim.add_user("Gone"), sim.add_user("Stranger", friend=False)
    sim.block(gone)
    hello = [TextMessage(text="hello")]
    line.api.multicast(MulticastRequest(to=[nid, gone, stranger], messages=hello))
    assert [message.chat for message in sim.received_anywhere()] == [nid]
    line.api.broadcast(BroadcastRequest(messages=hello))
    assert [message.endpoint for message in sim.received(nid)] == ["multicast", "broadcast"]
    assert sim.quota_used() == 2


def test_yesterdays_messages_are_counted_today(sim: RunningSimulator, line: Clients) -> None:
    line.api.push_message(push(sim.add_user()))
    today = _day_in_tokyo(sim)
    assert line.api.get_number_of_sent_push_messages(today).status == "unready"
    sim.advance_clock(24 * 3600)
    counted = line.api.get_number_of_sent_push_messages(today)
    assert (counted.status, counted.success) == ("ready", 1)
    with pytest.raises(ApiException):
        line.api.get_number_of_sent_push_messages("20261399")


def test_the_bot_echoes_over_both_wires(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    bot.api = line.api
    nid = sim.add_user("Nid")
    assert sim.say(nid, "น้ำท่วมซอย 5").ok
    assert sim.wait_for(nid, "น้ำท่วมซอย 5").endpoint == "reply"
    assert sim.refusals == []


def _day_in_tokyo(sim: RunningSimulator) -> str:
    moment = sim.now().timestamp() + 9 * 3600
    return type(sim.now()).fromtimestamp(moment, sim.now().tzinfo).strftime("%Y%m%d")
