"""Words of danger bring the numbers to ring; floods are refused in plain words; offices without a group."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.models import Case
from tests.chat import Chat


@pytest.fixture
def strict_chat(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """Two reports a day, no more."""
    with Chat(sqlite_url, tmp_path, monkeypatch, reports_per_day=2) as running:
        yield running
        running.must_be_clean()


def test_danger_in_the_first_words_brings_the_numbers_first_and_goes_on(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says("ไฟไหม้บ้านข้าง ๆ ตอนนี้").sees("welcome.call_199").sees("report.ask_place")
    assert nid.heard()[0].startswith("ถ้ามีอันตราย")
    nid.says("ยังไฟไหม้อยู่ ซอย 5 เขตดินแดง").sees("report.place_ok")
    assert len(nid.heard()) == 1
    nid.taps("report.place_yes").taps("report.no_photos").taps("report.no_phone").taps("report.hide_name")
    nid.sees("review.danger")


def test_danger_in_the_very_first_words_comes_before_the_welcome(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid", follows=False)
    nid.says("ไฟไหม้บ้านข้าง ๆ ตอนนี้").sees("welcome.notice").sees("report.ask_place")
    heard = nid.heard()
    assert heard[0].startswith("ถ้ามีอันตราย") and len(heard) == 5, "all of it goes by the one free reply"


@pytest.mark.parametrize("step", ["category", "place", "place_ok", "photos", "phone", "name", "review"])
def test_danger_at_any_step(quick_chat: Chat, step: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches(step).says("มีคนถูกยิง เลือดออกมาก ช่วยด้วย").sees("welcome.call_191").sees("welcome.call_1669")
    assert len(nid.heard()) >= 2


@pytest.mark.parametrize("said", ["ช่วยด้วย", "สายไฟขาดห้อยลงมาบนถนน", "มีคนจะฆ่าตัวตาย"])
def test_the_first_words_bring_every_number_before_any_question(quick_chat: Chat, said: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.says(said).sees("welcome.call_199").sees("welcome.call_191").sees("welcome.call_1669")
    assert nid.heard()[0].startswith("ถ้ามีอันตราย")


def test_who_speaks_of_ending_a_life_is_offered_someone_to_talk_to(quick_chat: Chat) -> None:
    quick_chat.citizen("Nid").says("มีคนจะฆ่าตัวตาย").sees("welcome.call_1323")


def test_danger_told_of_an_older_case(quick_chat: Chat) -> None:
    quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.says(f"{number} ตอนนี้ไฟไหม้แล้ว").sees("welcome.call_199").sees("talk.passed_on", number=number)


def test_an_urgent_case_is_urgent_for_the_group(quick_chat: Chat) -> None:
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    number = nid.reports(what="เสาไฟล้มขวางถนน ไฟดูดคนเดินผ่านตอนนี้")
    assert "ด่วน มีอันตราย" in din_daeng.gets_card(number).text


def test_one_report_too_many_is_kept_for_tomorrow(strict_chat: Chat) -> None:
    nid = strict_chat.citizen("Nid")
    nid.reports()
    nid.reports()
    strict_chat.waits(hours=1)
    nid.reaches("review").taps("button.confirm_send").sees("talk.too_many", count=2)
    assert strict_chat.count(Case) == 2
    nid.taps("button.confirm_send").sees("talk.too_many", count=2)
    strict_chat.waits(hours=24)
    nid.says("แจ้งเรื่อง").sees("talk.draft_waits").taps("talk.go_on").sees("review.title")
    nid.taps("button.confirm_send").sees("told.kept")
    assert strict_chat.count(Case) == 3


def test_the_limit_is_each_persons_own(strict_chat: Chat) -> None:
    nid, dao = strict_chat.citizen("Nid"), strict_chat.citizen("Dao")
    nid.reports()
    nid.reports()
    dao.reports()
    assert strict_chat.count(Case) == 3


def test_an_office_without_a_group_is_told_honestly_and_gets_it_when_it_binds(chat: Chat) -> None:
    duty = chat.coordinators("omb")
    nid = chat.citizen("Nid")
    number = nid.reports()
    nid.sees("told.kept", number=number, office="สำนักงานเขตดินแดง")
    duty.sees("staff.no_group", number=number, office="สำนักงานเขตดินแดง")
    assert chat.case().status == "new"
    nid.says(number).sees("status.new")
    din_daeng = chat.coordinators("district:1026")
    din_daeng.gets_card(number)
    nid.sees("told.dispatched", number=number, office="สำนักงานเขตดินแดง")
    assert chat.case().status == "dispatched"


def test_without_any_group_at_all_the_number_comes(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    number = nid.reports()
    nid.sees("told.kept", number=number)
    assert "1676" in nid.heard()[-1]
