"""What people type instead of tapping, as tables: recognised where meant, left alone where not."""

import pytest

from flows import words


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("แจ้งเรื่อง", "report"),
        ("  แจ้งเรื่องครับ ", "report"),
        ("Report!", "report"),
        ("\u200fยกเลิก\u200e", "cancel"),
        ("ยกเลิกค่ะ", "cancel"),
        ("ย้อนกลับ", "back"),
        ("Start over", "restart"),
        ("คุยกับเจ้าหน้าที่", "human"),
        ("1676", "human"),
        ("English", "english"),
        ("เรื่องของฉัน", "track"),
        ("ไฟถนนดับ ยกเลิกสายไฟด้วย", None),
        ("อยากแจ้งเรื่องไฟดับ", None),
        ("back of the house is flooded", None),
        ("", None),
        ("ยกเลิก" * 20, None),
    ],
)
def test_a_command_is_the_whole_text(text: str, command: str | None) -> None:
    assert words.find_command(text) == command


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("081-234-5678", "0812345678"),
        ("081 234 5678", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("+66 (0)81-234-5678", "0812345678"),
        ("66812345678", "0812345678"),
        ("๐๘๑-๒๓๔-๕๖๗๘", "0812345678"),
        ("โทร 0812345678 ครับ", "0812345678"),
        ("0812345678 หรือ 0898765432", "0812345678"),
        ("\u202a081–234–5678\u202c", "0812345678"),
        ("02-123-4567", "021234567"),
        ("(02) 123 4567", "021234567"),
        ("081 234 567", None),
        ("081234567890", None),
        ("0000000000", None),
        ("191", None),
        ("1676", None),
        ("12345678901234", None),
        ("FT6911-00042", None),
        ("ไม่มีโทรศัพท์", None),
        ("", None),
    ],
)
def test_phone_numbers_as_people_write_them(text: str, number: str | None) -> None:
    assert words.find_phone(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("FT6911-00042", "FT6911-00042"),
        ("ft6911-00042", "FT6911-00042"),
        ("FT ๖๙๑๑-๐๐๐๔๒", "FT6911-00042"),
        ("ft 6911 00042", "FT6911-00042"),
        ("FT6911–00042", "FT6911-00042"),
        ("เรื่อง FT6911-123456 ถึงไหนแล้ว", "FT6911-123456"),
        ("FT6911-0004", None),
        ("6911-00042", None),
        ("FT-เขต", None),
    ],
)
def test_case_numbers_in_words(text: str, number: str | None) -> None:
    assert words.find_case_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6911-00042", "FT6911-00042"),
        ("๖๙๑๑-๐๐๐๔๒", "FT6911-00042"),
        ("6911 – 00042", "FT6911-00042"),
        ("0812-345678 ค่ะ", None),
        ("691100042", None),
        ("บ้านเลขที่ 6911-00042", None),
    ],
)
def test_a_number_without_its_letters_only_stands_alone(text: str, number: str | None) -> None:
    assert words.find_bare_number(text) == number


def test_what_stands_beside_a_number_is_a_question_or_something_told() -> None:
    asks = ["", "?", "ถึงไหนแล้วคะ", "สถานะ", "เป็นยังไงบ้าง", "any progress", "status", "เช็คให้หน่อย"]
    tells = ["ไฟยังดับอยู่", "มีคนมาดูแล้ว", "still dark", "ขอเพิ่มว่าต้นที่สาม"]
    assert [text for text in asks if not words.asks_status(text)] == []
    assert [text for text in tells if words.asks_status(text)] == []


@pytest.mark.parametrize("text", ["ใช่", "ใช่ครับ", "ถูกต้องค่ะ", "OK", "โอเคค่า", "ส่งเลยครับ", "yes please", "ได้เลย"])
def test_yes(text: str) -> None:
    assert words.is_yes(text) and not words.is_no(text)


@pytest.mark.parametrize("text", ["ไม่ใช่", "ไม่ใช่ค่ะ", "ไม่", "No.", "ผิดครับ"])
def test_no(text: str) -> None:
    assert words.is_no(text) and not words.is_yes(text)


