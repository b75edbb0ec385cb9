"""A call to the LINE API and its answer, free of any web framework, so the protocol can be read alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.rules.report import Report

Detail = dict[str, str]


@dataclass(slots=True)
class Call:
    """One request. `parsed` is its JSON once somebody has read it."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    at: float
    request_id: str
    parsed: Any = None
    complaint: str | None = None  # what a careful bot would not do, though LINE answers without refusing

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Answer:
    """One response; `body` as bytes goes out as it is, anything else as JSON."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


class Refused(Exception):
    """LINE says no. `reason` is for the log where LINE's words do not tell why."""

    def __init__(
        self,
        status: int,
        message: str,
        details: Sequence[Detail] = (),
        *,
        reason: str | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message}
        if details:
            self.body["details"] = list(details)
        self.body.update(more or {})
        self.reason = reason
        self.headers = dict(headers or {})

    def as_answer(self) -> Answer:
        return Answer(self.status, self.body, self.headers)

    def explain(self) -> str:
        """Why, for whoever reads the wire log."""
        told = f"{self.status} {self.body['message']}"
        details = self.body.get("details") or ()
        told += "".join(f"; {detail.get('property')}: {detail.get('message')}" for detail in details)
        return f"{told} ({self.reason})" if self.reason else told


def refuse_property(name: str) -> Refused:
    """LINE's sentence for an id or value that is not even of the right form."""
    return Refused(400, f"The property, '{name}', in the request body is invalid (line: -, column: -)")


def refuse_parameter(name: str) -> Refused:
    return Refused(400, f"The value for the '{name}' parameter is invalid")


def refuse_unknown() -> Refused:
    return Refused(404, "Not found")


def refuse_report(report: Report) -> None:
    """Raise what the report has to say, if anything."""
    body = report.as_body()
    if body is not None:
        raise Refused(400, body["message"], body["details"])


def read_json(call: Call) -> dict[str, Any]:
    """The body as a JSON object."""
    if call.content_type != "application/json":
        given = call.headers.get("Content-Type", "")
        raise Refused(415, f"The content type, {given}, is not supported")
    try:
        call.parsed = json.loads(call.body)
    except json.JSONDecodeError as error:
        place = f"line: {error.lineno}, column: {error.colno}"
        raise Refused(400, f"The request body could not be parsed as JSON ({place})") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, "The request body could not be parsed as JSON (line: -, column: -)") from error
    if not isinstance(call.parsed, dict):
        raise Refused(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return call.parsed
