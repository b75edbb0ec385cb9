"""While an office is shut its group hears of danger alone; in the morning the rest is there, and nobody was misled."""

import contextlib

import clock
from cases import correcting, decisions, office_hours
from cases.statuses import Actor, Role
from jobs.clocks import ring_clocks
from jobs.schedule import JOBS, run_job
from storage import cases as stored
from storage import waiting
from storage.models import LineQuota
from tests.chat import Chat, Office, listen, words_of
from tests.transcripts.office_with_case import DIN_DAENG
from tests.transcripts.test_digests import list_digests, look
from tests.transcripts.test_unsaid import runs_short

SATURDAY, MONDAY = "2026-11-21", "2026-11-23"
TUESDAY_TO_SUNDAY = "-,10:00-18:00,10:00-18:00,10:00-18:00,10:00-18:00,10:00-18:00,10:00-18:00"


def count_calls(chat: Chat, office: Office) -> int:
    return len({one.request_id for one in chat.line.received(office.id, after=office.since)})


def begin_quietly(chat: Chat, moment: str, organisation: str = DIN_DAENG) -> Office:
    chat.parts.database.quiet_nights = True
    chat.turns_to(moment)
    office = chat.coordinators(organisation)
    listen(office)
    return office


def test_a_weekend_comes_on_monday_in_two_calls_and_its_danger_at_once(chat: Chat) -> None:
    office, nid = begin_quietly(chat, f"{SATURDAY} 11:00"), chat.citizen()
    numbers = [chat.has_case(nid) for _ in range(6)]
    gone = chat.has_case(nid)
    chat.settles()
    nid.sees("told.received_later", seen="จ. 23 พ.ย. 07:45 น.", due="จ. 23 พ.ย. 12:30 น.")
    burning = chat.has_case(nid, danger=["fire"], description="ไฟไหม้หม้อแปลงหน้าบ้าน มีควันออกมา")
    office.gets_card(burning)
    nid.sees("told.received", number=burning)
    chat.moves(gone, "district:1002")
    chat.settles()
    look(chat, f"{MONDAY} 07:44")
    listen(office)
    office.sees_nothing()

    for _ in range(2):
        look(chat, f"{MONDAY} 07:45")
    look(chat, f"{MONDAY} 08:00")

    [digest] = list_digests(chat, office)
    assert "เรื่องใหม่ 7 " in digest.text
    for number in numbers:
        card = office.gets_card(number).words
        assert "ส. 21 พ.ย. 11:00" in card and "พรุ่งนี้" not in card, "of its own day"
    assert count_calls(chat, office) == 2, "seven bubbles"
    assert not any(gone in said for said in office.heard())
    with chat.reads() as session:
        assert waiting.count_waiting(session, held=False) == 0


