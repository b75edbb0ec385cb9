"""The door of the LINE API: every call passes here, for faults, access token, rate limits, size and log.

What leaves is an answer, or `Dropped`, which tells the server to break the connection without one.
"""

import asyncio
import inspect
import json
import time
from collections.abc import Callable
from typing import Any

from simulator.protocol.calls import Answer, Call, Refused
from simulator.protocol.routes import Endpoint, Routes
from simulator.protocol.sending import MONTHLY_LIMIT
from simulator.state.events import EventRecord
from simulator.state.faults import Fault
from simulator.state.platform import Platform
from simulator.state.wire import WireEntry
from simulator.webhook.courier import Courier

BODY_BYTES = 2 * 1024 * 1024
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
BAD_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)
NO_TOKEN = (
    "Authentication failed due to the following reason: missing access token. "
    "Confirm that the access token in the authorization header is valid."
)
# Statuses that are a matter of fact, not a mistake of whoever asked: unknown, gone, already done, not now.
FACTS = (404, 409, 410, 429)


class Dropped(Exception):
    """Break the connection without an answer."""


class Gate:
    """Answers calls to one platform."""

    def __init__(self, platform: Platform, courier: Courier, announce: Callable[[EventRecord], None]) -> None:
        self._platform = platform
        self.routes = Routes(courier, announce)

    async def answer(self, call: Call) -> Answer:
        """What LINE answers, or Dropped."""
        started = time.perf_counter()
        found = self.routes.find(call.method, call.path)
        name = found[0].name if found else "unknown"
        faults = self._platform.faults
        fault = faults.claim(name, self._find_chat(call, name) if faults.any_for_chat() else None)
        answer, refused = await self._respond(call, found, fault)
        answer.headers["x-line-request-id"] = call.request_id
        self._log(call, name, answer, refused, fault, time.perf_counter() - started)
        if fault is not None and _drops(fault):
            raise Dropped
        return answer

    async def _respond(
        self, call: Call, found: tuple[Endpoint, tuple[str, ...]] | None, fault: Fault | None
    ) -> tuple[Answer, str | None]:
        if fault is not None:
            instead = _find_instead(fault)
            if fault.kind in ("hang", "slow") and not fault.accepted:
                await asyncio.sleep(fault.seconds)
            if instead is not None:
                return instead, None
        answer, refused = await self._respond_as_line(call, found)
        if fault is not None and fault.kind == "garbage" and answer.status == 200:
            answer.body, answer.content_type = b"<html>it works</html>", "text/html"
        if fault is not None and fault.kind in ("hang", "slow") and fault.accepted:
            await asyncio.sleep(fault.seconds)
        return answer, refused

    async def _respond_as_line(
        self, call: Call, found: tuple[Endpoint, tuple[str, ...]] | None
    ) -> tuple[Answer, str | None]:
        try:
            if found is None:
                raise Refused(404, "Not found", reason="LINE has no such endpoint, or it is not simulated")
            endpoint, parameters = found
            self._check(call, endpoint)
            result = endpoint.respond(self._platform, call, *parameters)
            answer: Answer = await result if inspect.isawaitable(result) else result
        except RecursionError:
            refusal = Refused(400, "The request body has 1 error(s)", reason="nested too deeply")
            return refusal.as_answer(), refusal.explain()
        except Refused as refusal:
            mistake = refusal.status not in FACTS or found is None
            return refusal.as_answer(), refusal.explain() if mistake else call.complaint
        if answer.status >= 400:
            return answer, f"{answer.status} {answer.body}"
        return answer, call.complaint

    def _check(self, call: Call, endpoint: Endpoint) -> None:
        if not endpoint.open:
            given = call.headers.get("Authorization", "")
            scheme, _, token = given.partition(" ")
            if scheme.lower() != "bearer" or not token:
                raise Refused(401, NO_TOKEN)
            if not self._platform.channel.accepts(token.strip(), call.at):
                raise Refused(401, BAD_TOKEN)
        if not self._platform.rate_limits.take(endpoint.name, call.at):
            raise Refused(429, RATE_LIMIT)
        if len(call.body) > BODY_BYTES and not endpoint.may_be_large:
            raise Refused(413, "Request exceeds the max size of 2MB.")

    def _find_chat(self, call: Call, name: str) -> str | None:
        """Which chat a call is about, for faults that concern one chat only."""
        try:
            asked = json.loads(call.body) if call.body else {}
        except ValueError:
            return None
        if not isinstance(asked, dict):
            return None
        if name == "reply":
            token = self._platform.reply_tokens.find(str(asked.get("replyToken")))
            return token.chat if token else None
        to = asked.get("to", asked.get("chatId"))
        if isinstance(to, str):
            return to
        return next((part for part in call.path.split("/") if part in self._platform.chats), None)

    def _log(
        self, call: Call, name: str, answer: Answer, refused: str | None, fault: Fault | None, seconds: float
    ) -> None:
        shown: Any = answer.body if not isinstance(answer.body, bytes) else f"{len(answer.body)} bytes"
        asked: Any = call.parsed
        if asked is None and call.body:
            asked = f"{len(call.body)} bytes"
        entry = WireEntry(
            at=call.at,
            method=call.method,
            path=call.path,
            endpoint=name,
            status=answer.status,
            headers=call.headers,
            body=asked,
            answer=shown,
            refused=refused,
            fault=fault.kind if fault else None,
            request_id=call.request_id,
            seconds=seconds,
        )
        self._platform.wire.add(entry)
        self._platform.wire.last_call_at = time.monotonic()
        self._platform.changes.announce("wire", None, endpoint=name, status=answer.status, request_id=call.request_id)


def _drops(fault: Fault) -> bool:
    return fault.kind in ("lost", "drop") or (fault.kind == "hang" and fault.accepted)


def _find_instead(fault: Fault) -> Answer | None:
    """The answer that keeps the call from happening; None where it does happen."""
    if fault.kind == "error" or (fault.kind == "hang" and not fault.accepted):
        return Answer(fault.status, {"message": "Internal Server Error"})
    if fault.kind == "rate_limit":
        return Answer(429, {"message": RATE_LIMIT})
    if fault.kind == "quota":
        return Answer(429, {"message": MONTHLY_LIMIT})
    if fault.kind == "drop":
        return Answer(500, {"message": "Internal Server Error"})
    return None
