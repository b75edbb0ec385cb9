"""Those who follow a case of somebody else: what they hear and never hear, how they leave, and what they may say."""

from typing import Any

import pytest
from sqlalchemy import select

import clock
from cases import lifecycle
from cases.statuses import Action, Actor, Role
from storage.models import Case, Follower, HistoryEntry, MediaItem
from tests.chat import Chat, Office, Person, listen

HERE = (13.76950, 100.55300)
SPOT = {"org": "district:1026", "how": "boundary", "words": "ซอยลับ 77", "lat": HERE[0], "lng": HERE[1], "sure": True}


def joins(person: Person, number: str) -> Person:
    """Tell the same at the same spot, and follow the case that is there."""
    english = person.language == "en"
    person.says("the street light is broken, very dark" if english else "ไฟถนนดับทั้งซอย มืดมาก")
    person.drops_pin(*HERE, "ถนนดินแดง เขตดินแดง")
    if person._asks("report.ask_category"):
        person.taps("Street light" if english else "ไฟส่องสว่าง")
    if person._asks("report.place_ok"):
        person.taps("report.place_yes")
    return person.sees("alike.ask").taps("alike.join").sees("alike.joined", number=number)


def _start(chat: Chat, **slots: Any) -> tuple[Office, Person, Person, str]:
    office, nid, dao = chat.coordinators("district:1026"), chat.citizen("Nid"), chat.citizen("Dao")
    number = chat.has_case(nid, place=SPOT, **slots)
    joins(dao, number)
    office.gets_card(number)
    chat.settles()
    listen(office, nid, dao)
    return office, nid, dao, number


def test_followers_hear_what_the_reporter_hears_each_in_their_language(chat: Chat) -> None:
    office, nid, dao, number = _start(chat)
    ann = chat.citizen("Ann")
    ann.language = "en"
    ann.says("English").sees("talk.language_changed")
    joins(ann, number)
    listen(ann)
    office.member().says(f"{number} กำลังทำ")
    for one in (nid, dao, ann):
        one.sees("told.start", number=number)
    assert "ไฟ" not in "".join(ann.heard())
    chat.redelivers_everything().changes_nothing()


def test_nothing_of_the_reporter_reaches_a_follower(quick_chat: Chat) -> None:
    told = {"description": "ไฟดับหน้าบ้านยายมี", "phone": "0812345678", "phone_shown": True, "name": "สมหญิง"}
    office, nid, dao, number = _start(quick_chat, **told)
    office.member().says(f"{number} ขอเลื่อนเป็นพรุ่งนี้ เพราะคุณสมหญิง 081-234-5678 ไม่อยู่บ้าน")
    quick_chat.settles()
    office.member().says(f"{number} เสาต้นไหนครับ คุณสมหญิง")
    if quick_chat.line.list_tappable(office.id):
        quick_chat.settles()
    dao.says(number).sees("track.followed").sees("happened_to.report")
    nid.says("ต้นที่สามหน้าบ้านยายมี")
    quick_chat.settles()
    office.member().says(f"{number} เสร็จแล้ว")
    dao.sees("closure.resolved")
    said = "\n".join(message.words for message in quick_chat.line.received(dao.id))
    for secret in ("ยายมี", "สมหญิง", "0812345678", "081-234-5678", "ซอยลับ", "ต้นที่สาม", "เสาต้นไหน"):
        assert secret not in said, secret


