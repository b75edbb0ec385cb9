"""Reports in the words of citizens find their category among three, and first where the words are plain."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.categories import categories_of_traffy_type, list_categories
from cases.triage import suggest
from places.khwaeng import list_khwaeng
from places.organisations import list_khet

REPORTS = Path(__file__).parents[3] / "shared" / "data" / "category_dev.csv"


@pytest.mark.parametrize("text", ["", " \n ", "😀😀", "55555", "สวัสดีครับ", "hello there", "\u200b", "ๆๆๆ", "\ud800"])
def test_words_that_say_nothing_offer_other_and_are_not_sure(text: str) -> None:
    suggestion = suggest(text)

    assert "other" in suggestion.codes
    assert not suggestion.confident


@given(st.text())
def test_any_text_gets_three_different_known_categories(text: str) -> None:
    codes = suggest(text).codes

    assert len(set(codes)) == 3
    assert set(codes) <= {category.code for category in list_categories()}


def test_a_very_long_text_is_judged_like_a_short_one() -> None:
    assert suggest("ขยะไม่มีคนมาเก็บ " * 600).codes[0] == "waste"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ไฟถนนดับทั้งซอย มืดมาก", "lighting"),
        ("ไฟดับ ถนนพหลโยธิน ซอย 8", "lighting"),
        ("เเสงสว่างไม่พอตอนกลางคืน", "lighting"),
        ("ไฟ\u200bดับ", "lighting"),
        ("ถนนเป็นหลุมเป็นบ่อหน้าตลาด", "road"),
        ("รอยต่อสะพานชำรุด", "road"),
        ("ฟุตบาธพัง กระเบื้องแตก เดินสะดุด", "footpath"),
        ("น้ำทว่มขัง ท่ออุดตัน", "drain_flood"),
        ("น้ำประปาไม่ไหลมาสองวัน", "drain_flood"),
        ("คลองเน่า ผักตบชวาเต็ม", "drain_flood"),
        ("ขยะเต็มถัง ไม่มีคนมาเก็บขยะ", "waste"),
        ("กิ่งไม้ยื่นมาบนหลังคา ช่วยตัดแต่งกิ่ง", "tree"),
        ("สัญญาณไฟจราจรเสียที่แยก", "traffic"),
        ("ไฟแดงเสีย แยกอโศก", "traffic"),
        ("หาบเร่แผงลอยกีดขวางทางเข้าบ้าน", "obstruction"),
        ("รถจอดซ้อนคันหน้าบ้านออกไม่ได้", "obstruction"),
        ("ขอทางม้าลายหน้าโรงเรียน เด็กข้ามถนนอันตราย", "road_safety"),
        ("สายสื่อสารห้อยต่ำรุงรัง", "wires"),
        ("ข้างบ้านเปิดเพลงเสียงดังรบกวนทั้งคืน", "noise_air"),
        ("ฝุ่นละอองจากไซต์งานก่อสร้าง", "noise_air"),
        ("หมาจรจัดไล่กัดคนในซอย", "animals"),
        ("คนไร้บ้านนอนหน้าตึก", "other"),
        ("ร้านเทน้ำลงผิวทางเท้า", "footpath"),
        ("street light broken on soi 5", "lighting"),
        ("Potholes everywhere on this road", "road"),
        ("the drain is clogged and it is flooding", "drain_flood"),
        ("Loud music every night", "noise_air"),
        ("cars parked and blocking the gate", "obstruction"),
        ("stray dogs bite people", "animals"),
    ],
)
def test_plain_words_put_their_category_first(text: str, code: str) -> None:
    assert suggest(text).codes[0] == code


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("ขอใบอนุญาตที่สำนักงานเขตคลองเตย", "drain_flood"),
        ("บ้านอยู่หมู่บ้านเสนา", "animals"),
        ("ระดับการให้บริการ", "lighting"),
        ("ไฟแดงนานเกินไป", "lighting"),
        ("ลำดับคิวนานมาก", "lighting"),
    ],
)
def test_names_and_longer_words_are_not_taken_for_a_problem(text: str, wrong: str) -> None:
    assert wrong not in suggest(text).codes


@pytest.mark.parametrize("text", ["ไฟถนนดับ", "ถนนเป็นหลุมลึก", "น้ำท่วมขังหน้าบ้าน", "ขยะตกค้าง", "street light is out"])
def test_a_short_plain_report_is_sure(text: str) -> None:
    assert suggest(text).confident


def test_two_problems_in_one_text_are_both_offered_and_nothing_is_sure() -> None:
    suggestion = suggest("ต้นไม้ล้มทับสายไฟ")

    assert {"tree", "wires"} <= set(suggestion.codes)
    assert not suggestion.confident


@pytest.mark.parametrize(
    "text",
    [
        "เทศกิจเรียกรับเงินจากแม่ค้า",
        "เจ้าหน้าที่รับสินบน",
        "จอดรถบนทางเท้า แผงลอยเต็มถนน กีดขวางจราจร เพราะจ่ายส่วย",
        "The officer asked for a bribe",
    ],
)
def test_words_of_corruption_offer_the_confidential_category_and_leave_the_choice_to_people(
    text: str,
) -> None:
    suggestion = suggest(text)

    assert "official" in suggestion.codes
    assert not suggestion.confident


def test_the_confidential_category_is_never_offered_without_words_for_it() -> None:
    assert all("official" not in suggest(text).codes for text in ("", "ถนนพัง", "อื่น ๆ", "ร้องเรียนเรื่องเสียงดัง"))


@pytest.mark.skipif(not REPORTS.is_file(), reason="the real reports are kept beside the project, not in it")
def test_on_real_reports_three_suggestions_hold_the_right_one_and_sure_ones_are_right() -> None:
    offered = sure = sure_and_right = 0
    with REPORTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        types = row["types"].split("|")
        right = {category.code for name in types for category in categories_of_traffy_type(name)}
        suggestion = suggest(row["text"])
        offered += bool(right & set(suggestion.codes))
        sure += suggestion.confident
        sure_and_right += suggestion.confident and suggestion.codes[0] in right

    assert offered / len(rows) >= 0.97
    assert sure / len(rows) >= 0.45
    assert sure_and_right / sure >= 0.9


KHET = [khet.name_th for khet in list_khet()]
KHWAENG = [khwaeng.name_th for khwaeng in list_khwaeng()]


@pytest.mark.parametrize("name", [*KHET, *(f"เขต{name}" for name in KHET), *(f"แขวง{name}" for name in KHWAENG)])
def test_no_name_of_a_place_tells_of_a_problem(name: str) -> None:
    assert suggest(name) == suggest("")
