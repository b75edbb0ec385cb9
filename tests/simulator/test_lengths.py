"""Lengths are LINE's: UTF-16 units, or what a person counts as letters."""

import pytest

from simulator.rules.lengths import count_graphemes, has_half_pair, utf16_length


@pytest.mark.parametrize(
    ("text", "units", "letters"),
    [
        ("", 0, 0),
        ("hello", 5, 5),
        ("a\r\nb", 4, 3),
        ("น้ำท่วม", 7, 4),
        ("ที่นี่", 6, 2),
        ("ผู้ใหญ่", 7, 4),
        ("é", 1, 1),
        ("e\u0301", 2, 1),
        ("🍎", 2, 1),
        ("👍🏽", 4, 1),
        ("👨‍👩‍👧", 8, 1),
        ("🇹🇭🇯🇵", 8, 2),
        ("1️⃣", 3, 1),
        ("❤️", 2, 1),
        ("한글", 2, 2),
        ("\u1112\u1161\u11ab", 3, 1),
        ("नि", 2, 1),
        ("☎✅", 2, 2),
        ("a\u200db", 3, 2),
    ],
)
def test_units_and_letters(text: str, units: int, letters: int) -> None:
    assert (utf16_length(text), count_graphemes(text)) == (units, letters)


def test_half_an_emoji_is_seen() -> None:
    assert has_half_pair("a\ud83c")
    assert not has_half_pair("a🍎")
    assert utf16_length("a\ud83c") == 2
