"""What a case's history says of its figures: when it was received, answered, resolved and judged, each once.

Each case has one moment for each figure, so that days add up to months, and every figure is a list of cases. A later
step moves the moment: what is resolved twice is resolved the second time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cases.categories import find_category
from cases.desk import OPEN_AT_ALL
from cases.service_levels import Levels
from cases.statuses import Action, Status
from cases.working_time import Hours, count_working_minutes
from storage.case_facts import Dues, Source, Step

DONE = frozenset({Action.RESOLVE, Action.NOT_FOUND})
# An office that asks, goes to work at once, or sends a case on, has answered too.
ANSWERS = DONE | {Action.ACKNOWLEDGE, Action.ACCEPT, Action.START, Action.PROMISE, Action.WAIT, Action.ASK}
FIRST_WORDS = DONE | {Action.PROMISE, Action.WAIT, Action.ASK, Action.TRANSFER, Action.DECLINE}
ENDS = frozenset({Action.CONFIRM, Action.DISPUTE, Action.CLOSE})
TAKES_BACK = frozenset({Action.UNDO, Action.SPLIT})
AFTER_DONE = frozenset({Status.RESOLVED, Status.DISPUTED, Status.CLOSED})
HANDS_OVER = frozenset({Action.DISPATCH, Action.ACCEPT})
COUNTED = ANSWERS | FIRST_WORDS | ENDS | TAKES_BACK | HANDS_OVER | {Action.REOPEN}
VERDICTS = ("yes", "partly", "no", "silent")
DEFAULT_DAYS = 7  # for a category that is no more


@dataclass(frozen=True, slots=True)
class Rules:
    """By what time is counted: days that are other than the calendar says, levels, and each office's hours then."""

    exceptions: Mapping[date, bool]
    levels: Levels
    find_hours: Callable[[str, datetime], Hours]


@dataclass(slots=True)
class _Walk:
    """What is known so far of a history that is read from its beginning."""

    owner: str | None = None
    offered_at: datetime | None = None
    handed_at: datetime | None = None  # when the office that has it began to have it
    sent_at: datetime | None = None  # when it was last sent to an office, be it the same
    acknowledged_at: datetime | None = None
    first_words_at: datetime | None = None
    resolved_at: datetime | None = None
    ended_at: datetime | None = None
    disputed: bool = False
    reopened: bool = False

    def take(self, step: Step) -> None:
        if step.action in HANDS_OVER:
            self._hand_over(step)
        elif step.action == Action.REOPEN:
            self.reopened = True
        elif step.action == Action.TRANSFER:
            self.offered_at = step.at
        if step.action in ANSWERS:
            self.acknowledged_at = self.acknowledged_at or step.at
        if step.action in FIRST_WORDS:
            self.first_words_at = self.first_words_at or step.at
        if step.action in DONE:
            self.resolved_at = step.at
        if step.action in ENDS:
            self.ended_at = step.at
            self.disputed = self.disputed or step.action == Action.DISPUTE

    def _hand_over(self, step: Step) -> None:
        accepts = step.action == Action.ACCEPT
        owner = step.details.get("to" if accepts else "office") or self.owner
        # An office to which a case is only sent back has had it all along.
        if self.handed_at is None or owner != self.owner:
            self.handed_at = (self.offered_at if accepts else None) or step.at
            self.acknowledged_at = self.first_words_at = None
        self.owner, self.sent_at = owner, step.at
        self.reopened = self.reopened or (not accepts and step.from_status in AFTER_DONE)


def find_facts(source: Source, steps: Sequence[Step], dues: Dues, by: Rules) -> dict[str, Any]:
    """The columns of a case's row of facts. `steps`: its history, oldest first."""
    undone = {step.details.get("undone") for step in steps if step.action in TAKES_BACK}
    walk = _Walk()
    for step in steps:
        if step.id not in undone:
            walk.take(step)
    verdict = source.verdict if source.verdict in VERDICTS and walk.ended_at else None
    facts: dict[str, Any] = asdict(source)
    status = facts.pop("status")
    facts |= {
        "handed_at": walk.handed_at,
        "acknowledged_at": walk.acknowledged_at,
        "acknowledge_minutes": _work_between(walk, walk.acknowledged_at, by),
        "first_words_at": walk.first_words_at,
        "first_words_minutes": _work_between(walk, walk.first_words_at, by),
        "resolved_at": walk.resolved_at,
        "resolve_minutes": _minutes_between(walk.handed_at, walk.resolved_at),
        "on_time": _is_on_time(source, walk, dues.resolve, by),
        "disputed": walk.disputed,
        "reopened": walk.reopened,
        "ended_at": walk.ended_at if verdict else None,
        "verdict": verdict,
        "stars": source.stars if verdict == "yes" else None,
        "open_status": status if status in OPEN_AT_ALL else None,
        "late_at": dues.late if status in OPEN_AT_ALL else None,
    }
    return facts


def _is_on_time(source: Source, walk: _Walk, due: datetime | None, by: Rules) -> bool | None:
    """Whether it was done by its day, with the time that held when it was told.

    Where no clock for the work ran, its time began when it was sent.
    """
    if walk.resolved_at is None:
        return None
    known = find_category(source.category) is not None
    days = timedelta(days=by.levels.find(source.category, "resolve", source.received_at) if known else DEFAULT_DAYS)
    dues = [moment for moment in (due, walk.sent_at and walk.sent_at + days) if moment]
    return walk.resolved_at <= max(dues) if dues else None


def _work_between(walk: _Walk, end: datetime | None, by: Rules) -> int | None:
    """In the working time that its office kept when it got the case."""
    start = walk.handed_at
    if start is None or end is None:
        return None
    hours = by.find_hours(walk.owner or "", start)
    return round_minutes(count_working_minutes(start, end, by.exceptions, hours))


def _minutes_between(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else round_minutes(max(0, int((end - start).total_seconds() // 60)))


def round_minutes(minutes: int) -> int:
    """To two digits, as they are shown: so there are few different ones, and a median of rounded ones is right."""
    unit: int = 10 ** max(0, len(str(minutes)) - 2)
    return (minutes + unit // 2) // unit * unit
