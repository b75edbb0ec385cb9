"""A complaint against an office is never visible to it, whatever it is filed under."""

import pytest

from cases.shield import is_delicate


@pytest.mark.parametrize(
    "words",
    [
        "ถนนเป็นหลุม หัวหน้าฝ่ายโยธาเขตรับสินบนผู้รับเหมา",
        "เจ้าหน้าที่เขตขู่จะเอาเรื่อง กลัวมาก",
        "คนขับรถขยะขอเงินพิเศษทุกเดือนถึงจะเก็บ",
        "เทศกิจเรียกเงินแม่ค้า 500 บาท ไม่จ่ายก็ขู่",
        "เทศกิจรีดไถหาบเร่หน้าตลาด",
        "เจ้าหน้าที่พูดจาหยาบคายกับประชาชน",
        "the officer asked for money",
        "จ\u200bนท. เรียก\u200bเงินแม่ค้า",
    ],
)
def test_officials_and_what_no_office_may_do(words: str) -> None:
    assert is_delicate(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ไฟถนนดับทั้งซอย เจ้าหน้าที่ยังไม่มาซ่อม",
        "ขยะเต็มถัง เทศกิจไม่มาดูแล",
        "วัยรุ่นขู่คนเดินผ่าน",
        "ขอบคุณเจ้าหน้าที่เขตมาก",
        "เจ้าหน้าที่" + "ก" * 200 + "หยาบคาย",
    ],
)
def test_slow_work_and_the_wrongs_of_others_are_no_secret(words: str) -> None:
    assert not is_delicate(words)
