"""Questions that a reporter leaves open: paused clocks, one more word while there is time, and closing by silence."""

from datetime import datetime

import pytest
from sqlalchemy import select

import clock
from clock import in_bangkok
from jobs.clocks import ring_clocks
from storage import callbacks
from storage.models import LineQuota, SlaClock, WaitingMessage
from tests.chat import Chat, listen, words_of
from tests.intake_desk import writes_down
from tests.transcripts.office_with_case import DIN_DAENG, begin
from tests.transcripts.test_clocks_reminders import reminders
from tests.transcripts.test_quota_gone import look

MONDAY_9 = "2027-03-08 09:00"


def _runs(chat: Chat, number: str) -> list[str]:
    with chat.reads() as session:
        running = select(SlaClock.kind).where(SlaClock.case_id == chat.case(number).id, SlaClock.stopped_at.is_(None))
        return sorted(session.scalars(running))


def _dues(chat: Chat, number: str) -> dict[str, datetime]:
    with chat.reads() as session:
        running = select(SlaClock).where(SlaClock.case_id == chat.case(number).id, SlaClock.stopped_at.is_(None))
        return {one.kind: in_bangkok(one.due_at) for one in session.scalars(running)}


def test_an_unanswered_question_whether_it_is_well_closes_the_case(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    nid.sees("closure.resolved_question")
    listen(nid, office)
    chat.turns_to("2027-03-12 18:00")
    chat.clocks_run()
    assert nid.heard() == []

    for moment in ("2027-03-13 12:00", "2027-03-14 12:00"):
        chat.turns_to(moment)
        chat.clocks_run()
        assert nid.heard() == [], "day five is a Saturday"
    chat.turns_to("2027-03-15 08:59")
    chat.clocks_run()
    chat.clocks_run()
    nid.sees("remind.confirm", number=number)
    assert len(nid.heard()) == 1
    assert chat.case(number).status == "resolved"

    chat.turns_to("2027-03-16 08:50")
    chat.clocks_run()
    assert chat.case(number).status == "resolved", "the word came late, and left a day to answer"
    chat.turns_to("2027-03-16 09:00")
    chat.clocks_run()
    nid.sees("told.close_silent", number=number)
    assert (chat.case(number).status, chat.case(number).verdict) == ("closed", "silent")
    assert chat.history(number)[-1] == "close"
    assert _runs(chat, number) == []


def test_the_nudge_has_the_answers_on_it(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    other = quick_chat.has_case(nid, category="waste")
    office.member().says(f"{other} ตรวจแล้วไม่พบครับ").sees("card.update", number=other)
    quick_chat.turns_to("2027-03-15 08:40")
    quick_chat.clocks_run()

    nudge = nid.sees("remind.confirm", number=number, about=" (ไฟส่องสว่าง · ซอย 5 · เขตดินแดง)").last
    # Of what was not found it is asked whether it is still there, also when silence has closed it.
    nid.sees("remind.confirm_not_found", number=other)
    nid.taps("button.all_well", nudge).sees("talk.judged_yes", number=number)
    quick_chat.turns_to("2027-03-16 09:10")
    quick_chat.clocks_run()
    nid.taps("button.gone", nid.sees("told.close_silent", number=other).last).sees("talk.judged_yes", number=other)

    quick_chat.turns_to("2027-03-16 09:30")
    quick_chat.clocks_run()
    assert quick_chat.history(number).count("close") == 0


def test_after_seven_days_in_one_leap_it_is_asked_first_and_closed_a_day_later(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    listen(nid)
    for moment in ("2027-03-16 10:00", "2027-03-16 10:01", "2027-03-17 09:59"):
        quick_chat.turns_to(moment)
        quick_chat.clocks_run()
        [asked] = nid.heard()
        assert "พรุ่งนี้ 10:00" in asked
        assert quick_chat.case(number).status == "resolved"

    quick_chat.turns_to("2027-03-17 10:01")
    quick_chat.clocks_run()

    nid.sees("told.close_silent", number=number)
    assert len(nid.heard()) == 2


def test_the_days_run_from_when_the_question_is_said_and_not_from_when_line_refused_it(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    chat.line.set_quota(300, used=300)
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    for day in (8, 13, 15, 17, 19):
        chat.turns_to(f"2027-03-{day:02} 10:00")
        chat.clocks_run()
        look(chat)
    assert (chat.case(number).status, chat.history(number)[-1]) == ("resolved", "resolve")

    listen(nid)
    nid.says("ติดตามเรื่อง").sees("closure.resolved_question")
    chat.settles()
    heard = nid.heard()
    assert [words for words in heard if "ตอบได้ถึง ศ. 26 มี.ค." in words] == [heard[-1]], heard
    assert not any(words_of("remind.confirm", number=number, about="", due="")[:20] in words for words in heard)
    chat.line.set_quota(300, used=0)
    for day in (20, 24, 25):
        chat.turns_to(f"2027-03-{day} 11:00")
        chat.clocks_run()
    nid.sees("remind.confirm", number=number)
    chat.turns_to("2027-03-26 11:00")
    chat.clocks_run()
    nid.sees("told.close_silent", number=number)
    assert chat.case(number).verdict == "silent"
    chat.line.refusals.clear()


def test_who_has_blocked_us_is_never_silent_and_is_asked_when_they_are_back(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    officers = chat.coordinators("omb", "Duty")
    nid.blocks()
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    officers.member().says("งานค้าง").sees("card.open_title", count=1).reads(number).sees("desk.reporter_blocked")
    for day in (13, 15, 17, 19):
        chat.turns_to(f"2027-03-{day} 10:00")
        chat.clocks_run()
    assert (chat.case(number).status, chat.case(number).verdict) == ("resolved", None)
    with chat.reads() as session:
        assert [(one.callback.kind, one.case.number) for one in callbacks.list_owed(session)] == [("confirm", number)]

    listen(nid)
    nid.follows().sees("welcome.back").reads(number)
    question = nid.sees("closure.resolved_question").last
    with chat.reads() as session:
        assert callbacks.list_owed(session) == [], "they answer for themselves"
    listen(officers)
    officers.member().says("งานค้าง").sees("card.open_none")
    for day in (20, 24):
        chat.turns_to(f"2027-03-{day} 11:00")
        chat.clocks_run()
    nid.sees("remind.confirm", number=number)
    assert len([words for words in nid.heard() if words_of("closure.resolved_question") in words]) == 1
    nid.taps("button.not_well", question).sees("talk.judged_no", number=number)


def test_who_could_not_be_asked_for_a_month_is_not_silent_and_the_officers_were_told_each_morning(
    quick_chat: Chat,
) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    officers = chat.coordinators("omb", "Duty")
    nid.blocks()
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    chat.turns_to("2027-03-25 07:46")
    chat.clocks_run()
    officers.sees("summary.calls_late", count=1, late=1)
    assert chat.case(number).status == "resolved"
    chat.turns_to("2027-04-08 09:05")
    chat.clocks_run()
    assert (chat.case(number).status, chat.case(number).verdict) == ("closed", None)
    assert chat.history(number)[-1] == "close"

    nid.follows().sees("welcome.back").says(f"{number} ยังไม่แก้เลย").sees("talk.judged_no", number=number)
    assert chat.case(number).status == "disputed"


def test_a_question_stops_the_clocks_and_the_answer_lets_them_go_on(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "เสร็จวันพุธ").sees("group.promised")
    chat.turns_to("2027-03-09 09:00")
    office.member().postback(f"g:{chat.case(number).id}:ask").sees("group.how_to_ask")
    office.member().says("เสาต้นไหน").sees("question.title")
    office.member().taps("question.send").sees("group.step_ask")
    assert _runs(chat, number) == ["answer"]
    listen(office)

    chat.turns_to("2027-03-11 09:00")
    chat.clocks_run()
    assert reminders(office) == [], "the day passed while the reporter was asked"
    nid.says("ต้นที่สามจากปากซอย")
    chat.settles()
    assert _runs(chat, number) == ["promise", "resolve"]
    listen(office)
    chat.clocks_run()
    asked = reminders(office)
    assert len(asked) == 2, "the reporter was told of Wednesday: another day is owed as soon as they answered"
    assert words_of("remind.ask_promise") in asked[-1].words
    listen(office)
    chat.turns_to("2027-03-11 16:00")
    chat.clocks_run()
    assert reminders(office) == []


def test_a_question_taken_back_never_stopped_anything(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, number = begin(quick_chat)
    before = _runs(quick_chat, number)
    office.member().taps("button.acknowledge", card).sees("question.date")
    noted = _runs(quick_chat, number)
    office.member().postback(f"g:{quick_chat.case(number).id}:ask").sees("group.how_to_ask")
    office.member().says("เสาต้นไหน").sees("question.title")
    line = office.member().taps("question.send").sees("group.step_ask").last
    office.member().taps("button.undo", line).sees("group.undone")

    assert before == ["acknowledge", "first_words"]
    assert noted == ["first_words", "resolve"]
    assert _runs(quick_chat, number) == noted


def test_a_reporter_is_asked_once_more_half_way_then_the_office_hears(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, _card, number = begin(chat)
    office.member().postback(f"g:{chat.case(number).id}:ask").sees("group.how_to_ask")
    office.member().says("เสาต้นไหน").sees("question.title")
    office.member().taps("question.send").sees("group.step_ask")
    listen(office, nid)

    chat.turns_to("2027-03-12 08:45")
    chat.clocks_run()
    chat.clocks_run()
    nid.sees("remind.question", number=number, question="เสาต้นไหน")
    assert len(nid.heard()) == 1
    assert reminders(office) == []
    chat.turns_to("2027-03-15 09:05")
    chat.clocks_run()
    chat.clocks_run()
    asked = reminders(office)[-1]
    assert words_of("remind.ask_answer") in asked.words
    office.member().taps("button.start", asked).sees("card.update", number=number)


@pytest.mark.parametrize(
    ("asked", "heard"), [("2026-12-04 19:05", "2026-12-08 10:05"), ("2026-12-08 09:00", "2026-12-09 09:05")]
)
def test_before_days_off_a_reporter_is_asked_once_more_ahead_of_them(quick_chat: Chat, asked: str, heard: str) -> None:
    quick_chat.turns_to("2026-12-01 10:00")
    office, nid, card, _number = begin(quick_chat)
    office.member().quotes(card, "ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
    nid.sees("told.ask")
    listen(office, nid)
    for moment, told in (("2026-12-04 18:30", 0), (asked, 1), ("2026-12-08 10:05", 1)):
        quick_chat.turns_to(moment)
        quick_chat.clocks_run()
        assert [moment for words in nid.heard() if "เสาต้นไหน" in words] == [moment] * told
    assert bool(reminders(office)) is (heard == moment), "asked late, they have a day all the same"
    quick_chat.turns_to(heard)
    quick_chat.clocks_run()
    assert words_of("remind.ask_answer") in reminders(office)[-1].words


def test_two_open_matters_of_one_person_are_asked_about_in_one_call(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, _number = begin(quick_chat)
    other = quick_chat.has_case(nid)
    second = office.gets_card(other)
    office.member().quotes(card, "แก้ไขเรียบร้อยแล้ว").sees("card.update")
    quick_chat.turns_to("2027-03-10 09:00")
    office.member().postback(f"g:{quick_chat.case(other).id}:ask").sees("group.how_to_ask")
    office.member().says("เสาต้นไหน").sees("question.title")
    office.member().taps("question.send").sees("group.step_ask")
    assert second is not None
    quick_chat.settles()
    quick_chat._stop()
    quick_chat.turns_to("2027-03-15 08:50")
    quick_chat._start()
    quick_chat.clocks_run()

    nudges = [one for one in quick_chat.line.received(nid.id) if "ยังรอคำตอบ" in one.words or "ถ้าไม่มีคำตอบ" in one.words]
    assert len(nudges) == 2
    assert len({one.request_id for one in nudges}) == 1


def test_a_question_that_nobody_answers_comes_back_and_what_was_promised_is_asked_about(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    officers = chat.coordinators("omb", "Duty")
    office, nid, card, number = begin(chat, category="road")
    office.member().quotes(card, "เสร็จวันพุธ").sees("group.promised")
    office.member().quotes(card, "ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
    office.sees("group.step_ask")
    listen(office)
    chat.turns_to("2027-03-15 09:05")
    chat.clocks_run()
    asked = reminders(office)[-1]
    assert words_of("remind.ask_promise") in asked.words
    assert "ยังไม่ตอบคำถาม" in asked.words and "10 มี.ค." in asked.words
    assert _runs(chat, number) == ["promise", "resolve"], "with the time that was left"
    assert chat.case(number).status == "needs_info", "an answer is welcome still"
    office.member().says("งานค้าง").reads(number).reads("เลยวันนัดแก้ไข")

    chat.turns_to("2027-03-16 10:05")
    listen(officers)
    chat.clocks_run()
    assert [number in one.words for one in reminders(officers)] == [True]
    officers.member().says("งานค้าง").reads(number).reads("เขตดินแดง")
    chat.turns_to("2027-03-17 07:46")
    chat.clocks_run()
    officers.sees("remind.title_escalated", count=1).reads(number)

    nid.says("ต้นที่สามจากปากซอย").sees("talk.passed_on", number=number)
    assert _runs(chat, number) == ["promise", "resolve"]
    assert chat.case(number).status == "in_progress"
    listen(officers)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("reason.ask_done")
    officers.member().says("งานค้าง").sees("card.open_none")


def test_after_a_question_came_back_it_may_be_taken_back_or_another_asked(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat, category="road")
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    noted = _dues(chat, number)
    for undone in (True, False):
        office.member().quotes(card, "ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
        office.sees("group.step_ask")
        chat.turns_to("2027-03-15 09:05" if undone else "2027-03-22 09:06")
        chat.clocks_run()
        assert _runs(chat, number) == ["promise", "resolve"]
        if undone:
            office.member().says(f"{number} แก้กลับ").sees("group.undone")
            assert _dues(chat, number) == noted, "its clocks never ran, and those that came back with it neither"

    office.member().quotes(card, "ถามผู้แจ้ง มีรูปไหม").sees("question.title").taps("question.send")
    office.sees("group.step_ask")
    assert _runs(chat, number) == ["answer"]
    chat.turns_to("2027-03-23 09:06")
    nid.says("เสาหน้าร้านยา").taps("00001 มีรูปไหม").sees("talk.passed_on", number=number)
    left = _dues(chat, number)
    assert left["promise"] == noted["promise"]
    assert left["resolve"].date().isoformat() == "2027-03-23", "15 March, and the waits that stood"


def test_an_offer_that_comes_back_goes_on_waiting_for_the_reporter(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    other = chat.coordinators("district:1017", "Kai")
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
    office.sees("group.step_ask")
    due = _dues(chat, number)["answer"]
    office.member().quotes(card, "โอนให้เขตห้วยขวาง เพราะอยู่ฝั่งห้วยขวาง").reads("รอตอบรับ")
    chat.turns_to("2027-03-08 15:00")
    other.member().says(f"{number} ไม่ใช่พื้นที่เราครับ").sees("transfer.step_bounce", number=number)
    assert _runs(chat, number) == ["answer"], "no new time to mend it"
    assert round((_dues(chat, number)["answer"] - due).total_seconds() / 3600) == 6
    nid.says("ต้นที่สาม").sees("talk.passed_on", number=number)
    assert _runs(chat, number) == ["first_words", "resolve"]


def test_lists_of_the_silent_that_wait_for_want_of_messages_are_one_for_the_officers(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    officers = chat.coordinators("omb", "Duty")
    office, nid = chat.coordinators(DIN_DAENG), chat.citizen()
    first = [chat.has_case(nid) for _ in range(5)]
    chat.turns_to("2027-03-08 11:00")
    second = [chat.has_case(nid) for _ in range(5)]
    for moment in ("2027-03-08 14:05", "2027-03-08 16:05"):
        chat.turns_to(moment)
        ring_clocks(chat.parts.database)
    chat.line.set_quota(300, used=280)
    with chat.parts.database.begin() as session:
        session.merge(LineQuota(id=1, most=300, used=280, short=True, read_at=clock.now()))
    for moment in ("2027-03-09 10:05", "2027-03-09 12:05", "2027-03-09 14:05"):
        chat.turns_to(moment)
        ring_clocks(chat.parts.database)
    listen(officers)
    officers.member().says("กินข้าวกันไหม")
    chat.settles()
    told = [words for words in officers.heard() if words.startswith(words_of("remind.title_escalated", count=10))]
    assert len(told) == 1, officers.heard()
    assert all(number in told[0] for number in (*first, *second))

    for day, numbers in (("09", first), ("10", second)):
        chat.turns_to(f"2027-03-{day} 15:00")
        for number in numbers:
            office.member().says(f"{number} ไม่รับครับ เป็นที่ดินเอกชน").reads(number)
    for moment in ("2027-03-12 16:05", "2027-03-15 16:05"):
        chat.turns_to(moment)
        ring_clocks(chat.parts.database)
    chat.settles()
    with chat.reads() as session:
        listed = select(WaitingMessage.message).where(WaitingMessage.kind == "decide_list")
        [waiting] = session.scalars(listed.where(WaitingMessage.chat_id == officers.id))
    assert all(number in waiting for number in (*first, *second))


def test_a_call_that_nobody_made_is_no_silence_of_the_reporter_nor_of_the_office(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2026-12-01 10:00")
    officers, office = chat.coordinators("omb", "Duty"), chat.coordinators("district:1026", "Pim")
    pim, number = office.member("Pim"), writes_down(chat)
    pim.quotes(office.gets_card(number), "รับทราบ เสร็จวันศุกร์").sees("group.promised")
    pim.says(f"{number} ถามผู้แจ้ง เสาต้นไหนครับ").sees("question.title_call").taps("question.send_call")
    pim.sees("group.step_ask_call")
    done = writes_down(chat)
    pim.quotes(office.gets_card(done), "ถามผู้แจ้ง ซอยไหนครับ").sees("question.title_call").taps("question.send_call")
    listen(office, officers)
    officers.member().says("งานค้าง").sees("card.open_title", count=2).reads(number).sees("desk.call_owed")
    chat.turns_to("2026-12-03 07:46")
    chat.clocks_run()
    officers.sees("summary.calls_late", count=3, late=3)

    chat.turns_to("2026-12-08 10:10")
    chat.clocks_run()
    office.sees("remind.promise_unanswered", number=number, why=words_of("remind.why_uncalled"))
    office.sees("remind.answer_unanswered", number=done, why=words_of("remind.why_uncalled"))
    pim.says(f"{done} แก้ไขแล้วครับ").sees("card.update")
    chat.turns_to("2026-12-09 07:46")
    chat.clocks_run()
    officers.sees("remind.uncalled", number=number, office="เขตดินแดง")
    rings = [words for words in officers.heard() if "ยังไม่มีใครโทร กรุณาโทร" in words]
    assert [done in words for words in rings] == [False], "what is done they need not ring about any more"
    for hour in (10, 12, 14):
        chat.turns_to(f"2026-12-09 {hour}:35")
        chat.clocks_run()
    officers.sees("remind.escalated_uncalled", number=number, office="เขตดินแดง")
    silent = words_of("remind.escalated").split("{late}")[1].strip()
    assert not any(number in words and silent in words for words in officers.heard())

    # Somebody rings, and nobody answers: it is said so.
    with chat.parts.database.begin(clock.now()) as session:
        one = next(one for one in callbacks.list_owed(session) if one.callback.kind == "ask")
        callbacks.note_try(session, one.callback.id, one.case.id, clock.now())
    officers.member().says("งานค้าง").sees("desk.call_again")
