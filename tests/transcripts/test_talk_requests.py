"""What people ask for beside reporting: answered, never taken for a problem, and a report half told is kept."""

import pytest

from storage.models import Case
from tests.chat import Chat, Person

ASKED = [
    ("ข้อมูลของฉัน", "talk.my_data"),
    ("ขอลบข้อมูลของฉัน", "talk.my_data"),
    ("กิจกรรมใกล้คุณ", "talk.no_events"),
    ("ขอคุยกับคน", "talk.human"),
    ("อยากคุยกับเจ้าหน้าที่หน่อยค่ะ", "talk.human"),
    ("เรื่องที่แจ้งไปถึงไหนแล้ว", "track.none"),
    ("เรื่องถึงไหนแล้วคะ", "track.none"),
    ("เมื่อไหร่จะมาซ่อม", "track.none"),
    ("ขอเบอร์เขตดินแดง", "talk.no_office_phone"),
    ("ไม่มีอะไรค่ะ", "talk.no_matter"),
    ("ขอสอบถามหน่อยค่ะ", "welcome.help_title"),
    ("มีใครอยู่ไหมคะ", "talk.human"),
    ("กดผิด", "talk.no_matter"),
    ("เพิ่มข้อมูล", "talk.withdraw_none"),
]


@pytest.mark.parametrize(("text", "answer"), ASKED)
def test_with_nothing_open_no_report_begins(quick_chat: Chat, text: str, answer: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(text).sees(answer)
    assert len(nid.heard()) == 1
    nid.says("ย้อนกลับ").sees("talk.nothing_open")


@pytest.mark.parametrize(("text", "answer"), ASKED)
def test_in_the_middle_of_a_report_it_is_answered_and_asked_again(quick_chat: Chat, text: str, answer: str) -> None:
    beside = {
        "talk.human": "talk.human_and_draft",
        "talk.no_matter": "talk.no_matter_on",
        "talk.withdraw_none": "addition.ask",
    }
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").says(text).sees(beside.get(answer, answer)).sees("report.ask_place")


@pytest.mark.parametrize(
    "text",
    [
        "ไม่มีอะไรกั้นท่อ น้ำท่วมเข้าบ้าน",
        "กิจกรรมงานวัดเสียงดังมากทั้งคืน",
        "ติดต่อเจ้าหน้าที่ไม่ได้ ไฟถนนดับทั้งซอย",
        "ข้อมูลของฉันแจ้งไว้แล้ว ถนนเป็นหลุมเหมือนเดิม",
        "ถนนเป็นหลุมลึก เมื่อไหร่จะมาซ่อม",
    ],
)
def test_a_problem_that_holds_such_words_begins_a_report(quick_chat: Chat, text: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(text)
    nid.says("แจ้งเรื่อง").sees("talk.draft_waits")


def test_my_data_leads_to_the_notice(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ข้อมูลของฉัน").sees("talk.my_data")
    assert "https://fasttrack.example/privacy" in str(nid.last.message if nid.last else "")


def test_a_report_begun_by_mistake_is_closed(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("แจ้งเรื่อง").sees("report.ask_description").says("กดผิดค่ะ").sees("talk.no_matter")
    nid.says("ย้อนกลับ").sees("talk.nothing_open")


def test_nothing_is_an_answer_where_a_question_may_be_passed_by(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("photos").says("ไม่มีอะไรแล้ว").sees("report.ask_phone").says("ไม่มี").sees("report.ask_name")


# --- adding -----------------------------------------------------------------------------------------
def test_adding_to_the_only_open_case(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.says("เพิ่มข้อมูล").sees("talk.add_to", number=number).sees("addition.ask")
    nid.says("ต้นที่สาม").taps("addition.done")
    nid.sees("talk.passed_on", number=number)


def test_adding_with_several_open_cases_shows_them(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    first = nid.reports()
    second = nid.reports(what="ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ")
    nid.says("ขอเพิ่มข้อมูลค่ะ").sees("talk.add_which").reads(first).reads(second)
    nid.says(f"เพิ่มข้อมูล {first}").sees("addition.ask").says("ต้นที่สาม").taps("addition.done")
    nid.sees("talk.passed_on", number=first)


# --- of a case, while another is being told ---------------------------------------------------------
def _mid_report(chat: Chat) -> tuple[Person, str]:
    nid = chat.citizen("Nid")
    number = nid.reports()
    return nid.reaches("place"), number


@pytest.mark.parametrize("form", ["ติดตามเรื่อง {}", "{} ถึงไหนแล้ว", "ขอติดตามเรื่อง {} หน่อยค่ะ"])
def test_tracking_by_number_keeps_the_report(quick_chat: Chat, form: str) -> None:
    nid, number = _mid_report(quick_chat)
    nid.says(form.format(number)).sees("happened.report").sees("report.ask_place")


def test_when_will_you_come_shows_my_cases_and_keeps_the_report(quick_chat: Chat) -> None:
    nid, number = _mid_report(quick_chat)
    nid.says("เมื่อไหร่จะมาซ่อม").reads(number).sees("report.ask_place")
    nid.says("ซอย 5 เขตดินแดง").sees("report.place_ok")


@pytest.mark.parametrize("form", ["ถอนเรื่อง {}", "{} ถอนเรื่อง", "ขอถอนเรื่องค่ะ"])
@pytest.mark.parametrize(
    ("answer", "said", "status"),
    [("ใช่ค่ะ", "talk.withdrawn", "withdrawn"), ("ไม่ถอน", "talk.withdraw_kept", "new")],
)
def test_withdrawing_keeps_the_report(quick_chat: Chat, form: str, answer: str, said: str, status: str) -> None:
    nid, number = _mid_report(quick_chat)
    nid.says(form.format(number)).sees("talk.withdraw_ask", number=number)
    nid.says(answer).sees(said, number=number).sees("report.ask_place")
    assert quick_chat.case(number).status == status
    nid.says("ซอย 5 เขตดินแดง").sees("report.place_ok")


def test_something_else_than_yes_or_no_withdraws_nothing_and_is_heard(quick_chat: Chat) -> None:
    nid, number = _mid_report(quick_chat)
    nid.says(f"ถอนเรื่อง {number}").sees("talk.withdraw_ask")
    nid.says("ซอย 5 เขตดินแดง").sees("talk.withdraw_kept", number=number).sees("report.place_ok")
    nid.says(f"ถอนเรื่อง {number}").sees("talk.withdraw_ask").sends_photo()
    nid.sees("talk.withdraw_kept", number=number).sees("report.photo_added", count=1).sees("report.place_ok")
    assert quick_chat.case(number).status == "new"


def test_a_yes_to_withdrawing_does_not_send_the_report_that_waits(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.reaches("review").says(f"ถอนเรื่อง {number}").sees("talk.withdraw_ask").says("ใช่")
    nid.sees("talk.withdrawn", number=number).sees("review.title")
    assert quick_chat.count(Case) == 1


def test_a_button_of_the_report_while_withdrawing_is_asked(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.reaches("review").says(f"ถอนเรื่อง {number}").sees("talk.withdraw_ask")
    nid.taps("button.confirm_send").sees("told.kept")
    assert quick_chat.case(number).status == "new" and quick_chat.count(Case) == 2


def test_withdrawing_in_the_middle_of_adding_keeps_what_was_added(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    first, second = nid.reports(), nid.reports(what="ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ")
    nid.reaches("place").says(f"เพิ่มข้อมูล {first}").says("ต้นที่สาม").sees("addition.ask_more")
    nid.says(f"ถอนเรื่อง {second}").sees("talk.withdraw_ask").taps("talk.withdraw_yes")
    nid.sees("talk.withdrawn", number=second).sees("addition.ask_more").taps("addition.done")
    nid.sees("talk.passed_on", number=first).sees("report.ask_place")


def test_calling_off_this_matter_calls_off_the_report_that_is_told(quick_chat: Chat) -> None:
    nid, number = _mid_report(quick_chat)
    nid.says("ยกเลิกเรื่องนี้").sees("talk.cancelled")
    assert quick_chat.case(number).status == "new"
