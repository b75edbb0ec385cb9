"""Speaks to LINE on the hot path: replies and pushes of frozen JSON, and leaving a group.

The SDK's models drop keys they do not know and cost more than all the rest of a reply, so the bytes kept in
the outbox go out as they are. Everything rarer is in `line_account`, which is the SDK's own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import structlog

from bot.line_answers import Answer, TryLater, read_answer
from bot.line_wire import BrokenOff, LineWire, NeverReached

log = structlog.get_logger()
CONNECT_SECONDS = 2.0
LONGEST_CALL = 10.0
ROOM = "R"  # with it LINE begins the ids of chats of several people that are no groups


def choose_call_seconds(lease_seconds: float) -> float:
    """How long a call may take, so that it ends well within the lease of the row it sends."""
    return min(LONGEST_CALL, lease_seconds * 2 / 3)


@dataclass(frozen=True, slots=True)
class Quota:
    """This month's messages: how many there are (None: no limit), and how many are used, roughly."""

    limit: int | None
    used: int


class LineClient(Protocol):
    """The way to LINE. `call_seconds` is the longest that one call takes."""

    call_seconds: float

    def reply(self, token: str, messages_json: str) -> Answer:
        """Answer an event: free, and once only."""
        ...

    def push(self, to: str, messages_json: str, retry_key: str, *, silent: bool = False) -> Answer:
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
        self._wire = LineWire(
            base_url,
            {"Authorization": f"Bearer {access_token}"},
            pool_size=pool_size,
            connect_seconds=min(CONNECT_SECONDS, call_seconds / 5),
            call_seconds=call_seconds,
        )

    def reply(self, token: str, messages_json: str) -> Answer:
        """Answer an event: free, and once only."""
        body = f'{{"replyToken":{json.dumps(token)},"messages":{messages_json}}}'
        return self._send("/v2/bot/message/reply", body)

    def push(self, to: str, messages_json: str, retry_key: str, *, silent: bool = False) -> Answer:
        """Send to a chat; the same key with the same bytes is taken once in 24 hours. `silent`: no phone rings."""
        quiet = ',"notificationDisabled":true' if silent else ""
        body = f'{{"to":{json.dumps(to)},"messages":{messages_json}{quiet}}}'
        return self._send("/v2/bot/message/push", body, {"X-Line-Retry-Key": retry_key})

    def leave_group(self, group_id: str) -> bool:
        """Leave a group or a room; True once we are out of it, also where we were not in it."""
        kind = "room" if group_id.startswith(ROOM) else "group"
        try:
            answer = self._wire.post(f"/v2/bot/{kind}/{quote(group_id, safe='')}/leave", b"{}")
        except (NeverReached, BrokenOff) as problem:
            log.warning("line.leave_failed", group=group_id, reason=str(problem))
            return False
        out = answer.status in (200, 400, 404)
        report = log.info if out else log.warning
        report("line.leave", group=group_id, status=answer.status, request_id=answer.request_id)
        return out

    def find_member_name(self, chat_id: str, user_id: str) -> str | None:
        """What a member of a group or a room is called; "" where LINE knows none, None where it cannot be asked."""
        kind = "room" if chat_id.startswith(ROOM) else "group"
        try:
            answer = self._wire.get(f"/v2/bot/{kind}/{quote(chat_id, safe='')}/member/{quote(user_id, safe='')}")
            told = json.loads(answer.body) if answer.status == 200 else {}
        except (NeverReached, BrokenOff, ValueError) as problem:
            log.warning("line.no_name", reason=type(problem).__name__)
            return None
        if answer.status in (200, 400, 403, 404):
            return str(told.get("displayName") or "") if isinstance(told, dict) else ""
        log.warning("line.no_name", status=answer.status, request_id=answer.request_id)
        return None

    def count_members(self, group_id: str) -> int | None:
        """How many people a push to this group reaches, and costs; 0 where LINE knows no such group.

        None where LINE cannot be asked now.
        """
        kind = "room" if group_id.startswith(ROOM) else "group"
        told = self._ask(f"/v2/bot/{kind}/{quote(group_id, safe='')}/members/count", unknown=(400, 403, 404))
        count = told.get("count", 0) if told is not None else None
        return count if isinstance(count, int) else None

    def find_quota(self) -> Quota | None:
        """How many messages this month has, and how many are gone; None where LINE cannot be asked now."""
        quota, used = self._ask("/v2/bot/message/quota"), self._ask("/v2/bot/message/quota/consumption")
        if quota is None or used is None or not isinstance(used.get("totalUsage"), int):
            return None
        most = quota.get("value") if quota.get("type") == "limited" else None
        return Quota(most if isinstance(most, int) else None, used["totalUsage"])

    def find_basic_id(self) -> str | None:
        """The account's own ID, by which it is found in LINE; None where LINE cannot be asked now, or tells none."""
        told = self._ask("/v2/bot/info")
        basic_id = told.get("basicId") if told is not None else None
        return basic_id if isinstance(basic_id, str) and basic_id else None

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._wire.close()

    def _ask(self, path: str, unknown: tuple[int, ...] = ()) -> dict[str, Any] | None:
        """What LINE answers; nothing in it where the status is one of `unknown`, None where it cannot be asked."""
        try:
            answer = self._wire.get(path)
            told = json.loads(answer.body) if answer.status == 200 else {}
        except (NeverReached, BrokenOff, ValueError) as problem:
            log.warning("line.not_told", path=path.partition("?")[0].rsplit("/", 1)[1], reason=type(problem).__name__)
            return None
        if answer.status in (200, *unknown):
            return told if isinstance(told, dict) else {}
        log.warning("line.not_told", status=answer.status, request_id=answer.request_id)
        return None

    def _send(self, path: str, body: str, headers: Mapping[str, str] | None = None) -> Answer:
        try:
            answer = self._wire.post(path, body.encode(), headers)
        except NeverReached as problem:
            return TryLater(str(problem), False, "unreachable")
        except BrokenOff as problem:
            return TryLater(str(problem), True, "uncertain")
        return read_answer(answer.status, answer.body, answer.request_id)
