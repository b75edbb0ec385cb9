"""A report near a case of the same kind: is it this one? Joining, not joining, and who is never asked."""

from typing import Any

import pytest
from sqlalchemy import select

from storage.models import Case, Conversation, Follower, HistoryEntry, MediaItem, OutboxMessage
from tests.chat import Chat, Person, listen

HERE = (13.76950, 100.55300)
NEAR = (13.76980, 100.55300)  # 33 metres to the north
FAR = (13.77050, 100.55300)  # 111 metres
SPOT = {"org": "district:1026", "how": "boundary", "words": "ซอยลับ 77", "lat": HERE[0], "lng": HERE[1], "sure": True}


def _told(chat: Chat, by: Person, **slots: Any) -> str:
    return chat.has_case(by, place=SPOT, **slots)


def _tells(person: Person, spot: tuple[float, float] = NEAR, what: str = "ไฟถนนดับทั้งซอย มืดมาก") -> Person:
    """A report with a pin, up to what is asked after it."""
    person.says(what).drops_pin(*spot, "ถนนดินแดง เขตดินแดง")
    if person._asks("report.place_ok"):
        person.taps("report.place_yes")
    return person


def _followers(chat: Chat) -> list[Follower]:
    with chat.reads() as session:
        return list(session.scalars(select(Follower).where(Follower.left_at.is_(None))))


def test_somebody_who_tells_the_same_is_asked_and_may_follow(chat: Chat) -> None:
    office, nid, dao = chat.coordinators("district:1026"), chat.citizen("Nid"), chat.citizen("Dao")
    number = _told(chat, nid)
    office.gets_card(number)
    listen(office)
    _tells(dao).sees("alike.ask")
    shown = "\n".join(dao.heard())
    assert "30 เมตร" in shown and "ไฟส่องสว่าง" in shown and "เขตดินแดง" in shown
    assert not any(words in shown for words in (number, "ซอยลับ", "Nid"))
    dao.sees("alike.ask").taps("alike.join").sees("alike.joined", number=number)
    assert [row.case_id for row in _followers(chat)] == [chat.case(number).id]
    assert chat.history(number)[-1] == "follow"
    assert chat.count(Case) == 1
    office.sees_nothing()
    chat.redelivers_everything().changes_nothing()


def test_not_this_one_goes_on_and_is_not_asked_again(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    _told(quick_chat, nid)
    _tells(dao).sees("alike.ask").taps("alike.new").sees("report.ask_photos")
    dao.taps("report.no_photos").taps("report.no_phone").taps("report.hide_name").sees("review.title")
    dao.taps("review.edit_category").taps("report.more_categories").says("ขยะ ความสะอาด")
    dao.taps("review.edit_category").taps("report.more_categories").says("ไฟส่องสว่าง").sees("review.title")
    dao.taps("button.confirm_send").sees("told.kept")
    assert quick_chat.count(Case) == 2
    assert _followers(quick_chat) == []


def test_words_answer_too_and_other_words_are_part_of_the_story(quick_chat: Chat) -> None:
    nid, dao, ann = quick_chat.citizen("Nid"), quick_chat.citizen("Dao"), quick_chat.citizen("Ann")
    number = _told(quick_chat, nid)
    office = quick_chat.coordinators("district:1026")
    _tells(dao).sees("alike.ask").sees("status.dispatched")
    office.member().says(f"{number} รับทราบครับ").sees("card.update", number=number)
    dao.says("มืดมาสามวันแล้ว").sees("report.description_added").sees("alike.ask").sees("status.acknowledged")
    dao.says("ใช่ค่ะ").sees("alike.joined", number=number)
    _tells(ann).sees("alike.ask").says("ไม่ใช่ครับ").sees("report.ask_photos")


def test_photos_go_to_the_case_and_words_only_to_its_history(quick_chat: Chat) -> None:
    office, nid, dao = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = _told(quick_chat, nid)
    office.gets_card(number)
    dao.sends_photo().sees("report.ask_description_with_media").says("ไฟถนนดับหน้าบ้านยายมี").sees("report.ask_place")
    dao.drops_pin(*NEAR, "ถนนดินแดง เขตดินแดง")
    if dao._asks("report.place_ok"):
        dao.taps("report.place_yes")
    dao.sees("alike.ask").taps("alike.join").sees("alike.joined", number=number)
    with quick_chat.reads() as session:
        [photo] = session.scalars(select(MediaItem))
        assert (photo.case_id, photo.role) == (quick_chat.case().id, "before")
        entry = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "follow")).one()
        assert entry.note == "ไฟถนนดับหน้าบ้านยายมี" and entry.details["media"] == [photo.id]
        assert entry.role == "follower"
    office.member().says(number).sees("card.followers", count=1)
    nid.says("ติดตามเรื่อง").sees("happened.follow", count=1)
    assert not any("ยายมี" in words for words in (*office.heard(), *nid.heard()))


