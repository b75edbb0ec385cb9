"""What an office says of days, reasons and waits in its own words, and that a date is still owed after a detour."""

from datetime import date

import pytest
from sqlalchemy import select

from simulator.outcomes import BotMessage
from storage.models import Case, SlaClock
from tests.chat import Chat, Office, Person, listen, words_of
from tests.transcripts.office_with_case import begin
from tests.transcripts.test_clocks_reminders import reminders
from texts.catalog import say

MONDAY_9, TUESDAY_10 = "2027-03-08 09:00", "2027-03-09 10:00"
WORKS = "dept:public-works"


def _running(chat: Chat, number: str) -> set[str]:
    """What runs for a case."""
    chat.settles()
    with chat.reads() as session:
        running = select(SlaClock.kind).join(Case, Case.id == SlaClock.case_id)
        return set(session.scalars(running.where(Case.number == number, SlaClock.stopped_at.is_(None))))


def _missed(chat: Chat, now: str = "2027-03-09 16:31") -> tuple[Office, Person, BotMessage, str]:
    """A case promised for a day that is over, and what is quoted: the question of the morning after, or the card."""
    chat.turns_to(TUESDAY_10)
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    nid.sees("told.promise", number=number)
    chat.turns_to(now)
    chat.clocks_run()
    asked = reminders(office)
    assert bool(asked) == (now > "2027-03-10")
    listen(office, nid)
    return office, nid, asked[0] if asked else card, number


# --- a date is owed still
def test_after_the_answer_to_a_question_a_date_is_asked_for(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เสาต้นไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask", number=number)
    assert _running(quick_chat, number) == {"answer"}
    quick_chat.turns_to("2027-03-08 15:00")
    nid.says("เสาที่สองจากปากซอยครับ")
    quick_chat.settles()
    assert _running(quick_chat, number) == {"resolve", "first_words"}
    listen(office)
    quick_chat.turns_to("2027-03-09 14:50")
    quick_chat.clocks_run()
    assert reminders(office) == [], "the wait was not the office's time"

    quick_chat.turns_to("2027-03-09 15:10")
    quick_chat.clocks_run()

    office.sees("remind.ask_first_words")


def test_who_takes_a_case_over_owes_a_date(quick_chat: Chat) -> None:
    works = quick_chat.coordinators(WORKS)
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, number = begin(quick_chat)
    office.member().quotes(card, "ส่งต่อสำนักการโยธาครับ เพราะไม่ใช่พื้นที่เรา").sees("group.step_offered")
    works.member().taps("button.accept", works.gets_card(number)).sees("question.date")
    assert _running(quick_chat, number) == {"resolve", "first_words"}
    listen(works)

    quick_chat.turns_to("2027-03-09 09:30")
    quick_chat.clocks_run()

    works.sees("remind.ask_first_words")


def test_an_answer_that_holds_no_day_to_keep_is_answered(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-12-01 10:00")
    office, nid, card, number = begin(quick_chat)
    pim = office.member("Pim").taps("button.acknowledge", card).sees("question.date")
    nid.sees("told.acknowledge", number=number)
    listen(nid)
    question = pim.last
    answered = {
        "30 พ.ย.": "past",
        "15 ธ.ค. 2568": "past",
        "ไม่เกิน 31 พ.ย.": "impossible",
        "ยังไม่ทราบครับ": "unknown",
        "เร็ว ๆ นี้ครับ": "none",
        "เร็วๆนี้": "none",
    }
    for words, why in answered.items():
        pim = office.member("Pim").quotes(question, words).sees(f"owed_day.{why}", number=number)
    office.member("Pim").says("ยังไม่ทราบครับ").sees("owed_day.unknown", number=number)
    listen(office)
    for talk in ("ขอบคุณครับ", "เดี๋ยวถามช่างก่อน", "พรุ่งนี้ประชุมกี่โมงครับ"):
        office.member("Pim").quotes(question, talk)
    office.member("Somchai").says("ยังไม่ทราบครับ").sees_nothing()
    nid.sees_nothing()

    pim = office.member("Pim").quotes(question, "สัปดาห์หน้าน่าจะเสร็จ").sees("group.maybe", number=number)
    nid.sees_nothing()
    pim.taps("button.maybe_yes").sees("group.promised", due="ศ. 11 ธ.ค.")
    nid.sees("told.promise", number=number)
    office.member("Pim").quotes(question, "นัดวันพ่อครับ").sees("group.promised", due="ส. 5 ธ.ค.")


@pytest.mark.parametrize("words", ["รับเรื่องครับ เสร็จพรุ่งนี้", "จะเข้าไปดูพรุ่งนี้ครับ"])
def test_words_that_take_a_case_over_and_name_a_day_keep_both(quick_chat: Chat, words: str) -> None:
    works = quick_chat.coordinators(WORKS)
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "ส่งต่อสำนักการโยธาครับ เพราะไม่ใช่พื้นที่เรา").sees("group.step_offered")
    works.member().quotes(works.gets_card(number), words).sees("group.promised")

    nid.sees("told.promise", number=number)
    assert not any(words_of("question.date") in said for said in works.heard()), "it was said"
    assert (quick_chat.case().owner, quick_chat.case().promised_on) == (WORKS, date(2027, 3, 9))
    works.member().taps("button.undo").sees("group.undone")
    assert (quick_chat.case().owner, quick_chat.case().promised_on) == (WORKS, None)
    assert _running(quick_chat, number) == {"resolve", "first_words"}


def test_an_offer_that_is_answered_with_done_is_taken_over_and_done(quick_chat: Chat) -> None:
    works = quick_chat.coordinators(WORKS)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "ส่งต่อสำนักการโยธาครับ เพราะไม่ใช่พื้นที่เรา").sees("group.step_offered")
    works.member().quotes(works.gets_card(number), "เสร็จแล้วครับ").sees("group.step_resolve")
    nid.sees("closure.resolved_question")
    assert quick_chat.history(number)[-2:] == ["accept", "resolve"]


