"""What kind of problem: three best, every other by pages, words, and a change of mind."""

import pytest

from cases.categories import list_categories
from tests.flows.teller import Teller

UNSURE = "ช่วยมาดูหน่อยนะคะ ลำบากมาก"


def _codes(teller: Teller) -> list[str]:
    items = teller.said[-1]["quickReply"]["items"]
    values = [
        item["action"].get("data", "").split(":")[-1]
        for item in items
        if ":category:" in item["action"].get("data", "")
    ]
    return [value for value in values if not value.startswith("page")]


def test_the_pages_reach_every_kind_within_the_buttons_line_shows() -> None:
    teller = Teller().says(UNSURE)
    assert len(_codes(teller)) == 3
    seen = []
    for page in ("page1", "page2"):
        teller.taps("category", page)
        assert len(teller.said[-1]["quickReply"]["items"]) <= 13
        seen += _codes(teller)
    assert seen == [category.code for category in list_categories()]


@pytest.mark.parametrize("value", ["page0", "page3", "page99", "page-1", "page๑", "no_such", ""])
def test_a_forged_button_is_refused(value: str) -> None:
    teller = Teller().says(UNSURE)
    assert teller.taps("category", value).refused == "report.category_unknown"


@pytest.mark.parametrize("typed", ["ทางเท้า", " ทางเท้า ", "Footpath", "footpath"])
def test_the_name_of_a_kind_may_be_typed(typed: str) -> None:
    teller = Teller().says(UNSURE).says(typed)
    assert teller.slots["category"] == "footpath" and teller.slots["description"] == UNSURE


def test_a_name_is_known_without_its_spaces() -> None:
    assert Teller().says(UNSURE).says("อื่นๆ").slots["category"] == "other"


def test_words_that_are_plain_settle_the_kind_and_become_part_of_the_story() -> None:
    teller = Teller().says(UNSURE).says("ไฟถนนดับ")
    assert (teller.slots["category"], teller.slots["description"]) == ("lighting", f"{UNSURE}\nไฟถนนดับ")
    assert teller.heard("report.description_added")


def test_words_that_leave_the_kind_open_are_kept_and_it_is_asked_again() -> None:
    teller = Teller().says(UNSURE).says("มันเป็นแบบนี้มานานแล้วค่ะ")
    assert teller.asked == "category" and "category" not in teller.slots
    assert teller.slots["description"].endswith("มานานแล้วค่ะ")
    teller.taps("category", "waste")
    assert (teller.slots["category"], teller.asked) == ("waste", "place")


def test_a_place_named_at_the_question_of_kind_is_not_asked_for_again() -> None:
    teller = Teller().says(UNSURE).says("ไฟถนนดับ ซอยประชาสงเคราะห์ 5 เขตดินแดง")
    assert (teller.slots["category"], teller.asked) == ("lighting", "place_ok")


def test_the_words_of_the_button_for_more_show_more() -> None:
    teller = Teller().says(UNSURE).says("ดูประเภทอื่น")
    assert teller.asked == "category" and len(_codes(teller)) == 10


def test_the_words_of_the_first_try_are_never_lost() -> None:
    teller = Teller().says("มีปัญหาหน้าบ้าน").says("ไฟทางดับ 3 ต้น")
    assert teller.slots["category"] == "lighting"
    assert teller.slots["description"] == "มีปัญหาหน้าบ้าน\nไฟทางดับ 3 ต้น"


def test_longer_words_become_part_of_the_story() -> None:
    teller = Teller().says(UNSURE).says("คือมันมีน้ำท่วมขังหน้าบ้านมาสามวันแล้วค่ะ")
    assert teller.slots["category"] == "drain_flood" and "สามวัน" in teller.slots["description"]


@pytest.mark.parametrize("text", ["ไม่รู้", "ไม่แน่ใจค่ะ", "แล้วแต่เลย ช่วยเลือกให้ที"])
def test_somebody_who_does_not_know_goes_on_with_the_likeliest(text: str) -> None:
    assert Teller().says(UNSURE).says(text).asked == "place"


@pytest.mark.parametrize("text", ["👍", "...", "ใช่", "ไม่"])
def test_what_names_no_kind_asks_again(text: str) -> None:
    assert Teller().says(UNSURE).says(text).refused == "report.category_unknown"


def test_an_older_button_changes_the_kind_and_says_so() -> None:
    teller = Teller().to_review().taps("category", "wires")
    assert (teller.slots["category"], teller.asked) == ("wires", "review")
    assert teller.heard("report.category_changed", category="สายไฟ สายสื่อสาร")


def test_a_change_to_the_confidential_kind_hides_the_name_and_back_asks_for_it() -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย").says("ซอย 5 เขตดินแดง").taps("place_ok", "yes")
    teller.taps("photos", "done").says("0812345678").taps("phone_shown", "yes").says("สมหญิง ใจดี")
    assert teller.slots["name"] == "สมหญิง ใจดี"
    teller.taps("category", "official")
    assert "name" not in teller.slots and teller.asked == "review"
    assert "phone_shown" not in teller.slots
    assert teller.taps("category", "lighting").asked == "phone_shown"
    assert teller.taps("phone_shown", "no").asked == "name"


def test_a_name_cannot_be_tapped_into_a_confidential_report() -> None:
    teller = Teller().to_review().taps("category", "official")
    assert teller.taps("name", "hidden").refused == "report.not_yet"


def test_leaving_the_pages_by_back() -> None:
    teller = Teller().says(UNSURE).taps("category", "page1").taps("category", "page2")
    assert teller.goes_back().asked == "category" and len(_codes(teller)) == 3
    assert teller.goes_back().asked == "description"


def test_leaving_the_pages_of_an_edit_by_back_leaves_the_kind() -> None:
    teller = Teller().to_review().edits("category").taps("category", "page1").taps("category", "page2").goes_back()
    assert (teller.slots["category"], teller.asked) == ("lighting", "review")
