"""Offices without a LINE group help, and are helped: both hear of it by e-mail."""

from sqlalchemy import select

import clock
from cases import helping
from cases.statuses import Actor, Role
from storage.models import Case
from tests.chat import Chat
from tests.office_reader import ADDRESS, OfficeReader, write_to
from texts.catalog import say

DRAINAGE = "dept:drainage"
PUMPS = "pumps@bangkok.example"


def _invite(chat: Chat, number: str, organisation: str) -> None:
    """As an officer does for an office that cannot."""
    now, officer = clock.now(), Actor(Role.STAFF, person="officer@example.org", organisation="omb")
    with chat.parts.database.begin(now) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        helping.invite(session, case, organisation, "", officer, now)


def test_an_owner_known_by_mail_alone_hears_its_helper(office: OfficeReader) -> None:
    chat = office.chat
    chat.turns_to("2026-11-23 10:00")
    number = chat.has_case(chat.citizen(), category="drain_flood", description="น้ำท่วมซอย")
    pumps = chat.coordinators(DRAINAGE)
    _invite(chat, number, DRAINAGE)
    card = pumps.gets_card(number)
    pumps.member().taps("button.help", card).sees("helping.agreed", number=number)
    assert say("th", "helping.told_helping", number=number, office="สำนักการระบายน้ำ") in office.reads_of(number, ADDRESS)
    pumps.member().quotes(card, "สูบน้ำเสร็จแล้วครับ").sees("helping.kept")
    assert "สูบน้ำเสร็จแล้วครับ" in office.reads_of(number, ADDRESS)


def test_a_helper_without_a_group_is_asked_by_mail_and_reads_no_number_to_call(office: OfficeReader) -> None:
    chat = office.chat
    chat.turns_to("2026-11-23 10:00")
    write_to(chat, DRAINAGE, PUMPS)
    district = chat.coordinators("district:1039")
    nid = chat.citizen()
    words = {"description": "น้ำท่วมซอย โทร 0812345678", "phone": "0812345678", "phone_shown": True}
    number = chat.has_case(nid, "district:1039", category="drain_flood", **words)
    district.gets_card(number)
    district.member().says(f"{number} ขอแรง สนน. ช่วยสูบน้ำ").sees("helping.invited", number=number)
    letter = office.reads_of(number, PUMPS)
    assert "ช่วยสูบน้ำ" in letter and "น้ำท่วมซอย" in letter and "081" not in letter
    district.member().taps("helping.take_back").sees("helping.taken_back")
    assert say("th", "helping.wanted_no_more", number=number) in office.reads_of(number, PUMPS)
