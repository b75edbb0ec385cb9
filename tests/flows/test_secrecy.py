"""A wish for secrecy at any step of a report: asked what it means, never put into the story, and theirs to change."""

from tests.flows.teller import Teller
from tests.transcripts.test_secret_wishes import ASKED, BESIDE


def test_it_is_asked_wherever_it_is_said() -> None:
    for words in ASKED:
        first = Teller().says(words)
        assert (first.asked, first.slots) == ("secret", {"wish": True}), words
        assert first.taps("secret", "officers").asked == "description"
        again = first.says("ไฟถนนดับทั้งซอย มืดมาก").says(words)
        assert again.asked == "secret" and again.goes_back().asked == "place" and again.slots["secret"] == "officers"
        last = Teller().to_review()
        before = last.slots
        assert last.says(words).asked == "secret" and last.goes_back().slots == before, words
        assert last.says(words).taps("secret", "officers").heard("report.secret_officers_kept")
        assert (last.asked, last.slots["secret"], last.slots["description"]) == (
            "review",
            "officers",
            before["description"],
        )
        assert last.edits("secret").taps("secret", "usual").slots["name"] == ""


def test_beside_a_story_the_story_is_kept() -> None:
    teller = Teller().says(BESIDE[0])
    assert teller.asked == "secret" and teller.slots["description"] == BESIDE[0]
    assert teller.says("ส่งยังไงก็ได้").asked == "secret"
    assert teller.says(ASKED[0]).slots["secret"] == "officers"


def test_where_the_name_is_asked_for_not_to_be_seen_is_the_answer() -> None:
    teller = Teller().to_review().edits("name").says("ขอปกปิด")
    assert teller.asked == "review" and "wish" not in teller.slots
