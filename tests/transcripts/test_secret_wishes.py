"""A person asks for secrecy, whatever the case is about: what they mean is their choice, and asked with two taps."""

from cases.secret_wish import asks_nothing_else, asks_secrecy
from tests.chat import Chat, Person, listen
from tests.desk import DeskHouse

DIN_DAENG = "district:1026"
ASKED = (
    "ขอให้เป็นความลับ",
    "ขอแจ้งแบบลับ",
    "เรื่องลับ",
    "ไม่อยากให้เขตรู้เรื่องนี้",
    "ห้ามส่งให้เขต ส่งผู้ตรวจการเท่านั้น",
    "กลัวถูกกลั่นแกล้ง ขอปกปิด",
    "please keep this confidential, do not tell the district",
    "อย่าแจ้งเขตนะคะ",
    "อย่าให้คนในเขตรู้",
    "ไม่สะดวกให้เขตทราบ",
    "กลัวเขตรู้",
    "เขตห้ามรู้",
    "อย่าบอกใครนะ",
    "อย่าเปิดเผยเรื่องนี้นะ",
    "ขอให้รู้เฉพาะผู้ตรวจการ",
    "please keep it between us",
)
BESIDE = (
    "โต๊ะพนันในตลาด มีคนมีสีหนุนหลัง ขอแจ้งเป็นความลับ อย่าให้เขตรู้ว่าใครแจ้ง",
    "Neighbour burns rubbish every night. Please keep it confidential.",
    "อย่าให้ผอ.เขตรู้นะ เขาเป็นญาติกับคนทำ",
    "ต้นหน้าวัด แต่อย่าแจ้งเขตว่าใครแจ้ง",
    "อย่าเอาไปบอกเขต เขาจะมาขู่อีก",
    "เรื่องนี้อย่าให้ถึงหูเขต ลูกน้องเขาทำ",
    "เขตต้องไม่รู้นะ ลูกน้องเขาทำ",
    "เขาขู่ว่าห้ามบอกเขต ขอร้องอย่าให้ใครรู้",
    "don't tell anyone at the district, Somchai works there",
    "nobody at the district should know that my neighbour works there",
)
NOT_ASKED = (
    "มีห้องลับหลังร้านเปิดบ่อน",
    "เขารู้ความลับของผม",
    "กลับบ้านไม่ได้ น้ำท่วม",
    "น้ำท่วมถึงหู ทำไมเขตต้องไม่รับเรื่อง",
    "เปิดบ่อนกันลับๆ ในซอย",
    "ไม่ต้องเป็นความลับก็ได้",
    "ไม่อยากให้เขตปล่อยไว้แบบนี้",
    "ขอให้เขตรู้เรื่องนี้ด้วย",
    "ไม่ต้องบอกเขตซ้ำ เขารู้แล้ว",
    "ขอปกปิดชื่อ",
    "the private road is flooded",
    "เขาแอบทำไม่ให้เขตรู้",
    "เจ้าของร้านขู่ว่าห้ามบอกเขต",
    "คนขายบอกว่าอย่าให้เทศกิจรู้",
    "ไม่ต้องบอกเขตก็ได้ แค่ซ่อมเร็วๆ",
    "ขอสงวนที่จอดรถ",
    "ขอให้ปกปิดบ่อที่เปิดอยู่ กลัวคนตก",
    "อย่าส่งให้เขตบางรักอีก ไม่ใช่พื้นที่เขา",
    "กลัวเขตไม่รู้เรื่อง",
    "ไม่ต้องส่งใครมาแล้ว เขตอย่าเห็นว่าเป็นเรื่องเล็ก",
    "เปิดบ่อนแต่ไม่ให้ใครรู้",
    "the wall between us fell down",
    "ไม่อยากให้ใครรู้สึกแย่",
    "don't let anyone park there, don't let the office close",
)
WISH = "อย่าให้เขตรู้ ข้างบ้านชื่อสมมุติ"


def test_what_is_such_a_wish_and_what_is_none() -> None:
    assert [words for words in ASKED if not asks_nothing_else(words)] == []
    assert [words for words in BESIDE if not asks_secrecy(words) or asks_nothing_else(words)] == []
    assert [words for words in NOT_ASKED if asks_secrecy(words)] == []


