"""Second thoughts in a group: nothing goes out that was not meant, and what went out is called back by a tap."""

import pytest

from storage.models import HistoryEntry
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import begin

OMB = "omb"


# --- "let me ask first" is no reason


HOLDING = ("ขอถามหัวหน้าก่อนนะ", "เดี๋ยวนะ", "รอแป๊บ", "ขอเช็คก่อนครับ", "สักครู่ครับ")


@pytest.mark.parametrize("verb", ["transfer", "decline", "ask"])
def test_who_comes_back_later_is_still_waited_for(quick_chat: Chat, verb: str) -> None:
    office, nid, card, _ = begin(quick_chat)
    how = office.member().taps(f"button.{verb}", card).sees(f"group.how_to_{verb}").last
    for words in HOLDING:
        office.member().says(words).sees_nothing()
        office.member().quotes(how, words).sees_nothing()
        office.member().says(words).sees_nothing()
    quick_chat.waits(minutes=4)
    office.member().says("เดี๋ยวนะ").sees_nothing()
    quick_chat.waits(minutes=4)
    nid.sees_nothing()
    assert quick_chat.case().status == "dispatched"
    office.member().says("ทางรถไฟดูแลครับ").sees("question.title" if verb == "ask" else f"question.title_{verb}")


def test_a_reason_that_could_be_talk_is_shown_before_anyone_is_told(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators(OMB, "Officer")
    office, nid, card, number = begin(quick_chat)
    listen(staff)
    office.member().taps("button.decline", card).sees("group.how_to_decline")
    preview = office.member().says("เจ้าของตลาดดูแลเอง").sees("question.title_decline", number=number).last
    assert preview is not None and preview.labels == [words_of("question.confirm"), words_of("button.edit")]
    nid.sees_nothing()
    staff.sees_nothing()
    office.member().taps("button.edit", preview).sees("group.how_to_decline", number=number)
    preview = office.member().says("ตลาดดูแลกันเองครับ").sees("question.title_decline").last
    office.member("Pim").taps("question.confirm", preview).sees("group.step_decline", number=number)
    nid.sees("told.decline", number=number)
    assert "ตลาดดูแลกันเอง" in staff.gets_card(number).words
    listen(nid)
    office.member("Pim").taps("question.confirm", preview).sees("group.stands", number=number)
    nid.sees_nothing()
    with quick_chat.reads() as session:
        assert session.query(HistoryEntry).filter_by(action="decline").one().note == "ตลาดดูแลกันเองครับ"


# --- what was a slip


@pytest.mark.parametrize("words", ["ยังไม่เสร็จครับ พิมพ์ผิด", "ผิดเรื่องครับ ขอโทษค่ะ", "ยังไม่เสร็จครับ"])
def test_done_by_mistake_is_offered_to_be_undone(quick_chat: Chat, words: str) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question")
    line = office.member().quotes(card, words).sees("group.stands", number=number).last
    office.member().taps("button.undo", line).sees("group.undone", number=number)
    nid.sees("told.undo", number=number)
    assert quick_chat.case().status == "dispatched"


def test_a_slip_where_there_is_nothing_to_undo_is_talk(quick_chat: Chat) -> None:
    office, nid, card, _ = begin(quick_chat)
    office.member().quotes(card, "ผิดเรื่องครับ ขอโทษค่ะ").sees_nothing()
    nid.sees_nothing()


@pytest.mark.parametrize("words", ["ขอรับเรื่องเองครับ", "รับเรื่องครับ"])
def test_a_refused_case_is_taken_on_after_all(quick_chat: Chat, words: str) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "อยู่ในที่ดินเอกชน เขตเข้าไปทำไม่ได้").sees("group.step_decline")
    nid.sees("told.decline")
    office.member().quotes(card, "รับทราบครับ").sees_nothing()
    office.member().quotes(card, words).sees("question.date", number=number)
    nid.sees("told.acknowledge", number=number)
    office.member("Pim").quotes(card, words).sees("group.stands", number=number)


# --- the day, without a quote


def test_the_day_said_straight_after_the_question_is_the_day(quick_chat: Chat) -> None:
    office, nid, card, number = begin(quick_chat)
    office.member("Somchai").taps("button.acknowledge", card).sees("question.date")
    nid.sees("told.acknowledge")
    for talk in ("พรุ่งนี้ประชุมบ่ายโมงนะครับ", "พรุ่งนี้เจอกันครับ", "โอเคครับ", "ยกเลิก"):
        office.member("Somchai").says(talk).sees_nothing()
    office.member("Pim").says("พรุ่งนี้ครับ").sees_nothing()
    office.member("Somchai").says("พรุ่งนี้ครับ").sees("group.promised", due=words_of("moment.tomorrow"))
    nid.sees("told.promise", number=number)
    office.member("Somchai").says("วันศุกร์ครับ").sees_nothing()