@pytest.mark.parametrize("text", ["ไม่มี", "ไม่มีรูปครับ", "ข้าม", "ไปต่อ", "ไม่สะดวกค่ะ", "skip", "No photos"])
def test_skipping(text: str) -> None:
    assert words.is_skip(text)


@pytest.mark.parametrize(
    "text",
    ["สวัสดี", "สวัสดีครับ", "ขอบคุณมากๆค่ะ", "thank you!", "Hello", "👍", "...", "?!", "", "\n\n", "ครับ", "โอเค"],
)
def test_small_talk_tells_of_no_problem(text: str) -> None:
    assert words.is_small_talk(text)


@pytest.mark.parametrize("text", ["ไฟดับ", "สวัสดีครับ ไฟดับทั้งซอย", "ขอบคุณที่ซ่อม แต่ยังดับอยู่", "help, fire", "ไม่มีน้ำ"])
def test_a_problem_is_no_small_talk(text: str) -> None:
    assert not words.is_small_talk(text)


@pytest.mark.parametrize(
    ("text", "agreed", "rest"),
    [
        ("ใช่ หน้าเซเว่น", True, "หน้าเซเว่น"),
        ("ใช่ค่ะ ตรงข้ามวัด", True, "ตรงข้ามวัด"),
        ("ไม่ใช่ อยู่เขตห้วยขวาง", False, "อยู่เขตห้วยขวาง"),
        ("No, it is Huai Khwang", False, "it is Huai Khwang"),
        ("หน้าเซเว่น", True, "หน้าเซเว่น"),
        ("ผิดกฎหมายมาก", True, "ผิดกฎหมายมาก"),
        ("Nonthaburi road", True, "Nonthaburi road"),
    ],
)
def test_yes_or_no_before_more_words(text: str, agreed: bool, rest: str) -> None:
    assert words.split_answer(text) == (agreed, rest)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("เรียบร้อยแล้วครับ", "yes"),
        ("แก้แล้วบางส่วน", "partly"),
        ("ยังไม่ได้แก้", "no"),
        ("ยังไม่เสร็จเลย", None),
        ("Not fixed", "no"),
        ("เรียบร้อยหรือยัง", None),
    ],
)
def test_how_it_is_now_in_words(text: str, answer: str | None) -> None:
    assert words.find_closure(text) == answer


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("แจ้งเรื่อง ไฟดับทั้งซอย", "ไฟดับทั้งซอย"),
        ("แจ้งเหตุ: ท่อแตก", "ท่อแตก"),
        ("แจ้งเรื่องไปแล้วไม่มีใครมา", "แจ้งเรื่องไปแล้วไม่มีใครมา"),
        ("report broken pavement", "broken pavement"),
        ("reported last week", "reported last week"),
        ("แจ้งเรื่อง !!!", "แจ้งเรื่อง !!!"),
    ],
)
def test_the_word_report_before_a_problem_is_left_out(text: str, problem: str) -> None:
    assert words.strip_report_word(text) == problem


def test_an_address_of_the_web_alone_tells_nothing() -> None:
    assert words.is_link("https://maps.app.goo.gl/abc123")
    assert words.is_link("www.example.com/x https://example.com")
    assert not words.is_link("ตามลิงก์ https://example.com")
    assert not words.is_link("ไฟดับ")


@pytest.mark.parametrize(
    "text",
    [
        "ซอยประชาสงเคราะห์ 5",
        "ซ.5",
        "ซอย ๕",
        "หน้าเซเว่น",
        "ปากซอยอินทามระ",
        "ที่ถนนดินแดง",
        "Soi 5",
        "Prachasongkhro Road",
    ],
)
def test_a_spot_a_crew_can_find(text: str) -> None:
    assert words.tells_spot(text)


@pytest.mark.parametrize("text", ["ไฟถนนดับทั้งซอย", "ถนนเป็นหลุม เขตดินแดง", "น้ำท่วมในซอย", "the street is dark"])
def test_a_khet_or_a_kind_of_road_is_no_spot(text: str) -> None:
    assert not words.tells_spot(text)
