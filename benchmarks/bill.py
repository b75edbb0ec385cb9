"""Lives a month of the city through the product and prints what LINE would charge: naively, and as the product says it.

`python -m benchmarks.bill`. Reports, buttons and jobs go the product's own way, from the dispatcher and the life cycle
to the outbox; only LINE is a stub that takes every call, and the clock is turned. The naive bill is counted from the
same month: a push to the office's group for each thing that happened, one to the reporter for each thing they are told,
and two digests to every group every day.
"""

import argparse
import contextlib
import heapq
import itertools
import json
import os
import random
import tempfile
import time as wall
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr
from sqlalchemy import select

import clock
from bot.delivery_rules import choose_endpoint, judge
from bot.line_answers import Sent
from cases import bill as rules
from cases import intake
from cases.statuses import Action
from cases.working_time import add_working_time
from clock import BANGKOK
from commands import schema
from commands.database import open_database
from config import Settings
from handlers.dispatch import Dispatcher
from handlers.routing import Router
from jobs.relaying import Relayer
from jobs.schedule import JOBS
from storage import bill as stored
from storage import outbox, reporters
from storage.bill import BillLine
from storage.models import Case, Group, HistoryEntry, OutboxMessage
from storage.outbox import Outgoing, Queued
from storage.outbox_claims import claim_due, settle
from storage.session import Database

BEGINS = datetime(2026, 11, 1, 0, 0, tzinfo=BANGKOK)
GROUPS, MEMBERS, A_DAY, DAYS = 50, 12, 50, 30
WORDS = tomllib.loads(Path(__file__).with_name("bill_words.toml").read_text(encoding="utf-8"))
LEASE = timedelta(seconds=15)
REPLY_FOR = timedelta(seconds=50)
PEOPLE = "to people"
NOON = 12
# What the naive way pushes to a group, by what happened; the rest of a history is nobody's news. The last two are told
# to the Ombudsman's officers.
NAIVE = {
    "card": (Action.DISPATCH, Action.REOPEN),
    "acknowledged": (Action.ACKNOWLEDGE,),
    "progress": (Action.START, Action.PROMISE),
    "question": (Action.ASK,),
    "answer": (Action.ANSWER, Action.ADD),
    "resolution": (Action.RESOLVE, Action.NOT_FOUND),
    "verdict": (Action.CONFIRM, Action.DISPUTE, Action.CLOSE),
    "reminder": (Action.REMIND,),
    "escalation": (Action.ESCALATE,),
    "to decide": (Action.DISPUTE, Action.DECLINE),
}
# Hours of the day at which people report: 64.6 % outside office hours, most between 17 and 19 (field.md 4.1).
HOURS = (1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 7, 6, 6, 6, 7, 8, 11, 11, 9, 8, 7, 5, 3)
DANGER, NEVER, LATE, ASKED, DATED = 0.05, 0.05, 0.10, 0.03, 0.80
VERDICTS = (("yes", 40), ("partly", 5), ("no", 5), (None, 50))
MATTERS = ("lighting", "footpath", "drain_flood", "waste", "tree", "obstruction")
ASSUMPTIONS = (
    f"{GROUPS} district groups and the Ombudsman's, {MEMBERS} members each; {A_DAY} cases a day, spread evenly",
    "reports by the hours of the day that Traffy's have; two of three come outside office hours",
    f"{DANGER:.0%} dangerous; offices act in office hours alone: {NEVER:.0%} of cases never, {LATE:.0%} late, the rest"
    " note it within 0.2 to 3.5 working hours",
    f"{DATED:.0%} of those get a date by a button and are done a day or two before it, or, one in six, after it;"
    f" {ASKED:.0%} get a question, the rest are begun and done in 4 to 40 working hours",
    "reporters: 40 % all well, 5 % partly, 5 % not, 50 % silent",
    "every press of a button in a group brings a reply token, and LINE takes every call",
)


