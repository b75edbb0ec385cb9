"""How long a step may take is set at the desk: for new cases alone, whatever runs and whatever was counted."""

from sqlalchemy import select

from cases import figures
from cases.categories import get_category
from clock import BANGKOK
from storage import case_facts
from storage.models import Case, CaseFacts, SlaClock
from tests.desk import DeskHouse

DIN_DAENG = "district:1026"
PAGE = "/console/admin/levels"


def _due(desk: DeskHouse, number: str, kind: str) -> str:
    found = select(SlaClock.due_at).join(Case, Case.id == SlaClock.case_id)
    with desk.database.read() as session:
        due = session.scalars(
            found.where(Case.number == number, SlaClock.kind == kind, SlaClock.stopped_at.is_(None))
        ).one()
        return f"{due.astimezone(BANGKOK):%Y-%m-%dT%H:%M}"


def _on_time(desk: DeskHouse, *numbers: str) -> list[bool | None]:
    """As the figures have it once every case was counted anew."""
    found = select(CaseFacts.on_time).join(Case, Case.id == CaseFacts.case_id)
    with desk.database.begin() as session:
        case_facts.mark_cases(session, list(session.scalars(select(Case.id))))
        figures.settle_for(session)
        return [session.scalars(found.where(Case.number == number)).one() for number in numbers]


def test_levels_out_of_bounds_are_refused(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    admin.opens("/console/admin/categories").follows("console.admin_categories.levels").sees("4 ชั่วโมงทำการ")
    for wrong in ("0", "81", "๘๑", "٨", "9" * 4000):
        admin.posts(PAGE, 422, do="look", acknowledge=wrong)
        admin.posts(PAGE, 400, do="keep", acknowledge=wrong)
    admin.opens(PAGE).fills(acknowledge="๔").presses("console.admin_levels.look").sees("console.admin_levels.nothing")
    admin.posts(PAGE, 422, do="look", confirm="2").sees(
        "console.admin_levels.problem", level="ผู้แจ้งยืนยันผล ก่อนปิดเรื่องเพราะไม่ตอบ", least=3, most=30
    )
    admin.posts(PAGE, 404, do="look", category="potholes", acknowledge="2")
    admin.opens(f"{PAGE}?category=potholes", 404)
    admin.opens(PAGE).fills(acknowledge="4").presses("console.admin_levels.look").sees("console.admin_levels.nothing")
    admin.posts(PAGE, do="keep", acknowledge="4", resolve="1")  # what all have already, and what none have in common
    assert not desk.audited() and get_category("lighting").resolve_days == 3
    desk.clerk("officer").opens(PAGE, 403)

    # nothing is kept that was not shown, or that was shown beside other levels than hold by now
    admin.posts(PAGE, do="keep", acknowledge="8").sees("console.admin_levels.keep").sees("4 ชั่วโมงทำการ → 8 ชั่วโมงทำการ")
    other = desk.clerk("admin", name="Wipa").opens(PAGE).fills(acknowledge="6").presses("console.admin_levels.look")
    admin.opens(PAGE).fills(acknowledge="8").presses("console.admin_levels.look")
    admin.sees("ถ้าบันทึกตอนนี้ ใช้กับเรื่องที่แจ้งตั้งแต่")
    assert not desk.audited()
    other.presses("console.admin_levels.keep").sees("console.admin_levels.kept")
    admin.presses("console.admin_levels.keep").sees("6 ชั่วโมงทำการ → 8 ชั่วโมงทำการ")
    admin.presses("console.admin_levels.keep").sees("console.admin_levels.kept")
    assert [each.details["acknowledge"] for each in desk.audited("level.changed")] == [[4, 6], [6, 8]]


def test_new_levels_hold_for_new_cases_and_the_past_stays(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    desk.chat.turns_to("2026-12-14 09:00")
    old = desk.chat.has_case(nid, DIN_DAENG)
    card = group.gets_card(old)
    assert _due(desk, old, "acknowledge") == "2026-12-14T13:00"

    admin.comes_back().opens(PAGE).fills(acknowledge="8", first_words="2", answer="3").presses(
        "console.admin_levels.look"
    )
    admin.sees("4 ชั่วโมงทำการ → 8 ชั่วโมงทำการ").sees("console.admin_levels.keeps", count=1)
    admin.presses("console.admin_levels.keep").sees("console.admin_categories.was", what=4)
    admin.opens(f"{PAGE}?category=lighting").sees("console.admin_levels.empty", much="8 ชั่วโมงทำการ")
    admin.fills(acknowledge="2", resolve="1").presses("console.admin_levels.look")
    admin.presses("console.admin_levels.keep").sees("ไฟส่องสว่าง: 2 ชั่วโมงทำการ")
    admin.opens("/console/guides/coordinators").sees("8 ชั่วโมงทำการ")
    admin.opens("/console/admin/categories").sees("console.admin_categories.was", what=3)
    desk.chat.waits(minutes=1)
    new = desk.chat.has_case(nid, DIN_DAENG)
    assert (_due(desk, new, "acknowledge"), _due(desk, new, "first_words")) == ("2026-12-14T11:01", "2026-12-16T09:01")
    assert (_due(desk, old, "acknowledge"), _due(desk, old, "first_words")) == ("2026-12-14T13:00", "2026-12-15T09:00")

    group.member("Pim").taps("button.acknowledge", card)
    group.member("Pim").taps("button.acknowledge", group.gets_card(new))
    desk.chat.settles()
    desk.chat.turns_to("2026-12-16 15:00")  # within three days, beyond one
    for number in (old, new):
        group.member("Pim").says(f"{number} เสร็จแล้ว")
    desk.chat.settles()
    assert _on_time(desk, old, new) == [True, False]

    admin.comes_back().opens(f"{PAGE}?category=lighting").presses("console.admin_levels.revert")
    admin.sees("console.admin_levels.trial", name="ไฟส่องสว่าง").presses("console.admin_levels.keep")
    admin.hides("ไฟส่องสว่าง: 2 ชั่วโมงทำการ")
    assert _on_time(desk, old, new) == [True, False]
    admin.presses("console.base.undo").sees("ไฟส่องสว่าง: 2 ชั่วโมงทำการ")
    admin.opens(f"{PAGE}?category=lighting").sees("console.admin_hours.history")
    assert [each.object for each in desk.audited("level.changed")] == ["level:all"] + ["level:lighting"] * 3
    assert desk.audited("level.changed")[1].details == {"acknowledge": [8, 2], "resolve": [3, 1]}
