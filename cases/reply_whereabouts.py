"""Hears by the names of khet and provinces that a place lies with others: "เลยสะพานไปเป็นฝั่งลาดกระบังแล้ว", "หมุดตกที่ดอนเมือง
ไม่ใช่หลักสี่". A name alone tells nothing: it may be the writer's own khet."""

import re
from functools import cache

from cases.reply_words import Word
from places.names import thai_names

_SHORTEST = 3
_PLACE = "หมุด|พิกัด|จุด|ตรงนี้|ตรงนั้น|ซอย|ถนน|เส้น|แนวเขต|หลักเขต|ฝั่ง|สะพาน|คลอง|ที่แจ้ง|ที่เกิดเหตุ|โลเค|ตำแหน่ง|พื้นที่|ตัวบ้าน|แยก"
_LEADS = "(?:ไป|มา|เข้า|เป็น|อยู่|ตก|ใน|ของ|ทาง|ฝั่ง|เขต|พื้นที่|แถว|ที่|กับ|ขึ้น|จังหวัด|อำเภอ|เทศบาล|นคร|เมือง|จ\\.|อ\\.|\\s)"
# Whoever asks, guesses, bids or tells of themselves says nothing of where the case lies.
_UNSAID = frozenset(
    ("question", "status_question", "mark", "choice", "hedge", "hedge_tail", "condition", "request", "said")
)
_OF_PEOPLE = re.compile("บ้าน(?:ผม|หนู|พี่|เรา)|รถติด|เดินทาง|ประชุม|อบรม|ยืม|ทีม|ช่าง|ขอแรง")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    known = (name for name, named in thai_names().items() if named.khet or named.province or named.amphoe_of)
    longest = sorted((name for name in known if len(name) >= _SHORTEST), key=len, reverse=True)
    name = f"(?:{'|'.join(map(re.escape, longest))})"
    return (
        re.compile(f"(?:เลย|พ้น|ข้าม|ออกไป|ออกนอก|ล้ำ)[^ ]{{0,24}}(?:ไป|มา|เข้า) ?{_LEADS}{{0,6}}{name}"),
        re.compile(f"(?:เลย|พ้น|ข้าม)(?:หลักเขต|แนวเขต|เขต)[^ ]{{0,16}} ?(?:ครับ|ค่ะ)? ?{_LEADS}{{1,6}}{name}"),
        re.compile(f"(?:{_PLACE})[^ ]{{0,20}} ?(?:เป็น|อยู่|ตก|ขึ้น){_LEADS}{{0,6}}{name} ?(?:แล้ว|ไม่ใช่)"),
        re.compile(
            f"(?:{_PLACE})[^ ]{{0,20}} ?(?:เป็นของ|เป็นเขต|เป็นฝั่ง|เป็นพื้นที่|ขึ้นกับ|ตกไป|อยู่ฝั่ง|อยู่ทาง){_LEADS}{{0,4}}{name}"
        ),
        re.compile(
            f"(?:เป็น|อยู่|ตก|ขึ้น){_LEADS}{{0,6}}{name} ?(?:ครับ|ค่ะ|นะ|แล้ว|\\s){{0,4}}"
            f"(?:ไม่ใช่|มิใช่) ?(?:เขต|ของ|พื้นที่|ฝั่ง|ใน)*{name}"
        ),
    )


def lies_with_others(words: list[Word]) -> bool:
    """Whether the note says so."""
    if any(word.kind in _UNSAID for word in words):
        return False
    text = "".join(word.text for word in words)
    return _OF_PEOPLE.search(text) is None and any(pattern.search(text) for pattern in _patterns())
