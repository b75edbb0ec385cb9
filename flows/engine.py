"""Flow, Step and `advance`: how a conversation moves, with no database, network or clock of its own.

A conversation is a list of questions. Answers fill them in any order: an answer goes to the question asked,
else to the first open question that takes its kind, else to any that does. What is open next follows from the
slots, so a question put in later does not disturb people in mid-conversation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flows.answers import Answer, Message, Setting, Slots

LONGEST_LABEL = 40  # letters and marks of the twenty that LINE counts


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
    """One question. `takes`: kinds of answers it accepts, beside its own buttons.

    `when`: whether it is asked at all; `ready`: whether it can be answered yet; `filled`: whether it is
    answered (else its own slot says so). `editable`: whether a tap may open it again, and `opens_with` the slots
    by which it then is asked, where it is not asked of everybody.
    """

    name: str
    ask: Callable[[Slots, Setting], list[Message]]
    accept: Callable[[Answer, Slots, Setting], Accepted]
    takes: frozenset[str] = frozenset({"text"})
    when: Callable[[Slots], bool] = lambda slots: True
    ready: Callable[[Slots], bool] = lambda slots: True
    filled: Callable[[Slots], bool] | None = None
    editable: bool = True
    opens_with: Mapping[str, Any] = field(default_factory=dict)

    def is_open(self, slots: Slots) -> bool:
        """Whether this question still has to be asked."""
        done = self.filled(slots) if self.filled else self.name in slots
        return self.when(slots) and not done

    def can_take(self, slots: Slots) -> bool:
        """Whether an answer to this question means something now."""
        return self.when(slots) and self.ready(slots)


def is_anything(value: Any) -> bool:
    """A slot of which nothing is known."""
    return True


def keep_all(slots: Slots, message_id: str) -> Mapping[str, Any]:
    """A flow in which no slot is made of several messages."""
    return {}


def hear_no_change(text: str, asked: str | None) -> str | None:
    """A flow in which nothing is changed by words."""
    return None


def notice_nothing(slots: Slots, setting: Setting) -> Mapping[str, Any]:
    """A flow in which an answer leads to nothing but the next question."""
    return {}


def hear_nothing(answer: Answer, asked: str | None, slots: Slots) -> Mapping[str, Any]:
    """A flow in which an answer says what it answers alone."""
    return {}


def is_never_over(slots: Slots) -> bool:
    """A flow that ends with its last question alone."""
    return False


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its questions, and what an edit of one clears.

    `hear_change`: which question's answer the words typed at the question asked want changed, if any.

    `hear_beside`: the slots to change for what an answer says beside it.

    `notice`: the slots to change for what the world says to the answers so far. `over`: whether no question is left
    to be asked, whichever are open.

    `forget` names the slots to change (None clears one) where a message taken back was part of a slot.
    `sound`: what each slot must be like to be gone on with.
    """

    name: str
    steps: tuple[Step, ...]
    clears: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forget: Callable[[Slots, str], Mapping[str, Any]] = keep_all
    sound: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    hear_change: Callable[[str, str | None], str | None] = hear_no_change
    hear_beside: Callable[[Answer, str | None, Slots], Mapping[str, Any]] = hear_nothing
    notice: Callable[[Slots, Setting], Mapping[str, Any]] = notice_nothing
    over: Callable[[Slots], bool] = is_never_over

    def next_step(self, slots: Slots) -> Step | None:
        """The first question still open."""
        return None if self.over(slots) else next((step for step in self.steps if step.is_open(slots)), None)

    def get_step(self, name: str) -> Step | None:
        """The question of that name."""
        return next((step for step in self.steps if step.name == name), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """Where one run of a flow stands. `trail`: the questions answered so far, for going back.

    `sources`: which message answered which question, for messages that are taken back. `before`: the slots as
    they were when a question was opened again, for leaving it as it was.
    """

    flow: str
    run: str
    slots: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    trail: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    before: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """As the conversation row keeps it."""
        kept: dict[str, Any] = {"slots": self.slots, "asked": self.asked, "trail": list(self.trail)}
        if self.sources:
            kept["sources"] = self.sources
        if self.before is not None:
            kept["before"] = self.before
        return kept

    @classmethod
    def from_json(cls, flow: str, run: str, kept: Mapping[str, Any]) -> "Draft":
        """The draft a conversation row holds."""
        return cls(
            flow,
            run,
            dict(kept.get("slots", {})),
            kept.get("asked"),
            tuple(kept.get("trail", ())),
            dict(kept.get("sources", {})),
            kept.get("before"),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to keep, what to say, and whether every question is answered."""

    draft: Draft
    says: tuple[Message, ...]
    finished: bool = False


def mend(flow: Flow, draft: Draft) -> Draft:
    """The draft without slots that are not what they must be, and what depends on them: they are asked again."""
    broken = [name for name, value in draft.slots.items() if not flow.sound.get(name, is_anything)(value)]
    if not broken:
        return draft
    gone = set(broken)
    for name in broken:
        gone |= {name, *flow.clears.get(name, ())}
    slots = {name: value for name, value in draft.slots.items() if name not in gone}
    return replace(draft, slots=slots, before=None)


def begin(flow: Flow, draft: Draft, setting: Setting) -> Outcome:
    """Ask the first open question (again)."""
    step = flow.next_step(draft.slots)
    if step is None:
        return Outcome(draft, (), finished=True)
    return Outcome(replace(draft, asked=step.name), tuple(step.ask(draft.slots, setting)))


def advance(flow: Flow, draft: Draft, answer: Answer, setting: Setting) -> Outcome:
    """Take one answer. Raises Rejected where no question takes it; the draft is then unchanged."""
    answer = _read_as_tap(flow, draft, answer, setting)
    part = flow.get_step(flow.hear_change(answer.text, draft.asked) or "") if answer.kind == "text" else None
    if part is not None:  # what is not answered yet comes in its turn
        return begin(flow, draft, setting) if part.is_open(draft.slots) else edit(flow, draft, part.name, setting)
    step = _step_for(flow, draft, answer)
    if step is None:
        raise Rejected("report.not_yet" if answer.step else "report.not_here")
    accepted = step.accept(answer, draft.slots, setting)
    slots = _merge(draft.slots, accepted.slots)
    slots = _merge(slots, flow.hear_beside(answer, step.name, slots))
    slots = _merge(slots, flow.notice(slots, setting))
    trail = (*(name for name in draft.trail if name != step.name), step.name)
    sources = draft.sources | ({answer.message_id: step.name} if answer.message_id else {})
    moved = replace(draft, slots=slots, trail=trail, sources=sources, before=None)
    following = flow.next_step(slots)
    if following is None:
        return Outcome(moved, accepted.says, finished=True)
    # A question that goes on (photo after photo, page after page) can still be left as it was.
    moved = replace(moved, asked=following.name, before=draft.before if following is step else None)
    if accepted.quiet:
        return Outcome(moved, accepted.says)
    return Outcome(moved, accepted.says + tuple(following.ask(slots, setting)))


def edit(flow: Flow, draft: Draft, name: str, setting: Setting) -> Outcome:
    """Open one question again, with whatever depends on it, and ask it."""
    step = flow.get_step(name)
    if step is None or not step.editable:
        return begin(flow, draft, setting)
    opened = _open_again(flow, draft, step)
    if opened is None:
        return begin(flow, draft, setting)
    opened = replace(opened, before=draft.slots if draft.before is None else draft.before)
    return Outcome(replace(opened, asked=name), tuple(step.ask(opened.slots, setting)))


def go_back(flow: Flow, draft: Draft, setting: Setting) -> Outcome:
    """Leave a question that was opened again as it was; else open the question answered last, and ask it."""
    if draft.before is not None:
        return begin(flow, replace(draft, slots=draft.before, before=None), setting)
    for place in range(len(draft.trail) - 1, -1, -1):
        step = flow.get_step(draft.trail[place])
        opened = _open_again(flow, draft, step) if step else None
        if step and opened and not (step.name == draft.asked and opened.slots == draft.slots):
            opened = replace(opened, asked=step.name, trail=draft.trail[:place])
            return Outcome(opened, tuple(step.ask(opened.slots, setting)))
    return begin(flow, draft, setting)


def forget(flow: Flow, draft: Draft, message_id: str) -> Draft:
    """The draft without what this message said; the question it answered is open again."""
    changed = flow.forget(draft.slots, message_id)
    sources = {key: name for key, name in draft.sources.items() if key != message_id}
    if changed:
        return replace(draft, slots=_merge(draft.slots, changed), sources=sources, before=None)
    step = flow.get_step(draft.sources.get(message_id, ""))
    if step is None:
        return draft
    slots = {key: value for key, value in draft.slots.items() if key not in _depends_on(flow, step)}
    return replace(draft, slots=slots, sources=sources, before=None)


def _open_again(flow: Flow, draft: Draft, step: Step) -> Draft | None:
    kept = {key: value for key, value in draft.slots.items() if key not in _depends_on(flow, step)}
    slots = {**kept, **step.opens_with}
    return replace(draft, slots=slots) if step.is_open(slots) and step.ready(slots) else None


def _depends_on(flow: Flow, step: Step) -> set[str]:
    return {step.name, *flow.clears.get(step.name, ())}


def _merge(slots: Slots, changed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**slots, **changed}.items() if value is not None}


def _read_as_tap(flow: Flow, draft: Draft, answer: Answer, setting: Setting) -> Answer:
    """The words that stand on a button of the open question mean that button, typed or tapped."""
    asked = flow.get_step(draft.asked) if draft.asked else None
    if answer.kind != "text" or len(answer.text) > LONGEST_LABEL or asked is None or not asked.can_take(draft.slots):
        return answer
    typed = _squeeze(answer.text)
    for message in asked.ask(draft.slots, setting):
        for item in message.get("quickReply", {}).get("items", ()):
            _, _, tap = str(item["action"].get("data", "")).partition(f"f:{setting.run}:{asked.name}:")
            if tap and typed == _squeeze(item["action"]["label"]):
                return replace(answer, kind="tap", text="", step=asked.name, value=tap)
    return answer


def _squeeze(text: str) -> str:
    return "".join(text.lower().split())


def _step_for(flow: Flow, draft: Draft, answer: Answer) -> Step | None:
    if answer.step:
        tapped = flow.get_step(answer.step)
        return tapped if tapped and tapped.can_take(draft.slots) else None
    asked = flow.get_step(draft.asked) if draft.asked else None
    if asked and answer.kind in asked.takes and asked.can_take(draft.slots):
        return asked
    takers = [step for step in flow.steps if answer.kind in step.takes and step.can_take(draft.slots)]
    return next((step for step in takers if step.is_open(draft.slots)), takers[0] if takers else None)
