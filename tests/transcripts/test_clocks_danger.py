"""Danger that is passed on, asked about or declined stays danger: its clocks run at any hour, officers keep hearing."""

from typing import Any

from jobs.clocks import ring_clocks
from tests.chat import Chat, Office, listen, words_of
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
    officers.member().postback(f"g:{chat.case(declined).id}:send_back").sees("desk.ask_instruct", number=declined)
    officers.member().says("อยู่ในเขตทาง ให้ไปดู").taps("desk.send_instruct").reads(declined)
    office.gets_card(declined)
    listen(officers)
    _passes(chat, minutes=31)
    officers.sees("staff.counted_unseen", number=declined)


def test_at_night_who_passed_danger_on_hears_at_once_who_has_it(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, other = _begin(chat)
    chat.parts.database.quiet_nights = True
    fire, also = (chat.has_case(chat.citizen(name), **FIRE) for name in ("Nid", "Dao"))
    for number in (fire, also):
        office.member().quotes(office.gets_card(number), "โอนให้เขตห้วยขวาง เพราะอยู่ฝั่งห้วยขวาง").reads("รอตอบรับ")
    listen(office)
    other.member().says(f"{fire} รับเรื่องครับ").sees("question.date")
    office.sees("transfer.accepted", number=fire)
    other.member().says(f"{fire} แก้กลับ").sees("group.undone")
    office.sees("transfer.accept_undone", number=fire)
    listen(officers, office, other)
    _passes(chat, minutes=31)
    for one, title in ((office, "unanswered"), (officers, "unanswered_staff")):
        shown = one.sees(f"transfer.title_{title}", count=2).last
        assert shown is not None and shown.words.count("มีอันตราย กรุณาตอบรับภายใน วันนี้ 03:01") == 2
        assert sum(also in words for words in one.heard()) == 1
    for number in (fire, also):
        other.sees("transfer.lapsed", number=number)


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
    _passes(chat, minutes=40)
    assert reminders(officers) == []
    _passes(chat, minutes=40)
    assert [fire in one.words and "ยังเงียบ" in one.words for one in reminders(officers)] == [True]
    told = []
    for _hour in range(22):
        _passes(chat, minutes=60)
        told.append(chat.history(fire).count("escalate") - 2)
    assert told == [1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8], "hourly, then every third hour"
    _passes(chat, minutes=60 * 2)
    often = chat.history(fire).count("escalate")
    _passes(chat, minutes=60 * 4)
    assert chat.history(fire).count("escalate") == often, "every morning, once it was often enough"
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


def test_danger_counted_in_a_case_that_was_promised_or_done_is_called_until_its_office_speaks(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2027-03-12 15:00")
    officers, office = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG, "Somchai")
    nid, dao, kai = chat.citizen("Nid"), chat.citizen("Dao"), chat.citizen("Kai")
    promised, done, slip = (chat.has_case(who) for who in (nid, dao, kai))
    for number, words in ((promised, "เสร็จ 20 มี.ค."), (done, "เสร็จแล้ว"), (slip, "เสร็จ 20 มี.ค.")):
        office.member().says(f"{number} {words}").reads(number)
    chat.turns_to("2027-03-12 21:00")
    listen(officers, office, nid, dao, kai)
    for who, number in ((nid, promised), (dao, done), (kai, slip)):
        who.says(f"{number} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
        officers.sees("staff.tells_danger", number=number)
    heard = chat.line.received(officers.id, after=officers.since)
    for number in (promised, done, slip):
        shown = next(one for one in heard if number in one.words and "นับเป็นเรื่องอันตราย" in one.words)
        counted = officers.member().taps("staff.danger_yes", shown).sees("staff.danger_counted", number=number).last
    listen(office)
    officers.member().taps("button.undo", counted).reads(slip)
    office.sees("group.corrected_unsure", number=slip, after="ไฟส่องสว่าง")

    listen(officers, office)
    _passes(chat, minutes=31)
    for number in (promised, done):
        office.sees("group.counted_unseen", number=number)
        officers.sees("staff.counted_unseen", number=number)
    officers.sees("staff.danger_unseen", number=slip)
    for minutes in (90, 60):  # on the stroke of the hour
        listen(officers, office)
        _passes(chat, minutes=minutes)
        for number in (promised, done):
            officers.sees("staff.counted_unseen", number=number)
        officers.sees("staff.danger_unseen", number=slip)
        office.sees_nothing()

    listen(officers, office)
    nid.says(f"{promised} ไฟลามแล้ว ช่วยด้วย ไฟไหม้").sees("welcome.danger")
    told = officers.sees("staff.tells_danger", number=promised).last
    office.member().says(f"{done} กำลังส่งช่างไปครับ").reads(done)
    officers.member().says("งานค้าง").reads(promised)
    listen(officers)
    _passes(chat, minutes=31)
    officers.sees("staff.counted_unseen", number=promised)
    officers.member().taps("staff.danger_seen", told).sees("staff.danger_ended", number=promised)
    listen(officers, office)
    _passes(chat, minutes=180)
    assert {one for words in officers.heard() for one in (promised, done, slip) if one in words} == {slip}
    chat.must_be_clean()


def test_danger_that_was_told_is_called_on_until_somebody_goes_there(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, _other = _begin(chat)
    nid, dao, kai = chat.citizen("Nid"), chat.citizen("Dao"), chat.citizen("Kai")
    back, refused, twice = (chat.has_case(who) for who in (nid, dao, kai))
    for number in (back, refused, twice):
        office.member().says(f"{number} เสร็จ 20 มี.ค.").reads(number)
    for who, number in ((nid, back), (dao, refused), (kai, twice)):
        who.says(f"{number} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
        officers.sees("staff.tells_danger", number=number)
    _passes(chat, minutes=6)
    said = kai.says(f"{twice} ไฟลามแล้ว ไฟไหม้").sees("welcome.danger").outcome
    assert said is not None
    kai.unsends(str(said.message_id))
    done = office.member().says(f"{back} เสร็จแล้ว").sees("card.update", number=back).last
    chat.parts.database.quiet_nights = True
    listen(officers, office)
    office.member().says(f"{refused} กำลังไปครับ").reads(refused).says(f"{refused} ไม่รับครับ เป็นที่เอกชน").reads("ไม่รับ")
    office.member().taps("button.undo", done).reads(back)
    assert words_of("desk.tells_danger") in officers.gets_card(refused).words
    officers.member().postback(f"g:{chat.case(refused).id}:send_back").sees("desk.ask_instruct", number=refused)
    officers.member().says("อยู่ในเขตทาง ให้ไปดู").taps("desk.send_instruct").reads(refused)
    office.reads("อยู่ในเขตทาง")  # at once, though it is night and nobody has counted it
    listen(officers)
    _passes(chat, minutes=40)
    for number in (back, refused, twice):
        officers.sees("staff.danger_unseen", number=number)
    listen(officers, office)
    chat.turns_to("2027-03-15 07:46")
    chat.clocks_run()
    officers.sees("summary.danger", count=3)
    digest = office.reads("เขตดินแดง").last
    assert digest is not None and words_of("desk.tells_danger") in digest.words


def test_danger_that_counts_is_called_on_until_somebody_goes_there(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, _other = _begin(chat)
    chat.parts.database.quiet_nights = True
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    acked, asked, refused, going = numbers = [chat.has_case(nid) for _ in range(3)] + [chat.has_case(dao)]
    for number in numbers:
        office.member().says(f"{number} {'รับทราบ' if number == acked else 'เสร็จ 20 มี.ค.'}").reads(number)
    for number in numbers:
        (dao if number == going else nid).says(f"{number} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
        officers.sees("staff.tells_danger", number=number)
    chat.waits(minutes=9)
    heard = chat.line.received(officers.id, after=officers.since)
    for number in numbers:
        shown = next(one for one in heard if number in one.words and "นับเป็นเรื่องอันตราย" in one.words)
        officers.member().taps("staff.danger_yes", shown).sees("staff.danger_counted", number=number)
    office.member().says(f"{refused} ไม่รับครับ เป็นที่เอกชน").reads(refused)
    officers.sees("card.danger")
    listen(office)
    officers.member().postback(f"g:{chat.case(refused).id}:send_back").sees("desk.ask_instruct", number=refused)
    officers.member().says("อยู่ในเขตทาง ให้ไปดู").taps("desk.send_instruct").reads(refused)
    office.reads("อยู่ในเขตทาง")
    office.member().says(f"{asked} ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
    nid.sees("told.ask", number=asked).says(f"{asked} เสาที่สาม")
    office.sees("group.told_answer", number=asked, note="เสาที่สาม")
    office.member().says(f"{going} รับทราบ กำลังไปครับ").sees("group.stands", number=going)
    office.member().says(f"{refused} น่าจะเป็นสายของการไฟฟ้านะ")
    chat.settles()
    for minutes, called in ((22, [acked, asked, refused]), (89, [acked, asked, refused]), (10, [])):
        listen(officers)
        _passes(chat, minutes=minutes)
        for number in called:  # at the moments at which they are where nobody has counted it
            officers.sees("staff.counted_unseen", number=number)
        assert not any(going in words for words in officers.heard()), "somebody is on the way"
    office.member().says(f"{acked} กำลังส่งช่างไปครับ").reads(acked)
    listen(officers)
    _passes(chat, minutes=16)
    officers.sees("remind.escalated_going", number=words_of("remind.number_danger", number=acked), office="เขตดินแดง")


def test_officers_who_rang_the_office_are_called_for_its_danger_no_more_until_something_new(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, _other = _begin(chat)
    nid = chat.citizen("Nid")
    fire = chat.has_case(nid, **FIRE)
    office.gets_card(fire)
    listen(officers)
    _passes(chat, minutes=31)
    listed = office.member().says("งานค้าง").sees("card.open_title", count=1).last
    assert listed is not None and words_of("card.danger") in listed.words
    _passes(chat, minutes=16)
    [called] = reminders(officers)
    seen = officers.member().taps("staff.danger_seen", called).sees("staff.danger_at_hand", number=fire).last
    noted = chat.history(fire)
    officers.member().taps("staff.danger_seen", called).sees("staff.danger_ended", number=fire)
    assert (chat.history(fire), noted[-1], noted.count("escalate")) == (noted, "note", 1), "who said so is kept"
    listen(officers)
    _passes(chat, minutes=120)
    assert reminders(officers) == []
    officers.member().taps("button.undo", seen).sees("staff.danger_calls_again", number=fire)
    _passes(chat, minutes=180)
    [again] = reminders(officers)
    officers.member().taps("staff.danger_seen", again).sees("staff.danger_at_hand", number=fire)
    nid.says(f"{fire} ยังไม่มีใครมาเลย").reads(fire)
    listen(officers)
    _passes(chat, minutes=180)
    assert [fire in one.words for one in reminders(officers)] == [True], "its reporter wrote again"
    office.member().quotes(listed, "รับทราบ กำลังไปครับ").sees("card.update", number=fire)
    assert chat.case(fire).status == "in_progress", "in a list of one case none is asked for"
    pole, wire = (chat.has_case(nid, **FIRE) for _ in range(2))
    listed = office.member().says("งานค้าง").sees("card.open_title", count=3).last
    _passes(chat, minutes=31)
    office.member().quotes(listed, "รับทราบ กำลังไปครับ").sees("card.which_case")
    listen(officers)
    _passes(chat, minutes=16)
    lines = {
        number: one.words for one in reminders(officers) for number in (pole, wire) if one.words.startswith(number)
    }
    for number in (pole, wire):
        assert words_of("remind.number_danger", number=number) in lines[number] and "กำลังไปครับ" in lines[number]
    shown = officers.member().postback(f"g:{chat.case(pole).id}:nudge").reads(pole).last
    officers.member().taps("staff.danger_seen", shown).sees("staff.danger_at_hand", number=pole)


def test_worse_news_of_danger_is_called_for_anew_whatever_was_called_or_done_before(quick_chat: Chat) -> None:
    chat = quick_chat
    officers, office, _other = _begin(chat)
    nid, dao, kai, bo, ann = (chat.citizen(name) for name in ("Nid", "Dao", "Kai", "Bo", "Ann"))
    fire, refused = chat.has_case(nid, **FIRE), chat.has_case(dao, **FIRE)
    going, mended, counted = (chat.has_case(who) for who in (kai, bo, ann))
    ann.says(f"{counted} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
    told = officers.sees("staff.tells_danger", number=counted).last
    officers.member().taps("staff.danger_yes", told).sees("staff.danger_counted", number=counted)
    office.member().says(f"{refused} ไม่รับครับ เป็นที่เอกชน").reads(refused)
    for who, number in ((kai, going), (bo, mended)):
        office.member().says(f"{number} เสร็จ 20 มี.ค.").reads(number)
        who.says(f"{number} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
        officers.sees("staff.tells_danger", number=number)
    done = office.member().says(f"{mended} เสร็จแล้ว").sees("card.update", number=mended).last
    office.member().says(f"{going} รับทราบ กำลังไปครับ").sees("group.stands", number=going)
    chat.waits(minutes=1)
    listen(officers)
    kai.says(f"{going} ไฟลามแล้ว มีคนเจ็บ ช่วยด้วย").sees("welcome.danger")
    officers.sees("staff.tells_danger", number=going, note="ไฟลามแล้ว มีคนเจ็บ ช่วยด้วย")
    _passes(chat, minutes=31)
    officers.sees("staff.danger_unseen", number=going).sees("staff.counted_unseen", number=counted)

    for moment in ("2027-03-13 20:00", "2027-03-14 07:46", "2027-03-14 09:00"):
        chat.turns_to(moment)
        _passes(chat, minutes=0)
    listen(officers, office)
    office.member().taps("button.undo", done).reads(mended)
    for who, number in ((nid, fire), (dao, refused)):
        who.says(f"{number} ไฟลามเข้าบ้านแล้ว มีเด็กหมดสติ ช่วยด้วย").sees("welcome.danger")
        officers.sees("staff.tells_danger", number=number, note="ไฟลามเข้าบ้านแล้ว มีเด็กหมดสติ ช่วยด้วย")
    for minutes in (31, 90):
        listen(officers)
        _passes(chat, minutes=minutes)
        officers.sees("staff.counted_unseen", number=fire).sees("staff.counted_unseen_here", number=refused)
        officers.sees("staff.danger_unseen", number=mended)
        assert not reminders(officers), "nobody is called twice"
    office.member().says(f"{fire} รับทราบ กำลังไปครับ").reads(fire)
    listen(officers)
    _passes(chat, minutes=60)
    assert not any(fire in words for words in officers.heard())
