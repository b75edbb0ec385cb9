"""A reporter without LINE is told by e-mail, in the words of LINE; where that cannot be, somebody owes them a call."""

from datetime import timedelta

from cases import on_behalf
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


def test_silence_of_who_was_never_rung_closes_nothing(quick_chat: Chat) -> None:
    chat, office = quick_chat, quick_chat.coordinators("district:1026", "Pim")
    rung, forgotten = writes_down(chat), writes_down(chat)
    for number in (rung, forgotten):
        office.member("Pim").quotes(office.gets_card(number), "แก้ไขแล้วครับ").sees("card.update", number=number)
    with chat.parts.database.begin() as session:
        owed = {one.case.number: one for one in callbacks.list_owed(session)}
        callbacks.note_try(session, owed[rung].callback.id, owed[rung].case.id, owed[rung].callback.created_at)
    for _ in range(3):
        chat.waits(days=4)
        chat.clocks_run()
    assert (chat.case(rung).verdict, chat.case(forgotten).status) == ("silent", "resolved")

    listen(office)
    now = chat.case(forgotten).updated_at + timedelta(days=12)
    with chat.parts.database.begin(now) as session:
        case = stored.find_case_by_number(session, forgotten, lock=True)
        assert case is not None
        on_behalf.judge(session, case, "no", OFFICER, now, reason="ยังมืดอยู่")
    assert (chat.case(forgotten).status, chat.case(forgotten).verdict) == ("disputed", "no")
    assert chat.count(Callback) == 2 and _owed(chat) == []
