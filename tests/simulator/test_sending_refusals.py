"""What LINE refuses when a bot sends, in LINE's words, through LINE's own SDK."""

import json
from typing import Any
from uuid import uuid4

import pytest
from linebot.v3.messaging import ApiException, PushMessageRequest, ReplyMessageRequest, TextMessage

from simulator.running import RunningSimulator
from tests.simulator.bot import Clients

HELLO = {"type": "text", "text": "สวัสดี"}


def refused(line: Clients, path: str, body: Any, **more: Any) -> tuple[int, dict[str, Any]]:
    with pytest.raises(ApiException) as caught:
        line.post(path, body, **more)
    return caught.value.status, json.loads(caught.value.body)


def reply_to(token: str) -> ReplyMessageRequest:
    return ReplyMessageRequest(replyToken=token, messages=[TextMessage(text="ok")])


def test_a_reply_token_serves_once(sim: RunningSimulator, line: Clients) -> None:
    token = sim.say(sim.add_user("Nid"), "hello").reply_token
    line.api.reply_message(reply_to(token or ""))
    with pytest.raises(ApiException) as caught:
        line.api.reply_message(reply_to(token or ""))
    assert (caught.value.status, json.loads(caught.value.body)) == (400, {"message": "Invalid reply token"})
    assert "used before" in (sim.refusals[0].refused or "")


def test_a_reply_token_dies_after_its_minute_and_lives_again_on_redelivery(
    sim: RunningSimulator, line: Clients
) -> None:
    said = sim.say(sim.add_user("Nid"), "hello")
    sim.advance_clock(61)
    with pytest.raises(ApiException):
        line.api.reply_message(reply_to(said.reply_token or ""))
    assert "expired" in (sim.refusals[0].refused or "")
    sim.set_bot_url("http://127.0.0.1:9/nobody")
    sim.redeliver(said.event_id)
    assert line.api.reply_message(reply_to(said.reply_token or "")).sent_messages


def test_twenty_minutes_after_the_event_no_redelivery_revives_the_token(sim: RunningSimulator, line: Clients) -> None:
    said = sim.say(sim.add_user("Nid"), "hello")
    sim.advance_clock(20 * 60 + 1)
    sim.set_bot_url("http://127.0.0.1:9/nobody")
    sim.redeliver(said.event_id)
    with pytest.raises(ApiException):
        line.api.reply_message(reply_to(said.reply_token or ""))


def test_a_token_nobody_issued_or_a_missing_one(sim: RunningSimulator, line: Clients) -> None:
    assert refused(line, "/v2/bot/message/reply", {"replyToken": "0" * 32, "messages": [HELLO]}) == (
        400,
        {"message": "Invalid reply token"},
    )
    status, body = refused(line, "/v2/bot/message/reply", {"replyToken": "", "messages": [HELLO]})
    assert (status, body["details"]) == (400, [{"message": "May not be empty", "property": "replyToken"}])


def test_a_reply_takes_no_retry_key(sim: RunningSimulator, line: Clients) -> None:
    token = sim.say(sim.add_user("Nid"), "hello").reply_token
    asked = {"replyToken": token, "messages": [HELLO]}
    headers = {"X-Line-Retry-Key": str(uuid4())}
    assert refused(line, "/v2/bot/message/reply", asked, headers=headers)[0] == 400
    line.post("/v2/bot/message/reply", asked)


def test_a_retry_key_must_be_a_uuid(sim: RunningSimulator, line: Clients) -> None:
    asked = {"to": sim.add_user("Nid"), "messages": [HELLO]}
    assert refused(line, "/v2/bot/message/push", asked, headers={"X-Line-Retry-Key": "again"})[0] == 400


@pytest.mark.parametrize("messages", [[], [HELLO] * 6])
def test_one_to_five_messages(sim: RunningSimulator, line: Clients, messages: list[Any]) -> None:
    status, body = refused(line, "/v2/bot/message/push", {"to": sim.add_user(), "messages": messages})
    assert (status, body) == (
        400,
        {
            "message": "The request body has 1 error(s)",
            "details": [{"message": "Size must be between 1 and 5", "property": "messages"}],
        },
    )


def test_receivers_that_are_none(sim: RunningSimulator, line: Clients) -> None:
    away = sim.add_group("North", bot_in=False)
    for to in (away, "U" + "0" * 32):
        assert refused(line, "/v2/bot/message/push", {"to": to, "messages": [HELLO]}) == (
            400,
            {"message": "Failed to send messages"},
        )
    assert refused(line, "/v2/bot/message/push", {"to": "somebody", "messages": [HELLO]}) == (
        400,
        {"message": "The property, 'to', in the request body is invalid (line: -, column: -)"},
    )


