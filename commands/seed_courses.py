"""What becomes of demo cases: most are fixed and confirmed or left unanswered, some go long ways round.

A course makes steps until its moment comes that lies in the future: there the case stands today.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, cast

from cases.categories import get_category
from cases.desk import OMB
from cases.lifecycle import TRANSITIONS
from cases.on_behalf import ON_BEHALF
from cases.receivers import list_likely
from cases.statuses import Action, Role, Status
from cases.waiting import LOOK_DAYS
from cases.working_time import add_working_time, is_working_day
from clock import in_bangkok
from commands.seed_life import ENDED, Life, Line, Over
from commands.seed_world import World, pick
from storage.models import Case

A, R = Action, Role
COURSES = (
    ("fix", 0.78),
    ("stall", 0.03),
    ("pass_on", 0.06),
    ("ask", 0.05),
    ("decline", 0.03),
    ("refer", 0.015),
    ("withdraw", 0.02),
    ("look_in_vain", 0.015),
)
WAITS = 0.06  # of those that are fixed: for money or others
STARTS = 0.35
UNDONE = 0.012
ADDS, NOTES, FOLLOWED, HELPED = 0.05, 0.06, 0.04, 0.015
ANSWERS = (("yes", 0.47), ("silent", 0.36), ("no", 0.1), ("partly", 0.07))
LATE_WORD = 0.02  # of those who said nothing: later they do
RATES = 0.66
PROMISED = (("1", 0.35), ("3", 0.4), ("6", 0.25))
STARS = (("5", 0.46), ("4", 0.3), ("3", 0.13), ("2", 0.06), ("1", 0.05))
DECISIONS = (("sent_back", 0.62), ("upheld", 0.3), ("reporter", 0.08))
OFFERS = (("accept", 0.74), ("bounce", 0.16), ("silence", 0.1))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Fate:
    """One life and the chances that drive it."""

    def __init__(self, life: Life, world: World, chance: random.Random, *, pace: float, people: int) -> None:
        self.life, self.world, self.chance = life, world, chance
        self.pace = pace  # how slow the office is, one being ordinary
        self.people = people  # who may follow a case: the block's reporters

    def live(self, into: Life | None = None) -> None:
        """From its telling to its end, or to today. `into`: the same matter was told before, and has it all."""
        life = self.life
        told_by = R.REPORTER if life.channel == "line" else R.STAFF
        life.begin(told_by, None if told_by is R.REPORTER else OMB)
        try:
            if into is not None:
                self._merge(into)
            if life.confidential:
                self._look_into()
            else:
                _COURSES[pick(self.chance, COURSES)](self)
        except Over:
            pass
        life.pass_until(life.until)
        self._add_asides()

    def _merge(self, into: Life) -> None:
        """An officer sees that both are one matter, while both are open; else it goes its own way."""
        at = self._later(30 * MINUTE, 5 * HOUR)
        standing = into.find_status(at)
        if standing in ENDED or at > self.life.until:
            return
        line = self.life.do(A.MERGE, R.STAFF, at, organisation=OMB)
        line.other, self.life.merged_into = ("into", into), into
        note = Line(at, str(A.NOTE), standing, standing, str(R.STAFF), OMB, None, {}, other=("merged", self.life))
        into.note_later(note)
        if self.life.reporter not in (into.reporter, *(person for person, _, _ in into.followers)):
            into.followers.append((self.life.reporter, at, self.life))
        raise Over

    # --- moments

    def _later(self, shortest: timedelta, middle: timedelta) -> datetime:
        """Some time after the last step: mostly about `middle`, now and then much later."""
        return self.life.at + shortest + _whole(middle * self.chance.lognormvariate(0, 0.7))

    def _at_work(self, hours: float) -> datetime:
        """After about so many working hours of this office."""
        waited = min(hours * self.pace * self.chance.lognormvariate(0, 0.8), 200)
        return add_working_time(self.life.at + MINUTE, _whole(waited * HOUR))

    def _by_office(self, action: Action, at: datetime, key: str | None = None, **options: Any) -> Line:
        words = self.world.say(key, self.chance) if key else None
        return self.life.do(action, R.COORDINATOR, at, words, organisation=self.life.owner, **options)

    def _by_officer(self, action: Action, at: datetime, key: str | None = None, **options: Any) -> Line:
        words = self.world.say(key, self.chance) if key else None
        return self.life.do(action, R.STAFF, at, words, organisation=OMB, **options)

    def _by_reporter(self, action: Action, at: datetime, words: str | None = None, **details: Any) -> Line:
        """By themselves in LINE; for everybody else an officer enters it."""
        if self.life.channel == "line":
            return self.life.do(action, R.REPORTER, at, words, details=details)
        return self.life.do(action, R.STAFF, at, words, organisation=OMB, details=details | {ON_BEHALF: True})

    # --- courses

    def _fix(self) -> None:
        self._take()
        if self.chance.random() < WAITS:
            look = self._find_day(LOOK_DAYS)
            self._by_office(A.WAIT, self._at_work(3), "waiting", details={"look": look.isoformat()})
            self._by_office(A.PROMISE, self._later(6 * DAY, 8 * DAY), due=self._find_day(14))
        self._resolve()

    def _take(self) -> None:
        """Noted, with a date or a word that they are on their way; before long, or after reminders."""
        if self.chance.random() < STARTS:
            self._by_office(A.START, self._at_work(1.2), "started")
            return
        self._by_office(A.ACKNOWLEDGE, self._at_work(1))
        if self.chance.random() < UNDONE:
            self._by_office(A.UNDO, self.life.at + 2 * MINUTE)
            self._by_office(A.ACKNOWLEDGE, self._at_work(1))
        if self.chance.random() < 0.88:
            self._promise()

    def _promise(self) -> None:
        days = min(int(pick(self.chance, PROMISED)), get_category(self.life.category).resolve_days)
        self._by_office(A.PROMISE, self._at_work(0.6), due=self._find_day(days))

    def _resolve(self) -> None:
        """Done by the day that was promised, more often than not."""
        if self.life.promised_on and self.chance.random() < 0.72:
            hours = max(1.0, (self.life.promised_on - in_bangkok(self.life.at).date()).days * 5.0)
            self._by_office(A.RESOLVE, self._at_work(hours / self.pace * 0.5), "resolved")
        else:
            if self.life.promised_on and self.chance.random() < 0.4:  # put off once
                late = self._later(2 * DAY, 4 * DAY)
                due = max(in_bangkok(late).date(), self.life.promised_on) + 3 * DAY
                self._by_office(A.PROMISE, late, due=due, details={"delayed": True})
            self._by_office(A.RESOLVE, self._at_work(15), "resolved")
        self._judge()

    def _look_in_vain(self) -> None:
        self._by_office(A.ACKNOWLEDGE, self._at_work(1.5))
        self._by_office(A.NOT_FOUND, self._at_work(12), "not_found")
        self._judge()

    def _judge(self) -> None:
        """What the reporter says of it; silence closes it by itself."""
        answer = pick(self.chance, ANSWERS)
        if answer == "silent":
            self.life.pass_until(self.life.at + 20 * DAY)
            if self.life.status == Status.CLOSED and self.chance.random() < LATE_WORD:
                self._say_verdict("yes", self._later(DAY, 2 * DAY))
            return
        self._say_verdict(answer, self._later(10 * MINUTE, 14 * HOUR))

    def _say_verdict(self, answer: str, at: datetime) -> None:
        life = self.life
        if answer == "yes":
            self._by_reporter(A.CONFIRM, at, answer="yes")
            life.verdict = "yes"
            if life.channel == "line" and self.chance.random() < RATES:
                stars = int(pick(self.chance, STARS))
                life.do(A.RATE, R.REPORTER, life.at + MINUTE, details={"stars": stars})
                life.stars = stars
                if self.chance.random() < 0.2:
                    words = self.world.say("praised", self.chance)
                    life.do(A.RATE, R.REPORTER, life.at + MINUTE, words, details={"word": True})
            return
        self._by_reporter(A.DISPUTE, at, self.world.say(answer, self.chance), answer=answer)
        life.verdict = answer
        self._decide_dispute()

    def _decide_dispute(self) -> None:
        decision = pick(self.chance, DECISIONS)
        if decision == "reporter":
            self._say_verdict("yes", self._later(DAY, DAY))
        elif decision == "upheld":
            self._by_officer(A.CLOSE, self._at_work(24), "upheld", details={"answer": "upheld"})
        else:
            self._by_officer(A.REOPEN, self._at_work(20), "sent_back")
            self._promise()
            self._by_office(A.RESOLVE, self._at_work(22), "resolved")
            self._judge()

    def _stall(self) -> None:
        """Nobody answers for weeks, reminders or not."""
        if self.chance.random() < 0.5:
            self._by_office(A.ACKNOWLEDGE, self._at_work(2))
        self._by_office(A.START, self._later(12 * DAY, 25 * DAY), "started")
        self._resolve()

    def _pass_on(self) -> None:
        """To an office that may take it, refuse it, or say nothing."""
        if self.chance.random() < 0.5:
            self._by_office(A.ACKNOWLEDGE, self._at_work(1))
        receivers = list_likely(self._as_case(), without=[])
        receiver = receivers[min(int(self.chance.random() * 2), len(receivers) - 1)]
        self._by_office(A.TRANSFER, self._at_work(3), "transferred", receiver=receiver)
        answer = pick(self.chance, OFFERS)
        if answer == "silence":
            self.life.pass_until(self.life.at + 12 * DAY)
        elif answer == "bounce":
            words = self.world.say("bounced", self.chance)
            self.life.do(A.BOUNCE, R.COORDINATOR, self._at_work(2), words, organisation=receiver)
        else:
            self.life.do(A.ACCEPT, R.COORDINATOR, self._at_work(2), organisation=receiver)
            self._promise()
        if self.life.status == Status.TRANSFERRING:
            return
        if self.life.status == Status.DISPATCHED:
            self._take()
        self._resolve()

    def _ask(self) -> None:
        self._by_office(A.ACKNOWLEDGE, self._at_work(1))
        self._by_office(A.ASK, self._at_work(2), "asked")
        if self.chance.random() < 0.78:
            words = self.world.say("answered", self.chance)
            self._by_reporter(A.ANSWER, self._later(5 * MINUTE, 9 * HOUR), words)
            self._promise()
        else:
            self.life.pass_until(self.life.at + 9 * DAY)
            self._by_office(A.START, self._later(9 * DAY, 6 * DAY), "started")
        self._resolve()

    def _decline(self) -> None:
        self._by_office(A.DECLINE, self._at_work(4), "declined")
        if self.chance.random() < 0.5:
            self._by_officer(A.CLOSE, self._at_work(20), "agreed", details={"answer": "declined"})
            return
        self._by_officer(A.REOPEN, self._at_work(16), "sent_back")
        self._promise()
        self._resolve()

    def _refer(self) -> None:
        """To somebody who is no office of ours."""
        self._by_officer(A.REFER, self._at_work(5), "referred")
        if self.chance.random() < 0.6:
            self._by_officer(A.RESOLVE, self._later(6 * DAY, 12 * DAY), "resolved")
            self._judge()

    def _withdraw(self) -> None:
        if self.chance.random() < 0.5:
            self._by_office(A.ACKNOWLEDGE, self._at_work(1))
        self._by_reporter(A.WITHDRAW, self._later(20 * MINUTE, 12 * HOUR))

    def _look_into(self) -> None:
        """What no office may see: the Ombudsman's officers have it from its telling to its end."""
        self._by_officer(A.ACKNOWLEDGE, self._at_work(5))
        self._by_officer(A.PROMISE, self._at_work(3), due=self._find_day(14))
        if self.chance.random() < 0.3:
            self._by_officer(A.REFER, self._at_work(30), "referred")
            self._by_officer(A.CLOSE, self._later(12 * DAY, 20 * DAY), "closed")
            return
        self._by_officer(A.RESOLVE, self._at_work(50), "closed")
        self._judge()

    # --- beside its course

    def _add_asides(self) -> None:
        """Words, followers and helpers: they change nothing, and lie somewhere along the way."""
        life, chance = self.life, self.chance
        if life.confidential or len(life.told) < 3:
            return
        if life.channel == "line" and chance.random() < ADDS:
            self._put_in(A.ADD, R.REPORTER, None, "added", {})
        if chance.random() < NOTES:
            self._put_in(A.NOTE, R.COORDINATOR, life.owner, "noted", {})
        if chance.random() < FOLLOWED:
            for _ in range(1 + int(chance.random() * chance.random() * 6)):
                self._join(int(chance.random() * self.people))
        if chance.random() < HELPED:
            self._help()

    def _put_in(
        self, action: Action, role: Role, organisation: str | None, key: str | None, details: dict[str, object]
    ) -> Line | None:
        """A line right after one of the steps, while the case was open; at the end of its moment's changes."""
        place = 1 + int(self.chance.random() * (len(self.life.told) - 1))
        before = self.life.told[place]
        at = before.at + _whole(9 * MINUTE * self.chance.random())
        after = self.life.told[place + 1].at if place + 1 < len(self.life.told) else self.life.until
        if before.to_status in ENDED or at >= after or (Status(before.to_status), action) not in TRANSITIONS:
            return None
        words = self.world.say(key, self.chance) if key else None
        line = Line(at, str(action), before.to_status, before.to_status, str(role), organisation, words, dict(details))
        self.life.note_later(line)
        if action is A.ADD:
            self.life.updated_at = max(self.life.updated_at, at)
        return line

    def _join(self, person: int) -> None:
        if person == self.life.reporter or any(person == one for one, _, _ in self.life.followers):
            return
        joined = self._put_in(A.FOLLOW, R.FOLLOWER, None, None, {"media": []})
        if joined is not None:
            self.life.followers.append((person, joined.at, None))

    def _help(self) -> None:
        life = self.life
        helper = list_likely(self._as_case(), without=[life.owner])[0]
        asked = self._put_in(A.NOTE, R.COORDINATOR, life.owner, None, {"helper": helper, "helps": "invited"})
        if asked is None or helper in (life.owner, life.transfer_to):
            return
        answered = asked.at + 40 * MINUTE
        state = pick(self.chance, (("helping", 0.8), ("busy", 0.2)))
        if answered > life.until or helper == OMB:
            life.helpers[helper] = ("invited", asked.at, None)
            return
        at = answered
        standing = [line for line in life.told if line.at <= at][-1].to_status
        if standing in ENDED:
            life.helpers[helper] = ("invited", asked.at, None)
            return
        kept = {"helper": helper, "helps": state}
        life.note_later(Line(at, str(A.NOTE), standing, standing, str(R.COORDINATOR), helper, None, kept))
        life.helpers[helper] = (state, asked.at, at)

    def _find_day(self, days: int) -> date:
        day = in_bangkok(self.life.at).date() + days * DAY
        while not is_working_day(day):
            day += DAY
        return day

    def _as_case(self) -> Case:
        """Who looks after such a case is read from what its life has in common with a row."""
        return cast(Case, self.life)


_COURSES: dict[str, Callable[[Fate], None]] = {
    "fix": Fate._fix,
    "stall": Fate._stall,
    "pass_on": Fate._pass_on,
    "ask": Fate._ask,
    "decline": Fate._decline,
    "refer": Fate._refer,
    "withdraw": Fate._withdraw,
    "look_in_vain": Fate._look_in_vain,
}


def _whole(length: timedelta) -> timedelta:
    return timedelta(seconds=int(length.total_seconds()))
