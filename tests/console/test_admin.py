"""Administration: groups and their codes, how offices are reached, delivery, the bill, holidays; all of it logged."""

import json
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import update

import clock
from cases.categories import get_category, get_original, list_categories, override
from cases.triage import suggest
from cases.views import name_category
from commands.categories import categories
from places.organisations import list_khet
from storage import inbox
from storage.models import OutboxMessage
from tests.chat import listen
from tests.desk import DeskHouse
from tests.handlers.door import say

DIN_DAENG = "district:1026"


def test_a_code_made_here_binds_a_group_and_the_group_can_be_unbound(desk: DeskHouse) -> None:
    officers = desk.chat.coordinators("omb", "Orathai")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    officer, office = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)

    officer.opens("/console/admin/groups").sees("console.admin_groups.bound")
    officer.fills(organisation=DIN_DAENG).presses("console.admin_groups.make").sees("console.admin_groups.code_once")
    code = officer.page.select_one(".codes code").get_text().split()[-1]  # type: ignore[union-attr]
    assert [each.object for each in desk.audited("group.code_made")] == [DIN_DAENG]
    assert code not in str([each.details for each in desk.audited()])

    chat_id = group.id
    officer.posts("/console/admin/groups/unbind", 422, group=chat_id, reason="")
    officer.posts("/console/admin/groups/unbind", group=chat_id, reason="ตั้งกลุ่มใหม่แล้ว")
    officer.sees("console.admin_groups.unbound", office="สำนักงานเขตดินแดง")
    group.sees("group.unbound_by_staff")
    officers.sees("staff.group_lost")
    officer.posts("/console/admin/groups/unbind", 409, group=chat_id, reason="อีกครั้ง")
    group.member().says(f"ผูกกลุ่ม {code}")
    group.sees("group.bound")
    office.posts("/console/admin/groups/unbind", 403, group=chat_id, reason="ไม่ใช่ของเรา")