class Month:
    """What is to happen, in order; whoever does it does it through the product."""

    def __init__(self, folder: Path, seed: int, days: int) -> None:
        self.days = days
        self.dice = random.Random(seed)
        self._offset = folder / "clock"
        os.environ["CLOCK_OFFSET_FILE"] = str(self._offset)
        self._settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            database_url=f"sqlite:///{folder}/bill.db",
            public_base_url="https://fasttrack.example",
            secret_key=SecretStr("a key for one month"),
        )
        self.turn_to(BEGINS)
        self.database = open_database(self._settings)
        schema.make_current(self.database.engine)
        self._dispatcher = Dispatcher(self.database, self._settings, Router(self.database))
        self._relayer = Relayer(self.database)
        self._woken: list[Queued] = []
        self.database.lease, self.database.after_commit = LEASE, self._woken.append
        self._ids = itertools.count(1)
        self._coming: list[tuple[datetime, int, Callable[[], None]]] = []
        self._offices = [f"district:{1001 + number}" for number in range(GROUPS)]
        self.told = 0

    def live(self) -> None:
        """From the first night to the last."""
        now = clock.now()
        with self.database.begin(now) as session:
            for number, office in enumerate([*self._offices, "omb"]):
                session.add(
                    Group(
                        chat_id=_group(number),
                        organisation=office,
                        bound_at=now,
                        wrong_codes=0,
                        members=MEMBERS,
                        members_at=now,
                        created_at=now,
                    )
                )
        for day in range(self.days):
            for _ in range(A_DAY):
                hour = self.dice.choices(range(24), HOURS)[0]
                moment = BEGINS + timedelta(days=day, hours=hour, minutes=self.dice.uniform(0, 60))
                self.at(moment, self._tell)
        for tick in _list_ticks(self.days):
            while self._coming and self._coming[0][0] <= tick:
                moment, _, act = heapq.heappop(self._coming)
                self.turn_to(moment)
                act()
                self.deliver()
            self.turn_to(tick)
            self._run_jobs()
        self.database.close()

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """It will happen then."""
        heapq.heappush(self._coming, (moment, next(self._ids), act))

    def turn_to(self, moment: datetime) -> None:
        """The product's clock shows this."""
        self._offset.write_text(str(moment.timestamp() - wall.time()))

    def deliver(self) -> None:
        """Send all that may go now, by the rules of delivery."""
        while self._woken:
            queued = self._woken.pop(0)
            for row in queued.claimed:
                self._send(row)
            while rows := self._claim(queued.waiting):  # the next of a chat goes once the one before has
                for row in rows:
                    self._send(row)

    def _claim(self, chats: list[str]) -> list[Outgoing]:
        if not chats:
            return []
        now = clock.now()
        with self.database.begin(now) as session:
            return claim_due(session, now=now, lease=LEASE, limit=100, chats=chats)

    def _send(self, row: Outgoing) -> None:
        now = clock.now()
        endpoint = choose_endpoint(row, now)
        answer = Sent(tuple(f"M{next(self._ids)}" for _ in row.ties), tuple(None for _ in row.ties))
        with self.database.begin(now) as session:
            settle(session, [judge(row, endpoint, answer, called_at=now, now=now)])

    def _run_jobs(self) -> None:
        for name, (_, job) in JOBS.items():
            if not name.startswith("forget"):
                job(self.database)
                self.deliver()
        self._relayer.pass_on()
        self.deliver()

    def _tell(self) -> None:
        """A new person reports; the number goes out by the free reply to their last tap."""
        self.told += 1
        person, now = f"U{self.told:032x}", clock.now()
        place = self.dice.randrange(GROUPS)
        danger = self.dice.random() < DANGER
        words = WORDS["danger" if danger else "matter"]
        slots = {
            "description": words,
            "category": self.dice.choice(MATTERS),
            "place": {"org": self._offices[place], "how": "address", "words": WORDS["place"].format(number=self.told)},
        }
        with self.database.begin(now) as session:
            outbox.offer_reply(session, chat_id=person, token="token", event_id=f"e{self.told}", until=now + REPLY_FOR)
            reporter = reporters.get_or_add_line_reporter(session, person, now)
            case = intake.submit_report(
                session, slots=slots, reporter=reporter, language="th", now=now, most_a_day=1000
            )
            key = case.id
        self._plan(key, person, place, now)

    def _plan(self, key: int, person: str, place: int, now: datetime) -> None:
        share = self.dice.random()
        if share < NEVER:
            return
        hours = self.dice.uniform(8, 20) if share < NEVER + LATE else self.dice.uniform(0.2, 3.5)
        noted = add_working_time(now, hours)
        self.at(noted, lambda: self._tap(key, place, "acknowledge"))
        if self.dice.random() < ASKED:
            self.at(add_working_time(noted, 0.5), lambda: self._ask(key, place))
            self.at(noted + timedelta(hours=self.dice.uniform(2, 30)), lambda: self._answer(person))
        if self.dice.random() < DATED:
            days = self.dice.choice((3, 7))
            self.at(add_working_time(noted, 0.1), lambda: self._tap(key, place, f"due:{days}"))
            slip = 8 if self.dice.random() < 1 / 6 else -16
            done = add_working_time(noted, max(6.0, days * 5.5 + slip))
        else:
            self.at(add_working_time(noted, 2), lambda: self._tap(key, place, "start"))
            done = add_working_time(noted, self.dice.uniform(4, 40))
        self.at(done, lambda: self._finish(key, person, place))

    def _finish(self, key: int, person: str, place: int) -> None:
        self._tap(key, place, "resolve")
        verdict = self.dice.choices([one for one, _ in VERDICTS], [weight for _, weight in VERDICTS])[0]
        if verdict is not None:
            moment = clock.now() + timedelta(hours=self.dice.uniform(0.1, 60))
            self.at(moment, lambda: self._post(person, "user", {"data": f"c:{key}:closure:{verdict}"}))

    def _ask(self, key: int, place: int) -> None:
        with self.database.read() as session:
            number = session.scalars(select(Case.number).where(Case.id == key)).one()
        self._say(_group(place), "group", WORDS["question"].format(number=number))
        self.deliver()
        with self.database.read() as session:
            note = session.scalars(select(HistoryEntry.id).where(HistoryEntry.case_id == key).order_by(HistoryEntry.id))
            last = list(note)[-1]
        self._tap(key, place, f"ask_send:{last}")

    def _answer(self, person: str) -> None:
        self._say(person, "user", WORDS["answer"])

    def _tap(self, key: int, place: int, verb: str) -> None:
        self._post(_group(place), "group", {"data": f"g:{key}:{verb}"})

    def _post(self, chat: str, kind: str, postback: dict[str, Any]) -> None:
        self._take(chat, kind, {"type": "postback", "postback": postback})

    def _say(self, chat: str, kind: str, words: str) -> None:
        message = {"id": str(next(self._ids)), "type": "text", "text": words, "quoteToken": "q"}
        self._take(chat, kind, {"type": "message", "message": message})

    def _take(self, chat: str, kind: str, event: dict[str, Any]) -> None:
        number = next(self._ids)
        source = {"type": "group", "groupId": chat, "userId": f"U{chat[1:]}"} if kind == "group" else {}
        whole = event | {
            "mode": "active",
            "timestamp": int(clock.now().timestamp() * 1000),
            "webhookEventId": f"E{number:025d}",
            "deliveryContext": {"isRedelivery": False},
            "replyToken": f"{number:032d}",
            "source": source or {"type": "user", "userId": chat},
        }
        self._dispatcher.take(whole, json.dumps(whole))


