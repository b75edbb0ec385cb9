"""What an office says becomes a step, or is kept without one; photos go with it, and back with its undo."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cases import office_updates
from cases.office_updates import Made, Stands, Update, from_reading, take_update
from cases.reply_reader import Reading
from cases.statuses import Action, Role, Status
from storage import cases as stored
from storage import media
from storage.models import Case
from tests.cases.lives import COORDINATOR, GROUP, MONDAY, OFFICE, bring_to, do, list_told

FRIDAY = date(2026, 11, 27)
LATER = MONDAY + timedelta(hours=6)


def _photo(
    session: Session, name: str, sent_at: datetime, sender: str | None = "U-somchai", kind: str = "image"
) -> int:
    return media.add_wanted(
        session,
        message_id=name,
        chat_id=GROUP,
        sender_id=sender,
        kind=kind,
        sent_at=sent_at,
        now=sent_at,
        role="extra",
    ).id


def _roles(session: Session, case: Case) -> list[str]:
    return [item.role for item in media.list_for_case(session, case.id)]


# --- words into steps


@pytest.mark.parametrize(
    ("reading", "action", "due"),
    [
        (Reading("resolve", None, None), Action.RESOLVE, None),
        (Reading("resolve", None, FRIDAY), Action.RESOLVE, None),
        (Reading("promise", None, FRIDAY), Action.PROMISE, FRIDAY),
        (Reading("acknowledge", None, FRIDAY), Action.PROMISE, FRIDAY),
        (Reading("start", "promise", FRIDAY), Action.PROMISE, FRIDAY),
        (Reading("promise", None, None), Action.ACKNOWLEDGE, None),
        (Reading("transfer", None, FRIDAY), Action.TRANSFER, None),
    ],
)
def test_a_day_makes_a_promise_and_a_promise_without_a_day_is_a_noted(
    reading: Reading, action: Action, due: date | None
) -> None:
    assert from_reading(reading, "words", "m1") == Update(action, "words", due, "m1")


def test_talk_is_no_step() -> None:
    assert from_reading(Reading(None, None, None), "words", "m1") is None


# --- steps


def test_a_step_keeps_who_when_where_and_the_words(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    made = take_update(session, case, Update(Action.PROMISE, "ศุกร์นี้เสร็จ", FRIDAY, "m1"), COORDINATOR, LATER)
    assert isinstance(made, Made)
    assert (case.status, case.promised_on) == (Status.IN_PROGRESS, FRIDAY)
    entry = made.entry
    assert (entry.note, entry.message_id, entry.chat_id, entry.organisation) == (
        "ศุกร์นี้เสร็จ",
        "m1",
        GROUP,
        OFFICE,
    )
    assert (entry.actor_id, entry.at, entry.details["due"]) == ("U-somchai", LATER, "2026-11-27")


@pytest.mark.parametrize(
    ("status", "action", "agreed"),
    [
        (Status.ACKNOWLEDGED, Action.ACKNOWLEDGE, True),
        (Status.NEEDS_INFO, Action.ACKNOWLEDGE, True),
        (Status.IN_PROGRESS, Action.START, True),
        (Status.RESOLVED, Action.RESOLVE, True),
        (Status.TRANSFERRING, Action.TRANSFER, True),
        (Status.DECLINED, Action.DECLINE, True),
        (Status.DISPUTED, Action.RESOLVE, False),
        (Status.WITHDRAWN, Action.START, False),
        (Status.NEW, Action.ACKNOWLEDGE, False),
    ],
)
def test_what_changes_nothing_says_whether_it_agrees_and_keeps_the_words(
    session: Session, status: Status, action: Action, agreed: bool
) -> None:
    case = bring_to(session, status)
    list_told(session)
    assert take_update(session, case, Update(action, "words", None, "m1"), COORDINATOR, LATER) == Stands(status, agreed)
    last = stored.list_history(session, case.id)[-1]
    assert (case.status, last.action, last.note, last.message_id) == (status, "note", "words", "m1")
    assert list_told(session) == set()


def test_a_tap_that_changes_nothing_leaves_no_trace(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)
    before = len(stored.list_history(session, case.id))
    take_update(session, case, Update(Action.ACKNOWLEDGE), COORDINATOR, LATER)
    assert len(stored.list_history(session, case.id)) == before


# --- photos


def test_only_this_persons_photos_of_the_last_five_minutes_go_with_the_step(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    _photo(session, "old", LATER - timedelta(minutes=5, seconds=1))
    fresh = _photo(session, "fresh", LATER - timedelta(minutes=5))
    _photo(session, "pims", LATER, sender="U-pim")
    _photo(session, "nobodys", LATER, sender=None)
    made = take_update(session, case, Update(Action.RESOLVE), COORDINATOR, LATER)
    assert isinstance(made, Made) and made.photos == 1
    assert made.entry.details["media"] == [fresh]
    assert _roles(session, case) == ["after"]


def test_photos_of_the_work_are_no_after_photos(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    _photo(session, "work", LATER)
    take_update(session, case, Update(Action.START), COORDINATOR, LATER)
    assert _roles(session, case) == ["extra"]
    take_update(session, case, Update(Action.RESOLVE), COORDINATOR, LATER + timedelta(minutes=20))
    assert _roles(session, case) == ["extra"]


def test_a_refused_step_takes_no_photos(session: Session) -> None:
    case = bring_to(session, Status.DISPUTED)
    _photo(session, "late", LATER)
    take_update(session, case, Update(Action.RESOLVE, "เสร็จ"), COORDINATOR, LATER)
    assert _roles(session, case) == []


# --- undo


def test_an_undo_gives_back_the_photos_of_its_step_and_no_others(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    _photo(session, "work", LATER)
    take_update(session, case, Update(Action.START), COORDINATOR, LATER)
    moment = LATER + timedelta(minutes=30)
    done = _photo(session, "done", moment)
    made = take_update(session, case, Update(Action.RESOLVE), COORDINATOR, moment)
    assert isinstance(made, Made)
    undone = office_updates.undo(session, case, made.entry.id, COORDINATOR, moment)
    assert undone is not None and undone.photos == [done]
    assert _roles(session, case) == ["extra"]


def test_an_undo_of_anything_but_the_latest_step_is_refused(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    first = do(session, case, Action.ACKNOWLEDGE, Role.COORDINATOR, LATER)
    do(session, case, Action.START, Role.COORDINATOR, LATER)
    for entry_id in (first.id, 0, 10**12):
        assert office_updates.undo(session, case, entry_id, COORDINATOR, LATER) is None
    assert case.status == Status.IN_PROGRESS


def test_a_standing_step_is_one_that_nobody_undid(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    step = do(session, case, Action.ACKNOWLEDGE, Role.COORDINATOR, LATER, message_id="m1")
    assert office_updates.find_standing_step(session, [step]) is step
    do(session, case, Action.UNDO, Role.COORDINATOR, LATER)
    assert office_updates.find_standing_step(session, [step]) is None
    assert office_updates.find_standing_step(session, []) is None


def test_a_case_is_with_its_office_alone_and_a_confidential_one_with_the_ombudsman(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    assert office_updates.is_with(case, OFFICE)
    for other in ("district:1039", "omb", "", None):
        assert not office_updates.is_with(case, other)
    case.confidential = True
    assert not office_updates.is_with(case, OFFICE)
    case.owner = "omb"
    assert office_updates.is_with(case, "omb")
