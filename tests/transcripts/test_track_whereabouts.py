"""With whom a case is now, as its reporter and a stranger read it: who has it in truth, not whose clock once ran."""

import pytest

from tests.chat import Chat, Office, Person, words_of

DIN_DAENG, HUAI_KHWANG, OMB = "district:1026", "district:1017", "omb"
WITH_OMB = "ตอนนี้อยู่กับสำนักงานผู้ตรวจการแผ่นดิน"
WITH_DIN_DAENG = "ตอนนี้อยู่กับสำนักงานเขตดินแดง"


def _begin(chat: Chat, *, language: str = "th") -> tuple[Office, Person, str]:
    office, nid = chat.coordinators(DIN_DAENG), chat.citizen()
    nid.language = language
    number = chat.has_case(nid)
    office.gets_card(number)
    return office, nid, number


def _must_read(nid: Person, number: str, words: str, *others: str) -> None:
    """In the list, and by the number."""
    for asked in ("ติดตามเรื่อง", number):
        nid.says(asked).reads(words)
        said = " ".join(nid.heard())
        assert [other for other in others if other in said] == []


def test_before_any_group_has_it_it_is_with_the_ombudsman(quick_chat: Chat) -> None:
    nid = quick_chat.citizen()
    _must_read(nid, quick_chat.has_case(nid), WITH_OMB, WITH_DIN_DAENG)


def test_declined_it_is_with_the_ombudsman_and_taken_on_after_all_with_the_district(quick_chat: Chat) -> None:
    office, nid, number = _begin(quick_chat)
    _must_read(nid, number, WITH_DIN_DAENG, WITH_OMB)
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินเอกชน").sees("group.step_decline")
    _must_read(nid, number, WITH_OMB, WITH_DIN_DAENG)
    office.member().says(f"{number} แก้กลับ").sees("group.undone")
    _must_read(nid, number, WITH_DIN_DAENG, WITH_OMB)


def test_done_it_is_with_the_district_and_disputed_with_the_ombudsman(quick_chat: Chat) -> None:
    office, nid, number = _begin(quick_chat)
    office.member().says(f"{number} เสร็จแล้วครับ").sees("card.update")
    asked = nid.sees("closure.resolved_question").last
    _must_read(nid, number, WITH_DIN_DAENG, WITH_OMB)
    nid.taps("button.not_well", asked).sees("talk.judged_no")
    _must_read(nid, number, WITH_OMB, WITH_DIN_DAENG)


@pytest.mark.parametrize(
    ("reason", "read"),
    [
        ("ไม่ใช่พื้นที่ดินแดง เป็นของเขตห้วยขวาง", WITH_OMB),  # named, and never asked
        ("เป็นพื้นที่กรมทางหลวง", WITH_OMB),
    ],
)
def test_while_another_office_is_sought_it_is_with_the_ombudsman(quick_chat: Chat, reason: str, read: str) -> None:
    office, nid, number = _begin(quick_chat)
    office.member().says(f"{words_of('card.fill_transfer', number=number)}{reason}").sees("group.step_transfer")
    _must_read(nid, number, read, WITH_DIN_DAENG)
    quick_chat.moves(number, HUAI_KHWANG)
    _must_read(nid, number, "ตอนนี้อยู่กับสำนักงานเขตห้วยขวาง", WITH_OMB, "กำลังโอน")


def test_confidential_and_outside_it_is_with_the_ombudsman(quick_chat: Chat) -> None:
    quick_chat.coordinators(OMB, "Officer")
    nid = quick_chat.citizen()
    for slots in ({"category": "official"}, {"organisation": "outside"}):
        _must_read(nid, quick_chat.has_case(nid, **slots), WITH_OMB, WITH_DIN_DAENG)


def test_over_it_is_with_nobody(quick_chat: Chat) -> None:
    office, nid, number = _begin(quick_chat)
    office.member().says(f"{number} เสร็จแล้วครับ").sees("card.update")
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes")
    nid.says(number).sees("happened.confirm")
    assert "ตอนนี้อยู่กับ" not in " ".join(nid.heard())


def test_a_stranger_reads_the_same_and_no_reason(quick_chat: Chat) -> None:
    office, _, number = _begin(quick_chat)
    dao = quick_chat.citizen("Dao")
    dao.says(number).sees("track.stranger_status", number=number).reads(WITH_DIN_DAENG)
    office.member().says(f"{number} ไม่รับเรื่อง เพราะ เป็นที่ดินของนายสมมุติ").sees("group.step_decline")
    dao.says(number).sees("track.stranger_status", number=number).reads(WITH_OMB)
    assert "สมมุติ" not in " ".join(dao.heard())
