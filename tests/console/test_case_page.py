"""The page of a case walked through as staff use it, with the reporter and the office's group on the other side."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import clock
from cases import erasing, lifecycle
from cases.statuses import Action, Actor, Role
from jobs import retention
from storage import cases as stored
from storage import conversations, follow_ups, notes
from storage.models import MediaItem, ReadyText
from tests.chat import listen, photo
from tests.desk import DeskHouse

DIN_DAENG, HUAI_KHWANG, DRAINAGE = "district:1026", "district:1017", "dept:drainage"


def test_a_case_is_worked_on_from_its_page(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    group = desk.chat.coordinators(DIN_DAENG)
    number = desk.chat.has_case(nid, phone="0812345678", name="นิดา", description="ไฟดับ โทร 0812345678")
    group.gets_card(number)
    page = f"/console/cases/{number}"
    somchai, orathai = desk.clerk("office", DIN_DAENG), desk.clerk("officer")
    desk.clerk("office", HUAI_KHWANG).opens(page, 404)

    # what a step will say stands there before it goes, and a look alone does nothing
    somchai.opens(page).sees("ไฟดับ").sees("status.dispatched").hides("0812345678")
    told = somchai.page.select_one("dt:-soup-contains('รับเรื่องเมื่อ') + dd")
    assert told and "·" not in told.get_text(), "on its first day a case has no age"
    somchai.follows("console.case.do_acknowledge").sees("console.case.reporter_reads")
    somchai.sees("told.acknowledge", office="สำนักงานเขตดินแดง", number=number)
    assert desk.chat.history(number) == ["report", "dispatch"]
    somchai.presses("console.case.send").sees("console.case.done").sees("status.acknowledged")
    nid.sees("told.acknowledge")
    somchai.presses("console.base.undo").sees("console.case.undone").sees("status.dispatched")
    nid.sees("told.undo")
    assert somchai.page.select_one("#story .line-undone .line-what")

    # a date, with the day checked
    somchai.follows("console.case.do_promise").fills(day="2020-01-01").presses("console.case.preview", 422)
    somchai.sees("console.case.wrong_day", count=60).fills(day=(clock.now() + timedelta(days=3)).date().isoformat())
    somchai.presses("console.case.preview").sees("console.case.preview_title").presses("console.case.edit")
    somchai.presses("console.case.preview").presses("console.case.send").sees("status.in_progress")
    nid.sees("told.promise")

    # a question, answered in LINE, is on the page; the office reads no number to call
    somchai.follows("console.case.do_ask").presses("console.case.preview", 422).sees("console.case.wrong_question")
    somchai.fills(words="เสาต้นที่เท่าไร").presses("console.case.preview").sees("เสาต้นที่เท่าไร")
    somchai.presses("console.case.send").sees("status.needs_info").sees("console.case.paused")
    nid.sees("told.ask").says("ต้นที่สาม โทร 0899999999")
    desk.chat.settles()
    somchai.opens(page).sees("ต้นที่สาม").hides("0899999999").sees("status.in_progress")
    orathai.opens(page).sees("0812345678").sees("0899999999").sees("Somchai")

    # done, with a photo that stays through preview and change
    somchai.follows("console.case.do_resolve").attaches("photos", b"no picture").presses("console.case.preview", 422)
    somchai.sees("console.case.wrong_photo", name="photo.jpg").attaches("photos", photo()).fills(words="เปลี่ยนหลอดแล้ว")
    somchai.presses("console.case.preview").presses("console.case.edit").sees("console.case.photos_kept")
    assert desk.chat.case(number).status == "in_progress"
    somchai.presses("console.case.preview").presses("console.case.send").sees("status.resolved")
    nid.sees("closure.resolved")
    assert somchai.page.select("#photos .beside img[alt]")
    with desk.database.read() as session:
        assert [item.role for item in session.scalars(select(MediaItem))] == ["after"]

    # the reporter rings: not fixed; the officer sends it back, and the office's group gets the card again
    orathai.opens(page).follows("console.case.do_verdict").fills(verdict="no", words="ยังมืดอยู่").presses(
        "console.case.preview"
    ).presses("console.case.send").sees("status.disputed").sees("console.case.part_decide")
    somchai.opens(page).hides("ยังมืดอยู่")
    listen(group)
    orathai.follows("console.case.do_send_back").fills(words="ตรวจสายไฟด้วย").presses("console.case.preview")
    orathai.sees("console.case.group_reads", office="เขตดินแดง").presses("console.case.send")
    group.gets_card(number)

    # a day later the words of our messages are gone, and the talk still says what was told
    desk.waits(hours=25)
    retention.forget_words(desk.database)
    retention.forget_drafts(desk.database)
    talk = orathai.comes_back().opens(page).page.select_one("#talk")
    assert talk is not None and "เสาต้นที่เท่าไร" in talk.text
    assert {entry.verb for entry in desk.audited()} >= {
        "case.acknowledge",
        "case.undo",
        "case.resolve",
        "case.send_back",
    }
    desk.chat.must_be_clean()


def test_two_at_one_case_see_each_other_and_do_not_overwrite(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    desk.chat.coordinators(DIN_DAENG)
    number = desk.chat.has_case(nid)
    page = f"/console/cases/{number}"
    somchai, orathai = desk.clerk("office", DIN_DAENG), desk.clerk("officer")

    somchai.opens(page).follows("console.case.do_decline").fills(words="เป็นที่ดินเอกชน มีโฉนดของบริษัท")
    orathai.opens(page).sees("console.case.also_here", names="Somchai")
    orathai.follows("console.case.do_start").presses("console.case.send")
    somchai.presses("console.case.preview", 409).sees("console.case.moved_meanwhile").sees("console.case.did_start")
    assert somchai.field("words") == "เป็นที่ดินเอกชน มีโฉนดของบริษัท"
    assert desk.chat.history(number) == ["report", "dispatch", "start"]
    somchai.presses("console.case.preview")

    # withdrawn while the preview was open: the words stay to be copied, nothing is done
    with desk.database.begin(clock.now()) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        lifecycle.apply(session, case, Action.WITHDRAW, Actor(Role.REPORTER, nid.id, chat_id=nid.id), clock.now())
    somchai.presses("console.case.send", 409).sees("console.case.moved_over").sees("มีโฉนดของบริษัท")
    orathai.opens(page).sees("status.withdrawn")
    answer = orathai.posts(f"{page}/here", version="1").sees("console.case.moved_on").sees("Somchai")
    assert answer.page.find("html") is None
    assert desk.chat.history(number)[-1] == "withdraw"

    # ready-made words that staff keep go in the reporter's own language
    kept = ReadyText(purpose="tell", label="x", th="ช่างนัดบ่ายนี้", en="Today", place=0, updated_at=clock.now())
    with desk.database.begin(clock.now()) as session:
        session.add(kept)
    number = desk.chat.has_case(nid)
    somchai.opens(f"/console/cases/{number}/do/write").sees("ช่างนัดบ่ายนี้").fills(ready="own:1")
    somchai.presses("console.case.preview").presses("console.case.send")
    nid.sees("told.written", words="ช่างนัดบ่ายนี้")

    # a form that is sent twice is done once
    number = desk.chat.has_case(nid)
    page = f"/console/cases/{number}"
    somchai.opens(f"{page}/do/write").fills(words="ช่างกำลังไป").presses("console.case.preview")
    held = {str(one["name"]): str(one["value"]) for one in somchai.page.select("main form input[name]")}
    for _ in range(2):
        somchai.posts(f"{page}/do/write", 200, stage="send", **{k: v for k, v in held.items() if k != "csrf_token"})
    somchai.sees("console.case.done_before")
    assert desk.chat.history(number) == ["report", "dispatch", "note"]
    nid.sees("told.written", words="ช่างกำลังไป")
    somchai.posts(f"{page}/do/write", 400, stage="send", words="x")
    somchai.opens(f"{page}/do/nonsense").sees("console.case.wrong_standing")
    somchai.posts(f"{page}/do/nonsense", 404, form=held["form"][::-1], version="1")

    # a page that is left open keeps nobody signed in
    orathai.opens(page)
    desk.waits(minutes=100)
    orathai.posts(f"{page}/here", version="1")
    desk.waits(minutes=30)
    orathai.opens(page).sees("console.sign_in.title")


def test_passing_on_joining_helping_and_who_may_read_what(desk: DeskHouse) -> None:
    nid, ton = desk.chat.citizen("Nid"), desk.chat.citizen("Ton")
    desk.chat.coordinators(DIN_DAENG)
    desk.chat.coordinators(DRAINAGE)
    spot = {"org": DIN_DAENG, "how": "boundary", "words": "ซอย 5", "lat": 13.77, "lng": 100.56}
    number = desk.chat.has_case(nid, place=spot)
    other = desk.chat.has_case(ton, description="ไฟดับที่เดียวกัน", place=spot | {"lat": 13.7701})
    page = f"/console/cases/{number}"
    somchai, drain, orathai = desk.clerk("office", DIN_DAENG), desk.clerk("office", DRAINAGE), desk.clerk("officer")

    # help: the helper sees the case, and neither the conversation nor a note that is not theirs
    somchai.opens(f"{page}/do/invite").fills(search="ระบายน้ำ").presses("console.case.search")
    somchai.fills(receiver=DRAINAGE, words="ขอเครื่องสูบน้ำ").presses("console.case.preview").presses("console.case.send")
    somchai.sees("console.case.help_invited")
    drain.opens(page).hides("console.case.talk").follows("console.case.do_help").presses("console.case.send")
    drain.follows("console.case.do_tell_owner").fills(words="ส่งเครื่องไปแล้ว").presses("console.case.preview")
    drain.presses("console.case.send").sees("console.case.do_stop_helping")
    somchai.opens(page).sees("ส่งเครื่องไปแล้ว").follows("console.case.do_take_back")
    somchai.fills(receiver=DRAINAGE).presses("console.case.preview").presses("console.case.send")
    drain.opens(page, 404)

    # a transfer needs a reason and a receiver who can be reached; the receiver accepts
    somchai.opens(f"{page}/do/transfer").fills(search="ระบายน้ำ").presses("console.case.search")
    somchai.fills(receiver=DRAINAGE).presses("console.case.preview", 422).sees("console.case.wrong_words")
    somchai.fills(words="เป็นท่อระบายน้ำหลัก").presses("console.case.preview").sees("told.offered")
    somchai.presses("console.case.send").sees("status.transferring").sees("console.case.moving_to")
    drain.opens(page).sees("เป็นท่อระบายน้ำหลัก").follows("console.case.do_accept").presses("console.case.send")
    somchai.opens(page, 404)
    nid.sees("told.accept")

    # joined with another case, and parted again
    orathai.opens(f"{page}/do/merge").fills(number="FT6911-99999").presses("console.case.preview", 422)
    orathai.sees("console.case.wrong_number").fills(number=other.lower()).presses("console.case.preview").sees(other)
    orathai.opens(f"{page}/do/merge").fills(near=other).presses("console.case.preview")
    name = {"form": orathai.field("form"), "version": orathai.field("version"), "seen": orathai.field("seen")}
    orathai.posts(f"{page}/do/merge", 200, stage="preview", number=other, words="ไม่มีใครถาม", **name)
    assert "ไม่มีใครถาม" not in orathai.words
    orathai.presses("console.case.send").sees("status.merged").follows(other).sees("console.case.people", count=1)
    orathai.opens(page).follows("console.case.do_split").presses("console.case.send").sees("status.acknowledged")

    # notes: an office's are read by the Ombudsman, an officer's by the office only where shared
    somchai2 = desk.clerk("office", DRAINAGE, name="Pranee")
    drain.opens(page).fills(words="โทรหาช่างแล้ว @pranee").presses("console.case.keep_note")
    drain.sees("console.case.note_called", count=1).sees("Pranee")
    with desk.database.read() as session:
        assert [one.words for one in notes.list_calls(session, somchai2.id, 5)] == ["โทรหาช่างแล้ว @pranee"]
    somchai2.opens(page).sees("โทรหาช่างแล้ว")
    with desk.database.read() as session:
        assert notes.list_calls(session, somchai2.id, 5) == []
    orathai.opens(page).sees("โทรหาช่างแล้ว").fills(words="ติดตามสำนักนี้เป็นพิเศษ").presses("console.case.keep_note")
    drain.opens(page).hides("ติดตามสำนักนี้")
    orathai.fills(words="@pranee ช่วยดูด้วย").presses("console.case.keep_note").sees("console.case.wrong_share")
    orathai.fills(words="@pranee ช่วยดูด้วย", shared=True).presses("console.case.keep_note")
    drain.opens(page).sees("ช่วยดูด้วย")
    orathai.presses("console.case.take_note_back").sees("console.case.note_withdrawn")

    # look again on a day
    orathai.fills(on_day=(clock.now() + timedelta(days=2)).date().isoformat(), why="ดูรูป").presses(
        "console.case.follow_up_keep"
    ).sees("console.case.follow_up_kept")
    with desk.database.read() as session:
        today = clock.now().date()
        assert follow_ups.list_due(session, orathai.id, today, 5) == []
        due = follow_ups.list_due(session, orathai.id, today + timedelta(days=3), 5)
        assert [(one.number, one.words) for one in due] == [(number, "ดูรูป")]
    orathai.presses("console.case.follow_up_end").sees("console.case.follow_up_done")


def test_a_reporter_who_was_erased_and_an_office_that_nobody_reaches(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    number = desk.chat.has_case(nid)
    page = f"/console/cases/{number}"
    assert desk.chat.case(number).status == "new", "the office has no group"
    orathai = desk.clerk("officer")
    orathai.opens(f"{page}/do/place").fills(search="ห้วยขวาง").presses("console.case.search")
    orathai.fills(receiver=HUAI_KHWANG).presses("console.case.preview", 422).sees("console.case.wrong_reach")
    orathai.opens(f"{page}/do/close").fills(words="ซ้ำกับเรื่องเดิม").presses("console.case.preview").sees("told.close")
    orathai.presses("console.case.send").sees("status.closed")
    orathai.fills(words="โทรกลับ 0812345678").presses("console.case.keep_note").sees("0812345678")
    with desk.database.begin(clock.now()) as session:
        conversations.lock(session, nid.id, clock.now())
        erasing.erase(session, nid.id, clock.now())
    orathai.opens(page).sees("โทรกลับ").hides("0812345678").sees("console.case.reached_none")
    assert orathai.page.select_one("a[href$='/do/write']") is None
    orathai.opens(f"{page}/do/write").sees("console.case.wrong_standing")
    orathai.opens("/console/cases/FT6911-99999", 404)


@pytest.mark.postgres
def test_the_same_on_postgresql(postgres_desk: DeskHouse) -> None:
    desk = postgres_desk
    nid = desk.chat.citizen("Nid")
    desk.chat.coordinators(DIN_DAENG)
    number = desk.chat.has_case(nid)
    page = f"/console/cases/{number}"
    somchai, orathai = desk.clerk("office", DIN_DAENG), desk.clerk("officer")
    somchai.opens(page).follows("console.case.do_start").presses("console.case.send").sees("status.in_progress")
    orathai.opens(page).sees("console.case.also_here", names="Somchai").presses(
        "console.case.undo", within="details.confirm"
    )
    orathai.sees("console.case.undone").fills(words="@officer2 ดูด้วย").presses("console.case.keep_note")
    orathai.opens(f"{page}/do/shield").fills(words="ผู้แจ้งถูกข่มขู่").presses("console.case.preview")
    orathai.presses("console.case.send").sees("console.case.secret_why")
    orathai.fills(reason="ตรวจสอบ").presses("console.case.secret_open").sees("console.case.did_shield")
    somchai.opens(page, 404)
