"""One text with two problems: offered as two reports, and neither is ever lost."""

import pytest

from storage.models import Case
from tests.chat import Chat, Person

TWO = "ไฟทางดับ และมีขยะกองหน้าปากซอย"
FIRST, SECOND = "ไฟทางดับ", "มีขยะกองหน้าปากซอย"


def _tells_the_rest(person: Person) -> Person:
    person.sees("report.ask_place").says("ซอย 5 เขตดินแดง").taps("report.place_yes").taps("report.no_photos")
    person.taps("report.no_phone").taps("report.hide_name").sees("review.title")
    return person.taps("button.confirm_send")


def _reports(chat: Chat) -> list[tuple[str, str]]:
    with chat.reads() as session:
        return [(case.description, case.category) for case in session.query(Case).order_by(Case.id)]


def test_two_reports_one_after_the_other(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    nid.says(TWO).sees("report.ask_matters", first=FIRST, second=SECOND).taps("report.matters_two")
    _tells_the_rest(nid).sees("told.kept").sees("talk.second_begins", words=SECOND)
    _tells_the_rest(nid).sees("told.kept")
    assert _reports(chat) == [(FIRST, "lighting"), (SECOND, "waste")]
    assert "ต่อด้วย" not in nid.heard()[-1]
    chat.redelivers_everything().changes_nothing()


@pytest.mark.parametrize("words", ["เรื่องเดียวค่ะ", "ไม่ต้องแยก", "1"])
def test_one_report_with_all_of_it(quick_chat: Chat, words: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).sees("report.ask_matters").says(words).sees("report.ask_category").taps("ไฟส่องสว่าง")
    _tells_the_rest(nid).sees("told.kept")
    assert _reports(quick_chat) == [(TWO, "lighting")]


def test_more_words_instead_of_an_answer_are_kept_with_the_rest(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).sees("report.ask_matters").says("เป็นมาสองอาทิตย์แล้ว").sees("report.description_added")
    nid.sees("report.ask_category").taps("ไฟส่องสว่าง")
    _tells_the_rest(nid).sees("told.kept")
    assert _reports(quick_chat) == [(f"{TWO}\nเป็นมาสองอาทิตย์แล้ว", "lighting")]


def test_the_second_is_offered_where_the_first_is_cancelled(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).sees("report.ask_matters").says("สองเรื่อง").sees("report.ask_place").taps("flow.cancel")
    nid.sees("talk.cancelled").sees("talk.second_waits", words=SECOND).taps("talk.go_on")
    _tells_the_rest(nid).sees("told.kept")
    assert _reports(quick_chat) == [(SECOND, "waste")]


def test_the_second_may_be_given_up_too(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).taps("report.matters_two").sees("report.ask_place").says("ยกเลิก").sees("talk.second_waits")
    nid.taps("talk.second_no").sees("talk.cancelled")
    assert len(nid.heard()) == 1 and quick_chat.count(Case) == 0
    nid.says("ย้อนกลับ").sees("talk.nothing_open")


def test_the_first_told_anew_keeps_the_second(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).taps("report.matters_two").sees("report.ask_place").says("เริ่มใหม่").sees("report.ask_description")
    nid.says("ไฟถนนดับสามต้น และมีขยะเต็มไปหมด").sees("report.ask_category").taps("ไฟส่องสว่าง")
    _tells_the_rest(nid).sees("talk.second_begins", words=SECOND)


def test_back_asks_again_and_the_answer_may_change(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).taps("report.matters_two").sees("report.ask_place").says("ย้อนกลับ").sees("report.ask_matters")
    nid.taps("report.matters_one").sees("report.ask_category").taps("ไฟส่องสว่าง")
    _tells_the_rest(nid).sees("told.kept")
    assert _reports(quick_chat) == [(TWO, "lighting")]


def test_the_waiting_second_survives_a_restart_of_the_product(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO).taps("report.matters_two").sees("report.ask_place")
    quick_chat.restarts()
    _tells_the_rest(nid).sees("talk.second_begins", words=SECOND).sees("report.ask_place")


def test_a_text_taken_back_takes_both_along(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(TWO)
    told = nid.outcome.message_id if nid.outcome else None
    nid.taps("report.matters_two").sees("report.ask_place").unsends(str(told)).sees_nothing()
    nid.says("ยกเลิก").sees("talk.cancelled")
    assert len(nid.heard()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ต้นไม้ล้มทับสายไฟ และไฟดับทั้งซอย",
        "น้ำท่วมถนน และรถติดมาก",
        "ไฟถนนดับ และมืดมาก",
        "ไฟถนนดับซอย 5 และซอย 7",
        "ขยะส่งกลิ่นเหม็น และมีแมลงวัน",
    ],
)
def test_one_problem_told_at_length_is_not_taken_apart(quick_chat: Chat, text: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(text)
    assert not any("แยกแจ้ง" in words for words in nid.heard())
