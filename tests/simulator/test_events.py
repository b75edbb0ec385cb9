"""Every event has the shape LINE gives it: LINE's own SDK must understand each, and know what is in it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from linebot.v3.models import UnknownEvent
from linebot.v3.webhooks import (
    AccountLinkEvent,
    FollowEvent,
    JoinEvent,
    LeaveEvent,
    MemberJoinedEvent,
    MemberLeftEvent,
    MembershipEvent,
    MessageEditedEvent,
    MessageEvent,
    PostbackEvent,
    UnfollowEvent,
    UnsendEvent,
    VideoPlayCompleteEvent,
)

from simulator.outcomes import Outcome, SimulatorError
from simulator.running import RunningSimulator
from tests.simulator.bot import EchoBot

NO_TOKEN = (UnsendEvent, UnfollowEvent, LeaveEvent, MemberLeftEvent)


@pytest.fixture
def nid(sim: RunningSimulator) -> str:
    return sim.add_user("Nid")


@pytest.fixture
def group(sim: RunningSimulator, nid: str) -> str:
    return sim.add_group("North", [nid, sim.add_user("Pim")])


def test_by_is_asked_for_in_groups(sim: RunningSimulator, group: str) -> None:
    with pytest.raises(SimulatorError, match="by=<user id>"):
        sim.say(group, "hello")
    with pytest.raises(SimulatorError, match="is not in"):
        sim.say(group, "hello", by=sim.add_user("Stranger"))
    with pytest.raises(SimulatorError, match="no chat"):
        sim.say("C" + "0" * 32, "hello")


def test_edits_are_told_of_texts_in_groups_only(sim: RunningSimulator, nid: str, group: str) -> None:
    said = sim.say(nid, "hello").message_id or ""
    photo = sim.send_image(group, by=nid).message_id or ""
    for message_id in (said, photo):
        with pytest.raises(SimulatorError, match="no text in a group"):
            sim.edit(message_id, "hello!")


def test_a_group_without_the_bot_is_not_heard(sim: RunningSimulator, bot: EchoBot, nid: str) -> None:
    group = sim.add_group("North", [nid], bot_in=False)
    assert sim.say(group, "hello", by=nid).error == "not sent"
    assert sim.invite_bot(group).ok
    assert sim.say(group, "hello", by=nid).ok


def test_who_blocked_is_not_heard(sim: RunningSimulator, bot: EchoBot, nid: str) -> None:
    assert sim.block(nid).ok
    assert sim.say(nid, "hello").error == "not sent"
    assert [event.type for event in bot.events] == ["unfollow"]


def test_every_event_is_understood_by_lines_sdk(sim: RunningSimulator, bot: EchoBot, nid: str, group: str) -> None:
    pim = sim.get_group(group).members[1]
    in_group: dict[str, Any] = {"by": nid}
    acts: list[tuple[type, Callable[[], Outcome]]] = [
        (FollowEvent, lambda: sim.follow(nid)),
        (JoinEvent, lambda: sim.invite_bot(group)),
        (MessageEvent, lambda: sim.say(nid, "hello")),
        (MessageEvent, lambda: sim.send_image(group, **in_group)),
        (MessageEvent, lambda: sim.send_video(nid)),
        (MessageEvent, lambda: sim.send_audio(nid)),
        (MessageEvent, lambda: sim.send_file(group, "plan.pdf", b"%PDF", **in_group)),
        (MessageEvent, lambda: sim.send_location(nid, 13.75, 100.5, title="here")),
        (MessageEvent, lambda: sim.send_sticker(group, keywords=["thumbs up"], **in_group)),
        (MessageEditedEvent, lambda: sim.edit(sim.say(group, "a", **in_group).message_id or "", "b")),
        (UnsendEvent, lambda: sim.unsend(sim.say(group, "a", **in_group).message_id or "")),
        (PostbackEvent, lambda: sim.postback(group, "a=1", params={"date": "2026-11-21"}, **in_group)),
        (MemberJoinedEvent, lambda: sim.add_members(group, [sim.add_user("New")])),
        (MemberLeftEvent, lambda: sim.remove_members(group, [pim])),
        (LeaveEvent, lambda: sim.remove_bot(group)),
        (UnfollowEvent, lambda: sim.block(nid)),
        (
            VideoPlayCompleteEvent,
            lambda: sim.send_event(sim.add_user(), "videoPlayComplete", {"videoPlayComplete": {"trackingId": "t"}}),
        ),
        (
            AccountLinkEvent,
            lambda: sim.send_event(sim.add_user(), "accountLink", {"link": {"result": "ok", "nonce": "n"}}),
        ),
        (
            MembershipEvent,
            lambda: sim.send_event(sim.add_user(), "membership", {"membership": {"type": "joined", "membershipId": 1}}),
        ),
    ]
    for kind, act in acts:
        outcome = act()
        assert outcome.ok and type(bot.events[-1]) is kind, bot.events[-1]
        event: Any = bot.events[-1]
        assert event.webhook_event_id == outcome.event_id
        assert (getattr(event, "reply_token", None) is None) == isinstance(event, NO_TOKEN)
    assert sim.refusals == []


def test_an_event_line_has_not_invented_yet(sim: RunningSimulator, bot: EchoBot, nid: str) -> None:
    assert sim.send_event(nid, "waved", {"waved": {"times": 2}}).ok
    assert isinstance(bot.events[-1], UnknownEvent)
    assert json.loads(bot.bodies[-1])["events"][0]["waved"] == {"times": 2}


def test_a_source_without_the_person(sim: RunningSimulator, nid: str, group: str) -> None:
    assert "userId" not in sim.say(group, "hello", by=nid, with_user_id=False).event["source"]
    shy = sim.add_user("Shy", consented=False)
    sim.add_members(group, [shy])
    assert sim.say(group, "hello", by=shy).event["source"] == {"type": "group", "groupId": group}
    assert sim.invite_bot(group).event["source"] == {"type": "group", "groupId": group}


def test_standby_carries_no_reply_token(sim: RunningSimulator, nid: str) -> None:
    said = sim.say(nid, "hello", standby=True)
    assert (said.event["mode"], said.reply_token, "replyToken" in said.event) == ("standby", None, False)


def test_time_and_odd_properties_can_be_set(sim: RunningSimulator, nid: str) -> None:
    moment = datetime(2026, 11, 21, 3, 4, 5, 678000, UTC)
    odd = {"message": {"text": None, "newThing": 1}, "mode": "sleeping", "webhookEventId": None}
    event = sim.say(nid, "hello", at=moment, extra=odd).event
    assert event["timestamp"] == 1795230245678
    assert (event["mode"], event["message"]["newThing"]) == ("sleeping", 1)
    assert "text" not in event["message"] and "webhookEventId" not in event


def test_a_quote_names_the_message_and_nothing_else(sim: RunningSimulator, nid: str, group: str) -> None:
    first = sim.say(group, "#1 ?", by=nid)
    reply = sim.say(group, "done", by=nid, quotes=first.message_id)
    assert reply.event["message"]["quotedMessageId"] == first.message_id
    assert sim.send_sticker(group, by=nid, quotes=first.message_id).event["message"]["quotedMessageId"]
    with pytest.raises(SimulatorError, match="another chat"):
        sim.say(nid, "done", quotes=first.message_id)


def test_mentions_count_utf16_units(sim: RunningSimulator, nid: str, group: str) -> None:
    words = "🙏 @All @Nid @Bot"
    mentions = [("@All", "all"), ("@Nid", nid), ("@Bot", sim.bot_user_id)]
    found = sim.say(group, words, by=nid, mentions=mentions).event["message"]["mention"]["mentionees"]
    assert [(one["index"], one["length"], one["type"]) for one in found] == [
        (3, 4, "all"),
        (8, 4, "user"),
        (13, 4, "user"),
    ]
    assert [one.get("isSelf") for one in found] == [None, False, True]
    with pytest.raises(SimulatorError, match="does not stand in the text"):
        sim.say(group, "hello", by=nid, mentions=[("@Nid", nid)])


def test_only_some_messages_can_be_quoted_by_the_bot(sim: RunningSimulator, nid: str) -> None:
    for outcome in (sim.say(nid, "a"), sim.send_image(nid), sim.send_video(nid), sim.send_sticker(nid)):
        assert outcome.quote_token
    for outcome in (sim.send_audio(nid), sim.send_location(nid, 1, 2), sim.send_file(nid, "a", b"")):
        assert outcome.quote_token is None and "quoteToken" not in outcome.event["message"]


def test_an_album_comes_in_any_order(sim: RunningSimulator, bot: EchoBot, nid: str) -> None:
    sim.send_album(nid, [b"1", b"2", b"3"], order=[2, 0])
    sets = [event.message.image_set for event in bot.events]
    assert [(one.index, one.total) for one in sets] == [(3, 3), (1, 3)]
    assert len({one.id for one in sets}) == 1
    (first, second) = sim.send_album(nid, [b"1", b"2"], numbered=False, together=True)
    assert first.event["message"]["imageSet"] == {"id": second.event["message"]["imageSet"]["id"]}
    assert len(json.loads(bot.bodies[-1])["events"]) == 2


def test_an_edit_keeps_the_id_and_renews_the_tokens(sim: RunningSimulator, nid: str, group: str) -> None:
    said = sim.say(group, "acknowledged", by=nid)
    edited = sim.edit(said.message_id or "", "not ours")
    assert edited.message_id == said.message_id
    assert edited.quote_token != said.quote_token and edited.reply_token != said.reply_token
    assert "markAsReadToken" not in edited.event["message"]
    assert [(line.message["text"], line.edited) for line in sim.conversation(group)] == [("not ours", True)]


def test_a_seed_repeats_every_id(sim: RunningSimulator) -> None:
    said = sim.say(sim.add_user("Nid", user_id="U" + "a" * 32), "hello")
    assert said.message_id and said.message_id.isdigit()
    assert len(said.event_id) == 26 and said.event_id[0] == "0"
