"""LINE's messages of the month are used up: danger still reaches somebody, and nothing is said that is not so."""

from sqlalchemy import select

import clock
from jobs.schedule import JOBS, run_job
from storage import staff, waiting
from storage.models import Mail
from tests.chat import Chat, Office, Person, listen, words_of
from tests.office_reader import ADDRESS, DIN_DAENG, SECOND_ADDRESS, OfficeReader, write_to

FIRE = "ไฟไหม้กองขยะ"
MONDAY_9 = "2026-11-23 09:00"
IT_IS_THERE = "ส่งถึงหน่วยงานแล้ว"


def runs_out(chat: Chat) -> None:
    """LINE takes no push any more; nobody has asked it how far the month's messages are."""
    chat.line.set_quota(300, used=300)


def look(chat: Chat) -> None:
    run_job("mail_held", JOBS["mail_held"][1], chat.parts.database)
    chat.settles()


def begins_a_new_month(chat: Chat, moment: str) -> None:
    chat.turns_to(moment)
    chat.line.set_quota(300, used=0)
    budget = chat.parts.budget
    assert budget is not None
    budget.count_due()
    budget.reckon()


def reports_fire(chat: Chat, nid: Person) -> str:
    number = chat.has_case(nid, danger=["fire"], description=FIRE)
    chat.settles()
    look(chat)
    return number


def tracks(nid: Person) -> str:
    listen(nid)
    nid.says("ติดตามเรื่อง")
    nid.chat.settles()
    return "\n".join(nid.heard())


def hears(office: Office) -> list[str]:
    """What comes free of charge when somebody in the group writes."""
    office.chat.settles()
    listen(office)
    office.member().says("กินข้าวกันไหม")
    office.chat.settles()
    return office.heard()


def test_danger_that_no_group_can_be_told_of_goes_to_everybody_by_mail(office: OfficeReader) -> None:
    chat = office.chat
    chat.turns_to(MONDAY_9)
    write_to(chat)
    write_to(chat, DIN_DAENG, SECOND_ADDRESS, rank=2)
    write_to(chat, "omb", "omb@omb.example")
    with chat.parts.database.begin() as session:
        for name, role in (("duty", "officer"), ("guest", "viewer")):
            staff.add(
                session,
                email=f"{name}@omb.example",
                name=name,
                role=role,
                organisation="omb",
                now=clock.now(),
            )
    group, nid = chat.coordinators(DIN_DAENG), chat.citizen()
    runs_out(chat)
    listen(group)
    number = reports_fire(chat, nid)
    look(chat)
    group.sees_nothing()
    with chat.reads() as session:
        letters = {(one.recipient, one.kind): one.subject for one in session.scalars(select(Mail))}
    assert set(letters) == {
        (ADDRESS, "case"),
        (SECOND_ADDRESS, "alarm"),
        ("omb@omb.example", "alarm"),
        ("duty@omb.example", "alarm"),
    }
    assert all(number in subject for subject in letters.values())
    assert IT_IS_THERE in tracks(nid), "the office has it by e-mail"
    chat.line.refusals.clear()


def test_with_no_way_at_all_it_stands_before_the_officers_and_nobody_is_told_that_it_arrived(chat: Chat) -> None:
    chat.turns_to(MONDAY_9)
    officers, group, nid = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG), chat.citizen()
    listen(nid)
    runs_out(chat)
    number = chat.has_case(nid, danger=["fire"], description=FIRE)
    chat.settles()
    for _ in range(2):  # at once, and once it was looked at
        seen = tracks(nid)
        assert IT_IS_THERE not in seen and "ส่งถึงเขต" not in seen and words_of("track.on_its_way") in seen
        look(chat)
    with chat.reads() as session:
        assert [case.number for case in waiting.list_danger(session, ("card", "reminder"), 5)] == [number]
    abroad = chat.has_case(nid, "omb")
    alone = chat.has_case(nid, "district:1039", danger=["fire"], description=FIRE)
    chat.settles()
    asked = officers.member().says("งานค้าง").sees("card.open_title", count=3).last
    assert asked is not None
    assert asked.words.index(number) < asked.words.index(alone) < asked.words.index(abroad)
    assert asked.words.count(words_of("desk.undelivered")) == 2

    chat.waits(days=2)
    [card] = [said for said in hears(group) if number in said]
    assert "จ. 23 พ.ย. 09:00" in card and "วันนี้" not in card, "it names the day on which it was told"
    with chat.reads() as session:
        assert waiting.list_danger(session, ("card", "reminder"), 5) == []
    assert IT_IS_THERE in tracks(nid).split(alone)[-1]
    listen(officers)
    asked = officers.member().says("งานค้าง").sees("card.open_title").last
    assert asked is not None and number not in asked.words and alone in asked.words
    chat.line.refusals.clear()


def test_of_danger_that_stays_unanswered_only_the_newest_line_waits_for_the_officers(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to(MONDAY_9)
    officers, nid = chat.coordinators("omb", "Duty"), chat.citizen()
    chat.coordinators(DIN_DAENG)
    runs_out(chat)
    number = reports_fire(chat, nid)
    for minutes in (31, 16, 61, 61):
        chat.waits(minutes=minutes)
        chat.clocks_run()
        chat.settles()
        look(chat)
    told = [words for words in hears(officers) + hears(officers) if "ส่งคำเตือนเข้ากลุ่ม" in words]
    assert len(told) == 1 and number in told[0]
    chat.line.refusals.clear()


def test_in_the_new_month_the_group_is_called_once_and_no_time_is_wrong(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2026-11-25 12:00")
    officers, group, nid = chat.coordinators("omb", "Duty"), chat.coordinators(DIN_DAENG), chat.citizen()
    first = chat.has_case(nid, danger=["fire"], description=FIRE)
    other = chat.coordinators("district:1039")
    promised = chat.has_case(nid, "district:1039")
    group.gets_card(first)
    card = other.gets_card(promised)
    chat.settles()
    runs_out(chat)
    for when in ("เสร็จวันพฤหัสครับ", "เลื่อนเป็นวันศุกร์ครับ ฝนตก"):
        other.member().quotes(card, when).sees("card.update")
        look(chat)
    second = reports_fire(chat, nid)
    for minutes in (31, 16, 20):
        chat.waits(minutes=minutes)
        chat.clocks_run()
    chat.settles()
    look(chat)
    listen(group, officers, nid)
    begins_a_new_month(chat, "2026-12-01 09:00")
    chat.clocks_run()
    chat.clocks_run()

    said = chat.line.received(group.id, after=group.since)
    assert any(first in one.words for one in said) and any(second in one.words for one in said)
    for one in [*said, *chat.line.received(nid.id, after=nid.since)]:
        assert not any(f"วันนี้ {hour}:" in one.words for hour in (12, 13)), one.words
    assert len({one.request_id for one in said}) == 1
    stand = "\n".join(nid.heard())
    assert stand.count(words_of("told.stands", number=promised, status="กำลังทำ")) == 1, stand
    assert f"หมายเลข {second}\nตอนนี้: " in stand
    assert not any(day in stand for day in ("26 พ.ย.", "27 พ.ย.", "12:30")), stand
    told = [words for words in officers.heard() if first in words and "ยังไม่มีคำตอบ" in words]
    assert told == [], "the office has only just been reminded"
    chat.waits(minutes=16)
    chat.clocks_run()
    assert any(first in words for words in officers.heard())
    chat.line.refusals.clear()
