"""Flow, Step and `advance`: how a conversation moves, with no database, network or clock of its own.

A conversation is a list of questions. Answers fill them in any order: an answer goes to the question asked, else
to the first open question that takes its kind, else to any that does. What is open next follows from the slots,
so a question put in later does not disturb people in mid-conversation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flows.answers import Answer, Message, Setting, Slots


class Rejected(Exception):
    """An answer that the question cannot take; `key` names the words that say what would do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Accepted:
    """Slots to set (a value of None clears one), and what to say before the next question.

    `quiet`: say nothing more now (the rest of an album is still coming).
    """

    slots: Mapping[str, Any]
    says: tuple[Message, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `takes`: kinds of answers it accepts, beside its own buttons."""

    name: str
    ask: Callable[[Slots, Setting], list[Message]]
    accept: Callable[[Answer, Slots, Setting], Accepted]
    takes: frozenset[str] = frozenset({"text"})
    when: Callable[[Slots], bool] = lambda slots: True
    filled: Callable[[Slots], bool] | None = None

    def is_open(self, slots: Slots) -> bool:
        """Whether this question still has to be asked."""
        done = self.filled(slots) if self.filled else self.name in slots
        return self.when(slots) and not done


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its questions, what an edit of one clears, and how a refused answer is answered."""

    name: str
    steps: tuple[Step, ...]
    clears: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def next_step(self, slots: Slots) -> Step | None:
        """The first question still open."""
        return next((step for step in self.steps if step.is_open(slots)), None)

    def get_step(self, name: str) -> Step | None:
        """The question of that name."""
        return next((step for step in self.steps if step.name == name), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """Where one run of a flow stands. `trail`: the questions answered so far, for going back."""

    flow: str
    run: str
    slots: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    trail: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the conversation row keeps it."""
        return {"slots": self.slots, "asked": self.asked, "trail": list(self.trail)}

    @classmethod
    def from_json(cls, flow: str, run: str, kept: Mapping[str, Any]) -> "Draft":
        """The draft a conversation row holds."""
        return cls(flow, run, dict(kept.get("slots", {})), kept.get("asked"), tuple(kept.get("trail", ())))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to keep, what to say, and whether every question is answered."""

    draft: Draft
    says: tuple[Message, ...]
    finished: bool = False


def begin(flow: Flow, draft: Draft, setting: Setting) -> Outcome:
    """Ask the first open question (again)."""
    step = flow.next_step(draft.slots)
    if step is None:
        return Outcome(draft, (), finished=True)
    return Outcome(replace(draft, asked=step.name), tuple(step.ask(draft.slots, setting)))


def advance(flow: Flow, draft: Draft, answer: Answer, setting: Setting) -> Outcome:
    """Take one answer. Raises Rejected where no question takes it; the draft is then unchanged."""
    step = _step_for(flow, draft, answer)
    if step is None:
        raise Rejected("report.not_here")
    accepted = step.accept(answer, draft.slots, setting)
    slots = {**draft.slots, **accepted.slots}
    slots = {name: value for name, value in slots.items() if value is not None}
    trail = tuple(name for name in draft.trail if name != step.name) + (step.name,)
    moved = replace(draft, slots=slots, trail=trail)
    following = flow.next_step(slots)
    if following is None:
        return Outcome(moved, accepted.says, finished=True)
    moved = replace(moved, asked=following.name)
    if accepted.quiet:
        return Outcome(moved, accepted.says)
    return Outcome(moved, accepted.says + tuple(following.ask(slots, setting)))


def edit(flow: Flow, draft: Draft, name: str, setting: Setting) -> Outcome:
    """Open one question again, with whatever depends on it, and ask it."""
    step = flow.get_step(name)
    if step is None:
        return begin(flow, draft, setting)
    dropped = {name, *flow.clears.get(name, ())}
    slots = {key: value for key, value in draft.slots.items() if key not in dropped}
    opened = replace(draft, slots=slots)
    if step.is_open(slots):
        return Outcome(replace(opened, asked=name), tuple(step.ask(slots, setting)))
    return begin(flow, opened, setting)


def go_back(flow: Flow, draft: Draft, setting: Setting) -> Outcome:
    """Open the question answered last, and ask it."""
    if not draft.trail:
        return begin(flow, draft, setting)
    return edit(flow, replace(draft, trail=draft.trail[:-1]), draft.trail[-1], setting)


def _step_for(flow: Flow, draft: Draft, answer: Answer) -> Step | None:
    if answer.step:
        return flow.get_step(answer.step)
    asked = flow.get_step(draft.asked) if draft.asked else None
    if asked and answer.kind in asked.takes and asked.when(draft.slots):
        return asked
    takers = [step for step in flow.steps if answer.kind in step.takes and step.when(draft.slots)]
    return next((step for step in takers if step.is_open(draft.slots)), takers[0] if takers else None)
