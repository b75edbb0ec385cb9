"""The rules of one try, each by itself: by which way, and what the answer makes of the message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery_rules import (
    BACKOFFS,
    HELD_FOR,
    KEY_LIFE,
    TOKEN_SURELY_ALIVE,
    Endpoint,
    choose_endpoint,
    drop,
    has_lapsed,
    is_not_worth_a_push,
    judge,
)
from bot.line_answers import AlreadySent, Answer, QuotaGone, RateLimited, Refused, Sent, TokenSpent, TryLater
from storage.outbox import Outgoing
from storage.outbox_claims import FURTHEST_HELD, FURTHEST_READY, Settlement

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(seconds=50)
TIES: list[dict[str, Any]] = [{"case": 7, "kind": "card"}, {"case": None, "kind": "prompt"}]
REPLY = Outgoing(1, "U1", "[]", TIES, "token", UNTIL, "key", 0, False, None, NOW, NOW + timedelta(seconds=15))
PUSH = replace(REPLY, reply_token=None, reply_until=None)
DOUBT = TryLater("ReadTimeoutError", True, "uncertain")
UNREACHED = TryLater("NewConnectionError", False, "unreachable")
SPENT = TokenSpent("Invalid reply token")


def try_once(row: Outgoing, endpoint: Endpoint, answer: Answer, now: datetime = NOW) -> Settlement:
    """What becomes of the row."""
    return judge(row, endpoint, answer, called_at=now - timedelta(seconds=1), now=now)


@pytest.mark.parametrize(
    ("row", "at", "endpoint"),
    [
        (PUSH, NOW, "push"),
        (REPLY, NOW, "reply"),
        (REPLY, UNTIL, "push"),
        (replace(REPLY, maybe_taken=True), UNTIL, "reply"),
        (replace(REPLY, maybe_taken=True), UNTIL + TOKEN_SURELY_ALIVE, "push"),
    ],
)
def test_the_token_is_used_while_its_answer_tells(row: Outgoing, at: datetime, endpoint: str) -> None:
    assert choose_endpoint(row, at) == endpoint


def test_a_key_guards_for_a_day_after_line_may_have_taken_it() -> None:
    assert not has_lapsed(PUSH, NOW + KEY_LIFE * 3)
    doubtful = replace(PUSH, first_push_at=NOW)
    assert not has_lapsed(doubtful, NOW + KEY_LIFE - timedelta(seconds=1))
    assert has_lapsed(doubtful, NOW + KEY_LIFE)


def test_bubbles_meet_their_ties_by_position() -> None:
    settled = try_once(PUSH, "push", Sent(("", "22"), (None, "quote"), "request"))
    (bubble,) = settled.bubbles
    assert (bubble.message_id, bubble.case_id, bubble.kind, bubble.quote_token) == (
        "22",
        None,
        "prompt",
        "quote",
    )
    assert (settled.state, settled.sent_by, settled.request_id) == ("sent", "push", "request")


def test_fewer_and_more_ids_than_bubbles_do_no_harm() -> None:
    assert len(try_once(PUSH, "push", Sent(("1",), (None,))).bubbles) == 1
    assert len(try_once(PUSH, "push", AlreadySent(("1", "2", "3"), (None, None, None))).bubbles) == 2
    assert try_once(PUSH, "push", AlreadySent()).state == "sent"


def test_a_spent_token_without_doubt_becomes_a_push_now() -> None:
    settled = try_once(REPLY, "reply", SPENT)
    assert (settled.state, settled.drop_token, settled.next_at) == ("ready", True, NOW)


def test_a_spent_token_in_doubt_means_line_has_it() -> None:
    doubtful = replace(REPLY, maybe_taken=True)
    last = UNTIL + TOKEN_SURELY_ALIVE - timedelta(milliseconds=1)
    assert try_once(doubtful, "reply", SPENT, last).state == "sent"


def test_a_spent_token_in_doubt_after_its_minute_tells_nothing() -> None:
    settled = try_once(replace(REPLY, maybe_taken=True), "reply", SPENT, UNTIL + TOKEN_SURELY_ALIVE)
    assert (settled.state, settled.drop_token) == ("ready", True)


def test_doubt_is_kept_and_starts_the_life_of_the_key_of_a_push_only() -> None:
    push, reply = try_once(PUSH, "push", DOUBT), try_once(REPLY, "reply", DOUBT)
    assert (push.maybe_taken, push.first_push_at) == (True, NOW - timedelta(seconds=1))
    assert (reply.maybe_taken, reply.first_push_at, reply.drop_token) == (True, None, False)
    earlier = replace(PUSH, maybe_taken=True, first_push_at=NOW - timedelta(hours=1))
    again = try_once(earlier, "push", UNREACHED)
    assert (again.maybe_taken, again.first_push_at) == (True, earlier.first_push_at)


def test_what_never_reached_line_starts_no_key() -> None:
    settled = try_once(PUSH, "push", UNREACHED)
    assert (settled.maybe_taken, settled.first_push_at) == (False, None)


def test_no_token_survives_a_push_and_its_tries_begin_anew() -> None:
    settled = try_once(replace(REPLY, attempts=9), "push", DOUBT)
    assert (settled.drop_token, settled.attempts) == (True, 1)


def test_what_strangers_are_told_is_worth_no_push() -> None:
    hint = replace(PUSH, ties=[{"case": None, "kind": "hint"}])
    assert [is_not_worth_a_push(row) for row in (hint, PUSH, replace(PUSH, ties=[]))] == [True, False, False]
    assert not is_not_worth_a_push(replace(PUSH, ties=[*hint.ties, *TIES]))
    assert (drop(hint, NOW).state, drop(hint, NOW).lease_until) == ("dropped", hint.lease_until)


def test_what_line_refuses_says_why() -> None:
    settled = try_once(PUSH, "push", Refused(400, "bad", "messages[0]: worse"))
    assert (settled.state, settled.last_error) == ("dead", "400 bad (messages[0]: worse)")


def test_quota_holds_and_rates_delay() -> None:
    held = try_once(PUSH, "push", QuotaGone("monthly"))
    assert (held.state, held.next_at) == ("held", NOW + HELD_FOR)
    delayed = try_once(PUSH, "push", RateLimited("fast", True))
    assert (delayed.state, delayed.maybe_taken) == ("ready", False)
    assert delayed.next_at > NOW


@pytest.mark.parametrize("pace", sorted(BACKOFFS))
def test_waits_double_up_to_their_limit(pace: str) -> None:
    backoff = BACKOFFS[pace]
    for tries in (1, 2, 3, 10, 1000):
        exact = min(backoff.first * 2.0 ** min(tries - 1, 20), backoff.longest)
        assert 0.75 * exact <= backoff.after(tries).total_seconds() <= 1.25 * exact


def test_nothing_is_put_off_for_so_long_that_it_is_taken_for_a_clock_set_back() -> None:
    longest = max(backoff.longest for backoff in BACKOFFS.values()) * 1.25
    assert timedelta(seconds=longest) < FURTHEST_READY
    assert HELD_FOR < FURTHEST_HELD
