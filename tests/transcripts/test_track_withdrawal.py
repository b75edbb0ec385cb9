"""Taking a whole case back, in words: asked once more, and only by its reporter."""

import pytest

from tests.chat import Chat


def test_by_words_with_the_number(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.says(f"{number} ขอถอนเรื่องค่ะ").sees("talk.withdraw_ask", number=number)
    nid.taps("talk.withdraw_yes").sees("talk.withdrawn", number=number)
    din_daeng.sees("group.told_withdraw", number=number)
    assert quick_chat.case().status == "withdrawn"
    nid.says(f"{number} ถอนเรื่อง").sees("talk.case_over", number=number)


def test_by_a_quote_and_a_change_of_mind(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.sees("told.kept").quotes(nid.last, "ยกเลิกเรื่องนี้").sees("talk.withdraw_ask", number=number)
    nid.taps("talk.withdraw_no").sees("talk.withdraw_kept", number=number)
    assert quick_chat.case().status == "new"


def test_by_words_alone(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ถอนเรื่อง").sees("talk.withdraw_none")
    number = nid.reports()
    nid.says("ถอนเรื่อง").sees("talk.withdraw_ask", number=number)
    second = nid.reports()
    nid.says("ถอนเรื่อง").sees("talk.withdraw_which", number=second)


def test_cancelling_a_conversation_withdraws_nothing(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reports()
    nid.reaches("phone").says("ยกเลิก").sees("talk.cancelled")
    assert quick_chat.case().status == "new"


def test_not_by_somebody_else(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = nid.reports()
    dao.says(f"{number} ถอนเรื่อง").sees("track.stranger_status", number=number)
    dao.postback(f"c:{quick_chat.case().id}:withdraw:yes").sees("talk.old_button")
    assert quick_chat.case().status == "new"


def test_twice_and_after_it_is_over(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    number = nid.reports()
    data = f"c:{chat.case().id}:withdraw:yes"
    nid.postback(data).sees("talk.withdrawn", number=number)
    nid.postback(data).sees("talk.case_over", number=number)
    assert chat.history().count("withdraw") == 1


@pytest.mark.parametrize("words", ["ขอยกเลิกเรื่องที่แจ้ง", "ไม่ต้องแล้วค่ะ ติดแล้ว", "ไม่ต้องมาแล้วครับ"])
def test_nobody_need_come_offers_to_take_it_back(quick_chat: Chat, words: str) -> None:
    nid = quick_chat.citizen("Nid")
    number = quick_chat.has_case(nid)
    nid.says(words).sees("talk.withdraw_ask", number=number).taps("talk.withdraw_yes").sees("talk.withdrawn")