# --- the reason beside the day
@pytest.mark.parametrize("now", ["2027-03-09 16:31", "2027-03-10 09:00"])
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("ขอเลื่อนเป็นวันศุกร์ รออะไหล่ครับ", "รออะไหล่"),
        ("รออะไหล่ครับ ขอเลื่อนเป็นวันศุกร์", "รออะไหล่"),
        ("ฝนตกหนักมากครับ เสร็จวันศุกร์", "ฝนตกหนักมาก"),
    ],
)
def test_a_reason_without_because_is_told_with_the_day(quick_chat: Chat, words: str, reason: str, now: str) -> None:
    office, nid, said, number = _missed(quick_chat, now)

    office.member("Pim").quotes(said, words).sees("group.put_off_because", reason=reason)

    nid.sees("told.put_off_because", number=number, reason=reason)
    assert not any(words_of("reason.hint") in one for one in office.heard())
    assert quick_chat.case(number).promised_on == date(2027, 3, 12)


def test_in_the_evening_of_the_missed_day_a_new_one_alone_is_asked_why(quick_chat: Chat) -> None:
    office, nid, said, number = _missed(quick_chat)

    office.member("Pim").quotes(said, "ขอเลื่อนเป็นวันศุกร์ครับ").sees("group.put_off").sees("reason.ask_done")

    nid.sees("told.put_off", number=number)
    office.member("Pim").taps("reason.parts").sees("reason.kept", number=number)
    nid.sees("reason.told", reason=words_of("reason.parts"))


def test_why_a_day_was_put_off_is_asked_again_until_somebody_says(quick_chat: Chat) -> None:
    office, nid, said, number = _missed(quick_chat, "2027-03-10 09:00")
    office.member("Pim").quotes(said, "ขอเลื่อนเป็นวันจันทร์ครับ").sees("reason.ask_done")
    nid.sees("told.put_off", number=number)
    listen(office)
    quick_chat.turns_to("2027-03-11 07:46")
    quick_chat.clocks_run()
    office.reads(words_of("reason.owed"))
    office.member("Somchai").says(number).sees("reason.ask_done", number=number)
    listen(office)

    office.member("Somchai").says(f"{number} รออะไหล่ครับ").sees("reason.kept", number=number, reason="รออะไหล่")

    nid.sees("reason.told", number=number, reason="รออะไหล่")
    listen(office)
    office.member("Somchai").says("งานค้าง").sees("card.open_title").says(number)
    office.gets_card(number)
    assert not any(words_of("reason.owed") in one or words_of("reason.hint") in one for one in office.heard())


