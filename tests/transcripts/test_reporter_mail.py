"""A reporter without LINE is told by e-mail, in the words of LINE; where that cannot be, somebody owes them a call."""

from datetime import timedelta
from typing import Any

import clock
from bot.messages.reminders import ask_about
from cases import call_words, intake_by_staff, on_behalf, reminding
from cases.intake_by_staff import Told
from storage import callbacks
from storage import cases as stored
from storage.models import Callback
from tests.chat import Chat, listen
from tests.intake_desk import OFFICER, writes_down
from tests.mailbox import Letter
from tests.office_reader import OfficeReader
from texts.catalog import say

SOMYING = "somying@mail.example"


def _letters(office: OfficeReader) -> list[Letter]:
    office.waits_for_the_post()
    return [letter for letter in office.mailbox.letters if letter.to == [SOMYING]]


def _owed(chat: Chat) -> list[tuple[str, str]]:
    with chat.reads() as session:
        return [(one.callback.kind, one.case.number) for one in callbacks.list_owed(session)]


def test_what_is_told_by_mail_and_what_never_is(office: OfficeReader) -> None:
    chat = office.chat
    group = chat.coordinators("district:1002", "Pim")
    pim = group.member("Pim")
    place = {"org": "district:1002", "how": "address", "words": "ถนนสุโขทัย"}
    number = writes_down(chat, email=SOMYING, channel="mail", place=place)
    card = group.gets_card(number)
    pim.quotes(card, "เสาต้นไหนครับ").sees("question.title").taps("question.send").sees("group.step_ask")
    first, asked = _letters(office)
    assert number in first.subject and "รับเรื่องแล้ว" in first.text and "ถนนสุโขทัย" in first.html
    assert "เสาต้นไหน" in asked.text and "แชต" not in asked.text, "there is no chat to answer in"
    assert say("th", "mailed.answer_by_phone") in asked.text, "nobody reads a mailbox that is not set up"
    assert _owed(chat) == []

    # Nothing of a confidential case goes by mail; its reporter is rung.
    secret = writes_down(chat, email=SOMYING, confidential=True, place=place)
    with chat.parts.database.begin() as session:
        case = stored.find_case_by_number(session, secret)
        assert case is not None and case.owner == "omb"
    assert len(_letters(office)) == 2

    office.mailbox.answers = {"rcpt": ["550 no such user"]}
    pim.quotes(card, "แก้ไขแล้วครับ").sees("card.update", number=number)
    chat.line.wait_until(lambda: _owed(chat) == [("confirm", number)], timeout=8, what="a call that is owed")


def test_what_was_to_be_told_with_a_question_is_told_without_it_where_it_is_not_sent(office: OfficeReader) -> None:
    chat = office.chat
    pim = (group := chat.coordinators("district:1002", "Pim")).member("Pim")
    place = {"org": "district:1002", "how": "address", "words": "ถนนสุโขทัย"}
    noted = say("th", "told.acknowledge", number="", office="").split()[0]
    dropped, forgotten = (writes_down(chat, email=SOMYING, channel="mail", place=place) for _ in range(2))
    assert len(_letters(office)) == 2

    pim.quotes(group.gets_card(dropped), "เสาต้นไหนครับ").sees("question.title")
    assert len(_letters(office)) == 2, "it may go with the question"
    pim.taps("question.drop").sees("group.ask_dropped_noted", number=dropped)
    assert dropped in (told := _letters(office)[2]).subject and noted in told.text and "เสาต้นไหน" not in told.text

    pim.quotes(group.gets_card(forgotten), "เสาต้นไหนครับ").sees("question.title", number=forgotten)
    chat.waits(minutes=11)
    chat.clocks_run()
    assert forgotten in _letters(office)[3].subject and noted in _letters(office)[3].text


def test_the_days_run_from_when_a_server_took_the_letter(office: OfficeReader) -> None:
    office.chat.turns_to("2026-11-26 10:00")
    chat, group = office.chat, office.chat.coordinators("district:1002", "Pim")
    place = {"org": "district:1002", "how": "address", "words": "ถนนสุโขทัย"}
    number = writes_down(chat, email=SOMYING, phone=None, channel="mail", place=place)
    office.mailbox.answers = {"rcpt": ["451 later"] * 99}
    group.member("Pim").quotes(group.gets_card(number), "แก้ไขแล้วครับ").sees("card.update", number=number)
    for _ in range(3):
        chat.waits(days=4)
        chat.clocks_run()
    assert chat.case(number).status == "resolved", "the question is still with us"


