"""An office names a day and keeps it: reminded the day before, asked for a new one and the reason where it passed."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from clock import in_bangkok
from storage.models import SlaClock
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import begin
from tests.transcripts.test_clocks_reminders import reminders

MONDAY_9 = "2027-03-08 09:00"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("รับทราบ เสร็จภายในวันศุกร์", "2027-03-12"),
        ("พรุ่งนี้", "2027-03-09"),
        ("พรุ่งนี้เข้าแก้ไข", "2027-03-09"),
        ("15 มี.ค. นะครับ", "2027-03-15"),
        ("อาทิตย์หน้า", "2027-03-19"),
        ("นัดช่างไว้วันพฤหัสครับ", "2027-03-11"),
        ("๑๕ มีนาคม", "2027-03-15"),
        ("ไม่เกินสิ้นเดือน", "2027-03-31"),
    ],
)
def test_a_day_in_words_is_a_promise_from_a_quote_and_after_the_question(
    quick_chat: Chat, words: str, day: str
) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    other = quick_chat.has_case(nid)
    second = office.gets_card(other)

    office.member().quotes(card, words).sees("card.update", number=number)
    office.member("Pim").taps("button.acknowledge", second).sees("question.date")
    office.member("Pim").says(words).sees("card.update", number=other)

    promised = [quick_chat.case(one).promised_on for one in (number, other)]
    assert [one and one.isoformat() for one in promised] == [day, day]


def test_the_day_before_stands_in_the_morning_digest(chat: Chat) -> None:
    chat.turns_to("2027-03-10 09:00")
    office, _nid, card, number = begin(chat)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    chat.turns_to("2027-03-11 07:30")
    chat.clocks_run()
    assert "remind" not in chat.history(number)
    listen(office)

    chat.turns_to("2027-03-11 07:50")
    chat.clocks_run()
    chat.clocks_run()

    assert len(office.heard()) == 1, "no push of its own"
    office.reads("นัดแก้ไขพรุ่งนี้")
    assert chat.history(number)[-1] == "remind"
    chat.turns_to("2027-03-12 07:50")
    chat.clocks_run()
    assert chat.history(number).count("remind") == 1


def test_where_no_digest_came_the_day_before_is_a_word_of_its_own(chat: Chat) -> None:
    """Promised for a Monday, so that the day before is the Friday; the group was bound anew after the digest."""
    chat.turns_to("2027-03-11 12:00")
    office, _nid, card, number = begin(chat)
    office.member().quotes(card, "เสร็จวันจันทร์").sees("group.promised")
    chat._stop()
    chat.turns_to("2027-03-12 11:30")
    chat._start()
    listen(office)
    office.since = 0

    chat.clocks_run()

    _said, asked = [one for one in reminders(office) if number in one.words]
    assert words_of("remind.ask_tomorrow") in asked.words
    assert chat.history(number).count("remind") == 1
    for day_off in ("2027-03-13 09:00", "2027-03-14 09:00"):
        chat.turns_to(day_off)
        chat.clocks_run()
    assert chat.history(number).count("remind") == 1


def test_a_missed_day_asks_for_another_and_the_reason_by_taps(chat: Chat) -> None:
    chat.turns_to("2027-03-09 10:00")
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    nid.sees("told.promise", number=number)
    listen(nid)
    chat.turns_to("2027-03-09 16:31")
    chat.clocks_run()
    assert reminders(office) == [], "the offices are shut"
    chat.turns_to("2027-03-10 07:46")
    chat.clocks_run()
    asked = reminders(office)[-1]
    assert words_of("remind.ask_promise") in asked.words

    pim = office.member("Pim").taps("3 วัน", asked).sees("group.moved_from", day="ส. 13 มี.ค.")
    nid.sees_nothing()
    assert chat.history(number)[-1] == "remind", "nothing is kept before the reason is"
    pim.taps("reason.parts").sees("group.put_off_because", reason=words_of("reason.parts"))

    nid.reads(words_of("reason.parts")).reads("จ. 15 มี.ค.")
    case = chat.case(number)
    assert case.promised_on == date(2027, 3, 15), "the third day is a Saturday"
    assert chat.history(number)[-3:] == ["promise", "remind", "promise"]
    office.member().taps("button.undo").sees("group.undone")
    assert chat.case(number).promised_on == date(2027, 3, 9)


def test_a_day_that_passed_stands_on_the_card_as_passed(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 10:00")
    office, _nid, card, number = begin(quick_chat)
    office.member().quotes(card, "พรุ่งนี้เสร็จ").sees("group.promised")
    office.member().says(number)
    card = office.gets_card(number)
    assert words_of("office.promised", due="พรุ่งนี้") in card.words and words_of("card.put_off_to") not in card.words
    listen(office)
    quick_chat.turns_to("2027-03-12 09:00")
    office.member().says(number)
    card = office.gets_card(number)
    assert words_of("office.promise_late", due="พ. 10 มี.ค.") in card.words
    office.member("Pim").taps("3 วัน", card).sees("reason.ask", number=number)


def test_the_reason_is_asked_in_whole_words(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 10:00")
    office, _nid, card, _number = begin(quick_chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    quick_chat.turns_to("2027-03-10 09:00")
    quick_chat.clocks_run()
    office.member("Pim").quotes(reminders(office)[0], "ขอเลื่อนเป็นพรุ่งนี้ครับ").reads("เลื่อนเป็นพรุ่งนี้แล้ว เพราะอะไร")


def test_the_reason_may_be_typed(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 10:00")
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    quick_chat.turns_to("2027-03-10 07:46")
    quick_chat.clocks_run()
    asked = reminders(office)[-1]

    pim = office.member("Pim").taps("7 วัน", asked).sees("reason.ask", number=number)
    office.member("Somchai").says("เที่ยงนี้กินอะไรดี").sees_nothing()
    reason = "ต้องขุดผิวจราจรใหม่ โทรช่างต้อย {}"
    pim.says(f"เพราะ{reason.format('081-234-5678')} ครับ").sees("reason.number_left")
    told = pim.sees("group.put_off_because").last
    assert told is not None and reason.format("081-234-5678") in told.words
    nid.sees("told.put_off_because", number=number, reason=reason.format(words_of("told.number_hidden")))


def test_done_instead_of_a_reason_is_done(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 10:00")
    office, _nid, card, number = begin(quick_chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    quick_chat.turns_to("2027-03-10 07:46")
    quick_chat.clocks_run()
    question = office.member("Pim").taps("3 วัน", reminders(office)[-1]).sees("reason.ask", number=number).last

    office.member("Pim").quotes(question, "เสร็จแล้วครับ").sees("card.update", number=number)

    assert quick_chat.case(number).status == "resolved"


def test_a_new_day_in_words_is_kept_at_once_and_its_reason_told_after(chat: Chat) -> None:
    chat.turns_to("2027-03-09 10:00")
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    chat.turns_to("2027-03-10 09:00")
    chat.clocks_run()
    said = reminders(office)[0]

    pim = office.member("Pim").quotes(said, "เสร็จวันศุกร์ครับ").sees("group.put_off").sees("reason.ask_done")
    nid.sees("told.put_off", number=number)
    pim.taps("reason.rain").sees("reason.kept", number=number)
    nid.sees("reason.told", number=number, reason=words_of("reason.rain"))
    listen(nid)
    pim.taps("reason.rain")
    nid.sees_nothing()


def test_a_reason_in_the_same_words_is_not_asked_for(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-09 10:00")
    office, _nid, card, _number = begin(quick_chat)
    office.member().quotes(card, "วันนี้เสร็จ").sees("group.promised")
    quick_chat.turns_to("2027-03-10 09:00")
    quick_chat.clocks_run()

    office.member("Pim").quotes(reminders(office)[0], "ขอเลื่อนเป็นวันศุกร์ เพราะรออะไหล่").sees("group.put_off_because")

    assert not any(words_of("reason.hint") in said for said in office.heard())


def test_who_waits_for_others_says_why_and_is_asked_every_fifteen_days(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(chat)
    office.member().taps("button.acknowledge", card).sees("question.date").taps("question.waits")
    office.member().sees("group.how_to_wait").says("รอการไฟฟ้านครหลวงย้ายเสา").sees(
        "question.title_wait", look="อ. 23 มี.ค."
    )
    office.member().taps("question.send").sees("group.step_wait", look="อ. 23 มี.ค.")
    nid.sees("told.wait", reason="รอการไฟฟ้านครหลวงย้ายเสา", look="อ. 23 มี.ค.")
    listen(office, nid)
    for quiet in ("2027-03-10 10:00", "2027-03-22 10:00"):
        chat.turns_to(quiet)
        chat.clocks_run()
        assert reminders(office) == [], quiet

    chat.turns_to("2027-03-23 09:01")
    chat.clocks_run()
    asked = reminders(office)[-1]
    office.member("Pim").taps("remind.still_waits", asked).sees("group.how_to_wait")
    office.member("Pim").says("ยังรอการไฟฟ้า ดูอีกที 31 มี.ค.").sees("question.title_wait", look="พ. 31 มี.ค.")
    office.member("Pim").taps("question.send").sees("group.step_wait")
    nid.sees("told.wait_again", look="พ. 31 มี.ค.")
    assert chat.history(number)[-5:] == ["wait", "escalate", "remind", "note", "wait"]


def test_waiting_can_be_taken_back(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    office.member().postback(f"g:{quick_chat.case(number).id}:due:wait").sees("group.how_to_wait")
    office.member().says("รองบประมาณ").sees("question.title_wait")
    office.member().taps("question.send").sees("group.step_wait")
    assert quick_chat.case(number).promised_on is None

    office.member().taps("button.undo").sees("group.undone")

    assert quick_chat.case(number).promised_on == date(2027, 3, 12)
    quick_chat.turns_to("2027-03-15 07:46")
    quick_chat.clocks_run()
    assert len(reminders(office)) == 2, "the promise runs again"


@pytest.mark.parametrize("words", ["เสร็จภายใน 999 วัน", "รับทราบ เสร็จภายใน 61 วัน"])
def test_a_day_too_far_away_is_no_promise_and_the_office_is_told_why(quick_chat: Chat, words: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)

    refused = office.member().quotes(card, words).sees("group.too_far", number=number, count=60).last

    nid.sees_nothing()
    assert (quick_chat.case(number).status, quick_chat.case(number).promised_on) == ("dispatched", None)
    assert quick_chat.history(number)[-1] == "note", "what they said is kept"
    office.member("Pim").taps("7 วัน", refused).sees("group.promised")
    nid.sees("told.promise", number=number)


def test_a_day_too_far_away_may_be_said_to_wait_for_others(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    refused = office.member().quotes(card, "ขอเลื่อน เสร็จภายใน 300 วัน").sees("group.too_far", number=number).last
    assert quick_chat.case(number).promised_on == date(2027, 3, 12), "the day that was named stands"

    office.member().taps("question.waits", refused).sees("group.how_to_wait").says("รองบประมาณปีหน้า")
    office.member().sees("question.title_wait").taps("question.send").sees("group.step_wait", look="อ. 23 มี.ค.")
    nid.sees("told.wait_again", look="อ. 23 มี.ค.")


def test_sixty_days_are_a_promise_but_the_officers_hear_when_the_time_to_resolve_is_over(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    officers = chat.coordinators("omb", "Duty")
    office, _nid, card, number = begin(chat)
    office.member().quotes(card, "เสร็จภายใน 60 วัน").sees("group.promised")
    with chat.reads() as session:
        running = select(SlaClock).where(SlaClock.kind == "resolve", SlaClock.stopped_at.is_(None))
        due = in_bangkok(session.scalars(running).one().due_at)
    listen(office, officers)

    chat.turns_to(f"{due.date()} {due.hour:02}:{due.minute:02}")
    chat.waits(minutes=2)
    chat.clocks_run()
    chat.clocks_run()
    chat.waits(days=7)
    chat.clocks_run()

    heard = [one.words for one in reminders(officers)]
    assert len([words for words in heard if "ยังมาไม่ถึง" in words]) == 1
    assert reminders(office) == [], "they named a day, and are asked about that one"
    assert chat.history(number)[-1] == "escalate"


@pytest.mark.parametrize("day", ["99991231", "00010101", "20270508"])
def test_a_made_up_button_with_a_day_out_of_reach_changes_nothing_and_ends_nothing(quick_chat: Chat, day: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.acknowledge", card).sees("question.date")
    office.member().postback(f"g:{quick_chat.case(number).id}:why:{day}-parts").sees("group.stands", number=number)
    assert quick_chat.case(number).promised_on is None
    assert quick_chat.history(number)[-1] == "acknowledge"
    nid.sees("told.acknowledge", number=number)


def test_an_answer_is_taken_even_where_a_clock_stands_at_the_end_of_the_calendar(quick_chat: Chat) -> None:
    """As one could be named before there was a limit."""
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    office.member().quotes(card, "เสร็จวันศุกร์").sees("group.promised")
    with quick_chat.parts.database.begin() as session:
        far = datetime(9999, 12, 31, 9, 30, tzinfo=UTC)
        session.execute(update(SlaClock).where(SlaClock.kind == "promise").values(due_at=far, next_at=far))
    office.member().postback(f"g:{quick_chat.case(number).id}:ask").sees("group.how_to_ask")
    office.member().says("เสาต้นไหน").sees("question.title")
    office.member().taps("question.send").sees("group.step_ask")
    quick_chat.waits(days=1)

    nid.says("ต้นที่สามจากปากซอย")
    quick_chat.settles()

    assert quick_chat.history(number)[-1] == "answer"
