"""What people type in a group beside updates, and the stickers that nod; and what only looks like it."""

import pytest

from handlers import group_words
from handlers.group_words import Numbered

A, B = "FT6911-00042", "FT6911-00043"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("งานค้าง", "list"),
        ("งานค้างครับ", "list"),
        ("ขอดูงานค้างหน่อยค่ะ", "list"),
        ("@OMB FAST TRACK BMA งานค้าง", "list"),
        ("Open Cases", "list"),
        ("สรุป", "summary"),
        ("ขอดูสรุปหน่อยครับ", "summary"),
        ("สรุปว่าใครไป", None),
        ("ช่วยเหลือ", "help"),
        ("ออกจากกลุ่มครับ", "leave"),
        ("งานค้างเยอะมาก", None),
        ("ช่วยเหลือชาวบ้านหน่อย", None),
        ("ใครออกจากกลุ่ม", None),
        ("@พี่สมชาย ใครออกจากกลุ่ม", None),
        ("", None),
        ("งานค้าง" * 30, None),
    ],
)
def test_commands_are_whole_messages(text: str, command: str | None) -> None:
    assert group_words.find_command(text) == command


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ผูกกลุ่ม ABCD2345", "ABCD2345"),
        ("ผูกกลุ่ม: abcd 2345 ครับ", "abcd 2345"),
        ("ผูกกลุ่ม (ABCD-2345).", "ABCD-2345"),
        ("ผูกกลุ่ม ABCD๒๓๔๕", "ABCD2345"),
        ("Bind ABCD2345", "ABCD2345"),
        ("ผูกกลุ่ม", ""),
        ("binding ABCD2345", None),
        ("ผูกกลุ่มแล้วหรือยัง", None),
        ("ต้องผูกกลุ่ม ABCD2345 ก่อน", None),
        ("ABCD2345", None),
    ],
)
def test_a_code_stands_behind_its_command(text: str, code: str | None) -> None:
    assert group_words.find_code(text) == code


@pytest.mark.parametrize(
    ("text", "parts", "first"),
    [
        (f"{A} เสร็จแล้ว", [(A, "เสร็จแล้ว")], True),
        (f"เสร็จแล้วครับ {A}", [(A, "เสร็จแล้วครับ")], False),
        (f"{A}\nเสร็จแล้ว", [(A, "เสร็จแล้ว")], True),
        ("FT ๖๙๑๑-๐๐๐๔๒ เสร็จแล้ว", [(A, "เสร็จแล้ว")], True),
        (A, [(A, "")], True),
        ("6911-00042", [(A, "")], True),
        (f"{A} และ {B} เสร็จแล้ว", [(A, "เสร็จแล้ว"), (B, "เสร็จแล้ว")], True),
        (f"{A} {B} รับทราบทั้งสองเรื่อง", [(A, "รับทราบ"), (B, "รับทราบ")], True),
        (f"เสร็จแล้วทั้ง 2 เรื่องครับ\n{A}\n{B}", [(A, "เสร็จแล้ว ครับ"), (B, "เสร็จแล้ว ครับ")], False),
        (f"รับทราบทั้งสองเรื่อง {A} และ {B} ครับ", [(A, "รับทราบ"), (B, "รับทราบ")], False),
        (f"รับทราบทั้งสองเรื่อง {A} {B} แต่ยังไม่ว่าง", [], False),
        (f"เรื่อง {A} กับ {B} รับทราบครับ", [(A, "รับทราบครับ"), (B, "รับทราบครับ")], True),
        (f"เรื่อง {A} รับทราบครับ", [(A, "รับทราบครับ")], True),
        (f"{A} {B} ทั้งสองเรื่อง", [(A, "ทั้งสองเรื่อง"), (B, "ทั้งสองเรื่อง")], True),
        (f"{A} รับทราบทั้งสองเรื่อง", [(A, "รับทราบทั้งสองเรื่อง")], True),
        (f"{A} {B} ตรวจทั้งสามเรื่องแล้ว", [(A, "ตรวจทั้งสามเรื่องแล้ว"), (B, "ตรวจทั้งสามเรื่องแล้ว")], True),
        (f"{A} เสร็จแล้ว\n{B} กำลังทำ", [(A, "เสร็จแล้ว"), (B, "กำลังทำ")], True),
        (f"1. {A} เสร็จแล้ว 2. {B} กำลังทำ", [(A, "เสร็จแล้ว"), (B, "กำลังทำ")], True),
        (f"เสร็จแล้วครับ\n{A}\n{B}", [(A, "เสร็จแล้วครับ"), (B, "เสร็จแล้วครับ")], False),
        (f"{A}\n{B}", [(A, ""), (B, "")], True),
        (f"{A} ซ้ำกับ {B}", [(A, f"ซ้ำกับ {B}")], True),
        (f"{A} เสร็จแล้ว {A}", [(A, "เสร็จแล้ว")], True),
        (f"ซ้ำกับ {A} และ {B}", [], False),
        ("FT 6911 เสร็จแล้ว", [], False),
        ("เสร็จแล้ว", [], False),
        ("", [], False),
    ],
)
def test_numbers_take_the_words_that_are_theirs(text: str, parts: list[tuple[str, str]], first: bool) -> None:
    assert group_words.split_by_numbers(text) == ([Numbered(number, words) for number, words in parts], first)


def test_a_message_of_nothing_but_numbers_is_cut_short() -> None:
    many = " ".join(f"FT6911-{number:05}" for number in range(40))
    assert group_words.split_by_numbers(f"{many} เสร็จแล้ว") == ([], False)


