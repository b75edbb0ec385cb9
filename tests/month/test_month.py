"""A month of many cases, with offices that answer well, late and never: what must hold of all of it."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cases.quiet_hours import MORNING as FIRST
from cases.statuses import Action, Role, Status
from cases.timeline import UNTOLD
from cases.working_time import CLOSES, is_working_day
from clock import BANGKOK
from storage.models import Case, HistoryEntry, OutboxMessage, SlaClock
from tests.chat import Chat
from tests.month.cast import MEMBERS, bring_in
from tests.month.lived import BEGINS, SECRET, Month

CASES = int(os.environ.get("MONTH_CASES", "0"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not CASES, reason="a month takes minutes: `make month` lives one of two hundred cases"),
]
PEOPLE = 30
BY_THE_CLOCK = ("reminder", "escalation", "digest", "summary", "promise")


@pytest.fixture(scope="module")
def monkeymodule() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patching:
        yield patching


@pytest.fixture(scope="module")
def month(
    sqlite_files: object, tmp_path_factory: pytest.TempPathFactory, monkeymodule: pytest.MonkeyPatch
) -> Iterator[Month]:
    folder: Path = tmp_path_factory.mktemp("month")
    with Chat(sqlite_files.fresh_url(), folder, monkeymodule, quiet_night_cards=True) as chat:  # type: ignore[attr-defined]
        chat.turns_to(BEGINS.replace(tzinfo=None).isoformat())
        lived = Month(bring_in(chat, PEOPLE), CASES)
        lived.live()
        yield lived


def history(month: Month) -> list[HistoryEntry]:
    with month.chat.reads() as session:
        return list(session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))


def all_cases(month: Month) -> dict[int, Case]:
    with month.chat.reads() as session:
        return {case.id: case for case in session.scalars(select(Case))}


def test_line_would_have_refused_nothing_and_nothing_is_left_unsaid(month: Month) -> None:
    month.chat.must_be_clean()
    with month.chat.reads() as session:
        states = Counter(session.scalars(select(OutboxMessage.state)))
    assert len(month.cast.told) == CASES
    assert set(states) <= {"sent", "dropped"}, states


def test_nothing_is_said_to_groups_unasked_and_nothing_by_the_clock_at_night_or_on_a_day_off_but_of_danger(
    month: Month,
) -> None:
    cases = all_cases(month)
    with month.chat.reads() as session:
        said = OutboxMessage
        rows = list(session.execute(select(said.created_at, said.ties, said.event_id, said.sent_by, said.chat_id)))
    at_night = []
    for created, ties, event_id, sent_by, chat_id in rows:
        at = created.astimezone(BANGKOK)
        by_day = is_working_day(at.date()) and 7 <= at.hour < 20
        dangerous = any(tie["case"] and cases[tie["case"]].danger for tie in ties)
        by_clock = any(tie["kind"].startswith(BY_THE_CLOCK) for tie in ties)
        at_work = is_working_day(at.date()) and FIRST <= at.time() < CLOSES
        pushed_to_group = sent_by == "push" and chat_id.startswith("C") and not at_work
        if ((by_clock and not by_day) or pushed_to_group) and event_id is None and not dangerous:
            at_night.append((at.isoformat(), [tie["kind"] for tie in ties]))
    assert at_night == []


def test_each_clock_reminds_once_and_escalates_once(month: Month) -> None:
    said = Counter(
        (entry.case_id, entry.action, entry.details.get("clock"), entry.details.get("due"), "ahead" in entry.details)
        for entry in history(month)
        if entry.action in (Action.REMIND, Action.ESCALATE) and UNTOLD not in entry.details  # danger is told again
    )
    assert sum(said.values()) > CASES // 10
    assert [what for what, times in said.items() if times > 1] == []


def test_each_promise_that_was_missed_was_asked_about(month: Month) -> None:
    reminded = {(entry.case_id) for entry in history(month) if entry.action == Action.REMIND}
    with month.chat.reads() as session:
        clocks = list(session.scalars(select(SlaClock).where(SlaClock.kind == "promise")))
    # Missed by more than the weekend over which nobody is reminded.
    missed = [one for one in clocks if (one.stopped_at or month.chat.line.now()) > one.due_at + timedelta(days=4)]
    assert missed
    assert [one.case_id for one in missed if one.case_id not in reminded] == []


def test_each_transfer_was_accepted_bounced_or_decided(month: Month) -> None:
    told: dict[int, list[HistoryEntry]] = {}
    for entry in history(month):
        told.setdefault(entry.case_id, []).append(entry)
    ended: Counter[str | None] = Counter()
    for entries in told.values():
        for at, entry in enumerate(entries):
            if entry.action == Action.TRANSFER:
                after = next((each.action for each in entries[at + 1 :] if each.to_status != Status.TRANSFERRING), None)
                ended[after] += 1
    assert ended[Action.ACCEPT] and ended[Action.BOUNCE], ended
    assert None not in ended, ended


def test_each_closure_is_of_its_kind(month: Month) -> None:
    judged: dict[int, set[str]] = {}
    for entry in history(month):
        if entry.role == Role.REPORTER and entry.action in (Action.CONFIRM, Action.DISPUTE):
            judged.setdefault(entry.case_id, set()).add(str(entry.details.get("answer") or "yes"))
    verdicts: Counter[str | None] = Counter()
    for case in all_cases(month).values():
        if case.status == Status.CLOSED:
            verdicts[case.verdict] += 1
            if case.verdict == "silent":
                assert case.id not in judged
            elif case.verdict == "yes":
                assert "yes" in judged[case.id]
    assert verdicts["yes"] > CASES // 20 and verdicts["silent"] > CASES // 20, verdicts


def test_a_slip_was_taken_back_each_time(month: Month) -> None:
    assert month.slips
    assert month.slips_undone == month.slips


def test_nothing_confidential_was_said_to_any_district(month: Month) -> None:
    secret = {one.number for one in month.cast.told if one.confidential}
    assert len(secret) == len([number for number in range(CASES) if number % 25 == 7])
    for office in month.cast.offices.values():
        heard = "\n".join(message.words + message.text for message in month.chat.line.received(office.id))
        assert SECRET not in heard
        assert [number for number in secret if number in heard] == []


def test_the_bill_is_a_quarter_of_the_naive_ways_or_less(month: Month) -> None:
    ours, naive = bill(month), naive_bill(month)
    print(f"\nbill of the month: {ours} messages of {naive} the naive way ({ours / naive:.0%})")  # noqa: T201
    # A small month has as many digests as a large one, and fewer cases to share them.
    assert ours <= naive * (0.25 if CASES >= 200 else 0.3)


def bill(month: Month) -> int:
    """What LINE would have billed for the districts' groups: each call that was a push, once a member."""
    calls = {
        (message.request_id, office.id)
        for office in month.cast.offices.values()
        for message in month.chat.line.received(office.id)
        if "reply" not in message.endpoint
    }
    return len(calls) * MEMBERS


def naive_bill(month: Month) -> int:
    """A push to the group for each thing that happens to a case of its own, each reminder, and two digests a day."""
    steps = sum(
        1
        for entry in history(month)
        if entry.action not in (Action.NOTE, Action.RATE) and not all_told(month, entry.case_id)
    )
    days = {(BEGINS + timedelta(days=number)).date() for number in range(40)}
    digests = 2 * sum(map(is_working_day, days)) * len(month.cast.offices)
    return (steps + digests) * MEMBERS


def all_told(month: Month, case_id: int) -> bool:
    """Whether a case is the Ombudsman's alone."""
    return _confidential(month)[case_id]


def _confidential(month: Month) -> dict[int, bool]:
    return {case.id: case.confidential for case in all_cases(month).values()}
