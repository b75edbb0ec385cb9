"""Photos, voice and video: one, several at once in any order, too many, taken away, at any moment."""

from flows.photos import forget_media
from tests.flows.teller import Teller


def _at_photos() -> Teller:
    return Teller().says("ไฟถนนดับทั้งซอย").says("ซอย 5 เขตดินแดง").taps("place_ok", "yes")


def _album(teller: Teller, count: int, *, first: int = 1, of: int | None = None) -> list[int]:
    """Send an album; how many bubbles each photo was answered with."""
    answers = []
    for seen in range(1, count + 1):
        teller.sends(first + seen - 1, seen=seen, total=of or count)
        answers.append(len(teller.said) + (2 if teller.refused else 0))
    return answers


def test_each_photo_is_counted() -> None:
    teller = _at_photos().sends(1)
    assert teller.heard("report.photos_count", count=1)
    assert teller.sends(2).heard("report.photos_count", count=2)
    assert teller.taps("photos", "done").asked == "phone"


def test_the_way_on_stays_on_the_bubble() -> None:
    card = _at_photos().sends(1).said[-1]
    assert card["contents"]["footer"]["contents"][0]["action"]["data"] == "f:run1:photos:done"


def test_an_album_is_answered_at_its_first_and_its_last_photo() -> None:
    teller = _at_photos()
    assert _album(teller, 5) == [1, 0, 0, 0, 1]
    assert teller.heard("report.photos_count", count=5)


def test_an_album_that_never_completes_leaves_the_question_standing() -> None:
    teller = _at_photos()
    assert _album(teller, 3, of=5) == [1, 0, 0]
    assert teller.asked == "photos"
    assert teller.says("ไปต่อ").asked == "phone"


def test_an_album_as_the_first_thing_asks_what_happened() -> None:
    teller = Teller()
    assert _album(teller, 4) == [1, 0, 0, 1]
    assert teller.heard("report.ask_description_with_photos", count=4)
    assert teller.says("ไฟถนนดับทั้งซอย").asked == "place"


def test_an_album_larger_than_we_take_is_told_once() -> None:
    teller = _at_photos()
    assert _album(teller, 15) == [1, *[0] * 13, 2]
    assert teller.refused == "report.photos_full_refused" and len(teller.slots["media"]) == 10


def test_the_eleventh_photo_by_itself_is_refused() -> None:
    teller = _at_photos()
    for number in range(1, 11):
        teller.sends(number)
    assert teller.heard("report.photos_full", count=10)
    assert teller.sends(11).refused == "report.photos_full_refused" and 11 not in teller.slots["media"]


def test_the_same_photo_twice_counts_once() -> None:
    teller = _at_photos().sends(1).sends(1)
    assert teller.slots["media"] == [1] and teller.said == []


def test_a_photo_while_something_else_is_asked_is_counted_and_the_question_put_again() -> None:
    teller = Teller().says("ไฟถนนดับทั้งซอย").sends(1)
    assert teller.asked == "place" and teller.heard("report.photo_added", count=1)
    late = _at_photos().taps("photos", "done").sends(1)
    assert late.asked == "phone" and late.heard("report.photo_added", count=1)


def test_voice_and_video_are_kept_and_not_counted_as_photos() -> None:
    teller = _at_photos().sends(1, kind="video")
    assert teller.heard("report.ask_photos_with_recording")
    assert teller.sends(2).heard("report.photos_count", count=1)
    late = Teller().to_review().sends(9, kind="audio")
    assert late.heard("report.attachment_kept") and late.asked == "review"


def test_a_voice_message_first_offers_to_stand_for_words() -> None:
    teller = Teller().sends(1, kind="audio")
    labels = [item["action"]["label"] for item in teller.said[-1]["quickReply"]["items"]]
    assert teller.asked == "description" and labels[0] == "ใช้เสียงแทน"


def test_all_photos_can_be_taken_away() -> None:
    teller = _at_photos().sends(1).sends(2).taps("photos", "clear")
    assert "media" not in teller.slots and teller.heard("report.photos_cleared") and teller.asked == "photos"


def test_one_photo_can_be_taken_back() -> None:
    slots = _at_photos().sends(1).sends(2, kind="video").slots
    assert forget_media(slots, 2) == {"media": [1], "recordings": None}
    assert forget_media(slots, 99) == {"media": [1, 2], "recordings": [2]}


def test_words_while_photos_are_asked_for_belong_to_the_story() -> None:
    teller = _at_photos().says("ดับมาสามวันแล้ว")
    assert teller.slots["description"].endswith("ดับมาสามวันแล้ว") and teller.asked == "photos"


def test_a_nod_is_not_made_part_of_the_story() -> None:
    teller = _at_photos()
    assert teller.says("ได้ครับ").refused == "report.photos_send"
    assert teller.says("👍").refused == "report.not_here"
    assert teller.sends(1).says("โอเค").asked == "phone"


def test_no_photos_in_words() -> None:
    for words in ("ไม่มีรูปครับ", "ไม่ได้ถ่าย", "ข้าม", "no photos"):
        assert _at_photos().says(words).asked == "phone"
