"""Text bubbles and quick replies keep LINE's limits, or say plainly what is wrong with them."""

import pytest

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.taps import find_picture_address, link, postback
from bot.messages.theme import button, button_rows, graphemes
from tests.bot.messages.line_judges import judge


def test_more_quick_replies_than_line_takes_are_named() -> None:
    replies = [QuickReply.message(f"ปุ่ม {number}", "ข้อความ") for number in range(15)]
    with pytest.raises(ValueError, match=r"15 quick replies.*'ปุ่ม 13', 'ปุ่ม 14'"):
        text_bubble("เลือกได้เลย", replies)


def test_a_quick_reply_to_nowhere_names_its_label() -> None:
    with pytest.raises(ValueError, match="'อ่านประกาศ' opens 'javascript:x'"):
        text_bubble("ประกาศ", [QuickReply.uri("อ่านประกาศ", "javascript:x")])


@pytest.mark.parametrize("data", ["", "g:1:" + "x" * 300])
def test_postback_data_is_never_cut_but_refused(data: str) -> None:
    with pytest.raises(ValueError, match="postback data"):
        postback("รับทราบ", data)


def test_long_labels_and_texts_are_cut() -> None:
    label = "คุยกับเจ้าหน้าที่ผู้ตรวจการแผ่นดิน 1676"
    bubble = text_bubble(
        "ก" * 6000,
        [QuickReply.postback(label, "m:human", label * 20), QuickReply.message(label, label * 20)],
    )
    judge([bubble])
    first = bubble["quickReply"]["items"][0]["action"]
    assert graphemes(first["label"]) == 20
    assert len(bubble["text"]) == 5000


@pytest.mark.parametrize(
    ("long", "rows"), [("ส่งกลับพร้อมคำสั่ง", 3), ("สั่งและส่งกลับ", 2), ("Send back with words", 3), ("Stands as done", 2)]
)
def test_a_button_too_long_for_half_a_row_gets_its_own(long: str, rows: int) -> None:
    labels = [long, "ยืนยันผลเดิม", "เห็นด้วย"]
    assert len(button_rows([button(postback(label, "g:1:agree")) for label in labels])) == rows


def test_a_bubble_without_buttons_has_no_quick_reply() -> None:
    assert text_bubble("ได้รับแล้ว") == {"type": "text", "text": "ได้รับแล้ว"}


@pytest.mark.parametrize("uri", [None, "", "ftp://example.org", "https://", "tel:", "http://[", "https://x:y", "/a"])
def test_addresses_line_would_refuse_make_no_link(uri: str | None) -> None:
    assert link("เปิด", uri) is None


def test_addresses_are_percent_encoded() -> None:
    action = link("เปิด", "https://example.org/ประกาศ?q=100%")
    assert action and action["uri"].endswith("/%E0%B8%9B%E0%B8%A3%E0%B8%B0%E0%B8%81%E0%B8%B2%E0%B8%A8?q=100%25")


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.org/a.jpg", True),
        ("http://example.org/a.jpg", False),
        ("http://127.0.0.1:8000/a.jpg", True),
        ("https://example.org/" + "a" * 2000, False),
    ],
)
def test_pictures_come_by_https_but_for_the_demo(url: str, taken: bool) -> None:
    assert (find_picture_address(url) is not None) == taken
