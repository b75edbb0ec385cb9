"""Who lives the month: offices that answer well, late and never, people who tell them things, an officer."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from tests.chat import Chat, Office, Person

PROMPT, LATE, NEVER, SENDS_ON, ASKS = (f"district:{code}" for code in (1026, 1017, 1030, 1033, 1045))
NAMES = {PROMPT: "ดินแดง", LATE: "ห้วยขวาง"}
MEMBERS = 12


@dataclass
class Told:
    """One case of the month and who told it."""

    number: str
    person: Person
    office: str
    confidential: bool


@dataclass
class Cast:
    """Everybody, and the dice by which they act: the same each time."""

    chat: Chat
    dice: random.Random
    offices: dict[str, Office]
    officers: Office
    people: list[Person]
    told: list[Told] = field(default_factory=list)

    def find_office(self, organisation: str) -> Office | None:
        return self.officers if organisation == "omb" else self.offices.get(organisation)


def bring_in(chat: Chat, people: int) -> Cast:
    """Five districts with a group of twelve each, the Ombudsman's officers, and people."""
    dice = random.Random(6911)
    members = [f"เจ้าหน้าที่ {number}" for number in range(1, MEMBERS + 1)]
    offices = {code: chat.coordinators(code, *members) for code in (PROMPT, LATE, NEVER, SENDS_ON, ASKS)}
    return Cast(
        chat,
        dice,
        offices,
        chat.coordinators("omb", *members[:4]),
        [chat.citizen(f"ผู้แจ้ง {number}") for number in range(1, people + 1)],
    )


@dataclass(frozen=True)
class Habit:
    """What an office says of a case so long after its card came; `{number}` is the case's."""

    after: timedelta
    words: str


def hours(low: float, high: float, dice: random.Random) -> timedelta:
    return timedelta(hours=dice.uniform(low, high))


def list_habits(cast: Cast, organisation: str) -> list[Habit]:
    """How this office goes about a case, drawn anew for each."""
    dice = cast.dice
    if organisation == PROMPT:
        said = dice.choice(["เข้าดูพรุ่งนี้ครับ", "เสร็จภายใน 3 วันครับ"])
        done = dice.choice(["ซ่อมเสร็จแล้วครับ", "แก้ไขเรียบร้อยแล้วค่ะ", "ตรวจสอบแล้วไม่พบครับ"])
        return [
            Habit(hours(0.2, 3, dice), "รับทราบครับ"),
            Habit(hours(3, 6, dice), said),
            Habit(hours(20, 60, dice), done),
        ]
    if organisation == LATE:
        habits = [Habit(hours(20, 60, dice), "รับทราบครับ"), Habit(hours(60, 80, dice), "เสร็จภายใน 3 วันครับ")]
        if dice.random() < 0.7:
            habits.append(Habit(hours(190, 400, dice), "เสร็จแล้วครับ"))
        return habits
    if organisation == SENDS_ON:
        share = dice.random()
        if share < 0.5:
            return [Habit(hours(1, 8, dice), f"ไม่ใช่พื้นที่เขตเราครับ เป็นของเขต{NAMES[dice.choice([PROMPT, LATE])]}")]
        if share < 0.75:
            return [Habit(hours(1, 8, dice), "ไม่รับครับ เป็นที่ดินเอกชน เขตเข้าทำไม่ได้")]
        return [Habit(hours(1, 8, dice), "รับทราบค่ะ เสร็จพรุ่งนี้ค่ะ"), Habit(hours(20, 30, dice), "เรียบร้อยแล้วค่ะ")]
    if organisation == ASKS:
        return [
            Habit(hours(1, 4, dice), "รับทราบครับ"),
            Habit(hours(4, 10, dice), "ขอพิกัดที่ชัดเจนด้วยครับ"),
            Habit(hours(90, 140, dice), "เสร็จแล้วครับ"),
        ]
    return []
