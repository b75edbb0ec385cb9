"""Recognises what people type instead of tapping: commands, yes and no, greetings, a number, a spot.

Recognisers only; what we say stands in the catalogues.
"""

import re
import unicodedata
from functools import lru_cache

from cases.phones import drop_other_numbers

LONGEST_COMMAND = 40

COMMANDS = {
    "report": "แจ้งเรื่อง|แจ้งเหตุ|แจ้งปัญหา|แจ้งเรื่องใหม่|แจ้งเรื่องร้องเรียน|ร้องเรียน|ร้องทุกข์|report|new report|start",
    "track": "ติดตามเรื่อง|ติดตาม|เรื่องของฉัน|สถานะ|เช็คสถานะ|เช็กสถานะ|ตรวจสอบสถานะ|track|status|my cases",
    "help": "ช่วยเหลือ|วิธีใช้|เมนู|help|menu|?",
    "human": "คุยกับเจ้าหน้าที่|ติดต่อเจ้าหน้าที่|ขอคุยกับเจ้าหน้าที่|คุยกับเจ้าหน้าที่ 1676|โทร 1676|1676|human|agent|officer"
    "|talk to an officer",
    "cancel": "ยกเลิก|เลิก|ไม่แจ้งแล้ว|cancel|stop|quit",
    "back": "ย้อนกลับ|กลับ|ย้อน|back",
    "restart": "เริ่มใหม่|เริ่มต้นใหม่|restart|start over|start anew",
    "thai": "ไทย|ภาษาไทย|thai|th",
    "english": "english|eng|en|อังกฤษ|ภาษาอังกฤษ",
    "language": "language|ภาษา|เปลี่ยนภาษา|english/ไทย",
}
YES = (
    "ใช่|ใช่แล้ว|ใช่เลย|ถูก|ถูกต้อง|ถูกแล้ว|ตกลง|ยืนยัน|ยืนยันและส่งเรื่อง|ส่ง|ส่งเรื่อง|ส่งเลย|โอเค|โอเคร|ได้|ได้เลย|เอา|ให้|ให้เห็น|ให้ได้"
    "|ok|okay|yes|yep|yeah|y|sure|correct|right|confirm|send|confirm and send"
)
NO = "ไม่ใช่|ไม่|ผิด|ไม่ถูก|ไม่ถูกต้อง|ไม่ใช่ที่นี่|no|n|nope|wrong|not there"
SKIP = (
    "ไม่มี|ไม่มีรูป|ไม่มีภาพ|ไม่มีรูปถ่าย|ไม่ได้ถ่าย|ไม่ได้ถ่ายรูป|ยังไม่มี|ยังไม่มีรูป|ข้าม|ไม่ให้|ไม่ให้เบอร์|ไม่ให้เห็น|ไม่บอก|ไม่ต้อง|ไม่ต้องแสดง"
    "|ไม่สะดวก|ไปต่อ|พอ|พอแล้ว|หมดแล้ว|ครบแล้ว|เสร็จแล้ว|แค่นี้|เท่านี้|ไม่|ไม่มีแล้ว|skip|none|no|nope|no photo|no photos"
    "|no number|hide|next|go on|done|continue|do not show"
)
UNSURE = (
    "ไม่รู้|ไม่ทราบ|ไม่แน่ใจ|จำไม่ได้|ไม่รู้เขต|ไม่ทราบเขต|ไม่รู้เขตไหน|ไม่รู้ว่าเขตไหน|ไม่รู้เหมือนกัน"
    "|don't know|dont know|not sure|unsure|no idea|i don't know|i don't know the district"
)
GREETINGS = "สวัสดี|หวัดดี|ดี|ดีจ้า|hello|hi|hey|good morning|good afternoon|good evening|ทดสอบ|test|เทส"
THANKS = "ขอบคุณ|ขอบคุณมาก|ขอบคุณมากมาก|ขอบคุณนะ|ขอบใจ|ขอบพระคุณ|ขอบพระคุณมาก|thanks|thank you|thank you very much|thx"
NODS = "โอเค|ok|okay|ครับ|ค่ะ|คะ|จ้า|รับทราบ|ทราบแล้ว|ได้เลย|ใช่|ไม่|อืม|yes|no"
CLOSURE = {
    "yes": "เรียบร้อย|เรียบร้อยแล้ว|เรียบร้อยดี|เสร็จแล้ว|แก้แล้ว|แก้ไขแล้ว|หายแล้ว|ไม่มีปัญหาแล้ว"
    "|all well|all is well|fixed|it is fixed|gone",
    "partly": "แก้แล้วบางส่วน|บางส่วน|แก้บางส่วน|ยังเหลือบางส่วน|ยังไม่หมด|partly|partly fixed|partly gone",
    "no": "ยังไม่ได้แก้|ยังไม่แก้|ยังไม่เสร็จ|ยังไม่เรียบร้อย|ยังเป็นเหมือนเดิม|เหมือนเดิม|ยังไม่|ยังไม่หาย|not fixed|still there|not yet",
}
WITHDRAW = (
    "ถอนเรื่อง|ขอถอนเรื่อง|ถอนแจ้ง|ขอถอน|ยกเลิกเรื่อง|ยกเลิกเรื่องนี้|ขอยกเลิกเรื่อง|ขอยกเลิกเรื่องนี้|withdraw|withdraw it|withdraw my case"
)
# No word here ends in another of them, so it does not matter which is taken off first.
_POLITE = ("ครับผม", "ครับ", "คับ", "คะ", "ค่ะ", "ค่า", "จ้า", "จ้ะ", "นะ", "please", *" .!~…,ๆ")
_SPACES = re.compile(r"\s+")
_DASH = "[-–—‑]"
_NUMBER = re.compile(rf"FT\s?{_DASH}?\s?(\d{{4}})\s?{_DASH}?\s?(\d{{5,}})", re.IGNORECASE)
_BARE_NUMBER = re.compile(rf"(\d{{4}})\s?{_DASH}\s?(\d{{5,9}})")
_ASKS_STATUS = re.compile(
    r"ถึงไหน|คืบหน้า|สถานะ|ติดตาม|เป็นยังไง|เป็นอย่างไร|ว่าไง|ตามเรื่อง|ตรวจสอบ|เช[็]?[คก]"
    r"|\b(status|track|progress|news)\b|how far",
    re.IGNORECASE,
)
_REPORT_FIRST = re.compile(
    r"(?:ขอ)?(?:แจ้งเรื่องร้องเรียน|แจ้งเรื่อง|แจ้งเหตุ|แจ้งปัญหา|ร้องเรียน|ร้องทุกข์|report)(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Whatever may stand between two digits, and never more of it than people put there.
_BETWEEN = r"[\W_]{0,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:0(?!\.){_BETWEEN}|(?:\+\s?|00?)?66{_BETWEEN}(?:0{_BETWEEN})?)"
    rf"(?P<rest>[689](?:{_BETWEEN}\d){{8}}|[2-57](?:{_BETWEEN}\d){{7}})(?!\d)"
)
_LOCATES = re.compile(r"^(?:อยู่(?:ที่|แถว)?|แถว|ที่|คือ|in|at)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_THEN = r"(?:ครับ|คับ|ค่ะ|คะ|จ้า)?[\s,.]+(?=\S)"
_YES_FIRST = re.compile(rf"(?:ใช่|ถูกต้อง|yes\b)(?:แล้ว)?{_THEN}", re.IGNORECASE)
_NO_FIRST = re.compile(rf"(?:ไม่ใช่|ผิด|no\b|wrong\b){_THEN}", re.IGNORECASE)
# A soi with its number, or something to stand before or beside: enough for a crew to find the spot.
_SPOT = re.compile(
    r"(?:ซอย|ซ\.)\s?[ก-๙]{0,24}\s?\d"
    r"|(?:หน้า|ตรงข้าม|ใกล้|ข้าง|ปากซอย|แยก|ตลาด|วัด|โรงเรียน|หมู่บ้าน|สถานี|เลขที่|สะพานลอย)\s?[ก-๙\da-z]{2}"
    r"|(?:^|\s|ที่|บน|ริม)(?:ถนน|ถ\.)\s?(?!ดับ|เป็น|มี|พัง|ชำรุด|ทรุด|ขรุขระ|มืด|ใน|หน้า|ท่วม|แตก|เขต)[ก-ฮเ-ไ][ก-๙]{2}"
    r"|\bsoi\s?\w|\b(?!the|this|our|my|a|main)\w+ (?:road|rd)\b|\b(?:near|opposite|in front of)\s\w",
    re.IGNORECASE,
)


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_YES, _NO, _SKIP, _UNSURE, _GREETINGS, _THANKS, _NODS, _WITHDRAW = (
    _table(words) for words in (YES, NO, SKIP, UNSURE, GREETINGS, THANKS, NODS, WITHDRAW)
)
_COMMAND_OF = {word: name for name, words in COMMANDS.items() for word in words.split("|")}
_CLOSURE_OF = {word: name for name, words in CLOSURE.items() for word in words.split("|")}


@lru_cache(maxsize=1024)  # one text is asked about a dozen times in its turn
def _plain(text: str) -> str:
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return _SPACES.sub(" ", shown.strip().lower().replace("’", "'"))


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    plain = _plain(text)
    end = len(plain)
    while word := next((word for word in _POLITE if plain.endswith(word, 0, end)), ""):
        end -= len(word)
    return plain[:end] or plain


def _is_one_of(text: str, table: frozenset[str]) -> bool:
    return len(text) <= LONGEST_COMMAND and (_plain(text) in table or _bare(text) in table)


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it at all."""
    return any(letter.isalnum() for letter in text)


def find_command(text: str) -> str | None:
    """The command that these words are, whole; words that merely hold one are not a command."""
    if len(text) > LONGEST_COMMAND:
        return None
    return _COMMAND_OF.get(_plain(text)) or _COMMAND_OF.get(_bare(text))


def is_yes(text: str) -> bool:
    """Whether the words agree."""
    return _is_one_of(text, _YES)


def is_no(text: str) -> bool:
    """Whether the words disagree."""
    return _is_one_of(text, _NO)


def is_skip(text: str) -> bool:
    """Whether the words pass a question by."""
    return _is_one_of(text, _SKIP)


def is_unsure(text: str) -> bool:
    """Whether the words say that the person does not know."""
    return _is_one_of(text, _UNSURE)


def is_nod(text: str) -> bool:
    """Whether the words only nod or shake the head: an answer to somebody, but nothing to put on record."""
    return _is_one_of(text, _NODS) or is_yes(text) or is_no(text)


def is_thanks(text: str) -> bool:
    """Whether the words only thank."""
    return _is_one_of(text, _THANKS)


def is_courtesy(text: str) -> bool:
    """Greetings and thanks, which answer no question."""
    return is_thanks(text) or _is_one_of(text, _GREETINGS)


def is_small_talk(text: str) -> bool:
    """What tells of no problem: courtesies, a nod, or no letter or digit at all."""
    return not has_words(text) or is_courtesy(text) or is_nod(text)


def split_answer(text: str) -> tuple[bool, str]:
    """Yes or no before more words: which, and the rest. Yes with the whole text where it is neither."""
    agreed, refused = _YES_FIRST.match(text), _NO_FIRST.match(text)
    if refused:
        return False, text[refused.end() :]
    return True, text[agreed.end() :] if agreed else text


def find_closure(text: str) -> str | None:
    """The answer to "how is it now" that these words are, whole: yes, partly or no."""
    if len(text) > LONGEST_COMMAND:
        return None
    return _CLOSURE_OF.get(_plain(text)) or _CLOSURE_OF.get(_bare(text))


def asks_withdrawal(text: str) -> bool:
    """Whether the words ask that a case told before be taken back."""
    return _is_one_of(text, _WITHDRAW)


def find_case_number(text: str) -> str | None:
    """The first case number in the words, as we write it; spaces, case and Thai digits are forgiven."""
    found = _NUMBER.search(text.translate(_THAI_DIGITS))
    return f"FT{found[1]}-{found[2]}" if found else None


def find_bare_number(text: str) -> str | None:
    """The case number that a whole text is without its letters: 6911-00042."""
    found = _BARE_NUMBER.fullmatch(_plain(text).translate(_THAI_DIGITS))
    return f"FT{found[1]}-{found[2]}" if found else None


def strip_case_number(text: str) -> str:
    """The words without their case number."""
    return _NUMBER.sub(" ", text.translate(_THAI_DIGITS), count=1).strip(" :：-–\n\t")


def asks_status(text: str) -> bool:
    """Whether the words that stand beside a case number ask how far it has come."""
    return not has_words(text) or (len(text) <= LONGEST_COMMAND and bool(_ASKS_STATUS.search(text)))


def strip_report_word(text: str) -> str:
    """The problem without "แจ้งเรื่อง" before it."""
    found = _REPORT_FIRST.match(text)
    rest = text[found.end() :].strip() if found else ""
    return rest if has_words(rest) else text


def is_link(text: str) -> bool:
    """Whether the words are addresses of the web and nothing else."""
    return bool(_ADDRESS.search(text)) and not has_words(_ADDRESS.sub(" ", text))


def read_as_khet(text: str) -> str:
    """A bare name as the name of a khet, for somebody asked where; empty where it is more than a name."""
    bare = _LOCATES.sub("", _bare(text))
    if len(bare) > LONGEST_COMMAND or not has_words(bare) or any(letter.isdigit() for letter in bare):
        return ""
    return f"khet {bare}" if bare.isascii() else f"เขต{bare}"


def tells_spot(text: str) -> bool:
    """Whether the words name a spot that a crew can find: a soi with its number, a shop, a school, a road."""
    return bool(_SPOT.search(text.translate(_THAI_DIGITS)))


def find_phone(text: str) -> str | None:
    """The first Thai telephone number in the words, its nine or ten digits; None where there is none."""
    found = _PHONE.search(drop_other_numbers(_plain(text).translate(_THAI_DIGITS)))
    return "0" + re.sub(r"\D", "", found["rest"]) if found else None
