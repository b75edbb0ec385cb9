"""What happened: kept whole, by message, and read for kind, danger and place."""

import pytest

from flows.description import LONGEST_DESCRIPTION
from tests.flows.teller import Teller


def test_words_suggest_the_kind_and_ask_where() -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย มืดมาก")
    assert (teller.slots["category"], teller.asked) == ("lighting", "place")


def test_words_that_say_little_ask_for_the_kind() -> None:
    assert Teller().says("ช่วยมาดูหน่อยนะคะ ลำบากมาก").asked == "category"


@pytest.mark.parametrize("text", ["", "\n\n\n", "!!!", "😀😀", "-", "สวัสดีครับ", "ขอบคุณค่ะ", "ทดสอบ"])
def test_words_without_a_problem_ask_again_kindly(text: str) -> None:
    assert Teller().says(text).refused == "report.description_empty"


@pytest.mark.parametrize(
    "text",
    [
        "{number} {0} {}",
        "{{7*7}} {% raw %}",
        "%s %d %(x)s",
        "<b>x</b><script>alert(1)</script>",
        "'; DROP TABLE cases; --",
        "ไฟ\u0e31\u0e31\u0e31ดับ",
        "น้ำ" + "\n" * 500 + "ท่วม",
        "𝕗𝕚𝕣𝕖 ไฟดับ 🇹🇭 👨‍👩‍👧",
    ],
)
def test_any_words_are_kept_as_they_are(text: str) -> None:
    assert Teller().says(text).slots["description"] == text


def test_five_thousand_letters_are_kept_whole() -> None:
    text = "ไฟดับ" * 1000
    teller = Teller().says(text)
    assert teller.slots["description"] == text and not teller.heard("report.description_cut", count="10,000")


def test_what_is_longer_than_we_can_keep_is_cut_and_said() -> None:
    teller = Teller().says("ไฟดับ " * 1000).says("ตรงไหนก็ได้ในเขตดินแดง").taps("place_ok", "yes").says("ย" * 6000)
    assert len(teller.slots["description"]) == LONGEST_DESCRIPTION
    assert teller.heard("report.description_cut", count="10,000")


def test_a_link_alone_is_kept_and_the_words_are_asked_for() -> None:
    teller = Teller().says("https://youtu.be/xyz")
    assert teller.asked == "description" and teller.heard("report.ask_description_with_media")
    assert teller.says("ไฟดับทั้งซอย").slots["description"] == "https://youtu.be/xyz\nไฟดับทั้งซอย"


def test_a_voice_message_may_stand_for_words() -> None:
    teller = Teller().sends(1, kind="audio").taps("description", "voice")
    assert teller.slots["description"] and teller.asked == "category"


def test_a_voice_button_without_a_voice_message_is_not_taken() -> None:
    assert Teller().taps("description", "voice").refused == "report.not_here"


def test_more_words_do_not_unsettle_the_kind() -> None:
    teller = Teller().to_review().says("มีสุนัขจรจัดมานอน ขยะก็เยอะ ทางเท้าพังด้วย")
    assert (teller.slots["category"], teller.asked) == ("lighting", "review")
    assert teller.heard("report.description_added")


def test_a_story_told_anew_is_judged_anew() -> None:
    teller = Teller().to_review().edits("description").says("ขยะกองเต็มหน้าบ้านไม่มีคนเก็บ")
    assert (teller.slots["category"], teller.asked) == ("waste", "review")
    teller.edits("description").says("ช่วยมาดูหน่อย")
    assert teller.asked == "category"


def test_a_kind_that_was_tapped_stays_when_the_story_is_told_anew() -> None:
    teller = Teller().to_review().taps("category", "wires").edits("description").says("ขยะกองเต็มหน้าบ้านไม่มีคนเก็บ")
    assert (teller.slots["category"], teller.asked) == ("wires", "review")


def test_words_taken_back_are_gone_and_the_rest_stands() -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย").says("ซอย 5 เขตดินแดง").taps("place_ok", "yes").says("คนในซอยชื่อสมศรีโดนวิ่งราว")
    assert "สมศรี" in teller.slots["description"]
    assert teller.unsends("m3").slots["description"] == "ไฟถนนดับทั้งซอย"
    assert "description" not in teller.unsends("m1").slots
    assert teller.taps("photos", "done").asked == "description"


def test_a_place_named_with_its_spot_is_only_confirmed() -> None:
    teller = Teller().says("ไฟดับหน้าร้านหมอ ซอยประชาสงเคราะห์ 5 เขตดินแดง")
    assert (teller.slots["place"]["org"], teller.asked) == ("district:1026", "place_ok")
    assert teller.taps("place_ok", "no").asked == "place"


def test_a_khet_named_without_a_spot_asks_where_in_it() -> None:
    teller = Teller().says("ไฟถนนดับ เขตดินแดง")
    assert teller.asked == "place" and teller.heard("report.ask_place_in", khet="เขตดินแดง")
    assert teller.says("ซอยสุทธิพร 2").slots["place"]["org"] == "district:1026"


def test_where_in_it_may_be_unknown() -> None:
    assert Teller().says("ไฟถนนดับ เขตดินแดง").says("ไม่แน่ใจ").slots["place"]["org"] == "district:1026"


def test_another_khet_named_later_wins_over_the_first() -> None:
    teller = Teller().says("ไฟถนนดับ เขตดินแดง").says("ซอย 5 เขตห้วยขวาง")
    assert teller.slots["place"]["org"] == "district:1017"


def test_a_pin_given_first_is_not_overruled_by_words() -> None:
    teller = Teller().pins(13.7695, 100.5530, "แขวงดินแดง เขตดินแดง กรุงเทพมหานคร 10400")
    assert teller.says("ไฟดับหน้าวัด ปากซอย 3 เขตห้วยขวาง").slots["place"]["org"] == "district:1026"