def _group(number: int) -> str:
    return f"C{number:032x}"


def _list_ticks(days: int) -> Iterator[datetime]:
    """Every quarter of an hour by day, every hour by night, and a moment after each."""
    moment = BEGINS
    while moment < BEGINS + timedelta(days=days):
        yield moment + timedelta(seconds=5)
        by_day = 7 <= moment.hour < 20
        moment += timedelta(minutes=15 if by_day else 60)


@dataclass(frozen=True, slots=True)
class Bills:
    """Both ways to say the same month."""

    naive: Counter[str]
    ours: list[BillLine]
    digests: Counter[str]

    @property
    def share(self) -> float:
        """Of all that LINE counts."""
        return rules.total(self.ours).price / sum(self.naive.values())

    @property
    def share_of_groups(self) -> float:
        """Of what went to groups, where a push costs a message a member."""
        groups = rules.total(line for line in self.ours if line.organisation is not None)
        return groups.price / (sum(self.naive.values()) - self.naive[PEOPLE])


def reckon(database: Database, days: int) -> Bills:
    """What happened, at the naive price; what was sent, at LINE's."""
    ends = BEGINS + timedelta(days=days)
    with database.read() as session:
        entries = session.execute(select(HistoryEntry.action, HistoryEntry.details).where(HistoryEntry.at < ends)).all()
        ours = stored.list_lines(session, BEGINS.astimezone(UTC), ends.astimezone(UTC))
    # A reporter who is reminded to say how it is gets a message of their own, and no group any.
    happened = Counter(action for action, details in entries if details.get("clock") != "confirm")
    naive = Counter({name: MEMBERS * sum(happened[action] for action in actions) for name, actions in NAIVE.items()})
    naive["digests"] = GROUPS * 2 * days * MEMBERS
    to_people = [line for line in ours if line.organisation is None and line.kind not in ("talk", "welcome")]
    naive[PEOPLE] = sum(line.pushes + line.replies for line in to_people)
    return Bills(naive, ours, _count_digests(database, ends))


