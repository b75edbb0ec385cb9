"""What is done at a desk: its group reads it in its own words with the next answer, and a reporter reads no number."""

from datetime import timedelta

import clock
from cases import lifecycle
from cases.statuses import Action, Actor, Role
from storage import cases as stored
from storage import waiting
from tests.chat import listen
from tests.desk import DeskHouse
from texts.catalog import say

DIN_DAENG, HUAI_KHWANG = "district:1026", "district:1017"
MOBILE, SENTENCE = "0861112222", "ช่างสมชาย 0861112222 จะไป"


def test_a_group_reads_what_was_done_at_the_desk_at_any_hour_while_it_holds(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG, "Pim")
    number = desk.chat.has_case(nid)
    card = group.gets_card(number)
    desk.chat.turns_to("2026-11-28 22:30")  # Saturday night
    page, orathai = f"/console/cases/{number}", desk.clerk("officer")
    listen(group, nid)

    # the day and the words stand in the line, and that it will be read later
    orathai.opens(f"{page}/do/promise").fills(day="2026-12-02").presses("console.case.preview")
    orathai.sees("console.case.group_reads", office="เขตดินแดง").sees("console.case.group_reads_later")
    orathai.sees("group.promised", due="พ. 2 ธ.ค.").presses("console.case.send")
    group.sees_nothing()
    group.member().says("งานค้าง").reads("→ นัดแก้ไข พ. 2 ธ.ค. (").sees("card.open_title")
    listen(group)
    group.member().says("งานค้าง").sees("card.open_title")
    assert not any("ทำในระบบ" in words for words in group.heard()), "it is said once"

    # a later line takes its place, with its reason, and comes with the answer to a tap
    for day, why in (("2026-12-03", "รออะไหล่"), ("2026-12-04", "ฝนตก โทร 0861112222")):
        orathai.opens(f"{page}/do/promise").fills(day=day, words=why).presses("console.case.preview")
        orathai.presses("console.case.send")
    listen(group)
    group.member().taps("button.resolve", card)
    [line] = [words for words in group.heard() if "ทำในระบบ" in words]
    assert "ศ. 4 ธ.ค." in line and "ฝนตก" in line and MOBILE not in line and "รออะไหล่" not in line

    # what was done is read by whoever the field names
    other = desk.chat.has_case(nid)
    orathai.opens(f"/console/cases/{other}/do/resolve").sees("console.case.words_done_hint")
    orathai.fills(words="เปลี่ยนหลอดแล้วสองดวง").presses("console.case.preview")
    orathai.sees("เปลี่ยนหลอดแล้วสองดวง").presses("console.case.send")
    listen(group)
    group.member().says("งานค้าง").reads(f"{other} → แก้ไขแล้ว").reads("เปลี่ยนหลอดแล้วสองดวง")

    # of a case that is over nothing more is told
    third = desk.chat.has_case(nid)
    orathai.opens(f"/console/cases/{third}/do/start").presses("console.case.send")
    with desk.database.begin(clock.now()) as session:
        assert waiting.has_kind(session, waiting.AT_DESK, clock.now() + timedelta(minutes=1))
        case = stored.find_case_by_number(session, third, lock=True)
        assert case is not None
        lifecycle.apply(session, case, Action.WITHDRAW, Actor(Role.REPORTER, nid.id, chat_id=nid.id), clock.now())
    with desk.database.read() as session:
        assert not waiting.has_kind(session, waiting.AT_DESK, clock.now() + timedelta(minutes=1))
    desk.chat.must_be_clean()


