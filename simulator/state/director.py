"""What the director of a demonstration has switched on, so that every browser shows the same switches."""

from dataclasses import dataclass, field

TROUBLES = ("slow", "down", "rate_limited", "quota_gone", "answer_lost")


@dataclass(frozen=True, slots=True)
class Turning:
    """The clock is being turned on, in steps: from where to where, in seconds since the epoch."""

    began: float
    until: float


@dataclass(slots=True)
class Director:
    """`troubles` maps each that is on to its fault; `held` are events kept back, in the order they were made."""

    troubles: dict[str, str] = field(default_factory=dict)
    quota_before: int | None = None
    standby: bool = False
    holding: bool = False
    held: list[str] = field(default_factory=list)
    turning: Turning | None = None
