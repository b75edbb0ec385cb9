"""Recognises what people type instead of tapping: commands, yes and no, greetings.

Recognisers only; what we say stands in the catalogues.
"""

import re

COMMANDS = {
    "report": "แจ้งเรื่อง|แจ้งเหตุ|แจ้งปัญหา|แจ้งเรื่องใหม่|ร้องเรียน|ร้องทุกข์|report|new report|start",
    "track": "ติดตามเรื่อง|ติดตาม|เรื่องของฉัน|สถานะ|เช็คสถานะ|track|status|my cases",
    "help": "ช่วยเหลือ|วิธีใช้|เมนู|help|menu|?",
    "human": "คุยกับเจ้าหน้าที่|ติดต่อเจ้าหน้าที่|โทร 1676|1676|human|agent|officer",
    "cancel": "ยกเลิก|เลิก|ไม่แจ้งแล้ว|cancel|stop|quit",
    "back": "ย้อนกลับ|กลับ|ย้อน|back",
    "restart": "เริ่มใหม่|เริ่มต้นใหม่|restart|start over",
    "thai": "ไทย|ภาษาไทย|thai|th",
    "english": "english|eng|en|อังกฤษ|ภาษาอังกฤษ",
    "language": "language|ภาษา|เปลี่ยนภาษา|english/ไทย",
}
YES = "ใช่|ใช่ครับ|ใช่ค่ะ|ถูก|ถูกต้อง|ตกลง|ยืนยัน|ยืนยันและส่งเรื่อง|ส่ง|ส่งเรื่อง|ส่งเลย|โอเค|ok|okay|yes|y|confirm|send|ได้"
NO = "ไม่ใช่|ไม่|ผิด|ไม่ถูก|no|n|wrong"
SKIP = (
    "ไม่มี|ไม่มีรูป|ข้าม|ไม่ให้|ไม่ให้เบอร์|ไม่บอก|ไม่ต้อง|ไม่ต้องแสดง|ไม่ให้เห็น|ไปต่อ|พอ|พอแล้ว|หมดแล้ว|ไม่"
    "|skip|none|no|no photo|no photos|next|done|continue"
)
SMALL_TALK = (
    "สวัสดี|หวัดดี|ดี|hello|hi|hey|good morning|ขอบคุณ|ขอบคุณมาก|ขอบใจ|thanks|thank you|โอเค|ok|okay|ครับ|ค่ะ|จ้า|รับทราบ"
    "|ทดสอบ|test|เทส"
)
_POLITE = re.compile(r"(ครับผม|ครับ|คับ|คะ|ค่ะ|ค่า|จ้า|จ้ะ|นะ|please|[\s.!~…]|ๆ)+$", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"FT\s?-?\s?(\d{4})\s?-?\s?(\d{5,})", re.IGNORECASE)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_PHONE = re.compile(r"\+?[\d\s().-]{8,20}")


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_YES, _NO, _SKIP, _SMALL_TALK = (_table(words) for words in (YES, NO, SKIP, SMALL_TALK))
_COMMAND_OF = {word: name for name, words in COMMANDS.items() for word in words.split("|")}


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.strip().lower())


def _bare(text: str) -> str:
    plain = _plain(text)
    return _POLITE.sub("", plain) or plain


def find_command(text: str) -> str | None:
    """The command that these words are, whole; words that merely hold one are not a command."""
    if len(text) > 40:
        return None
    return _COMMAND_OF.get(_plain(text)) or _COMMAND_OF.get(_bare(text))


def is_yes(text: str) -> bool:
    """Whether the words agree."""
    return len(text) <= 40 and (_plain(text) in _YES or _bare(text) in _YES)


def is_no(text: str) -> bool:
    """Whether the words disagree."""
    return len(text) <= 40 and (_plain(text) in _NO or _bare(text) in _NO)


def is_skip(text: str) -> bool:
    """Whether the words pass a question by."""
    return len(text) <= 40 and (_plain(text) in _SKIP or _bare(text) in _SKIP)


def is_small_talk(text: str) -> bool:
    """Greetings and thanks, which tell of no problem; so do words with no letter or digit in them."""
    return not any(char.isalnum() for char in text) or (len(text) <= 30 and _bare(text) in _SMALL_TALK)


def find_case_number(text: str) -> str | None:
    """The first case number in the words, as we write it; spaces, case and Thai digits are forgiven."""
    found = _NUMBER.search(text.translate(_THAI_DIGITS))
    return f"FT{found[1]}-{found[2]}" if found else None


def strip_case_number(text: str) -> str:
    """The words without their case number."""
    return _NUMBER.sub(" ", text.translate(_THAI_DIGITS), count=1).strip(" :：-–\n\t")


def find_phone(text: str) -> str | None:
    """A Thai telephone number of nine or ten digits, digits only; None where the words are none."""
    plain = text.translate(_THAI_DIGITS).strip()
    found = _PHONE.search(plain)
    if not found:
        return None
    digits = re.sub(r"\D", "", found[0])
    if digits.startswith("66") and len(digits) in (10, 11):
        digits = "0" + digits[2:]
    return digits if digits.startswith("0") and len(digits) in (9, 10) else None