def test_an_office_learns_what_the_desk_passes_on_refers_and_writes(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-23 09:00")
    nid, din_daeng = desk.chat.citizen("Nid"), desk.chat.coordinators(DIN_DAENG, "Pim")
    desk.chat.coordinators(HUAI_KHWANG)
    orathai = desk.clerk("officer")
    first, second = desk.chat.has_case(nid), desk.chat.has_case(nid)

    def do(number: str, step: str, **given: str) -> None:
        orathai.opens(f"/console/cases/{number}/do/{step}").fills(**given).presses("console.case.preview")
        orathai.presses("console.case.send").opens(f"/console/cases/{number}")

    def hears() -> list[str]:
        listen(din_daeng)
        din_daeng.member().says("งานค้าง").sees("card.open_title")
        return [words for words in din_daeng.heard() if "ในระบบ" in words]

    # taken back before anybody read it, it was never told; afterwards both are
    do(first, "transfer", receiver=HUAI_KHWANG, words="อยู่ห้วยขวาง")
    orathai.presses("console.case.undo")
    assert hears() == []
    do(first, "transfer", receiver=HUAI_KHWANG, words="อยู่ห้วยขวาง")
    [line] = hears()
    assert "เขตห้วยขวาง" in line and "อยู่ห้วยขวาง" in line
    orathai.presses("console.case.undo")
    [line] = hears()
    assert say("th", "status.dispatched") in line

    do(second, "write", words=f"เขตจะเข้าไปวันศุกร์ โทร {MOBILE}")
    do(second, "refer", words="ส่งการไฟฟ้านครหลวง")
    wrote, referred = hears()
    assert "เขตจะเข้าไปวันศุกร์" in wrote and MOBILE not in wrote
    assert say("th", "group.step_refer") in referred and "การไฟฟ้านครหลวง" in referred
    do(second, "close", words="การไฟฟ้ารับไปดูแลแล้ว")
    [closed] = hears()
    assert say("th", "status.closed") in closed and "การไฟฟ้ารับไปดูแลแล้ว" in closed
    desk.chat.must_be_clean()


def test_who_had_taken_an_offer_is_asked_again_where_that_is_taken_back(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-23 09:00")
    nid, din_daeng = desk.chat.citizen("Nid"), desk.chat.coordinators(DIN_DAENG, "Pim")
    huai_khwang, orathai = desk.chat.coordinators(HUAI_KHWANG, "Kai"), desk.clerk("officer")
    number = desk.chat.has_case(nid)
    page = f"/console/cases/{number}"
    orathai.opens(f"{page}/do/transfer").fills(receiver=HUAI_KHWANG, words="อยู่ห้วยขวาง").presses("console.case.preview")
    orathai.presses("console.case.send")
    huai_khwang.gets_card(number)
    huai_khwang.member().says(f"{number} รับเรื่อง").sees("question.date")
    din_daeng.member().says("งานค้าง").sees("transfer.accepted", number=number, office="สำนักงานเขตห้วยขวาง")
    listen(nid, din_daeng, huai_khwang)

    # at once, with the card and its answers; the citizen reads who has not taken it, the sender one line
    orathai.opens(page).presses("console.case.undo").sees("console.case.undone")
    huai_khwang.sees("transfer.accept_undone_here", number=number)
    card = huai_khwang.gets_card(number)
    nid.sees("told.not_taken", number=number, receiver="สำนักงานเขตห้วยขวาง", office="สำนักงานเขตดินแดง")
    din_daeng.member().says("งานค้าง").sees("transfer.accept_undone", number=number, office="สำนักงานเขตห้วยขวาง")
    assert not any("ในระบบ" in words for words in din_daeng.heard())
    huai_khwang.member().taps("button.accept", card).sees("question.date")
    assert desk.chat.case(number).owner == HUAI_KHWANG

    # what one of them takes back in LINE is said there already; at their own desk, their group hears it as well
    listen(huai_khwang)
    huai_khwang.member().says(f"{number} แก้กลับ").sees("group.undone")
    desk.chat.settles()
    assert not any("ถูกยกเลิก" in words for words in huai_khwang.heard())
    kan = desk.clerk("office", HUAI_KHWANG)
    kan.opens(f"{page}/do/accept").presses("console.case.send").opens(page)
    listen(huai_khwang)
    kan.presses("console.case.undo")
    huai_khwang.sees("transfer.accept_undone_here", number=number)
    desk.chat.must_be_clean()


def test_a_number_in_words_to_the_reporter_goes_along_only_where_it_is_ticked(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG)
    number = desk.chat.has_case(nid, phone="0812345678")
    group.gets_card(number)
    page = f"/console/cases/{number}"
    somchai, orathai = desk.clerk("office", DIN_DAENG), desk.clerk("officer")
    for clerk in (somchai, orathai):
        listen(nid)
        clerk.opens(f"{page}/do/write").fills(words=SENTENCE).presses("console.case.preview")
        clerk.sees("console.case.number_in", phone=MOBILE).sees("console.case.with_number").sees("told.number_hidden")
        clerk.presses("console.case.send").opens(page)
        nid.sees("told.written")
        assert not any(MOBILE in words for words in nid.heard())
        listen(nid)
        clerk.opens(f"{page}/do/write").fills(words=SENTENCE).presses("console.case.preview")
        clerk.fills(with_number="1").presses("console.case.send")
        nid.reads(SENTENCE)

    # the reporter's own number and lines of offices are none of these
    somchai.opens(f"{page}/do/write").fills(words="โทร 02-246-0301 หรือ 0812345678").presses("console.case.preview")
    somchai.hides("ระบบจะไม่แสดงเบอร์นี้").presses("console.case.send")
    nid.reads("02-246-0301 หรือ 0812345678")

    # a reason to wait, with its number
    day = (clock.now() + timedelta(days=20)).date().isoformat()
    listen(nid)
    somchai.opens(f"{page}/do/wait").fills(words=f"รออะไหล่ ถาม {MOBILE}", look=day).presses("console.case.preview")
    somchai.fills(with_number="1").presses("console.case.send")
    nid.reads(f"รออะไหล่ ถาม {MOBILE}")

    # and who can help, in what closes it
    somchai.opens(f"{page}/do/decline").fills(words="ที่เอกชน").presses("console.case.preview")
    somchai.presses("console.case.send")
    listen(nid)
    orathai.opens(f"{page}/do/agree").fills(words=f"นิติบุคคลช่วยได้ โทร {MOBILE}").presses("console.case.preview")
    orathai.sees("console.case.with_number").fills(with_number="1").presses("console.case.send")
    nid.reads(f"นิติบุคคลช่วยได้ โทร {MOBILE}")
    orathai.opens(page).presses("console.case.undo").sees("status.declined")
    nid.sees("told.decision_undone", number=number)
    desk.chat.must_be_clean()
