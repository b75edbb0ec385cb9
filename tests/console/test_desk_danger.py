"""Danger that officers find, or take back, on the page of a case: whoever was told of it hears so, at any hour."""

from clock import in_bangkok
from jobs.clocks import ring_clocks
from storage import due_clocks as clocks
from tests.chat import Listener, listen
from tests.desk import Clerk, DeskHouse

DIN_DAENG = "district:1026"


def _raises(clerk: Clerk, number: str, category: str = "wires") -> None:
    clerk.opens(f"/console/cases/{number}").follows("console.case.do_correct_category")
    clerk.fills(category=category, danger=True, words="ดูจากรูป").presses("console.case.preview")
    clerk.presses("console.case.send")


def _passes(desk: DeskHouse, *listeners: Listener, minutes: int) -> None:
    listen(*listeners)
    desk.chat.waits(minutes=minutes)
    _rings(desk)


def _rings(desk: DeskHouse, moment: str = "") -> None:
    if moment:
        desk.chat.turns_to(moment)
    ring_clocks(desk.chat.parts.database)
    desk.chat.settles()


def test_danger_in_a_case_that_is_late_begins_anew_for_everybody(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-12-01 09:00")
    officers, group = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Pim")
    nid, dao, kai = chat.citizen("Nid"), chat.citizen("Dao"), chat.citizen("Kai")
    silent, noted, missed = chat.has_case(nid), chat.has_case(dao), chat.has_case(kai)
    group.gets_card(missed)
    group.member().says(f"{noted} รับทราบ").sees("card.update")
    group.member().says(f"{missed} รับทราบ เสร็จวันนี้").sees("group.promised")
    _rings(desk, "2026-12-01 13:05")
    chat.turns_to("2026-12-02 07:46")
    chat.clocks_run()
    for moment in ("2026-12-02 10:05", "2026-12-03 10:05", "2026-12-03 21:00"):
        _rings(desk, moment)
    assert {chat.history(number).count("escalate") for number in (silent, noted, missed)} == {1}
    orathai = desk.clerk("officer")
    listen(nid, group, officers)
    for number in (silent, noted, missed):
        _raises(orathai, number)
    category = "สายไฟ สายสื่อสาร"
    group.sees("group.corrected_danger_due", number=silent, after=category, due="วันนี้ 21:30 น.")
    nid.sees("told.correct", number=silent, due="วันนี้ 21:30 น.")
    group.sees("group.corrected_danger", number=missed, after=category)

    _passes(desk, group, officers, minutes=31)
    group.sees("remind.acknowledge_danger", number=silent).sees("remind.promise_danger", number=missed)
    _passes(desk, group, officers, minutes=16)
    officers.reads(silent).reads(missed)
    _passes(desk, group, officers, minutes=75)
    officers.reads(silent).reads("ยังเงียบ")
    group.sees("remind.first_words_danger", number=noted)
    _passes(desk, officers, minutes=16)
    officers.reads(noted)
    assert not any(missed in words for words in officers.heard()), "what is only not mended they hear each morning"
    listen(officers)
    _rings(desk, "2026-12-04 07:46")
    officers.reads(missed)
    chat.must_be_clean()


def test_danger_taken_back_is_told_to_all_who_heard_of_it(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-12-01 15:00")
    officers, group = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Pim")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    number, late = chat.has_case(nid), chat.has_case(dao)
    group.gets_card(late)
    chat.turns_to("2026-12-01 21:00")
    orathai = desk.clerk("officer")
    _raises(orathai, number)
    nid.sees("told.correct", number=number, due="วันนี้ 21:30 น.")
    _passes(desk, minutes=10)
    listen(nid, officers, group)
    orathai.presses("console.base.undo")
    group.reads("ไม่ใช่เรื่องอันตราย กรุณาตอบรับภายใน พรุ่งนี้ 11:00 น.")
    nid.sees("told.calm", number=number, due="พรุ่งนี้ 11:00 น.")
    officers.sees_nothing()

    _raises(orathai, number)
    nid.sees("told.correct", number=number, due="วันนี้ 21:40 น.")
    for minutes in (31, 20):
        _passes(desk, nid, group, officers, minutes=minutes)
    officers.reads(number)
    orathai.opens(f"/console/cases/{number}").follows("console.case.do_calm").fills(words="ไม่มีสายขาด")
    orathai.presses("console.case.preview").sees("ไม่ใช่เรื่องอันตราย สำนักงานเขตดินแดงมีเวลาตอบรับถึง พรุ่งนี้ 11:00 น.")
    listen(nid, group, officers)
    orathai.presses("console.case.send")
    nid.sees("told.calm", number=number, due="พรุ่งนี้ 11:00 น.")
    group.reads("ไม่ใช่เรื่องอันตราย กรุณาตอบรับภายใน พรุ่งนี้ 11:00 น.")
    officers.sees("staff.calm", number=number)

    # late already without any danger: no moment is named that is over
    _rings(desk, "2026-12-02 11:30")
    _raises(orathai.comes_back(), late)
    dao.sees("told.correct", number=late, due="วันนี้ 12:00 น.")
    listen(dao, group)
    orathai.presses("console.base.undo")
    dao.sees("told.calm_late", number=late, office="สำนักงานเขตดินแดง")
    group.sees("group.corrected_calm_category", number=late)
    chat.must_be_clean()


def test_danger_hurries_nobody_past_a_promise_or_a_question(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-12-01 15:00")
    officers, group = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Pim")
    other = chat.coordinators("district:1017", "Som")
    nid, dao, kai, mai = (chat.citizen(name) for name in ("Nid", "Dao", "Kai", "Mai"))
    promised, asked, declined, offered = (chat.has_case(who) for who in (nid, dao, kai, mai))
    group.gets_card(offered)
    group.member().says(f"{promised} รับทราบ เสร็จวันศุกร์").sees("group.promised")
    group.member().says(f"{asked} ถามผู้แจ้ง เสาไหน").sees("question.title").taps("question.send")
    group.member().says(f"{declined} ไม่รับครับ เป็นที่ดินเอกชน").reads(declined)
    dao.sees("told.ask")
    group.member().says(f"{offered} โอนให้เขตห้วยขวาง เพราะอยู่ฝั่งห้วยขวาง").reads("รอตอบรับ")
    other.gets_card(offered)
    chat.turns_to("2026-12-01 21:00")
    orathai = desk.clerk("officer")
    listen(group, officers, dao, other)
    for number in (promised, asked, declined, offered):
        _raises(orathai, number)
    category = "สายไฟ สายสื่อสาร"
    group.sees("group.corrected_danger_mend", number=promised, after=category, due="ศ. 4 ธ.ค.")
    group.sees("group.corrected_danger", number=asked, after=category)
    group.sees("group.corrected_danger_waits", number=declined, after=category)
    _passes(desk, dao, minutes=31)
    dao.sees("remind.question", number=asked)
    group.sees("group.counted_unseen", number=promised)
    officers.sees("staff.counted_unseen", number=promised)
    other.sees("transfer.lapsed", number=offered)
    other.member().says(offered).sees("transfer.gone", number=offered)
    group.reads("เรื่องกลับมาอยู่กับหน่วยงานนี้\nด่วน มีอันตราย กรุณาตอบรับภายใน วันนี้ 22:01 น.")
    listen(mai)
    orathai.opens(f"/console/cases/{offered}").follows("console.case.do_calm").fills(words="ไม่มีสายขาด")
    orathai.presses("console.case.preview").presses("console.case.send")
    mai.sees_nothing()
    _passes(desk, group, officers, minutes=31)
    group.sees("remind.answer_danger", number=asked)
    officers.sees("remind.unanswered_danger", number=asked).sees("remind.decide_danger", number=declined)

    # its reporter, who had days to answer, has them again
    orathai.opens(f"/console/cases/{asked}").presses("console.case.undo")
    with chat.reads() as session:
        case_id = chat.case(asked).id
        [waits] = clocks.list_running(session, [case_id])[case_id]
        assert (waits.kind, in_bangkok(waits.due_at).isoformat()[:16]) == ("answer", "2026-12-08T15:00")
    listen(group, officers)
    _rings(desk, "2026-12-04 10:05")
    assert not any(asked in words and "ยังเงียบ" in words for words in officers.heard())
    chat.must_be_clean()


def test_danger_that_was_handed_out_by_mistake_is_taken_back_at_once_and_lies_before_the_officers(
    desk: DeskHouse,
) -> None:
    chat = desk.chat
    chat.turns_to("2026-11-23 21:40")
    officers, group = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Pim")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    orathai, unplaced = desk.clerk("officer"), {"org": "omb", "how": "unknown", "words": "ซอย 5"}
    number, declined = chat.has_case(nid, place=unplaced), chat.has_case(dao)
    _raises(orathai, number)
    orathai.opens(f"/console/cases/{number}/do/place").fills(search="ดินแดง").presses("console.case.search")
    orathai.fills(receiver=DIN_DAENG).presses("console.case.preview").presses("console.case.send")
    group.gets_card(number)
    chat.waits(minutes=5)
    listen(group, officers)
    orathai.opens(f"/console/cases/{number}").presses("console.case.undo")
    group.sees("transfer.over", number=number)
    assert "ด่วน มีอันตราย" in officers.gets_card(number).words

    # what came before them with its danger, and what they decided of it
    _raises(orathai, declined)
    group.member().says(f"{declined} ไม่รับครับ เป็นที่ดินเอกชน").reads(declined)
    officers.reads("ไม่รับเรื่อง")
    orathai.opens(f"/console/cases/{declined}/do/send_back").fills(words="ช่วยตรวจ").presses("console.case.preview")
    orathai.presses("console.case.send")
    group.gets_card(declined)
    orathai.opens(f"/console/cases/{declined}").presses("console.case.undo")
    group.sees("desk.group_undone", number=declined)
    listen(group, officers)
    orathai.opens(f"/console/cases/{declined}").follows("console.case.do_calm").fills(words="ไม่มีสายขาด")
    orathai.presses("console.case.preview").sees("staff.calm", number=declined).presses("console.case.send")
    officers.sees("staff.calm", number=declined)
    group.sees("group.corrected_calm", number=declined)
    chat.must_be_clean()