def test_a_slip_is_taken_back_and_the_report_goes_on(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = _told(quick_chat, nid)
    dao.sends_photo().sees("report.ask_description_with_media")
    _tells(dao).sees("alike.ask").taps("alike.join").sees("alike.joined", number=number)
    dao.taps("alike.wrong").sees("alike.taken_back", number=number).sees("report.photos_count", count=1)
    assert _followers(quick_chat) == []
    with quick_chat.reads() as session:
        assert session.scalars(select(MediaItem)).one().case_id is None
        assert session.scalars(select(HistoryEntry.note).where(HistoryEntry.action == "follow")).one() is None
    dao.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").taps("button.confirm_send")
    dao.sees("told.kept")
    with quick_chat.reads() as session:
        assert session.scalars(select(MediaItem)).one().case_id == quick_chat.case().id
    dao.says("สวัสดี").sees("talk.greeting")


def test_words_taken_back_after_joining_are_gone_everywhere(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    _told(quick_chat, nid)
    dao.says("ไฟถนนดับหน้าบ้านยายมี").sees("report.ask_place")
    told = dao.outcome
    dao.drops_pin(*NEAR, "ถนนดินแดง เขตดินแดง")
    if dao._asks("report.place_ok"):
        dao.taps("report.place_yes")
    dao.sees("alike.ask").taps("alike.join").sees("alike.joined")
    assert told and told.message_id
    dao.unsends(told.message_id).sees_nothing()
    with quick_chat.reads() as session:
        kept = [*session.scalars(select(HistoryEntry.note)), *session.scalars(select(Conversation.draft))]
        assert "ยายมี" not in str(kept)
    assert quick_chat.history()[-1] == "note"
    dao.taps("alike.wrong").sees("alike.taken_back").sees("report.ask_description")


def test_ones_own_open_case_takes_what_is_told_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = _told(quick_chat, nid)
    _tells(nid, what="แจ้งเรื่อง ไฟถนนดับอีกแล้ว มืดมาก").sees("alike.ask_own")
    nid.taps("alike.add").sees("talk.passed_on", number=number)
    assert quick_chat.history(number)[-1] == "add"
    assert _followers(quick_chat) == []
    assert quick_chat.count(Case) == 1


def test_several_are_told_apart(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    numbers = [_told(quick_chat, nid) for _ in range(4)]
    _tells(dao).sees("alike.ask_several").says("ใช่").sees("alike.which").sees("alike.ask_several")
    with quick_chat.reads() as session:
        draft = session.scalars(select(Conversation.draft).where(Conversation.chat_id == dao.id)).one()
    assert len(draft["slots"]["near"]) == 3
    chosen = draft["slots"]["near"][1]
    dao.postback(f"f:{_run(quick_chat, dao)}:alike:{chosen['case']}").sees("alike.joined", number=chosen["number"])
    assert chosen["number"] in numbers


def _run(chat: Chat, person: Person) -> str:
    with chat.reads() as session:
        return str(session.scalars(select(Conversation.run).where(Conversation.chat_id == person.id)).one())


def test_a_case_that_was_not_shown_cannot_be_joined(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    secret = quick_chat.has_case(nid, place=SPOT, category="official")
    _told(quick_chat, nid)
    _tells(dao).sees("alike.ask")
    dao.postback(f"f:{_run(quick_chat, dao)}:alike:{quick_chat.case(secret).id}").sees("report.not_here")
    assert _followers(quick_chat) == []


def test_a_case_gone_meanwhile_becomes_a_new_report(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = _told(quick_chat, nid)
    _tells(dao).sees("alike.ask")
    nid.says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdrawn")
    dao.sees("alike.ask").taps("alike.join").sees("alike.gone").sees("report.ask_photos")


def test_what_is_closed_can_be_said_to_be_still_there(quick_chat: Chat) -> None:
    staff, office = quick_chat.coordinators("omb"), quick_chat.coordinators("district:1026")
    nid, dao, ann = quick_chat.citizen("Nid"), quick_chat.citizen("Dao"), quick_chat.citizen("Ann")
    number = _told(quick_chat, nid)
    office.member().says(f"{number} เสร็จแล้ว")
    nid.taps("button.all_well").sees("talk.judged_yes")
    for one in (dao, ann):
        _tells(one).sees("alike.ask").taps("alike.join_closed").sees("alike.joined_closed", number=number)
    quick_chat.settles()
    told = [words for words in quick_chat.line.received(staff.id) if "ยังมีปัญหาอยู่" in words.words]
    assert len(told) == 1
    _tells(nid, what="แจ้งเรื่อง ไฟถนนดับอีกแล้ว มืดมาก").sees("report.ask_photos")


@pytest.mark.parametrize("spot", ["far", "old", "kind", "secret", "withdrawn"])
def test_nobody_is_asked_about_what_is_another_matter(quick_chat: Chat, spot: str) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    category = {"kind": "waste", "secret": "official"}.get(spot, "lighting")
    number = _told(quick_chat, nid, category=category)
    if spot == "old":
        quick_chat.waits(days=14, minutes=1)
    if spot == "withdrawn":
        nid.says(f"{number} ถอนเรื่อง").taps("talk.withdraw_yes").sees("talk.withdrawn")
    _tells(dao, FAR if spot == "far" else NEAR).sees("report.ask_photos")


def test_danger_and_what_offices_may_not_read_are_never_asked(quick_chat: Chat) -> None:
    nid, dao, ann = quick_chat.citizen("Nid"), quick_chat.citizen("Dao"), quick_chat.citizen("Ann")
    _told(quick_chat, nid)
    _tells(dao, what="เสาไฟส่องสว่างล้ม ไฟรั่ว มีคนถูกไฟดูด")
    assert not any("ใช่เรื่องนี้หรือไม่" in words for words in dao.heard())
    _tells(ann, what="ไฟถนนดับ เจ้าหน้าที่เขตเรียกเงินค่าซ่อม")
    assert not any("ใช่เรื่องนี้หรือไม่" in words for words in ann.heard())


def test_nobody_joins_without_end(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    most = quick_chat.settings.reports_per_day
    for at in range(most + 1):
        latitude = 13.70 + at * 0.01
        quick_chat.has_case(nid, place=SPOT | {"lat": latitude})
        _tells(dao, (latitude, HERE[1])).sees("alike.ask").taps("alike.join")
        dao.sees("alike.joined" if at < most else "alike.too_many")
    dao.sees("report.ask_photos")


def test_nothing_is_pushed_to_the_office_for_twelve_who_join(quick_chat: Chat) -> None:
    office, nid = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid")
    number = _told(quick_chat, nid)
    office.gets_card(number)
    quick_chat.settles()
    listen(office)
    before = quick_chat.count(OutboxMessage)
    for at in range(12):
        _tells(quick_chat.citizen(f"P{at}")).sees("alike.ask").taps("alike.join").sees("alike.joined")
    office.sees_nothing()
    assert quick_chat.count(OutboxMessage) > before
    office.member().says("งานค้าง").sees("card.open_title").reads("+12")


def test_another_pin_or_danger_told_meanwhile_changes_the_question(quick_chat: Chat) -> None:
    nid, dao, ann = quick_chat.citizen("Nid"), quick_chat.citizen("Dao"), quick_chat.citizen("Ann")
    _told(quick_chat, nid)
    _tells(dao).sees("alike.ask").drops_pin(*FAR, "ถนนดินแดง เขตดินแดง")
    if dao._asks("report.place_ok"):
        dao.taps("report.place_yes")
    dao.sees("report.ask_photos")
    _tells(ann).sees("alike.ask").says("ไฟรั่ว มีคนถูกไฟดูดอยู่ตอนนี้").sees("welcome.danger").sees("report.ask_photos")


def test_a_case_told_meanwhile_is_asked_about_before_the_review(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    for one in (nid, dao):
        _tells(one).sees("report.ask_photos").taps("report.no_photos").taps("report.no_phone").sees("report.ask_name")
    nid.taps("report.hide_name").sees("review.title").taps("button.confirm_send").sees("told.kept")
    dao.taps("report.hide_name").sees("alike.ask").taps("alike.new").sees("review.title")
    dao.taps("button.confirm_send").sees("told.kept")
    assert quick_chat.count(Case) == 2


def test_a_photo_taken_back_after_joining_leaves_the_case(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    _told(quick_chat, nid)
    dao.sends_photo().sees("report.ask_description_with_media")
    sent = dao.outcome
    _tells(dao).sees("alike.ask").taps("alike.join").sees("alike.joined")
    assert sent and sent.message_id
    dao.unsends(sent.message_id).sees_nothing()
    with quick_chat.reads() as session:
        assert session.scalars(select(MediaItem)).one().state == "withdrawn"
        last = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
        assert last and (last.action, last.role) == ("note", "follower")
    dao.taps("alike.wrong").sees("alike.taken_back").sees("report.ask_photos")
