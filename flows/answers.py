"""What a conversation is told: one answer, and the world it is given in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from places.routing import Routing

Message = dict[str, Any]
Slots = Mapping[str, Any]
Near = Callable[[str, float, float], list[dict[str, Any]]]
Route = Callable[[float | None, float | None, str], Routing | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing the person did: words, a tap (`step` and `value`), a pin, or an attachment noted as media."""

    kind: str
    text: str = ""
    step: str = ""
    value: str = ""
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    media_id: int | None = None
    message_id: str = ""
    album_seen: int = 0
    album_total: int = 0


def nothing_near(category: str, latitude: float, longitude: float) -> list[dict[str, Any]]:
    """No case of that kind near that spot."""
    return []


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question may know beside its slots. Everything here is given, nothing is looked up.

    `near`: cases of a kind near a spot, which a report may be about.
    """

    language: str
    now: datetime
    run: str
    route: Route
    extra: Mapping[str, Any] = field(default_factory=dict)
    near: Near = nothing_near
