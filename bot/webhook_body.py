"""Splits a signed webhook body into its events, each with the JSON text it is kept by.

A body is read whole; where no parser likes it, each event is read alone, so that a poisoned one costs only
itself.
"""

import json
import re
from typing import Any

# A string that never ends takes the rest: trying it again at every quote would cost the square of the length.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[\[\]{},]', re.DOTALL)


def read_events(raw: bytes) -> list[tuple[Any, str]]:
    """(event, JSON text) for each event, in order; what holds no events comes as one, kept as failed."""
    try:
        body = json.loads(raw)
        return [(event, _write(event)) for event in _list_events(body)]
    except (ValueError, RecursionError):
        return [_read_alone(part) for part in _cut(raw.decode("utf-8", "replace"))]


def _list_events(body: Any) -> list[Any]:
    if not isinstance(body, dict):
        return [body]
    events = body.get("events", [])
    return events if isinstance(events, list) else [body]


def _write(event: Any) -> str:
    """As it is kept: without any character that a database refuses."""
    return json.dumps(event, ensure_ascii=True, separators=(",", ":"))


def _read_alone(part: str) -> tuple[Any, str]:
    try:
        event = json.loads(part)
        return event, _write(event)
    except (ValueError, RecursionError):
        unreadable = {"unreadable": part}
        return unreadable, _write(unreadable)


def _cut(text: str) -> list[str]:
    """The elements of the outermost `events` array, as text; the whole text where there is none."""
    depth, begin, name, parts = 0, -1, "", list[str]()
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in "[{":
            depth += 1
            if depth == 2 and begin < 0 and token == "[" and name == '"events"':
                begin = found.end()
        elif token in "]}":
            depth -= 1
            if depth == 1 and begin >= 0:
                parts.append(text[begin : found.start()])
                return [part for part in parts if part.strip()]
        elif token == ",":
            if depth == 2 and begin >= 0:
                parts.append(text[begin : found.start()])
                begin = found.end()
        elif depth == 1:
            name = token
    return [text]
