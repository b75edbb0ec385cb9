"""Hears work in verbs of the hand that no list holds, by what they bring about: "มัดขึ้นสูงแล้ว", "งัดออกให้แล้ว". The verb
alone is as often a part of another word, or what somebody else did."""

import re

from cases.reply_clauses import VERBS, Sentence, split_chunks
from cases.reply_words import Word, is_past

_HANDS = (
    "มัด|ผูก|รัด|ดึง|ดัน|งัด|ตอก|ขัน|พลิก|ยก|หาม|แบก|อุ้ม|ลาก|เข็น|สกัด|ทุบ|ฉาบ|โบก|เท|ราด|ถม|กลบ|เกลี่ย|อัด|เชื่อม|พัน|หุ้ม|ปิด|ครอบ|สวม|ใส่|เสียบ|ต่อ|ติด|แขวน"
    "|แปะ|แกะ|ขูด|ขัด|ถู|เช็ด|ล้าง|ฉีด|พ่น|ทา|โรย|ปลูก|ถอน|ดาย|เกี่ยว|ช้อน|ตัก|โกย|คราด|กวาด|เก็บ|ขน|ต้อน|จัด|เรียง|ย้าย|เลื่อน|ขยับ|เสริม|ดาม|ค้ำ|หมุน|ตั้ง|วาง|คล้อง|ม้วน|ปลด|ถอด|รื้อ"
)
_LED = "พา(?:เข้า|ไป|ส่ง|กลับ|ออก|ขึ้น|ลง)[^ ]{1,24}$"
_BRINGS = "ขึ้น|ลง|ออก|กลับ|ใหม่|แน่น|เก็บ|ตรง|เข้าที่|ทิ้ง|หมด|เกลี้ยง|เรียบ|ชิด|สูง|พ้น|มิด|สนิท|ให้"
_HANDIWORK = re.compile(f"(?<![เแโใไ])(?:{_HANDS})(?![ัิีึืฺุู็่้๊๋์ะาๅำ])[^ ]{{0,14}}?(?:{_BRINGS})[^ ]{{0,8}}$|{_LED}")
# "คุณยายได้รับรถเข็นแล้ว": what was asked for has come.
_GOT = re.compile(
    "ได้รับ(?:รถเข็น|เตียง|ถุง|เงิน|เบี้ย|บัตร|เอกสาร|สิ่งของ|ของ|ผ้าอ้อม|เครื่อง|ความช่วยเหลือ|การช่วยเหลือ|วัคซีน|ถัง)[^ ]{0,20}$"
)
_BARS = VERBS - {"heard"} | {
    "question", "status_question", "mark", "choice", "hedge", "condition", "trouble", "not_yet", "lacking", "still",
    "unseen", "offtopic", "request", "again", "mock", "wait", "future", "other", "owner", "reporter", "once",
    "long_ago", "part", "progress",
}  # fmt: skip


def tells_handiwork(sentence: Sentence) -> bool:
    """Whether a breath of it that ends in "done" names such work."""
    return any(_is_handiwork(chunk) for chunk in split_chunks(sentence.words))


def _is_handiwork(chunk: list[Word]) -> bool:
    at = next((i for i, word in enumerate(chunk) if word.kind == "done"), None)
    if at is None or any(word.kind in _BARS for word in chunk):
        return False
    if at + 1 < len(chunk) and not is_past(chunk[at + 1]):
        return False
    text = "".join(word.text for word in chunk[:at])
    return _HANDIWORK.search(text) is not None or _GOT.search(text) is not None
