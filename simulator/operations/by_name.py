"""Runs an operation named in a JSON request: turns JSON into its arguments and its result into JSON.

The operations' own signatures are the schema, so the HTTP control can never fall behind the Python API.
"""

import base64
import binascii
import dataclasses
import inspect
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, get_type_hints

from simulator.operations.all import Operations
from simulator.outcomes import BotMessage, EventOptions, Outcome, SimulatorError

_OPTIONS = get_type_hints(EventOptions)


@lru_cache(maxsize=1)
def list_operations() -> dict[str, inspect.Signature]:
    """Every operation's name and signature."""
    return {
        name: inspect.signature(method)
        for name, method in inspect.getmembers(Operations, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }


def describe_operations() -> dict[str, list[str]]:
    """The arguments of each operation, for whoever asks over HTTP."""
    described = {}
    for name, signature in list_operations().items():
        described[name] = [
            argument
            for parameter in list(signature.parameters.values())[1:]
            for argument in (_OPTIONS if parameter.kind is parameter.VAR_KEYWORD else [str(parameter)])
        ]
    return described


async def run_operation(operations: Operations, name: str, arguments: dict[str, Any]) -> Any:
    """Run it; SimulatorError where the name or the arguments are wrong."""
    signature = list_operations().get(name)
    if signature is None:
        raise SimulatorError(f"no operation {name!r}; GET /simulator/api lists them")
    hints = _hints(name)
    converted = {key: _from_json(value, hints.get(key, _OPTIONS.get(key))) for key, value in arguments.items()}
    takes_options = any(p.kind is p.VAR_KEYWORD for p in signature.parameters.values())
    try:
        signature.bind(operations, **converted)
    except TypeError as error:
        raise SimulatorError(f"{name}: {error}") from error
    strange = set(converted) - set(signature.parameters) - (set(_OPTIONS) if takes_options else set())
    if strange:
        raise SimulatorError(f"{name}: no argument {', '.join(sorted(strange))}")
    return as_json(await getattr(operations, name)(**converted))


def as_json(value: Any) -> Any:
    """Results as plain JSON values; what tests read as properties is written out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        written = {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
        if isinstance(value, Outcome):
            written["ok"] = value.ok
        if isinstance(value, BotMessage):
            written |= {"text": value.text, "words": value.words, "labels": value.labels}
        return written
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value


@lru_cache(maxsize=256)
def _hints(name: str) -> dict[str, Any]:
    return get_type_hints(getattr(Operations, name))


def _from_json(value: Any, hint: Any) -> Any:
    """Bytes come as base64, moments as ISO 8601, pairs as lists; all else is itself."""
    if value is None:
        return None
    kinds = _flatten(hint)
    try:
        if bytes in kinds and isinstance(value, str):
            return base64.b64decode(value, validate=True)
        if hint == Sequence[bytes] and isinstance(value, list):
            return [base64.b64decode(item, validate=True) for item in value]
        if datetime in kinds and isinstance(value, str):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise SimulatorError(f"{value} names no time zone")
            return moment
    except (binascii.Error, ValueError) as error:
        raise SimulatorError(f"cannot read {str(value)[:40]!r}: {error}") from error
    return value


def _flatten(hint: Any) -> tuple[Any, ...]:
    return (hint, *getattr(hint, "__args__", ()))
