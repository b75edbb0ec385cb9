"""What the bot may learn of people and groups, the signs it can give, and the bytes it can fetch."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiException,
    MarkMessagesAsReadByTokenRequest,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
)
from linebot.v3.messaging import TestWebhookEndpointRequest as WebhookTest

from simulator.running import RunningSimulator
from tests.simulator.bot import Clients, EchoBot


def refused(call: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(ApiException) as caught:
        call()
    return caught.value.status, json.loads(caught.value.body)["message"]


def test_profiles_of_those_who_can_be_known(sim: RunningSimulator, line: Clients) -> None:
    nid, stranger = sim.add_user("Nid"), sim.add_user("Stranger", friend=False)
    profile = line.api.get_profile(nid)
    assert (profile.display_name, profile.user_id, profile.language) == ("Nid", nid, "th")
    assert refused(lambda: line.api.get_profile(stranger)) == (404, "Not found")
    sim.say(stranger, "hello")
    assert line.api.get_profile(stranger).display_name == "Stranger"
    sim.block(nid)
    assert refused(lambda: line.api.get_profile(nid)) == (404, "Not found")
    assert refused(lambda: line.api.get_profile("nid"))[0] == 400
    assert [record.status for record in sim.refusals] == [400]


def test_groups_and_their_members(sim: RunningSimulator, line: Clients) -> None:
    nid, stranger = sim.add_user("Nid"), sim.add_user("Stranger")
    group = sim.add_group("North", [nid, sim.add_user("Pim")])
    assert line.api.get_group_summary(group).group_name == "North"
    assert line.api.get_group_member_count(group).count == 2
    sim.block(nid)
    assert line.api.get_group_member_profile(group, nid).display_name == "Nid"
    assert refused(lambda: line.api.get_group_member_profile(group, stranger))[0] == 404
    assert refused(lambda: line.api.get_group_members_ids(group))[0] == 403
    assert refused(lambda: line.api.get_followers())[0] == 403
    assert refused(lambda: line.api.get_group_summary("C" + "0" * 32)) == (404, "Not found")
    message = "The value for the 'groupId' parameter is invalid"
    assert refused(lambda: line.api.get_group_summary("north")) == (400, message)


def test_a_room_is_like_a_group(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    room = sim.add_room([nid := sim.add_user("Nid")])
    assert sim.say(room, "hello", by=nid).event["source"] == {"type": "room", "roomId": room, "userId": nid}
    assert line.api.get_room_member_count(room).count == 1
    assert line.api.get_room_member_profile(room, nid).display_name == "Nid"
    line.api.leave_room(room)
    assert not sim.get_group(room).bot_in


def test_a_bot_that_leaves_is_told_so_and_knows_nothing_more(
    sim: RunningSimulator, line: Clients, bot: EchoBot
) -> None:
    group = sim.add_group("North", [sim.add_user("Nid")])
    line.api.leave_group(group)
    sim.wait_until(lambda: [event.type for event in bot.events] == ["leave"], what="the leave event")
    assert sim.get_group(group).left_by_bot
    assert refused(lambda: line.api.get_group_summary(group))[0] == 404
    assert refused(lambda: line.api.leave_group(group))[0] == 404


def test_the_loading_sign_is_for_single_people(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    group = sim.add_group("North", [nid])

    def show(chat: str, seconds: int | None) -> Any:
        return line.api.show_loading_animation(ShowLoadingAnimationRequest(chatId=chat, loadingSeconds=seconds))

    assert refused(lambda: show(group, 5))[0] == 400
    with pytest.raises(ApiException) as caught:
        show(nid, 7)
    assert json.loads(caught.value.body)["details"] == [
        {"message": "must be a multiple of five", "property": "loadingSeconds"}
    ]
    assert not sim.loading(nid)
    show(nid, 10)
    assert sim.loading(nid)
    sim.advance_clock(11)
    assert not sim.loading(nid)


def test_marking_as_read(sim: RunningSimulator, line: Clients) -> None:
    said = sim.say(nid := sim.add_user("Nid"), "hello")
    token = said.event["message"]["markAsReadToken"]
    line.api.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(markAsReadToken=token))
    assert sim.read_up_to(nid) == said.message_id
    wrong = MarkMessagesAsReadByTokenRequest(markAsReadToken="nothing")
    assert refused(lambda: line.api.mark_messages_as_read_by_token(wrong))[0] == 400


def test_content_that_is_gone_unknown_or_never_was(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    photo = sim.send_image(nid, b"jpeg").message_id or ""
    assert line.blob.get_message_content(photo) == b"jpeg"
    assert line.blob.get_message_content_preview(photo) == b"jpeg"
    sim.unsend(photo)
    assert refused(lambda: line.blob.get_message_content(photo)) == (410, "The content is gone")
    assert refused(lambda: line.blob.get_message_content("123")) == (404, "not found")
    words = sim.say(nid, "hello").message_id or ""
    assert refused(lambda: line.blob.get_message_content(words))[0] == 404
    elsewhere = sim.send_image(nid, external_url="https://example.com/a.jpg").message_id or ""
    assert refused(lambda: line.blob.get_message_content(elsewhere))[0] == 404
    cleared = sim.send_image(nid).message_id or ""
    sim.expire_content(cleared)
    assert refused(lambda: line.blob.get_message_content(cleared))[0] == 404
    assert sim.refusals == []


def test_a_video_that_is_still_being_prepared(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    video = sim.send_video(nid, b"mp4", ready_after=2).message_id or ""
    assert line.blob.get_message_content_with_http_info(video).status_code == 202
    assert line.blob.get_message_content_transcoding_by_message_id(video).status == "processing"
    assert line.blob.get_message_content_transcoding_by_message_id(video).status == "succeeded"
    assert line.blob.get_message_content(video) == b"mp4"
    broken = sim.send_audio(nid, ready_after=-1).message_id or ""
    assert line.blob.get_message_content_transcoding_by_message_id(broken).status == "failed"
    photo = sim.send_image(nid).message_id or ""
    assert refused(lambda: line.blob.get_message_content_transcoding_by_message_id(photo))[0] == 400


def test_the_webhook_can_be_set_and_tried(sim: RunningSimulator, line: Clients, bot: EchoBot) -> None:
    assert line.api.get_webhook_endpoint().endpoint == bot.url
    assert line.api.test_webhook_endpoint(WebhookTest()).success
    bot.status = 500
    tried = line.api.test_webhook_endpoint(WebhookTest())
    assert (tried.success, tried.status_code, tried.reason) == (False, 500, "ERROR_STATUS_CODE")
    nobody = SetWebhookEndpointRequest(endpoint="http://example.com/line")
    assert refused(lambda: line.api.set_webhook_endpoint(nobody)) == (400, "Invalid webhook endpoint URL")
    line.api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint="http://127.0.0.1:9/line"))
    tried = line.api.test_webhook_endpoint(WebhookTest())
    assert (tried.success, tried.reason) == (False, "COULD_NOT_CONNECT")


def test_link_tokens_differ(sim: RunningSimulator, line: Clients) -> None:
    nid = sim.add_user("Nid")
    assert line.api.issue_link_token(nid).link_token != line.api.issue_link_token(nid).link_token
