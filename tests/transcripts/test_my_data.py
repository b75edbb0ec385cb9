"""A person and their own data: what is kept, a copy of it, and the links that lead to it."""

import io
import json
import zipfile
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import select

from storage.models import DataRequest
from tests.chat import Chat, Person
from tests.transcripts.test_followers import SPOT, joins


def _link(chat: Chat, person: Person) -> str:
    """The path that the button of the copy opens."""
    person.sees("my_data.ready")
    assert person.last
    uri = person.last.message["contents"]["footer"]["contents"][0]["action"]["uri"]
    assert uri.startswith(chat.settings.public_base_url)
    return str(urlsplit(uri).path)


def _fetch(chat: Chat, path: str) -> requests.Response:
    return requests.get(chat.web.url + path, timeout=30)


def _open(chat: Chat, person: Person) -> tuple[dict[str, Any], zipfile.ZipFile]:
    answer = _fetch(chat, _link(chat, person))
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    return json.loads(packed.read("data.json")), packed


def test_what_is_kept_is_told_in_one_bubble(quick_chat: Chat) -> None:
    nid, dao = quick_chat.citizen("Nid"), quick_chat.citizen("Dao")
    number = quick_chat.has_case(dao, place=SPOT)
    quick_chat.has_case(nid, phone="0812345678", name="สมหญิง")
    joins(nid, number)
    nid.says("ข้อมูลของฉัน").sees("talk.my_data", cases=1, followed=1, phones=1, names=1, draft="ไม่มี")
    assert len(nid.heard()) == 1
    nid.reaches("photos").says("ข้อมูลของฉัน").sees("talk.my_data", draft="มี").sees("report.ask_photos")


def test_a_copy_holds_what_is_ones_own_and_nothing_of_others(chat: Chat) -> None:
    office, nid, dao = chat.coordinators("district:1026", "Somchai"), chat.citizen("Nid"), chat.citizen("Dao")
    other = chat.has_case(dao, description="ไฟดับหน้าบ้านยายมี", place=SPOT, phone="0899999999", name="ดาวเรือง")
    joins(nid, other)
    nid.sends_photo().taps("talk.report_new").sees("report.ask_description_with_media")
    nid.says("ขยะกองหน้าบ้านป้าศรี ซอยประชาสงเคราะห์ 5 เขตดินแดง").sees("report.place_ok").taps("report.place_yes")
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").taps("button.confirm_send")
    nid.sees("told.received")
    number = chat.case().number
    card = office.gets_card(number)
    office.member().quotes(card, "รับทราบครับ ผมสมศักดิ์จะไปดู")
    office.member().quotes(card, "กำลังทำครับ")
    nid.sees("told.start", number=number)
    nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making")
    words, packed = _open(chat, nid)
    [mine] = words["cases"]
    assert (mine["number"], mine["words"]) == (number, "ขยะกองหน้าบ้านป้าศรี ซอยประชาสงเคราะห์ 5 เขตดินแดง")
    assert [case["number"] for case in words["followed_cases"]] == [other]
    assert words["person"]["line_user_id"] == nid.id
    assert any("ป้าศรี" in message["words"] for message in words["messages_kept"])
    [photo] = mine["files"]
    assert packed.read(f"files/{photo}").startswith(b"\xff\xd8")
    whole = json.dumps(words, ensure_ascii=False)
    for secret in ("ยายมี", "0899999999", "ดาวเรือง", "สมศักดิ์", "Somchai", dao.id, "ซอยลับ"):
        assert secret not in whole, secret


def test_a_report_half_told_and_a_secret_case_are_in_the_copy(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    quick_chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    nid.reaches("photos").says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making").sees("report.ask_photos")
    words, _ = _open(quick_chat, nid)
    assert words["cases"][0]["confidential"] is True
    assert words["report_not_sent"]["description"] == "ไฟถนนดับทั้งซอย มืดมาก"


def test_somebody_of_whom_nothing_is_kept(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ข้อมูลของฉัน").sees("talk.my_data", cases=0).taps("my_data.copy").sees("my_data.making")
    words, _ = _open(quick_chat, nid)
    assert words["cases"] == []


def test_a_link_opens_nothing_else_and_ends(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ข้อมูลของฉัน").taps("my_data.copy")
    path = _link(quick_chat, nid)
    answer = _fetch(quick_chat, path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/zip"
    said, _, signature = path.removeprefix("/my-data/").partition(".")
    for forged in (
        f"2y{said.partition('y')[2]}.{signature}",
        f"{said[:-1]}{'e' if said[-1] == 'f' else 'f'}.{signature}",
        f"{said}.{signature[:-1]}A" if signature[-1] != "A" else f"{said}.{signature[:-1]}B",
        said,
        "",
        f"{said}.",
    ):
        assert _fetch(quick_chat, f"/my-data/{forged}").status_code == 404, forged
    assert _fetch(quick_chat, f"/media/{said}.{signature}").status_code == 404
    quick_chat.waits(hours=24, minutes=1)
    assert _fetch(quick_chat, path).status_code == 410
    assert quick_chat.parts.copies
    quick_chat.parts.copies.make_due()
    with quick_chat.reads() as session:
        assert session.scalars(select(DataRequest.path)).one() is None
    assert list((quick_chat.folder / "media").rglob("*.zip")) == []


def test_one_at_a_time_and_three_a_day(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    assert quick_chat.parts.copies
    for _ in range(3):
        nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making").sees("my_data.ready")
    nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.copies_enough", count=3)
    quick_chat.waits(days=1, minutes=1)
    nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making").sees("my_data.ready")
    quick_chat.redelivers_everything().changes_nothing()
    assert quick_chat.count(DataRequest) == 4


@pytest.mark.parametrize("tries", [5])
def test_a_copy_that_cannot_be_made_is_given_up_and_said(quick_chat: Chat, tries: int) -> None:
    nid = quick_chat.citizen("Nid")
    quick_chat.parts.copies.stop()  # type: ignore[union-attr]
    nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making")
    nid.says("ข้อมูลของฉัน").taps("my_data.copy").sees("my_data.making")
    assert quick_chat.count(DataRequest) == 1
    with quick_chat.parts.database.begin() as session:
        session.scalars(select(DataRequest)).one().attempts = tries
    quick_chat.restarts()
    nid.sees("my_data.failed")


def test_the_words_of_the_buttons_do_the_same(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ดาวน์โหลดข้อมูลของฉัน").sees("my_data.making").sees("my_data.ready")
    nid.says("ลบข้อมูลของฉัน").sees("my_data.ask_erase").taps("my_data.erase_no").sees("my_data.not_erased")
