"""Hears what is typed at a question and is no answer to it: a wish to change a part, a refusal to say, a question back.

Recognisers only; the people who write these must never find them sent as a name, a place or a part of their story.
"""

import re

LONGEST = 60  # letters; whoever writes more tells something

_WISH = r"(?:ขอ|อยาก|อยากจะ|ต้องการ|ช่วย|รบกวน|จะ|ขอให้|please|iwantto|iwouldliketo|canyou|cani)?"
_CHANGE = r"(?:แก้ไข|แก้|เปลี่ยน|ลบ|change|edit|correct|remove|delete)"
_PARTS = {
    "description": r"ปัญหา|รายละเอียด|ข้อความ|คำบรรยาย|เนื้อหา|เนื้อเรื่อง|problem|description|story|text",
    "category": r"ประเภท|หมวดหมู่|หมวด|category|type|kind",
    "place": r"ที่ตั้ง|ที่อยู่|สถานที่|ตำแหน่ง|ที่เกิดเหตุ|สำนักงานเขต|เขต|แขวง|หมุด|พิกัด|place|location|address|district|pin",
    "photos": r"รูปภาพ|รูปถ่าย|รูป|ภาพ|photos|photo|pictures|picture",
    "phone": r"เบอร์โทรศัพท์|เบอร์โทร|เบอร์|หมายเลขโทรศัพท์|โทรศัพท์|phonenumber|phone|number",
    "name": r"ชื่อต่อเขต|ชื่อผู้แจ้ง|ชื่อ|name",
}
_PART = "|".join(f"(?P<{name}>{words})" for name, words in _PARTS.items())
_OWN = r"(?:the|my|your)?"
_TAIL = r"(?:นี้|ใหม่|หน่อย|ด้วย|ได้ไหม|ได้มั้ย|ก่อน|ที|ผิด|แล้ว|อยู่|ครับ|ค่ะ|คะ|นะ|จ้า|please)"
_CHANGES = re.compile(rf"{_WISH}{_CHANGE}{_OWN}(?:{_PART}){_TAIL}{{0,4}}(?:(?:เป็น|ให้เป็น|to).{{1,40}})?")
_WRONG = r"(?:ผิด|ไม่ถูกต้อง|ไม่ถูก|ไม่ใช่|wrong)"
_IS_WRONG = re.compile(rf"(?:ใส่|พิมพ์|ส่ง|เลือก|บอก|ให้|กรอก)?(?:{_WRONG}{_OWN})(?:{_PART}){_TAIL}{{0,4}}")
_PART_WRONG = re.compile(rf"(?:ใส่|พิมพ์|ส่ง|เลือก|บอก|ให้|กรอก)?{_OWN}(?:{_PART})(?:นี้|is)?{_WRONG}{_TAIL}{{0,4}}")
_DOUBTS = re.compile(
    r"แก้(?!ว)|เปลี่ยน|ผิด(?!ปกติ)|ไม่ใช่|ไม่ถูก|ลบ|\b(?:change|edit|wrong|remove|delete|instead)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"[?？]|ทำไม|เมื่อไร|เมื่อไหร|กี่วัน|กี่โมง|กี่ชั่วโมง|นานไหม|นานมั้ย|นานแค่ไหน|ยังไง|อย่างไร|อะไร|เท่าไร|เท่าไหร่|หรือยัง|รึยัง|หรือเปล่า|หรือไม่|เหรอ|หรอ(?:$|\s)"
    r"|(?:ได้|มี|ต้อง|เห็น|ใช่|ดี|จำเป็น|แล้ว|รู้|ทราบ)(?:ไหม|มั้ย)|(?:ไหม|มั้ย)(?:ครับ|คะ|ค่ะ|$)|\b(?:why|when|how|what|who)\b",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(_ASKS.pattern.replace(r"|(?:ไหม|มั้ย)(?:ครับ|คะ|ค่ะ|$)", ""), re.IGNORECASE)  # ไหม is a name too
_REFUSES = re.compile(
    r"(?:ขอ|ของด|งด|ยัง)?(?:ไม่|ปกปิด|ปิดบัง|ปิด|ซ่อน|สงวน)"
    r"(?:อยาก|ต้องการ|ประสงค์|สะดวก|ให้|ขอ|เปิดเผย|แสดง|ระบุ|บอก|ต้อง|มี|เห็น|เอา|ใส่|ลง|โทร|ศัพท์|เบอร์|ชื่อ|นามสกุล|จริง|เขต"
    r"|ใคร|รู้|ข้อมูล|ส่วนตัว|แล้ว|กัน|ดีกว่า|เลย|หรอก|มา|กลับ|ติดต่อ|หา|ตัวตน|ผม|หนู|ฉัน|เรา|ไว้|ก็ได้|จะ|ละ|อะ|จ้า|ครับ|ค่ะ|คะ|นะ){0,12}"
)
_REFUSES_ENGLISH = re.compile(
    r"no,? (?:thanks|thank you|need|name|phone|number)|(?:i(?:'d| would)? )?(?:rather|prefer|do not|don't|dont)\b"
    r".{0,30}|(?:stay |remain )?anonymous|(?:keep it |hide )?(?:private|secret|hidden|my name|my number)",
    re.IGNORECASE,
)
_UNWILLING = re.compile(
    r"ไม่(?:อยาก|ต้องการ|สะดวก|ประสงค์|ขอ|ให้|เปิดเผย|แสดง|ระบุ|บอก|เอา|ลง|ใส่)|ปกปิด|ปิดบัง|ปิดชื่อ|ซ่อน|นิรนาม|เป็นความลับ"
)
_NO_NAME = re.compile(
    r"ไม่|แก้(?!ว)|เปลี่ยน|^ขอ(?![งนบม])|^อยาก|^ต้องการ|ยืนยัน|ส่งเรื่อง|ยกเลิก|เบอร์|^ชื่อ$|ปกปิด|กี่วัน"
    r"|\b(?:no|not|don't|dont|edit|change|number|skip|hide|send|cancel|anonymous|please)\b",
    re.IGNORECASE,
)
_NEEDLESS = re.compile(
    r"(?:คง)?ไม่ต้อง(?:มา|ส่ง|ให้|ช่าง|คน|ซ่อม|แก้ไข|แก้|ทำ|ดู|เก็บ){0,4}แล้ว|no need (?:any ?more|to come)|no longer needed"
)
_POLITE = ("ครับผม", "ครับ", "คับ", "ค่ะ", "คะ", "ค่า", "จ้า", "นะ", *" .!~…,")


def find_change(text: str) -> str | None:
    """The part of a report that a whole text wants changed, or says is wrong; None where it says neither."""
    plain = _squeeze(text)
    if len(plain) > LONGEST:
        return None
    found = _CHANGES.fullmatch(plain) or _IS_WRONG.fullmatch(plain) or _PART_WRONG.fullmatch(plain)
    return next(name for name in _PARTS if found[name]) if found else None


def doubts(text: str) -> bool:
    """Whether short words may want something changed, or ask something: nothing to be put into a story unasked."""
    return len(text) <= LONGEST and bool(_DOUBTS.search(text) or _ASKS.search(text))


def asks_back(text: str) -> bool:
    """Whether the words ask something."""
    return len(text) <= 2 * LONGEST and bool(_ASKS.search(text))


def refuses(text: str) -> bool:
    """Whether all that is said is that the person does not want to say, show or be rung."""
    plain = _squeeze(text)
    if len(plain) > LONGEST:
        return False
    return bool(_REFUSES.fullmatch(plain) or _REFUSES_ENGLISH.fullmatch(_strip(text)))


def is_unwilling(text: str) -> bool:
    """Whether the words hold that the person would rather not, and ask nothing."""
    return len(text) <= 2 * LONGEST and bool(_UNWILLING.search(text)) and not _ASKS_BACK.search(text)


def is_no_name(text: str) -> bool:
    """Whether the words hold what no name holds."""
    return bool(_NO_NAME.search(text) or _ASKS_BACK.search(text))


def says_needless(text: str) -> bool:
    """Whether the words begin by saying that nobody need come any more."""
    return len(text) <= 2 * LONGEST and bool(_NEEDLESS.match(_strip(text)))


def _strip(text: str) -> str:
    plain = " ".join(text.lower().replace("’", "'").split())
    end = len(plain)
    while word := next((word for word in _POLITE if plain.endswith(word, 0, end)), ""):
        end -= len(word)
    return plain[:end]


def _squeeze(text: str) -> str:
    return "".join(_strip(text).split()) if len(text) <= 4 * LONGEST else text
