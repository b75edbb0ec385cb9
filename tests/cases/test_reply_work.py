"""The reading of a reply stays in step with its length, whatever is repeated in it: it runs while the one write
turn is held. What is counted is the interpreter's steps, which are the same on every machine, not the time."""

import sys
from datetime import date
from types import FrameType
from typing import Any

import pytest

from cases.reply_reader import read_reply

TODAY = date(2026, 11, 21)
LONG = 1_000
SHORT = LONG // 4
# These walk the letters once, whatever stands there; to count their steps too would take most of a minute.
UNCOUNTED = ("reply_spelling.py", "reply_words.py", "phrases.py")
# Four times the text takes four times the steps; where it grew with the square it would take sixteen.
MOST_GROWTH = 5
# Each of these once made a rule look over the whole sentence again at every word.
REPEATED = (
    "ให้", "ให้แล้ว", "ซ่อมให้", "ซ่อมให้เรียบร้อย", "ต่อไป", "ซ่อมต่อไป", "ซ่อมโดยเร็ว", "กำลัง", "เสร็จ", "เสร็จพรุ่งนี้", "เสร็จ ",
    "ซ่อมได้ตามปกติ", "ซ่อม ได้ตามปกติ ", "ซ่อมแล้ว", "พรุ่งนี้", "พรุ่งนี้ ", "ไม่พรุ่งนี้", "ไม่เห็นมา", "ไม่", "รอ", "รอ ", "เริ่มขุด",
    "แล้วก็", "แล้วอีก", "บอกว่า", "บอกว่าเสร็จ", "เมื่อวาน", "ของ", "ของเขต", "แจ้งการไฟฟ้า", "ช่างไป", "เดี๋ยว", "ลองดู", "ไหน",
    "ใครครับวันนี้", "ครับวันนี้", "ขอบคุณครับที่", "แต่", "ถ้า", "กรณี", "เมื่อ", "จะ", "ชั่วคราว", "ซ่อมชั่วคราว", "ๆ", "ละ", "อีก 3 จุด ",
    "by ", "the end of ", "the ", "12/", "ภายใน", "ก่อน", "1-", "? ", "✅", "👍", "รถสูบเข้า",
    "แต่วันนี้เสียอีก", "แต่อีก", "เลื่อนเป็นพรุ่งนี้", "ฝนตก ", "ไม่มา",
)  # fmt: skip
# A verb at the far end, which a rule that looks ahead has to walk to.
ENDING = "ซ่อมแล้ว"


def _count_steps(text: str) -> int:
    steps = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        if frame.f_code.co_filename.endswith(UNCOUNTED):
            return None
        frame.f_trace_opcodes = True
        steps += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read_reply(text, TODAY)
    finally:
        sys.settrace(before)
    return steps


def _repeat(piece: str, length: int) -> str:
    return piece * (length // len(piece))


@pytest.mark.parametrize("piece", REPEATED)
def test_four_times_the_words_are_four_times_the_steps(piece: str) -> None:
    short, long = (_count_steps(_repeat(piece, length) + ENDING) for length in (SHORT, LONG))

    assert long <= MOST_GROWTH * short, f"{short} steps became {long}"
