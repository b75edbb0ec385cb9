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


# What is said to be finished at a time that no calendar holds is not finished: a date is asked for.
UNREAD = [
    "เสร็จวันปิยะครับ", "31 ก.พ. เสร็จครับ", "เสร็จหลังฝนหยุดครับ", "เสร็จหลังเลือกตั้งครับ", "เสร็จไตรมาสแรกครับ", "หลังเลือกตั้งซ่อมเสร็จครับ",
    "เสร็จครับ หลังเลือกตั้ง", "วันปิยะเสร็จครับ", "เสร็จเมื่อของมาครับ", "เรียบร้อยหลังย้ายเสาแล้วครับ", "เสร็จตรุษจีนครับ",
    "finished after the rain", "เสร็จถ้างบมา", "เสร็จตอนอะไหล่มาครับ", "เสร็จพร้อมโครงการใหญ่",
]  # fmt: skip
# Neighbours of these that tell what has happened, or where.
FINISHED = [
    "ซ่อมเสร็จหลังบ้านแล้วครับ", "เสร็จแล้วหลังฝนหยุดครับ", "ซ่อมเสร็จวันเดียวครับ", "เสร็จเมื่อวานหลังฝนหยุดครับ",
    "หลังได้รับแจ้ง ช่างเข้าซ่อมเสร็จเรียบร้อย",
    "ไฟหลังวัดซ่อมเสร็จครับ", "31/2 ซอย 5 ซ่อมเสร็จครับ",
]  # fmt: skip


def test_an_end_at_a_time_that_cannot_be_read_closes_nothing_and_a_date_is_asked_for(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)
    cards = {number: card}
    for _ in range(len(UNREAD) + len(FINISHED) - 1):
        another = quick_chat.has_case(nid)
        cards[another] = office.gets_card(another)

    for (each, shown), words in zip(list(cards.items())[: len(UNREAD)], UNREAD, strict=True):
        office.member("Pim").quotes(shown, words).sees("question.date")
        assert quick_chat.case(each).status == Status.ACKNOWLEDGED, words

    for (each, shown), words in zip(list(cards.items())[len(UNREAD) :], FINISHED, strict=True):
        office.member("Pim").quotes(shown, words)
        quick_chat.settles()
        assert quick_chat.case(each).status == Status.RESOLVED, words
