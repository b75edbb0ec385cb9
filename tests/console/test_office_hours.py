"""An office keeps hours of its own: set at the desk, counted by its clocks, and nobody is reminded outside them."""

from sqlalchemy import select

from clock import BANGKOK
from jobs.schedule import JOBS, run_job
from storage.models import Case, SlaClock
from tests.desk import Clerk, DeskHouse

DIN_DAENG, BANG_RAK = "district:1026", "district:1004"
EARLY = {f"{what}_{day}": ("07:00", "15:00")[what == "closes"] for day in range(5) for what in ("opens", "closes")}
WITH_SATURDAY = {"opens_5": "9.00", "closes_5": "1200"}


def _due(desk: DeskHouse, number: str, kind: str) -> str:
    found = select(SlaClock).join(Case, Case.id == SlaClock.case_id)
    with desk.database.read() as session:
        one = session.scalars(
            found.where(Case.number == number, SlaClock.kind == kind, SlaClock.stopped_at.is_(None))
        ).one()
        return f"{one.due_at.astimezone(BANGKOK):%Y-%m-%dT%H:%M}"


def _page(code: str) -> str:
    return f"/console/admin/offices/{code}/hours"


def _sets(admin: Clerk, code: str, hours: dict[str, str]) -> Clerk:
    admin.comes_back().opens(_page(code)).fills(hours).presses("console.admin_hours.look")
    return admin.presses("console.admin_hours.keep")


