"""Words, photos and pins for a case told before: by its button, a quote, its number, or as an answer."""

import pytest
from sqlalchemy import select

from storage.models import HistoryEntry, MediaItem
from tests.chat import Chat, Office, Person


def _ask(office: Office, number: str, question: str = "เสาไฟต้นที่เท่าไรนับจากปากซอยครับ") -> None:
    office.member().quotes(office.gets_card(number), question).sees("question.title", number=number)
    office.member().taps("question.send")


def _start(chat: Chat) -> tuple[Office, Person, str]:
    office, nid = chat.coordinators("district:1026"), chat.citizen("Nid")
    return office, nid, nid.reports()


def _notes(chat: Chat, action: str) -> list[str | None]:
    with chat.reads() as session:
        told = select(HistoryEntry.note).where(HistoryEntry.action == action).order_by(HistoryEntry.id)
        return list(session.scalars(told))


# --- the button -------------------------------------------------------------------------------------
def test_words_photos_and_a_pin_by_the_button(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.says("ติดตามเรื่อง").taps("button.add_more").sees("addition.ask")
    nid.taps("flow.cancel").sees("talk.cancelled")
    nid.says("ติดตามเรื่อง").taps("button.add_more").sees("addition.ask")
    nid.says("ต้นที่สามจากปากซอย").sees("addition.ask_more")
    nid.sends_album(3).sees("addition.ask_more")
    nid.drops_pin(13.7695, 100.5530, "ถนนดินแดง").sees("addition.ask_more")
    nid.sends_sticker().sees("refused.sticker").sees("addition.ask_more")
    nid.taps("addition.done").sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number)
    [note] = _notes(quick_chat, "add")
    assert note and "ต้นที่สาม" in note and "13.769500" in note and "ส่งรูปเพิ่ม 3 รูป" in note
    with quick_chat.reads() as session:
        assert {item.case_id for item in session.scalars(select(MediaItem))} == {quick_chat.case().id}


def test_adding_beside_a_report_half_told_loses_neither(quick_chat: Chat) -> None:
    _, nid, number = _start(quick_chat)
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    nid.says("ติดตามเรื่อง").taps("button.add_more").sees("addition.ask")
    nid.says("ต้นที่สามจากปากซอย").sees("addition.ask_more").taps("addition.done")
    nid.sees("talk.passed_on", number=number).sees("talk.back_to_draft").sees("report.photos_count", count=1)
    nid.taps("report.photos_done").sees("report.ask_phone")


def test_giving_up_an_addition_comes_back_to_the_report_half_told(quick_chat: Chat) -> None:
    _, nid, _ = _start(quick_chat)
    nid.reaches("phone").says("ติดตามเรื่อง").taps("button.add_more").sees("addition.ask").sends_photo()
    nid.sees("addition.ask_more").says("ยกเลิก").sees("talk.cancelled").sees("talk.back_to_draft").sees(
        "report.ask_phone"
    )
    with quick_chat.reads() as session:
        assert session.scalars(select(MediaItem)).one().state == "withdrawn"


def test_a_new_report_begun_in_the_middle_of_adding_passes_on_what_was_added(quick_chat: Chat) -> None:
    _, nid, number = _start(quick_chat)
    nid.says("ติดตามเรื่อง").taps("button.add_more").sees("addition.ask").says("ต้นที่สาม").sees("addition.ask_more")
    nid.says("แจ้งเรื่อง").sees("talk.passed_on", number=number).sees("report.ask_description")
    assert _notes(quick_chat, "add") == ["ต้นที่สาม"]


def test_starting_an_addition_over(quick_chat: Chat) -> None:
    _, nid, _ = _start(quick_chat)
    nid.says("ติดตามเรื่อง").taps("button.add_more").says("ผิดเรื่อง").sees("addition.ask_more")
    nid.says("เริ่มใหม่").sees("addition.ask")
    nid.says("ต้นที่สาม").sees("addition.ask_more").taps("addition.done").sees("talk.passed_on")
    assert _notes(quick_chat, "add") == ["ต้นที่สาม"]