def test_where_an_office_is_written_to(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    admin.opens("/console/admin/offices").follows("สำนักงานเขตดินแดง").sees("console.admin_offices.no_server")
    admin.posts(f"/console/admin/offices/{DIN_DAENG}/contact", 422, rank="second", email="b@example.org")
    admin.posts(f"/console/admin/offices/{DIN_DAENG}/contact", 422, rank="first", email="no address")
    admin.posts(f"/console/admin/offices/{DIN_DAENG}/contact", rank="first", email="a@example.org", title="ผู้ช่วย")
    admin.sees("console.admin_offices.kept")
    admin.posts(f"/console/admin/offices/{DIN_DAENG}/forget").sees("console.admin_offices.forgotten", count=1)
    admin.opens("/console/admin/offices/district:9999", 404)
    assert [each.verb for each in desk.audited()] == ["contact.set", "contact.forgotten"]
    assert "example.org" not in str([each.details for each in desk.audited()])
    desk.clerk("officer").opens("/console/admin/offices", 403)


def test_what_was_given_up_is_sent_again_by_an_administrator_alone(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    number = desk.chat.has_case(nid, DIN_DAENG)
    group.gets_card(number)
    desk.chat.settles()
    with desk.database.begin() as session:
        session.execute(update(OutboxMessage).values(state="dead", last_error="400 refused"))
    officer, admin = desk.clerk("officer"), desk.clerk("admin")

    officer.opens("/console/").sees("console.today.block_dead").sees("console.today.hint_by_administrator")
    admin.opens("/console/").sees("console.today.hint_dead").hides("console.today.hint_by_administrator")
    officer.opens("/console/admin/delivery").sees("console.admin_delivery.by_administrator").sees("400 refused").sees(
        number
    ).hides("ไฟถนนดับ")
    officer.sees("console.admin_delivery.why_400").sees("console.admin_delivery.what_card")
    assert not {"card", "line", "track"} & set(officer.words.split()), "nothing is called as the program calls it"
    officer.posts("/console/admin/delivery/resend", 403, key="1")
    admin.opens("/console/admin/delivery").presses("console.admin_delivery.resend")
    admin.sees("console.admin_delivery.none")
    admin.posts("/console/admin/delivery/resend", key=["x", "m", "99999999999999999999"])
    assert len(desk.audited("delivery.resent")) == 1
    desk.chat.settles()  # what was sent again has its price now
    officer.opens("/console/admin/quota").sees("console.admin_quota.dearest").sees("console.admin_delivery.what_card")
    told = [cell.get_text(strip=True) for cell in officer.page.select("tbody td:last-child")]
    assert not any(re.search("[a-z]", words) for words in told), "nothing is called as the program calls it"
    officer.opens("/console/admin/quota?month=nonsense").sees("console.menu.quota")
    desk.clerk("office", DIN_DAENG).opens("/console/admin/quota", 403)

    # what came from LINE and could not be worked on is told in words, with another try
    dao, lamp = desk.chat.citizen("Dao"), "ไฟดับหน้าปากซอยมืดมาก"
    left = {
        "of-dao": (dao.id, "text", json.dumps(say(lamp, dao.id)), "KeyError: 'ไฟดับหน้าปากซอย'"),
        "of-nid": (nid.id, "image", json.dumps(say(lamp, nid.id)), "KeyError: 'ไฟดับหน้าปากซอย'"),
        "of-group": (group.id, "text", json.dumps(say(lamp, group.id)), "StaleDataError: row"),
        "of-none": (None, "undigested", "{}", "no usable event type"),
    }
    an_hour_ago = clock.now() - timedelta(hours=1)
    with desk.database.begin(an_hour_ago) as session:
        inbox.record(
            session, event_id="of-torn", chat_id=None, kind="undigested", raw='{"type": "mess',
            received_at=an_hour_ago, state="failed", reason="no usable event type",
        )  # fmt: skip
        for key, (chat_id, kind, raw, reason) in left.items():
            raw = raw.replace(json.loads(raw).get("webhookEventId", key), key)
            inbox.record(
                session, event_id=key, chat_id=chat_id, kind=kind, raw=raw, received_at=an_hour_ago,
                state="failed", reason=reason,
            )  # fmt: skip
    page = "/console/admin/delivery"
    officer.opens(page).sees("console.admin_delivery.of_group", office="สำนักงานเขตดินแดง").sees("KeyError")
    officer.sees("console.admin_delivery.why_program").sees("console.admin_delivery.why_unread").sees(number)
    officer.sees("console.admin_delivery.event_photo").sees("console.admin_delivery.of_nobody").hides(
        lamp, "undigested"
    )
    officer.hides("หน้าปากซอย").posts(f"{page}/replay", 403, event="of-dao")
    admin.opens(page).posts(f"{page}/replay", event=["", "never-there"])
    listen(dao)
    admin.presses("console.admin_delivery.replay").sees("console.admin_delivery.replayed", done=1, late=2, failed=2)
    assert len(dao.heard()) == 1 and [each.details for each in desk.audited("delivery.events_tried")] == [
        {"count": 5, "done": 1}
    ]
    admin.sees("console.admin_delivery.of_nobody").hides("KeyError")
    desk.chat.expected_failures = ["no usable event type"] * 2
    desk.chat.must_be_clean()


def test_a_day_off_counts_the_clocks_anew_and_can_be_undone(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    officer.opens("/console/admin/holidays?year=2027").sees("2570")
    officer.fills(day="2027-01-04", how="off", reason="ครม. ประกาศ").presses("console.admin_holidays.keep")
    officer.sees("ครม. ประกาศ").presses("console.base.undo").hides("ครม. ประกาศ")
    english = desk.clerk("officer", language="en").opens("/console/admin/holidays?year=2027").sees("Songkran Festival")
    english.hides("วันสงกรานต์")
    officer.opens("/console/admin/holidays?year=2027").sees("วันสงกรานต์").hides("Songkran")
    officer.posts("/console/admin/holidays", 422, day="2027-02-30", how="off")
    officer.posts("/console/admin/holidays", 422, day="2027-02-03", how="perhaps")
    officer.posts("/console/admin/holidays/nonsense/unset", 404)
    assert [each.verb for each in desk.audited()] == ["holiday.set", "holiday.unset"]


def test_a_ready_text_is_offered_changed_and_taken_away(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    officer.opens("/console/admin/ready").sees("console.admin_ready.none")
    words = {"label": "เลขเสา", "th": "ขอเลขเสาไฟ", "en": "Which pole?"}
    officer.fills(words, category="lighting").presses("console.admin_ready.keep").sees("ขอเลขเสาไฟ")
    officer.follows("console.admin_ready.edit").fills(th="ขอเลขที่เสาไฟ").presses("console.admin_ready.keep")
    officer.sees("ขอเลขที่เสาไฟ").hides("ขอเลขเสาไฟ")
    officer.presses("console.admin_ready.withdraw").sees("console.admin_ready.none")
    officer.presses("console.base.undo").sees("ขอเลขที่เสาไฟ")
    officer.posts("/console/admin/ready", 422, purpose="tell", label="", th="", en="")
    officer.posts("/console/admin/ready", 422, **words, purpose="shout")
    officer.posts("/console/admin/ready/999/withdraw", 404)
    desk.clerk("viewer").opens("/console/admin/ready", 403)


def test_another_boundary_layer_is_imported_looked_at_and_given_back(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")

    def write(west: float) -> bytes:
        ring = [[west, 13.7], [west + 0.01, 13.7], [west, 13.71], [west, 13.7]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        khet = [{"type": "Feature", "properties": {"dcode": each.dcode}, "geometry": shape} for each in list_khet()]
        return json.dumps({"type": "FeatureCollection", "features": khet}).encode()

    admin.opens("/console/admin/boundaries").sees("console.admin_boundaries.none")
    for bad in (b"", b"\xff\xfe", b"{}", b"[" * 100_000, write(100.5)[:200]):
        admin.opens("/console/admin/boundaries").attaches("file", bad)
        admin.presses("console.admin_boundaries.import", 422)
    for west in (100.5, 100.6):
        admin.opens("/console/admin/boundaries").attaches("file", write(west))
        admin.presses("console.admin_boundaries.import").sees("console.admin_boundaries.used")
    admin.opens("/console/admin/boundaries?point=13.702,100.602").sees("เขต").hides("console.admin_boundaries.outside")
    admin.opens("/console/admin/boundaries?point=nonsense").sees("console.admin_boundaries.outside")
    admin.presses("console.admin_boundaries.use")
    admin.opens("/console/admin/boundaries?point=13.702,100.602").sees("console.admin_boundaries.outside")
    desk.clerk("officer").opens("/console/admin/boundaries", 403)
    assert [each.verb for each in desk.audited()].count("boundaries.imported") == 2


def test_a_category_gets_other_names_and_days_and_is_offered_no_more(
    desk: DeskHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    nid = desk.chat.citizen("Nid")
    admin, page = desk.clerk("admin"), "/console/admin/categories"
    admin.opens(page).sees("console.admin_categories.levels").sees("แสงสว่าง").hides("console.admin_categories.revert")
    admin.opens(f"{page}?change=lighting").fills(th="ไฟทางสาธารณะ", en="Lamps", resolve_days="5", offered=False)
    admin.presses("console.admin_categories.keep").sees("ไฟทางสาธารณะ").sees("console.admin_categories.was", what=3)

    assert (name_category("lighting", "en"), get_category("lighting").resolve_days) == ("Lamps", 5)
    monkeypatch.setenv("DATABASE_URL", desk.settings.database_url)
    listed = [json.loads(line) for line in CliRunner().invoke(categories).stdout.splitlines()]
    assert [(each["th"], each["resolve_days"]) for each in listed if each["code"] == "lighting"] == [
        ("ไฟทางสาธารณะ", 5)
    ]
    nid.says("แจ้งเรื่อง").sees("report.ask_description").says("ไฟถนนดับทั้งซอย").sees("report.ask_category")
    assert "ไฟทางสาธารณะ" not in str(nid.last)
    override({})  # another process, that took no form: it looks by itself
    desk.parts.overrides.read()
    assert not get_category("lighting").offered

    admin.presses("console.base.undo").hides("ไฟทางสาธารณะ")
    assert get_category("lighting") == get_original("lighting")
    admin.presses("console.base.undo").sees("ไฟทางสาธารณะ")
    admin.presses("console.admin_categories.revert").hides("ไฟทางสาธารณะ")
    verbs = [each.verb for each in desk.audited()]
    assert verbs == ["category.changed", "category.reverted", "category.changed", "category.reverted"]
    assert desk.audited()[0].details["resolve_days"] == [3, 5]


def test_a_category_that_would_not_work_is_refused(desk: DeskHouse) -> None:
    admin, page = desk.clerk("admin"), "/console/admin/categories"
    good = {"th": "ไฟทาง", "en": "Lamps", "resolve_days": "5", "offered": "1"}
    for wrong in (
        {"th": ""},
        {"th": "ก" * 21},
        {"en": "L\u200bamps"},
        {"en": "ทางเท้า"},
        {"en": "foot PATH"},
        {"resolve_days": "0"},
        {"resolve_days": "91"},
        {"resolve_days": "๕"},
        {"resolve_days": "9" * 5000},
    ):
        admin.posts(f"{page}/lighting", 422, **(good | wrong))
    for code in ("official", "other"):
        original = get_original(code)
        admin.posts(f"{page}/{code}", 422, th=original.th, en=original.en, resolve_days="7", offered="")
    left = [each for each in list_categories() if each.code not in ("official", "other")]
    for count, each in enumerate(left):
        status = 200 if count < len(left) - 3 else 422  # three more beside "other"
        admin.posts(f"{page}/{each.code}", status, th=each.th, en=each.en, resolve_days="7", offered="")
    assert len(suggest("ไฟถนนดับ ขยะ น้ำท่วม").codes) == 3 and suggest("ไฟถนนดับ").codes[0] != "lighting"
    admin.posts(f"{page}/potholes", 404, **good)
    admin.posts(f"{page}/potholes/revert", 404)
    admin.opens(f"{page}?change=potholes").sees("console.admin_categories.what")
    desk.clerk("officer").opens(page, 403)
