"""Clocks of an office that is written to: the reminder by mail, the escalation to its second contact."""

from tests.chat import listen, photo
from tests.office_reader import ADDRESS, DIN_DAENG, SECOND_ADDRESS, OfficeReader, write_to
from tests.transcripts.test_clocks_reminders import reminders
from texts.catalog import say

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

    # noted without a day, the letters name the day of the service level; then what it waits for, then what is late
    chat.has_case(nid)
    office.waits_for_the_post()
    for letter in (office.mailbox.letters[0], office.mailbox.letters[-1]):
        office.taps(letter, "acknowledge").sends(due="later").shows("page.done")
    chat.turns_to("2027-03-10 07:50")
    chat.clocks_run()
    office.waits_for_the_post()
    digest = office.mailbox.letters[-1].text
    assert "ยังไม่บอกวันนัด อ. 9 มี.ค." in digest and "แก้ไขภายใน ศ. 12 มี.ค. 10:02 น." in digest
    office.taps(office.mailbox.letters[0], "acknowledge").sends(due="wait", words="รองบ", look="2027-03-19")
    chat.turns_to("2027-03-11 07:50")
    chat.clocks_run()
    office.waits_for_the_post()
    assert any("ดูอีกครั้ง ศ. 19 มี.ค. 09:00 น." in letter.text for letter in office.mailbox.letters)
    chat.turns_to("2027-03-12 14:30")
    chat.clocks_run()
    chat.clocks_run()
    office.waits_for_the_post()
    second = [letter for letter in office.mailbox.letters if letter.to == [SECOND_ADDRESS] and number in letter.subject]
    assert [letter.subject for letter in second[1:]] == [f"{number} ครบกำหนดแก้ไขแล้ว · เลยกำหนดแก้ไข ศ. 12 มี.ค. 10:02 น."]
    assert say("th", "mail.lead_overdue", office="สำนักงานเขตดินแดง") in second[1].text
    chat.turns_to("2027-03-19 09:05")
    chat.clocks_run()
    office.waits_for_the_post()
    assert any("ถึงวันที่นัดดูอีกครั้ง ศ. 19 มี.ค." in letter.subject for letter in office.mailbox.letters)


def test_danger_goes_its_whole_way_by_mail_at_night(office: OfficeReader) -> None:
    chat = office.chat
    chat.turns_to("2027-03-06 22:00")
    officers, nid = chat.coordinators("omb", "Duty"), chat.citizen()
    write_to(chat, DIN_DAENG, SECOND_ADDRESS, rank=2)
    number = chat.has_case(nid, danger=["electric"], description="สายไฟขาด มีประกายไฟ หน้าบ้าน")
    letter, danger = office.gets(), f"{number} {say('th', 'card.danger')} · "
    for minute in ("22:31", "22:47"):
        chat.turns_to(f"2027-03-06 {minute}")
        chat.clocks_run()
        chat.clocks_run()
        office.waits_for_the_post()
    # All that a phone shows of a letter says what it is.
    assert [one.to for one in office.mailbox.letters] == [[ADDRESS], [ADDRESS], [SECOND_ADDRESS]]
    assert all(one.subject.startswith(danger) for one in office.mailbox.letters)

    page = office.taps(letter, "acknowledge")
    for _ in range(2):
        page.sends(due="0").shows("page.done_told")
    assert chat.history(number).count("promise") == 1
    nid.sees("told.promise", number=number)
    # Who was written to once only can still name another day, by that letter.
    page = office.taps(letter, "acknowledge").shows("mail.do_promise").hides(say("th", "page.day_later"))
    page.sends(due="later").shows("page.confirm_promise")
    page.sends(due="3").shows("page.done_told")
    nid.sees("told.put_off", number=number)

    told = nid.last
    listen(officers)
    nid.quotes(told, "ยังไม่มีใครมา ไฟดูดคนแล้ว")
    officers.sees("staff.tells_danger", number=number)
    assert office.gets(4).subject.startswith(danger)
    office.taps(letter, "resolve").sends([("after.jpg", photo(40))], words="ตัดสายแล้ว").shows("page.done_told")
    nid.sees("closure.resolved_question")
    office.taps(letter, "resolve").shows("page.add_photos").hides(say("th", "page.note_words"))
    for purpose in ("acknowledge", "transfer", "decline"):
        page = office.taps(letter, purpose).shows("page.stands", status=say("th", "status.resolved"))
        assert "<form" not in page.answer.text
    chat.waits(days=15)
    office.taps(letter, "resolve").shows("page.expired").hides(number, "สายไฟขาด")

    dark = chat.has_case(nid)
    nid.says(f"{dark} สายไฟขาดพาดถนน ไฟช็อตคนแล้ว").sees("welcome.danger")
    chat.waits(minutes=31)
    chat.clocks_run()
    office.waits_for_the_post()
    urgent = [one.subject for one in office.mailbox.letters if dark in one.subject][1:]
    assert len(urgent) == 2 and all(one.startswith(f"{dark} {say('th', 'card.danger')} · ") for one in urgent)
