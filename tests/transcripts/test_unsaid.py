"""What still waits to be said when a case goes elsewhere, ends, or its words are taken back: nobody hears it then."""

from typing import Any

import pytest
from sqlalchemy import select, update

import clock
from cases import lifecycle
from cases.statuses import SYSTEM, Action
from jobs.schedule import JOBS, run_job
from storage.models import Base, Case, LineQuota, Mail
from tests.chat import WAIT, Chat, Office, Person, listen
from tests.office_reader import OfficeReader
from tests.transcripts.office_with_case import DIN_DAENG, begin

DUSIT, PUBLIC_WORKS = "district:1002", "dept:public-works"
NAME, PHONE = "สมหญิงใจดี", "0812345678"
SHARED: dict[str, Any] = {"name": NAME, "phone": PHONE, "phone_shown": True}


def runs_short(chat: Chat) -> None:
    """What is left of the month's messages is kept for danger and citizens."""
    chat.line.set_quota(300, used=280)
    with chat.parts.database.begin() as session:
        session.merge(LineQuota(id=1, most=300, used=280, short=True, read_at=clock.now()))


def hears(office: Office) -> list[str]:
    """Somebody speaks in the group, so that what is held for it comes free of charge."""
    office.chat.settles()
    listen(office)
    office.member().says("กินข้าวกันไหม")
    office.chat.settles()
    return office.heard()


def withdraws(chat: Chat, number: str, nid: Person) -> None:
    nid.postback(f"c:{chat.case(number).id}:withdraw:yes")
    chat.settles()
    assert chat.case(number).status == "withdrawn"


def holds(chat: Chat, words: str) -> list[str]:
    """The tables in which these words stand anywhere."""
    with chat.reads() as session:
        return sorted(
            table.name
            for table in Base.metadata.sorted_tables
            if any(words in str(value) for row in session.execute(select(table)) for value in row)
        )


def test_a_held_card_of_a_case_that_moved_never_comes(chat: Chat) -> None:
    old, new, nid = chat.coordinators(DIN_DAENG), chat.coordinators(DUSIT, "Kai"), chat.citizen()
    runs_short(chat)
    number = chat.has_case(nid, **SHARED)
    chat.settles()
    chat.moves(number, DUSIT)
    assert hears(old) == []
    [card] = [said for said in hears(new) if number in said]
    assert NAME in card and PHONE in card


def test_what_is_held_of_other_cases_still_comes(quick_chat: Chat) -> None:
    chat, office = quick_chat, quick_chat.coordinators(DIN_DAENG)
    nid = chat.citizen()
    runs_short(chat)
    moved, stays = chat.has_case(nid), chat.has_case(nid)
    chat.settles()
    chat.moves(moved, DUSIT)
    [card] = hears(office)
    assert stays in card


def test_a_held_card_of_a_case_that_became_confidential_never_comes(quick_chat: Chat) -> None:
    chat, office = quick_chat, quick_chat.coordinators(DIN_DAENG)
    number = chat.has_case(chat.citizen(), **SHARED)
    office.gets_card(number)
    runs_short(chat)
    moved = chat.has_case(chat.citizen("Dao"), **SHARED)
    chat.settles()
    with chat.parts.database.begin(clock.now()) as session:
        session.execute(update(Case).where(Case.number == moved).values(confidential=True, owner="omb"))
        case = session.scalars(select(Case).where(Case.number == moved)).one()
        lifecycle.apply(session, case, Action.NOTE, SYSTEM, clock.now())
    assert hears(office) == [] and holds(chat, NAME) == ["cases", "outbox"]


def test_of_a_case_that_was_withdrawn_unseen_nothing_is_said(quick_chat: Chat) -> None:
    chat, office = quick_chat, quick_chat.coordinators(DIN_DAENG)
    nid = chat.citizen()
    runs_short(chat)
    number = chat.has_case(nid)
    chat.settles()
    withdraws(chat, number, nid)
    assert hears(office) == []