def test_who_asks_where_it_is_reads_when_the_office_sees_it_and_a_line_of_the_night_waits_too(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen()
    by_day = chat.has_case(nid)
    office.gets_card(by_day)
    chat.turns_to("2026-11-20 16:31")
    number = chat.has_case(nid)
    nid.sees("told.received_later", seen="จ. 23 พ.ย. 07:45 น.")
    listen(nid, office)
    nid.says(number).sees("track.seen_later", seen="จ. 23 พ.ย. 07:45 น.")
    nid.sees("happened.dispatch_later", seen="จ. 23 พ.ย. 07:45 น.")
    nid.says(f"{by_day} ขอถอนเรื่องค่ะ").taps("talk.withdraw_yes").sees("talk.withdrawn", number=by_day)
    chat.settles()
    assert chat.case(by_day).status == "withdrawn"
    office.sees_nothing()
    office.member().says("งานค้าง").sees("card.open_title").reads(number)
    look(chat, f"{MONDAY} 07:45")
    office.sees("group.told_withdraw", number=by_day)
    listen(nid)
    nid.says(number).sees("status.dispatched")


def test_down_all_morning_the_night_is_told_when_we_are_back_and_to_officers_with_their_summary(
    quick_chat: Chat,
) -> None:
    chat = quick_chat
    office, nid = begin_quietly(chat, "2026-11-22 20:00"), chat.citizen()
    officers = chat.coordinators("omb")
    listen(officers)
    number, abroad = chat.has_case(nid), chat.has_case(nid, "omb")
    secret = chat.has_case(nid, category="official")
    chat.settles()
    officers.sees_nothing()
    chat.turns_to(f"{MONDAY} 11:30")
    for name in ("summaries", "push_waiting"):
        run_job(name, JOBS[name][1], chat.parts.database)
    office.gets_card(number)
    officers.gets_card(abroad)
    officers.reads(secret)


def test_an_office_with_hours_of_its_own_is_told_at_its_opening(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid = begin_quietly(chat, f"{SATURDAY} 12:00"), chat.citizen()
    with chat.parts.database.begin() as session:
        office_hours.keep(session, DIN_DAENG, office_hours.read(TUESDAY_TO_SUNDAY), clock.now())
    by_day = chat.has_case(nid)
    office.gets_card(by_day)
    chat.turns_to(f"{SATURDAY} 18:01")
    number = chat.has_case(nid)
    nid.sees("told.received_later", seen="พรุ่งนี้ 10:00 น.")
    listen(office)
    look(chat, "2026-11-22 09:59")
    office.sees_nothing()
    chat.turns_to("2026-11-22 10:00")
    chat.clocks_run()
    assert len(list_digests(chat, office)) == 1
    office.reads("เลยเวลาตอบรับ")
    office.gets_card(number)
    assert count_calls(chat, office) == 1
    listen(office)
    look(chat, "2026-11-22 17:45")
    assert len(list_digests(chat, office)) == 1
    listen(office)
    look(chat, f"{MONDAY} 10:00")
    assert list_digests(chat, office) == [], "shut on Mondays"


def test_danger_told_of_a_running_case_at_night_is_told_at_once_and_to_the_officers(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, dao = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen(), chat.citizen("Dao")
    officers = chat.coordinators("omb")
    asked = chat.has_case(nid)
    office.member().quotes(office.gets_card(asked), "ถามผู้แจ้ง เสาต้นไหน").sees("question.title").taps("question.send")
    nid.sees("told.ask", number=asked)
    chat.turns_to("2026-11-20 21:00")
    held = chat.has_case(dao)
    listen(office, officers, nid, dao)
    told = dao.says(f"{held} ตอนนี้ไฟไหม้เสาแล้วค่ะ มีประกายไฟ สายไฟขาด").sees("welcome.danger").outcome
    nid.says("เสานี้ไฟไหม้อยู่ตอนนี้ค่ะ ไฟลุก สายไฟขาดพาดถนน").sees("welcome.danger")
    assert words_of("desk.tells_danger") in office.gets_card(held).words
    office.reads("ไฟไหม้เสาแล้ว")
    office.sees("group.told_danger", number=asked, note="เสานี้ไฟไหม้อยู่ตอนนี้ค่ะ ไฟลุก สายไฟขาดพาดถนน")
    for number in (held, asked):
        officers.sees("staff.tells_danger", number=number)

    listen(office, officers)
    office.member().says(f"{asked} กำลังส่งช่างไปครับ").reads(asked)
    chat.waits(minutes=31)
    chat.settles()
    officers.sees("staff.danger_unseen", number=held)
    office.sees("group.told_unseen", number=held)
    assert not any(asked in words for words in officers.heard()), "somebody is on the way"
    shown = next(one for one in chat.line.received(officers.id, after=officers.since) if held in one.words)
    listen(office, officers)
    officers.member().taps("staff.danger_yes", shown).sees("staff.danger_counted", number=held)
    assert chat.case(held).danger
    office.sees("group.corrected_danger_due", number=held)
    listen(officers)
    officers.member().taps("staff.danger_no", shown).sees("staff.danger_counted", number=held)
    assert chat.history(held).count("correct") == 1

    listen(officers, office)
    assert told is not None
    dao.unsends(str(told.message_id))
    tap = officers.sees("staff.danger_unsaid_counted", number=held).last
    office.sees("group.told_unsaid_counted", number=held)
    assert tap is not None and "ไฟไหม้" not in tap.words
    lowered = officers.member().taps("staff.danger_lower", tap).sees("staff.calm", number=held).last
    office.reads("ไม่ใช่เรื่องอันตราย")
    officers.member().taps("button.undo", lowered).reads(held)
    assert chat.case(held).danger
    officers.member().taps("staff.danger_lower", tap).sees("staff.calm", number=held)
    assert not chat.case(held).danger


def test_danger_told_of_an_offered_case_wakes_who_is_asked_and_is_said_once_to_the_officers(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, dao = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen(), chat.citizen("Dao")
    watthana, officers, kai = chat.coordinators("district:1039"), chat.coordinators("omb"), chat.citizen("Kai")
    offered, theirs, gone = chat.has_case(nid), chat.has_case(dao, "omb"), chat.has_case(kai)
    office.gets_card(gone)
    chat.turns_to("2026-11-20 21:00")
    office.member().says(f"{offered} โอนให้เขตวัฒนา เพราะอยู่ฝั่งวัฒนา").sees("group.step_offered")
    chat.line.set_quota(300, used=300)
    listen(office, watthana, officers)
    nid.says(f"{offered} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
    dao.says(f"{theirs} ไฟไหม้บ้านแล้ว").sees("welcome.danger")
    kai.says(f"{gone} ไฟไหม้ร้านแล้ว").sees("welcome.danger")
    told = [str(one.outcome.message_id) for one in (nid, dao, kai) if one.outcome]
    chat.settles()
    kai.unsends(told.pop())
    chat.settles()
    with contextlib.suppress(AssertionError):
        chat.clocks_run()
    chat.line.set_quota(10_000, used=0)
    with chat.parts.database.begin() as session:
        session.merge(LineQuota(id=1, most=10_000, used=280, short=False, read_at=clock.now()))
    look(chat, "2026-11-20 21:10")
    for one in (office, watthana):
        one.sees("group.told_danger", number=offered, note="สายไฟขาดพาดถนน ไฟช็อตคนแล้ว")
    card = watthana.gets_card(offered).words
    assert words_of("desk.tells_danger") in card and "ขอโอน" in card
    officers.sees("staff.tells_danger", number=offered).sees("staff.tells_danger", number=theirs)
    assert sum("ไฟไหม้บ้านแล้ว" in words for words in officers.heard()) == 1
    assert not any("เพิ่มข้อมูล" in words for words in officers.heard())
    assert not any(gone in words for words in [*officers.heard(), *office.heard()]), "what nobody read is not unsaid"

    listen(office, watthana, officers)
    for person, message in zip((nid, dao), told, strict=True):
        person.unsends(message)
    chat.settles()
    for number in (offered, theirs):
        officers.sees("staff.danger_unsaid", number=number)
    for one in (office, watthana):
        one.sees("group.told_unsaid", number=offered)
    listen(office, watthana, officers)
    chat.waits(minutes=31)
    chat.clocks_run()
    chat.settles()
    assert not [*office.heard(), *watthana.heard(), *officers.heard()]


def test_danger_beside_words_against_an_official_reaches_the_officers_at_night_and_no_office(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, dao = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen(), chat.citizen("Dao")
    officers = chat.coordinators("omb")
    number, secret = chat.has_case(nid), chat.has_case(dao, category="official")
    office.gets_card(number)
    chat.turns_to("2026-11-20 21:00")
    listen(office, officers)
    threat = "เจ้าหน้าที่เขตเรียกรับเงิน ไม่จ่ายจะเผาบ้าน ตอนนี้ไฟไหม้หน้าบ้านแล้ว"
    nid.says(f"{number} {threat}").sees("welcome.danger")
    dao.says(f"{secret} {threat}").sees("welcome.danger")
    officers.sees("staff.tells_danger_kept", number=number).sees("staff.tells_danger_secret", number=secret)
    open_now = officers.member().says("งานค้าง").sees("card.open_title", count=2).last
    assert open_now is not None and words_of("desk.tells_danger") in open_now.words
    listen(officers)
    chat.waits(minutes=31)
    chat.settles()
    officers.sees("staff.danger_unseen_kept", number=number).sees("staff.danger_unseen_secret", number=secret)
    heard = chat.line.received(officers.id, after=officers.since)
    assert not any("เผาบ้าน" in one.words for one in heard)
    kept, hidden = (next(one for one in heard if key in one.words) for key in (number, secret))
    listen(officers)
    officers.member().taps("staff.danger_seen", kept).sees("staff.danger_ended", number=number)
    officers.member().says("งานค้าง").sees("card.open_title", count=1)
    officers.member().taps("staff.danger_yes", hidden).sees("staff.danger_counted_here", number=secret)
    listen(officers)
    chat.waits(minutes=70)
    chat.settles()
    officers.sees_nothing()
    office.sees_nothing()
    begun = chat.has_case(nid, category="official", danger=["fire"], description=threat)
    officers.sees("desk.confidential").reads(begun).sees("card.danger")
    listen(officers)
    chat.waits(minutes=31)
    ring_clocks(chat.parts.database)
    officers.sees("remind.confidential_danger", number=begun)


def test_a_danger_that_was_none_is_told_at_once_at_night_where_it_was_told(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid = begin_quietly(chat, "2026-11-20 21:00"), chat.citizen()
    number = chat.has_case(nid)
    officer = Actor(Role.STAFF, person="officer@example.org", organisation="omb")
    said = ("corrected_calm", "corrected_calm_category")
    for category, key in zip(("lighting", "road"), said, strict=True):
        listen(office)
        with chat.parts.database.begin(clock.now()) as session:
            case = stored.find_case(session, chat.case(number).id, lock=True)
            assert case is not None
            step = correcting.correct_category(session, case, category, officer, clock.now(), reason="-", danger=True)
        office.reads("พบว่ามีอันตราย")
        listen(office)
        with chat.parts.database.begin(clock.now()) as session:
            case = stored.find_case(session, chat.case(number).id, lock=True)
            assert case is not None and correcting.undo(session, case, step.id, officer, clock.now())
        office.sees(f"group.{key}", number=number)


def test_who_writes_at_night_hears_that_the_office_has_noted_it_with_the_answer(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, dao = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen(), chat.citizen("Dao")
    number, other = chat.has_case(nid), chat.has_case(dao)
    cards = [office.gets_card(each) for each in (number, other)]
    chat.turns_to("2026-11-20 21:00")
    for card in cards:
        asked = office.member().quotes(card, "เสาต้นไหนครับ").sees("question.title")
    listen(nid, dao)
    asked.taps("question.send")
    dao.sees("told.acknowledge", number=other).sees("told.ask", number=other)
    nid.sees_nothing()
    nid.says("ติดตามเรื่อง").sees("told.acknowledge", number=number)
    nid.chat.settles()
    assert len({one.request_id for one in chat.line.received(nid.id, after=nid.since)}) == 1


def test_what_was_held_for_want_of_messages_does_not_ride_with_danger_at_night(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen()
    runs_short(chat)
    listen(office)
    held = chat.has_case(nid)
    chat.settles()
    chat.turns_to("2026-11-20 21:00")
    burning = chat.has_case(nid, danger=["fire"], description="ไฟไหม้หม้อแปลงหน้าบ้าน")
    office.gets_card(burning)
    chat.line.set_quota(10_000)
    with chat.parts.database.begin() as session:
        session.merge(LineQuota(id=1, most=10_000, used=280, short=False, read_at=clock.now()))
    look(chat, "2026-11-20 21:31")
    assert not any(held in words for words in office.heard())
    look(chat, f"{MONDAY} 07:45")
    office.gets_card(held)


def test_a_case_that_goes_to_and_fro_in_a_night_is_one_card_for_the_officers_as_it_stands(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, dao = begin_quietly(chat, "2026-11-20 15:00"), chat.citizen(), chat.citizen("Dao")
    officers = chat.coordinators("omb")
    number, back = chat.has_case(nid), chat.has_case(dao)
    for each in (number, back):
        office.gets_card(each)
    chat.turns_to("2026-11-20 21:00")
    listen(officers)
    said = ("ไม่รับครับ เป็นที่ดินเอกชน", "รับทราบครับ", "ไม่รับครับ เป็นพื้นที่ของการรถไฟ")
    for each, words in ((number, said), (back, said[:2])):
        for one in words:
            office.member().says(f"{each} {one}").reads(each)
            chat.waits(minutes=20)
    abroad = chat.has_case(nid, "omb")
    officer = Actor(Role.STAFF, person="officer@example.org", organisation="omb")
    for organisation in (DIN_DAENG, "omb"):
        with chat.parts.database.begin(clock.now()) as session:
            case = stored.find_case(session, chat.case(abroad).id, lock=True)
            assert case is not None and decisions.place(session, case, organisation, officer, clock.now())
        if organisation == DIN_DAENG:
            office.member().says(f"{abroad} {said[0]}").reads(abroad)
    chat.turns_to(f"{MONDAY} 07:45")
    chat.clocks_run()
    heard = [one.words for one in chat.line.received(officers.id, after=officers.since) if "สรุป" not in one.words]
    assert [sum(each in words for words in heard) for each in (number, back, abroad)] == [1, 0, 1], heard
    officers.gets_card(number)
    assert any("การรถไฟ" in words for words in heard)


def test_what_was_answered_in_the_night_is_asked_and_said_by_nobody_in_the_morning(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, dao, bo = (
        begin_quietly(chat, "2026-11-20 15:00"),
        chat.citizen(),
        chat.citizen("Dao"),
        chat.citizen("Bo"),
    )
    watthana, officers, ann = chat.coordinators("district:1039"), chat.coordinators("omb"), chat.citizen("Ann")
    taken, refused, kept = chat.has_case(nid), chat.has_case(dao), chat.has_case(bo)
    dim = chat.has_case(ann)
    office.member().says(f"{dim} เสร็จแล้ว").reads(dim)
    ann.sees("closure.resolved_question")
    chat.turns_to("2026-11-20 22:30")
    listen(office, watthana, officers)
    for number in (taken, refused, kept):
        office.member().says(f"{number} โอนให้เขตวัฒนา เพราะอยู่ฝั่งวัฒนา").sees("group.step_offered")
    watthana.member().says(f"{taken} รับเรื่องครับ เสร็จวันศุกร์").reads(taken)
    watthana.member().says(f"{refused} ไม่ใช่ของเราครับ เป็นพื้นที่เขตดินแดง").sees("transfer.step_bounce", number=refused)
    office.member().says(f"{refused} ไม่รับครับ เป็นที่ดินเอกชน").reads(refused)
    office.member().says(f"{kept} แก้กลับ").reads(kept)
    ann.taps("button.not_well").sees("dispute.why").taps("not_done.same").taps("report.no_photos").sees("dispute.sent")
    chat.settles()
    ann.says("ต้นที่สามก็ดับ").sees("talk.passed_on")
    chat.settles()
    listen(office, watthana, officers)
    chat.turns_to(f"{MONDAY} 07:45")
    chat.clocks_run()
    chat.settles()
    assert not any("ขอโอน" in words for words in watthana.heard())
    assert not any("กลับมาอยู่กับ" in words for words in office.heard())
    said = [one.words for one in chat.line.received(officers.id, after=officers.since) if "สรุป" not in one.words]
    assert [sum(each in words for words in said) for each in (refused, kept, dim)] == [1, 0, 1], said
    assert any("ต้นที่สามก็ดับ" in words for words in said)
    officers.gets_card(refused)
