"""Following cases: my own whole, a stranger's only where it stands, a secret one not at all."""

import pytest

from storage.models import Case
from tests.chat import Chat, Person


def test_none(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ติดตามเรื่อง").sees("track.none").taps("button.report").sees("report.ask_description")


def test_one(quick_chat: Chat) -> None:
    quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.says("เรื่องของฉัน").sees("track.with", holder="สำนักงานเขตดินแดง").reads(number)
    nid.reads("ส่งถึงเขตดินแดง")


def test_more_than_a_screen(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    first = nid.reports()
    _copy(quick_chat, 11)
    nid.says("เรื่องของฉัน").sees("talk.earlier_cases")
    assert nid.last and first not in nid.last.words
    nid.taps("talk.earlier_cases").reads(first)
    assert nid.last and "ดูเรื่องก่อนหน้านี้" not in nid.last.words


@pytest.mark.parametrize("page", ["0", "-1", "99", "๒", "x", "999999999"])
def test_a_forged_page_breaks_nothing(quick_chat: Chat, page: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reports()
    nid.postback(f"m:track:{page}")
    assert len(nid.heard()) == 1


@pytest.mark.parametrize("form", ["{}", " {} ", "{} ถึงไหนแล้วคะ", "เรื่อง {} สถานะ", "ติดตาม {}", "{} ครับ"])
def test_my_own_by_its_number(quick_chat: Chat, form: str) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.says(form.format(number)).sees("happened.report")
    assert len(nid.heard()) == 1


@pytest.mark.parametrize(
    ("words", "said"), [("พรุ่งนี้เข้าไปซ่อมครับ", "นัดแก้ไขภายในพรุ่งนี้"), ("อีก 5 วันเสร็จครับ", "นัดแก้ไขภายใน ")]
)
def test_a_promised_day_is_said_as_people_say_it(quick_chat: Chat, words: str, said: str) -> None:
    office, nid = quick_chat.coordinators("district:1026"), quick_chat.citizen("Nid")
    number = nid.reports()
    office.member().quotes(office.gets_card(number), words)
    nid.sees("told.promise", number=number).reads(said)


def test_a_number_as_people_type_it(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    thai = number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    for typed in (
        number.lower(),
        number.replace("-", " "),
        thai,
        number.replace("FT", "ft "),
        number.removeprefix("FT"),
    ):
        nid.says(typed).sees("happened.report")


def test_a_strangers_case_shows_status_and_office_and_nothing_told(quick_chat: Chat) -> None:
    quick_chat.coordinators("district:1026")
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = nid.reports(what="ไฟถนนดับหน้าบ้านยายมี", where="ซอยลับ 77 เขตดินแดง")
    dao.says(number).sees("track.stranger_status", number=number).sees("track.stranger_why")
    told = "\n".join(dao.heard())
    assert "เขตดินแดง" in told
    assert not any(words in told for words in ("ยายมี", "ซอยลับ", "77", "ไฟส่องสว่าง", "Nid"))
    dao.says(f"{number} ถึงไหนแล้ว").sees("track.stranger_status", number=number)


def test_a_secret_case_of_another_is_as_unknown_as_none(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    nid.reaches("review").taps("review.edit_category").says("เจ้าหน้าที่ ทุจริต").sees("review.next_confidential")
    nid.taps("button.confirm_send").sees("told.kept")
    number = quick_chat.case().number
    dao.says(number).sees("talk.number_unknown", number=number)
    secret = dao.heard()
    dao.says("FT6911-09999").sees("talk.number_unknown", number="FT6911-09999")
    assert [words.replace("FT6911-09999", number) for words in dao.heard()] == secret
    nid.says(number).sees("happened.report")


def test_a_report_that_mentions_a_strangers_number_is_a_report(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = nid.reports()
    dao.says(f"ไฟถนนดับอีกแล้ว เพื่อนบ้านเคยแจ้งไว้ {number}").sees("report.ask_place")


def test_tracking_in_mid_conversation_keeps_the_draft(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.reaches("photos").says(number).sees("happened.report").sees("report.ask_photos")
    nid.says("ติดตามเรื่อง").reads(number).sees("report.ask_photos")


def test_another_persons_buttons_are_of_no_use(chat: Chat) -> None:
    din_daeng = chat.coordinators("district:1026")
    nid, dao = chat.citizen("Nid"), chat.citizen("Dao")
    number = nid.reports(what="ไฟถนนดับหน้าบ้านยายมี")
    din_daeng.member().quotes(din_daeng.gets_card(number), "แก้ไขเรียบร้อยแล้วครับ")
    nid.sees("closure.resolved_question")
    before = chat.history()
    key = chat.case().id
    for data in (
        f"c:{key}:closure:yes",
        f"c:{key}:closure:no",
        f"c:{key}:add",
        f"c:{key}:show",
        f"c:{key}:stars:1",
    ):
        dao.postback(data).sees("talk.old_button")
        _must_tell_nothing(dao, number)
    assert chat.history() == before and chat.case().status == "resolved"


def _must_tell_nothing(person: Person, number: str) -> None:
    told = "\n".join(person.heard())
    assert number not in told and "ยายมี" not in told and "ดินแดง" not in told


def _copy(chat: Chat, count: int) -> None:
    """More cases of the same person, as if told before."""
    case = chat.case()
    columns = {
        name: getattr(case, name) for name in list(Case.__table__.columns.keys()) if name not in ("id", "number")
    }
    with chat.parts.database.begin() as session:
        for index in range(count):
            session.add(Case(number=f"FT6911-{index + 10000}", **columns))