def test_in_a_report_it_is_asked_at_every_step_and_can_be_changed_at_the_last_look(quick_chat: Chat) -> None:
    office, staff = quick_chat.coordinators(DIN_DAENG), quick_chat.coordinators("omb", "Officer")
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    listen(office, staff)
    nid.says("ขอแจ้งแบบลับ").sees("report.ask_secret").taps("report.secret_usual").sees("report.secret_usual_kept")
    nid.says("ไฟถนนดับทั้งซอย มืดมาก").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("report.place_yes")
    nid.says("ไม่อยากให้เขตรู้เรื่องนี้").sees("report.ask_secret").taps("report.secret_usual").sees("report.ask_photos")
    nid.taps("report.no_photos").says("0812345678").sees("review.next", org="สำนักงานเขตดินแดง")
    nid.says("ขอให้เป็นความลับ").sees("report.ask_secret").taps("report.secret_officers").sees("review.next_confidential")
    nid.taps("review.edit_readers").taps("report.secret_usual").sees("review.next")
    nid.taps("review.edit_readers").taps("report.secret_officers").sees("review.readers_officers")
    nid.taps("button.confirm_send")
    case = quick_chat.case()
    assert (case.confidential, case.owner, case.phone_shared, case.shared_name) == (True, "omb", False, None)
    assert case.description == "ไฟถนนดับทั้งซอย มืดมาก" and case.phone == "0812345678"
    staff.sees("staff.confidential", number=case.number)

    # Beside a story, in English; and whoever means only that no name be shown.
    dao.says("The street light is broken, very dark. Please keep it confidential.").taps("District, no name")
    dao.says("Soi Pracha Songkhro 5, Din Daeng").taps("Yes").taps("No photos").taps("No number").taps(
        "Confirm and send"
    )
    usual = quick_chat.case()
    assert not usual.confidential and usual.shared_name is None
    office.gets_card(usual.number)
    office.member().says("งานค้าง").says("สรุป").reads("เรื่องที่ได้รับ 1")
    assert not any(case.number in words for words in office.heard())
    office.member().says(case.number).sees("group.unknown", number=case.number)


def _has_case(chat: Chat, nid: Person) -> str:
    return chat.has_case(nid, place={"org": DIN_DAENG, "how": "address", "words": "ซอย 5"}, phone="0812345678",
                         phone_shown=True, name="นิดา")  # fmt: skip


