"""An office without a LINE group works by e-mail: from the first mail to a photo of the lamp that shines again."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

import clock
from cases import mailing
from clock import in_bangkok
from storage.models import Mail
from tests.chat import Chat, listen, photo
from tests.mailbox import Mailbox
from tests.office_reader import ADDRESS, DIN_DAENG, MAIL_FROM, SECOND_ADDRESS, OfficeReader, write_to
from texts.catalog import say
from texts.moments import say_day


def _day(days: int) -> str:
    today = in_bangkok(clock.now()).date()
    return say_day("th", today + timedelta(days=days), today=today)


def test_with_neither_group_nor_address_a_case_waits(quick_chat: Chat) -> None:
    omb, nid = quick_chat.coordinators("omb"), quick_chat.citizen()
    number = nid.reports()
    nid.sees("told.kept", number=number)
    omb.sees("staff.no_group", number=number)
    assert quick_chat.case(number).status == "new"


def test_an_address_without_a_mail_server_is_no_way_to_an_office(quick_chat: Chat) -> None:
    write_to(quick_chat)
    nid = quick_chat.citizen()
    number = nid.reports()
    nid.sees("told.kept", number=number)
    assert quick_chat.case(number).status == "new" and quick_chat.count(Mail) == 0


def test_a_confidential_case_goes_to_nobody_by_mail(office: OfficeReader) -> None:
    chat = office.chat
    write_to(chat, "omb", "omb@omb.example")
    nid = chat.citizen()
    number = chat.has_case(nid, category="official", description="เจ้าหน้าที่เขตเรียกเงิน")
    case = chat.case(number)
    assert case.confidential
    with chat.parts.database.begin(clock.now()) as session:
        for kind in mailing.KINDS:
            for organisation in ("omb", DIN_DAENG):
                kept = session.merge(case)
                if kind != "digest":
                    assert not mailing.queue_mail(session, organisation, kind, kept, clock.now())
        assert not mailing.queue_mail(session, "omb", "digest", None, clock.now())
    assert chat.count(Mail) == 0 and office.mailbox.letters == []


def test_a_case_goes_its_whole_way_by_mail(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen("Nid")
    number = nid.reports()
    nid.sees("told.received", number=number)
    letter = office.gets()
    assert letter.subject.startswith(number) and letter.to == [ADDRESS]
    assert chat.history(number) == ["report", "dispatch"]

    page = office.taps(letter, "acknowledge").shows("page.due_legend")
    page.sends(due="3").shows("page.done", number=number, step=say("th", "group.promised", due=_day(3)))
    nid.sees("told.promise", number=number)

    office.taps(letter, "resolve").sends([("after.jpg", photo(40))], words="เปลี่ยนหลอดแล้ว").shows("page.done_told")
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes", number=number)
    assert chat.case(number).status == "closed"


def test_the_same_on_either_database_and_one_form_from_four_fingers(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> None:
    with Chat(database_url, tmp_path, monkeypatch, smtp_url=mailbox.url, mail_from=MAIL_FROM) as chat:
        write_to(chat)
        office, nid = OfficeReader(chat, mailbox), chat.citizen()
        number = chat.has_case(nid)
        letter = office.gets()
        page = office.taps(letter, "acknowledge")
        with ThreadPoolExecutor(4) as fingers:
            pages = list(fingers.map(lambda _: page.sends(due="0"), range(4)))
        for each in pages:
            each.shows("page.done", number=number, step=say("th", "group.promised", due=_day(0)))
        office.taps(letter, "resolve").sends([("after.jpg", photo(40))]).shows("page.done_told")
        nid.sees("closure.resolved_question")
        assert chat.history(number) == ["report", "dispatch", "promise", "resolve"]
        chat.must_be_clean()


def test_a_letter_says_what_the_card_says(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen()
    number = chat.has_case(
        nid,
        description="ไฟดับ <b>ทั้งซอย</b> โทร 081-234-5678",
        place={"org": DIN_DAENG, "how": "boundary", "lat": 13.77, "lng": 100.55, "words": "ซอย 5"},
        phone="0812345678",
        name="นิด",
    )
    letter = office.gets()
    assert "081" not in letter.text and "0812345678" not in letter.html
    for words in (number, "ไฟส่องสว่าง", "ซอย 5", "https://www.google.com/maps?q=13.770000,100.550000", "นิด"):
        assert words in letter.text
    assert "&lt;b&gt;ทั้งซอย&lt;/b&gt;" in letter.html and "<b>ทั้งซอย" in letter.text
    told = letter.text + letter.subject
    assert say("th", "moment.today") not in told and say("th", "moment.tomorrow") not in told
    assert letter.message["References"] == f"<{number}@omb.example>"


def test_what_the_reporter_says_later_is_mailed_with_fresh_links(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen()
    number = chat.has_case(nid)
    ask = office.taps(office.gets(), "ask")
    ask.sends(words="เสาไฟต้นที่เท่าไร").shows("page.preview").sends(words="เสาไฟต้นที่เท่าไร", stage="send").shows(
        "page.done_told"
    )
    nid.sees("told.ask", question="เสาไฟต้นที่เท่าไร")
    nid.says("ต้นที่สามจากปากซอย")
    answer = office.gets(2)
    assert "ต้นที่สามจากปากซอย" in answer.text and answer.subject.startswith(number)
    office.taps(answer, "resolve").shows("page.photos_camera")


def test_a_case_taken_back_is_told_without_links(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen()
    number = chat.has_case(nid)
    first = office.gets()
    listen(nid)
    nid.says(f"{number} ถอนเรื่อง").sees("talk.withdraw_ask").taps("talk.withdraw_yes").sees("talk.withdrawn")
    assert "/office/" not in office.gets(2).text
    page = office.taps(first, "acknowledge").shows("page.withdrawn", number=number).hides("ไฟถนนดับ")
    assert page.status == 410


def test_an_address_given_later_gets_what_waited(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen()
    numbers = [chat.has_case(nid, "district:1001") for _ in range(3)]
    assert office.mailbox.letters == []
    assert write_to(chat, "district:1001", "phranakhon@bangkok.example") == 3
    office.gets(3)
    assert sorted(letter.subject.split()[0] for letter in office.mailbox.letters) == numbers
    assert {chat.case(number).status for number in numbers} == {"dispatched"}


def test_very_many_that_waited_come_in_one_list(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen()
    numbers = [chat.has_case(nid, "district:1001") for _ in range(mailing.LISTED + 2)]
    assert write_to(chat, "district:1001", "phranakhon@bangkok.example") == 20
    digest = office.gets(21)
    assert all(number in digest.text for number in numbers[: mailing.LISTED])
    assert len(re.findall("/office/", digest.text)) == mailing.LISTED
    assert say("th", "card.open_more", count=2) in digest.text
    assert digest.subject == say("th", "mail.subject_digest", office="สำนักงานเขตพระนคร", count=mailing.LISTED + 2)


def test_each_working_morning_brings_one_list(office: OfficeReader) -> None:
    chat = office.chat
    chat.turns_to("2026-11-23 15:00")
    number = chat.has_case(chat.citizen())
    office.gets()
    chat.turns_to("2026-11-24 07:50")
    for _ in range(2):
        chat.clocks_run()
    digest = office.gets(2)
    assert digest.subject == say("th", "mail.subject_digest", office="สำนักงานเขตดินแดง", count=1)
    assert number in digest.text
    office.opens(digest.link(say("th", "mail.do_acknowledge"))).sends(due="3").shows("page.done_told")
    chat.turns_to("2026-11-26 07:50")
    chat.clocks_run()
    office.waits_for_the_post()
    before = office.mailbox.letters[-1]
    assert "แก้ไขแล้ว ส่งรูป: " in before.text and before.text.count("/office/") == 2
    later = office.opens(before.link("เปลี่ยนวันนัด")).shows("page.confirm_promise")
    assert later.sends(due="other", day="2026-11-27").shows("page.same_day").status == 422
    later.sends(due="3").shows("page.done_told")
    assert chat.history(number)[-2:] == ["remind", "promise"], "before the day is missed, and once"
    kept = len(office.mailbox.letters)
    chat.turns_to("2026-11-28 07:50")
    chat.clocks_run()
    assert not any("งานค้าง" in letter.subject for letter in office.mailbox.letters[kept:]), "a Saturday"


def test_a_group_that_comes_later_is_shown_the_open_cases(office: OfficeReader) -> None:
    chat = office.chat
    nid = chat.citizen()
    number = chat.has_case(nid)
    office.gets()
    group = chat.coordinators(DIN_DAENG, "Pim")
    group.reads(number)
    listen(group, nid)
    second = chat.has_case(nid)
    group.gets_card(second)
    office.gets_nothing_more()


def test_an_office_that_loses_its_group_is_mailed_what_is_open(office: OfficeReader) -> None:
    chat = office.chat
    omb, group = chat.coordinators("omb"), chat.coordinators(DIN_DAENG, "Pim")
    number = chat.has_case(chat.citizen())
    group.gets_card(number)
    listen(omb, group)
    chat.line.remove_bot(group.id)
    omb.sees("staff.group_lost_mail", count=1)
    digest = office.gets()
    assert number in digest.text
    office.opens(digest.link(say("th", "mail.do_acknowledge"))).sends(due="0").shows("page.done_told")


def test_the_second_contact_gets_a_link_of_its_own(office: OfficeReader) -> None:
    chat = office.chat
    write_to(chat, email=SECOND_ADDRESS, rank=2)
    number = chat.has_case(chat.citizen())
    first = office.gets()
    with chat.parts.database.begin(clock.now()) as session:
        case = session.merge(chat.case(number))
        assert mailing.queue_mail(session, DIN_DAENG, "escalation", case, clock.now(), rank=2)
    second = office.gets(2)
    assert second.to == [SECOND_ADDRESS]
    assert second.link(say("th", "mail.do_acknowledge")) != first.link(say("th", "mail.do_acknowledge"))


def test_a_silent_office_is_reminded_and_then_its_second_contact_is_told(office: OfficeReader) -> None:
    chat = office.chat
    write_to(chat, email=SECOND_ADDRESS, rank=2)
    chat.turns_to("2026-11-23 09:00")
    number = chat.has_case(chat.citizen())
    office.gets()
    chat.turns_to("2026-11-23 14:05")
    for _ in range(2):
        chat.clocks_run()
    reminder = office.gets(2)
    assert reminder.to == [ADDRESS] and reminder.subject.startswith(number)
    chat.turns_to("2026-11-24 16:00")
    for _ in range(2):
        chat.clocks_run()
    office.waits_for_the_post()
    second = [letter for letter in office.mailbox.letters if letter.to == [SECOND_ADDRESS]]
    assert len(second) == 1 and number in second[0].subject
    office.opens(second[0].link(say("th", "mail.do_acknowledge"))).sends(due="0").shows("page.done_told")


def test_a_letter_that_no_server_takes_is_told_to_the_officers(office: OfficeReader) -> None:
    chat = office.chat
    omb = chat.coordinators("omb")
    office.mailbox.answers = {"rcpt": ["550 5.1.1 no such user"]}
    number = chat.has_case(chat.citizen())
    omb.sees("staff.mail_dead", number=number)
