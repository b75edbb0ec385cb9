"""Reply, push, multicast, broadcast and their validation: what is checked, and what then happens.

A retry key that was accepted with another request is answered 409 as LINE does, but noted as a complaint:
LINE asks for the identical request and promises nothing otherwise.
"""

import hashlib
import re
from typing import Any

from simulator.protocol.calls import Answer, Call, Refused, read_json, refuse_property, refuse_report
from simulator.protocol.receivers import can_receive, check_for_chat, is_user_id, reach_chat
from simulator.rules.messages import QUOTABLE, check_messages
from simulator.rules.report import Report
from simulator.rules.shapes import Rule, Shape, anything, boolean, examine, many, text
from simulator.state.people import Chat
from simulator.state.platform import Platform
from simulator.state.retry_keys import Accepted
from simulator.state.screens import BOT, Line

_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_UNIT = re.compile(r"[A-Za-z0-9_]{1,30}")
RETRY_KEY = "X-Line-Retry-Key"
MONTHLY_LIMIT = "You have reached your monthly limit."


def _unit(value: Any) -> str | None:
    return None if isinstance(value, str) and _UNIT.fullmatch(value) else "invalid unit name"


_MESSAGES: dict[str, Rule] = {"messages": anything, "notificationDisabled": boolean}
_UNITS: dict[str, Rule] = {"customAggregationUnits": many(_unit, 0, 1)}
_EMPTY = "May not be empty"
REPLY = Shape({"replyToken": text(200, empty=_EMPTY), **_MESSAGES}, ("replyToken",), missing=_EMPTY)
PUSH = Shape({"to": anything, **_MESSAGES, **_UNITS}, ("to",), missing=_EMPTY)
MULTICAST = Shape({"to": anything, **_MESSAGES, **_UNITS}, ("to",), missing=_EMPTY)
BROADCAST = Shape(_MESSAGES)
VALIDATE = Shape({"messages": anything})


def reply(platform: Platform, call: Call) -> Answer:
    """Answer an event by its token: free, once, soon."""
    if call.headers.get(RETRY_KEY) is not None:
        raise Refused(400, f"The header, '{RETRY_KEY}', is not supported for this API")
    asked = _read(platform, call, REPLY)
    token = asked["replyToken"]
    fault = platform.reply_tokens.find_fault(token, call.at)
    if fault is not None:
        raise Refused(400, "Invalid reply token", reason=fault)
    found = platform.reply_tokens.find(token)
    chat = platform.chats.get(found.chat) if found else None
    if chat is None or not chat.bot_in:
        raise Refused(400, "Invalid reply token", reason="the bot is no longer in the chat of the token")
    check_for_chat(platform, chat, asked["messages"])
    platform.reply_tokens.use(token)
    people = len(chat.members) if chat.kind != "user" else 1
    return _send(platform, call, chat, asked, "reply", people)


def push(platform: Platform, call: Call) -> Answer:
    """Send to one chat; costs its member count."""
    asked = _read(platform, call, PUSH)
    key = _read_retry_key(platform, call)
    reach = reach_chat(platform, asked["to"], call.at)
    check_for_chat(platform, reach.chat, asked["messages"])
    _spend(platform, call, "push", reach.people)
    if reach.arrives:
        answer = _send(platform, call, reach.chat, asked, "push", reach.people, count=False)
    else:
        answer = Answer(body={"sentMessages": [_as_sent(platform, message) for message in asked["messages"]]})
    _keep(platform, call, key, answer.body["sentMessages"])
    return answer


def multicast(platform: Platform, call: Call) -> Answer:
    """Send to up to 500 people; never to groups."""
    asked = _read(platform, call, MULTICAST)
    key = _read_retry_key(platform, call)
    to = asked["to"]
    if not isinstance(to, list):
        raise refuse_property("to")
    if not 1 <= len(to) <= 500:
        details = [{"message": "Size must be between 1 and 500", "property": "to"}]
        raise Refused(400, "The request body has 1 error(s)", details)
    for index, user_id in enumerate(to):
        if not is_user_id(user_id) or user_id not in platform.users:
            raise Refused(400, f"The property, to[{index}], in the request body is invalid (line: -, column: -)")
    return _send_to_people(platform, call, asked, list(dict.fromkeys(to)), "multicast", key)


