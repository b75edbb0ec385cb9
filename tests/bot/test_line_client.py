"""The way to LINE: what each answer means, and that what was frozen is sent as it is."""

import json
import uuid
from collections.abc import Iterator

import pytest

from bot.line_answers import (
    AlreadySent,
    Answer,
    QuotaGone,
    RateLimited,
    Refused,
    Sent,
    TokenSpent,
    TryLater,
    read_answer,
)
from bot.line_client import HttpLineClient, Quota, choose_call_seconds
from simulator.running import RunningSimulator

HELLO = '[{"type":"text","text":"สวัสดี \\"ชาว\\" กรุงเทพฯ 😀"}]'


@pytest.fixture
def client(line: RunningSimulator) -> Iterator[HttpLineClient]:
    """The client under test."""
    opened = HttpLineClient(line.base_url + "/", line.access_token, call_seconds=1.0)
    yield opened
    opened.close()


def key() -> str:
    """A retry key."""
    return str(uuid.uuid4())


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (200, b'{"sentMessages":[{"id":"1","quoteToken":"q"},{"id":2}]}', Sent(("1", "2"), ("q", None), "r")),
        (200, b"<html>", Sent((), (), "r")),
        (200, b'{"sentMessages":{}}', Sent((), (), "r")),
        (200, b'{"sentMessages":[null,{"id":"a\\u0000b"}]}', Sent(("", "ab"), (None, None), "r")),
        (202, b"[]", Sent((), (), "r")),
        (409, b'{"sentMessages":[{"id":"1"}]}', AlreadySent(("1",), (None,), "r")),
        (400, b'{"message":"Invalid reply token"}', TokenSpent("Invalid reply token", "r")),
        (400, b'{"message":"x","details":[{"property":"replyToken","message":"y"}]}', TokenSpent("x", "r")),
        (
            400,
            b'{"message":"x","details":[{"property":"p","message":"y"},1]}',
            Refused(400, "x", "p: y", "r"),
        ),
        (400, b"", Refused(400, "", "", "r")),
        (413, b"{}", Refused(413, "", "", "r")),
        (429, b'{"message":"You have reached your monthly limit."}', QuotaGone),
        (429, b'{"message":"The API rate limit has been exceeded. Try again later."}', RateLimited),
        (429, b"{}", RateLimited("", False, "r")),
        (401, b"{}", TryLater("401", False, "account", "r")),
        (403, b"{}", TryLater("403", False, "account", "r")),
        (404, b"{}", TryLater("404", False, "account", "r")),
        (302, b"", TryLater("302", False, "account", "r")),
        (408, b"", TryLater("408", True, "uncertain", "r")),
        (500, b"", TryLater("500", True, "uncertain", "r")),
        (503, b"<html>", TryLater("503", True, "uncertain", "r")),
        (799, b"", TryLater("799", True, "uncertain", "r")),
    ],
)
def test_every_answer_has_a_meaning(status: int, body: bytes, meaning: Answer | type) -> None:
    found = read_answer(status, body, "r")
    assert isinstance(found, meaning) if isinstance(meaning, type) else found == meaning


def test_frozen_messages_arrive_letter_by_letter(line: RunningSimulator, client: HttpLineClient) -> None:
    user = line.add_user()
    token = line.say(user, "?", deliver=False).reply_token
    assert token is not None
    replied = client.reply(token, HELLO)
    pushed = client.push(user, HELLO, key())
    assert isinstance(replied, Sent)
    assert isinstance(pushed, Sent)
    assert [m.message for m in line.received(user)] == [json.loads(HELLO)[0]] * 2
    assert [m.message_id for m in line.received(user)] == [*replied.ids, *pushed.ids]
    assert replied.request_id == line.received(user)[0].request_id
    assert line.refusals == []


def test_only_a_push_carries_a_retry_key(line: RunningSimulator, client: HttpLineClient) -> None:
    user = line.add_user()
    client.reply(line.say(user, "?", deliver=False).reply_token or "", HELLO)
    retry_key = key()
    client.push(user, HELLO, retry_key)
    reply, push = line.wire()
    assert "x-line-retry-key" not in reply.request_headers
    assert push.request_headers["x-line-retry-key"] == retry_key


