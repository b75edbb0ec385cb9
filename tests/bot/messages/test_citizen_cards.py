"""Review, tracking, closure and welcome: what a citizen sees, and what each tap tells us."""

import pytest

from bot.messages.closure import ask_closure
from bot.messages.review_card import review
from bot.messages.track_cards import TimelineEntry, case_timeline, my_cases, stranger_view
from bot.messages.welcome import DangerView, WelcomeView, danger, help_card, welcome
from tests.bot.messages.examples import LONGEST, UGLY, WORDS, closure_view, my_case, review_view
from tests.bot.messages.line_judges import judge, list_actions, list_data, read_words

LANGUAGES = ("th", "en")


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="FT6911-00042: outcome 'vanished'"):
        ask_closure(closure_view("th", outcome="vanished"), "th")


def test_a_danger_bubble_needs_a_number() -> None:
    with pytest.raises(ValueError, match="at least one"):
        danger(DangerView(()), "th")


def test_every_part_of_a_report_can_be_changed() -> None:
    steps = ("description", "category", "place", "photos", "phone", "name", "secret")
    assert list_data(review(review_view("th"), "th")) == [
        *(f"f:r7k2:edit:{step}" for step in steps),
        "f:r7k2:review:yes",
        "f:r7k2:cancel:",
    ]


def test_a_confidential_report_says_that_no_district_sees_it() -> None:
    card = review(review_view("th", confidential=True, name="นิดา"), "th")
    words = read_words(card)
    assert "เขตจะไม่เห็นเรื่องนี้" in words
    assert WORDS["th"]["org"] not in words
    assert "f:r7k2:edit:name" not in list_data(card)


def test_a_report_says_to_whom_it_goes() -> None:
    assert "เราจะส่งเรื่องถึงสำนักงานเขตดินแดง" in read_words(review(review_view("th"), "th"))


def test_the_lock_screen_learns_nothing_of_a_report() -> None:
    card = review(review_view("th", description="หัวหน้าเรียกรับเงิน"), "th")
    assert "เงิน" not in card["altText"]


def test_media_are_counted_by_kind() -> None:
    assert "2 รูป · เสียงหรือวิดีโอ 1 ไฟล์" in read_words(review(review_view("th", attachments=1), "th"))
    assert "ไม่มีรูป" in read_words(review(review_view("th", photos=0), "th"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_heaviest_ten_cases_still_go_out(lang: str) -> None:
    heavy = {key: LONGEST for key in ("category", "status", "holder", "updated")}
    views = [
        my_case(lang, number, place=UGLY, entries=(TimelineEntry(LONGEST, UGLY),) * 60, **heavy)
        for number in range(1, 15)
    ]
    cards = my_cases(views, lang)
    judge([cards, case_timeline(views[0], lang)])
    assert len(cards["contents"]["contents"]) == 10


def test_ten_ordinary_cases_keep_their_last_four_steps() -> None:
    cards = my_cases([my_case("th", number) for number in range(1, 11)], "th")
    assert read_words(cards).count(WORDS["th"]["moved"]) == 10


def test_a_card_shows_the_last_steps_and_the_way_to_all() -> None:
    card = my_cases([my_case("th")], "th")
    words = read_words(card)
    assert WORDS["th"]["began"] in words and WORDS["th"]["took"] not in words
    assert list_data(card) == ["c:42:add", "c:42:show"]


def test_the_whole_timeline_needs_no_way_to_itself() -> None:
    card = case_timeline(my_case("th"), "th")
    assert WORDS["th"]["took"] in read_words(card)
    assert list_data(card) == ["c:42:add"]


def test_a_case_that_takes_no_more_has_no_button() -> None:
    assert "footer" not in case_timeline(my_case("th", can_add=False), "th")["contents"]


def test_no_case_offers_to_report() -> None:
    assert my_cases([], "th")["quickReply"]["items"][0]["action"]["data"] == "m:report"


def test_a_stranger_hears_status_and_district_alone() -> None:
    words = stranger_view("FT6911-00042", "กำลังทำ", "เขตดินแดง", "th")["text"]
    assert words.startswith("เรื่อง FT6911-00042 สถานะ: กำลังทำ\nตอนนี้อยู่กับเขตดินแดง\n")
    assert "อยู่กับ" not in stranger_view("FT6911-00042", "กำลังทำ", None, "th")["text"]


@pytest.mark.parametrize("outcome", ["resolved", "not_found"])
def test_closure_has_three_answers_that_look_alike(outcome: str) -> None:
    card = ask_closure(closure_view("th", outcome=outcome), "th")
    assert list_data(card) == [f"c:42:closure:{answer}" for answer in ("yes", "partly", "no")]
    buttons = [part for part in card["contents"]["footer"]["contents"] if part["type"] == "button"]
    assert len({(button["style"], button["color"]) for button in buttons}) == 1


def test_nothing_found_is_not_called_repaired() -> None:
    words = read_words(ask_closure(closure_view("th", outcome="not_found"), "th"))
    assert "ไม่พบปัญหา" in words
    assert "แก้ไขแล้ว" not in words and "หลังแก้" not in words


@pytest.mark.parametrize("urls", [(None, None), ("", "http://example.org/a.jpg")])
def test_closure_without_pictures_shows_none(urls: tuple[str | None, str | None]) -> None:
    card = ask_closure(closure_view("th", before_url=urls[0], after_url=urls[1]), "th")
    assert "ก่อนแก้" not in read_words(card)


def test_the_welcome_is_three_bubbles_and_a_way_on() -> None:
    messages = welcome(WelcomeView("https://example.org/privacy"), "th")
    assert [message["type"] for message in messages] == ["text", "text", "flex"]
    assert all(number in messages[1]["text"] for number in ("191", "199", "1669"))
    actions = list_actions(messages[2])
    assert [action.get("data") or action["uri"] for action in actions] == [
        "m:report",
        "https://example.org/privacy",
        "m:english",
    ]


def test_danger_can_be_rung_at_once() -> None:
    card = danger(DangerView(("199", "1646")), "th")
    assert [(action["label"], action["uri"]) for action in list_actions(card)] == [
        ("ไฟไหม้ โทร 199", "tel:199"),
        ("โทร 1646", "tel:1646"),
    ]


def test_help_leads_everywhere() -> None:
    assert list_data(help_card("th")) == ["m:report", "m:track", "m:human", "m:language"]
