"""What LINE's answer to a message means for that message, and nothing else about it.

Two questions decide everything: does LINE have it, and could it be otherwise later? What each status says
about them is a table, so that a new status is one line.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Pace = Literal["unreachable", "uncertain", "account"]
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """LINE took it. `ids` and `quote_tokens` go by position among the message objects; unknown: empty."""

    ids: tuple[str, ...] = ()
    quote_tokens: tuple[str | None, ...] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """LINE had taken it at an earlier try with the same retry key."""

    ids: tuple[str, ...] = ()
    quote_tokens: tuple[str | None, ...] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not the message's fault. `maybe_taken`: LINE may have it all the same; `pace`: how soon to ask."""

    reason: str
    maybe_taken: bool
    pace: Pace
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too much at once: for the whole channel at this endpoint, or else for this one chat."""

    reason: str
    whole_channel: bool
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class QuotaGone:
    """This month's messages are used up. Replies are free and go on."""

    reason: str
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class TokenSpent:
    """The reply token was used before, or its minute is over."""

    reason: str
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """LINE will never take this message as it is."""

    status: int
    message: str
    details: str = ""
    request_id: str | None = None


Answer = Sent | AlreadySent | TryLater | RateLimited | QuotaGone | TokenSpent | Refused
Body = Mapping[str, Any]
_Reader = Callable[[int, Body, str | None], Answer]


def read_answer(status: int, body: bytes, request_id: str | None) -> Answer:
    """What an HTTP answer of the reply or push endpoint means."""
    reader = _BY_STATUS.get(status) or (_taken if 200 <= status < 300 else _unknown)
    return reader(status, _parse(body), request_id)


def _parse(body: bytes) -> Body:
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _taken(_status: int, body: Body, request_id: str | None) -> Answer:
    return Sent(*_read_bubbles(body), request_id)


def _repeated(_status: int, body: Body, request_id: str | None) -> Answer:
    return AlreadySent(*_read_bubbles(body), request_id)


def _bad_request(status: int, body: Body, request_id: str | None) -> Answer:
    message, details = _plain(body.get("message")), _read_details(body)
    if "reply token" in message.lower() or "replyToken" in details:
        return TokenSpent(message, request_id)
    return Refused(status, message, details, request_id)


def _refused(status: int, body: Body, request_id: str | None) -> Answer:
    return Refused(status, _plain(body.get("message")), _read_details(body), request_id)


def _limited(_status: int, body: Body, request_id: str | None) -> Answer:
    message = _plain(body.get("message"))
    if "monthly limit" in message.lower():
        return QuotaGone(message, request_id)
    return RateLimited(message, "rate limit" in message.lower(), request_id)


def _account(status: int, body: Body, request_id: str | None) -> Answer:
    # A wrong token, plan or address is the operator's to mend; until then every message must wait unharmed.
    return TryLater(f"{status} {_plain(body.get('message'))}".strip(), False, "account", request_id)


def _unknown(status: int, body: Body, request_id: str | None) -> Answer:
    return TryLater(f"{status} {_plain(body.get('message'))}".strip(), True, "uncertain", request_id)


_MEANINGS: tuple[tuple[Iterable[int], _Reader], ...] = (
    (range(200, 300), _taken),
    (range(300, 400), _account),  # LINE sends nobody elsewhere: LINE_API_BASE_URL is wrong
    (range(400, 500), _refused),
    ((400,), _bad_request),
    ((401, 403, 404, 405), _account),
    ((408,), _unknown),
    ((409,), _repeated),
    ((429,), _limited),
    (range(500, 600), _unknown),
)
_BY_STATUS: dict[int, _Reader] = {status: reader for statuses, reader in _MEANINGS for status in statuses}


def _read_bubbles(body: Body) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    sent = body.get("sentMessages")
    bubbles = [bubble if isinstance(bubble, dict) else {} for bubble in sent] if isinstance(sent, list) else []
    ids = tuple(_plain(bubble.get("id")) for bubble in bubbles)
    tokens = tuple(_plain(bubble.get("quoteToken")) or None for bubble in bubbles)
    return ids, tokens


def _read_details(body: Body) -> str:
    details = body.get("details")
    named = [detail for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []
    return _plain("; ".join(f"{_plain(one.get('property'))}: {_plain(one.get('message'))}" for one in named))


def _plain(value: object) -> str:
    # PostgreSQL keeps no NUL in a text, and an answer that cannot be kept would be asked for again for ever.
    return "" if value is None else str(value).replace("\x00", "")[:LONGEST_REASON]
