"""The day an official names is found however it is written, and a day that is past or ruled out is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.thai_dates import find_due

THURSDAY = date(2026, 11, 5)
SATURDAY = date(2026, 11, 21)
LAST_DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "เรียบร้อยแล้ว",
        "ซ่อมเมื่อวันที่ 3 ธ.ค.",
        "ซ่อมไปเมื่อวันศุกร์",
        "หนังสือลงวันที่ 30 พฤศจิกายน 2569",
        "เก็บไปเมื่อ 3 วันก่อน",
        "แจ้งไว้ 2 วันแล้ว",
        "เดือนที่แล้ว",
        "เข้าเก็บทุกวันศุกร์",
        "เปิดทำการวันจันทร์ - วันศุกร์",
        "เปิดทำการวันจันทร์ถึงวันศุกร์",
        "วันนี้ลานะคะ",
        "พรุ่งนี้ผมลากิจครับ",
        "พรุ่งนี้หยุดชดเชย",
        "รองบประมาณปี 2570",
        "พรุ่งนี้ไม่ว่างครับ",
        "วันนี้ไม่ทัน",
        "12 พ.ย. 2568",
        "1/11/69",
        "20 ต.ค.",
        "31 กุมภาพันธ์",
        "31/2",
        "99/99/99",
        "วันที่ 45",
        "บ้านเลขที่ 15/12",
        "ซอย 12/4",
        "ม.5/12",
        "ซ่อมแล้ว 3/5 จุด",
        "เปลี่ยน 12 ดวง",
        "เวลา 10.30 น.",
        "โทร 02-123-4567",
        "โทร 081 234 5678",
        "เคส FT6912-00015",
        "ถนนจันทน์ ซอย 18",
        "ขยะตกค้างมา 5 วันแล้ว",
        "ขยะล้นมา 3 วันครับ",
        "15 ธ.ค. 2650",
        "ภายใน 999 เดือน",
        "may be done",
        "2 days ago",
        "last Friday",
        "since 15 Dec",
    ],
)
def test_no_day_ahead_is_named(text: str) -> None:
    assert find_due(text, SATURDAY) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("วันนี้ครับ", (2026, 11, 21)),
        ("ภายในเย็นนี้", (2026, 11, 21)),
        ("บ่ายนี้ช่างเข้า", (2026, 11, 21)),
        ("คืนนี้", (2026, 11, 21)),
        ("บ่ายๆ ครับ", (2026, 11, 21)),
        ("อีก 2 ชั่วโมง", (2026, 11, 21)),
        ("ภายใน 24 ชม.", (2026, 11, 22)),
        ("พรุ่งนี้เช้า", (2026, 11, 22)),
        ("พรุ้งนี้", (2026, 11, 22)),
        ("มะรืนนี้", (2026, 11, 23)),
        ("ภายใน 3 วัน", (2026, 11, 24)),
        ("ภายใน ๓ วัน", (2026, 11, 24)),
        ("อีก 7 วัน", (2026, 11, 28)),
        ("7 วันครับ", (2026, 11, 28)),
        ("2-3 วัน", (2026, 11, 24)),
        ("อีกสองสามวัน", (2026, 11, 24)),
        ("สองวัน", (2026, 11, 23)),
        ("วันสองวันนี้", (2026, 11, 23)),
        ("ภายในสิบห้าวัน", (2026, 12, 6)),
        ("3 วันทำการ", (2026, 11, 25)),
        ("ภายใน 2 สัปดาห์", (2026, 12, 5)),
        ("ไม่เกินอาทิตย์", (2026, 11, 28)),
        ("ภายใน 1 เดือน", (2026, 12, 21)),
    ],
)
def test_days_counted_from_today(text: str, due: tuple[int, int, int]) -> None:
    assert find_due(text, SATURDAY) == date(*due)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("วันศุกร์", (2026, 11, 6)),
        ("ศุกร์นี้", (2026, 11, 6)),
        ("วันศุกร์หน้า", (2026, 11, 13)),
        ("จันทร์หน้า", (2026, 11, 9)),
        ("วันพฤหัส", (2026, 11, 12)),
        ("วันพฤหัสนี้", (2026, 11, 5)),
        ("วันอาทิตย์นี้", (2026, 11, 8)),
        ("เสาร์อาทิตย์นี้", (2026, 11, 8)),
        ("อาทิตย์นี้", (2026, 11, 6)),
        ("ภายในสัปดาห์นี้", (2026, 11, 6)),
        ("สิ้นสัปดาห์", (2026, 11, 6)),
        ("อาทิตย์หน้า", (2026, 11, 13)),
        ("สัปดาห์หน้า", (2026, 11, 13)),
        ("ต้นสัปดาห์หน้า", (2026, 11, 10)),
        ("กลางอาทิตย์หน้า", (2026, 11, 11)),
        ("สิ้นเดือน", (2026, 11, 30)),
        ("ปลายเดือนนี้", (2026, 11, 30)),
        ("กลางเดือน", (2026, 11, 15)),
        ("ต้นเดือน", (2026, 11, 5)),
        ("ต้นเดือนหน้า", (2026, 12, 5)),
        ("เดือนหน้า", (2026, 12, 31)),
        ("ภายในเดือนธันวาคม", (2026, 12, 31)),
        ("ปลาย ธ.ค.", (2026, 12, 31)),
        ("เดือนมกราคม 2570", (2027, 1, 31)),
        ("สิ้นปี", (2026, 12, 31)),
        ("ก่อนปีใหม่", (2026, 12, 31)),
        ("ไม่เกินปีใหม่", (2026, 12, 31)),
        ("วันพ่อ", (2026, 12, 5)),
        ("หลังปีใหม่", (2027, 1, 15)),
        ("หลังสงกรานต์", (2027, 4, 30)),
        ("ปีหน้า", (2027, 12, 31)),
        ("งบปี 70", (2027, 9, 30)),
        ("ปีงบประมาณ 2570", (2027, 9, 30)),
    ],
)
def test_weeks_months_and_seasons(text: str, due: tuple[int, int, int]) -> None:
    assert find_due(text, THURSDAY) == date(*due)


@pytest.mark.parametrize(
    "text",
    [
        "15 ธ.ค.",
        "15 ธค",
        "๑๕ ธ.ค.",
        "วันที่ 15 ธันวาคม 2569",
        "วันอังคารที่ 15 ธันวาคม พ.ศ. 2569",
        "15 ธ.ค. 69",
        "15 ธ\u200b.ค. นี้",
        "15/12/69",
        "15/12/2569",
        "15/12/2026",
        "15-12-69",
        "15.12.2569",
        "15/12",
        "2026-12-15",
        "2569-12-15",
        "วันที่ 15",
        "วันที่ ๑๕",
        "ไม่เกินวันที่ 15",
        "วันอังคารที่ 15",
        "วันที่ 15 เดือนหน้า",
        "13-15 ธ.ค.",
        "15 Dec",
        "15th of December",
        "Dec 15, 2026",
        "by December 15",
        "เลื่อนจากวันที่ 10 ธ.ค. เป็นวันที่ 15 ธ.ค.",
        "พรุ่งนี้ไม่ได้ครับ ขอเป็น 15 ธ.ค.",
    ],
)
def test_one_day_written_in_many_ways(text: str) -> None:
    assert find_due(text, SATURDAY) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("tomorrow morning", (2026, 11, 22)),
        ("will come tonight", (2026, 11, 21)),
        ("by Friday", (2026, 11, 27)),
        ("next Monday", (2026, 11, 23)),
        ("in 3 days", (2026, 11, 24)),
        ("within two weeks", (2026, 12, 5)),
        ("within 5 working days", (2026, 11, 27)),
        ("next week", (2026, 11, 27)),
        ("by the end of the month", (2026, 11, 30)),
        ("next month", (2026, 12, 31)),
        ("before new year", (2026, 12, 31)),
    ],
)
def test_english(text: str, due: tuple[int, int, int]) -> None:
    assert find_due(text, SATURDAY) == date(*due)


def test_a_day_already_past_is_next_years_only_when_that_is_near() -> None:
    assert find_due("15 ม.ค.", SATURDAY) == date(2027, 1, 15)
    assert find_due("15 ต.ค.", SATURDAY) is None


def test_at_the_turn_of_the_year() -> None:
    assert find_due("พรุ่งนี้", LAST_DAY) == date(2027, 1, 1)
    assert find_due("สิ้นเดือน", LAST_DAY) == LAST_DAY
    assert find_due("วันที่ 5", LAST_DAY) == date(2027, 1, 5)
    assert find_due("เดือนหน้า", LAST_DAY) == date(2027, 1, 31)
    assert find_due("ภายใน 1 เดือน", date(2027, 1, 31)) == date(2027, 2, 28)


def test_on_a_weekend_this_week_is_what_is_left_of_it() -> None:
    assert find_due("ภายในสัปดาห์นี้", SATURDAY) == date(2026, 11, 22)


def test_the_first_of_several_days_counts() -> None:
    assert find_due("วันจันทร์เข้าดู แล้วเสร็จสิ้นเดือน", SATURDAY) == date(2026, 11, 23)


@given(st.text(), st.dates())
def test_whatever_is_written_the_day_is_none_or_ahead(text: str, today: date) -> None:
    due = find_due(text, today)

    assert due is None or due >= today


@given(
    st.lists(st.sampled_from(["ภายใน", "อีก", "3", "วัน", "ที่", " ", "/", "12", "ธ.ค.", "69", "สิ้น", "เดือน", "ปี", "หน้า"])),
    st.dates(),
)
def test_words_of_dates_in_any_order_do_no_harm(words: list[str], today: date) -> None:
    due = find_due("".join(words), today)

    assert due is None or due >= today


@pytest.mark.parametrize("piece", ["ภายในอีกรอ", "15/12 ", "1", "วันที่ ", "ไม่เกิน ", "081-234-", "by the end of "])
def test_long_repeated_words_are_read_at_once(piece: str) -> None:
    find_due((piece * 5_000)[:5_000], SATURDAY)