def _count_digests(database: Database, ends: datetime) -> Counter[str]:
    """How many digests groups were told, by half of the day."""
    told: Counter[str] = Counter()
    with database.read() as session:
        rows = session.execute(select(OutboxMessage.ties, OutboxMessage.sent_at).where(OutboxMessage.state == "sent"))
        for ties, at in rows:
            if at < ends and any(tie["kind"] == "digest" for tie in ties):
                told["morning" if at.astimezone(BANGKOK).hour < NOON else "evening"] += 1
    return told


def show(bills: Bills, cases: int) -> list[str]:
    """The two bills, side by side for people."""
    told = ["Assumed:", *(f"- {one}" for one in ASSUMPTIONS), "", f"{cases:,} cases.", "", "Naive:"]
    told += [f"  {name:<14}{price:>9,}" for name, price in bills.naive.items()]
    told += [
        f"  {'all':<14}{sum(bills.naive.values()):>9,}",
        "",
        f"Ours:           {'pushes':>9}{'replies':>9}{'price':>9}",
    ]
    kinds: dict[str, list[BillLine]] = {}
    for line in bills.ours:
        whose = PEOPLE if line.organisation is None else line.kind
        kinds.setdefault(whose, []).append(line)
    for kind, lines in sorted(kinds.items(), key=lambda one: -rules.total(one[1]).price):
        total = rules.total(lines)
        told.append(f"  {kind:<14}{total.pushes:>9,}{total.replies:>9,}{total.price:>9,}")
    total = rules.total(bills.ours)
    told += [f"  {'all':<14}{total.pushes:>9,}{total.replies:>9,}{total.price:>9,}", ""]
    told.append(f"Ours is {bills.share:.1%} of the naive bill; {total.free_percent} % of our calls were free.")
    told.append(f"Of what goes to groups alone it is {bills.share_of_groups:.1%}.")
    told.append("Digests: " + ", ".join(f"{count:,} of the {half}" for half, count in bills.digests.items()) + ".")
    return told


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bill", description=__doc__)
    parser.add_argument("--seed", type=int, default=6911)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--loud-nights", action="store_true", help="as with QUIET_NIGHT_CARDS=0")
    parser.add_argument("--keep", type=Path, help="a folder in which the month's database stays")
    options = parser.parse_args()
    structlog.configure(processors=[_say_nothing])
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        month = Month(folder, options.seed, options.days)
        month.database.quiet_nights = not options.loud_nights
        month.live()
        for line in show(reckon(Database(f"sqlite:///{folder}/bill.db"), options.days), month.told):
            print(line)


def _say_nothing(*_: object) -> Any:
    raise structlog.DropEvent


if __name__ == "__main__":
    main()
