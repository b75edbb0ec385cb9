"""A reply token is used while it lives, asked after when in doubt, and replaced by a push when it is gone."""

from datetime import timedelta

from simulator.running import RunningSimulator
from storage import outbox
from tests.bot.post_office import CALL_SECONDS, LEASE, PostOffice, StartDelivery


def test_a_token_that_was_used_elsewhere_becomes_a_push_at_once(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    user = line.add_user()
    token = post.reply(user, "answer")
    line.expire_reply_token(token)
    start_delivery(post.database)
    post.wait_for_state("sent")
    row = post.get_row()
    assert (row.sent_by, row.reply_token) == ("push", None)
    assert row.first_push_at is not None
    assert post.read(user) == ["answer"]
    assert [call.endpoint for call in line.wire()] == ["reply", "push"]


def test_a_token_too_old_is_not_even_tried(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    user = line.add_user()
    post.reply(user, "answer")
    line.advance_clock(outbox.REPLY_SECONDS)
    start_delivery(post.database)
    post.wait_for_state("sent")
    assert [call.endpoint for call in line.wire()] == ["push"]
    assert post.read(user) == ["answer"]


def test_a_reply_that_line_took_without_telling_is_not_said_twice(
    line: RunningSimulator, open_post: PostOffice
) -> None:
    user = line.add_user()
    line.add_fault("reply", "lost")
    open_post.reply(user, "answer")
    open_post.reply(user, "next")
    open_post.wait_for_state("sent", "sent")
    assert [row.sent_by for row in open_post.list_rows()] == ["reply", "reply"]
    assert open_post.list_rows()[0].maybe_taken
    assert open_post.read(user) == ["answer", "next"]


def test_a_reply_that_timed_out_after_line_took_it_is_not_said_twice(
    line: RunningSimulator, open_post: PostOffice
) -> None:
    user = line.add_user()
    line.add_fault("reply", "hang", seconds=CALL_SECONDS * 2, accepted=True)
    open_post.reply(user, "answer")
    open_post.wait_for_state("sent")
    assert open_post.get_row().sent_by == "reply"
    assert open_post.read(user) == ["answer"]


def test_a_reply_that_line_did_not_take_goes_by_the_same_token(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    line.add_fault("reply", "error", times=2)
    line.add_fault("reply", "drop")
    line.add_fault("reply", "rate_limit")
    open_post.reply(user, "answer")
    open_post.wait_for_state("sent")
    assert (open_post.get_row().sent_by, open_post.get_row().attempts) == ("reply", 5)
    assert len(open_post.list_bubbles()) == 1
    assert open_post.read(user) == ["answer"]


def test_a_doubtful_reply_whose_minute_is_over_is_pushed_rather_than_lost(
    line: RunningSimulator, open_post: PostOffice
) -> None:
    user = line.add_user()
    line.add_fault("reply", "error", times=None)
    open_post.reply(user, "answer")
    open_post.wait_until_tried()
    line.advance_clock(60)
    open_post.wait_for_state("sent")
    assert open_post.get_row().sent_by == "push"
    assert open_post.read(user) == ["answer"]


def test_a_reply_line_answers_unreadably_is_sent(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    line.add_fault("reply", "garbage")
    open_post.reply(user, "answer")
    open_post.wait_for_state("sent")
    assert open_post.list_bubbles() == []
    assert open_post.read(user) == ["answer"]


def test_a_redelivered_event_gives_an_unsent_reply_its_token_back(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    user = line.add_user()
    heard = line.say(user, "?", deliver=False)
    with post.database.begin(line.now()) as session:
        outbox.offer_reply(
            session,
            chat_id=user,
            token=heard.reply_token,
            event_id=heard.event_id,
            until=line.now() + timedelta(seconds=outbox.REPLY_SECONDS),
        )
        outbox.queue(session, user, {"type": "text", "text": "answer"}, kind="prompt")
    line.advance_clock(300)
    line.redeliver(heard.event_id)
    with post.database.begin(line.now()) as session:
        until = line.now() + timedelta(seconds=outbox.REPLY_SECONDS)
        outbox.refresh_reply(session, event_id=heard.event_id, token=heard.reply_token or "", until=until)
    start_delivery(post.database)
    post.wait_for_state("sent")
    assert post.get_row().sent_by == "reply"
    assert line.quota_used() == 0


def test_turning_the_clock_during_a_call_doubles_nothing(line: RunningSimulator, open_post: PostOffice) -> None:
    user = line.add_user()
    line.add_fault("push", "slow", seconds=CALL_SECONDS / 2)
    open_post.push(user, "card")
    line.advance_clock(LEASE.total_seconds() * 2)
    open_post.wait_for_state("sent")
    line.wait_quiet()
    assert open_post.read(user) == ["card"]
    assert len(line.wire("push")) == 1
