"""Today: what needs whom, each line where it can be settled; nothing of what is another's to see."""

from datetime import timedelta

from sqlalchemy import event

import clock
from cases import intake_by_staff, lifecycle
from cases.intake_by_staff import Told
from cases.statuses import Action, Actor, Role
from jobs import held, pairing
from storage import boundaries, contacts, follow_ups, notes
from storage.models import Group
from tests.desk import Clerk, DeskHouse
from tests.intake_desk import OFFICER

DIN_DAENG, PHRA_NAKHON = "district:1026", "district:1001"
SPOT = {"how": "boundary", "words": "ซอย 5", "lat": 13.7695, "lng": 100.5530, "alternatives": []}


def _blocks(clerk: Clerk) -> dict[str, str]:
    page = clerk.opens("/console/").page
    return {
        str(section["aria-labelledby"]).removeprefix("today-"): " ".join(section.get_text(" ").split())
        for section in page.select("section.today-block")
    }


def _first_steps(clerk: Clerk) -> dict[str, bool]:
    page = clerk.opens("/console/").page
    return {str(step.a["href"]): "first-done" in step["class"] for step in page.select("li.first-step") if step.a}


def test_the_first_days_say_what_is_to_be_done_and_what_is(desk: DeskHouse) -> None:
    for role in ("viewer", "office-viewer"):
        assert _first_steps(desk.clerk(role).opens("/console/").sees("console.today.nothing_hint")) == {}
    admin = desk.clerk("admin")
    line, layer, binding = "/console/admin/quota", "/console/admin/boundaries", "/console/admin/groups"
    people, case, guide = "/console/users", "/console/intake", "/console/guides/coordinators"
    assert _first_steps(admin) == {line: False, layer: False, binding: False, people: True, case: False}
    assert _first_steps(desk.clerk("officer").opens("/console/")) == {binding: False, case: False}
    somchai = desk.clerk("office", DIN_DAENG)
    assert _first_steps(somchai) == {guide: False}
    with desk.database.begin(clock.now()) as session:
        address = "office@din-daeng.example"
        contacts.set_contact(session, organisation=DIN_DAENG, rank=1, email=address, title="", now=clock.now())
        boundaries.add_layer(session, source="x", text="x", layer="{}", now=clock.now())
    assert _first_steps(somchai) == {}
    somchai.sees("console.today.nothing_hint")
    assert _first_steps(admin)[layer] and _first_steps(admin)[binding]  # begun; how far it is, it says
    admin.sees("console.today.first_reached", count=1, all=50).sees("console.today.first_so_far", done=3, all=5)
    anong = desk.clerk("admin", language="en").opens("/console/").sees("console.today.first_title")
    anong.sees("others with an account: 5").hides("1 others")
    assert anong.page.select_one("section.first details[open]")


def test_each_role_sees_what_waits_for_them(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    lamp = desk.chat.has_case(nid, DIN_DAENG, place=SPOT | {"org": DIN_DAENG})
    group.gets_card(lamp)
    alone = desk.chat.has_case(nid, PHRA_NAKHON)  # nobody there to have it
    secret = desk.chat.has_case(nid, DIN_DAENG, "official", description="เจ้าหน้าที่เรียกเงินห้าร้อยบาท")
    officer, office = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)
    other, viewer = desk.clerk("office", PHRA_NAKHON), desk.clerk("viewer")

    seen = _blocks(officer)
    assert alone in seen["unrouted"] and secret in seen["confidential"] and "overdue" not in seen
    admin = desk.clerk("admin").opens("/console/").sees("console.today.first_title")
    folded = admin.page.select_one("section.first details")
    assert folded and not folded.has_attr("open"), "cases come before it"
    assert "ห้าร้อย" not in officer.page.get_text() and secret in _blocks(viewer)["confidential"]
    assert lamp in _blocks(office)["unanswered"] and set(_blocks(office)) == {"unanswered"}
    assert secret not in office.page.get_text()
    assert _blocks(other) == {} or lamp not in other.page.get_text()

    desk.waits(days=6)
    officer.comes_back(), office.comes_back()
    assert lamp in _blocks(officer)["overdue"] and lamp in _blocks(office)["overdue"]
    officer.follows("console.today.open_all")
    with desk.database.begin() as session:
        case = desk.chat.case(lamp)
        now = case.created_at
        follow_ups.add(session, case_id=case.id, user_id=office.id, on_day=now.date(), words="โทรหาช่าง", now=now)
        notes.add_note(
            session,
            case_id=case.id,
            user_id=officer.id,
            organisation="omb",
            words="ฝากดูด้วย",
            shared=True,
            mentioned=[office.id],
            form="x",
            now=now,
        )
    seen = _blocks(office)
    assert "โทรหาช่าง" in seen["follow_ups"] and "ฝากดูด้วย" in seen["calls"]
    assert not {"follow_ups", "calls"} & set(_blocks(officer))