def test_the_same_key_gives_the_same_ids(line: RunningSimulator, client: HttpLineClient) -> None:
    user, retry_key = line.add_user(), key()
    first, second = client.push(user, HELLO, retry_key), client.push(user, HELLO, retry_key)
    assert isinstance(first, Sent)
    assert isinstance(second, AlreadySent)
    assert first.ids == second.ids


def test_what_never_reached_line_is_told_from_what_may_have(line: RunningSimulator, client: HttpLineClient) -> None:
    user = line.add_user()
    for kind in ("drop", "lost", "hang"):
        line.add_fault("push", kind, seconds=3)
        answer = client.push(user, HELLO, key())
        assert isinstance(answer, TryLater)
        assert answer.maybe_taken
    line.refuse_connections()
    answer = client.push(user, HELLO, key())
    assert isinstance(answer, TryLater)
    assert (answer.maybe_taken, answer.pace) == (False, "unreachable")


def test_an_address_that_does_not_exist_is_never_reached() -> None:
    client = HttpLineClient("http://line.invalid", "token", call_seconds=1.0)
    answer = client.push("U1", HELLO, key())
    assert isinstance(answer, TryLater)
    assert not answer.maybe_taken


def test_leaving_a_group_twice_is_as_good_as_once(line: RunningSimulator, client: HttpLineClient) -> None:
    group = line.add_group(members=[line.add_user()])
    assert client.leave_group(group)
    assert line.get_group(group).left_by_bot
    assert client.leave_group(group)


def test_a_room_is_left_by_its_own_way(line: RunningSimulator, client: HttpLineClient) -> None:
    room = line.add_room([line.add_user(), line.add_user()])
    assert client.leave_group(room)
    assert line.get_group(room).left_by_bot


def test_a_member_is_asked_for_by_name(line: RunningSimulator, client: HttpLineClient) -> None:
    somchai = line.add_user("สมชาย")
    group, room = line.add_group(members=[somchai]), line.add_room([somchai, line.add_user()])
    assert [client.find_member_name(chat, somchai) for chat in (group, room)] == ["สมชาย", "สมชาย"]
    assert client.find_member_name(group, line.add_user("Stranger")) == ""
    line.add_fault("group.member", "error")
    assert client.find_member_name(group, somchai) is None
    line.add_fault("group.member", "drop")
    assert client.find_member_name(group, somchai) is None


def test_leaving_fails_where_line_is_away(line: RunningSimulator, client: HttpLineClient) -> None:
    group = line.add_group(members=[line.add_user()])
    line.add_fault("group.leave", "error")
    assert not client.leave_group(group)
    line.add_fault("group.leave", "drop")
    assert not client.leave_group(group)
    assert not line.get_group(group).left_by_bot


@pytest.mark.parametrize(("lease", "call"), [(60.0, 10.0), (15.0, 10.0), (3.0, 2.0)])
def test_a_call_ends_within_its_lease(lease: float, call: float) -> None:
    assert choose_call_seconds(lease) == call


def test_what_a_push_costs_is_asked_for(line: RunningSimulator, client: HttpLineClient) -> None:
    group = line.add_group("เขตพญาไท", [line.add_user("พิมพ์"), line.add_user("ก้อย")])
    assert client.count_members(group) == 2
    line.remove_bot(group)
    assert client.count_members(group) == 0
    line.set_quota(None)
    assert client.find_basic_id() == "@000simul"
    assert client.find_quota() == Quota(None, 0)
    line.set_quota(300, used=280)
    assert client.find_quota() == Quota(300, 280)


def test_where_line_is_away_nothing_is_made_up() -> None:
    away = HttpLineClient("http://127.0.0.1:1", "token", call_seconds=1.0)
    assert away.count_members("C1") is None
    assert away.find_quota() is None and away.find_basic_id() is None
