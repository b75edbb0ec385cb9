"""A clock that ends is told of once: it quotes the card, brings the buttons, and knows nights and days off."""

from datetime import date

from sqlalchemy import select

import clock
from cases import clocks
from simulator.outcomes import BotMessage
from storage import working_days
from storage.models import SentMessage
from tests.chat import Chat, Listener, listen
from tests.transcripts.office_with_case import begin

MONDAY_9 = "2027-03-08 09:00"


def reminders(listener: Listener) -> list[BotMessage]:
    """What the clocks said here since the last act; digests are another matter."""
    chat = listener.chat
    chat.settles()
    with chat.reads() as session:
        said = select(SentMessage.message_id).where(SentMessage.kind == "reminder", SentMessage.chat_id == listener.id)
        ours = set(session.scalars(said))
    return [one for one in chat.line.received(listener.id, after=listener.since) if one.message_id in ours]


def test_who_does_not_answer_in_four_working_hours_is_reminded_once(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, _card, number = begin(chat)
    chat.waits(hours=3, minutes=59)
    chat.clocks_run()
    office.sees_nothing()

    chat.waits(minutes=2)
    chat.clocks_run()
    office.sees("remind.acknowledge", number=number)
    chat.clocks_run()
    chat.waits(hours=1)
    chat.clocks_run()

    said, asked = chat.line.received(office.id, after=office.since)
    assert said.message["quoteToken"], "it quotes the card"
    assert said.request_id == asked.request_id, "one call, paid once"
    assert chat.history(number) == ["report", "dispatch", "remind"]
    nid.sees_nothing()
    office.member().taps("button.acknowledge", asked).sees("question.date")


def test_a_reminder_can_be_answered_by_quoting_it(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, _card, number = begin(quick_chat)
    quick_chat.waits(hours=4, minutes=1)
    quick_chat.clocks_run()
    said = office.sees("remind.acknowledge", number=number).last

    office.member("Pim").quotes(said, "รับทราบ เสร็จภายในวันศุกร์").sees("card.update", number=number)

    nid.sees("told.promise", number=number)
    assert quick_chat.case(number).promised_on == date(2027, 3, 12)
    quick_chat.waits(hours=4)
    quick_chat.clocks_run()
    assert quick_chat.history(number)[-1] == "promise", "what was answered is not asked again"


def test_then_the_officers_hear_of_it_once(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    officers = chat.coordinators("omb", "Duty")
    office, nid, _card, number = begin(chat)
    chat.waits(hours=4, minutes=1)
    chat.clocks_run()
    listen(office, officers)

    chat.waits(hours=3, minutes=50)
    chat.clocks_run()
    assert reminders(officers) == []
    chat.turns_to("2027-03-09 09:59")
    chat.clocks_run()
    assert reminders(officers) == [], "every second hour"
    chat.turns_to("2027-03-09 10:01")
    chat.clocks_run()
    chat.clocks_run()

    heard = reminders(officers)
    assert [number in one.words and "เขตดินแดง" in one.words for one in heard] == [True]
    assert chat.history(number) == ["report", "dispatch", "remind", "escalate"]
    assert reminders(office) == [], "the office is not told twice"
    nid.says("ติดตามเรื่อง").reads("แจ้งผู้ตรวจการแผ่นดินว่าเขตดินแดงเลยกำหนด")
    officers.member().taps("remind.open_card", heard[0]).reads(number)


def test_at_night_only_danger_is_told(chat: Chat) -> None:
    chat.turns_to("2027-03-08 15:00")
    officers = chat.coordinators("omb", "Duty")
    office, nid, _card, number = begin(chat)
    chat.turns_to("2027-03-09 02:00")
    fire = chat.has_case(nid, danger=["fire"], description="สายไฟขาดมีประกายไฟ")
    assert not office.gets_card(fire).silent, "phones ring for danger"
    dark = chat.has_case(nid)
    assert office.gets_card(dark).silent, "but not for what has time until the morning"
    listen(office, officers)

    chat.waits(minutes=31)
    chat.clocks_run()
    assert [fire in one.words for one in reminders(office)] == [True, True]
    assert reminders(officers) == []
    chat.waits(minutes=16)
    chat.clocks_run()
    assert [fire in one.words for one in reminders(officers)] == [True]
    assert chat.history(number) == ["report", "dispatch"]


def test_weekends_holidays_and_their_substitutes_do_not_count(chat: Chat) -> None:
    """Friday afternoon; Saturday 5 December is a holiday, so that Monday the 7th is off in its place."""
    chat.turns_to("2026-12-04 15:30")
    office, _nid, _card, _number = begin(chat)

    for quiet in ("2026-12-04 19:00", "2026-12-05 12:00", "2026-12-07 12:00", "2026-12-08 11:29"):
        chat.turns_to(quiet)
        chat.clocks_run()
        assert reminders(office) == [], quiet
    chat.turns_to("2026-12-08 11:31")
    chat.clocks_run()
    assert len(reminders(office)) == 2


def test_what_falls_due_at_night_is_told_with_the_morning_digest_together(chat: Chat) -> None:
    chat.turns_to("2027-03-09 18:00")
    office, nid, card, number = begin(chat)
    other = chat.has_case(nid)
    second = office.gets_card(other)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    office.member("Pim").quotes(second, "วันนี้เสร็จ").sees("group.promised")
    listen(office)

    for quiet in ("2027-03-10 00:01", "2027-03-10 07:44"):
        chat.turns_to(quiet)
        chat.clocks_run()
        assert reminders(office) == [], quiet
    chat.turns_to("2027-03-10 07:46")
    chat.clocks_run()

    heard = reminders(office)
    assert [number in heard[0].words, other in heard[1].words, len(heard)] == [True, True, 3]
    said = chat.line.received(office.id, after=office.since)
    assert len({one.request_id for one in said}) == 1 and len(said) == 4, "told in one call, with the digest"
    assert said[-1].words.startswith("เช้านี้ที่")
    assert all("quoteToken" in one.message for one in heard[:2])
    row = f"{other} ไฟส่องสว่าง"
    office.member().taps(row if len(row) <= 20 else other, heard[2]).sees("remind.promise", number=other)
    office.member().taps("3 วัน").sees("reason.ask", number=other).taps("reason.parts").sees("group.put_off_because")


def test_a_week_of_downtime_is_one_message_not_fifty(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, _card, number = begin(chat)
    for _ in range(11):
        chat.has_case(nid)
    chat.settles()
    before = chat.line.position()
    chat._stop()
    chat.turns_to("2027-03-16 10:00")
    chat._start()
    listen(office)
    office.since = before

    chat.clocks_run()
    chat.clocks_run()

    heard = chat.line.received(office.id, after=before)
    assert len({one.request_id for one in heard}) == 1, [one.words for one in heard]
    assert all("12" in one.words for one in heard), "the morning's digest, the list of reminders, or both in one call"
    assert chat.history(number) == ["report", "dispatch", "remind"]
    chat.waits(hours=1)
    chat.restarts()
    chat.clocks_run()
    assert chat.line.received(office.id, after=before) == heard


def test_after_a_week_of_downtime_and_past_the_digest_one_list_tells_of_all(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, _card, _number = begin(chat)
    for _ in range(11):
        chat.has_case(nid)
    chat.settles()
    chat._stop()
    chat.turns_to("2027-03-16 13:00")
    chat._start()
    listen(office)
    office.since = 0

    chat.clocks_run()
    chat.clocks_run()

    assert [one.words.splitlines()[0] for one in reminders(office)] == ["เลยกำหนด 12 เรื่อง"]


def test_a_clock_turned_back_tells_nothing_twice(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    _office, _nid, _card, number = begin(quick_chat)
    quick_chat.waits(hours=5)
    quick_chat.clocks_run()
    quick_chat.waits(hours=-3)
    quick_chat.clocks_run()
    quick_chat.waits(hours=3)
    quick_chat.clocks_run()

    assert quick_chat.history(number) == ["report", "dispatch", "remind"]


def test_noted_without_a_date_is_asked_for_one_the_next_day(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    office.member().taps("button.acknowledge", card).sees("question.date")
    listen(office)
    chat.turns_to("2027-03-09 08:59")
    chat.clocks_run()
    assert reminders(office) == []

    chat.turns_to("2027-03-09 09:01")
    chat.clocks_run()
    asked = reminders(office)[-1]
    office.member().taps("3 วัน", asked).sees("group.promised")
    nid.sees("told.promise", number=number)


def test_a_case_that_nobody_accepted_is_not_asked_for_a_date_too(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    _office, _nid, _card, number = begin(quick_chat)
    quick_chat.turns_to("2027-03-09 09:30")
    quick_chat.clocks_run()

    assert quick_chat.history(number) == ["report", "dispatch", "remind"]


def test_a_confidential_case_is_a_number_to_the_officers_and_nothing_to_anybody_else(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    officers, office = chat.coordinators("omb", "Duty"), chat.coordinators("district:1026", "Pim")
    nid = chat.citizen()
    number = chat.has_case(nid, category="official", description="เจ้าหน้าที่เขตเรียกเงิน")
    assert chat.case(number).confidential
    listen(officers, office)

    chat.waits(hours=5)
    chat.clocks_run()

    heard = [one.words for one in reminders(officers)]
    assert heard == [f"{number} เรื่องลับ เลยกำหนดแล้ว"]
    assert reminders(office) == []


def test_a_day_off_that_staff_declare_counts_for_what_already_runs(chat: Chat) -> None:
    """Monday 15:00, due on Tuesday 11:00; then Tuesday is declared a day off."""
    chat.turns_to("2027-03-08 15:00")
    office, _nid, _card, _number = begin(chat)
    with chat.parts.database.begin() as session:
        working_days.set_exception(session, date(2027, 3, 9), works=False, reason="", now=clock.now())
        assert clocks.count_anew(session) == 2
    for quiet in ("2027-03-09 12:00", "2027-03-10 10:59"):
        chat.turns_to(quiet)
        chat.clocks_run()
        assert reminders(office) == [], quiet

    chat.turns_to("2027-03-10 11:01")
    chat.clocks_run()

    assert len(reminders(office)) == 2


def test_a_holiday_on_which_offices_work_counts(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-12-04 15:30")
    with quick_chat.parts.database.begin() as session:
        working_days.set_exception(session, date(2026, 12, 7), works=True, reason="", now=clock.now())
    office, _nid, _card, _number = begin(quick_chat)

    quick_chat.turns_to("2026-12-07 11:31")
    quick_chat.clocks_run()

    assert len(reminders(office)) == 2


def test_an_acknowledgement_taken_back_never_stopped_the_clock(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, number = begin(quick_chat)
    quick_chat.turns_to("2027-03-08 11:00")
    line = office.member().taps("button.acknowledge", card).sees("question.date").last
    quick_chat.turns_to("2027-03-08 12:59")
    office.member().taps("button.undo", line).sees("group.undone")
    listen(office)
    quick_chat.clocks_run()
    assert reminders(office) == []

    quick_chat.turns_to("2027-03-08 13:01")
    quick_chat.clocks_run()

    assert [number in one.words for one in reminders(office)] == [True, True]


def test_what_the_officers_leave_undecided_for_three_working_days_comes_back_to_them(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-11 10:00")
    officers = quick_chat.coordinators("omb", "Duty")
    office, _nid, card, number = begin(quick_chat)
    office.member().quotes(card, "ไม่รับเรื่อง เพราะเป็นที่ดินเอกชน").sees("card.update", number=number)
    listen(office, officers)
    for quiet in ("2027-03-12 12:00", "2027-03-14 12:00", "2027-03-16 09:59"):
        quick_chat.turns_to(quiet)
        quick_chat.clocks_run()
        assert reminders(officers) == [], quiet

    quick_chat.turns_to("2027-03-16 10:01")
    quick_chat.clocks_run()
    quick_chat.clocks_run()

    heard = reminders(officers)
    assert [number in one.words for one in heard] == [True, True]
    assert reminders(office) == []
    officers.member().taps("remind.open_card", heard[-1]).reads("ที่ดินเอกชน")


def test_a_group_whose_office_lost_its_case_is_not_reminded_of_it(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, _card, number = begin(quick_chat)
    other = quick_chat.coordinators("district:1017", "Lek")
    quick_chat.turns_to("2027-03-08 12:00")
    quick_chat.moves(number, "district:1017")
    listen(office, other)

    quick_chat.turns_to("2027-03-08 14:00")
    quick_chat.clocks_run()
    assert reminders(office) == reminders(other) == []
    quick_chat.turns_to("2027-03-08 16:01")
    quick_chat.clocks_run()

    assert reminders(office) == []
    assert [number in one.words for one in reminders(other)] == [True, True]


def test_the_officers_hear_only_after_the_office_had_an_hour_to_answer_its_reminder(quick_chat: Chat) -> None:
    """Its day and the time to resolve both passed while we were away: it is asked first."""
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    officers = chat.coordinators("omb", "Duty")
    office, _nid, card, number = begin(chat)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    listen(office, officers)
    chat.turns_to("2027-03-23 14:00")
    for _ in range(3):
        chat.clocks_run()
        chat.waits(minutes=19)
    assert any(number in one.words for one in reminders(office))
    assert reminders(officers) == [], "it was reminded less than an hour ago"
    chat.turns_to("2027-03-23 16:01")
    chat.clocks_run()
    assert any(number in one.words and "ยังไม่มีคำตอบ" in one.words for one in reminders(officers))


def test_who_answers_the_late_reminder_is_not_told_of(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    officers = chat.coordinators("omb", "Duty")
    office, _nid, card, _number = begin(chat)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    listen(office, officers)
    chat.turns_to("2027-03-23 14:00")
    chat.clocks_run()
    office.member().taps("button.resolve", reminders(office)[-1])
    chat.turns_to("2027-03-23 16:01")
    chat.clocks_run()
    assert reminders(officers) == []


def test_of_a_confidential_case_of_their_own_the_officers_are_reminded_once(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    officers, nid = chat.coordinators("omb", "Duty"), chat.citizen()
    number = chat.has_case(nid, category="official", description="เจ้าหน้าที่เขตเรียกเงิน")
    chat.settles()
    listen(officers)
    for moment in ("2027-03-08 14:01", "2027-03-09 10:01", "2027-03-09 12:01", "2027-03-09 14:01"):
        chat.turns_to(moment)
        chat.clocks_run()
    assert len([one for one in reminders(officers) if number in one.words]) == 1
