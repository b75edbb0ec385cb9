"""What LINE would say of a message: the models of its SDK, its rules, and our own stricter ones."""

import json
from collections.abc import Iterator
from typing import Any

from linebot.v3.messaging import PushMessageRequest

from bot.messages.theme import BUBBLE_BYTES, CAROUSEL_BYTES, Part, graphemes
from simulator.rules.messages import check_messages
from simulator.rules.report import Report

ANYONE = "U" + "0" * 32
LABEL_MOST = 20
ROW_LABEL_MOST = 40


def judge(messages: list[Part]) -> None:
    """Fails with the first thing that LINE, or we, would refuse."""
    json.loads(json.dumps(messages, ensure_ascii=False).encode("utf-8"))
    for message in messages:
        _judge_by_models(message)
        report = Report()
        # Told as heavier than any limit, so that the containers are weighed.
        check_messages([message], report, body_bytes=10**6)
        assert report.as_body() is None, report.as_body()
        _judge_ours(message)


def _judge_by_models(message: Part) -> None:
    """The SDK drops a key it does not know without a word, so what comes out must be what went in."""
    request = PushMessageRequest.from_dict({"to": ANYONE, "messages": [message]})
    assert _without_defaults(json.loads(request.to_json())["messages"]) == [message]


def _without_defaults(value: Any) -> Any:
    """What the SDK adds by itself: it says of every picture that it does not move."""
    if isinstance(value, dict):
        return {
            key: _without_defaults(inner) for key, inner in value.items() if not (key == "animated" and inner is False)
        }
    return [_without_defaults(inner) for inner in value] if isinstance(value, list) else value


def _weigh(contents: Part) -> int:
    """Bytes as the outbox sends them."""
    return len(json.dumps(contents, ensure_ascii=False).encode())


def _judge_ours(message: Part) -> None:
    for part in walk(message):
        if part.get("type") == "text":
            assert part["text"].strip(), f"blank text in {message}"
        action = part.get("action")
        if action:
            most = ROW_LABEL_MOST if part["type"] == "box" else LABEL_MOST
            assert 1 <= graphemes(action["label"]) <= most, action["label"]
    contents = message.get("contents")
    if contents:
        weight = _weigh(contents)
        assert weight < (CAROUSEL_BYTES if contents["type"] == "carousel" else BUBBLE_BYTES), weight
        for bubble in contents["contents"] if contents["type"] == "carousel" else [contents]:
            assert _weigh(bubble) < BUBBLE_BYTES


def walk(value: Any) -> Iterator[Part]:
    """Every object inside a message, itself included."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def read_words(message: Part) -> str:
    """Every text a person reads in it, one a line."""
    return "\n".join(part["text"] for part in walk(message) if isinstance(part.get("text"), str))


def list_actions(message: Part) -> list[Part]:
    """Every tap in it, in the order of the screen."""
    return [part["action"] for part in walk(message) if isinstance(part.get("action"), dict)]


def list_data(message: Part) -> list[str]:
    """What its taps tell us."""
    return [action["data"] for action in list_actions(message) if action["type"] == "postback"]
