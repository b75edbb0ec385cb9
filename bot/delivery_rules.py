"""What becomes of a message after one try: a pure function of the row, LINE's answer and the time.

The rules are kept apart from the threads so that each can be read, and tested, without sending anything.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import uniform
from typing import Literal

from bot.line_answers import AlreadySent, Answer, QuotaGone, RateLimited, Refused, Sent, TokenSpent, TryLater
from storage.outbox import Outgoing
from storage.outbox_claims import Bubble, Settlement

Endpoint = Literal["reply", "push"]

TOKEN_SURELY_ALIVE = timedelta(seconds=5)  # past `reply_until` (50 s after arrival) the minute still has this left
KEY_LIFE = timedelta(hours=24)  # LINE remembers a retry key that long
HELD_FOR = timedelta(hours=1)
REPLY_ONLY = frozenset({"hint"})  # said to groups of strangers, where a push would cost us at their will
KEY_LAPSED = "LINE did not confirm it within 24 hours and may have it; send it again only if it is not in the chat"


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds to the second try, doubled each time up to `longest`."""

    first: float
    longest: float

    def after(self, tries: int) -> timedelta:
        """How long to wait after so many tries; never quite the same twice, so that crowds disperse."""
        return timedelta(seconds=min(self.first * 2.0 ** min(tries - 1, 20), self.longest) * uniform(0.75, 1.25))


BACKOFFS = {
    "reply": Backoff(0.3, 5.0),  # the token's minute is running
    "unreachable": Backoff(0.5, 10.0),  # a try costs nothing, and LINE coming back must be noticed in seconds
    "uncertain": Backoff(1.0, 600.0),
    "account": Backoff(2.0, 60.0),
    "limited": Backoff(0.5, 30.0),
}


def choose_endpoint(row: Outgoing, now: datetime) -> Endpoint:
    """Reply while the token is good; ask after a doubtful reply for as long as the answer is sure to tell."""
    if row.reply_token is None or row.reply_until is None:
        return "push"
    until = row.reply_until + TOKEN_SURELY_ALIVE if row.maybe_taken else row.reply_until
    return "reply" if now < until else "push"


def has_lapsed(row: Outgoing, now: datetime) -> bool:
    """Whether a push may have been taken so long ago that its retry key no longer guards it."""
    return row.first_push_at is not None and now - row.first_push_at >= KEY_LIFE


def is_not_worth_a_push(row: Outgoing) -> bool:
    """Whether what is said here is said by free reply or not at all."""
    return bool(row.ties) and all(tie.get("kind") in REPLY_ONLY for tie in row.ties)


def is_silent(row: Outgoing) -> bool:
    """Whether no phone is to ring: for none of what is said."""
    return bool(row.ties) and all(tie.get("silent") for tie in row.ties)


def drop(row: Outgoing, now: datetime) -> Settlement:
    """Nobody needs it any more."""
    return replace(give_back(row, now), state="dropped")


def give_back(row: Outgoing, next_at: datetime) -> Settlement:
    """Untouched, for whoever claims it next."""
    return Settlement(
        id=row.id,
        chat_id=row.chat_id,
        lease_until=row.lease_until,
        state="ready",
        attempts=row.attempts,
        maybe_taken=row.maybe_taken,
        next_at=next_at,
        first_push_at=row.first_push_at,
        drop_token=row.reply_token is None,
    )


def bury(row: Outgoing, now: datetime, reason: str) -> Settlement:
    """Not to be tried again by itself."""
    return replace(give_back(row, now), state="dead", last_error=reason)


def judge(row: Outgoing, endpoint: Endpoint, answer: Answer, *, called_at: datetime, now: datetime) -> Settlement:
    """How the row ends, or when it is tried again, after this answer to this call."""
    # Once a push was tried the token is let go: a reply after a push that LINE may have would say it twice.
    # Its own count begins, too, or the many quick tries of the reply would make it wait for minutes.
    turned = endpoint == "push" and row.reply_token is not None
    tries = 1 if turned else row.attempts + 1
    tried = replace(give_back(row, now), attempts=tries, drop_token=endpoint == "push", request_id=answer.request_id)
    match answer:
        case Sent() | AlreadySent():
            return replace(_settle_sent(tried, endpoint, now), bubbles=_list_bubbles(row, answer, now))
        case TokenSpent(reason=reason):
            return _judge_spent(row, tried, reason, now)
        case QuotaGone(reason=reason):
            return replace(tried, state="held", next_at=now + HELD_FOR, last_error=reason)
        case RateLimited(reason=reason):
            return replace(tried, next_at=now + _wait(endpoint, "limited", tries), last_error=reason)
        case Refused():
            return replace(tried, state="dead", last_error=_describe(answer))
        case TryLater(reason=reason, maybe_taken=maybe_taken, pace=pace):
            first_push_at = row.first_push_at
            if endpoint == "push" and maybe_taken and first_push_at is None:
                first_push_at = called_at
            return replace(
                tried,
                maybe_taken=row.maybe_taken or maybe_taken,
                first_push_at=first_push_at,
                next_at=now + _wait(endpoint, pace, tries),
                last_error=reason,
            )


def _wait(endpoint: Endpoint, pace: str, tries: int) -> timedelta:
    return BACKOFFS["reply" if endpoint == "reply" else pace].after(tries)


def _settle_sent(tried: Settlement, endpoint: Endpoint, now: datetime) -> Settlement:
    first_push_at = tried.first_push_at or (now if endpoint == "push" else None)
    return replace(tried, state="sent", sent_by=endpoint, sent_at=now, first_push_at=first_push_at)


def _judge_spent(row: Outgoing, tried: Settlement, reason: str, now: datetime) -> Settlement:
    if row.maybe_taken and row.reply_until is not None and now < row.reply_until + TOKEN_SURELY_ALIVE:
        # The token cannot have died of age yet, so our own doubtful call used it up: LINE has the message.
        return replace(_settle_sent(tried, "reply", now), last_error=reason)
    # Either it surely was not taken, or nobody can tell any more: better said twice than never.
    return replace(tried, attempts=0, drop_token=True, next_at=now, last_error=reason)


def _list_bubbles(row: Outgoing, answer: Sent | AlreadySent, now: datetime) -> tuple[Bubble, ...]:
    return tuple(
        Bubble(message_id, row.chat_id, tie.get("case"), tie.get("kind") or "", row.id, quote_token, now)
        for tie, message_id, quote_token in zip(row.ties, answer.ids, answer.quote_tokens, strict=False)
        if message_id and len(message_id) <= 64
    )


def _describe(answer: Refused) -> str:
    told = f"{answer.status} {answer.message}"
    return f"{told} ({answer.details})" if answer.details else told
