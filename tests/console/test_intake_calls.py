"""More calls than one page shows: danger first, and how many there are is said as Today says it."""

import pytest
from sqlalchemy import select

import clock
from cases import lifecycle
from cases.statuses import Action, Actor, Role
from storage.models import Case
from tests.desk import Clerk, DeskHouse
from tests.intake_desk import writes_down

DIN_DAENG = "district:1026"
PIM = Actor(Role.COORDINATOR, person="Upim", organisation=DIN_DAENG, chat_id="Cdd")


def _is_asked(desk: DeskHouse, **told: object) -> str:
    """A case whose reporter is to be rung, for the office asks something."""
    number, now = writes_down(desk.chat, **told), clock.now()
    with desk.database.begin(now) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        lifecycle.apply(session, case, Action.ASK, PIM, now, note="เสาไหน")
    return number


def _shown(officer: Clerk) -> list[str]:
    page = officer.comes_back().opens("/console/intake/calls").page
    return [str(link.get_text()) for link in page.select("article a.number")]


def _puts_off(officer: Clerk, number: str) -> None:
    page = officer.opens("/console/intake/calls").page
    tried = next(form for form in page.select("form[action*=tried]") if number in str(form))
    officer.posts(str(tried["action"]), number=number)


def test_a_page_that_is_too_short_shows_danger_first_and_says_how_many(
    desk: DeskHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.intake_drafts.CALLS_SHOWN", 2)
    desk.chat.turns_to("2026-12-01 10:00")
    desk.chat.coordinators(DIN_DAENG)
    officer = desk.clerk("officer")
    calm = [_is_asked(desk) for _ in range(3)]
    desk.waits(minutes=5)
    danger = _is_asked(desk, danger=True)
    assert _shown(officer) == [danger, calm[0]]
    officer.sees("console.intake_calls.group_due", count=4).sees("console.intake_calls.hidden", count=2)
    officer.sees("console.cases.mark_danger").hides("อีก 2 รายการที่โทรแล้วไม่รับ")
    assert danger in officer.opens("/console/").words and "รอโทรกลับผู้แจ้ง 4" in officer.words

    for number in calm[:2]:
        _puts_off(officer, number)
    assert _shown(officer) == [danger, calm[2]]
    officer.sees("console.intake_calls.group_due", count=2)
    officer.sees("console.intake_calls.hidden_later", count=2).hides("ที่จะแสดงเมื่อโทรรายการเหล่านี้แล้ว")
    # the next day what was due is late, and what was put off is due
    desk.chat.turns_to("2026-12-02 09:00")
    assert _shown(officer) == [danger, calm[2]]
    officer.sees("console.intake_calls.group_late", count=2).sees("console.intake_calls.hidden", count=2)
    monkeypatch.setattr("console.intake_drafts.CALLS_SHOWN", 3)
    assert _shown(officer) == [danger, calm[2], calm[0]]
    officer.sees("console.intake_calls.group_due", count=2).sees("console.intake_calls.hidden", count=1)


def test_danger_is_marked_on_every_page_that_is_about_the_case(desk: DeskHouse) -> None:
    desk.chat.coordinators(DIN_DAENG)
    number, calm = writes_down(desk.chat, danger=True), writes_down(desk.chat)
    officer = desk.clerk("officer")
    for step in ("calm", "correct_place"):
        officer.opens(f"/console/cases/{number}/do/{step}").sees("console.cases.mark_danger")
    officer.fills(place="ซอย 7", words="ผิด").presses("console.case.preview").sees("console.cases.mark_danger")
    officer.opens(f"/console/cases/{calm}/do/correct_place").hides("console.cases.mark_danger")
    clerk = desk.clerk("office", DIN_DAENG)
    clerk.posts("/console/cases/bulk", do="promise", case=[number, calm]).sees("console.cases.mark_danger")
    clerk.posts("/console/cases/bulk", do="acknowledge", case=[number]).sees("console.bulk.will_do", count=1)
    clerk.sees("console.cases.mark_danger")
