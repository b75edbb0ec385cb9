"""No telephone number of a reporter reaches a group by their own words; other numbers are left alone."""

import pytest

from cases.phones import find_personal, hide_one, hide_personal, hide_phones


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
        "０８１-２３４-５６７８",
        "081 - 234 - 5678",
        "081    234    5678",
        "081....234....5678",
        "0 8 1 2 3 4 5 6 7 8",
        "081-\n234-5678",
        "081_234_5678",
        "081/234/5678",
        "081\u2011234\u20115678",
        "๐๘๑\u2011๒๓๔\u2011๕๖๗๘",
        "081\u2013234\u20135678",
        "081\u00a0234\u00a05678",
        "081\u2060-\u200b234-5678",
        "(081)2345678",
        "0066812345678",
        "0066 81 234 5678",
        "00 66 81 234 5678",
        "+66 (0)81-234-5678",
        "+66-2-123-4567",
        "+๖๖ ๘๑ ๒๓๔ ๕๖๗๘",
        "021234567",
        "0-2123-4567",
        "02 123 4567",
        "๐๒-๑๒๓-๔๕๖๗",
        "038-123456",
        "02-123-4567-8",
    ],
)
def test_a_number_is_hidden_however_it_is_written(number: str) -> None:
    assert hide_phones(f"โทร{number}นะคะ", "(…)") == "โทร(…)นะคะ"


@pytest.mark.parametrize(
    "desk",
    [
        " ต่อ 12",
        "ต่อ12",
        " ต่อ 1201",
        " ต่อ ๑๒",
        " ต่อ 12-15",
        " เบอร์ต่อ 12",
        " ext. 12",
        " ext 12",
        " Ext.1201",
        " #12",
        ", ต่อ 9",
    ],
)
def test_the_desk_behind_a_switchboard_goes_with_its_number(desk: str) -> None:
    assert hide_phones(f"โทร 02-123-4567{desk} ฝ่ายโยธา", "(…)") == "โทร (…) ฝ่ายโยธา"


@pytest.mark.parametrize("more", [" ต่อให้เสร็จ", " ต่อ 3 วัน", " ต่อจากนี้", " ถึงเที่ยง", " บ้านเลขที่ 12", " ซอย 5", " 2 คน"])
def test_what_follows_a_number_and_is_no_desk_stays(more: str) -> None:
    assert hide_phones(f"081-234-5678{more}", "(…)") == f"(…){more}"


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("081-234-5678 หรือ 02-123-4567", "(…) หรือ (…)"),
        ("081-234-5678/02-123-4567", "(…)/(…)"),
        ("0812345678,0823456789", "(…),(…)"),
        ("0812345678 0823456789", "(…) (…)"),
        ("02-123-4567 ต่อ 12, 081-234-5678", "(…), (…)"),
        ("+66812345678 ๐๘๒-๓๔๕-๖๗๘๙", "(…) (…)"),
    ],
)
def test_two_numbers_are_hidden_one_by_one(words: str, hidden: str) -> None:
    assert hide_phones(words, "(…)") == hidden


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("โทร0812345678ครับ", "โทร(…)ครับ"),
        ("เบอร์081-2345678บ้านสมชาย", "เบอร์(…)บ้านสมชาย"),
        ("tel:0812345678", "tel:(…)"),
        ("line0812345678x", "line(…)x"),
        ("น้ำท่วมซอย 5 0812345678 ค่ะ", "น้ำท่วมซอย 5 (…) ค่ะ"),
        ("(โทร.02-1234567)", "(โทร.(…))"),
    ],
)
def test_a_number_inside_words_is_hidden(words: str, hidden: str) -> None:
    assert hide_phones(words, "(…)") == hidden


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
        "01/12/2569 08:30-16:30 น.",
        "เวลา 08.30-16.30 น. ต่อ 3 วัน",
        "ซอย 08/1 แยก 2 บ้าน 34/567",
        "งบ 2,345,678 บาท",
        "กม. 02+345",
        "2026-11-21 08:30",
        "1234567890123",
        "0812345",
        "ทะเบียน 1กก 1234 กับ 2ขข 5678",
        "",
    ],
)
def test_what_is_no_number_to_call_stays(words: str) -> None:
    assert hide_phones(words, "(…)") == words


def test_somebodys_own_number_is_told_from_the_line_of_an_office() -> None:
    words = "ช่างเอก +66 81 234 5678 ฝ่ายโยธา 02-246-0301 ต่อ 12 ศูนย์ 053-123456 โทร 1676 FT6911-00042"
    assert find_personal(words) == "+66 81 234 5678"
    assert hide_personal(words, "(…)") == words.replace("+66 81 234 5678", "(…)")
    assert hide_personal(words, "(…)", own="0812345678") == words
    assert find_personal(words, own="081-234-5678") is None
    assert hide_one("โทร ๐๘๑-๒๓๔-๕๖๗๘ หรือ 02-246-0301", "0812345678", "(…)") == "โทร (…) หรือ 02-246-0301"
    assert hide_one(words, None, "(…)") == words