def broadcast(platform: Platform, call: Call) -> Answer:
    """Send to every friend."""
    asked = _read(platform, call, BROADCAST)
    key = _read_retry_key(platform, call)
    friends = [user.user_id for user in platform.users.values() if user.friend]
    return _send_to_people(platform, call, asked, friends, "broadcast", key)


def validate(platform: Platform, call: Call) -> Answer:
    """Only look at the message objects."""
    _read(platform, call, VALIDATE)
    return Answer()


def _read(platform: Platform, call: Call, shape: Shape) -> dict[str, Any]:
    asked = read_json(call)
    report = Report(plain_media=platform.plain_media)
    examine(asked, shape, (), report)
    check_messages(asked.get("messages"), report, body_bytes=len(call.body))
    refuse_report(report)
    return asked


def _read_retry_key(platform: Platform, call: Call) -> str | None:
    key = call.headers.get(RETRY_KEY)
    if key is None:
        return None
    if not _UUID.fullmatch(key):
        raise Refused(400, f"The value for the '{RETRY_KEY}' header is invalid", reason=f"{key!r} is no UUID")
    accepted = platform.retry_keys.find(key, call.at)
    if accepted is not None:
        if accepted.fingerprint != _fingerprint(call):
            call.complaint = f"retry key {key} was accepted before with another request"
        more = {} if accepted.sent_messages is None else {"sentMessages": accepted.sent_messages}
        raise Refused(
            409,
            "The retry key is already accepted",
            headers={"x-line-accepted-request-id": accepted.request_id},
            more=more,
        )
    return key


def _fingerprint(call: Call) -> bytes:
    return hashlib.sha256(call.path.encode() + b"\n" + call.body).digest()


def _keep(platform: Platform, call: Call, key: str | None, sent: list[dict[str, Any]] | None) -> None:
    if key is not None:
        platform.retry_keys.keep(key, Accepted(_fingerprint(call), call.request_id, sent, call.at))


def _spend(platform: Platform, call: Call, endpoint: str, people: int) -> None:
    if platform.quota.would_exceed(people, call.at):
        used, limit = platform.quota.used(call.at), platform.quota.limit
        raise Refused(429, MONTHLY_LIMIT, reason=f"{used} of {limit} used, {people} more asked")
    platform.quota.count(endpoint, people, call.at)
    platform.changes.announce("quota", None, used=platform.quota.used(call.at))


def _send_to_people(
    platform: Platform, call: Call, asked: dict[str, Any], user_ids: list[str], endpoint: str, key: str | None
) -> Answer:
    check_for_chat(platform, None, asked["messages"])
    reached = [user_id for user_id in user_ids if can_receive(platform.users[user_id], call.at)]
    _spend(platform, call, endpoint, len(reached))
    for user_id in reached:
        _send(platform, call, platform.chats[user_id], asked, endpoint, 1, count=False)
    _keep(platform, call, key, None)
    return Answer()


def _send(
    platform: Platform,
    call: Call,
    chat: Chat,
    asked: dict[str, Any],
    endpoint: str,
    people: int,
    *,
    count: bool = True,
) -> Answer:
    """Put the messages on the screen; only the quick replies of the last one are shown."""
    messages = asked["messages"]
    sent = []
    for index, message in enumerate(messages):
        named = _as_sent(platform, message)
        sent.append(named)
        bar = (message.get("quickReply") or {}).get("items") if index == len(messages) - 1 else None
        line = Line(
            named["id"],
            chat.chat_id,
            BOT,
            message["type"],
            message,
            call.at,
            quote_token=named.get("quoteToken"),
            endpoint=endpoint,
            request_id=call.request_id,
            silent=bool(asked.get("notificationDisabled")),
        )
        platform.show(line, bar)
    if count:
        platform.quota.count(endpoint, people, call.at)
    return Answer(body={"sentMessages": sent})


def _as_sent(platform: Platform, message: dict[str, Any]) -> dict[str, str]:
    named = {"id": platform.ids.message_id()}
    if message["type"] in QUOTABLE:
        named["quoteToken"] = platform.ids.quote_token()
    return named
