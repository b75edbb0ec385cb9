"""What follows when officers put a category or a place right: due times, danger, secrecy, pairs; and the way back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import correcting, figures, lifecycle, office_updates, pairing
from cases.correcting import CannotCorrect
from cases.statuses import Action, Role, Status
from cases.working_time import end_in_working_time
from clock import in_bangkok
from storage import case_facts
from storage import cases as stored
from storage import clocks as stored_clocks
from storage.models import Case, HistoryEntry, LikelyPair, SlaClock
from tests.cases.lives import ACTORS, GROUP, MONDAY, OFFICE, RECEIVER, RECEIVER_GROUP, REPORTER, bring_to, do, open_case

OFFICER = ACTORS[Role.STAFF]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HUAI_KHWANG = "district:1017"


def correct(session: Session, case: Case, category: str, now: datetime, *, danger: bool = False) -> HistoryEntry:
    return correcting.correct_category(session, case, category, OFFICER, now, reason="ดูจากรูปแล้ว", danger=danger)


def find_due(session: Session, case: Case, kind: str) -> datetime:
    running = stored_clocks.find_running(session, case.id, kind)
    assert running is not None, f"no {kind} runs"
    return running.due_at


def list_clocks(session: Session, case: Case) -> list[tuple[object, ...]]:
    session.flush()
    found = session.scalars(select(SlaClock).where(SlaClock.case_id == case.id).order_by(SlaClock.id))
    return [(one.kind, one.due_at, one.next_at, one.stage, one.any_hour, one.stopped_at) for one in found]


def list_pairs(session: Session) -> list[tuple[int, int]]:
    return sorted((one.older_id, one.newer_id) for one in session.scalars(select(LikelyPair)))


def hear(session: Session) -> dict[str, list[str]]:
    """What was said at once, and what waits for the next call ("later"), and forget it."""
    queued = session.info["outbox"]
    heard: dict[str, list[str]] = {}
    for gathered, when in ((queued.by_chat, ""), (queued.can_wait, " later")):
        for chat_id, bubbles in gathered.items():
            heard.setdefault(f"{chat_id}{when}", []).extend(message.get("text", "") for message, _ in bubbles)
        gathered.clear()
    return {name: words for name, words in heard.items() if words}


def test_due_times_are_those_of_the_right_category_and_come_back_with_an_undo(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)  # lighting: three days
    begun = MONDAY + HOUR
    assert find_due(session, case, "resolve") == begun + 3 * DAY
    first, before = find_due(session, case, "first_words"), list_clocks(session, case)
    hear(session)
    entry = correct(session, case, "drain_flood", MONDAY + 2 * HOUR)
    assert find_due(session, case, "resolve") == begun + 7 * DAY
    assert find_due(session, case, "first_words") == first
    assert (case.status, case.updated_at) == (Status.ACKNOWLEDGED, begun)  # no progress that anybody waited for
    heard = hear(session)
    assert list(heard) == [f"{GROUP} later"] and "น้ำท่วม" in heard[f"{GROUP} later"][0]
    with pytest.raises(CannotCorrect):
        correct(session, case, "drain_flood", MONDAY + 2 * HOUR)

    # taken back it is as it was, once; what an office said before it can be taken back all the same
    assert correcting.undo(session, case, entry.id, OFFICER, MONDAY + 3 * HOUR) is not None
    assert (case.category, list_clocks(session, case)) == ("lighting", before)
    assert correcting.find_undoable(session, case) is None
    do(session, case, Action.UNDO, Role.COORDINATOR, MONDAY + 4 * HOUR)
    assert case.status == Status.DISPATCHED


def test_waits_stay_added_and_nobody_is_late_at_once(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED, category="other")  # fifteen days
    begun = MONDAY + HOUR
    do(session, case, Action.ASK, Role.COORDINATOR, MONDAY + DAY, note="เสาไหน")
    correct(session, case, "drain_flood", MONDAY + DAY + HOUR)
    do(session, case, Action.ANSWER, Role.REPORTER, MONDAY + 3 * DAY)
    assert find_due(session, case, "resolve") == begun + 7 * DAY + 2 * DAY
    correct(session, case, "other", MONDAY + 3 * DAY + HOUR)
    # the tenth of December is a day off: the office has it until it closes on the day behind
    assert find_due(session, case, "resolve") == end_in_working_time(begun + 15 * DAY + 2 * DAY)
    assert in_bangkok(find_due(session, case, "resolve")).isoformat() == "2026-12-11T16:30:00+07:00"
    # ten days on, a kind that has three: a working day is left, and no more is asked of the past
    late = MONDAY + 10 * DAY  # a Thursday
    correct(session, case, "waste", late)
    assert find_due(session, case, "resolve") == late + DAY
    session.flush()
    dues = case_facts.list_dues(session, [case.id], ())
    assert dues[case.id].resolve == late + DAY
    # what is done in time stays done in time
    do(session, case, Action.RESOLVE, Role.COORDINATOR, late + HOUR)
    before = list_clocks(session, case)
    correct(session, case, "lighting", late + 2 * HOUR)
    assert list_clocks(session, case) == before
    figures.settle(session)
    assert case_facts.list_facts(session, [case.id])[0]["on_time"] is True


def test_danger_that_comes_to_light_hurries_whoever_has_not_answered(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    before, now = list_clocks(session, case), MONDAY + HOUR
    hear(session)
    entry = correct(session, case, "road_safety", now, danger=True)
    half_an_hour = now + timedelta(minutes=30)
    assert find_due(session, case, "acknowledge") == case.acknowledge_by == half_an_hour
    heard = hear(session)
    assert {*heard} == {GROUP, REPORTER} and "อันตราย" in heard[GROUP][0] and "11:30" in heard[REPORTER][0]
    correcting.undo(session, case, entry.id, OFFICER, now + timedelta(minutes=5))
    assert (case.danger, case.category, list_clocks(session, case)) == ([], "lighting", before)
    # who has it already is not asked to take it again, and its reporter has nothing new to know
    do(session, case, Action.ACKNOWLEDGE, Role.COORDINATOR, now + HOUR)
    hear(session)
    correct(session, case, "lighting", now + 2 * HOUR, danger=True)
    assert stored_clocks.find_running(session, case.id, "acknowledge") is None
    assert list(hear(session)) == [GROUP]


def test_danger_that_comes_to_light_late_begins_anew_and_ends_for_good(session: Session) -> None:
    case = bring_to(session, Status.DISPATCHED)
    now, due = MONDAY + 2 * DAY, find_due(session, case, "acknowledge")
    running = stored_clocks.find_running(session, case.id, "acknowledge")
    assert running is not None and due < now
    running.stage, running.next_at = 2, None  # its office was reminded, and the officers know
    late = list_clocks(session, case)
    entry = correct(session, case, "wires", now, danger=True)
    begun = now + timedelta(minutes=30)
    assert ("acknowledge", begun, begun, 0, True, None) in list_clocks(session, case) and case.acknowledge_by == begun
    assert correcting.undo(session, case, entry.id, OFFICER, now + timedelta(minutes=5)) is not None
    assert (list_clocks(session, case), case.acknowledge_by) == (late, due)

    # who was told of it as of danger is not told of it again as of a delay
    correct(session, case, "wires", now, danger=True)
    running.stage, running.next_at = 2, now + 2 * HOUR
    correcting.lower_danger(session, case, OFFICER, now + HOUR, reason="ไม่มีสายขาด")
    assert ("acknowledge", due, None, 2, False, None) in list_clocks(session, case)


@pytest.mark.parametrize("said", [Action.ACKNOWLEDGE, Action.RESOLVE, Action.TRANSFER])
def test_what_an_undo_starts_again_is_as_urgent_as_the_case_is_by_then(session: Session, said: Action) -> None:
    case = bring_to(session, Status.DISPATCHED)
    do(session, case, said, Role.COORDINATOR, MONDAY + HOUR)
    hear(session)
    found = MONDAY + HOUR * 3 / 2
    correct(session, case, "drain_flood", found)
    entry = correct(session, case, "drain_flood", found, danger=True)
    if said is Action.TRANSFER:  # whoever is asked to take it has as little time, and is told; a slip is one there too
        assert find_due(session, case, "accept") == found + timedelta(minutes=30)
        heard = hear(session)
        assert "ตอบรับภายใน" in heard[RECEIVER_GROUP][0] and "ตอบรับภายใน" not in heard[GROUP][0]
        correcting.undo(session, case, entry.id, OFFICER, found)
        assert find_due(session, case, "accept") > found + HOUR
        correct(session, case, "drain_flood", found, danger=True)
    later = found + HOUR
    do(session, case, Action.UNDO, Role.COORDINATOR, later)
    running = stored_clocks.find_running(session, case.id, "acknowledge")
    assert case.status == Status.DISPATCHED and running is not None and running.any_hour
    assert running.due_at == case.acknowledge_by == later + timedelta(minutes=30)


def test_what_an_undo_starts_again_is_counted_by_the_category_that_was_put_right_since(session: Session) -> None:
    case = bring_to(session, Status.ACKNOWLEDGED)  # lighting: three days
    do(session, case, Action.RESOLVE, Role.COORDINATOR, MONDAY + 2 * HOUR)
    correct(session, case, "drain_flood", MONDAY + 3 * HOUR)
    do(session, case, Action.UNDO, Role.COORDINATOR, MONDAY + 4 * HOUR)
    assert find_due(session, case, "resolve") == MONDAY + HOUR + 7 * DAY
    # a correction that was taken back is as if it had not been, and one that stands is the desk's first to take back
    do(session, case, Action.RESOLVE, Role.COORDINATOR, MONDAY + 5 * HOUR)
    correct(session, case, "road", MONDAY + 6 * HOUR)
    entry = correct(session, case, "waste", MONDAY + 6 * HOUR)
    assert office_updates.find_latest_step(session, case, OFFICER) is None
    assert correcting.undo(session, case, entry.id, OFFICER, MONDAY + 7 * HOUR) is not None
    (last,) = [one for one in [correcting.find_undoable(session, case)] if one is not None]
    assert last.details["after"] == "road" and office_updates.find_latest_step(session, case, OFFICER) is None
    assert correcting.undo(session, case, last.id, OFFICER, MONDAY + 7 * HOUR) is not None
    assert office_updates.find_latest_step(session, case, OFFICER) is not None
    do(session, case, Action.UNDO, Role.COORDINATOR, MONDAY + 8 * HOUR)
    assert (case.category, find_due(session, case, "resolve")) == ("drain_flood", MONDAY + HOUR + 7 * DAY)


def test_a_kind_that_is_the_ombudsmans_alone_takes_the_case_away_without_a_word(session: Session) -> None:
    case = bring_to(session, Status.IN_PROGRESS)
    hear(session)
    correct(session, case, "official", MONDAY + 2 * HOUR)
    assert (case.confidential, case.owner, case.status) == (True, "omb", Status.DISPATCHED)
    told = [entry.action for entry in stored.list_history(session, case.id)]
    assert told[-2:] == [Action.SHIELD, Action.CORRECT]
    assert not {name for name in hear(session) if name.startswith((GROUP, RECEIVER_GROUP))}
    assert correcting.find_undoable(session, case) is None
    # another kind does not show it again: that is said by itself
    correct(session, case, "lighting", MONDAY + 3 * HOUR)
    assert case.confidential and not {name for name in hear(session) if name.startswith(GROUP)}
    for status in (Status.MERGED, Status.WITHDRAWN):
        over = bring_to(session, status, number=f"FT6911-0000{len(status)}")
        with pytest.raises(lifecycle.IllegalTransition):
            correct(session, over, "waste", MONDAY + DAY)


def test_what_it_is_taken_for_alike_with_is_looked_at_again(session: Session) -> None:
    spot = {"latitude": 13.77, "longitude": 100.56}
    kinds = ("lighting", "lighting", "waste")
    one, two, three = (open_case(session, f"FT6911-0000{n}", category=kind, **spot) for n, kind in enumerate(kinds, 2))
    pairing.find_pairs(session, MONDAY)
    assert list_pairs(session) == [(one.id, two.id)]
    entry = correct(session, one, "waste", MONDAY + HOUR)
    assert list_pairs(session) == [(one.id, three.id)]
    correcting.undo(session, one, entry.id, OFFICER, MONDAY + HOUR)
    assert list_pairs(session) == [(one.id, two.id)]
    where = {"words": "ซอยอื่น", "org": HUAI_KHWANG, "how": "boundary", "lat": 13.78, "lng": 100.57}
    moved = correcting.correct_place(session, two, where, OFFICER, MONDAY + HOUR, reason="ปักผิด")
    assert list_pairs(session) == [] and (two.district, two.owner) == (HUAI_KHWANG, OFFICE)
    correcting.undo(session, two, moved.id, OFFICER, MONDAY + 2 * HOUR)
    assert (two.place, two.latitude, two.district) == ("ซอยประชาสงเคราะห์ 5 เขตดินแดง", 13.77, None)
    assert list_pairs(session) == [(one.id, two.id)]


def test_another_district_takes_it_only_by_the_usual_ways(session: Session) -> None:
    where = {"words": "ซอย 9", "org": HUAI_KHWANG, "how": "boundary", "lat": 13.78, "lng": 100.57}
    case = bring_to(session, Status.ACKNOWLEDGED, number="FT6911-00007")
    with pytest.raises(CannotCorrect) as why, session.begin_nested():
        correcting.correct_place(session, case, where, OFFICER, MONDAY + DAY, reason="ปักผิด", hand_over=True)
    assert why.value.key == "transfer.unreachable"
    session.refresh(case)
    assert case.place.startswith("ซอยประชา")
    assert RECEIVER.startswith("dept:")  # a department has its cases wherever they lie
    drain = bring_to(session, Status.DISPATCHED, number="FT6911-00008", owner=RECEIVER)
    correcting.correct_place(session, drain, where, OFFICER, MONDAY + DAY, reason="ปักผิด")
    assert correcting.find_handing(session, drain) is None
