"""The categories' table holds what the chat, the clocks and Traffy need of it."""

import unicodedata

import pytest

from cases.categories import (
    UnknownCategory,
    categories_of_traffy_type,
    find_category,
    get_category,
    list_categories,
)

# Both vocabularies of Traffy Fondue: the older 24 types, then those seen in 2026.
TRAFFY_TYPES = [
    "ถนน",
    "ทางเท้า",
    "ความสะอาด",
    "ความปลอดภัย",
    "กีดขวาง",
    "แสงสว่าง",
    "ท่อระบายน้ำ",
    "เสียงรบกวน",
    "ร้องเรียน",
    "ป้าย",
    "จราจร",
    "สะพาน",
    "น้ำท่วม",
    "คลอง",
    "สายไฟ",
    "ต้นไม้",
    "สัตว์จรจัด",
    "PM2.5",
    "คนจรจัด",
    "สอบถาม",
    "เสนอแนะ",
    "การเดินทาง",
    "ห้องน้ำ",
    "ป้ายจราจร",
    "อื่นๆ",
    "ผิดกฎจราจร",
    "จุดเสี่ยง",
    "ขยะ",
    "ไฟฟ้า",
    "ภัยทางถนน",
    "ขอความช่วยเหลือ",
    "อาคารสถานที่ชำรุด",
    "เสียง",
    "ฝุ่นควัน&กลิ่น&PM2.5",
    "ประปา",
    "ภัยอื่นๆ",
    "สัตว์",
    "สายสื่อสาร",
    "อุทกภัย",
    "ขอใช้บริการ",
    "หาบเร่แผงลอย",
    "เผาในที่โล่ง",
    "คุ้มครองผู้บริโภค",
    "อุปกรณ์ชำรุด",
    "บริจาค/ช่วยเหลือ",
    "ผู้พิการ+ใช้ล้อ",
    "สถานบันเทิง",
    "กรุงเทพโปร่งใส",
    "คนเร่ร่อน",
    "ชื่นชม",
    "ทุจริต",
    "อัคคีภัย",
    "อุบัติเหตุ",
    "ภัยแล้ง",
    "ไฟป่า",
    "เรื่องฉุกเฉิน",
]


def test_an_unknown_code_is_refused_with_the_known_ones_named() -> None:
    with pytest.raises(UnknownCategory, match=r"'potholes'.*road.*other"):
        get_category("potholes")
    assert find_category("potholes") is None


def test_a_type_that_traffy_never_had_belongs_nowhere() -> None:
    assert categories_of_traffy_type("ประเภทใหม่") == ()


@pytest.mark.parametrize("traffy_type", TRAFFY_TYPES)
def test_every_traffy_type_leads_to_a_category_and_back(traffy_type: str) -> None:
    found = categories_of_traffy_type(traffy_type)

    assert found
    assert all(traffy_type in category.traffy_types for category in found)


def test_nothing_is_mapped_that_traffy_does_not_have() -> None:
    mapped = {traffy_type for category in list_categories() for traffy_type in category.traffy_types}

    assert mapped == set(TRAFFY_TYPES)


def test_categories_open_to_all_fit_the_thirteen_quick_replies_of_line() -> None:
    assert sum(not category.confidential for category in list_categories()) <= 13


def test_codes_and_labels_are_told_apart() -> None:
    categories = list_categories()

    for names in ([c.code for c in categories], [c.th for c in categories], [c.en for c in categories]):
        assert len(set(names)) == len(names)


def test_labels_fit_a_quick_reply_and_clocks_are_among_the_three() -> None:
    for category in list_categories():
        for label in (category.th, category.en):
            assert 0 < sum(unicodedata.category(letter) != "Mn" for letter in label) <= 20
        assert category.resolve_days in (3, 7, 15)


def test_complaints_about_officials_are_confidential_and_road_danger_stands_by_itself() -> None:
    assert [category.code for category in list_categories() if category.confidential] == ["official"]
    assert get_category("road_safety").danger_prone
    assert get_category("other").code == "other"