def test_whose_card_stands_there_hears_that_it_was_withdrawn(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, _, number = begin(chat)
    runs_short(chat)
    withdraws(chat, number, nid)
    [line] = hears(office)
    assert "ถอนเรื่อง" in line and number in line


def test_an_offer_taken_back_unseen_leaves_no_trace(quick_chat: Chat) -> None:
    chat = quick_chat
    office, _, _, number = begin(chat)
    receiver = chat.coordinators(PUBLIC_WORKS, "Kai")
    runs_short(chat)
    office.member().postback(f"g:{chat.case(number).id}:to:{PUBLIC_WORKS}")
    office.member().says("ไม่ใช่หน้าที่เรา")
    chat.settles()
    assert chat.case(number).status == "transferring"
    office.member().says(f"{number} รับทราบ")
    chat.settles()
    assert chat.case(number).status == "acknowledged"
    assert hears(receiver) == []


def test_a_card_of_a_quiet_night_goes_to_who_has_the_case_in_the_morning(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.parts.database.quiet_nights = True
    chat.turns_to("2026-11-23 15:00")
    old, new, nid = chat.coordinators(DIN_DAENG), chat.coordinators(DUSIT, "Kai"), chat.citizen()
    chat.has_case(nid)
    chat.settles()
    chat.turns_to("2026-11-23 22:00")
    listen(old, new)
    number = chat.has_case(nid, **SHARED)
    chat.settles()
    chat.moves(number, DUSIT)
    chat.settles()
    chat.turns_to("2026-11-24 07:50")
    for name in ("digests", "push_waiting"):
        run_job(name, JOBS[name][1], chat.parts.database)
    chat.settles()
    assert not any(number in said or NAME in said for said in old.heard())
    assert any(NAME in said for said in new.heard())


def test_a_call_held_at_line_is_not_made_once_there_is_quota_again(quick_chat: Chat) -> None:
    chat = quick_chat
    chat.turns_to("2026-11-23 09:00")
    old, new, nid = chat.coordinators(DIN_DAENG), chat.coordinators(DUSIT, "Kai"), chat.citizen()
    listen(old, new)
    chat.line.set_quota(1)
    chat.line.set_quota(0)
    number = chat.has_case(nid, **SHARED)
    chat.settles()
    chat.moves(number, DUSIT)
    chat.settles()
    chat.line.set_quota(None)
    chat.waits(minutes=61)
    chat.line.wait_until(lambda: any(NAME in said for said in new.heard()), timeout=20, what="the card at its office")
    chat.settles()
    assert old.heard() == []
    chat.line.refusals.clear()


def test_a_call_that_line_never_took_is_not_tried_again(quick_chat: Chat) -> None:
    chat, nid = quick_chat, quick_chat.citizen()
    old, new = chat.coordinators(DIN_DAENG), chat.coordinators(DUSIT, "Kai")
    chat.settles()
    listen(old, new)
    chat.line.add_fault("push", "error", times=None)
    number = chat.has_case(nid, **SHARED)
    chat.moves(number, DUSIT)
    chat.line.clear_faults()
    chat.line.wait_until(lambda: any(NAME in said for said in new.heard()), timeout=20, what="the card at its office")
    chat.settles()
    assert old.heard() == []


def test_words_that_were_unsent_do_not_come_later(chat: Chat) -> None:
    office, nid, card, number = begin(chat)
    office.member().quotes(card, "เสาไฟต้นที่เท่าไรครับ").sees("question.title")
    office.member().taps("question.send")
    nid.sees("told.ask", number=number)
    runs_short(chat)
    nid.says("ต้นที่สามหน้าบ้านป้าซ่อนกลิ่น โทร 0812345678")
    unsent = str(nid.outcome.message_id if nid.outcome else None)
    chat.settles()
    chat.line.wait_until(lambda: "waiting_messages" in holds(chat, "ซ่อนกลิ่น"), timeout=20, what="a held answer")
    nid.unsends(unsent)
    chat.settles()
    assert holds(chat, "ซ่อนกลิ่น") == []
    [line] = hears(office)
    assert number in line and "(ผู้แจ้งลบข้อความนี้แล้ว)" in line


def test_what_was_added_and_unsent_before_its_office_read_it_is_not_told(quick_chat: Chat) -> None:
    chat = quick_chat
    office, nid, _, number = begin(chat)
    runs_short(chat)
    nid.says(f"{number} อยู่หน้าบ้านป้าซ่อนกลิ่นค่ะ")
    unsent = str(nid.outcome.message_id if nid.outcome else None)
    chat.settles()
    chat.line.wait_until(lambda: "waiting_messages" in holds(chat, "ซ่อนกลิ่น"), timeout=20, what="held words")
    nid.unsends(unsent)
    chat.settles()
    assert holds(chat, "ซ่อนกลิ่น") == [] and hears(office) == []


def test_a_held_card_shows_the_description_without_what_was_unsent(quick_chat: Chat) -> None:
    chat, office, nid = quick_chat, quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    runs_short(chat)
    nid.says("ไฟถนนดับหน้าบ้านป้าซ่อนกลิ่น").sees("report.ask_place")
    unsent = str(nid.outcome.message_id if nid.outcome else None)
    nid.says("ซอย 5 เขตดินแดง").taps("report.place_yes").taps("report.no_photos").taps("report.no_phone")
    nid.taps("report.hide_name").taps("button.confirm_send")
    chat.settles()
    assert "waiting_messages" in holds(chat, "ซ่อนกลิ่น")
    nid.unsends(unsent)
    chat.settles()
    [card] = [said for said in hears(office) if chat.case().number in said]
    assert "ซ่อนกลิ่น" not in card and "(ผู้แจ้งลบข้อความนี้แล้ว)" in card


def test_a_held_card_of_an_erased_person_bears_no_name(quick_chat: Chat) -> None:
    chat, office, nid = quick_chat, quick_chat.coordinators(DIN_DAENG), quick_chat.citizen()
    runs_short(chat)
    number = chat.has_case(nid, **SHARED)
    chat.settles()
    assert "waiting_messages" in holds(chat, NAME)
    nid.says("ข้อมูลของฉัน").taps("my_data.erase").sees("my_data.ask_erase").taps("my_data.erase_yes")
    chat.settles()
    assert holds(chat, NAME) == [] and "waiting_messages" not in holds(chat, PHONE)
    [card] = hears(office)
    assert number in card and PHONE not in card


def _was_put_off(chat: Chat) -> bool:
    with chat.reads() as session:
        return session.execute(select(Mail.attempts).where(Mail.state == "ready")).scalar() == 1


@pytest.mark.parametrize("seen", [False, True])
def test_a_mail_that_no_server_took_yet_is_not_sent_of_a_withdrawn_case(office: OfficeReader, seen: bool) -> None:
    chat, nid = office.chat, office.chat.citizen()
    if seen:
        number = chat.has_case(nid, **SHARED)
        office.gets(1)
    office.mailbox.closes()
    if not seen:
        number = chat.has_case(nid, **SHARED)
        # Withdrawn while it is on its way, it might have been read.
        chat.line.wait_until(lambda: _was_put_off(chat), timeout=WAIT, what="a mail that was tried")
    chat.settles()
    withdraws(chat, number, nid)
    with chat.reads() as session:
        mails = {one.kind: one for one in session.scalars(select(Mail))}
    assert mails["case"].state == ("sent" if seen else "dropped")
    assert (mails["told"].state == "dropped") is not seen
    assert seen or not any(NAME in one.text + one.html for one in mails.values())
