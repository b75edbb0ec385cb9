"""Category and place of a case put right from its page: what is shown before it goes, who hears, and who may not."""

from datetime import datetime

import pytest
from sqlalchemy import select

from storage.models import Case, SlaClock
from tests.chat import listen
from tests.desk import DeskHouse
from texts.catalog import say

DIN_DAENG, HUAI_KHWANG = "district:1026", "district:1017"
OFFER = "ขอโอนไปสำนักงานเขตห้วยขวางด้วย"


def test_a_category_is_put_right_and_back(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-23 10:00")
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    number = desk.chat.has_case(nid)
    group.gets_card(number)
    page = f"/console/cases/{number}"
    orathai, wipa = desk.clerk("officer"), desk.clerk("officer", name="Wipa")
    somchai, viewer = desk.clerk("office", DIN_DAENG), desk.clerk("viewer")
    listen(nid, group)

    # an office passes a case on, and changes nothing of it; who only looks, neither
    somchai.opens(page).hides("console.case.part_correct").opens(f"{page}/do/correct_category")
    somchai.sees("console.case.wrong_right").hides("console.case.wrong_standing")
    somchai.posts(f"{page}/do/correct_category", 409, form="a" * 20, version="2", category="waste", stage="send")
    viewer.opens(f"{page}/do/correct_category", 403)

    # what changes stands there before it goes; two officers do not overwrite each other
    orathai.opens(page).follows("console.case.do_correct_category")
    assert orathai.field("category") == "lighting"
    assert len(orathai.page.select("optgroup[label]")) == 3
    orathai.presses("console.case.preview", 422).sees("console.case.wrong_words")
    orathai.fills(words="ในรูปเป็นขยะ").presses("console.case.preview", 422).sees("correct.is_so")
    wipa.opens(f"{page}/do/correct_category").fills(category="tree", words="ในรูปเป็นต้นไม้")
    orathai.fills(category="waste").presses("console.case.preview").sees("console.case.will_change")
    orathai.sees("console.case.reporter_reads_nothing").sees("ขยะ ความสะอาด").sees("ในรูปเป็นขยะ")
    assert desk.chat.case(number).category == "lighting"
    orathai.presses("console.case.send").sees("console.case.done").sees("ขยะ ความสะอาด").sees("ในรูปเป็นขยะ")
    wipa.presses("console.case.preview", 409).sees("console.case.moved_meanwhile")
    assert (wipa.field("category"), wipa.field("words")) == ("tree", "ในรูปเป็นต้นไม้")
    assert desk.chat.case(number).category == "waste"

    # nobody is called for it: the office reads it with what is said there next
    nid.sees_nothing()
    group.sees_nothing().member("Pim").says("ช่วยเหลือ")
    group.sees("group.corrected_category", number=number, after="ขยะ ความสะอาด", before="ไฟส่องสว่าง")
    somchai.opens(page).sees("ในรูปเป็นขยะ").hides("Orathai")

    # the latest is what an undo takes back: of an office's step it asks otherwise
    orathai.opens(page).sees("console.case.undo_ask_correction").follows("console.case.do_acknowledge")
    orathai.presses("console.case.send").sees("console.case.undo_ask").hides("console.case.undo_ask_correction")
    orathai.follows("console.case.do_correct_category").fills(category="wires", words="สายไฟห้อย")
    orathai.presses("console.case.preview").sees("console.case.danger_prone")
    orathai.presses("console.case.danger_raise").hides("console.case.danger_prone").sees("console.case.danger_yes")
    listen(group)
    orathai.presses("console.case.send")
    group.sees("group.corrected_danger_mend", number=number, after="สายไฟ สายสื่อสาร")
    orathai.presses("console.base.undo").sees("console.case.undone").sees("ขยะ ความสะอาด")
    assert desk.chat.case(number).danger == []
    audited = [entry.details for entry in desk.audited("case.correct_category")]
    assert audited == [
        {"before": "lighting", "after": "waste"},
        {"before": "waste", "after": "wires", "danger": "yes"},
    ]

    # the Ombudsman's alone: said before, and from then on behind the question why
    orathai.follows("console.case.do_correct_category").fills(category="official", words="ร้องเรียนเจ้าหน้าที่")
    listen(group)
    orathai.presses("console.case.preview").sees("console.case.shield_warning").sees("console.case.undo_not_secret")
    orathai.presses("console.case.send")
    orathai.sees("console.case.secret_why").hides("ในรูปเป็นขยะ")
    orathai.opens(f"{page}/do/correct_place").sees("console.case.secret_why")
    somchai.opens(page, 404)
    nid.sees("told.shield")
    group.sees_nothing()

    # a slip: put back with a reason, as every lifting; the case is handed out again after that
    listen(nid)
    orathai.opens(page).fills(reason="กดผิดประเภท").presses("console.case.secret_open").hides("console.case.undo_ask")
    orathai.follows("console.case.do_unshield").presses("console.case.preview", 422).sees("console.case.wrong_words")
    orathai.fills(words="กดผิด").presses("console.case.preview").sees("console.case.lift_warning").sees("ขยะ ความสะอาด")
    assert desk.chat.case(number).confidential
    orathai.presses("console.case.send").sees("console.case.done").hides("do/unshield")
    case = desk.chat.case(number)
    assert (case.category, case.confidential, case.owner) == ("waste", False, "omb")
    assert desk.chat.history(number)[-2:] == ["correct", "lift"]
    nid.sees("told.lift")
    somchai.opens(page, 404)
    group.sees_nothing()
    desk.chat.must_be_clean()


def _list_running(desk: DeskHouse, number: str) -> list[tuple[str, datetime]]:
    """The clocks of a case, and when each is due."""
    found = select(SlaClock.kind, SlaClock.due_at).join(Case, Case.id == SlaClock.case_id)
    with desk.database.read() as session:
        rows = session.execute(found.where(Case.number == number, SlaClock.stopped_at.is_(None)))
        return sorted((kind, due) for kind, due in rows)


@pytest.mark.usefixtures("two_khet")
def test_a_place_is_put_right_and_the_case_handed_over(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-23 10:00")
    nid = desk.chat.citizen("Nid")
    din_daeng, huai_khwang = desk.chat.coordinators(DIN_DAENG), desk.chat.coordinators(HUAI_KHWANG)
    number = desk.chat.has_case(nid)
    din_daeng.gets_card(number)
    page = f"/console/cases/{number}"
    orathai = desk.clerk("officer")

    orathai.opens(page).follows("console.case.do_correct_place")
    assert orathai.field("place") == "ซอย 5" and orathai.page.select_one("#intake-map[data-source]")
    orathai.fills(spot="ตรงนี้", words="ปักผิด").presses("console.case.preview", 422).sees("console.intake.wrong_spot")
    orathai.fills(spot="", place="").presses("console.case.preview", 422).sees("console.case.wrong_where")

    # words alone stay in the district; a pin near a border names both
    orathai.fills(place="ซอย 7", spot="").presses("console.case.preview").hides("console.case.elsewhere")
    orathai.presses("console.case.edit").fills(spot="13.7500, 100.5499").presses("console.case.preview")
    orathai.sees("console.case.near_border", others="เขตห้วยขวาง").sees("console.case.choose_khet")
    assert [each["value"] for each in orathai.page.select("[name=stage]")] == ["preview", "preview", "edit"]
    unchosen = {
        str(each["name"]): each["value"] for each in orathai.page.select("form:has([value=edit]) input[type=hidden]")
    }
    orathai.posts(f"{page}/do/correct_place", 422, **unchosen | {"stage": "send"}).sees("console.case.wrong_khet")
    assert (orathai.field("place"), orathai.field("spot"), orathai.field("org")) == ("ซอย 7", "13.7500, 100.5499", "")
    assert desk.chat.case(number).place == "ซอย 5"
    orathai.presses("console.case.preview").presses("อยู่ในเขตดินแดง").presses("console.case.send")
    case = desk.chat.case(number)
    assert (case.place, case.district, case.alternatives) == ("ซอย 7", DIN_DAENG, [HUAI_KHWANG])
    orathai.sees("13.750000, 100.549900").presses("console.base.undo").sees("ซอย 5")
    assert desk.chat.case(number).latitude is None

    # in another district: it stays where it is, unless it is handed over, by an offer or at once
    orathai.follows("console.case.do_correct_place").fills(spot="13.75,100.58", words="ปักผิดเขต โทร 0812345678")
    orathai.presses("console.case.preview").sees("console.case.elsewhere").hides("transfer.over")
    orathai.presses(OFFER).sees("console.case.handing").sees("told.offered")
    orathai.sees("group.step_offered", office="เขตห้วยขวาง")
    orathai.presses("console.case.handing_not").hides("told.offered", "ขอโอนไปเขตห้วยขวาง รอตอบรับ")
    listen(nid, huai_khwang, din_daeng)
    orathai.presses(OFFER).presses("console.case.send").sees("status.transferring")
    din_daeng.member("Pim").says("งานค้าง").sees("group.step_offered", office="เขตห้วยขวาง")
    nid.sees("told.offered", number=number, receiver="สำนักงานเขตห้วยขวาง")
    huai_khwang.gets_card(number)
    case = desk.chat.case(number)
    assert (case.owner, case.transfer_to, case.district) == (DIN_DAENG, HUAI_KHWANG, HUAI_KHWANG)
    assert desk.chat.history(number)[-2:] == ["correct", "transfer"]
    assert desk.audited("case.correct_place")[-1].details == {
        "before": DIN_DAENG,
        "after": HUAI_KHWANG,
        "receiver": HUAI_KHWANG,
    }

    # what went together is taken back together, and is as whole when it is done once more
    orathai.sees("console.case.undo_ask_both").presses("console.case.undo").sees("console.case.undone")
    din_daeng.member("Pim").says("งานค้าง").sees("group.corrected_place", number=number, place="ซอย 5")
    assert any(f"{number} → " in each and "ทำในระบบของเจ้าหน้าที่" in each for each in din_daeng.heard())
    case = desk.chat.case(number)
    assert (case.status, case.transfer_to, case.district, case.latitude) == ("dispatched", None, DIN_DAENG, None)
    assert (
        desk.chat.history(number)[-2:] == ["undo", "correct"] and orathai.page.select_one("form[action*=undo]") is None
    )
    orathai.opens(f"{page}/do/correct_place").fills(spot="13.75,100.58", words="ปักผิดเขต โทร 0812345678")
    orathai.presses("console.case.preview").presses(OFFER).presses("console.case.send")

    # who gave it away sees the list, not a page that is not there; what lies before the officers they hand out at once
    for office, step in ((HUAI_KHWANG, "bounce"), (DIN_DAENG, "decline")):
        clerk = desk.clerk("office", office).opens(page).follows(f"console.case.do_{step}")
        clerk.fills(words="ไม่ใช่พื้นที่ของเรา").presses("console.case.preview").presses("console.case.send")
        clerk.sees("console.case.done")
    orathai.opens(page).follows("console.case.do_correct_place").fills(words="นอกเขต", spot="13.9,100.9")
    orathai.presses("console.case.preview").sees("console.case.place_outside").hides("console.case.elsewhere")
    orathai.sees("console.case.choose_outside").hides("console.case.pin_elsewhere")
    orathai.presses("console.case.lies_outside").hides("หมุดอยู่นอกกรุงเทพฯ กรุณายืนยัน").sees("console.case.send")
    orathai.presses("console.case.edit").fills(spot="13.75,100.57", place="ซอย 5 เขตดินแดง", org="")
    orathai.presses("console.case.preview").sees("console.case.place_words_differ", khet="เขตดินแดง")
    orathai.sees("console.case.pin_decides", pin="เขตห้วยขวาง").hides("console.case.near_border")
    orathai.presses("ใช้เขตดินแดงตามข้อความ หมุดอยู่ที่เดิม").hides("console.case.place_words_differ")
    # a khet that is far from the pin is none of its border: which is right is asked
    orathai.sees("console.case.pin_elsewhere", pin="เขตห้วยขวาง", khet="เขตดินแดง").hides("console.case.near_border")
    orathai.presses("เอาหมุดออก ใช้เขตดินแดง").hides("หมุดอยู่ใน", "console.case.elsewhere")
    assert orathai.page.select_one("[name=spot]") is None and orathai.field("org") == DIN_DAENG
    orathai.presses("console.case.edit").fills(org=DIN_DAENG, spot="13.75,100.57").presses("console.case.preview")
    orathai.presses("ใช้เขตห้วยขวางตามหมุด").hides("console.case.pin_elsewhere")
    # handed out by mistake: one press brings it back, with the place, the owner and what runs for it
    before, ran = desk.chat.case(number), _list_running(desk, number)
    listen(nid, huai_khwang, din_daeng)
    orathai.presses("ส่งเรื่องให้สำนักงานเขตห้วยขวางด้วย").sees("console.case.undo_handed", minutes=15)
    orathai.presses("console.case.send").presses("console.base.undo").sees("console.case.undone")
    case = desk.chat.case(number)
    for part in ("status", "owner", "district", "place", "longitude", "promised_on", "acknowledge_by"):
        assert getattr(case, part) == getattr(before, part), part
    assert (case.status, _list_running(desk, number)) == ("declined", ran)
    assert desk.chat.history(number)[-4:] == ["correct", "dispatch", "undo", "correct"]
    nid.sees("told.not_sent", number=number, receiver="สำนักงานเขตห้วยขวาง")
    for group, words in ((huai_khwang, "transfer.over"), (din_daeng, "group.handing_undone")):
        group.member("Pim").says("ช่วยเหลือ")
        group.sees(words, number=number)
    orathai.hides("console.case.undo_ask_handed").opens(f"{page}/do/correct_place")
    orathai.fills(words="นอกเขต", spot="13.75,100.57", place="ซอย 5").presses("console.case.preview")
    listen(nid)
    orathai.presses("ส่งเรื่องให้สำนักงานเขตห้วยขวางด้วย").sees("told.dispatched").presses("console.case.send")
    orathai.opens(page).sees("console.case.undo_ask_handed", office="สำนักงานเขตห้วยขวาง")
    desk.chat.waits(minutes=16)
    orathai.opens(page).hides("เอาเรื่องกลับจาก")
    assert (desk.chat.case(number).owner, desk.chat.history(number)[-2:]) == (HUAI_KHWANG, ["correct", "dispatch"])
    nid.sees("told.dispatched", office="สำนักงานเขตห้วยขวาง")
    kan = desk.clerk("office", HUAI_KHWANG).opens(page).hides("0812345678")
    # what the office that lost it is still to read outlives an undo that moves nothing
    kan.follows("console.case.do_acknowledge").presses("console.case.send").opens(page).presses("console.case.undo")
    listen(din_daeng)
    din_daeng.member("Pim").says("ช่วยเหลือ")
    din_daeng.sees("desk.group_placed", number=number, office="สำนักงานเขตห้วยขวาง")
    desk.chat.must_be_clean()


def test_an_undo_names_its_step_and_reaches_for_no_older_one(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-11-23 18:00")
    nid = chat.citizen("Nid")
    group = chat.coordinators(DIN_DAENG, "Pim")
    number = chat.has_case(nid)
    group.gets_card(number)
    page = f"/console/cases/{number}"
    orathai, somchai = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)

    # two corrections over a promise: each is taken back by itself, and the promise is not what comes to hand next
    somchai.opens(page).follows("console.case.do_promise").fills(day="2026-11-26").presses("console.case.preview")
    somchai.presses("console.case.send")
    orathai.opens(page).follows("console.case.do_correct_category").fills(category="waste", words="ในรูปเป็นขยะ")
    orathai.presses("console.case.preview").presses("console.case.send")
    orathai.follows("console.case.do_correct_place").fills(place="ซอย 7", words="คนละซอย")
    orathai.presses("console.case.preview").presses("console.case.send").sees("ซอย 7")
    orathai.presses("console.case.undo").sees("console.case.undone").sees("console.case.undo_ask_correction")
    orathai.hides("console.case.undo_ask").sees("ขั้นตอนนี้คือ แก้ประเภทจาก ไฟส่องสว่าง เป็น ขยะ ความสะอาด (Orathai")
    orathai.presses("console.case.undo")
    case = chat.case(number)
    assert (case.category, case.place, case.status) == ("lighting", "ซอย 5", "in_progress")
    assert case.promised_on is not None
    orathai.sees("console.case.undo_ask").sees("console.case.undo_told").sees("(Somchai · เขตดินแดง)")
    somchai.opens(page).sees("console.case.undo_ask").presses("console.case.undo")
    assert chat.case(number).status == "dispatched"
    chat.must_be_clean()


def test_danger_is_lowered_after_the_office_has_acted_and_puts_no_repair_later(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-11-23 09:00")
    nid, group = chat.citizen("Nid"), chat.coordinators(DIN_DAENG, "Pim")
    number = chat.has_case(nid)
    card = group.gets_card(number)
    page = f"/console/cases/{number}"
    orathai, somchai = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)
    calm = dict(_list_running(desk, number))
    orathai.opens(page).hides("console.case.do_calm").follows("console.case.do_correct_category")
    orathai.fills(category="road", danger=True, words="เสาเอียง").presses("console.case.preview")
    orathai.presses("console.case.send")
    group.reads("พบว่ามีอันตราย")
    group.member("Pim").taps("button.acknowledge", card)
    orathai.opens(page).follows("console.case.do_correct_category").fills(category="waste", words="ขยะล้ม")
    orathai.presses("console.case.preview").sees("console.case.clock_resolve").presses("console.case.send")
    mend = dict(_list_running(desk, number))["resolve"]

    # danger, and a kind that has more days: it is due no later than before
    orathai.follows("console.case.do_correct_category").fills(category="road", words="ถนนทรุด")
    orathai.presses("console.case.preview").hides("console.case.clock_resolve").presses("console.case.send")
    assert dict(_list_running(desk, number))["resolve"] == mend

    # nobody else may lower it; it wants a reason, and shows first what comes of it
    somchai.opens(page).hides("console.case.do_calm").opens(f"{page}/do/calm").sees("console.case.wrong_right")
    orathai.follows("console.case.do_calm").presses("console.case.preview", 422).sees("console.case.wrong_words")
    orathai.fills(words="ดูรูปแล้วไม่เอียง").presses("console.case.preview").sees("console.case.clock_resolve")
    orathai.sees("group.corrected_calm_mend", number=number, after="ถนน สะพาน อาคาร", due="จ. 30 พ.ย. 09:00 น.").sees(
        "console.case.reporter_reads_nothing"
    )
    assert chat.case(number).danger
    listen(nid, group)
    orathai.presses("console.case.send").sees("ดูรูปแล้วไม่เอียง").sees("console.case.did_calm")
    group.sees("group.corrected_calm_mend", number=number, after="ถนน สะพาน อาคาร", due="จ. 30 พ.ย. 09:00 น.")
    nid.sees_nothing()
    assert chat.case(number).danger == [] and dict(_list_running(desk, number))["resolve"] > mend
    somchai.opens(page).sees("ดูรูปแล้วไม่เอียง")
    assert len(desk.audited("case.calm")) == 1

    # a slip is taken back, and told as danger is; then it is no danger again
    orathai.presses("console.base.undo").sees("console.case.undone")
    assert chat.case(number).danger and dict(_list_running(desk, number))["resolve"] == mend
    group.reads("พบว่ามีอันตราย")
    orathai.follows("console.case.do_calm").fills(words="ไม่เอียง").presses("console.case.preview")
    orathai.presses("console.case.send").hides("do/calm")

    # what the office takes back then runs as it would have without any danger
    somchai.opens(page).presses("console.case.undo")
    assert _list_running(desk, number) == [(kind, calm[kind]) for kind in sorted(calm)]
    orathai.follows("console.case.do_correct_category").fills(danger=True, words="เอียงจริง")
    orathai.presses("console.case.preview").presses("console.case.send").opens(f"{page}/do/calm")
    orathai.fills(words="ไม่เอียง").presses("console.case.preview").presses("console.case.send")
    assert _list_running(desk, number) == [(kind, calm[kind]) for kind in sorted(calm)]

    # both in one step
    somchai.opens(page).follows("console.case.do_acknowledge").presses("console.case.send")
    orathai.opens(f"{page}/do/correct_category").fills(category="waste", words="ขยะ").presses("console.case.preview")
    orathai.presses("console.case.send").follows("console.case.do_correct_category")
    mend = dict(_list_running(desk, number))["resolve"]
    orathai.fills(category="road", danger=True, words="ทรุด").presses("console.case.preview")
    orathai.hides("console.case.clock_resolve").presses("console.case.send")
    assert chat.case(number).danger and dict(_list_running(desk, number))["resolve"] == mend
    chat.must_be_clean()


def test_a_case_given_to_the_wrong_office_is_brought_back_by_one_press(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-11-23 10:00")
    nid, group = chat.citizen("Nid"), chat.coordinators(DIN_DAENG, "Pim")
    numbers = [chat.has_case(nid, place={"org": "omb", "how": "unknown", "words": "ซอย 5"}) for _ in range(2)]
    page = f"/console/cases/{numbers[0]}"
    orathai = desk.clerk("officer").opens(page)
    before, ran = chat.case(numbers[0]), _list_running(desk, numbers[0])
    for words in ("console.base.undo", "console.case.undo"):
        listen(nid, group)
        orathai.follows("console.case.do_place").fills(search="ดินแดง").presses("console.case.search")
        orathai.fills(receiver=DIN_DAENG).presses("console.case.preview").sees("console.case.undo_handed", minutes=15)
        orathai.presses("console.case.send").sees("console.case.undo_ask_placed", office="สำนักงานเขตดินแดง")
        group.gets_card(numbers[0])
        listen(nid)
        orathai.presses(words).sees("console.case.undone").hides("console.case.undo_ask_placed")
        case = chat.case(numbers[0])
        for part in ("status", "owner", "district", "place", "promised_on", "acknowledge_by"):
            assert getattr(case, part) == getattr(before, part), part
        assert (_list_running(desk, numbers[0]), case.owner) == (ran, "omb")
        nid.sees("told.not_sent", number=numbers[0], status="รอส่งให้หน่วยงาน")
    group.member("Pim").says("ช่วยเหลือ")
    group.sees("transfer.over", number=numbers[0])

    # what its reporter adds meanwhile hinders nobody, nor a slip that was itself taken back; a word of the office does
    chat.coordinators("omb", "Dao")
    kai = chat.citizen("Kai")
    number = chat.has_case(kai, place={"org": "omb", "how": "unknown", "words": "ซอย 5"})
    page, ran = f"/console/cases/{number}", _list_running(desk, number)
    placed = say("th", "console.case.undo_ask_placed", office="สำนักงานเขตดินแดง")
    for _ in range(2):
        orathai.opens(page).follows("console.case.do_place").fills(search="ดินแดง").presses("console.case.search")
        orathai.fills(receiver=DIN_DAENG).presses("console.case.preview").presses("console.case.send").sees(placed)
        if chat.history(number)[-2:] != ["undo", "dispatch"]:
            kai.says("ติดตามเรื่อง").taps("button.add_more").says("เสาที่สามจากปากซอย").taps("addition.done")
            listen(kai)
            orathai.opens(page).sees(placed).follows("console.case.do_correct_category")
            orathai.fills(danger=True, words="เอียง").presses("console.case.preview").presses("console.case.send")
            orathai.hides(placed).presses("console.case.undo").sees(placed).presses("console.case.undo").hides(placed)
            assert (_list_running(desk, number), chat.case(number).owner) == (ran, "omb")
            kai.sees("told.not_sent_omb", number=number, receiver="สำนักงานเขตดินแดง")
    clerk = desk.clerk("office", DIN_DAENG).opens(page).follows("console.case.do_write").fills(words="พรุ่งนี้ช่างจะไปดู")
    clerk.presses("console.case.preview").presses("console.case.send")
    orathai.opens(page).hides(placed)

    # many at once too, but for those that the office has in hand by then
    orathai.opens("/console/cases").fills(case=numbers, do="place").presses("console.cases.bulk_next")
    orathai.fills(receiver=DIN_DAENG).presses("console.bulk.look").sees("console.bulk.can_undo")
    orathai.presses(say("th", "console.bulk.do", step=say("th", "console.case.do_place"), count=2))
    group.member("Pim").taps("button.acknowledge", group.gets_card(numbers[1]))
    orathai.presses("console.bulk.undo").sees("console.bulk.undone", count=1, late=1)
    assert [chat.case(number).owner for number in numbers] == ["omb", DIN_DAENG]
    chat.must_be_clean()
