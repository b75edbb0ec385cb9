"""A day that was named stays through a wait, and of one silent case the officers hear once."""

from datetime import datetime

from sqlalchemy import select

from clock import BANGKOK, in_bangkok
from storage.models import SlaClock
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import begin
from tests.transcripts.test_clocks_reminders import reminders


def _find_due(chat: Chat, kind: str) -> datetime:
    with chat.reads() as session:
        running = select(SlaClock.due_at).where(SlaClock.kind == kind, SlaClock.stopped_at.is_(None))
        return in_bangkok(session.scalars(running).one())


def test_a_question_does_not_move_the_day_that_the_reporter_was_told(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid, card, number = begin(quick_chat, category="road")
    office.member("Pim").quotes(card, "เสร็จวันพฤหัส").sees("group.promised")
    quick_chat.turns_to("2027-03-08 10:00")
    office.member("Pim").quotes(card, "ซอยไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    nid.sees("told.ask")
    quick_chat.turns_to("2027-03-10 10:00")
    nid.says("ซอย 5 หน้าร้านขายยา").sees("talk.passed_on", number=number)
    assert _find_due(quick_chat, "promise") == datetime(2027, 3, 11, 16, 30, tzinfo=BANGKOK)
    assert _find_due(quick_chat, "resolve").date().isoformat() == "2027-03-17"

    office.member("Pim").quotes(card, "ขอเลขเสาด้วยครับ").sees("question.title").taps("question.send")
    nid.sees("told.ask")
    quick_chat.turns_to("2027-03-13 10:00")
    listen(office, nid)
    nid.says("เสาที่ 3").sees("talk.passed_on", number=number)
    quick_chat.clocks_run()
    assert reminders(office) == [], "a Saturday"
    quick_chat.turns_to("2027-03-15 07:50")
    quick_chat.clocks_run()
    assert words_of("remind.ask_promise") in reminders(office)[-1].words


def test_the_silence_of_one_case_is_told_to_the_officers_once_a_day(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 10:05")
    staff = quick_chat.coordinators("omb", "Officer")
    office, nid, card, number = begin(quick_chat)
    office.member("Pim").quotes(card, "เสร็จพรุ่งนี้").sees("group.promised")
    waits = quick_chat.has_case(nid)
    office.member("Pim").quotes(office.gets_card(waits), "รองบประมาณครับ").sees("question.title_wait")
    office.member("Pim").taps("question.send").sees("group.step_wait")
    for moment in ("2027-03-10 07:50", "2027-03-10 12:00"):
        quick_chat.turns_to(moment)
        quick_chat.clocks_run()
    listen(staff)
    told: list[tuple[str, str]] = []
    of_wait: list[str] = []
    for day in (11, 12, 15):
        for hour in ("07:50", "10:30", "12:30", "14:30"):
            quick_chat.turns_to(f"2027-03-{day} {hour}")
            listen(staff)
            quick_chat.clocks_run()
            told += [(f"{day} {hour}", one.words) for one in reminders(staff) if number in one.words]
            of_wait += [one.words for one in reminders(staff) if waits in one.words]
    assert quick_chat.history(number).count("escalate") == 1 and len(told) <= 2, told
    assert told and told[0][0].startswith("11"), told
    assert len(of_wait) == 1 and "และจะดูอีกครั้ง " in of_wait[0] and "นัดไว้" not in of_wait[0], of_wait
