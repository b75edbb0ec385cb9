"""Adding to a case, and saying which of several cases an answer is for."""

from flows.addition import ADDITION
from flows.whose import WHOSE
from tests.flows.teller import Teller

CHOICES = [[11, "FT6911-00011", "ไฟส่องสว่าง"], [12, "FT6911-00012", "ขยะ ความสะอาด"]]


def test_words_photos_and_a_pin_are_gathered_until_done() -> None:
    teller = Teller(ADDITION, case_id=5).says("ต้นที่สาม").sends(1).pins(13.75, 100.5, "ถนนดินแดง").says("หน้าเซเว่น")
    assert teller.asked == "more" and teller.heard("addition.ask_more")
    assert teller.taps("more", "done").finished
    assert teller.slots["media"] == [1]
    assert teller.slots["words"].splitlines() == [
        "ต้นที่สาม",
        "ถนนดินแดง https://www.google.com/maps?q=13.750000,100.500000",
        "หน้าเซเว่น",
    ]


def test_done_with_nothing_is_refused_and_words_may_end_it() -> None:
    assert Teller(ADDITION, case_id=5).taps("more", "done").refused == "addition.nothing"
    assert Teller(ADDITION, case_id=5).says("ไม่มี").refused == "addition.nothing"
    for words in ("ส่งเลย", "พอแล้ว", "แค่นี้"):
        assert Teller(ADDITION, case_id=5).says("ต้นที่สาม").says(words).finished


def test_an_album_and_more_photos_than_we_take() -> None:
    teller = Teller(ADDITION, case_id=5)
    answered = []
    for seen in range(1, 13):
        teller.sends(seen, seen=seen, total=12)
        answered.append(bool(teller.said or teller.refused))
    assert answered == [True, *[False] * 10, True] and len(teller.slots["media"]) == 10


def test_emptiness_is_refused_and_words_can_be_taken_back() -> None:
    teller = Teller(ADDITION, case_id=5)
    assert teller.says("👍").refused == "report.not_here"
    teller.says("เบอร์ฉัน 0812345678").says("ต้นที่สาม").unsends("m2")
    assert teller.slots["words"] == "ต้นที่สาม"
    assert "words" not in teller.unsends("m3").slots


def test_back_at_the_only_question_asks_it_again() -> None:
    assert Teller(ADDITION, case_id=5).says("ต้นที่สาม").goes_back().heard("addition.ask_more")


def test_which_case_by_a_tap_or_by_its_number() -> None:
    assert Teller(WHOSE, choices=CHOICES, words="ต้นที่สาม").taps("whose", "12").slots["whose"] == "12"
    assert Teller(WHOSE, choices=CHOICES).says("FT6911-00011").slots["whose"] == "11"
    assert Teller(WHOSE, choices=CHOICES).says("6911-00011").slots["whose"] == "11"
    assert Teller(WHOSE, choices=CHOICES).taps("whose", "new").finished


def test_a_case_that_was_not_offered_is_not_taken() -> None:
    assert Teller(WHOSE, choices=CHOICES).taps("whose", "13").refused == "report.not_here"


def test_more_of_the_answer_is_kept_while_it_is_asked_whose_it_is() -> None:
    teller = Teller(WHOSE, choices=CHOICES).says("ต้นที่สาม").sends(4)
    assert (teller.slots["words"], teller.slots["media"], teller.asked) == ("ต้นที่สาม", [4], "whose")