@pytest.mark.parametrize(
    ("words", "verb", "rest"),
    [
        ("ขอข้อมูล: กี่ดวง", "ask", "กี่ดวง"),
        ("โอนเรื่อง เพราะ เป็นทางหลวง", "transfer", "เป็นทางหลวง"),
        ("ไม่รับเรื่อง เพราะที่เอกชน", "decline", "ที่เอกชน"),
        ("โอนเรื่องครับ", None, "โอนเรื่องครับ"),
    ],
)
def test_what_the_keyboard_began_is_known_by_its_beginning(words: str, verb: str | None, rest: str) -> None:
    assert group_words.take_beginning(words) == (verb, rest)


@pytest.mark.parametrize("words", ["", "โอนเรื่องครับ", "ขอโอนค่ะ", "ส่งต่อ", "ครับ", "รับทราบ", "-"])
def test_a_bare_transfer_has_no_reason(words: str) -> None:
    assert not group_words.has_reason("transfer", words)


@pytest.mark.parametrize("words", ["เป็นของ กฟน.", "โอนเรื่องให้เขตห้วยขวาง", "รฟท."])
def test_a_name_is_reason_enough(words: str) -> None:
    assert group_words.has_reason("transfer", words)


@pytest.mark.parametrize("words", ["รับทราบครับ", "ไม่โอนแล้ว", "โอนให้ใครดีครับ", "ต้องโอนไหม", "ยกเลิกครับ", "กดผิด"])
def test_nods_questions_and_a_change_of_mind_are_no_reason(words: str) -> None:
    assert not group_words.is_reason(words)


def test_a_reason_is_one() -> None:
    assert group_words.is_reason("อยู่ในเขตทางรถไฟ")


@pytest.mark.parametrize(("keywords", "drawn"), [(("OK",), ""), (("Thumbs up", "bear"), ""), ((), "รับทราบค่ะ")])
def test_stickers_that_agree(keywords: tuple[str, ...], drawn: str) -> None:
    assert group_words.is_nod(keywords, drawn)


@pytest.mark.parametrize(
    ("keywords", "drawn"),
    [
        ((), ""),
        (("hi",), ""),
        (("ok", "Crying"), ""),
        (("yes", "no"), ""),
        ((), "ไม่ได้ครับ"),
        (("sure", "thinking"), ""),
    ],
)
def test_stickers_that_do_not(keywords: tuple[str, ...], drawn: str) -> None:
    assert not group_words.is_nod(keywords, drawn)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ถามผู้แจ้งว่าเสาต้นไหน", "เสาต้นไหน"),
        ("ช่วยถามผู้แจ้งให้หน่อยว่าไปทางไหน", "ไปทางไหน"),
        ("ฝากถามผู้แจ้งด้วยนะครับว่าเสาไหน", "เสาไหน"),
        ("ถามผู้แจ้งค่าเสียหายเท่าไร", "ค่าเสียหายเท่าไร"),
        ("Ask the reporter which pole", "which pole"),
        ("ถามผู้แจ้งด้วยครับ", ""),
        ("ถามผู้แจ้งหรือยังครับ", None),
        ("ถามผู้แจ้งแล้ว", None),
        ("ใครถามผู้แจ้ง", None),
        ("เสาต้นไหนครับ", None),
        ("", None),
    ],
)
def test_an_instruction_to_ask_holds_the_question(text: str, asked: str | None) -> None:
    assert group_words.take_instruction(text) == asked


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("ขอถามว่าซอยไหนครับ", "ซอยไหนครับ"),
        ("สอบถามหน่อยว่าเสาไหน", "เสาไหน"),
        ("ขอพิกัดเพิ่มเติม", "ขอพิกัดเพิ่มเติม"),
        ("ถามผู้แจ้งแล้วครับ", "ถามผู้แจ้งแล้วครับ"),
        ("ซอยไหน", "ซอยไหน"),
    ],
)
def test_a_question_loses_its_opening_alone(text: str, question: str) -> None:
    assert group_words.strip_opening(text) == question


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ขอเลื่อนเป็นวันศุกร์เพราะรออะไหล่", (True, "รออะไหล่")),
        ("เพราะรออะไหล่ครับ ขอเลื่อนเป็นวันศุกร์", (True, "รออะไหล่")),
        ("ขอเลื่อนเป็นวันศุกร์ เนื่องจากฝนตกหนักค่ะ", (True, "ฝนตกหนัก")),
        ("เลื่อนเป็นพรุ่งนี้", (True, None)),
        ("ขอเลื่อนเป็นศุกร์\nเพราะรออะไหล่ค่ะ\nขอบคุณค่ะ", (True, "รออะไหล่")),
        ("ไม่เลื่อนแล้วครับ พรุ่งนี้เสร็จ", (False, None)),
        ("พรุ่งนี้เสร็จ เพราะวันนี้ช่างลา", (False, "วันนี้ช่างลา")),
        ("พรุ่งนี้เสร็จ", (False, None)),
    ],
)
def test_a_day_put_off_is_heard_with_its_reason(text: str, found: tuple[bool, str | None]) -> None:
    assert group_words.find_delay(text) == found


def test_a_reason_for_delay_is_short() -> None:
    delayed, reason = group_words.find_delay("ขอเลื่อนเพราะ" + "ฝน" * 5000)
    assert delayed and reason is not None and len(reason) <= 120


@pytest.mark.parametrize(
    ("text", "off"), [("ยกเลิก", True), ("ไม่โอนแล้วครับ", True), ("ยกเลิกสายไหนครับ", False), ("ไม่ต้องรออะไหล่", False)]
)
def test_a_change_of_mind_is_a_whole_message(text: str, off: bool) -> None:
    assert group_words.is_change_of_mind(text) is off
