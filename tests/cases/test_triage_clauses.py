"""Two problems in one text: heard where each is plain alone, and never where one may have led to the other."""

import pytest

from cases.triage_clauses import LONGEST, split_matters


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("ไฟทางดับ และมีขยะกองหน้าปากซอย", ("ไฟทางดับ", "มีขยะกองหน้าปากซอย")),
        ("ไฟถนนดับทั้งซอย แล้วก็มีหมาจรจัดไล่กัดคน", ("ไฟถนนดับทั้งซอย", "มีหมาจรจัดไล่กัดคน")),
        ("ไฟส่องสว่างดับ อีกเรื่องคือ ทางเท้าพัง", ("ไฟส่องสว่างดับ", "ทางเท้าพัง")),
        ("1. ไฟถนนดับ\n2. ขยะไม่มาเก็บ", ("ไฟถนนดับ", "ขยะไม่มาเก็บ")),
        (
            "The street light is out and garbage is piling up at the soi",
            ("The street light is out", "garbage is piling up at the soi"),
        ),
    ],
)
def test_two_problems(text: str, halves: tuple[str, str]) -> None:
    assert split_matters(text) == halves


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ไฟถนนดับทั้งซอย",
        "ไฟดับและมืดมาก",
        "ไฟถนนดับซอย 5 และซอย 7",
        "ต้นไม้ล้มทับสายไฟและไฟดับ",
        "น้ำท่วมถนนและรถติด",
        "ขยะอุดตันท่อ และน้ำท่วม",
        "ขยะเหม็นและมีหนู",
        "ถนนมืดเพราะไฟดับ และขยะกองเต็ม",
        "ไฟทางดับ และเจ้าหน้าที่เรียกเงินค่าเก็บขยะ",
        "ไฟถนนดับ\nบ้านเลขที่ 5 ถนนดินแดง",
        "แล้วก็" * 50,
        "ไฟทางดับ และมีขยะกองหน้าปากซอย" + " มาก" * LONGEST,
    ],
)
def test_one_problem_or_who_knows(text: str) -> None:
    assert split_matters(text) is None
