"""Days that offices name and on which they are shut: what is counted, looked at again, and told of the day before."""

from datetime import date

import pytest

import clock
from cases import office_hours
from storage import working_days
from tests.chat import Chat, listen, words_of
from tests.transcripts.office_with_case import DIN_DAENG, begin
from tests.transcripts.test_digests import list_digests, look

WEDNESDAY_TO_SUNDAY = "-,-,08:30-16:30,08:30-16:30,08:30-16:30,08:30-16:30,08:30-16:30"
MONDAY_9 = "2026-11-30 09:00"  # 5 December is a Saturday, so that Monday the 7th is a day off


def test_working_days_that_are_asked_for_leave_out_the_days_off(quick_chat: Chat) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, number = begin(quick_chat)

    office.member().quotes(card, "ขอ 5 วันทำการครับ").sees("group.promised", due="อ. 8 ธ.ค.")

    nid.sees("told.promise", number=number)
    assert quick_chat.case().promised_on == date(2026, 12, 8)


def test_a_day_off_is_named_as_one_and_a_tap_does_not_lead_to_one(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-12-04 13:00")
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.acknowledge", card).taps(words_of("question.in_days", count=3))
    office.sees("group.promised", due="อ. 8 ธ.ค.").sees("group.moved_day", day="จ. 7 ธ.ค.")
    nid.sees("told.promise", number=number)
    office.member().says(f"{number} เสร็จ 10 ธ.ค. ครับ").sees("group.on_holiday", next="ศ. 11 ธ.ค.")
    assert quick_chat.case().promised_on == date(2026, 12, 10), "they may well work on it"
    office.member().taps(words_of("button.day_instead", due="ศ. 11 ธ.ค.")).sees("group.put_off_because")
    nid.sees("told.put_off_because", number=number, reason=words_of("reason.holiday"))
    assert quick_chat.case().promised_on == date(2026, 12, 11)
    office.member().postback(f"g:{quick_chat.case().id}:due:on20261211").sees("group.stands", number=number)
    listen(office)
    office.member().says(f"{number} เสร็จ 12 ธ.ค. ครับ").sees("card.update")
    assert words_of("group.on_holiday", next="") not in "".join(office.heard()), "a Saturday speaks for itself"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (["เสร็จ 7 ธ.ค. ครับ"], "นัดแก้ไข จ. 7 ธ.ค. 1 "),
        (["เสร็จ 8 ธ.ค. ครับ"], "นัดแก้ไข อ. 8 ธ.ค. 1 "),
        (["เสร็จ 5 ธ.ค. ครับ", "เสร็จ 7 ธ.ค. ครับ"], "นัดแก้ไขภายใน จ. 7 ธ.ค. 2 "),
    ],
)
def test_the_last_working_day_tells_of_what_is_promised_for_the_days_off(
    quick_chat: Chat, words: list[str], label: str
) -> None:
    quick_chat.turns_to(MONDAY_9)
    office, nid, card, _number = begin(quick_chat)
    cards = [card, *(office.gets_card(quick_chat.has_case(nid)) for _ in words[1:])]
    for each, said in zip(cards, words, strict=True):
        office.member("Pim").quotes(each, said).sees("group.promised")
    look(quick_chat, "2026-12-03 16:15")
    listen(office)

    look(quick_chat, "2026-12-04 07:45")

    [digest] = list_digests(quick_chat, office)
    assert label in digest.text


@pytest.mark.parametrize("words", ["รออะไหล่ครับ", "รออะไหล่ครับ ถึง 5 ธ.ค."])
def test_an_office_looks_again_on_a_day_on_which_it_works(quick_chat: Chat, words: str) -> None:
    quick_chat.turns_to("2026-11-20 09:00")  # fifteen days on it is a Saturday
    office, nid, card, number = begin(quick_chat)
    office.member().taps("button.acknowledge", card).sees("question.date")
    nid.sees("told.acknowledge")
    office.member().taps("question.waits").sees("group.how_to_wait", number=number)

    office.member().says(words).sees("question.title_wait", number=number, look="อ. 8 ธ.ค.")
    office.member().taps("question.send").sees("group.step_wait", look="อ. 8 ธ.ค.")

    nid.sees("told.wait", look="อ. 8 ธ.ค.")


def test_a_day_off_that_staff_have_added_is_not_looked_at_either(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-20 09:00")
    with quick_chat.parts.database.begin() as session:
        working_days.set_exception(session, date(2026, 12, 8), works=False, reason="", now=clock.now())
    office, _nid, card, number = begin(quick_chat)

    office.member().quotes(card, "รออะไหล่ครับ").sees("question.title_wait", number=number, look="พ. 9 ธ.ค.")


def test_an_office_counts_the_days_on_which_it_works_itself(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-20 09:00")  # a Friday
    with quick_chat.parts.database.begin() as session:
        office_hours.keep(session, DIN_DAENG, office_hours.read(WEDNESDAY_TO_SUNDAY), clock.now())
    office, nid, card, number = begin(quick_chat)

    office.member().quotes(card, "ขอ 2 วันทำการครับ").sees("group.promised", due="อา. 22 พ.ย.")
    nid.sees("told.promise", number=number)
    office.member().quotes(card, "รออะไหล่ครับ").sees("question.title_wait", number=number, look="อา. 6 ธ.ค.")
    office.member().taps("question.send").sees("group.step_wait", look="อา. 6 ธ.ค.")
