"""Speaks to LINE on the hot path: replies and pushes of frozen JSON, and leaving a group.

The SDK's models drop keys they do not know and cost more than all the rest of a reply, so the bytes kept in
the outbox go out as they are, by the HTTP library the SDK itself uses. Everything rarer is in `line_account`.
"""

import json
from typing import Protocol
from urllib.parse import quote

import structlog
from urllib3 import BaseHTTPResponse, Timeout, connection_from_url
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.util import parse_url

from bot.line_answers import Answer, TryLater, read_answer

log = structlog.get_logger()
NEVER_REACHED = (NewConnectionError, ConnectTimeoutError)  # the first is also raised for a name not found
CONNECT_SECONDS = 2.0
LONGEST_CALL = 10.0


def choose_call_seconds(lease_seconds: float) -> float:
    """How long a call may take, so that it ends well within the lease of the row it sends."""
    return min(LONGEST_CALL, lease_seconds * 2 / 3)


class LineClient(Protocol):
    """The way to LINE. `call_seconds` is the longest that one call takes."""

    call_seconds: float

    def reply(self, token: str, messages_json: str) -> Answer:
        """Answer an event: free, and once only."""
        ...

    def push(self, to: str, messages_json: str, retry_key: str) -> Answer:
        """Send to a chat; the same key with the same bytes is taken once in 24 hours."""
        ...


class HttpLineClient:
    """LINE over HTTP, on kept-alive connections. May be used by many threads."""

    def __init__(
        self,
        base_url: str,
        access_token: str,
        *,
        pool_size: int = 8,
        call_seconds: float = LONGEST_CALL,
    ) -> None:
        self.call_seconds = call_seconds
        connect = min(CONNECT_SECONDS, call_seconds / 5)
        timeout = Timeout(connect=connect, read=call_seconds - connect)
        self._api = connection_from_url(base_url, maxsize=pool_size, timeout=timeout)
        self._prefix = (parse_url(base_url).path or "").rstrip("/")
        self._headers = {"Authorization": f"Bearer {access_token}", "Content-Type": "application/json"}

    def reply(self, token: str, messages_json: str) -> Answer:
        """Answer an event: free, and once only."""
        body = f'{{"replyToken":{json.dumps(token)},"messages":{messages_json}}}'
        return self._send("/v2/bot/message/reply", body, self._headers)

    def push(self, to: str, messages_json: str, retry_key: str) -> Answer:
        """Send to a chat; the same key with the same bytes is taken once in 24 hours."""
        body = f'{{"to":{json.dumps(to)},"messages":{messages_json}}}'
        return self._send("/v2/bot/message/push", body, {**self._headers, "X-Line-Retry-Key": retry_key})

    def leave_group(self, group_id: str) -> bool:
        """Leave a group; True once we are out of it, also where we were not in it."""
        path = f"{self._prefix}/v2/bot/group/{quote(group_id, safe='')}/leave"
        try:
            answer = self._api.urlopen("POST", path, b"{}", self._headers, retries=False, redirect=False)
        except HTTPError as problem:
            log.warning("line.leave_failed", group=group_id, reason=type(problem).__name__)
            return False
        out = answer.status in (200, 400, 404)
        report = log.info if out else log.warning
        report("line.leave", group=group_id, status=answer.status, request_id=_request_id(answer))
        return out

    def close(self) -> None:
        """Give back every connection."""
        self._api.close()

    def _send(self, path: str, body: str, headers: dict[str, str]) -> Answer:
        try:
            answer = self._api.urlopen(
                "POST", self._prefix + path, body.encode(), headers, retries=False, redirect=False
            )
            return read_answer(answer.status, answer.data, _request_id(answer))
        except NEVER_REACHED as problem:
            return TryLater(type(problem).__name__, False, "unreachable")
        except HTTPError as problem:
            return TryLater(type(problem).__name__, True, "uncertain")


def _request_id(answer: BaseHTTPResponse) -> str | None:
    return answer.headers.get("x-line-request-id")