def test_silence_of_who_was_never_rung_closes_nothing(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-26 10:00")  # nobody is asked in the evening, or on a day off
    chat, office = quick_chat, quick_chat.coordinators("district:1026", "Pim")
    rung, forgotten = writes_down(chat), writes_down(chat)
    nobody = writes_down(chat, phone=None, name=None, channel="walk_in")
    for number in (rung, forgotten, nobody):
        office.member("Pim").quotes(office.gets_card(number), "แก้ไขแล้วครับ").sees("card.update", number=number)
    with chat.parts.database.begin() as session:
        owed = {one.case.number: one for one in callbacks.list_owed(session)}
        callbacks.note_try(session, owed[rung].callback.id, owed[rung].case.id, owed[rung].callback.created_at)
    for _ in range(3):
        chat.waits(days=4)
        chat.clocks_run()
    assert (chat.case(rung).verdict, chat.case(forgotten).status) == ("silent", "resolved")
    assert (chat.case(nobody).status, chat.case(nobody).verdict) == ("closed", None), "who was not asked is not silent"

    listen(office)
    now = chat.case(forgotten).updated_at + timedelta(days=12)
    with chat.parts.database.begin(now) as session:
        case = stored.find_case_by_number(session, forgotten, lock=True)
        assert case is not None
        on_behalf.judge(session, case, "no", OFFICER, now, reason="ยังมืดอยู่")
    assert (chat.case(forgotten).status, chat.case(forgotten).verdict) == ("disputed", "no")
    assert chat.count(Callback) == 2 and _owed(chat) == []


def _joins(chat: Chat, number: str, **told: Any) -> None:
    """Somebody rings about a case that is there already."""
    with chat.parts.database.begin() as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        place: Any = {"org": case.owner, "how": "address", "words": "ซอย 5"}
        values = {"description": "ของผมก็ดับ", "category": "lighting", "place": place, "channel": "phone"} | told
        joining = Told(**values)
        intake_by_staff.join(session, case, joining, OFFICER, clock.now())


def test_who_follows_by_telephone_or_mail_hears_it_too(office: OfficeReader) -> None:
    chat = office.chat
    group = chat.coordinators("district:1002", "Pim")
    pim, nid = group.member("Pim"), chat.citizen("Nid")
    place = {"org": "district:1002", "how": "address", "words": "บ้านเลขที่ 9 ถนนสุโขทัย"}
    number = writes_down(chat, phone="0812345678", shown=True, place=place)
    _joins(chat, number, phone="0899999999", name="ดาว")
    _joins(chat, number, phone="0877777777", email=SOMYING, channel="mail")
    _joins(chat, number)  # gave nothing by which they can be told
    card = group.gets_card(number)

    # What is asked of the reporter is not asked of who follows; what is told them is, without the reporter's number.
    pim.quotes(card, "โทร 0812345678 แล้ว เสาต้นไหนครับ").sees("question.title_call").taps("question.send_call")
    pim.sees("group.step_ask_call")
    assert _owed(chat) == [("ask", number)] and _letters(office) == []
    with chat.parts.database.begin() as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        on_behalf.answer(session, case, "ต้นที่สาม", OFFICER, clock.now())
    pim.quotes(card, "แก้ไขแล้วครับ").sees("card.update", number=number)
    assert sorted(_owed(chat)) == [("confirm", number), ("tell", number)]
    (written,) = _letters(office)
    assert written.subject.startswith(f"{number} เรื่องที่คุณติดตาม") and "แก้ไข" in written.text
    for secret in ("0812345678", "สมหญิง", "ต้นที่สาม", "บ้านเลขที่ 9", "แจ้งไว้"):
        assert secret not in written.text + written.html, secret
    with chat.reads() as session:
        phones = {one.callback.kind: (one.phone, one.reporter.name) for one in callbacks.list_owed(session)}
    assert phones == {"confirm": ("0812345678", "สมหญิง"), "tell": ("0899999999", "ดาว")}

    # The reporter's word settles their own call. One who hears in time that it is not done is not told that it is.
    with chat.parts.database.begin() as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        on_behalf.judge(session, case, "no", OFFICER, clock.now(), reason="ยังมืดอยู่")
    assert _owed(chat) == [] and "ยังไม่เรียบร้อย" in _letters(office)[-1].text

    # Of a case in LINE too; whose mail does not arrive is rung; and whoever goes confidential is heard of no more.
    theirs = nid.reports(where="เขตดุสิต ถนนสุโขทัย")
    _joins(chat, theirs, phone="0877777777", email=SOMYING)
    office.mailbox.answers = {"rcpt": ["550 no such user"]}
    pim.quotes(group.gets_card(theirs), "แก้ไขแล้วครับ").sees("card.update", number=theirs)
    chat.line.wait_until(lambda: _owed(chat) == [("tell", theirs)], timeout=8, what="a call that is owed")
    with chat.parts.database.begin() as session:
        case = stored.find_case_by_number(session, theirs, lock=True)
        assert case is not None
        case.confidential = True
    assert _owed(chat) == []


def test_who_has_only_a_telephone_is_told_nothing_until_somebody_rings(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-23 10:00")
    chat, staff = quick_chat, quick_chat.coordinators("omb", "Wichai")
    office = chat.coordinators("district:1026", "Pim")
    pim, number = office.member("Pim"), writes_down(chat)
    card = office.gets_card(number)

    # A day that is named, put off, and taken back before anybody rang: one call, about how it stands.
    pim.quotes(card, "พรุ่งนี้เสร็จครับ").sees("group.promised", due="พรุ่งนี้")
    assert _owed(chat) == [("news", number)]
    pim.quotes(card, "ขอเลื่อนเป็นวันศุกร์ เพราะรออะไหล่").sees("group.put_off_because_call", reason="รออะไหล่")
    assert _owed(chat) == [("news", number)] and "ขอเลื่อน" in _say_call(chat)
    pim.taps("button.undo").sees("group.undone", number=number)
    assert _owed(chat) == [("news", number)] and "วันนัดกลับเป็น" in _say_call(chat)

    # A day that was missed, and why only afterwards.
    chat.waits(days=2)
    pim.quotes(card, "เสร็จวันศุกร์ครับ").sees("reason.ask_done").taps("reason.parts")
    pim.sees("reason.kept_call", reason=say("th", "reason.parts"))
    assert say("th", "reason.because", reason=say("th", "reason.parts")) in _say_call(chat)

    # Why it has to wait, and what the officers decide at the end.
    pim.quotes(card, "รองบประมาณปี 2570").sees("question.title_wait_call", number=number)
    with chat.reads() as session:
        due = reminding.see_reminder(session, chat.case(number), "promise", clock.now(), None, clock.now())
    assert say("th", "question.send_call") in str(ask_about(due, "th")), "nothing is sent to who has no LINE"
    pim.taps("question.send_call").sees("group.step_wait_call")
    assert _owed(chat) == [("news", number)] and "รองบประมาณปี 2570" in _say_call(chat)
    pim.quotes(card, "แก้ไขแล้วครับ").sees("card.update", number=number)
    assert _owed(chat) == [("confirm", number)]
    with chat.parts.database.begin(clock.now()) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        on_behalf.judge(session, case, "no", OFFICER, clock.now(), reason="ยังมืดอยู่")
    wichai = staff.member("Wichai").taps("desk.button_uphold", staff.gets_card(number)).sees("desk.ask_uphold")
    wichai.says("ตรวจแล้ววันนี้ ไฟติดครบทุกดวง").sees("desk.preview_uphold_call").taps("desk.send_uphold")
    staff.sees("desk.closed_call", number=number)
    assert _owed(chat) == [("news", number)] and "ไฟติดครบทุกดวง" in _say_call(chat)

    # Nothing to write to and nobody to ring: neither is said to have been done.
    unheard = writes_down(chat, phone=None)
    pim.quotes(office.gets_card(unheard), "ต้องรอการไฟฟ้าย้ายเสา").sees("question.title_wait_none", number=unheard)
    pim.taps("question.send_none").sees("group.step_wait_none")
    assert _owed(chat) == [("news", number)]


def _say_call(chat: Chat) -> str:
    """What is to be said on the one call that is owed."""
    with chat.reads() as session:
        (one,) = callbacks.list_owed(session)
        return call_words.write(session, one.case, one.callback, clock.now())