def test_hours_that_nobody_keeps_are_refused(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    admin.opens("/console/admin/offices").follows("สำนักงานเขตดินแดง").sees("console.admin_hours.title")
    admin.follows("console.admin_hours.change").sees("console.admin_hours.is_usual").hides("console.admin_hours.revert")
    for wrong, problem in (
        ({"opens_0": "15:00", "closes_0": "07:00"}, "order"),
        ({"opens_2": "08:30", "closes_2": "08:30"}, "order"),
        ({"opens_6": "08:30"}, "time"),
        ({"opens_6": "8 am", "closes_6": "9 am"}, "unreadable"),
        ({"opens_6": "เช้า", "closes_6": "12:00"}, "unreadable"),
        ({"opens_6": "08:30:07", "closes_6": "12:00"}, "unreadable"),
        ({"opens_6": "25:00", "closes_6": "26:00"}, "no_time"),
        ({"opens_6": "๘.๗๐", "closes_6": "๑๒.๐๐"}, "no_time"),
        ({f"{what}_{day}": "" for what in ("opens", "closes") for day in range(7)}, "never"),
        (_few({2: ("08:30", "08:31")}), "few"),
        (_few({2: ("00:00", "23:59")}), "few"),
        (_few({2: ("08:00", "12:59"), 3: ("08:00", "13:00")}), "few"),
    ):
        admin.opens(_page(DIN_DAENG)).fills(wrong).presses("console.admin_hours.look", 422)
        admin.sees(
            f"console.admin_hours.problem_{problem}", day=_day(wrong), days=2, hours=10, given=str(wrong.get("opens_6"))
        )
    admin.opens(_page(DIN_DAENG)).fills(opens_6="๗.๐๐", closes_6="๑๕๓๐").presses("console.admin_hours.look")
    admin.sees("อาทิตย์ 07:00–15:30")
    minute, rare = "08:30-08:31,-,-,-,-,-,-", "08:00-12:00,08:00-12:00,08:00-12:00,-,-,-,-"
    for week in ("nonsense", "07:00-15:00", "15:00-07:00,-,-,-,-,-,-", "-,-,-,-,-,-,-", "a-b,-,-,-,-,-,-", minute):
        admin.posts(_page(DIN_DAENG), 400, do="keep", week=week)
        admin.posts(f"{_page(DIN_DAENG)}/put_back?week={week}", 400)
    admin.posts(f"{_page(DIN_DAENG)}/put_back?week={rare}", 400)  # it never held
    for seen in ("", "é", "0" * 32):  # nobody looked at what it would do
        admin.posts(_page(DIN_DAENG), do="keep", week=rare, seen=seen).sees("console.admin_hours.trial")
    admin.opens(_page("district:9999"), 404)
    assert not desk.audited()
    for role in ("officer", "viewer", "office"):
        desk.clerk(role).opens(_page(DIN_DAENG), 403)


def _few(open_on: dict[int, tuple[str, str]]) -> dict[str, str]:
    """A week that is shut but for these days."""
    return {
        f"{what}_{day}": open_on.get(day, ("", ""))[what == "closes"]
        for day in range(7)
        for what in ("opens", "closes")
    }


def _day(wrong: dict[str, str]) -> str:
    names = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
    return names[int(next(iter(wrong))[-1])]


def test_clocks_of_an_office_that_opens_early_move_with_its_hours(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    desk.chat.turns_to("2026-12-04 15:30")  # a Friday; Monday is a holiday
    late = desk.chat.has_case(nid, DIN_DAENG)
    group.gets_card(late)
    assert (_due(desk, late, "acknowledge"), _due(desk, late, "first_words")) == (
        "2026-12-08T11:30",
        "2026-12-08T15:30",
    )

    admin.comes_back().opens(_page(DIN_DAENG)).fills(EARLY).presses("console.admin_hours.look")
    admin.sees("console.admin_hours.moves", count=2).sees(late).sees("จันทร์–ศุกร์ 07:00–15:00")
    assert _due(desk, late, "acknowledge") == "2026-12-08T11:30"  # so far it was only tried
    admin.presses("console.admin_hours.keep").sees("console.admin_hours.kept", count=2)
    assert (_due(desk, late, "acknowledge"), _due(desk, late, "first_words")) == (
        "2026-12-08T11:00",
        "2026-12-08T15:00",
    )

    desk.chat.turns_to("2026-12-08 15:30")  # overdue, and the office has gone home
    new = desk.chat.has_case(nid, DIN_DAENG)
    assert _due(desk, new, "acknowledge") == "2026-12-09T11:00"
    admin.comes_back().opens(_page(DIN_DAENG)).presses("console.admin_hours.revert")
    admin.sees("console.admin_hours.moves", count=2).hides(late)  # what is past stays
    admin.presses("console.admin_hours.keep").sees("console.admin_hours.is_usual")
    assert (_due(desk, new, "acknowledge"), _due(desk, late, "acknowledge")) == ("2026-12-09T11:30", "2026-12-08T11:00")
    admin.presses("console.base.undo").sees("จันทร์–ศุกร์ 07:00–15:00")
    assert _due(desk, new, "acknowledge") == "2026-12-09T11:00"
    hours = [each.details["clocks"] for each in desk.audited("office.hours_set")]
    assert hours == [2, 2, 2]


def test_an_office_that_works_on_saturdays_is_reminded_then_and_others_are_not(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    nid = desk.chat.citizen("Nid")
    din_daeng = desk.chat.coordinators(DIN_DAENG, "Pim")
    bang_rak = desk.chat.coordinators(BANG_RAK, "Som")
    _sets(admin, DIN_DAENG, WITH_SATURDAY).sees("เสาร์ 09:00–12:00")
    admin.opens("/console/admin/offices").sees("จันทร์–ศุกร์ 08:30–16:30, เสาร์ 09:00–12:00")
    desk.chat.turns_to("2026-12-11 15:00")  # Friday; the 10th was a holiday
    here, there = desk.chat.has_case(nid, DIN_DAENG), desk.chat.has_case(nid, BANG_RAK)
    assert (_due(desk, here, "acknowledge"), _due(desk, there, "acknowledge")) == (
        "2026-12-12T11:30",
        "2026-12-14T11:00",
    )
    for moment in ("07:50", "09:00"):
        assert "เช้านี้ที่" not in str(din_daeng.heard()), "its digest comes when it opens"
        desk.chat.turns_to(f"2026-12-12 {moment}")
        for job in ("digests", "clocks"):
            run_job(job, JOBS[job][1], desk.database)
        desk.chat.settles()
    assert here in str(din_daeng.heard()[-1]) and "เช้านี้ที่" in str(din_daeng.heard()[-1])
    for hour in ("09:30", "11:45", "13:00"):
        desk.chat.turns_to(f"2026-12-12 {hour}")
        desk.chat.clocks_run()
    din_daeng.sees("remind.acknowledge", number=here)
    assert "เช้านี้ที่" not in str(bang_rak.heard())
    heard = len(din_daeng.heard())
    _sets(admin, DIN_DAENG, {"opens_0": "", "closes_0": ""})
    for moment in ("2026-12-13 10:00", "2026-12-14 09:00"):  # a Sunday, and now a Monday off
        desk.chat.turns_to(moment)
        desk.chat.clocks_run()
    assert len(din_daeng.heard()) == heard
    assert "เช้านี้ที่" in str(bang_rak.heard()) and there in bang_rak.heard()[-1]
