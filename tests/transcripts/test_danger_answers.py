"""What an office writes after a line of danger: its calls end with who goes there, not with "noted" or "not ours"."""

from cases import told_danger
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import DIN_DAENG
from tests.transcripts.test_clocks_danger import _passes

DANGER = "สายไฟขาดพาดถนน ไฟช็อตคนแล้ว"


def _list_called(chat: Chat) -> list[str]:
    with chat.reads() as session:
        return [case.number for case in told_danger.list_waiting(session, 50)]


def test_words_that_send_nobody_end_no_calls_for_danger(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2027-03-12 10:00")
    officers, office = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Somchai")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    done, begun = chat.has_case(nid), chat.has_case(dao)
    office.member().says(f"{done} เสร็จแล้ว").reads(done).says(f"{begun} รับทราบ เสร็จ 20 มี.ค.").reads(begun)
    chat.turns_to("2027-03-12 22:00")
    for who, number in ((nid, done), (dao, begun)):
        who.says(f"{number} {DANGER}").sees("welcome.danger")
        officers.sees("staff.tells_danger", number=number)
    for words in ("ไม่ใช่หน้าที่เรา ให้โทร 1130", "ใครแจ้งมาครับ", "พรุ่งนี้ค่อยดู"):
        office.member().says(f"{done} {words}")
    for words in ("รับทราบ แต่ไม่มีช่าง", "ไม่ว่างครับ กำลังไปงานอื่น", "ส่งช่างไม่ได้ครับ", "โอเค"):
        office.member().says(f"{begun} {words}")
    chat.settles()
    assert _list_called(chat) == [done, begun]
    for number in (done, begun):
        office.sees("group.danger_awaited", number=number)
    line = office.sees("group.danger_awaited", number=begun).last
    assert line is not None
    assert sum(words_of("group.danger_awaited", number=begun) in words for words in office.heard()) == 1
    listen(officers, office)
    _passes(chat, minutes=31)
    for number in (done, begun):
        officers.sees("staff.danger_unseen", number=number)
        office.sees("group.told_unseen", number=number)
    office.member().says(f"{done} ตัดไฟแล้วครับ").says(f"{begun} กำลังประสานการไฟฟ้าครับ").reads(begun)
    chat.settles()
    assert _list_called(chat) == [begun]
    office.member().quotes(line, "รับทราบ กำลังไปครับ").reads(begun)
    assert _list_called(chat) == []


def test_who_says_soon_after_a_line_of_danger_that_they_go_is_heard_without_a_number(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2027-03-12 10:00")
    officers, office = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Somchai", "Pim")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    number = chat.has_case(nid)
    office.member().says(f"{number} รับทราบ เสร็จ 20 มี.ค.").reads(number)
    chat.turns_to("2027-03-12 22:00")
    office.member().says("กำลังไปครับ")
    nid.says(f"{number} {DANGER}").sees("welcome.danger")
    office.sees("group.told_danger", number=number, note=DANGER)
    chat.waits(minutes=2)
    listen(office)
    office.member().says("ใครอยู่เวรครับ").says("ไม่ว่างครับ กำลังไปงานอื่น").says("รับทราบ")
    chat.settles()
    office.sees_nothing()
    office.member().says("รับทราบ กำลังไปครับ").sees("group.stands", number=number)
    assert _list_called(chat) == []

    burning = chat.has_case(dao, danger=["fire"], description=DANGER)
    office.gets_card(burning)
    listen(office)
    asked = office.member("Pim").says("รับทราบครับ").reads(burning).last
    assert asked is not None and words_of("card.which_case") in asked.words and number not in asked.words
    office.member("Pim").taps(burning, asked).sees("question.date")
    assert chat.case(burning).status == "acknowledged"
    listen(officers, office)
    office.member().says("กำลังไปครับ")
    chat.settles()
    office.sees_nothing()
    _passes(chat, minutes=31)
    assert not any(number in words for words in officers.heard())