def test_a_day_put_off_before_its_time_is_over_is_not_asked_why(quick_chat: Chat) -> None:
    quick_chat.turns_to(TUESDAY_10)
    office, _nid, card, _number = begin(quick_chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")

    office.member("Pim").quotes(card, "ขอเลื่อนเป็นวันศุกร์ครับ").sees("group.put_off")

    assert not any(words_of("reason.hint") in one for one in office.heard())


def test_a_reason_alone_is_kept_and_goes_with_the_day_that_is_tapped(quick_chat: Chat) -> None:
    office, nid, _said, number = _missed(quick_chat)

    office.member("Pim").says(f"{number} รออะไหล่อยู่ครับ").sees("reason.noted", number=number, reason="รออะไหล่อยู่")
    nid.sees_nothing()
    office.member("Pim").taps("3 วัน").sees("group.put_off_because", reason="รออะไหล่อยู่")

    nid.sees("told.put_off_because", number=number, reason="รออะไหล่อยู่")


def test_a_reason_alone_is_kept_and_goes_with_the_day_that_is_typed(quick_chat: Chat) -> None:
    office, nid, said, number = _missed(quick_chat)

    pim = office.member("Pim").quotes(said, "ฝนตกทั้งวันครับ").sees("reason.ask_day")
    pim.says("วันศุกร์ครับ").sees("group.put_off_because", reason="ฝนตกทั้งวัน")

    nid.sees("told.put_off_because", number=number, reason="ฝนตกทั้งวัน")


# --- waiting is not mending
@pytest.mark.parametrize("words", ["รองบประมาณปีหน้า คาดว่ามกราคม", "รออะไหล่ครับ", "ยังรอผู้รับเหมาอยู่ครับ", "รออนุมัติจัดซื้อ"])
def test_waiting_in_words_is_shown_before_anybody_reads_it(quick_chat: Chat, words: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)

    office.member().quotes(card, words).sees("question.title_wait", number=number, look="อ. 23 มี.ค.")

    nid.sees_nothing()
    assert quick_chat.case(number).status == "acknowledged"
    office.member("Pim").taps("question.send").sees("group.step_wait", look="อ. 23 มี.ค.")
    nid.sees("told.wait", reason=words, look="อ. 23 มี.ค.")


def test_a_day_beside_the_wait_is_a_promise(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)

    office.member().quotes(card, "รออะไหล่ครับ เสร็จวันศุกร์").sees("group.promised")

    nid.sees("told.promise", number=number)


def test_noted_that_was_changed_into_a_wait_is_shown(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, number = begin(quick_chat)
    written = office.member().quotes(card, "รับทราบครับ").sees("question.date").outcome
    assert written is not None

    office.member().edits("รออะไหล่ครับ", message_id=str(written.message_id)).sees("question.title_wait", number=number)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("รับทราบ รองบประมาณปี 70 ครับ", "รองบประมาณปี 70 ครับ"),
        ("รับทราบ ต้องรออะไหล่ครับ", "ต้องรออะไหล่ครับ"),
        ("รับทราบครับ แต่ต้องรอการประปา", "ต้องรอการประปา"),
        ("รอการไฟฟ้าย้ายเสา", "รอการไฟฟ้าย้ายเสา"),
        ("ต้องรอ กฟน.", "ต้องรอ กฟน."),
        ("ประสานการประปาแล้ว รอผลครับ", "ประสานการประปาแล้ว รอผลครับ"),
        ("รอเขตราชเทวีมาดูด้วยกัน", "รอเขตราชเทวีมาดูด้วยกัน"),
    ],
)
def test_noted_and_what_is_waited_for_is_shown_as_a_wait(quick_chat: Chat, words: str, reason: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)

    office.member().quotes(card, words).sees("question.title_wait", number=number, look="อ. 23 มี.ค.")

    nid.sees_nothing()
    office.member("Pim").taps("question.send").sees("group.step_wait", look="อ. 23 มี.ค.")
    nid.sees("told.wait", reason=reason, look="อ. 23 มี.ค.")
    assert "start" not in quick_chat.history(number)


def test_the_day_to_look_again_is_asked_where_none_is_named(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, _number = begin(quick_chat)

    office.member("Pim").quotes(card, "รอทหารเปิดประตูให้").sees("question.title_wait", look="อ. 23 มี.ค.")
    in_seven = say("th", "question.look_in", count=7)
    office.member("Pim").taps(in_seven).sees("group.step_wait", look="จ. 15 มี.ค.")
    nid.sees("told.wait", reason="รอทหารเปิดประตูให้", look="จ. 15 มี.ค.")

    pim = office.member("Pim").quotes(card, "รอการไฟฟ้าเข้าวันพฤหัส").sees("question.title_wait", look="พฤ. 11 มี.ค.")
    assert pim.last is not None
    assert in_seven not in str(pim.last.message)
    office.member("Pim").quotes(card, "รองบ ดูอีกครั้ง 19 มี.ค.").sees("question.title_wait", look="ศ. 19 มี.ค.")


@pytest.mark.parametrize("words", ["รับทราบ รอสักครู่นะครับ", "รับทราบครับ ไม่ต้องรอการไฟฟ้าแล้ว"])
def test_noted_beside_no_wait_stays_noted(quick_chat: Chat, words: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, _number = begin(quick_chat)

    office.member().quotes(card, words).sees("question.date")
