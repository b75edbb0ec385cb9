"""Two languages: the one that the first words are in, and a button that changes it."""

import pytest

from tests.chat import Chat

ENGLISH = "The street light in our soi is out"


def test_first_words_in_english_are_met_in_english(quick_chat: Chat) -> None:
    dan = quick_chat.citizen("Dan", follows=False)
    dan.language = "en"
    dan.says(ENGLISH).sees("welcome.notice").sees("report.ask_place")
    assert len(dan.heard()) == 4
    assert "/privacy?lang=en" in str(quick_chat.line.received(dan.id))
    dan.language = "th"
    dan.taps("ภาษาไทย").sees("talk.language_changed").sees("report.ask_place")
    dan.says("ซอย 5 เขตดินแดง").sees("report.place_ok")


def test_after_the_thai_welcome_too_with_the_way_back(quick_chat: Chat) -> None:
    dan = quick_chat.citizen("Dan")
    dan.language = "en"
    dan.says("Hello").sees("talk.language_guessed").sees("talk.greeting")
    dan.says(ENGLISH).sees("report.ask_place")
    assert len(dan.heard()) == 1
    dan.taps("ภาษาไทย")
    dan.language = "th"
    dan.sees("talk.language_changed").sees("report.ask_place")


def test_danger_in_english_comes_first_and_in_english(quick_chat: Chat) -> None:
    dan = quick_chat.citizen("Dan", follows=False)
    dan.language = "en"
    dan.says("Help, my house is on fire").sees("welcome.call_199").sees("report.ask_category")
    assert "please call at once" in dan.heard()[0]


@pytest.mark.parametrize(
    "text", ["Big C Rama 4", "ok", "wifi", "7-11", "https://maps.app.goo.gl/the", "ไฟ light is out"]
)
def test_a_few_latin_letters_are_no_english(quick_chat: Chat, text: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(text)
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in nid.heard()[-1])


def test_the_language_somebody_chose_is_not_guessed_again(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไทย").sees("talk.language_changed").says(ENGLISH).sees("report.ask_place")


def test_the_language_of_somebody_who_has_reported_is_not_guessed(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reports()
    nid.says(ENGLISH).sees("report.ask_place")


def test_the_welcome_has_the_other_language(quick_chat: Chat) -> None:
    dan = quick_chat.citizen("Dan")
    dan.taps("English")
    dan.language = "en"
    dan.sees("talk.language_changed").taps("talk.report").sees("report.ask_description")