def test_nothing_of_a_follower_reaches_the_reporter(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    dao.sees("closure.follower").taps("button.not_well").sees("followed.heard", number=number)
    nid.says(number).sees("happened.follow", count=1)
    said = "\n".join(message.words for message in quick_chat.line.received(nid.id))
    assert "Dao" not in said and dao.id not in said
    assert "ผู้ติดตาม" not in said


def test_a_followers_answer_is_kept_and_moves_nothing(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators("omb")
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    dao.taps("button.not_well").sees("followed.heard", number=number)
    dao.taps("button.partly_well").sees("followed.heard", number=number)
    assert quick_chat.case(number).status == "resolved"
    nid.taps("button.not_well").sees("talk.judged_no", number=number)
    dao.sees("followers.dispute", number=number)
    quick_chat.settles()
    staff.member().says(number).sees("card.followers", count=1).reads("ผู้ติดตามว่าบางส่วน 1")


def test_a_case_that_is_confirmed_is_told_to_those_who_follow(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    nid.taps("button.all_well").sees("talk.judged_yes")
    dao.sees("followers.confirm", number=number)
    dao.taps("button.all_well").sees("talk.case_over", number=number)


TOLD = {"description": "ไฟดับ โทร 0812345678", "phone": "0812345678", "phone_shown": True, "name": "สมหญิง"}


def test_a_reporter_who_withdraws_leaves_it_to_those_who_follow(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators("omb")
    office, nid, dao, number = _start(quick_chat, **TOLD)
    nid.says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdraw_left", number=number)
    quick_chat.settles()
    assert quick_chat.case(number).status == "dispatched"
    for one in (dao, office):
        one.sees_nothing()
    office.member().says(number)
    quick_chat.settles()
    assert not any(told in "".join(office.heard()) for told in ("สมหญิง", "0812345678"))
    nid.says(f"{number} ถอนเรื่อง").sees("track.stranger_status")
    listen(nid)
    office.member().says(f"{number} เสร็จแล้ว")
    dao.sees("closure.follower").taps("button.not_well").sees("followed.heard", number=number)
    dao.sees("followers.dispute_shared", number=number)
    nid.sees_nothing()
    quick_chat.waits(minutes=30)
    staff.gets_card(number)
    assert (quick_chat.case(number).status, quick_chat.case(number).verdict) == ("disputed", "no")


def test_what_is_left_to_followers_is_well_when_all_of_them_say_so(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    ann = joins(quick_chat.citizen("Ann"), number)
    nid.says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdraw_left", number=number)
    office.member().says(f"{number} เสร็จแล้ว")
    dao.sees("closure.follower").taps("button.all_well").sees("followed.heard", number=number)
    assert quick_chat.case(number).status == "resolved"
    ann.sees("closure.follower").taps("button.all_well").sees("followers.confirm_shared", number=number)
    dao.sees("followers.confirm_shared", number=number)
    assert (quick_chat.case(number).status, quick_chat.case(number).verdict) == ("closed", "yes")


def test_an_open_question_does_not_hold_up_what_is_left_to_followers(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"ถามผู้แจ้ง {number}: เสาต้นไหนครับ").taps("question.send")
    nid.sees("told.ask").says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdraw_left")
    assert quick_chat.case(number).status == "acknowledged"
    office.member().says(number)
    office.gets_card(number)
    dao.says(number).sees("track.followed")


def test_a_case_that_nobody_follows_any_more_is_withdrawn(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    dao.says("เลิกติดตาม").sees("followed.left")
    nid.says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdrawn", number=number)
    office.sees("group.told_withdraw", number=number)


def test_leaving_and_coming_back(chat: Chat) -> None:
    office, nid, dao, number = _start(chat)
    dao.says("ติดตามเรื่อง").sees("track.followed").taps("button.unfollow").sees("followed.left", number=number)
    listen(dao)
    office.member().says(f"{number} รับทราบ")
    nid.sees("told.acknowledge")
    dao.sees_nothing()
    dao.says(number).sees("track.stranger_status")
    dao.taps("button.follow_again").sees("followed.back", number=number)
    office.member().says(f"{number} กำลังทำ")
    dao.sees("told.start", number=number)
    dao.says(f"{number} เลิกติดตาม").sees("followed.left", number=number)
    dao.says("เลิกติดตาม").sees("followed.none")
    with chat.reads() as session:
        assert session.scalars(select(Follower)).one().left_at is not None


def test_leaving_by_words_where_several_are_followed(quick_chat: Chat) -> None:
    _, nid, dao, number = _start(quick_chat)
    quick_chat.has_case(nid, place=SPOT | {"lat": 13.80})
    dao.says("ไฟถนนดับทั้งซอย มืดมาก").drops_pin(13.80, HERE[1], "เขตดินแดง")
    if dao._asks("report.place_ok"):
        dao.taps("report.place_yes")
    dao.sees("alike.ask").taps("alike.join").sees("alike.joined")
    dao.says("เลิกติดตามครับ").sees("followed.which")
    dao.says(f"{number} เลิกติดตาม").sees("followed.left", number=number)
    dao.says("เลิกติดตาม").sees("followed.left")


def test_a_stranger_and_one_who_left_can_do_nothing(quick_chat: Chat) -> None:
    office, _, dao, number = _start(quick_chat)
    ann = quick_chat.citizen("Ann")
    key = quick_chat.case(number).id
    before = quick_chat.count(HistoryEntry)
    for verb in ("unfollow", "follow", "closure:yes", "show", "unjoin:1", "add", "stars:5", "withdraw:yes"):
        ann.postback(f"c:{key}:{verb}").sees("talk.old_button")
    dao.says("เลิกติดตาม").sees("followed.left")
    for verb in ("closure:no", "show", "add", "withdraw:yes", "stars:1", "unjoin:1"):
        dao.postback(f"c:{key}:{verb}").sees("talk.old_button")
    office.sees_nothing()
    assert quick_chat.count(HistoryEntry) == before


def test_words_that_quote_are_kept_for_the_officers(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    officers = quick_chat.coordinators("omb", "Duty")
    office.member().says(f"{number} กำลังทำ")
    dao.sees("told.start")
    started = dao.last
    dao.quotes(started, "เสานี้ไฟไหม้แล้วค่ะ สายไฟขาด").sees("followed.noted", number=number)
    officers.sees("staff.tells_danger", number=number).reads("เสานี้ไฟไหม้แล้ว")
    dao.quotes(started, "ยังมืดอยู่หน้าบ้านยายมี").sees("followed.noted", number=number)
    with quick_chat.reads() as session:
        entry = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
        assert entry and (entry.role, entry.note) == ("follower", "ยังมืดอยู่หน้าบ้านยายมี")
    assert dao.outcome and dao.outcome.message_id
    dao.unsends(dao.outcome.message_id)
    quick_chat.settles()
    with quick_chat.reads() as session:
        assert session.get_one(HistoryEntry, entry.id).note is None
    for one in (office, nid):
        assert not any("ยายมี" in words for words in one.heard())

    # Its number does what a quote does; alone it asks how far the case is, and beside what is over it is a new report.
    quick_chat.waits(minutes=6)
    listen(officers)
    dao.says(f"{number} ไฟไหม้เสาอยู่ตอนนี้ สายไฟขาดพาดถนน").sees("followed.noted", number=number)
    officers.sees("staff.tells_danger", number=number).reads("ไฟไหม้เสาอยู่ตอนนี้")
    dao.says(number).sees("happened.start")
    assert quick_chat.count(Case) == 1


def test_whoever_blocks_us_is_not_pushed_to_and_is_told_on_coming_back(chat: Chat) -> None:
    office, nid, dao, number = _start(chat)
    nid.blocks()
    dao.blocks()
    chat.settles()
    listen(nid, dao)
    office.member().says(f"{number} กำลังทำ")
    chat.settles()
    assert [one.words for who in (nid, dao) for one in chat.line.received(who.id, after=who.since)] == []
    nid.follows().sees("welcome.back").reads(number)
    dao.follows().sees("welcome.back").reads(number)

    # Both are told what ended meanwhile.
    nid.blocks()
    dao.blocks()
    with chat.parts.database.begin() as session:
        case = session.get_one(Case, chat.case(number).id)
        lifecycle.apply(session, case, Action.DECLINE, Actor(Role.COORDINATOR, organisation=case.owner), clock.now())
        lifecycle.apply(session, case, Action.CLOSE, Actor(Role.STAFF, organisation="omb"), clock.now(), note="ที่เอกชน")
    for person in (nid, dao):
        person.follows().sees("welcome.back").sees("welcome.back_ended").reads(number)


def test_a_case_made_secret_is_no_longer_told_to_followers(quick_chat: Chat) -> None:
    _, _, dao, number = _start(quick_chat)
    with quick_chat.parts.database.begin() as session:
        case = quick_chat.case(number)
        session.merge(case).confidential = True
    quick_chat.settles()
    listen(dao)
    dao.says(number).sees("talk.number_unknown")
    dao.says("เลิกติดตาม").sees("followed.none")
    dao.says("ติดตามเรื่อง").sees("track.none")
    dao.postback(f"c:{quick_chat.case(number).id}:show").sees("talk.old_button")


def test_a_case_closed_by_silence_is_told_to_followers_in_their_own_words(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-26 10:00")  # nobody is asked in the evening
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    nid.sees("closure.resolved")
    for _ in range(6):  # asked once more, then closed; whatever days off lie between
        quick_chat.waits(days=4)
        quick_chat.clocks_run()
    dao.sees("followers.close_silent", number=number)
    assert not any("คำตอบจากคุณ" in words for words in dao.heard())


def test_what_is_asked_is_asked_of_the_reporter_alone(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสาไฟต้นที่เท่าไรนับจากปากซอยครับ").sees("question.title", number=number)
    office.member().taps("question.send")
    nid.sees("told.ask", number=number)
    dao.sees_nothing()
    dao.says(number).sees("happened_to.ask")


def test_a_photo_of_one_is_not_shown_to_the_other(quick_chat: Chat) -> None:
    office, nid, dao = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = quick_chat.has_case(nid, place=SPOT)
    dao.sends_photo().sees("report.ask_description_with_media")
    joins(dao, number)
    card = office.gets_card(number)
    office.member().quotes(card, "เสร็จแล้วครับ")
    nid.sees("closure.resolved")
    dao.sees("closure.resolved")
    assert nid.last and dao.last
    assert "/media/" not in str(nid.last.message)
    assert "/media/" in str(dao.last.message)


def test_photos_soon_after_joining_go_to_that_case_or_begin_a_report_by_a_tap(quick_chat: Chat) -> None:
    office, nid, dao, number = _start(quick_chat)
    case = quick_chat.case(number)
    dao.sends_photo().sees("followed.photo", number=number)
    dao.sends_photo().sees("followed.photo", number=number)
    assert _count_photos(quick_chat, case.id) == 2
    for one in (office, nid):
        one.sees_nothing()
    quick_chat.redelivers_everything().changes_nothing()

    # It was of something else: both leave the case, and the report begins with them.
    dao.taps("talk.report_new").sees("report.ask_description_with_photos", count=2)
    assert _count_photos(quick_chat, case.id) == 0
    dao.says("ยกเลิก").sees("talk.cancelled")
    quick_chat.waits(minutes=61)
    dao.sends_photo().sees("report.ask_description_with_media")
    assert _count_photos(quick_chat, case.id) == 0

    # Whoever takes the joining back has all that they sent in the new report.
    ann = joins(quick_chat.citizen("Ann"), number)
    wrong = ann.last
    ann.sends_photo().sees("followed.photo", number=number)
    ann.taps("alike.wrong", wrong).sees("alike.taken_back", number=number)
    assert _count_photos(quick_chat, case.id) == 0


def _count_photos(chat: Chat, case_id: int) -> int:
    with chat.reads() as session:
        return len(session.scalars(select(MediaItem).where(MediaItem.case_id == case_id)).all())


# --- what followers doubt ---------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["taps", "says", "quotes"])
def test_officers_hear_that_followers_do_not_find_it_done(quick_chat: Chat, way: str) -> None:
    quick_chat.turns_to("2026-11-24 10:00")
    staff = quick_chat.coordinators("omb")
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    dao.sees("closure.follower")
    listen(staff)
    if way == "taps":
        dao.taps("button.not_well")
    elif way == "says":
        dao.says("ยังไม่ได้แก้")
    else:
        dao.quotes(dao.last, "ยังไม่ได้แก้เลย มืดเหมือนเดิม")
    dao.sees("followed.heard", number=number)
    staff.sees_nothing()
    staff.member().says("งานค้าง").sees("staff.doubts", number=number, count=1)
    nid.taps("button.all_well").sees("talk.judged_yes")
    staff.sees("staff.doubts_closed", number=number, count=1)
    assert quick_chat.case(number).status == "closed"


def test_what_the_reporter_finds_too_is_told_once(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-24 10:00")
    staff = quick_chat.coordinators("omb")
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    dao.sees("closure.follower").taps("button.not_well").sees("followed.heard")
    listen(staff)
    nid.taps("button.not_well").sees("talk.judged_no")
    staff.gets_card(number)
    staff.member().says("งานค้าง").sees("card.open_title")
    said = quick_chat.line.received(staff.id)
    assert not any("ผู้ติดตาม 1 คนบอก" in one.words for one in said)


def test_a_follower_who_thinks_better_of_it_raises_no_doubt(quick_chat: Chat) -> None:
    staff = quick_chat.coordinators("omb")
    office, nid, dao, number = _start(quick_chat)
    office.member().says(f"{number} เสร็จแล้ว")
    asked = dao.sees("closure.follower").last
    dao.taps("button.not_well").sees("followed.heard").taps("button.all_well", asked).sees("followed.heard")
    listen(staff)
    nid.taps("button.all_well").sees("talk.judged_yes")
    staff.sees_nothing()
