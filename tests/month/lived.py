"""A month, lived hour by hour on the turned clock: people tell, offices answer or do not, officers decide."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from cases.statuses import Status
from cases.working_time import OPENS, is_working_day
from clock import BANGKOK
from jobs.schedule import JOBS, run_job
from storage.models import Case
from tests.chat import Person
from tests.month.cast import ASKS, LATE, MEMBERS, NEVER, PROMPT, SENDS_ON, Cast, Told, list_habits

BEGINS, ENDS = datetime(2026, 11, 30, 6, 0, tzinfo=BANGKOK), datetime(2027, 1, 6, 20, 0, tzinfo=BANGKOK)
TOLD_UNTIL = datetime(2026, 12, 21, 20, 0, tzinfo=BANGKOK)
SHARES = {PROMPT: 40, LATE: 20, NEVER: 10, SENDS_ON: 15, ASKS: 15}
MATTERS = ("lighting", "footpath", "drain_flood", "waste", "tree", "obstruction")
WORDS = {
    "lighting": "ไฟถนนดับทั้งซอย มืดมาก",
    "footpath": "ทางเท้าแตกเป็นหลุม เดินลำบาก",
    "drain_flood": "ท่อระบายน้ำตัน น้ำขัง",
    "waste": "ขยะไม่มาเก็บสองสัปดาห์แล้ว",
    "tree": "กิ่งไม้ห้อยลงมาใกล้สายไฟ",
    "obstruction": "แผงค้าวางเต็มทางเท้า",
}
SECRET = "เจ้าหน้าที่เขตเรียกรับเงินค่าแผง คำลับที่"
DANGER = "สายไฟขาดห้อยลงมาถึงพื้น มีประกายไฟ"
SEND_BACK = ("send_back", "ขอให้เข้าตรวจสอบอีกครั้งและส่งภาพ", "desk.send_instruct")
DECIDED = {
    Status.DISPUTED: [SEND_BACK, ("uphold", "ตรวจจากภาพแล้ว งานครบตามที่แจ้ง", "desk.send_uphold")],
    Status.DECLINED: [SEND_BACK, ("agree", "แนะนำให้ติดต่อเจ้าของที่ดินหรือนิติบุคคล", "desk.send_advise")],
    Status.TRANSFERRING: [SEND_BACK],
}
VERDICTS = (("yes", 45), ("partly", 8), ("no", 10), (None, 37))


class Month:
    """What happens when; whoever does it does it through LINE."""

    def __init__(self, cast: Cast, cases: int) -> None:
        self.cast = cast
        self.chat = cast.chat
        self.dice = cast.dice
        self._order = itertools.count()
        self._coming: list[tuple[datetime, int, Callable[[], None]]] = []
        self._seen: dict[str, tuple[object, ...]] = {}
        self._taken: set[tuple[str, str]] = set()
        self.slips = self.slips_undone = 0
        for number in range(cases):
            self.at(self._draw_moment(), self._tell(number))

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """It will happen then."""
        heapq.heappush(self._coming, (moment, next(self._order), act))

    def live(self) -> None:
        """From the first morning to the last evening."""
        for tick in _list_ticks():
            while self._coming and self._coming[0][0] <= tick:
                moment, _, act = heapq.heappop(self._coming)
                self._turn_to(moment)
                act()
            self._turn_to(tick)
            self.jobs_run()
            self._look_round()
        self.chat.settles()

    def jobs_run(self) -> None:
        """What looks at the clock looks at it."""
        for name, (_, job) in JOBS.items():
            if not name.startswith(("forget", "finish")):
                run_job(name, job, self.chat.parts.database)
        self.settle()

    def settle(self) -> None:
        """Until all that may be sent now is sent."""
        self.chat.line.wait_until(self.chat._nothing_waits, timeout=20, what="an empty outbox")

    # people
    def _tell(self, number: int) -> Callable[[], None]:
        def tell() -> None:
            person = self.dice.choice(self.cast.people)
            office = self.dice.choices(list(SHARES), list(SHARES.values()))[0]
            matter, secret = self.dice.choice(MATTERS), number % 25 == 7
            words = f"{SECRET} {number}" if secret else DANGER if number % 40 == 3 else f"{WORDS[matter]} ({number})"
            where = {"org": office, "how": "address", "words": f"ซอย {number + 1}"}
            told = self.chat.has_case(
                person, office, category="official" if secret else matter, description=words, place=where
            )
            one = Told(told, person, office, secret)
            self.cast.told.append(one)
            self.settle()

        return tell

    def _look_round(self) -> None:
        """Everyone sees what has come to them since they last looked, and will do something about it, or not."""
        with self.chat.reads() as session:
            rows = session.execute(select(Case.number, Case.status, Case.owner, Case.transfer_to, Case.version)).all()
        standing = {row.number: row for row in rows}
        for one in self.cast.told:
            if one.confidential:
                continue
            case = standing[one.number]
            seen = (case.status, case.owner, case.transfer_to, case.version if case.status == Status.RESOLVED else 0)
            if self._seen.get(one.number) == seen:
                continue
            self._seen[one.number] = seen
            if case.status in (Status.DISPATCHED, Status.ACKNOWLEDGED) and (one.number, case.owner) not in self._taken:
                self._taken.add((one.number, case.owner))
                for habit in list_habits(self.cast, case.owner):
                    self._soon(habit.after, self._office_says, one, case.owner, habit.words)
            elif case.status == Status.TRANSFERRING and case.transfer_to:
                self._soon(self._hours(1, 7), self._answer_offer, one, case.transfer_to)
            elif case.status in (Status.TRANSFERRING, Status.DECLINED, Status.DISPUTED):
                self._soon(self._hours(4, 30), self._decide, one)
            elif case.status == Status.NEEDS_INFO and self.dice.random() < 0.7:
                self._later(self._hours(0.1, 40), self._answer, one)
            elif case.status == Status.RESOLVED:
                answer = self.dice.choices([key for key, _ in VERDICTS], [share for _, share in VERDICTS])[0]
                if answer is not None:
                    self._later(self._hours(0.1, 100), self._judge, one, answer)

    def _hours(self, low: float, high: float) -> timedelta:
        return timedelta(hours=self.dice.uniform(low, high))

    def _later(self, after: timedelta, act: Callable[..., None], *given: object) -> None:
        self.at(self._now() + after, lambda: act(*given))

    def _soon(self, after: timedelta, act: Callable[..., None], *given: object) -> None:
        self.at(_in_the_day(self._now() + after), lambda: act(*given))

    # offices
    def _office_says(self, one: Told, office: str, words: str) -> None:
        case = self.chat.case(one.number)
        if case.owner != office or case.status not in (Status.DISPATCHED, Status.ACKNOWLEDGED, Status.IN_PROGRESS):
            return
        member = self._member(office)
        member.says(f"{one.number} {words}")
        self.settle()
        after = self.chat.case(one.number)
        if self.dice.random() < 0.05 and after.status != case.status:
            member.says(f"{one.number} แก้กลับ")
            self.settle()
            self.slips += 1
            self.slips_undone += self.chat.case(one.number).status == case.status
            member.says(f"{one.number} {words}")
            self.settle()

    def _answer_offer(self, one: Told, office: str) -> None:
        """The prompt office takes what it is offered; the late one says that it is not theirs, or nothing."""
        if self.chat.case(one.number).transfer_to != office:
            return
        if office == PROMPT:
            self._member(office).says(f"{one.number} รับเรื่องครับ")
        elif self.dice.random() < 0.5:
            self._member(office).says(f"{one.number} ไม่ใช่ของเราครับ จุดนี้อยู่อีกฝั่งถนน")
        self.settle()

    def _member(self, office: str) -> Person:
        return self.cast.offices[office].member(f"เจ้าหน้าที่ {self.dice.randint(1, MEMBERS)}")

    # people
    def _judge(self, one: Told, answer: str) -> None:
        case = self.chat.case(one.number)
        if case.status != Status.RESOLVED:
            return
        one.person.postback(f"c:{case.id}:closure:{answer}")
        self.settle()
        if answer == "yes" and self.dice.random() < 0.6:
            one.person.postback(f"c:{case.id}:stars:{self.dice.randint(3, 5)}")
        elif answer != "yes":
            one.person.says("ยังไม่ได้แก้เลยค่ะ ยังเป็นเหมือนเดิม")
        self.settle()

    def _answer(self, one: Told) -> None:
        if self.chat.case(one.number).status == Status.NEEDS_INFO:
            one.person.says("อยู่หน้าร้านสะดวกซื้อ ปากซอย 5 ค่ะ")
            self.settle()

    # officers
    def _decide(self, one: Told) -> None:
        """Back with an instruction, or the office was right."""
        case = self.chat.case(one.number)
        if case.transfer_to or case.status not in DECIDED:
            return
        begins, words, sends = self.dice.choice(DECIDED[Status(case.status)])
        officer = self.cast.officers.member("เจ้าหน้าที่ 1")
        officer.postback(f"g:{case.id}:{begins}")
        self.settle()
        officer.says(words)
        self.settle()
        officer.taps(sends)
        self.settle()

    def _now(self) -> datetime:
        return self.chat.line.now().astimezone(BANGKOK)

    def _turn_to(self, moment: datetime) -> None:
        seconds = (moment - self.chat.line.now()).total_seconds()
        if seconds > 0:
            self.chat.line.advance_clock(seconds)

    def _draw_moment(self) -> datetime:
        return BEGINS + self.dice.random() * (TOLD_UNTIL - BEGINS)


def _in_the_day(moment: datetime) -> datetime:
    """People of an office write when it is open."""
    moment = moment.astimezone(BANGKOK)
    if moment.time() > time(16, 0):
        moment = datetime.combine(moment.date() + timedelta(days=1), OPENS, BANGKOK) + timedelta(minutes=moment.minute)
    while not is_working_day(moment.date()):
        moment = datetime.combine(moment.date() + timedelta(days=1), OPENS, BANGKOK) + timedelta(minutes=moment.minute)
    return max(moment, datetime.combine(moment.date(), OPENS, BANGKOK))


def _list_ticks() -> Iterator[datetime]:
    """When the jobs look: often while offices are open, now and then at night."""
    day: date = BEGINS.date()
    while day <= ENDS.date():
        at = [time(1), time(5), time(7, 46), time(16, 16), time(18), time(22)]
        at += [time(hour, 35) for hour in range(8, 17)]
        moments = (datetime.combine(day, each, BANGKOK) for each in sorted(at))
        yield from (moment for moment in moments if moment > BEGINS)
        day += timedelta(days=1)