def test_the_day_is_of_no_case_where_several_were_taken_on_or_time_has_passed(quick_chat: Chat) -> None:
    office, nid, _, first = begin(quick_chat)
    second = quick_chat.has_case(nid)
    office.gets_card(second)
    office.member().says(f"{first} {second} รับทราบทั้งสองเรื่องครับ").sees("question.date")
    quick_chat.settles()
    office.member().says("พรุ่งนี้ครับ").sees_nothing()
    third = quick_chat.has_case(nid)
    office.member().taps("button.acknowledge", office.gets_card(third)).sees("question.date", number=third)
    quick_chat.waits(minutes=5, seconds=5)
    office.member().says("พรุ่งนี้ครับ").sees_nothing()


# --- the Ombudsman's own cases


def test_telling_others_of_a_case_of_its_own_hands_nothing_on(quick_chat: Chat) -> None:
    staff, nid = quick_chat.coordinators(OMB, "Officer"), quick_chat.citizen()
    number = quick_chat.has_case(nid, organisation="outside")
    card = staff.gets_card(number)
    listen(nid)
    staff.member().quotes(card, "รับทราบ ประสานเทศบาลนนทบุรีแล้ว").sees("question.date", number=number)
    nid.sees("told.acknowledge", number=number)
    listen(nid)
    staff.member().quotes(card, "ประสานเทศบาลนนทบุรีแล้วครับ").sees("desk.noted", number=number)
    nid.sees_nothing()
    assert quick_chat.case().status == "acknowledged"


# --- numbers


@pytest.mark.parametrize("words", ["เรื่อง {} รับทราบครับ", "{} รับทราบครับ", "เคส #{} รับทราบ"])
def test_the_end_of_a_number_names_an_own_case(quick_chat: Chat, words: str) -> None:
    office, _, _, number = begin(quick_chat)
    office.member().says(words.format(number[-5:])).sees("question.date", number=number)
    office.member().says("เรื่อง 09999 เสร็จแล้ว").sees_nothing()
    office.member().says("10400 เสร็จแล้ว").sees_nothing()


def test_a_number_of_no_case_is_said_to_be_unknown(quick_chat: Chat) -> None:
    office, _, _, _ = begin(quick_chat)
    office.member().says("FT6911-09999 เสร็จแล้ว").sees("group.unknown", number="FT6911-09999")


def test_the_district_alone_is_not_named_twice(quick_chat: Chat) -> None:
    place = {"org": "district:1026", "how": "address", "words": "ดินแดง"}
    _, _, card, _ = begin(quick_chat, place=place)
    assert "ดินแดง · เขตดินแดง" not in card.words


# --- a day that comes back


def test_a_day_that_comes_back_is_said_and_can_be_looked_up(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-12-01 09:00")
    office, nid, _card, number = begin(quick_chat)
    office.member().says(f"{number} เสร็จ 11 ธ.ค.").sees("group.promised", number=number)
    nid.reads("11 ธ.ค.")
    later = office.member().says(f"{number} เลื่อนเป็น 15 ธ.ค. เพราะฝนตก").reads("15 ธ.ค.").last
    nid.reads("15 ธ.ค.")
    nid.says("ติดตามเรื่อง").reads("ภายใน อ. 15 ธ.ค.").reads("เลื่อนวันนัดเป็น อ. 15 ธ.ค. เพราะฝนตก")

    listen(nid, office)
    office.member().taps("button.undo", later).reads("กลับเป็น").reads("ศ. 11 ธ.ค.")
    nid.sees("told.undo_day", number=number).reads("วันนัดกลับเป็น ศ. 11 ธ.ค.")

    asked = office.member().says(f"{number} รอ กฟน. ย้ายสาย").reads("รอ กฟน. ย้ายสาย").last
    sent = office.member().taps("question.send", asked).reads("ต้องรอ").last
    nid.reads("รอ กฟน. ย้ายสาย").reads("วันนัดเดิม ศ. 11 ธ.ค. ยกเลิกแล้ว")
    nid.says("ติดตามเรื่อง").reads("แจ้งว่าต้องรอ: รอ กฟน. ย้ายสาย จะดูอีกครั้ง พ. 16 ธ.ค.")
    office.member().taps("button.undo", sent).reads("ศ. 11 ธ.ค.")
    nid.sees("told.undo_day", number=number).reads("วันนัดกลับเป็น ศ. 11 ธ.ค.")
    nid.says("ติดตามเรื่อง").reads("กำลังทำ · นัดแก้ไขภายใน ศ. 11 ธ.ค.")
