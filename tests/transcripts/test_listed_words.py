"""Who answers a list of cases by quoting it is asked which is meant, or all; nobody is called silent meanwhile."""

import re
from datetime import date

from simulator.outcomes import BotMessage
from tests.chat import Chat, Office, Person, listen
from texts.catalog import say

ALL = say("th", "listed.all", count=3)
WHOLE = "รับทราบทั้งหมดครับ พรุ่งนี้เสร็จ"


def _id(person: Person) -> str:
    assert person.outcome and person.outcome.message_id
    return person.outcome.message_id


def _list(chat: Chat, office: Office, title: str) -> BotMessage:
    """The latest list that an office was shown under a title."""
    chat.settles()
    return next(one for one in reversed(chat.line.received(office.id)) if one.text.startswith(title))


def test_words_under_a_list_are_asked_for_their_case_or_taken_for_all_of_them(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    duty, office = quick_chat.coordinators("omb", "Duty"), quick_chat.coordinators("district:1026", "Pim", "Somchai")
    nid = quick_chat.citizen()
    numbers = [quick_chat.has_case(nid) for _ in range(3)]
    quick_chat.turns_to("2027-03-08 14:01")
    quick_chat.clocks_run()
    late = _list(quick_chat, office, say("th", "remind.title", count=3))
    pim, somchai = office.member("Pim"), office.member("Somchai")
    asked = pim.quotes(late, "เสร็จแล้วครับ").sees("card.which_case").last
    assert asked is not None and ALL not in asked.labels, "what is done is said of each case"
    pim.taps("button.not_related", asked).sees_nothing()
    asked = pim.quotes(late, WHOLE).sees("listed.would", tap=ALL, step="นัดแก้ไข อ. 9 มี.ค.").last
    written = _id(pim)
    assert [quick_chat.case(number).status for number in numbers] == ["dispatched"] * 3

    # Nobody has tapped: the officers read that the office wrote, and what.
    quick_chat.turns_to("2027-03-09 10:01")
    quick_chat.clocks_run()
    for number in numbers:
        duty.sees("remind.escalated_listed_words", number=number, words=WHOLE)
    duty.member().says("งานค้าง").sees("listed.wrote")
    assert not any("ยังไม่มีคำตอบ" in one or "ยังไม่ตอบ" in one for one in duty.heard())

    # All of them, for the day that was meant when it was written; one is taken back, then all with their words.
    done = somchai.taps(ALL, asked).sees("listed.recorded", count=3).last
    assert [quick_chat.case(number).promised_on for number in numbers] == [date(2027, 3, 9)] * 3
    nid.sees("told.promise", number=numbers[2])
    office.member("Pim").taps(ALL, asked).sees("listed.unchanged")
    assert done is not None
    first = f"g:{quick_chat.case(numbers[0]).id}:undo:"
    tap = next(data for data in re.findall(r"g:\d+:undo:\d+", str(done.message)) if data.startswith(first))
    somchai.postback(tap).sees("group.undone", number=numbers[0])
    asked = pim.quotes(done, "ขอเลื่อนทั้งสามเรื่องเป็นวันศุกร์ครับ").sees("listed.would", step="นัดแก้ไข ศ. 12 มี.ค.").last
    pim.unsends(written)
    assert [quick_chat.case(number).status for number in numbers] == ["dispatched"] * 3
    pim.taps(ALL, asked).sees("listed.recorded", count=3)
    assert [quick_chat.case(number).promised_on for number in numbers] == [date(2027, 3, 12)] * 3
    # A day that was missed is put off for all, and the reason is asked for case by case, by a tap.
    quick_chat.turns_to("2027-03-15 09:00")
    asked = pim.quotes(done, "ทุกเรื่องเสร็จพรุ่งนี้ครับ").sees("listed.would").last
    put_off = pim.taps(ALL, asked).sees("listed.recorded", count=3).last
    pim.taps("listed.tell_why", put_off).sees("reason.ask_done").taps("reason.parts").sees("reason.kept")


def test_a_list_that_was_asked_for_is_answered_too(quick_chat: Chat) -> None:
    quick_chat.turns_to("2027-03-08 09:00")
    office, nid = quick_chat.coordinators("district:1026", "Pim"), quick_chat.citizen()
    numbers = [quick_chat.has_case(nid) for _ in range(3)]
    pim = office.member("Pim")
    listed = pim.says("งานค้าง").sees("card.open_title", count=3).last
    # Changed words count, and the buttons of the older ones are dead.
    old = pim.quotes(listed, "รับทราบครับ").sees("listed.would", step="รับทราบ").last
    pim.edits("กำลังดำเนินการทุกเรื่องครับ", message_id=_id(pim))
    pim.taps(ALL, old).sees("listed.over")
    assert {quick_chat.case(number).status for number in numbers} == {"dispatched"}
    # A thumb is "noted"; a day that follows is named for all, or for the one that is tapped.
    asked = pim.sends_sticker(listed, keywords=("ok", "thumbs up")).sees("listed.would", step="รับทราบ").last
    done = pim.taps(ALL, asked).sees("listed.name_days").last
    assert {quick_chat.case(number).status for number in numbers} == {"acknowledged"}
    asked = pim.quotes(done, "พรุ่งนี้เสร็จครับ").sees("card.which_case").last
    listen(nid)
    pim.taps(numbers[1], asked).sees("group.promised")
    nid.sees("told.promise", number=numbers[1])
    assert [quick_chat.case(number).promised_on is None for number in numbers] == [True, False, True]
    # The end of a number names its case there too.
    pim.quotes(done, f"{numbers[2][-5:]} เสร็จแล้วครับ").sees("card.update", number=numbers[2])
    # Several ends name each of theirs; a case that left is said not to be here, and all leaves it out by name.
    numbers = [quick_chat.has_case(nid) for _ in range(4)]
    ends = [number[-5:] for number in numbers]
    other = quick_chat.coordinators("district:1017")
    listed = pim.says("งานค้าง").sees("card.open_title", count=6).last
    asked = pim.quotes(listed, "รับทราบทั้งหมดครับ ศุกร์นี้เสร็จ").sees("listed.would").last
    office.member().says(f"{numbers[3]} ไม่ใช่พื้นที่ดินแดง เป็นของเขตห้วยขวางครับ").reads(numbers[3])
    other.member().taps("button.accept")
    pim.quotes(listed, f"{ends[0]} กับ {ends[1]} เสร็จแล้วครับ").sees("card.update", number=numbers[1])
    assert [quick_chat.case(number).status for number in numbers[:3]] == ["resolved", "resolved", "dispatched"]
    pim.quotes(listed, f"{ends[2]} รับทราบ {ends[3]} เสร็จแล้วครับ").sees("group.unknown", number=numbers[3])
    assert [quick_chat.case(number).status for number in numbers[2:]] == ["acknowledged", "acknowledged"]
    pim.quotes(listed, "00099 รับทราบครับ").sees("group.unknown", number="00099")
    pim.taps(say("th", "listed.all", count=6), asked).sees("listed.gone", numbers=numbers[3])
    # What is excepted stays as it is, by its place or its number; where that is not told, it is asked case by case.
    numbers = [quick_chat.has_case(nid, organisation="district:1017") for _ in range(2)]
    member, all_but = other.member(), say("th", "listed.all", count=2)
    listed = member.says("งานค้าง").sees("card.open_title", count=3).last
    assert listed is not None
    shown = sorted(set(re.findall(r"FT\d{4}-\d{5}", listed.words)), key=listed.words.find)
    member.quotes(listed, "รับทราบทั้งหมด ยกเว้นเสาไฟ").sees("card.which_case")
    for left in (shown[1], f"{shown[1][-5:]} ครับ", "เรื่องที่สอง"):
        asked = member.quotes(listed, f"กำลังดำเนินการทั้งหมด ยกเว้น{left}").sees("listed.stay", numbers=shown[1]).last
    stood = quick_chat.case(shown[1]).status
    member.taps(all_but, asked).sees("listed.recorded", count=2)
    assert [quick_chat.case(number).status for number in shown] == ["in_progress", stood, "in_progress"]
