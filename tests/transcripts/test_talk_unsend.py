"""Messages taken back: from the draft, from the case, before they come, and by whom."""

import pytest
from sqlalchemy import select

from storage.models import Conversation, HistoryEntry
from tests.chat import Chat, Person, listen, words_of


def _id(person: Person) -> str:
    assert person.outcome and person.outcome.message_id
    return person.outcome.message_id


def _slots(chat: Chat, person: Person) -> str:
    with chat.reads() as session:
        kept = session.scalars(select(Conversation.draft).where(Conversation.chat_id == person.id)).one()
        return str(kept)


def test_the_first_words_taken_back_are_asked_for_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟถนนดับหน้าบ้านยายมี").sees("report.ask_place")
    told = _id(nid)
    nid.unsends(told).sees_nothing()
    assert "ยายมี" not in _slots(quick_chat, nid)
    nid.says("ซอย 5 เขตดินแดง").sees("report.ask_description")
    nid.says("ไฟถนนดับทั้งซอย").sees("report.place_ok")


@pytest.mark.parametrize("step", ["place", "phone", "name"])
def test_an_answer_taken_back_opens_its_question(quick_chat: Chat, step: str) -> None:
    answer = {"place": "ซอยลับ 9 เขตดินแดง", "phone": "0812345678", "name": "ยายมี"}[step]
    nid = quick_chat.citizen("Nid")
    nid.reaches(step).says(answer)
    told = _id(nid)
    nid.unsends(told).sees_nothing()
    assert answer not in _slots(quick_chat, nid)


def test_words_added_later_are_taken_out_and_the_rest_stands(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").says("คนทำชื่อยายมี").sees("report.description_added")
    told = _id(nid)
    nid.unsends(told).sees_nothing()
    nid.taps("button.confirm_send").sees("told.kept")
    assert quick_chat.case().description == "ไฟถนนดับทั้งซอย มืดมาก"


def test_words_taken_back_after_the_report_leave_the_case(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.reaches("review").says("คนทำชื่อยายมี").sees("report.description_added")
    told = _id(nid)
    nid.taps("button.confirm_send").sees("told.kept").unsends(told).sees_nothing()
    assert chat.case().description == "ไฟถนนดับทั้งซอย มืดมาก"
    assert chat.history()[-1] == "note"
    chat.redelivers_everything().changes_nothing()


def test_each_part_goes_from_the_case_also_in_the_middle_of_another_report(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 09:10")
    office, nid = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid")
    said = []
    for words, taps in (
        ("ไฟถนนดับหน้าบ้านยายมี", ()),
        ("บ้านเลขที่ 99/7 ซอยประชาสงเคราะห์ 5 เขตดินแดง", ("report.place_yes", "report.no_photos")),
        ("0812345678", ("report.show_phone",)),
        ("สมหญิง ใจดี", ("button.confirm_send",)),
    ):
        nid.says(words)
        said.append(_id(nid))
        for label in taps:
            nid.taps(label)
    number = quick_chat.case().number
    card = office.gets_card(number)
    assert "99/7" in card.words and "0812345678" in card.words and "สมหญิง" in card.words
    nid.says("แจ้งเรื่อง").sees("report.ask_description").sends_photo().sees("report.ask_description_with_media")
    for message in said:
        nid.unsends(message)
    case = quick_chat.case(number)
    assert (case.phone, case.phone_shared, case.shared_name) == (None, False, None)
    assert case.place == case.description == words_of("report.words_unsent")
    listen(office)
    office.member().says(number).sees("group.taken_back", number=number)
    shown = office.heard()
    assert not any(gone in words for words in shown for gone in ("99/7", "ยายมี", "0812345678", "สมหญิง"))
    assert quick_chat.history(number).count("note") == 4
    nid.says("ยกเลิก").says(f"{number} เสาต้นที่สาม").sees("talk.passed_on", number=number)
    added = _id(nid)
    office.reads("เสาต้นที่สาม")
    nid.unsends(added)
    office.member().says("งานค้าง").sees("group.taken_back", number=number)
    nid.says(number).sees("happened.add_gone")


def test_words_taken_back_before_they_come_are_never_read(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟถนนดับหน้าบ้านยายมี", deliver=False)
    late = nid.outcome
    assert late and late.message_id
    nid.unsends(late.message_id)
    quick_chat.line.deliver([late.event_id])
    nid.sees_nothing()
    assert _slots(quick_chat, nid) == "None"


def test_a_pin_taken_back_before_it_comes(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("place")
    late = quick_chat.line.send_location(nid.id, 13.7695, 100.5530, deliver=False)
    nid.unsends(str(late.message_id))
    quick_chat.line.deliver([late.event_id])
    nid.sees_nothing()


def test_words_added_to_a_case_leave_their_mark_only(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reports()
    nid.says("ติดตามเรื่อง").taps("button.add_more").says("คนทำชื่อยายมี").sees("addition.ask_more")
    told = _id(nid)
    nid.unsends(told).says("ต้นที่สาม").taps("addition.done").sees("talk.passed_on")
    with quick_chat.reads() as session:
        notes = [note for note in session.scalars(select(HistoryEntry.note)) if note]
    assert notes == ["ต้นที่สาม"]


def test_what_was_parked_is_taken_back_too(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reports()
    nid.says("ขยะกองเต็มหน้าบ้านยายมี").sees("report.ask_place")
    told = _id(nid)
    nid.says("ติดตามเรื่อง").taps("button.add_more").sees("addition.ask").unsends(told)
    assert "ยายมี" not in _slots(quick_chat, nid)
    nid.says("ยกเลิก").sees("talk.back_to_draft").sees("report.ask_description")


def test_an_unknown_message_taken_back(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.sends_sticker().sees("refused.sticker")
    nid.unsends(_id(nid)).sees_nothing()
