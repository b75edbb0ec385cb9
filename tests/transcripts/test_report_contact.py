"""Phone and name in the chat, and who gets to see them."""

import pytest

from tests.chat import Chat


@pytest.mark.parametrize("typed", ["+66 81 234 5678", "๐๘๑-๒๓๔-๕๖๗๘", "0812345678"])
def test_a_phone_as_people_write_it(quick_chat: Chat, typed: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says(typed).sees("report.ask_name_and_phone")
    nid.taps("report.hide_name").reads("0812345678").taps("button.confirm_send").sees("told.kept")
    assert quick_chat.case().phone == "0812345678"


def test_a_wrong_phone_says_what_would_do_and_asks_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says("081234567").sees("report.phone_wrong").sees("report.ask_phone")
    nid.says("ทำไมต้องให้").sees("report.phone_wrong").sees("report.ask_phone")
    nid.says("ไม่ให้ค่ะ").sees("report.ask_name")


def test_name_and_phone_are_shown_only_together_with_a_typed_name(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says("0812345678").says("ได้ค่ะ").sees("report.name_which").sees("report.ask_name_and_phone")
    nid.says("ย" * 81).sees("report.name_wrong").sees("report.ask_name_and_phone")
    nid.says("สมหญิง").reads("ให้เขตเห็นชื่อ สมหญิง").taps("button.confirm_send").sees("told.received")
    words = din_daeng.gets_card(quick_chat.case().number).words
    assert "สมหญิง" in words and "0812345678" in words


def test_a_hidden_name_hides_the_phone_too(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says("0812345678").taps("report.hide_name").taps("button.confirm_send").sees("told.received")
    assert "0812345678" not in din_daeng.gets_card(quick_chat.case().number).words
    assert quick_chat.case().phone == "0812345678"