def test_a_removed_bot_can_neither_push_nor_reply(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    group = sim.add_group("North", [nid])
    token = sim.say(group, "hello", by=nid).reply_token
    sim.remove_bot(group)
    assert refused(line, "/v2/bot/message/push", {"to": group, "messages": [HELLO]})[0] == 400
    assert refused(line, "/v2/bot/message/reply", {"replyToken": token, "messages": [HELLO]})[0] == 400
    assert sim.received(group) == []


def test_multicast_is_for_known_users_only(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    group = sim.add_group("North", [nid])
    status, body = refused(line, "/v2/bot/message/multicast", {"to": [nid, group], "messages": [HELLO]})
    assert (status, body["message"]) == (
        400,
        "The property, to[1], in the request body is invalid (line: -, column: -)",
    )
    assert refused(line, "/v2/bot/message/multicast", {"to": [], "messages": [HELLO]})[0] == 400
    assert sim.received(nid) == []


def test_a_wrong_or_missing_access_token(sim: RunningSimulator) -> None:
    nid = sim.add_user("Nid")
    for token in ("stolen", ""):
        with pytest.raises(ApiException) as caught:
            Clients(sim.base_url, token).api.get_profile(nid)
        assert caught.value.status == 401
        assert json.loads(caught.value.body)["message"].startswith("Authentication failed")
        assert caught.value.headers["x-line-request-id"]


def test_a_revoked_access_token(sim: RunningSimulator, line: Clients) -> None:
    sim.revoke_access_token()
    with pytest.raises(ApiException) as caught:
        line.api.get_bot_info()
    assert caught.value.status == 401
    sim.set_access_token("simulated-access-token")
    assert line.api.get_bot_info().user_id == sim.bot_user_id


def test_what_is_no_json(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    import_error = refused(line, "/v2/bot/message/push", "{", headers={"Content-Type": "text/plain"})
    assert import_error[0] == 415
    assert refused(line, "/v2/bot/message/push", [nid])[1]["message"].startswith(
        "The request body could not be parsed as JSON"
    )


def test_a_request_of_more_than_two_megabytes(sim: RunningSimulator, line: Clients) -> None:
    asked = {"to": sim.add_user(), "messages": [{"type": "text", "text": "x" * (2 * 1024 * 1024)}]}
    assert refused(line, "/v2/bot/message/push", asked)[0] == 413


def test_an_unknown_path_is_refused_and_noted(sim: RunningSimulator, line: Clients) -> None:
    assert refused(line, "/v2/bot/message/recall", {})[0] == 404
    assert [record.endpoint for record in sim.refusals] == ["unknown"]


def test_mentions_reach_members_of_groups_only(sim: RunningSimulator, line: Clients) -> None:
    nid, stranger = sim.add_user("Nid"), sim.add_user("Stranger")
    group = sim.add_group("North", [nid])

    def mention(user_id: str) -> dict[str, Any]:
        target = {"type": "user", "userId": user_id}
        return {
            "type": "textV2",
            "text": "{who} please",
            "substitution": {"who": {"type": "mention", "mentionee": target}},
        }

    assert refused(line, "/v2/bot/message/push", {"to": nid, "messages": [mention(nid)]})[0] == 400
    assert refused(line, "/v2/bot/message/push", {"to": group, "messages": [mention(stranger)]})[0] == 400
    line.post("/v2/bot/message/push", {"to": group, "messages": [mention(nid)]})


def test_a_quote_token_of_another_chat(sim: RunningSimulator, line: Clients) -> None:
    nid, other = sim.add_user("Nid"), sim.add_user("Other")
    quoted = sim.say(nid, "hello").quote_token
    answer = {**HELLO, "quoteToken": quoted}
    assert refused(line, "/v2/bot/message/push", {"to": other, "messages": [answer]})[0] == 400
    line.post("/v2/bot/message/push", {"to": nid, "messages": [answer]})


def test_nothing_of_a_refused_request_is_sent(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    asked = {"to": nid, "messages": [HELLO, {"type": "text", "text": ""}]}
    assert refused(line, "/v2/bot/message/push", asked)[1]["details"] == [
        {"message": "May not be empty", "property": "messages[1].text"}
    ]
    assert sim.received(nid) == []
    assert sim.quota_used() == 0


def test_a_misspelt_property_is_refused(sim: RunningSimulator, line: Clients) -> None:
    asked = {"to": sim.add_user(), "messages": [HELLO], "notifcationDisabled": True}
    assert refused(line, "/v2/bot/message/push", asked)[0] == 400


def test_validation_says_the_same_and_sends_nothing(sim: RunningSimulator, line: Clients) -> None:
    status, body = refused(line, "/v2/bot/message/validate/push", {"messages": [{"type": "text", "text": ""}]})
    assert (status, body["details"][0]["property"]) == (400, "messages[0].text")
    line.post("/v2/bot/message/validate/reply", {"messages": [HELLO]})
    assert sim.received_anywhere() == []


def test_a_fine_push_leaves_no_refusal(sim: RunningSimulator, line: Clients) -> None:
    line.api.push_message(PushMessageRequest(to=sim.add_user(), messages=[TextMessage(text="ok")]))
    assert sim.refusals == []
