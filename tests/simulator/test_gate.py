"""The door of the LINE API judges any request at all; nothing a bot sends may bring the platform down."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.protocol.calls import Answer, Call
from simulator.protocol.gate import Gate
from simulator.server.assembly import Assembly
from simulator.state.platform import Platform

NAMES = (
    "to",
    "messages",
    "replyToken",
    "chatId",
    "loadingSeconds",
    "markAsReadToken",
    "endpoint",
    "richMenuId",
    "richMenuAliasId",
    "userIds",
    "size",
    "name",
    "areas",
    "notificationDisabled",
    "customAggregationUnits",
)
PATHS = [
    *(f"/v2/bot/message/{name}" for name in ("reply", "push", "multicast", "broadcast", "validate/push")),
    *(f"/v2/bot/chat/{name}" for name in ("loading/start", "markAsRead")),
    *(f"/v2/bot/richmenu{name}" for name in ("", "/validate", "/alias", "/alias/a", "/bulk/link", "/x/content")),
    "/v2/bot/group/C1/leave",
    "/v2/bot/user/U1/richmenu/richmenu-1",
    "/oauth2/v3/token",
    "/",
]
VALUES = st.sampled_from(
    (
        None,
        1,
        True,
        [],
        {},
        "",
        "x",
        [1],
        {"type": "x"},
        1e99,
        "U" + "0" * 32,
        [{"type": "text", "text": "a"}],
    )
)
BODIES = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5).map(lambda asked: json.dumps(asked).encode())
TYPES = st.sampled_from(("application/json", "image/png", "application/x-www-form-urlencoded", ""))


def answer(path: str, body: bytes, content_type: str, **headers: str) -> Answer:
    platform = Platform(channel_secret="s", access_token="t", seed=1)
    assembly = Assembly(platform, host="127.0.0.1", port=0)
    sent = {"Authorization": "Bearer t", "Content-Type": content_type, **headers}
    call = Call("POST", path, sent, {}, body, platform.clock.now(), "request")
    return asyncio.run(Gate(platform, assembly.courier, lambda record: None).answer(call))


@given(path=st.sampled_from(PATHS), body=st.one_of(BODIES, st.binary(max_size=20)), content_type=TYPES)
def test_any_request_gets_an_answer(path: str, body: bytes, content_type: str) -> None:
    found = answer(path, body, content_type)
    assert 200 <= found.status < 500
    assert found.headers["x-line-request-id"] == "request"


@pytest.mark.parametrize("depth", [500, 200_000])
def test_what_is_nested_without_end(depth: int) -> None:
    box: Any = '{"type":"box","layout":"vertical","contents":['
    inner = box * depth + "]}" * depth
    flex = '{"type":"flex","altText":"a","contents":{"type":"bubble","body":' + inner + "}}"
    body = ('{"to":"U' + "0" * 32 + '","messages":[' + flex + "]}").encode()
    assert answer("/v2/bot/message/push", body, "application/json").status in (400, 413)


def test_other_schemes_than_bearer() -> None:
    for given_header in ("", "t", "Basic t", "Bearer "):
        found = answer("/v2/bot/message/validate/push", b"{}", "application/json", Authorization=given_header)
        assert found.status == 401
