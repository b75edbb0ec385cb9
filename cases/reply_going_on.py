"""Hears work that goes on now in words that no list of verbs holds: who or what works, and "อยู่" behind it ("เดินปั๊มอยู่",
"ช่างปีนเสาอยู่"). How a thing is, or what a person does beside the case, is no work ("รถจอดอยู่", "พี่เอกินข้าวอยู่")."""

import re

from cases.reply_clauses import VERBS, Sentence, split_chunks
from cases.reply_words import Word

_MACHINES = re.compile(
    r"(?:^|เดิน|เปิด|ลง|ใช้|ติด)\s*(?:ปั๊ม|เครื่อง|มอเตอร์|รถ(?:ดูด|สูบ|ขุด|ตัก|เครน|น้ำ|กระเช้า|แบ[คก]โฮ)|กระเช้า|เครน|แบ[คก]โฮ|เรือ)"
)
_WORKERS = frozenset(("own",))
_NAMED_WORKERS = ("กู้ภัย", "ดับเพลิง")
# What is so, not done; and what anybody does.
_STATES = re.compile(
    "จอด$|กอง$|ค้าง$|ท่วม|ขัง|นั่ง|นอน|ว่าง|กิน|ขับรถ|ประชุม|มี$|^มี|ติด$|ติดภารกิจ|ติดสาย|เสีย|รอ|วาง$|พัก|ป่วย|ลา|หยุด|เหลือ|ยัง|ไม่|ดับ$|พัง|ล้ม|เมา|ยุ่ง|เวร|ในกลุ่ม|ทาน|คุย|โทร|ใคร|หลับ|ทำงาน"
)
_BARS = VERBS | {
    "question", "status_question", "mark", "choice", "hedge", "condition", "trouble", "not_yet", "lacking", "still",
    "offtopic", "request", "again", "mock", "done", "finished", "wait", "date", "missing", "affairs",
}  # fmt: skip


def goes_on(sentence: Sentence) -> bool:
    """Whether somebody or something is at work in a breath of it."""
    return any(_works_on(chunk) for chunk in split_chunks(sentence.words))


def _works_on(chunk: list[Word]) -> bool:
    at = next((i for i, word in enumerate(chunk) if word.kind == "stay"), 0)
    if not at or any(word.kind in _BARS for word in chunk):
        return False
    doing = "".join(word.text for word in chunk[:at])
    works = chunk[0].kind in _WORKERS or chunk[0].text.startswith(_NAMED_WORKERS)
    if _MACHINES.match(doing):
        return _STATES.search(doing) is None
    return works and at > 1 and _STATES.search("".join(word.text for word in chunk[1:at])) is None
