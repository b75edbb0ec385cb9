"""A push is tried until LINE has it, under one retry key, and stands aside where trying is of no use."""

from datetime import timedelta
from threading import Event

import pytest

from bot.delivery_rules import HELD_FOR, KEY_LAPSED
from simulator.running import RunningSimulator
from storage import outbox
from tests.bot.post_office import CALL_SECONDS, PostOffice, StartDelivery


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [("error", False), ("lost", False), ("drop", False), ("hang", True), ("hang", False)],
)
def test_a_push_without_a_clear_answer_is_repeated_and_arrives_once(
    line: RunningSimulator, open_post: PostOffice, kind: str, accepted: bool
) -> None:
    user = line.add_user()
    line.add_fault("push", kind, seconds=CALL_SECONDS * 2, accepted=accepted)  # type: ignore[arg-type]
    open_post.push(user, "card")
    open_post.wait_for_state("sent")
    assert open_post.read(user) == ["card"]
    assert [bubble.message_id for bubble in open_post.list_bubbles()] == [m.message_id for m in line.received(user)]
    calls = line.wire("push")
    assert len({call.request_headers["x-line-retry-key"] for call in calls}) == 1
    assert len({call.request_headers["content-length"] for call in calls}) == 1
    assert line.refusals == []


def test_a_message_that_backs_off_holds_up_its_own_chat_only(line: RunningSimulator, open_post: PostOffice) -> None:
    slow, quick = line.add_user(), line.add_user()
    line.add_fault("push", "error", chat=slow, times=2)
    open_post.push(slow, "first")
    open_post.push(slow, "second")
    open_post.reply(slow, "third")
    open_post.push(quick, "at once")
    line.wait_for(quick, "at once")
    open_post.wait_until_no_more_open()
    assert open_post.read(slow) == ["first", "second", "third"]


def test_line_being_away_delays_and_loses_nothing(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    line.refuse_connections()
    open_post.push(user, "card")
    open_post.reply(user, "answer")
    open_post.wait_until_tried(2)
    row = open_post.list_rows()[0]
    assert (row.maybe_taken, row.first_push_at) == (False, None)
    line.accept_connections()
    open_post.wait_until_no_more_open()
    assert open_post.read(user) == ["card", "answer"]


def test_a_wrong_access_token_kills_no_message(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    token = line.access_token
    line.revoke_access_token()
    open_post.push(user, "card")
    open_post.reply(user, "answer")
    open_post.wait_until_tried()
    assert {row.state for row in open_post.list_rows()} == {"ready"}
    line.set_access_token(token)
    line.advance_clock(10)
    open_post.wait_until_no_more_open()
    assert open_post.read(user) == ["card", "answer"]


def test_too_fast_slows_down_and_loses_nothing(line: RunningSimulator, open_post: PostOffice) -> None:
    line.set_rate_limit("push", 20, burst=3)
    users = [line.add_user() for _ in range(30)]
    for user in users:
        open_post.push(user, "card")
    open_post.wait_until_no_more_open()
    assert [open_post.read(user) for user in users] == [["card"]] * 30
    assert {call.status for call in line.wire("push")} == {200, 429}


def test_replies_go_on_while_the_quota_is_gone_and_pushes_wait_for_it(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    told = Event()
    start_delivery(post.database, on_quota_gone=told.set)
    user = line.add_user()
    line.set_quota(0)
    post.push(user, "card")
    post.wait_for_state("held")
    post.reply(user, "answer")
    post.wait_for_state("held", "sent")
    assert told.wait(5)
    assert post.read(user) == ["answer"]
    line.set_quota(100)
    line.advance_clock(HELD_FOR.total_seconds() - 60)
    post.push(user, "newer")
    post.wait_for_state("held", "sent", "sent")
    line.advance_clock(60)
    post.wait_for_state("sent", "sent", "sent")
    assert post.read(user) == ["answer", "newer", "card"]


def test_whoever_hears_of_the_quota_cannot_stop_the_delivery(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    def fail() -> None:
        raise RuntimeError("mail server away")

    start_delivery(post.database, on_quota_gone=fail)
    user = line.add_user()
    line.set_quota(0)
    post.push(user, "card")
    post.wait_for_state("held")
    line.set_quota(None)
    with post.database.begin(line.now()) as session:
        assert outbox.resend(session, [post.get_row().id], line.now()) == 1
    post.wait_for_state("sent")


def test_a_push_in_doubt_for_a_day_is_left_to_a_person(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    line.add_fault("push", "lost")
    line.add_fault("push", "error", times=None)
    open_post.push(user, "card")
    open_post.wait_until_tried(2)
    line.advance_clock(timedelta(hours=24).total_seconds())
    open_post.wait_for_state("dead")
    assert open_post.get_row().last_error == KEY_LAPSED
    assert open_post.read(user) == ["card"]


def test_a_dead_message_sent_again_has_a_new_key_and_arrives(line: RunningSimulator, open_post: PostOffice) -> None:
    group = line.add_group(members=[line.add_user()], bot_in=False)
    open_post.push(group, "card")
    open_post.wait_for_state("dead")
    line.invite_bot(group)
    with open_post.database.begin(line.now()) as session:
        dead = [row.id for row in outbox.list_dead(session)]
        assert outbox.resend(session, dead, line.now()) == 1
    open_post.wait_for_state("sent")
    assert open_post.read(group) == ["card"]
    assert len({call.request_headers["x-line-retry-key"] for call in line.wire("push")}) == 2
