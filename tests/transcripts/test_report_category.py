"""What kind of problem, in the chat: three best, more by pages, typed, changed later, and kept secret."""

from cases.categories import list_categories
from tests.chat import Chat


def test_the_three_best_and_pages_to_every_other(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("category")
    first = _labels(nid.last)
    assert len(first) == 3
    every: list[str] = []
    for _ in range(2):
        nid.taps("report.more_categories").sees("report.ask_category")
        every += _labels(nid.last)
    assert every == [category.th for category in list_categories()]
    nid.taps(every[-2]).sees("report.ask_place")


def test_a_kind_typed(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("category").says("👍").sees("report.category_unknown").sees("report.ask_category")
    nid.says("ทางเท้า").sees("report.ask_place")


def test_more_of_the_story_at_the_question_of_kind_is_kept_and_heard(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("มีปัญหาหน้าบ้าน").sees("report.ask_category")
    nid.says("เป็นมานานแล้วค่ะ").sees("report.description_added").sees("report.ask_category")
    nid.says("ไฟทางดับ 3 ต้น").sees("report.description_added").sees("report.ask_place")
    nid.says("ซอย 5 เขตดินแดง").taps("report.place_yes").taps("report.no_photos").taps("report.no_phone")
    nid.taps("report.hide_name").sees("review.title").reads("ไฟส่องสว่าง").taps("button.confirm_send").sees("told.kept")
    assert quick_chat.case().description == "มีปัญหาหน้าบ้าน\nเป็นมานานแล้วค่ะ\nไฟทางดับ 3 ต้น"


def test_a_pin_at_the_question_of_kind_is_acknowledged(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("category").drops_pin(13.7695, 100.5530, "ถนนดินแดง แขวงดินแดง เขตดินแดง กรุงเทพมหานคร")
    nid.sees("report.pin_got", place="เขตดินแดง แขวงดินแดง").sees("report.ask_category")
    nid.says("ทางเท้า").sees("report.ask_photos")


def test_zero_width_letters_in_words_do_not_hide_the_kind(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟ\u200bถนน\u200bดับ\ufeffทั้ง\u200bซอย มืด\u2060มาก").sees("report.ask_place")


def test_right_to_left_marks_do_not_hide_the_kind_or_a_command(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("\u202eไฟถนนดับทั้งซอย\u202c \u200fมืดมาก\u200f").sees("report.ask_place")
    nid.says("\u200fยกเลิก\u200e").sees("talk.cancelled")


def test_changed_at_the_review_and_by_an_older_button(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("review").taps("review.edit_category").sees("report.ask_category")
    older = next(one for one in quick_chat.line.list_tappable(nid.id) if ":category:" in one.action.get("data", ""))
    nid.says("ทางเท้า").sees("review.title").reads("ทางเท้า")
    nid.postback(older.action["data"]).sees("report.category_changed", category=older.label).sees("review.title")
    nid.taps("button.confirm_send").sees("told.kept")


def test_official_is_secret_from_the_district(chat: Chat) -> None:
    din_daeng, duty = chat.coordinators("district:1026"), chat.coordinators("omb")
    nid = chat.citizen("Nid")
    nid.says("เจ้าหน้าที่เทศกิจเรียกเงินใต้โต๊ะ 500 บาท").sees("report.ask_category").taps("เจ้าหน้าที่ ทุจริต")
    nid.sees("report.ask_place").says("ซอยประชาสงเคราะห์ 5 เขตดินแดง").taps("report.place_yes")
    nid.sees("report.ask_photos").sends_photo().sees("report.photos_count", count=1).taps("report.photos_done")
    nid.sees("report.ask_phone_confidential").says("0812345678").sees("review.next_confidential")
    assert "ชื่อต่อเขต" not in (nid.last.words if nid.last else "")
    nid.taps("button.confirm_send").sees("told.received", office="สำนักงานผู้ตรวจการแผ่นดิน")
    case = chat.case()
    assert (case.confidential, case.owner, case.shared_name) == (True, "omb", None)
    duty.sees("staff.confidential", number=case.number)
    told = "\n".join(duty.heard())
    assert not any(words in told for words in ("เทศกิจ", "500", "0812345678", "ประชาสงเคราะห์"))
    assert not any(case.number in words for words in din_daeng.heard())
    assert "ดินแดง" in case.place


def test_a_report_made_secret_at_the_last_look_loses_its_name(quick_chat: Chat) -> None:
    quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("name").says("สมหญิง ใจดี").sees("review.title").taps("review.edit_category")
    nid.sees("report.ask_category").says("เจ้าหน้าที่ ทุจริต").sees("review.next_confidential")
    nid.taps("button.confirm_send").sees("told.kept")
    case = quick_chat.case()
    assert (case.confidential, case.owner, case.shared_name) == (True, "omb", None)


def _labels(message: object) -> list[str]:
    """What can be chosen, without the ways on, back and out."""
    labels: list[str] = message.labels  # type: ignore[attr-defined]
    return [label for label in labels if label not in ("ดูประเภทอื่น", "ย้อนกลับ", "ยกเลิก")]
