"""The card in a group: the number leads, the state decides the buttons, and nothing private slips in."""

import pytest

from bot.messages.case_card import new_case
from tests.bot.messages.examples import ALL_BUTTONS, LONGEST, NUMBER, case_view
from tests.bot.messages.line_judges import judge, list_actions, list_data, read_words


def test_a_button_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="FT6911-00042 has no button 'explode'"):
        new_case(case_view("th", buttons=("explode",)), "th")


def test_alt_text_leads_with_the_number() -> None:
    view = case_view("th", place="ถ.ประชาสงเคราะห์")
    assert new_case(view, "th")["altText"] == "FT6911-00042 ไฟส่องสว่าง · ถ.ประชาสงเคราะห์ · ตอบรับก่อน 18:05 น."


def test_danger_is_said_in_words_right_behind_the_number() -> None:
    card = new_case(case_view("th", danger=True, place="ถ.ดินแดง"), "th")
    assert card["altText"].startswith("FT6911-00042 ด่วน มีอันตราย · ไฟส่องสว่าง")
    assert "ด่วน มีอันตราย" in read_words(card)


def test_a_long_place_leaves_room_for_the_due_time() -> None:
    alt = new_case(case_view("th", place=LONGEST, category=LONGEST), "th")["altText"]
    assert alt.endswith("· ตอบรับก่อน 18:05 น.")


def test_buttons_are_silent_and_in_the_order_given() -> None:
    card = new_case(case_view("th"), "th")
    assert [data for data in list_data(card) if data.startswith("g:")] == [f"g:42:{verb}" for verb in ALL_BUTTONS]
    assert not any("displayText" in action for action in list_actions(card))
    labels = [action["label"] for action in list_actions(card) if action["type"] == "postback"]
    assert labels == ["รับทราบ", "กำลังทำ", "แก้ไขแล้ว", "ถามผู้แจ้ง", "โอนเรื่อง", "ไม่รับ"]
    assert card["contents"]["footer"]["contents"][0]["style"] == "primary"


def test_what_needs_words_opens_the_keyboard_with_the_number() -> None:
    typed = {
        action["data"]: action["fillInText"]
        for action in list_actions(new_case(case_view("th"), "th"))
        if "fillInText" in action
    }
    assert typed == {"g:42:ask": "FT6911-00042 ขอข้อมูล: "}  # the others ask with something to choose from


def test_a_closed_case_has_no_buttons() -> None:
    assert "footer" not in new_case(case_view("th", buttons=()), "th")["contents"]


def test_no_picture_no_place_on_the_map() -> None:
    card = new_case(case_view("th", photo_url=None, map_url=None, photo_count=0), "th")
    assert "hero" not in card["contents"]
    assert not [action for action in list_actions(card) if action["type"] == "uri"]


def test_a_picture_line_cannot_fetch_is_counted_instead_of_shown() -> None:
    card = new_case(case_view("th", photo_url="http://example.org/a.jpg", photo_count=1), "th")
    assert "hero" not in card["contents"]
    assert "รูปจากผู้แจ้งทั้งหมด 1 รูป" in read_words(card)


def test_the_phone_is_there_only_when_allowed_and_can_be_rung() -> None:
    assert "ผู้แจ้ง\n" not in read_words(new_case(case_view("th"), "th"))
    card = new_case(case_view("th", shared_name=LONGEST, shared_phone="081-234-5678"), "th")
    assert "tel:0812345678" in [action.get("uri") for action in list_actions(card)]
    assert "081-234-5678" in read_words(card)


def test_a_phone_without_digits_is_shown_but_not_rung() -> None:
    card = new_case(case_view("th", shared_phone="ที่บ้าน", map_url=None, photo_url=None), "th")
    assert "ที่บ้าน" in read_words(card)
    assert not [action for action in list_actions(card) if action["type"] == "uri"]


@pytest.mark.parametrize("text", [LONGEST, "\n" * 5000, "א" * 5000, "👨‍👩‍👧‍👦" * 450, "{" * 5000, "🏠" * 2500])
def test_no_text_breaks_the_card(text: str) -> None:
    card = new_case(case_view("th", text=text, number=NUMBER), "th")
    judge([card])
