"""Phone and name in the chat, and who gets to see them."""

import pytest

from tests.chat import Chat


@pytest.mark.parametrize("typed", ["+66 81 234 5678", "๐๘๑-๒๓๔-๕๖๗๘", "0812345678"])
def test_a_phone_as_people_write_it(quick_chat: Chat, typed: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says(typed).sees("report.ask_phone_shown", phone="0812345678")
    nid.taps("report.hide_phone").taps("report.hide_name").reads("0812345678").taps("button.confirm_send").sees(
        "told.kept"
    )
    assert quick_chat.case().phone == "0812345678"


def test_a_wrong_phone_says_what_would_do_and_asks_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says("081234567").sees("report.phone_wrong").sees("report.ask_phone")
    nid.says("ทำไมต้องให้").sees("report.phone_wrong").sees("report.ask_phone")
    nid.says("ไม่ให้ค่ะ").sees("report.ask_name")


def test_name_and_phone_are_shown_where_both_are_allowed(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says("0812345678").says("ได้ค่ะ").sees("report.ask_name")
    nid.says("ได้ค่ะ").sees("report.name_which").sees("report.ask_name")
    nid.says("ย" * 81).sees("report.name_wrong").sees("report.ask_name")
    nid.says("สมหญิง").reads("ให้เขตเห็นชื่อ สมหญิง").taps("button.confirm_send").sees("told.received")
    words = din_daeng.gets_card(quick_chat.case().number).words
    assert "สมหญิง" in words and "0812345678" in words


def test_a_shown_name_does_not_show_a_hidden_phone(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟถนนดับทั้งซอย โทร 0812345678").sees("report.ask_place").says("ซอย 5 เขตดินแดง")
    nid.taps("report.place_yes").taps("report.no_photos").says("0812345678").taps("report.hide_phone")
    nid.says("สมหญิง").sees("review.phone_hidden").taps("button.confirm_send").sees("told.received")
    words = din_daeng.gets_card(quick_chat.case().number).words
    assert "สมหญิง" in words and "0812345678" not in words
    assert quick_chat.case().phone == "0812345678"


def test_a_shown_phone_does_not_show_a_hidden_name(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("phone").says("0812345678").taps("report.show_phone").taps("report.hide_name")
    nid.sees("review.phone_shown").taps("button.confirm_send").sees("told.received")
    assert "0812345678" in din_daeng.gets_card(quick_chat.case().number).words
    assert quick_chat.case().shared_name is None
