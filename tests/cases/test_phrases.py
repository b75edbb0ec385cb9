"""Words are found as people write them, and not inside other words."""

from hypothesis import given
from hypothesis import strategies as st

from cases.phrases import PhraseIndex, normalise


def _find(phrases: list[str], text: str) -> list[str]:
    return [phrase for phrase, _ in PhraseIndex(phrases).find_all(normalise(text))]


def test_a_word_is_not_found_inside_another() -> None:
    assert _find(["หมู", "cat", "pipe"], "หมู่บ้านนี้ location pipeline") == []


def test_only_the_longest_of_overlapping_words_counts() -> None:
    assert _find(["ไฟ", "ไฟแดง", "แดง"], "ไฟแดงเสีย") == ["ไฟแดง"]


def test_english_words_are_found_in_the_plural_and_in_capitals() -> None:
    assert _find(["pothole", "branch"], "POTHOLES, branches") == ["pothole", "branch"]


def test_spelling_that_looks_the_same_is_the_same() -> None:
    assert {normalise(word) for word in ("น้ำ", "นํ้า", "น้ํา", "นำ้", "น\u200b้ำ")} == {"น้ำ"}
    assert normalise("เเสงสว่าง") == "แสงสว่าง"
    assert normalise("ท่ี") == normalise("ที่")
    assert normalise("ไฟดัับ") == "ไฟดับ"


def test_places_of_words_are_those_in_the_text_given() -> None:
    assert list(PhraseIndex(["ไฟดับ"]).find_all("ซอย ไฟดับ")) == [("ไฟดับ", 4)]


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    words = normalise(text)
    assert normalise(words) == words
    for phrase, start in PhraseIndex(["ไฟ", "road", "a"]).find_all(words):
        assert words.startswith(phrase, start)
