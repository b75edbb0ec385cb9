"""One demo case as it goes through the life cycle, kept in memory: many thousand a second, and no session.

It reads the table of `cases/lifecycle.py` and the rules of `cases/clocks.py`, and turns clocks as both do; a test
lives seeded cases again through `lifecycle.apply` and holds the two equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any, cast

from cases import clocks
from cases.escalation_times import count_escalation
from cases.lifecycle import BEFORE_QUESTION, BEFORE_TRANSFER, NO_PROGRESS, PREVIOUS, SAME, TRANSITIONS
from cases.reminding import NAMED_DAYS, find_again
from cases.silence import LEAST_TIME
from cases.statuses import Action, Role, Status
from cases.timeline import UNTOLD
from cases.working_time import add_working_days
from commands.seed_clocks import Clock, find_hearing
from storage.cases import QUIET_ACTIONS
from storage.models import Case

A_MOMENT = timedelta(seconds=1)
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.MERGED})
_RULES = {(str(status), str(action)): each for (status, action), each in TRANSITIONS.items()}
_by_moment = attrgetter("at")


class Over(Exception):
    """The step is still to come, or what the clocks brought about meanwhile has left no room for it."""


@dataclass(slots=True)
class Line:
    """One line of history, before it has a key. `undone` and `other` become keys in its details when it is kept."""

    at: datetime
    action: str
    from_status: str | None
    to_status: str
    role: str
    organisation: str | None
    words: str | None
    details: dict[str, Any]
    undone: "Line | None" = None
    other: tuple[str, "Life"] | None = None
    key: int = 0


@dataclass(slots=True)
class Photo:
    """A picture of the case: its scene, and the line it came with. `flagged`: to be looked at again."""

    scene: str
    role: str
    sent_at: datetime
    line: Line | None = None
    flagged: bool = False
    key: int = 0


@dataclass(slots=True)
class Life:
    """A case that is being lived until `until`. What it is made of is given; the rest comes of its steps."""

    created_at: datetime
    until: datetime
    owner: str
    district: str | None
    category: str
    description: str
    place: str
    latitude: float
    longitude: float
    alternatives: tuple[str, ...]
    routed_by: str
    danger: list[str]
    confidential: bool
    channel: str
    reporter: int  # which of the block's reporters
    phone: str | None = None
    phone_shared: bool = False
    shared_name: str | None = None
    status: str = str(Status.NEW)
    transfer_to: str | None = None
    promised_on: date | None = None
    acknowledge_by: datetime | None = None
    verdict: str | None = None
    stars: int | None = None
    merged_into: "Life | None" = None
    updated_at: datetime = field(init=False)
    at: datetime = field(init=False)
    told: list[Line] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    followers: list[tuple[int, datetime, "Life | None"]] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    helpers: dict[str, tuple[str, datetime, datetime | None]] = field(default_factory=dict)
    key: int = 0
    number: str = ""

    def __post_init__(self) -> None:
        self.at = self.updated_at = self.created_at

    def do(
        self,
        action: Action,
        role: Role,
        at: datetime,
        words: str | None = None,
        *,
        due: date | None = None,
        receiver: str | None = None,
        organisation: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> Line:
        """A step at that moment, or as soon as the one before it is over; what fell due until then is told first.

        Raises Over.
        """
        at = max(at, self.at + A_MOMENT)
        self.pass_until(min(at, self.until))
        at = max(at, self.at + A_MOMENT)
        rule = _RULES.get((self.status, str(action)))
        if at > self.until or rule is None or role not in rule.by:
            raise Over
        return self._step(action, role, at, words, due, receiver, organisation, details)

    def pass_until(self, moment: datetime) -> None:
        """What the clocks bring about until then; of what is still to come nothing."""
        moment = min(moment, self.until)
        while True:
            first, found = moment, None
            for one in self.clocks:
                if one.stopped_at is None and one.next_at is not None and one.next_at < first:
                    at = find_hearing(one.next_at, one.any_hour)
                    if at < first:
                        first, found = at, one
            at = max(first, self.at + A_MOMENT)
            if found is None or at >= moment:
                return
            self._ring(found, at)

    def find_status(self, moment: datetime) -> str:
        """Where it stood at a moment of its life."""
        return next((line.to_status for line in reversed(self.told) if line.at <= moment), self.told[0].to_status)

    def is_owed_call(self, line: Line) -> bool:
        """Whether somebody who is reached by telephone alone has still to be rung about this line."""
        if self.status not in (Status.NEEDS_INFO, Status.RESOLVED) or line.to_status != self.status:
            return False
        came = next(one for one in reversed(self.told) if one.from_status != one.to_status)
        return line is came

    def begin(self, role: Role, organisation: str | None) -> None:
        """It is told, and handed out at once."""
        how = {} if self.channel == "line" else {"channel": self.channel}
        self.told.append(Line(self.created_at, "report", None, str(Status.NEW), str(role), organisation, None, how))
        self._step(Action.DISPATCH, Role.SYSTEM, self.created_at, None, None, None, None, {"first": True})

    def note_later(self, line: Line) -> None:
        """A line that changes nothing, at a moment that is past already."""
        self.told.append(line)
        self.told.sort(key=_by_moment)

    def _step(
        self,
        action: Action,
        role: Role,
        at: datetime,
        words: str | None,
        due: date | None,
        receiver: str | None,
        organisation: str | None,
        details: Mapping[str, Any] | None,
    ) -> Line:
        """`lifecycle.apply`, for a case without a row."""
        before = self.status
        rule = _RULES[before, str(action)]
        undone = self._find_undone() if action is Action.UNDO else None
        offered = self._find(Action.TRANSFER) if rule.to == BEFORE_TRANSFER else None
        question = self._find_question() if before == Status.NEEDS_INFO else None
        waits = self._find_running("answer") is not None
        back = offered or undone
        kept = dict(details or {})
        to = before if rule.to in (PREVIOUS, SAME, BEFORE_QUESTION, BEFORE_TRANSFER) else str(rule.to)
        if back is not None:
            to = str(back.from_status)
        elif rule.to == BEFORE_QUESTION:
            begun = question is not None and question.from_status == Status.IN_PROGRESS
            to = str(Status.IN_PROGRESS if begun else Status.ACKNOWLEDGED)
        kept |= self._keep_promise(action, due, undone, kept)
        kept |= self._move(action, receiver, undone, to)
        self.status = to
        if action not in NO_PROGRESS:
            self.updated_at = at
        line = Line(at, str(action), before, to, str(role), organisation, words, kept, undone=undone)
        self.told.append(line)
        self.at = at
        if undone is not None:
            self._turn_back(undone.at)
        elif offered is not None:
            self._resume(offered.at, at)
        elif question is not None and rule.clock == "resolve":
            if waits:
                self._resume(question.at, at)
        elif rule.to != SAME:
            look = kept.get("look")
            self._turn(rule.clock, at, date.fromisoformat(look) if look else None)
            owes = action is Action.ACCEPT or (action is Action.REOPEN and not self.danger)
            if owes and self._find_running("first_words") is None:
                self._start("first_words", at, None)
        return line

    def _keep_promise(
        self, action: Action, due: date | None, undone: Line | None, kept: Mapping[str, Any]
    ) -> dict[str, Any]:
        before = self.promised_on.isoformat() if self.promised_on else None
        if action is Action.PROMISE:
            self.promised_on = cast(date, due)
            return {"due": self.promised_on.isoformat(), "before": before}
        if action in (Action.WAIT, Action.ACCEPT):
            self.promised_on = None
            return {"before": before}
        if undone is not None and undone.action in (Action.PROMISE, Action.WAIT, Action.ACCEPT):
            was = undone.details.get("before")
            self.promised_on = date.fromisoformat(was) if was else None
        elif action in (Action.DISPATCH, Action.REOPEN):
            self.promised_on = None
        return {}

    def _move(self, action: Action, receiver: str | None, undone: Line | None, to: str) -> dict[str, Any]:
        offered = self.transfer_to
        kept: dict[str, Any] = {"office": self.owner} if action is Action.DISPATCH else {}
        if action is Action.TRANSFER:
            self.transfer_to = receiver
            return {"from": self.owner} | ({"to": receiver} if receiver else {})
        if action is Action.ACCEPT:
            kept = {"from": self.owner, "to": offered}
            self.owner = cast(str, offered)
        elif self.status == Status.TRANSFERRING and to != Status.TRANSFERRING and offered:
            kept |= {"to": offered}
        if to != Status.TRANSFERRING:
            self.transfer_to = None
        elif undone is not None:
            self.transfer_to = undone.details.get("to")
        return kept

    def _find(self, action: Action) -> Line | None:
        return next((line for line in reversed(self.told) if line.action == action), None)

    def _find_undone(self) -> Line:
        return next(line for line in reversed(self.told) if line.action not in QUIET_ACTIONS)

    def _find_question(self) -> Line | None:
        taken_back = [line.undone for line in self.told if line.undone is not None]
        asked = (
            line
            for line in reversed(self.told)
            if line.action == Action.ASK
            and line.from_status != Status.NEEDS_INFO
            and not any(line is one for one in taken_back)
        )
        return next(asked, None)

    # --- clocks, as cases/clocks.py turns them

    def _find_running(self, kind: str) -> Clock | None:
        return next((one for one in self.clocks if one.kind == kind and one.stopped_at is None), None)

    def _turn(self, kind: str | None, at: datetime, day: date | None) -> None:
        goes_on = clocks.GOES_ON.get(kind, frozenset()) if kind else frozenset()
        for one in self.clocks:
            if one.stopped_at is None and one.kind not in goes_on:
                one.stopped_at = at
        for each in (kind, *clocks.BESIDE.get(kind, ())) if kind else ():
            if (each != kind or each in goes_on) and self._find_running(each):
                continue
            self._start(each, at, day)

    def _start(self, kind: str, at: datetime, day: date | None) -> None:
        due = clocks.due_for(kind, cast(Case, self), at, day=day).astimezone(UTC)
        told = clocks.find_first_told(kind, cast(Case, self), at, due)
        self.clocks.append(Clock(kind, at, due, told, any_hour=clocks.runs_at_any_hour(kind, cast(Case, self))))
        if kind == "acknowledge":
            self.acknowledge_by = due

    def _turn_back(self, undone_at: datetime) -> None:
        self.clocks = [one for one in self.clocks if one.stopped_at is not None or one.started_at < undone_at]
        for one in self.clocks:
            if one.stopped_at == undone_at:
                one.stopped_at = None

    def _resume(self, asked_at: datetime, at: datetime) -> None:
        stopped = [one for one in self.clocks if one.stopped_at == asked_at]
        paused = [one for one in stopped if one.kind in clocks.PAUSED]
        if self.status == Status.DISPATCHED:
            self._turn("acknowledge", at, None)
            return
        if self.status == Status.NEEDS_INFO and not paused:
            paused = [one for one in stopped if one.kind == "answer"]
        if any(one.kind in clocks.RUNS_ON for one in paused):
            for one in self.clocks:
                one.stopped_at = one.stopped_at or at
        else:
            self._turn("resolve", at, None)
        for one in paused:
            wait = at - asked_at
            stays, keeps_its_own = one.kind in clocks.NAMED_DAYS, one.stage or one.kind == "answer"
            due = one.due_at if stays else _put_later(one, one.due_at, wait, at)
            told = _put_later(one, one.next_at, wait, at) if one.next_at and keeps_its_own else due
            self.clocks.append(Clock(one.kind, at, due, told if one.next_at else None, one.stage, one.any_hour))

    # --- what the jobs do when a clock is due

    def _ring(self, one: Clock, at: datetime) -> None:
        _RINGS.get(one.kind, Life._ring_office)(self, one, at)

    def _ring_office(self, one: Clock, at: datetime) -> None:
        named = any(other.kind in NAMED_DAYS and other.stopped_at is None for other in self.clocks)
        accepting = self._find_running("acknowledge") if one.kind == "first_words" else None
        if accepting is not None:
            later = at + timedelta(hours=1) if one.any_hour else add_working_days(at, 1)
            one.next_at = max(accepting.due_at, later)
        elif one.stage == 0 and not (one.kind == "resolve" and named):
            self._say(Action.REMIND, one, at, {})
            one.stage, one.next_at = 1, count_escalation(one.kind, at, any_hour=one.any_hour)
        else:
            self._say(Action.ESCALATE, one, at, {"second": False})
            ahead = any(each.kind in NAMED_DAYS and not each.stopped_at and each.due_at > at for each in self.clocks)
            again = one.any_hour and not ahead
            one.stage, one.next_at = one.stage + 1, find_again(one.due_at, at, one.kind) if again else None

    def _ring_officers(self, one: Clock, at: datetime) -> None:
        self._say(Action.REMIND, one, at, {})
        one.stage, one.next_at = one.stage + 1, find_again(one.due_at, at) if one.any_hour else None

    def _ring_offer(self, one: Clock, at: datetime) -> None:
        if one.due_at > at:
            one.stage, one.next_at = one.stage + 1, one.due_at
            if self.transfer_to is not None:
                self._say(Action.REMIND, one, at, {"ahead": True})
            return
        again = one.any_hour and self.transfer_to is None
        one.stage, one.next_at = one.stage + 1, find_again(one.due_at, at) if again else None
        if self.transfer_to is not None:
            self._step(Action.BOUNCE, Role.SYSTEM, at, None, None, None, None, {"unanswered": True})

    def _ring_question(self, one: Clock, at: datetime) -> None:
        if one.stage == 0 and one.due_at > at:
            self._say(Action.REMIND, one, at, {"ahead": True})
            one.stage, one.next_at = 1, one.due_at
            return
        self._ring_officers(one, at)
        question = self._find_question()
        if question is None:
            return
        self._resume(question.at, at)
        if one.any_hour:
            self._say(Action.ESCALATE, one, at, {UNTOLD: True})
        for each in self.clocks:
            if each.kind in NAMED_DAYS and each.stopped_at is None and each.due_at <= at:
                each.stage, each.next_at = each.stage + 1, count_escalation(each.kind, at, any_hour=each.any_hour)

    def _ring_closure(self, one: Clock, at: datetime) -> None:
        if one.stage == 0:
            closes = max(one.due_at, at + LEAST_TIME)
            self._say(Action.REMIND, one, at, {"ahead": True}, closes)
            one.stage, one.next_at = 1, closes
            return
        one.stage, one.next_at = 2, None
        self._step(Action.CLOSE, Role.SYSTEM, at, None, None, None, None, {"answer": "silent"})
        self.verdict = "silent"

    def _say(
        self, action: Action, one: Clock, at: datetime, details: dict[str, Any], due: datetime | None = None
    ) -> None:
        kept = {"clock": one.kind, "due": (due or one.due_at).isoformat(), **details}
        self._step(action, Role.SYSTEM, at, None, None, None, None, kept)


_RINGS: dict[str, Callable[[Life, Clock, datetime], None]] = {
    "decide": Life._ring_officers,
    "accept": Life._ring_offer,
    "answer": Life._ring_question,
    "confirm": Life._ring_closure,
}


def _put_later(one: Clock, moment: datetime, wait: timedelta, at: datetime) -> datetime:
    return moment + wait if one.any_hour or one.kind == "answer" else clocks.add_wait(moment, wait, at)
