"""What is said in a group is one line, or one question whose answers name their case."""

from bot.messages.group_lines import UpdateLineView, open_cases, update_line, which_case, whose_photo
from tests.bot.messages.examples import LONGEST, UGLY, case_line
from tests.bot.messages.line_judges import judge, list_actions, list_data, read_words


def test_an_update_is_one_line_with_who_did_it() -> None:
    line = update_line(UpdateLineView(42, "FT6911-00042", "กำลังทำ", by="สมชาย", undo_id=7), "th")
    assert line["text"] == "FT6911-00042 → กำลังทำ (คุณสมชาย)"
    assert [item["action"]["data"] for item in line["quickReply"]["items"]] == ["g:42:undo:7"]


def test_a_name_written_with_its_title_gets_no_second_one() -> None:
    line = update_line(UpdateLineView(42, "FT6911-00042", "รับทราบ", by="คุณสมชาย"), "th")
    assert "(คุณสมชาย)" in line["text"]


def test_photos_and_a_note_stay_on_the_line() -> None:
    view = UpdateLineView(42, "FT6911-00042", "แก้ไขแล้ว", by="a\nb", photo_count=2, note="นัด\nศ. 28 พ.ย.", undo_id=0)
    assert update_line(view, "th")["text"] == "FT6911-00042 → แก้ไขแล้ว (คุณa b) · นัด ศ. 28 พ.ย. · รูป 2 รูป"
    assert update_line(view, "th", "token")["quoteToken"] == "token"


def test_an_update_that_cannot_be_undone_has_no_button() -> None:
    assert "quickReply" not in update_line(UpdateLineView(42, "FT6911-00042", "ปิดเรื่อง", by=" "), "th")


def test_a_photo_question_offers_ten_cases_and_none() -> None:
    question = whose_photo([case_line("th", number) for number in range(1, 15)], "p9", "th")
    assert list_data(question) == [f"g:{number}:photo:p9" for number in range(1, 11)] + ["g:0:photo:p9"]
    assert question["type"] == "flex", "a quick reply would vanish with the next message in the group"
    assert list_actions(question)[0]["label"] == "FT6911-00001 ไฟส่องสว่าง"


def test_a_question_about_words_has_its_own_verb() -> None:
    assert list_data(which_case([case_line("th", 3)], "t1", "th")) == ["g:3:pick:t1", "g:0:pick:t1"]


def test_every_open_case_opens_its_card() -> None:
    listed = open_cases([case_line("th", 2), case_line("th", 9)], "th")
    assert list_data(listed) == ["g:2:card", "g:9:card"]
    assert listed["altText"] == "งานค้าง 2 เรื่อง"


def test_the_list_says_how_many_it_leaves_out() -> None:
    listed = open_cases([case_line("th", number) for number in range(1, 60)], "th", total=200)
    shown = len(list_data(listed))
    assert f"และอีก {200 - shown} เรื่อง" in read_words(listed)


def test_the_longest_list_is_not_too_heavy() -> None:
    lines = [case_line("th", number, summary=LONGEST, place=UGLY, due=LONGEST, late=True) for number in range(1, 60)]
    judge([open_cases(lines, "th"), whose_photo(lines, "p" * 40, "th")])


def test_nothing_open_is_said_in_a_line() -> None:
    assert open_cases([], "th")["type"] == "text"