def test_a_case_closed_meanwhile_takes_nothing_more(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.says("ติดตามเรื่อง").taps("button.add_more").says("ต้นที่สาม").sees("addition.ask_more")
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.taps("button.all_well").sees("talk.judged_yes")
    nid.taps("addition.done").sees("talk.case_over", number=number)
    assert _notes(quick_chat, "add") == []


# --- quotes and numbers -----------------------------------------------------------------------------
def test_quoting_what_we_said_of_a_case_adds_to_it(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.sees("told.received", number=number)
    said = nid.last
    nid.quotes(said, "ต้นที่สามจากปากซอย").sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number, note="ต้นที่สามจากปากซอย")
    nid.quotes(said, "ขอบคุณค่ะ").sees("talk.thanks")
    nid.quotes(said, "สถานะ").sees("happened.report")
    assert _notes(quick_chat, "add") == ["ต้นที่สามจากปากซอย"]


def test_quoting_wins_over_an_open_conversation(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.reaches("photos")
    _ask(office, number)
    nid.sees("told.ask", number=number)
    question = nid.last
    nid.quotes(question, "ต้นที่สามครับ").sees("talk.passed_on", number=number).sees("report.ask_photos")
    office.sees("group.told_answer", number=number, note="ต้นที่สามครับ")
    assert quick_chat.history(number)[-1] == "answer"
    nid.says("มืดมาก").sees("report.description_added")


def test_quoting_a_question_of_the_conversation_is_an_answer_to_it(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").quotes(nid.last, "ซอย 5 เขตดินแดง").sees("report.place_ok")


def test_quoting_a_case_that_was_just_closed_brings_it_back(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.sees("told.received")
    said = nid.last
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.taps("button.all_well").sees("talk.judged_yes")
    nid.quotes(said, "ดับอีกแล้วค่ะ").sees("talk.judged_no", number=number)
    assert quick_chat.case(number).status == "disputed"


def test_quoting_a_case_that_is_over_offers_a_new_report(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.sees("told.received")
    said = nid.last
    office.member().quotes(office.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.taps("button.all_well").sees("talk.judged_yes")
    nid.quotes(said, "มีต้นไม้ล้มด้วย").sees("talk.case_over", number=number).taps("talk.report_new")
    nid.sees("report.ask_description")


def test_words_after_my_number_go_to_that_case(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    nid.says(f"{number} มีคนมาดูแล้วแต่ยังไม่ซ่อม").sees("talk.passed_on", number=number)
    office.sees("group.told_add", number=number, note="มีคนมาดูแล้วแต่ยังไม่ซ่อม")


# --- answers ----------------------------------------------------------------------------------------
def test_an_answer_in_several_messages_and_an_album_all_go_to_the_case(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    _ask(office, number)
    nid.sees("told.ask", number=number)
    nid.says("ต้นที่สาม").sees("talk.passed_on", number=number)
    nid.says("หน้าร้านเซเว่น").sees("talk.passed_on", number=number)
    nid.sends_album(4).sees("talk.passed_on", number=number)
    assert len(nid.heard()) == 2
    with quick_chat.reads() as session:
        assert {item.case_id for item in session.scalars(select(MediaItem))} == {quick_chat.case().id}
    quick_chat.waits(minutes=6)
    nid.says("ถนนเป็นหลุมลึกมาก").sees("report.ask_place")


def test_a_pin_and_a_photo_answer_a_question(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    _ask(office, number, "ขอพิกัดเพิ่มเติมครับ")
    nid.sees("told.ask").drops_pin(13.7695, 100.5530, "ถนนดินแดง").sees("talk.passed_on", number=number)
    office.sees("group.told_answer", number=number).reads("maps?q=13.769500,100.553000")
    _ask(office, number, "ขอรูปเสาไฟด้วยครับ")
    nid.sees("told.ask").sends_photo().sees("talk.passed_on", number=number)
    assert quick_chat.history(number).count("answer") == 2


def test_a_yes_is_an_answer_and_thanks_are_not(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    _ask(office, number, "สะดวกให้เข้าไปดูพรุ่งนี้ไหมครับ")
    nid.sees("told.ask").says("ขอบคุณค่ะ").sees("talk.thanks")
    nid.says("ได้ค่ะ").sees("talk.passed_on", number=number)
    assert _notes(quick_chat, "answer") == ["ได้ค่ะ"]


def test_nothing_is_an_answer_while_an_office_waits_and_a_mistake_is_none(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    _ask(office, number, "มีอะไรกีดขวางทางเข้าไหมครับ")
    nid.sees("told.ask").says("กดผิดค่ะ").sees("talk.no_matter")
    nid.says("ไม่มีอะไรค่ะ").sees("talk.passed_on", number=number)
    assert _notes(quick_chat, "answer") == ["ไม่มีอะไรค่ะ"]


def test_an_answer_while_two_offices_ask_is_asked_whose_it_is(quick_chat: Chat) -> None:
    office, nid, first = _start(quick_chat)
    second = nid.reports(what="ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ")
    _ask(office, first)
    _ask(office, second, "กองขยะอยู่ฝั่งไหนของถนนครับ")
    nid.sees("told.ask", number=second)
    nid.says("ต้นที่สาม").sees("talk.whose_question")
    nid.sends_photo().sees("talk.whose_question")
    choice = next(one.label for one in quick_chat.line.list_tappable(nid.id) if one.label.startswith(first[-5:]))
    nid.taps(choice).sees("talk.passed_on", number=first)
    assert quick_chat.history(first)[-1] == "answer" and quick_chat.history(second)[-1] == "ask"
    nid.says("ฝั่งเซเว่นค่ะ").sees("talk.passed_on", number=second)


def test_an_answer_that_is_for_none_of_them_becomes_a_report(quick_chat: Chat) -> None:
    office, nid, first = _start(quick_chat)
    second = nid.reports(what="ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ")
    _ask(office, first)
    _ask(office, second)
    nid.sees("told.ask", number=second)
    nid.says("ถนนเป็นหลุมลึกมาก").sees("talk.whose_question").taps("talk.report_new").sees("report.ask_place")
    assert quick_chat.history(first)[-1] == "ask"


def test_a_report_asked_for_while_it_is_asked_whose_an_answer_is_begins_with_that_answer(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    _ask(office, number)
    nid.sees("told.ask").says("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ").sees("talk.whose_question")
    nid.says("แจ้งเรื่อง").sees("report.ask_place")
    assert quick_chat.history(number)[-1] == "ask"


def test_words_of_another_kind_of_problem_are_not_taken_for_an_answer_unasked(quick_chat: Chat) -> None:
    office, nid, number = _start(quick_chat)
    _ask(office, number)
    nid.sees("told.ask").says("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ").sees("talk.whose_question").taps("talk.report_new")
    nid.sees("report.ask_place")
    assert quick_chat.history(number)[-1] == "ask"


def test_an_answer_comes_once_however_often_it_is_delivered(chat: Chat) -> None:
    office, nid, number = _start(chat)
    _ask(office, number)
    nid.sees("told.ask").says("ต้นที่สาม").sees("talk.passed_on", number=number)
    chat.redelivers_everything().changes_nothing()
    assert chat.history(number).count("answer") == 1


# --- something comes unasked while a case is open ------------------------------------------------------------
@pytest.mark.parametrize("words", ["เพิ่มเติมค่ะ อยู่ข้างเสาที่ 3", "ยังไม่มาเลย", "มีคนมาดูแล้ว"])
def test_words_that_may_be_more_of_a_case_are_asked_about(quick_chat: Chat, words: str) -> None:
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid)
    nid.says(words).sees("talk.unasked").taps("talk.unasked_old").sees("talk.passed_on", number=number)
    assert quick_chat.history(number)[-1] == "add"


def test_a_photo_alone_is_asked_about(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid)
    nid.sends_photo().sees("talk.unasked").taps("talk.unasked_old").sees("talk.passed_on", number=number)
    nid.sends_photo().sees("talk.unasked").taps("talk.unasked_neither").sees("talk.no_matter")
    nid.sends_photo().sees("talk.unasked").taps("talk.unasked_new").sees("report.ask_description_with_media")


def test_of_two_cases_it_is_asked_which(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    quick_chat.has_case(nid)
    second = quick_chat.has_case(nid, category="waste")
    nid.says("ยังไม่มาเลย").sees("talk.unasked").taps("talk.unasked_old").sees("talk.whose")
    nid.says(second).sees("talk.passed_on", number=second)


def test_a_plain_problem_is_a_report_of_its_own(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    quick_chat.has_case(nid)
    nid.says("ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ").sees("report.ask_place")


@pytest.mark.parametrize("words", ["555", "ไม่ได้แจ้งอะไร", "ขอเริ่มใหม่", "แจ้งอะไรได้บ้าง"])
def test_words_that_begin_no_report(quick_chat: Chat, words: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(words)
    nid.heard()
    nid.says("ย้อนกลับ").sees("talk.nothing_open")
