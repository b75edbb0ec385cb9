"""Killed at any moment, or LINE at its worst: each confirmed report is one case, one card, one number."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from simulator.outcomes import FaultKind, SimulatorError
from storage.models import Case, InboxEvent, OutboxMessage
from tests.chat import Office, Person, words_of
from tests.end_to_end.program import Program
from tests.end_to_end.served import LONG, ServedChat, list_cards

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
FAULTS: tuple[FaultKind, ...] = ("error", "error", "rate_limit", "drop", "lost", "hang", "slow")
CITIZENS, REPORTS_EACH = 6, 3
DEATHS = 10  # no more: on a slow machine nobody would ever come to the end
NUMBER = re.compile(r"FT\d{4}-\d{5,}")
PLACES = {"district:1026": "ซอยประชาสงเคราะห์ 5 เขตดินแดง", "district:1033": "ซอยอารีย์ เขตคลองเตย"}


class Patient:
    """A citizen who goes on telling, however long an answer takes."""

    def __init__(self, person: Person, chance: random.Random) -> None:
        self._person = person
        self._line = person.chat.line
        self._chance = chance

    def report(self, what: str, where: str) -> str:
        """Tell of one problem to its end; the number."""
        self._act(lambda: self._person.says(what), "report.ask_place")
        self._act(lambda: self._person.says(where), "report.place_ok")
        self._tap("report.place_yes", "report.ask_photos")
        self._tap("report.no_photos", "report.ask_phone")
        self._tap("report.no_phone", "report.ask_name")
        self._tap("report.hide_name", "review.title")
        self._tap("button.confirm_send", "told.received")
        found = NUMBER.search(self._said)
        assert found, self._said
        return found[0]

    def _tap(self, label: str, key: str) -> None:
        self._act(lambda: self._tap_once_shown(words_of(label)), key)

    def _tap_once_shown(self, label: str) -> None:
        until = time.monotonic() + LONG
        while True:
            try:
                self._line.tap(self._person.id, label)
                return
            except SimulatorError:
                assert time.monotonic() < until, f"no button {label}"
                time.sleep(0.05)

    def _act(self, act: Callable[[], object], key: str) -> None:
        before = self._line.position()
        act()
        known = re.compile(re.sub(r"\\\{\w+\\\}", ".*?", re.escape(words_of(key))), re.DOTALL)
        seen = self._line.wait_for(
            self._person.id, lambda message: bool(known.search(message.words)), after=before, timeout=LONG
        )
        self._said = seen.words
        time.sleep(self._chance.uniform(0, 0.1))


def _everybody_reports(chat: ServedChat, offices: dict[str, Office]) -> dict[str, tuple[Person, str]]:
    """Each citizen's reports, all citizens at once; number -> (who, which office)."""
    people = [chat.citizen(f"Nid {number}") for number in range(CITIZENS)]

    def report_all(number: int) -> list[tuple[str, tuple[Person, str]]]:
        chance = random.Random(number)
        patient, told = Patient(people[number], chance), []
        for which in range(REPORTS_EACH):
            organisation = chance.choice(sorted(PLACES))
            what = f"ไฟถนนดับทั้งซอย มืดมาก ต้นที่ {number}-{which}"
            told.append((patient.report(what, PLACES[organisation]), (people[number], organisation)))
        return told

    with ThreadPoolExecutor(CITIZENS) as threads:
        told = [each for part in threads.map(report_all, range(CITIZENS)) for each in part]
    assert len({number for number, _ in told}) == len(told) == CITIZENS * REPORTS_EACH
    return dict(told)


def _wait_until_all_is_said(chat: ServedChat) -> None:
    def nothing_waits() -> bool:
        with chat.reads() as session:
            waiting = select(OutboxMessage.id).where(OutboxMessage.state.in_(("ready", "sending")))
            return session.execute(waiting).first() is None

    chat.line.wait_until(nothing_waits, timeout=LONG, what="an empty outbox")


def _nothing_is_lost_or_doubled(
    chat: ServedChat, offices: dict[str, Office], told: dict[str, tuple[Person, str]]
) -> None:
    with chat.reads() as session:
        kept = {case.number: case.owner for case in session.scalars(select(Case))}
        failed = list(session.scalars(select(InboxEvent.reason).where(InboxEvent.state == "failed")))
        dead = list(session.scalars(select(OutboxMessage.last_error).where(OutboxMessage.state == "dead")))
    assert kept == {number: organisation for number, (_, organisation) in told.items()}
    assert (failed, dead) == ([], [])
    for number, (person, organisation) in told.items():
        cards = {code: len(list_cards(office, number)) for code, office in offices.items()}
        assert cards == {code: int(code == organisation) for code in offices}, f"cards of {number}"
        received = Counter(
            found for message in chat.line.received(person.id) for found in set(NUMBER.findall(message.text))
        )
        assert received[number] == 1, f"{number} was told {received[number]} times"


def _open_offices(chat: ServedChat) -> dict[str, Office]:
    return {organisation: chat.coordinators(organisation) for organisation in PLACES}


@contextmanager
def _meanwhile(act: Callable[[threading.Event], None]) -> Iterator[None]:
    """Do this in a thread of its own until the block ends; it is handed what tells it so."""
    over = threading.Event()
    acting = threading.Thread(target=act, args=(over,))
    acting.start()
    try:
        yield
    finally:
        over.set()
        acting.join()


def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(
    migrated: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, deaths = random.Random(1676), 0
    with ServedChat(migrated, tmp_path, monkeypatch, delivery_lease_seconds=5) as chat:
        offices = _open_offices(chat)
        chat.line.set_redelivery(True, attempts=600, interval_seconds=0.1)

        def kill_again_and_again(over: threading.Event) -> None:
            nonlocal deaths
            while deaths < DEATHS and not over.wait(chance.uniform(0.1, 0.8)):
                chat.dies()
                deaths += 1

        with _meanwhile(kill_again_and_again):
            told = _everybody_reports(chat, offices)
        _wait_until_all_is_said(chat)

        assert deaths >= 3
        _nothing_is_lost_or_doubled(chat, offices, told)
        spent = [call for call in chat.line.refusals if "reply token" in str(call.answer)]
        assert chat.line.refusals == spent, "only what a killed process may have said already is asked about again"


def test_with_line_at_its_worst_nothing_is_lost_and_nothing_doubled(
    migrated: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1199)
    with ServedChat(migrated, tmp_path, monkeypatch, delivery_lease_seconds=5) as chat:
        offices = _open_offices(chat)
        line = chat.line

        def disturb(over: threading.Event) -> None:
            while not over.wait(chance.uniform(0.03, 0.2)):
                line.clear_faults()  # one at a time: a line of them would be an outage, not a bad day
                line.add_fault(
                    chance.choice(("reply", "push")),
                    chance.choice(FAULTS),
                    status=chance.choice((500, 502, 503)),
                    seconds=chance.uniform(0.2, 3),
                    accepted=chance.random() < 0.5,
                )

        with _meanwhile(disturb):
            told = _everybody_reports(chat, offices)
        line.clear_faults()
        _wait_until_all_is_said(chat)

        _nothing_is_lost_or_doubled(chat, offices, told)
