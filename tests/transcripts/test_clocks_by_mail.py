"""Clocks of an office that is written to: the reminder by mail, the escalation to its second contact."""

from tests.chat import listen
from tests.office_reader import ADDRESS, DIN_DAENG, SECOND_ADDRESS, OfficeReader, write_to
from tests.transcripts.test_clocks_reminders import reminders

MONDAY_9 = "2027-03-08 09:00"


def test_an_office_without_a_group_is_reminded_by_mail_then_its_second_contact(office: OfficeReader) -> None:
    chat = office.chat
    chat.turns_to(MONDAY_9)
    officers, nid = chat.coordinators("omb", "Duty"), chat.citizen()
    write_to(chat, DIN_DAENG, SECOND_ADDRESS, rank=2)
    number = chat.has_case(nid)
    assert office.gets().to == [ADDRESS]
    listen(officers)

    chat.turns_to("2027-03-08 13:01")
    chat.clocks_run()
    chat.clocks_run()
    reminder = office.gets(2)
    assert reminder.to == [ADDRESS] and reminder.subject.startswith(number)
    chat.turns_to("2027-03-09 10:02")
    chat.clocks_run()
    chat.clocks_run()

    office.waits_for_the_post()
    [escalation] = [letter for letter in office.mailbox.letters if letter.to == [SECOND_ADDRESS]]
    assert number in escalation.subject
    heard = [one.words for one in reminders(officers)]
    assert any(number in words for words in heard) and not any("ผู้ติดต่อสำรอง" in words for words in heard)
    assert chat.history(number) == ["report", "dispatch", "remind", "escalate"]
