"""Danger that is passed on, asked about or declined stays danger: its clocks run at any hour, officers keep hearing."""

from typing import Any

from jobs.clocks import ring_clocks
from tests.chat import Chat, Office, listen
from tests.transcripts.office_with_case import DIN_DAENG
from tests.transcripts.test_clocks_reminders import reminders

HUAI_KHWANG = "district:1017"
FIRE: dict[str, Any] = {"danger": ["fire"], "description": "สายไฟขาดมีประกายไฟ"}
SATURDAY_2 = "2027-03-13 02:00"


def _begin(chat: Chat) -> tuple[Office, Office, Office]:
    chat.turns_to("2027-03-12 15:00")
    officers, other = chat.coordinators("omb", "Duty"), chat.coordinators(HUAI_KHWANG, "Kai")
    office = chat.coordinators(DIN_DAENG, "Somchai")
    chat.turns_to(SATURDAY_2)
    return officers, office, other


def _passes(chat: Chat, *, minutes: int) -> None:
    chat.waits(minutes=minutes)
    ring_clocks(chat.parts.database)
    chat.settles()


def test_at_night_danger_that_is_offered_asked_about_or_declined_waits_for_nobody(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, other = _begin(chat)
    nid, dao, kai = chat.citizen("Nid"), chat.citizen("Dao"), chat.citizen("Kai")
    offered, asked, declined = (chat.has_case(who, **FIRE) for who in (nid, dao, kai))
    cards = {number: office.gets_card(number) for number in (offered, asked, declined)}
    listen(officers, other)
    office.member().quotes(cards[offered], "โอนให้เขตห้วยขวาง เพราะอยู่ฝั่งห้วยขวาง").reads("รอตอบรับ")
    officers.sees("staff.offered", number=offered)
    other.reads(offered)
    office.member().quotes(cards[asked], "ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
    dao.sees("told.ask")
    office.member().quotes(cards[declined], "ไม่รับครับ เป็นที่ดินเอกชน").reads(declined)
    officers.reads(declined)
    listen(officers, office, other, dao)

    _passes(chat, minutes=16)
    other.sees("transfer.remind_danger", number=offered)
    _passes(chat, minutes=15)
    office.sees("transfer.unanswered", number=offered)
    officers.sees("staff.unanswered", number=offered)
    dao.sees("remind.question", number=asked)
    assert chat.case(offered).status == "dispatched"

    office.member().says(f"{offered} รับทราบ").sees("card.update")
    listen(officers, office)
    _passes(chat, minutes=32)
    office.sees("remind.answer_danger", number=asked)
    officers.sees("remind.unanswered_danger", number=asked)
    officers.sees("remind.decide_danger", number=declined)
    listen(officers)
    _passes(chat, minutes=90)
    officers.sees("remind.decide_danger", number=declined)
    assert chat.history(asked).count("escalate") == 1


def test_at_night_who_passed_danger_on_hears_at_once_who_has_it(quick_chat: Chat) -> None:
    chat = quick_chat
    _officers, office, other = _begin(chat)
    fire = chat.has_case(chat.citizen("Nid"), **FIRE)
    office.member().quotes(office.gets_card(fire), "โอนให้เขตห้วยขวาง เพราะอยู่ฝั่งห้วยขวาง").reads("รอตอบรับ")
    listen(office)
    other.member().says(f"{fire} รับเรื่องครับ").sees("question.date")
    office.sees("transfer.accepted", number=fire)
    other.member().says(f"{fire} แก้กลับ").sees("group.undone")
    office.sees("transfer.accept_undone", number=fire)


def test_danger_that_was_acknowledged_is_asked_about_at_night_and_on_the_weekend(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, _other = _begin(chat)
    fire = chat.has_case(chat.citizen("Nid"), **FIRE)
    office.member().quotes(office.gets_card(fire), "รับทราบครับ").reads(fire)
    listen(officers, office)
    _passes(chat, minutes=121)
    office.sees("remind.first_words_danger", number=fire)
    _passes(chat, minutes=16)
    assert [fire in one.words for one in reminders(officers)] == [True]
    office.member().says(f"{fire} เสร็จวันนี้ครับ").sees("group.promised")
    listen(officers)
    chat.turns_to("2027-03-13 16:31")
    _passes(chat, minutes=0)
    office.sees("remind.promise_danger", number=fire)
    _passes(chat, minutes=16)
    assert [fire in one.words for one in reminders(officers)] == [True]
    for moment, heard in (("2027-03-13 20:00", []), ("2027-03-14 07:46", [True])):
        listen(officers, office)
        chat.turns_to(moment)
        _passes(chat, minutes=0)
        assert [fire in one.words for one in reminders(officers)] == heard, "and each morning, Sundays too"


def test_danger_that_nobody_acknowledges_is_told_every_hour_then_every_day(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, _other = _begin(chat)
    nid = chat.citizen("Nid")
    fire, dark = chat.has_case(nid, **FIRE), chat.has_case(chat.citizen("Dao"))
    office.gets_card(fire)
    _passes(chat, minutes=31)
    _passes(chat, minutes=16)
    assert chat.history(fire).count("escalate") == 1
    listen(officers, office)
    _passes(chat, minutes=60)
    assert reminders(officers) == []
    _passes(chat, minutes=20)
    assert [fire in one.words and "ยังเงียบ" in one.words for one in reminders(officers)] == [True]
    _passes(chat, minutes=60 * 6)
    told = chat.history(fire).count("escalate")
    _passes(chat, minutes=60 * 12)
    assert chat.history(fire).count("escalate") == told, "every morning, once it was often enough"
    told_to_her = "แจ้งผู้ตรวจการแผ่นดินว่าเขตดินแดงเลยกำหนด"
    nid.says("ติดตามเรื่อง").reads(told_to_her)
    assert "\n".join(nid.heard()).count(told_to_her) == 1
    for moment in ("2027-03-15 13:00", "2027-03-16 10:05", "2027-03-17 07:46"):
        chat.turns_to(moment)
        listen(officers)
        chat.clocks_run()
    heard = chat.line.received(officers.id, after=officers.since)
    [summary] = [one.words for one in heard if "สรุปประจำวัน" in one.words]
    assert summary.index(fire) < summary.index(dark), "danger first, then who never answered, each working day"
    assert sum(fire in one.words for one in heard) == 1
    officers.member().says("งานค้าง").reads(fire).reads(dark)

    chat.turns_to("2027-03-18 07:46")
    for number in (fire, dark):
        office.member().says(f"{number} รับทราบ เสร็จวันศุกร์").sees("group.promised")
    listen(officers)
    chat.clocks_run()
    officers.sees("summary.daily")
    assert not any(fire in words for words in officers.heard())
