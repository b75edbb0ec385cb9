"""Texts are cut as LINE counts them, never inside an emoji or a Thai letter, and are never empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.clusters import graphemes, list_clusters
from bot.messages.letters import ELLIPSIS, NOTHING, clean, fit, fit_label, fit_lines, one_line, utf16_units
from simulator.rules.lengths import count_graphemes, utf16_length

FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇹🇭"


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_without_room_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="leaves no room"):
        fit("ไฟดับ", limit)
    with pytest.raises(ValueError, match="leaves no room"):
        fit_label("ไฟดับ", limit)


@pytest.mark.parametrize("nothing", ["", " \n\t", "\u200b\ufeff", "\u202e\u2066", "\x00\x07", "\u3164", "\ud800"])
def test_what_would_look_empty_becomes_a_dash(nothing: str) -> None:
    assert fit(nothing, 10) == NOTHING
    assert fit_label(nothing) == NOTHING
    assert fit_lines(nothing, 10, 3) == NOTHING


def test_control_and_direction_characters_go_and_line_breaks_stay() -> None:
    assert clean("ไฟ\x00ดับ\u202e\r\nซอย\u200b 5\u2028จบ") == "ไฟดับ\nซอย 5\nจบ"
    assert clean("a\n\n\n\n\nb  \n") == "a\n\nb"
    assert one_line(" ไฟดับ\n\nซอย\t5 ") == "ไฟดับ ซอย 5"


def test_a_tower_of_marks_is_brought_down() -> None:
    assert len(clean("ก" + "้" * 5000)) < 10


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ที่นี่", 2), ("น้ำ", 1), ("เรื่อง", 4), (FAMILY, 1), (FLAG * 3, 3), ("👍🏽", 1), ("❤️", 1), ("한국", 2),
        ("\r\n", 1), ("", 0), ("FT6911-00042", 12), ("e\u0301", 1),
    ],
)  # fmt: skip
def test_graphemes_are_what_a_person_counts(text: str, count: int) -> None:
    assert graphemes(text) == count


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("ให้น้ำท่วม", 10, "ให้น้ำท่วม"),
        ("ให้น้ำท่วม", 9, "ให้น้ำท่…"),
        ("ให้น้ำท่วม", 5, "ให้…"),
        ("กทม. เมือง", 7, "กทม.…"),
        ("มาก ๆ ไป", 5, "มาก…"),
        ("ไฟดับ 👍🏽 จ้า", 9, "ไฟดับ…"),
        ("เ", 1, "เ"),
    ],
)
def test_a_cut_leaves_no_half_letter(text: str, limit: int, cut: str) -> None:
    assert fit(text, limit) == cut


def test_a_picture_longer_than_the_room_is_still_cut_to_it() -> None:
    assert utf16_units(fit(FAMILY * 9, 4)) <= 4
    assert fit_label(FAMILY * 30) == FAMILY * 19 + ELLIPSIS


def test_many_typed_lines_end_early() -> None:
    assert fit_lines("\n".join("abcdef"), 100, 3) == "a\nb\nc\n…"
    assert fit_lines("a\nb", 100, 3) == "a\nb"


@given(st.text() | st.text("กี้็ a\n\t\u0301\u3164.", max_size=30))
def test_a_text_that_holds_nothing_odd_is_kept_as_if_it_were_looked_at_letter_by_letter(text: str) -> None:
    assert clean(text) == clean(f"\u200b{text}")  # which is left out, and makes it look


@given(st.text(), st.integers(1, 60))
def test_any_text_fits_its_limit(text: str, limit: int) -> None:
    cut = fit(text, limit)
    assert 1 <= utf16_length(cut) <= limit
    cut.encode("utf-8")
    label = fit_label(text, limit)
    assert 1 <= count_graphemes(label) <= limit
    assert "\n" not in label


@given(st.text())
def test_clusters_are_the_text_itself(text: str) -> None:
    assert "".join(list_clusters(text)) == text


@given(
    st.lists(st.sampled_from(["ก", "เ", "า", "ำ", "ี", "้", "ๆ", " ", "a", "1", "👍🏽", FAMILY, "❤️", FLAG])).map("".join)
)
def test_thai_and_emoji_are_counted_as_the_simulator_counts_them(text: str) -> None:
    assert graphemes(text) == count_graphemes(text)
