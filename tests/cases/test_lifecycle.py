"""Every status, action and role against the table; where undo and answer lead; a history that only grows."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import clocks, lifecycle
from cases.going_back import OFFICE_STEPS
from cases.lifecycle import BEFORE_QUESTION, BEFORE_TRANSFER, PREVIOUS, SAME, TRANSITIONS, IllegalTransition
from cases.passing_on import NotOffered
from cases.statuses import OVER, Action, Role, Status
from cases.working_time import end_in_working_time
from storage import cases as stored
from storage.models import Case, HistoryEntry, SlaClock
from storage.session import Database
from tests.cases.lives import ACTORS, MONDAY, OFFICE, RECEIVER, ROADS, bring_to, do, list_told, open_case

LATER = MONDAY + timedelta(days=1)
NOBODY_HERE = {"followers"}  # nobody follows these cases


def _look(session: Session, case: Case) -> tuple[object, ...]:
    """Everything of a case that a refused step must leave alone."""
    session.flush()
    kept = session.scalars(select(SlaClock).where(SlaClock.case_id == case.id).order_by(SlaClock.id))
    running = [(clock.id, clock.due_at, clock.stopped_at) for clock in kept]
    history = [entry.id for entry in stored.list_history(session, case.id)]
    return case.status, case.promised_on, case.updated_at, running, history, list_told(session)


def _running(session: Session, case: Case) -> list[tuple[str, datetime]]:
    found = session.scalars(
        select(SlaClock).where(SlaClock.case_id == case.id, SlaClock.stopped_at.is_(None)).order_by(SlaClock.id)
    )
    return [(clock.kind, clock.due_at) for clock in found]


# --- the whole table


@pytest.mark.parametrize("status", Status)
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(session: Session, status: Status) -> None:
    case = bring_to(session, status)
    list_told(session)
    before = _look(session, case)
    for action in Action:
        for role in Role:
            if lifecycle.find_rule(status, action, role) is not None:
                continue
            with pytest.raises(IllegalTransition) as refused:
                do(session, case, action, role, LATER)
            assert str(refused.value) == f"{role} cannot {action} a case that is {status}"
            assert _look(session, case) == before, f"{role} {action} left something behind"


@pytest.mark.parametrize("status", Status)
def test_what_the_table_allows_leads_where_it_says(session: Session, status: Status) -> None:
    case = bring_to(session, status)
    before = stored.list_history(session, case.id)
    ran = {kind for kind, _ in _running(session, case)}
    for action in Action:
        for role in Role:
            rule = lifecycle.find_rule(status, action, role)
            if rule is None:
                continue
            aside = {
                PREVIOUS: before[-1].from_status,
                BEFORE_TRANSFER: before[-1].from_status,
                SAME: status,
                BEFORE_QUESTION: Status.ACKNOWLEDGED,
            }
            leads_to = aside.get(rule.to, rule.to)
            with session.begin_nested() as attempt:
                list_told(session)
                entry = do(session, case, action, role, LATER, note="words", message_id="m1")
                session.flush()
                assert case.status == leads_to
                assert stored.list_history(session, case.id) == [*before, entry]
                assert (entry.action, entry.from_status, entry.to_status) == (action, status, leads_to)
                assert (entry.role, entry.actor_id, entry.at) == (role, ACTORS[role].person, LATER)
                assert (entry.note, entry.message_id) == ("words", "m1")
                sender = {"group" if whom == "sender" else whom for whom in rule.tell}  # the same office here
                assert list_told(session) == sender - NOBODY_HERE
                if rule.to not in (SAME, PREVIOUS, BEFORE_TRANSFER):  # those two keep or put back what runs: told below
                    kind = rule.clock or ""
                    starts = {kind, *clocks.BESIDE.get(kind, ())} - {""}
                    if action in (Action.ACCEPT, Action.REOPEN) or (status is Status.NEEDS_INFO and kind == "resolve"):
                        starts |= {"first_words"}  # nobody has named a date yet
                    running = [kind for kind, _ in _running(session, case)]
                    assert sorted(running) == sorted(starts | (ran & clocks.GOES_ON.get(kind, frozenset())))
                attempt.rollback()
            session.refresh(case)


def test_every_status_can_be_reached_and_left_but_for_the_ends() -> None:
    assert set(ROADS) == set(Status)
    for status in Status:
        ways_out = {rule.to for (at, _), rule in TRANSITIONS.items() if at == status} - {SAME, PREVIOUS}
        assert bool(ways_out) == (status not in OVER or status == Status.CLOSED), status


# --- what the table must never say, whatever else it says


def test_an_office_never_gives_out_closes_or_reopens_a_case_nor_speaks_for_the_reporter() -> None:
    not_theirs = {
        Action.DISPATCH,
        Action.REFER,
        Action.CLOSE,
        Action.REOPEN,
        Action.MERGE,
        Action.CONFIRM,
        Action.DISPUTE,
        Action.ANSWER,
        Action.ADD,
        Action.WITHDRAW,
        Action.CORRECT,
    }
    assert [cell for cell, rule in TRANSITIONS.items() if Role.COORDINATOR in rule.by and cell[1] in not_theirs] == []


def test_an_office_cannot_touch_a_case_whose_closing_is_disputed_or_that_is_over() -> None:
    for status in (Status.DISPUTED, Status.REFERRED, *OVER):
        assert lifecycle.list_allowed(status, Role.COORDINATOR) == [Action.NOTE]


def test_only_the_reporter_and_the_desk_judge_a_case_and_nothing_that_is_over_can_be_withdrawn() -> None:
    for status in Status:
        for action in (Action.CONFIRM, Action.DISPUTE, Action.WITHDRAW):
            rule = TRANSITIONS.get((status, action))
            assert rule is None or rule.by == {Role.REPORTER, Role.STAFF}
        assert ((status, Action.WITHDRAW) in TRANSITIONS) == (status not in OVER)


def test_everyone_who_must_act_next_is_told() -> None:
    for (status, action), rule in TRANSITIONS.items():
        if action in OFFICE_STEPS:
            assert "reporter" in rule.tell, (status, action)
        if action in (Action.TRANSFER, Action.DECLINE, Action.DISPUTE):
            assert "staff" in rule.tell, (status, action)
        if status in (Status.TRANSFERRING, Status.DECLINED) and action in (*OFFICE_STEPS, Action.UNDO):
            assert "staff" in rule.tell, "staff look for another office until they hear otherwise"


# --- clocks


def test_the_time_to_resolve_is_not_stretched_by_another_word_from_the_office(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    due = _running(session, case)
    do(session, case, Action.START, Role.COORDINATOR, LATER)
    assert _running(session, case) == due


def test_a_new_promise_replaces_the_day_and_its_undo_puts_back_the_old_one(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    do(session, case, Action.PROMISE, Role.COORDINATOR, LATER, due=date(2026, 11, 27))
    first = _running(session, case)
    do(session, case, Action.PROMISE, Role.COORDINATOR, LATER + timedelta(hours=1), due=date(2026, 12, 4))
    assert case.promised_on == date(2026, 12, 4)
    assert _running(session, case) != first
    do(session, case, Action.UNDO, Role.COORDINATOR, LATER + timedelta(hours=2))
    assert case.promised_on == date(2026, 11, 27)
    assert _running(session, case) == first
    assert case.status == Status.IN_PROGRESS


def test_a_promise_without_a_day_is_a_defect_of_the_caller(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    with pytest.raises(ValueError, match="without a day"):
        lifecycle.apply(session, case, Action.PROMISE, ACTORS[Role.COORDINATOR], LATER)
    assert case.status == Status.DISPATCHED


def test_waiting_for_the_reporter_does_not_count_against_the_office(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    due = dict(_running(session, case))["resolve"]
    do(session, case, Action.ASK, Role.COORDINATOR, LATER)
    do(session, case, Action.ASK, Role.COORDINATOR, LATER + timedelta(days=1))
    do(session, case, Action.ANSWER, Role.REPORTER, LATER + timedelta(days=3))
    resolve = dict(_running(session, case))["resolve"]
    assert resolve == end_in_working_time(due + timedelta(days=3)) > due + timedelta(days=3), (
        "a Sunday is no day of theirs"
    )
    assert {kind for kind, _ in _running(session, case)} == {"resolve", "first_words"}, "a date is still owed"


def test_an_answer_leads_back_to_the_work_that_had_begun(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    do(session, case, Action.PROMISE, Role.COORDINATOR, LATER)
    do(session, case, Action.ASK, Role.COORDINATOR, LATER + timedelta(hours=1))
    do(session, case, Action.ANSWER, Role.REPORTER, LATER + timedelta(hours=2))
    assert case.status == Status.IN_PROGRESS
    assert sorted(kind for kind, _ in _running(session, case)) == ["promise", "resolve"]


def test_an_office_that_asks_first_has_taken_the_case_on(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    do(session, case, Action.ASK, Role.COORDINATOR, LATER)
    do(session, case, Action.ANSWER, Role.REPORTER, LATER + timedelta(hours=1))
    assert case.status == Status.ACKNOWLEDGED
    assert sorted(kind for kind, _ in _running(session, case)) == ["first_words", "resolve"]


def test_a_case_given_out_again_forgets_what_was_promised(session: Session) -> None:
    for action in (Action.DISPATCH, Action.REOPEN):
        case = open_case(session, number=f"FT6911-{action}")
        do(session, case, Action.DISPATCH, Role.SYSTEM, MONDAY)
        do(session, case, Action.PROMISE, Role.COORDINATOR, MONDAY)
        do(session, case, Action.DECLINE, Role.COORDINATOR, LATER)
        do(session, case, action, Role.STAFF, LATER)
        assert case.promised_on is None


# --- passed on


def test_a_refused_offer_brings_back_the_status_and_the_clocks_that_ran(session: Session) -> None:
    fresh = bring_to(session, Status.TRANSFERRING)
    do(session, fresh, Action.BOUNCE, Role.SYSTEM, LATER)
    assert (fresh.status, fresh.owner, fresh.transfer_to) == (Status.DISPATCHED, OFFICE, None)
    assert "acknowledge" in [kind for kind, _ in _running(session, fresh)]
    begun = bring_to(session, Status.IN_PROGRESS, number="FT6911-00002")
    due = dict(_running(session, begun))["resolve"]
    do(session, begun, Action.TRANSFER, Role.COORDINATOR, LATER)
    do(session, begun, Action.BOUNCE, Role.COORDINATOR, LATER + timedelta(days=1))
    assert begun.status == Status.IN_PROGRESS
    assert dict(_running(session, begun))["resolve"] == due + timedelta(days=1)


def test_a_taken_case_is_the_receivers_with_clocks_anew_and_no_promise_of_others(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    do(session, case, Action.PROMISE, Role.COORDINATOR, LATER, due=date(2026, 11, 27))
    do(session, case, Action.TRANSFER, Role.COORDINATOR, LATER)
    taken = LATER + timedelta(hours=1)
    entry = do(session, case, Action.ACCEPT, Role.COORDINATOR, taken)
    assert (case.owner, case.transfer_to, case.promised_on) == (RECEIVER, None, None)
    assert (entry.details["from"], entry.details["to"]) == (OFFICE, RECEIVER)
    assert dict(_running(session, case))["resolve"] == taken + timedelta(days=3)


def test_what_is_offered_to_nobody_is_taken_and_refused_by_nobody(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    do(session, case, Action.TRANSFER, Role.COORDINATOR, LATER, receiver=None)
    with pytest.raises(NotOffered):
        do(session, case, Action.ACCEPT, Role.COORDINATOR, LATER)
    assert (case.owner, case.status) == (OFFICE, Status.TRANSFERRING)


def test_a_confidential_case_is_offered_to_no_office(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED, confidential=True, owner="omb")
    with pytest.raises(ValueError, match="confidential"):
        do(session, case, Action.TRANSFER, Role.STAFF, LATER)


# --- undo


@pytest.mark.parametrize("step", sorted(OFFICE_STEPS))
def test_an_undo_puts_back_status_and_clock_as_if_nothing_had_been(session: Session, step: Action) -> None:
    case = bring_to(session, Status.TRANSFERRING if step is Action.ACCEPT else Status.DISPATCHED)
    before = (case.status, case.promised_on, case.acknowledge_by, case.owner, case.transfer_to, _running(session, case))
    do(session, case, step, Role.COORDINATOR, LATER)
    undone = do(session, case, Action.UNDO, Role.COORDINATOR, LATER + timedelta(minutes=1))
    after = (case.status, case.promised_on, case.acknowledge_by, case.owner, case.transfer_to, _running(session, case))
    assert after == before
    assert undone.details["undone"] == stored.list_history(session, case.id)[-2].id


def test_a_step_that_replaces_an_undone_one_in_the_same_moment_can_be_undone_too(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    before = _running(session, case)
    do(session, case, Action.RESOLVE, Role.COORDINATOR, LATER)
    moment = LATER + timedelta(minutes=1)
    do(session, case, Action.UNDO, Role.COORDINATOR, moment)
    do(session, case, Action.START, Role.COORDINATOR, moment)
    do(session, case, Action.UNDO, Role.COORDINATOR, LATER + timedelta(minutes=2))
    assert (case.status, _running(session, case)) == (Status.DISPATCHED, before)


def test_only_the_latest_step_is_undone_and_only_once(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    do(session, case, Action.START, Role.COORDINATOR, LATER)
    do(session, case, Action.UNDO, Role.COORDINATOR, LATER)
    assert case.status == Status.ACKNOWLEDGED
    with pytest.raises(IllegalTransition):
        do(session, case, Action.UNDO, Role.COORDINATOR, LATER)
    assert case.status == Status.ACKNOWLEDGED


def test_what_the_reporter_did_cannot_be_undone_by_the_office(session: Session) -> None:
    answered = bring_to(session, Status.NEEDS_INFO)
    do(session, answered, Action.ANSWER, Role.REPORTER, LATER)
    reopened = bring_to(session, Status.DISPUTED, number="FT6911-00002")
    do(session, reopened, Action.REOPEN, Role.STAFF, LATER)
    for case in (answered, reopened):
        with pytest.raises(IllegalTransition, match="coordinator cannot undo"):
            do(session, case, Action.UNDO, Role.COORDINATOR, LATER)


def test_the_office_cannot_undo_what_the_desk_decided(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    do(session, case, Action.TRANSFER, Role.STAFF, LATER)
    with pytest.raises(IllegalTransition):
        do(session, case, Action.UNDO, Role.COORDINATOR, LATER)
    do(session, case, Action.UNDO, Role.STAFF, LATER)
    assert case.status == Status.ACKNOWLEDGED


def test_talk_and_additions_do_not_stand_in_the_way_of_an_undo(session: Session) -> None:
    case = bring_to(session, Status.RESOLVED)
    do(session, case, Action.NOTE, Role.COORDINATOR, LATER)
    do(session, case, Action.ADD, Role.REPORTER, LATER)
    do(session, case, Action.UNDO, Role.COORDINATOR, LATER)
    assert case.status == Status.DISPATCHED


def test_a_quiet_undo_tells_nobody(session: Session) -> None:
    case = bring_to(session, Status.RESOLVED)
    list_told(session)
    do(session, case, Action.UNDO, Role.COORDINATOR, LATER, quietly=True)
    assert list_told(session) == set()


# --- history


def test_history_cannot_be_changed_or_removed(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.begin(MONDAY) as session:
        bring_to(session, Status.ACKNOWLEDGED)
    for spoil in (
        lambda entry, _: setattr(entry, "note", "otherwise"),
        lambda entry, session: session.delete(entry),
    ):
        with pytest.raises(RuntimeError, match="append-only"), database.begin(LATER) as session:
            entry = session.scalars(select(HistoryEntry)).first()
            spoil(entry, session)
            session.flush()
    with database.read() as session:
        assert [entry.action for entry in session.scalars(select(HistoryEntry).order_by(HistoryEntry.id))] == [
            "report",
            "dispatch",
            "acknowledge",
        ]
        assert session.scalars(select(HistoryEntry.note).where(HistoryEntry.note == "otherwise")).all() == []
    database.close()


def test_people_talking_is_no_progress_for_the_reporter(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    before = case.updated_at
    do(session, case, Action.NOTE, Role.COORDINATOR, LATER)
    assert case.updated_at == before
    do(session, case, Action.START, Role.COORDINATOR, LATER)
    assert case.updated_at == LATER