def test_what_may_be_the_same_is_found_once_and_can_be_said_to_be_another(desk: DeskHouse) -> None:
    nid, tan = desk.chat.citizen("Nid"), desk.chat.citizen("Tan")
    place = SPOT | {"org": DIN_DAENG}
    first = desk.chat.has_case(nid, DIN_DAENG, place=place)
    second = desk.chat.has_case(tan, DIN_DAENG, place=place | {"lat": 13.7698})  # some 33 metres
    desk.chat.has_case(tan, DIN_DAENG, place=place | {"lat": 13.7720})
    desk.chat.has_case(tan, DIN_DAENG, "road", place=place)
    desk.chat.has_case(tan, DIN_DAENG, "official", place=place)
    officer = desk.clerk("officer")

    for _ in range(2):
        pairing.find_pairs(desk.database)
    pairs = _blocks(officer)["pairs"]
    assert first in pairs and second in pairs and "33" in pairs
    assert officer.page.select_one("#today-pairs .today-count").get_text() == "1"  # type: ignore[union-attr]

    officer.presses("console.today.not_the_same").sees("console.today.pair_settled", newer=second, older=first)
    assert "pairs" not in _blocks(officer)
    pairing.find_pairs(desk.database)
    assert "pairs" not in _blocks(officer), "what was said is not asked again"
    officer.posts(f"/console/pairs/{second}/{first}/unsettle")
    assert "pairs" in _blocks(officer)
    assert [each.verb for each in desk.audited() if each.verb.startswith("pair")] == ["pair.settle", "pair.unsettle"]
    desk.clerk("office", DIN_DAENG).posts(f"/console/pairs/{second}/{first}/settle", 403)


def test_however_many_offices_and_cases_there_are_the_database_is_asked_as_often(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    asked: list[str] = []
    told: list[int] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    since = clock.now() - timedelta(days=30)
    for offices in (range(1001, 1003), range(1003, 1009)):
        with desk.database.begin(since) as session:
            for number in offices:
                office = f"district:{number}"
                session.add(Group(chat_id=f"C{number}", organisation=office, bound_at=since, created_at=since))
                place = {"org": office, "how": "address", "words": "ซอย 5"}
                taken = Told("สายไฟขาดห้อยลงมา", "wires", place, "phone", phone="0812345678", danger=True)
                case = intake_by_staff.take(session, taken, OFFICER, officer.id, since)
                if number % 2 == 0:  # the others never answer
                    pim = Actor(Role.COORDINATOR, person="Upim", organisation=office, chat_id=f"C{number}")
                    lifecycle.apply(session, case, Action.ACKNOWLEDGE, pim, since)
        officer.opens("/console/")
        asked.clear()
        seen = _blocks(officer)
        told.append(len(asked))
    assert "danger" in seen and "overdue" in seen and "lost" in seen
    assert told[0] == told[1] < 50
    assert seen["lost"].count("ไม่เคยตอบ") == 4 and seen["lost"].count("เงียบมา") == 1, "five of eight are shown"


def test_who_has_blocked_us_is_to_be_rung_and_that_is_why(desk: DeskHouse) -> None:
    nid, group = desk.chat.citizen("Nid"), desk.chat.coordinators(DIN_DAENG, "Pim")
    number = desk.chat.has_case(nid, DIN_DAENG)
    card = group.gets_card(number)
    nid.blocks()
    group.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    calls = _blocks(desk.clerk("officer"))["callbacks"]
    assert number in calls and "ผู้แจ้งปิดรับข้อความในไลน์" in calls


def test_danger_that_a_group_was_not_told_of_stands_first(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    desk.chat.coordinators(DIN_DAENG, "Pim")
    desk.chat.line.set_quota(300, used=300)
    number = desk.chat.has_case(nid, DIN_DAENG, danger=["fire"], description="ไฟไหม้กองขยะ")
    calm = desk.chat.has_case(nid, DIN_DAENG)
    alone = desk.chat.has_case(nid, "district:1039", danger=["fire"], description="ไฟไหม้กองขยะ")
    desk.chat.settles()
    held.mail_held(desk.database)
    more = [desk.chat.has_case(nid, "district:1039", danger=["fire"], description="ไฟไหม้กองขยะ") for _ in range(4)]
    officer = desk.clerk("officer")
    blocks = _blocks(officer)
    assert next(iter(blocks)) == "undelivered"
    link = officer.page.select_one("section[aria-labelledby=today-undelivered] a.btn")
    assert link and more[-1] not in blocks["undelivered"], "five of six are shown"
    whole = officer.opens(str(link["href"]).partition("#")[0]).page.select_one("section.today-block")
    assert whole and not whole.select("a.btn") and all(each in whole.get_text() for each in (number, alone, *more))
    assert number in blocks["undelivered"] and alone in blocks["undelivered"]
    assert calm not in blocks["undelivered"]
    assert "undelivered" not in _blocks(desk.clerk("office", DIN_DAENG))
    desk.chat.line.refusals.clear()
