"""A push costs by the members it reaches, a reply nothing; near the month's end groups are told by replies alone."""

from sqlalchemy import select

from jobs.schedule import JOBS, run_job
from storage.models import Group, Mail, OutboxMessage
from tests.chat import Chat, Office, listen, words_of
from tests.office_reader import DIN_DAENG, OfficeReader, write_to
from tests.transcripts.office_with_case import begin

MONDAY = "2026-11-23"
DANGER = "สายไฟขาดห้อยลงมา มีคนถูกไฟดูด"


def reckon(chat: Chat) -> None:
    """LINE is asked, and what follows is done."""
    budget = chat.parts.budget
    assert budget is not None
    budget.count_due()
    budget.reckon()
    for name in ("mail_held", "push_waiting"):
        run_job(name, JOBS[name][1], chat.parts.database)
    chat.settles()


def runs_short(chat: Chat) -> None:
    chat.line.set_quota(300, used=280)
    chat.waits(hours=1, minutes=1)
    reckon(chat)


def find_price(chat: Chat, office: Office) -> int | None:
    """What the latest push to this group cost."""
    chat.settles()
    with chat.reads() as session:
        pushed = select(OutboxMessage.price).where(OutboxMessage.chat_id == office.id, OutboxMessage.sent_by == "push")
        return session.scalars(pushed.order_by(OutboxMessage.id.desc())).first()


def find_members(chat: Chat, office: Office) -> int | None:
    with chat.reads() as session:
        return session.get_one(Group, office.id).members


def test_a_card_costs_a_message_for_each_member_and_a_tap_nothing(chat: Chat) -> None:
    office, nid, card, _ = begin(chat)
    reckon(chat)
    assert find_members(chat, office) == 2
    chat.line.add_members(office.id, [chat.line.add_user("ก้อย")])
    reckon(chat)
    assert find_members(chat, office) == 3
    chat.has_case(nid)
    assert find_price(chat, office) == 3
    said = office.member("Pim").taps("button.acknowledge", card).sees("card.update").last
    assert said is not None and said.endpoint == "reply"


def test_when_the_month_runs_short_danger_and_citizens_are_told_and_staff_know(chat: Chat) -> None:
    chat.turns_to(f"{MONDAY} 09:00")
    staff = chat.coordinators("omb", "Officer")
    office, nid, _, _ = begin(chat)
    runs_short(chat)
    staff.sees("staff.quota_short", percent="93")
    listen(office, nid)
    number = chat.has_case(nid)
    nid.sees("told.received", number=number)
    office.sees_nothing()
    office.gets_card(chat.has_case(nid, description=DANGER))
    held = office.gets_card(number)
    assert held.endpoint == "push", "it went along with the danger, at no price"


def test_any_word_in_the_group_brings_what_is_held_by_free_reply(quick_chat: Chat) -> None:
    quick_chat.turns_to(f"{MONDAY} 09:00")
    office, nid, _, _ = begin(quick_chat)
    runs_short(quick_chat)
    listen(office, nid)
    number = quick_chat.has_case(nid)
    office.sees_nothing()
    office.member("Pim").says("สวัสดีตอนเช้าค่ะ")
    assert office.gets_card(number).endpoint == "reply"

    # On another day it shows where the case stands by then, its days by their dates, and what can be done there still.
    done = quick_chat.has_case(nid)
    quick_chat.turns_to("2026-11-24 14:00")
    office.member("Pim").says(f"{done} แก้ไขแล้วครับ").sees("group.step_resolve")
    quick_chat.settles()
    [words] = [said for said in office.heard() if done in said and "ไฟส่องสว่าง" in said]
    assert words_of("status.resolved") in words and "แจ้ง จ. 23 พ.ย." in words, words
    assert not any(gone in words for gone in ("วันนี้", "ตอบรับก่อน", words_of("button.acknowledge"))), words


def test_with_budget_again_what_is_held_goes_out_by_itself(quick_chat: Chat) -> None:
    quick_chat.turns_to(f"{MONDAY} 09:00")
    office, nid, _, _ = begin(quick_chat)
    runs_short(quick_chat)
    number = quick_chat.has_case(nid)
    listen(office)
    reckon(quick_chat)
    office.sees_nothing()
    quick_chat.line.set_quota(10_000)
    quick_chat.waits(hours=1, minutes=1)
    reckon(quick_chat)
    reckon(quick_chat)
    office.gets_card(number)


def test_an_office_with_an_address_gets_held_cards_by_mail_once(office: OfficeReader) -> None:
    chat = office.chat
    write_to(chat)
    group, nid = chat.coordinators(DIN_DAENG), chat.citizen()
    runs_short(chat)
    listen(group)
    number = chat.has_case(nid)
    chat.has_case(nid, category="official", description="เจ้าหน้าที่เขตเรียกเงิน")
    for _ in range(2):
        reckon(chat)
    group.sees_nothing()
    with chat.reads() as session:
        [subject] = session.scalars(select(Mail.subject))
    assert number in subject


def test_a_group_that_goes_hears_nothing_of_what_waited_there(quick_chat: Chat) -> None:
    quick_chat.turns_to(f"{MONDAY} 09:00")
    office, nid, _, _ = begin(quick_chat)
    runs_short(quick_chat)
    number = quick_chat.has_case(nid)
    quick_chat.settles()
    quick_chat.line.remove_bot(office.id)
    quick_chat.settles()
    quick_chat.line.invite_bot(office.id)
    office.member("Pim").says("สวัสดีตอนเช้าค่ะ")
    assert not any(number in words for words in office.heard())
