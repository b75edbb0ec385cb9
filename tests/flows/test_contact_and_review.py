"""Phone and name, shown as the person likes; and the last look, which sends nothing that is half told."""

import pytest

from tests.flows.teller import Teller


def _at_phone() -> Teller:
    return Teller().says("ไฟถนนดับทั้งซอย").says("ซอย 5 เขตดินแดง").taps("place_ok", "yes").taps("photos", "done")


@pytest.mark.parametrize("text", ["081-234-5678", "+66812345678", "๐๘๑ ๒๓๔ ๕๖๗๘", "โทรมาได้ 0812345678 ครับ"])
def test_a_number_in_any_form(text: str) -> None:
    assert _at_phone().says(text).slots["phone"] == "0812345678"


@pytest.mark.parametrize("text", ["081234567", "12345", "ทำไมต้องให้", "", "👍", "ได้ค่ะ", "๑๒๓"])
def test_what_is_no_number_says_what_would_do(text: str) -> None:
    assert _at_phone().says(text).refused == "report.phone_wrong"


@pytest.mark.parametrize("text", ["ไม่ให้", "ไม่สะดวกค่ะ", "ข้าม", "no number", "ไม่"])
def test_no_number(text: str) -> None:
    assert _at_phone().says(text).slots["phone"] == ""


def test_the_number_and_the_name_are_asked_about_apart() -> None:
    teller = _at_phone().says("0812345678")
    assert teller.heard("report.ask_phone_shown", phone="0812345678")
    assert teller.taps("phone_shown", "yes").heard("report.ask_name")
    assert teller.slots["phone_shown"] is True and "name" not in teller.slots
    assert _at_phone().taps("phone", "none").heard("report.ask_name")


@pytest.mark.parametrize("text", ["ให้เขตเห็น", "ได้ค่ะ", "ok", "Show it"])
def test_a_number_is_shown_by_a_plain_yes(text: str) -> None:
    assert _at_phone().says("0812345678").says(text).slots["phone_shown"] is True


@pytest.mark.parametrize("text", ["ไม่ให้เขตเห็น", "ไม่", "ไม่ให้ค่ะ", "ข้าม", "do not show it"])
def test_a_number_is_hidden_by_any_no(text: str) -> None:
    assert _at_phone().says("0812345678").says(text).slots["phone_shown"] is False


def test_other_words_do_not_show_a_number_and_are_kept() -> None:
    teller = _at_phone().says("0812345678").says("ไฟดับมาสามวันแล้ว")
    assert teller.asked == "phone_shown" and "สามวัน" in teller.slots["description"]


def test_another_number_is_asked_about_again() -> None:
    teller = _at_phone().says("0812345678").taps("phone_shown", "yes").taps("name", "hidden")
    teller.edits("phone").says("0898765432")
    assert teller.asked == "phone_shown"


@pytest.mark.parametrize("text", ["สมหญิง ใจดี", "Nid O'Hara", "นิด 555", "  ป้า\nแดง "])
def test_a_name(text: str) -> None:
    assert _at_phone().taps("phone", "none").says(text).slots["name"] == " ".join(text.split())


@pytest.mark.parametrize("text", ["0812345678", "", "!!!", "ย" * 81])
def test_what_is_no_name(text: str) -> None:
    assert _at_phone().taps("phone", "none").says(text).refused == "report.name_wrong"


@pytest.mark.parametrize("text", ["ได้ค่ะ", "ให้เห็น", "ใช่", "ok"])
def test_yes_is_no_name(text: str) -> None:
    assert _at_phone().taps("phone", "none").says(text).refused == "report.name_which"


@pytest.mark.parametrize("text", ["ไม่", "ไม่ให้เห็น", "ไม่ต้อง", "no"])
def test_a_hidden_name(text: str) -> None:
    assert _at_phone().taps("phone", "none").says(text).slots["name"] == ""


def test_danger_told_instead_of_a_number_or_a_name_stays_with_the_report() -> None:
    teller = _at_phone().says("ไฟไหม้แล้วตอนนี้ มีคนติดอยู่ข้างใน")
    assert "ไฟไหม้แล้ว" in teller.slots["description"] and teller.asked == "phone"
    teller.taps("phone", "none").says("มีคนถูกยิงเมื่อกี้")
    assert "ถูกยิง" in teller.slots["description"] and teller.asked == "name"


def test_a_confidential_report_asks_for_no_name_and_says_who_sees_the_phone() -> None:
    teller = _at_phone().taps("category", "official")
    assert teller.heard("report.ask_phone_confidential")
    assert teller.says("0812345678").asked == "review"


@pytest.mark.parametrize("text", ["ยืนยัน", "ยืนยันครับ", "ส่งเลย", "ok", "ใช่", "Confirm and send"])
def test_words_that_send(text: str) -> None:
    assert Teller().to_review().says(text).finished


@pytest.mark.parametrize("text", ["ไม่", "ไม่ใช่", "no", "ยังไม่มี"])
def test_no_at_the_last_look_sends_nothing_and_adds_nothing(text: str) -> None:
    teller = Teller().to_review()
    before = teller.slots
    assert teller.says(text).refused == "report.review_no" and teller.slots == before


def test_other_words_at_the_last_look_are_added_and_shown() -> None:
    teller = Teller().to_review().says("ดับมาสามวันแล้ว")
    assert not teller.finished and teller.asked == "review" and teller.heard("review.alt")
    assert teller.slots["description"].endswith("ดับมาสามวันแล้ว")


@pytest.mark.parametrize("step", ["description", "category", "place", "photos", "phone", "name"])
def test_every_part_opens_by_a_tap_and_back_leaves_it(step: str) -> None:
    teller = Teller().to_review()
    before = teller.slots
    assert teller.edits(step).asked == step
    assert teller.goes_back().asked == "review" and teller.slots == before


@pytest.mark.parametrize("step", ["description", "category", "place", "photos", "phone", "name"])
def test_an_older_card_cannot_send_a_report_that_is_half_told(step: str) -> None:
    teller = Teller().to_review().edits(step).taps("review", "yes")
    assert teller.refused == "report.not_yet" and not teller.finished


def test_forged_taps_send_nothing_and_break_nothing() -> None:
    for step, value in (
        ("review", ""),
        ("review", "no"),
        ("place", "x"),
        ("photos", "x"),
        ("name", "x"),
        ("phone", "x"),
    ):
        teller = Teller().to_review().taps(step, value)
        assert not teller.finished


def test_a_change_of_language_asks_the_same_again() -> None:
    teller = Teller().to_review()
    assert teller.speaks("en").asked == "review" and teller.heard("review.alt")
    assert _at_phone().speaks("en").heard("report.ask_phone")
