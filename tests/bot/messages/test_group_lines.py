"""What is said in a group is one line, or one question whose answers name their case."""

from bot.messages.added_photos import show_photos
from bot.messages.date_question import DateQuestionView, ask_date
from bot.messages.group_lines import UpdateLineView, asked_line, open_cases, update_line, which_case, whose_photo
from tests.bot.messages.examples import LONGEST, UGLY, case_line
from tests.bot.messages.line_judges import judge, list_actions, list_data, read_words, walk

PHOTO = "https://fasttrack.example/media/token"


def test_an_update_is_one_line_with_who_did_it_and_an_undo_that_stays() -> None:
    line = update_line(UpdateLineView(42, "FT6911-00042", "กำลังทำ", by="สมชาย", undo_id=7), "th")
    assert line["altText"] == "FT6911-00042 → กำลังทำ (คุณสมชาย)"
    assert read_words(line) == "FT6911-00042 → กำลังทำ (คุณสมชาย)\nแก้กลับ"
    assert list_data(line) == ["g:42:undo:7"]
    assert "quickReply" not in line, "a quick reply would vanish with the next message in the group"


def test_a_name_written_with_its_title_gets_no_second_one() -> None:
    line = update_line(UpdateLineView(42, "FT6911-00042", "รับทราบ", by="คุณสมชาย"), "th")
    assert "(คุณสมชาย)" in line["text"]


def test_photos_and_a_note_stay_on_the_line() -> None:
    view = UpdateLineView(42, "FT6911-00042", "แก้ไขแล้ว", by="a\nb", photo_count=2, note="นัด\nศ. 28 พ.ย.", undo_id=0)
    assert update_line(view, "th")["altText"] == "FT6911-00042 → แก้ไขแล้ว (คุณa b) · นัด ศ. 28 พ.ย. · รูป 2 รูป"


def test_an_update_that_cannot_be_undone_is_a_plain_line() -> None:
    assert update_line(UpdateLineView(42, "FT6911-00042", "ปิดเรื่อง", by=" "), "th")["type"] == "text"


def test_what_asks_for_words_can_be_called_off() -> None:
    line = asked_line("FT6911-00042 พิมพ์เหตุผล", 42, "th")
    assert (line["altText"], list_data(line)) == ("FT6911-00042 พิมพ์เหตุผล", ["g:42:call_off"])


def test_the_question_by_when_begins_with_the_number_and_its_days_stay() -> None:
    asked = ask_date(DateQuestionView(42, "FT6911-00042", "รับทราบ", 7), "th")
    assert asked["altText"] == "FT6911-00042 → รับทราบ · นัดแก้ไขเมื่อไร"
    assert list_data(asked) == ["g:42:due:0", "g:42:due:3", "g:42:due:7", "g:42:due:wait", "g:42:undo:7"]
    assert (asked["type"], asked["contents"]["size"]) == ("flex", "kilo")


def test_pictures_that_came_later_stand_below_their_line() -> None:
    shown = show_photos("FT6911-00042 ผู้แจ้งเพิ่มข้อมูล", [PHOTO, PHOTO, PHOTO], "th")
    assert shown["altText"].startswith("FT6911-00042")
    assert len([part for part in walk(shown) if part.get("type") == "image"]) == 3
    judge([shown, show_photos(UGLY, [PHOTO] * 30, "en"), show_photos(LONGEST, [PHOTO], "th")])


def test_a_photo_question_offers_ten_cases_and_none() -> None:
    question = whose_photo([case_line("th", number) for number in range(1, 15)], "p9", "th")
    assert list_data(question) == [f"g:{number}:photo:p9" for number in range(1, 11)] + ["g:0:photo:p9"]
    assert question["type"] == "flex", "a quick reply would vanish with the next message in the group"
    assert list_actions(question)[0]["label"] == "FT6911-00001", "a label of 20 letters at most, and never cut"


def test_a_question_about_words_has_its_own_verb() -> None:
    assert list_data(which_case([case_line("th", 3)], "t1", "th")) == ["g:3:pick:t1", "g:0:pick:t1"]


def test_every_open_case_opens_its_card() -> None:
    listed = open_cases([case_line("th", 2), case_line("th", 9)], "th")
    assert list_data(listed) == ["g:2:card", "g:9:card"]
    assert listed["altText"] == "งานค้าง 2 เรื่อง"


def test_the_list_says_how_many_it_leaves_out() -> None:
    listed = open_cases([case_line("th", number) for number in range(1, 60)], "th", total=200)
    *rows, behind = list_data(listed)
    shown = len(rows)
    assert behind == f"g:0:more:{shown}"
    assert f"และอีก {200 - shown} เรื่อง" in read_words(listed)


def test_the_longest_list_is_not_too_heavy() -> None:
    lines = [case_line("th", number, summary=LONGEST, place=UGLY, due=LONGEST, late=True) for number in range(1, 60)]
    judge([open_cases(lines, "th"), whose_photo(lines, "p" * 40, "th")])


def test_nothing_open_is_said_in_a_line() -> None:
    assert open_cases([], "th")["type"] == "text"