def test_words_after_filing_wait_for_the_choice_and_officers_alone_takes_it_from_the_office(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-11-23 09:00")
    office, staff, nid = chat.coordinators(DIN_DAENG), chat.coordinators("omb", "Officer"), chat.citizen("Nid")
    number = _has_case(chat, nid)
    card = office.gets_card(number)
    clerk = desk.clerk("office", DIN_DAENG)
    listen(office, staff)
    nid.says("ขอให้เป็นความลับ").sees("wish.ask", number=number)
    nid.says(f"{number} {WISH}").sees("wish.ask", number=number)
    staff.member().says("งานค้าง").sees("staff.wish", number=number)
    chat.waits(minutes=2)
    chat.settles()
    assert not any("ความลับ" in words or "สมมุติ" in words for words in office.heard())
    officer = desk.clerk("officer").opens(f"/console/cases/{number}")
    officer.sees("console.case.did_note_wish").sees(WISH).sees("wish.ask", number=number)
    clerk.opens(f"/console/cases/{number}")
    assert not any(words in clerk.words for words in ("ความลับ", "สมมุติ", "ยังไม่ส่งให้เขต"))
    nid.taps("wish.officers").sees("told.shield_chosen", number=number)
    staff.sees("staff.shield_chosen", number=number)
    assert (chat.case(number).confidential, chat.case(number).owner) == (True, "omb")
    assert chat.history(number)[-2:] == ["note", "shield"]
    officer.opens(f"/console/cases/{number}").fills(reason="ตรวจตามที่ได้รับมอบหมาย").presses("console.case.secret_open")
    officer.sees("console.case.did_shield_secret").sees("console.case.did_note_wish_officers").sees(WISH)
    clerk.opens(f"/console/cases/{number}", 404)
    person = office.member()
    person.taps("button.start", card).sees("group.elsewhere")
    person.says("งานค้าง").sees("card.open_none")
    person.says(number).sees("group.unknown", number=number)
    listen(office)
    chat.turns_to("2026-11-24 07:45")
    chat.clocks_run()
    assert not any(number in words or "สมมุติ" in words for words in office.heard())
    nid.taps("wish.usual").sees("wish.is_secret", number=number)


def test_the_office_that_goes_on_gets_what_was_kept_and_no_name(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 09:00")
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen("Nid")
    number = _has_case(quick_chat, nid)
    office.gets_card(number)
    listen(office)
    nid.says(f"{number} {WISH}").sees("wish.ask", number=number)
    nid.says(f"{number} เสาต้นที่สาม").sees("wish.ask_still", number=number)
    quick_chat.waits(minutes=2)
    quick_chat.settles()
    assert not any("เสาต้นที่สาม" in words or "สมมุติ" in words for words in office.heard())
    nid.taps("wish.usual").sees("wish.goes_on", number=number).sees("wish.hidden_now")
    nid.sees("wish.passed").sees("wish.stays")
    quick_chat.waits(minutes=2)
    quick_chat.settles()
    office.reads("เสาต้นที่สาม")
    assert not any("สมมุติ" in words for words in office.heard())
    case = quick_chat.case(number)
    assert (case.confidential, case.shared_name, case.phone_shared) == (False, None, False)
    nid.taps("wish.usual").sees("talk.old_button")
    # An answer to its question waits as well; whoever thinks again may still choose the officers.
    office.member().says(f"{number} เสาต้นไหนครับ").taps("question.send")
    nid.sees("told.ask").says("ต้นหน้าบ้าน แต่ห้ามบอกเขตว่าใครแจ้ง").sees("wish.ask", number=number)
    assert quick_chat.case(number).status == "needs_info"
    nid.taps("wish.officers").sees("told.shield_chosen", number=number)
    assert quick_chat.case(number).confidential and not any("หน้าบ้าน" in words for words in office.heard())


def test_without_a_choice_nothing_lapses_and_the_office_hears_of_no_silence(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 09:00")
    office, staff = quick_chat.coordinators(DIN_DAENG), quick_chat.coordinators("omb", "Officer")
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number, other = _has_case(quick_chat, nid), _has_case(quick_chat, dao)
    office.gets_card(number)
    office.member().says(f"{number} เสาต้นไหนครับ").taps("question.send")
    nid.sees("told.ask").says(f"ต้นหน้าวัด แต่{WISH}").sees("wish.ask", number=number)
    wished = dao.says(f"{other} {WISH}").sees("wish.ask", number=other).outcome
    assert wished is not None
    quick_chat.waits(minutes=2)
    quick_chat.settles()
    listen(office, staff)

    # Whoever takes the wish back asks for nothing any more.
    dao.unsends(str(wished.message_id))
    dao.says(f"{other} เสาต้นที่สอง").sees("talk.passed_on", number=other)
    quick_chat.turns_to("2026-11-24 10:00")
    quick_chat.clocks_run()
    nid.sees("wish.ask_again", number=number)
    staff.reads("ยังไม่เลือกแบบ")
    nid.says(f"{number} เขามาอีกแล้วคนเดิม").sees("wish.ask_still", number=number)
    quick_chat.turns_to("2026-12-01 10:00")
    quick_chat.clocks_run()
    assert not any("คนเดิม" in words or "ไม่ตอบ" in words or "สมมุติ" in words for words in office.heard())
    nid.taps("wish.usual").sees("wish.goes_on", number=number)
    quick_chat.waits(minutes=2)
    quick_chat.settles()
    office.reads("คนเดิม")


def test_of_a_card_that_waits_for_the_morning_nobody_says_that_the_office_saw_it(quick_chat: Chat) -> None:
    quick_chat.parts.database.quiet_nights = True
    quick_chat.turns_to("2026-11-21 11:00")
    office, nid = quick_chat.coordinators(DIN_DAENG), quick_chat.citizen("Nid")
    listen(office)
    number = _has_case(quick_chat, nid)
    nid.says(f"{number} {WISH}").sees("wish.ask", number=number)
    nid.taps("wish.officers").sees("told.shield", number=number)
    assert not any(number in words for words in office.heard())
