"""An office that says by when it will be finished has not finished: the reporter hears the day, not that it is done."""

from datetime import date

import pytest

from cases.statuses import Status
from tests.chat import Chat
from tests.transcripts.office_with_case import begin

MONDAY_9 = "2027-03-08 09:00"


@pytest.mark.parametrize("words", ["แก้ไขเสร็จภายใน 15 มี.ค.", "แล้วเสร็จภายใน 15 มี.ค. 2570 ครับ", "เสร็จครับ 15 มี.ค."])
def test_an_end_that_lies_ahead_is_promised(quick_chat: Chat, words: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)

    office.member().quotes(card, words).sees("group.promised")

    nid.sees("told.promise", number=number)
    assert quick_chat.case().promised_on == date(2027, 3, 15)


@pytest.mark.parametrize("words", ["เสร็จภายใน 30 ก.พ.", "เสร็จภายใน 31/4/70", "จัดรถเข้าดำเนินการแล้ว", "ขุดแล้ว รอเทปูน"])
def test_what_is_not_finished_closes_nothing(quick_chat: Chat, words: str) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, _nid, card, _number = begin(quick_chat)

    office.member().quotes(card, words)

    quick_chat.settles()
    assert quick_chat.case().status != Status.RESOLVED
