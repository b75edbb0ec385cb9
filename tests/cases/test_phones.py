"""No telephone number of a reporter reaches a group by their own words; other numbers are left alone."""

import pytest

from cases.phones import hide_phones


@pytest.mark.parametrize(
    "number",
    [
        "0812345678",
        "081-234-5678",
        "081 234 5678",
        "08.1234.5678",
        "02-123-4567",
        "(02) 123 4567",
        "+66812345678",
        "+66 81 234 5678",
        "66 81 234 5678",
        "๐๘๑๒๓๔๕๖๗๘",
        "๐๘๑-๒๓๔-๕๖๗๘",
    ],
)
def test_a_number_is_hidden_however_it_is_written(number: str) -> None:
    assert hide_phones(f"โทร{number}นะคะ", "(…)") == "โทร(…)นะคะ"


def test_two_numbers_are_hidden_one_by_one() -> None:
    assert hide_phones("081-234-5678 หรือ 02-123-4567", "(…)") == "(…) หรือ (…)"


@pytest.mark.parametrize(
    "words",
    [
        "FT6911-00042",
        "โทร 1676 หรือ 1669",
        "ซอย 5 แยก 12 บ้านเลขที่ 99/1234",
        "13.756331, 100.501765",
        "0.123456789",
        "เสาไฟหมายเลข 1234567890",
        "รหัสไปรษณีย์ 10400 วันที่ 01/12/2569",
        "",
    ],
)
def test_what_is_no_number_to_call_stays(words: str) -> None:
    assert hide_phones(words, "(…)") == words
