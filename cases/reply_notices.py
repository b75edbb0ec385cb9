"""Tells what is said in general, or to everybody: circulars and warnings, what is usually done, how long something has
lasted, and what would happen otherwise. None of it is news of this case."""

import re
from itertools import pairwise

from cases.reply_clauses import NOUNS, VERBS, WORKS
from cases.reply_spelling import clean_letters
from cases.reply_words import Word

_TO_ALL = re.compile(
    r"\W*(?:ด่วน\W*)?(?:ประกาศ(?=\W|$|จาก|แจ้ง|กทม|กรุงเทพ|สำนัก|เรื่อง)|แจ้งเวียน|แจ้งเตือน(?=\W|$|ภัย|ฝน|พายุ|น้ำ|สภาพ)|เตือนภัย|ฝากประชาสัมพันธ์"
    r"|ประชาสัมพันธ์\s?:|ข่าวประชา|ขอเชิญ|เรียนเชิญ|กำหนดการ|แจ้งกำหนดการ|fyi\b|ขออนุญาต(?:ประชาสัมพันธ์|แจ้งข่าว|แชร์)|ข่าวด่วน|สรุปข่าว"
    r"|(?:เรียน|แจ้ง|ถึง)\s?(?:ท่าน)?(?:ผู้ประสาน(?:งาน)?|หัวหน้าฝ่าย)?\s?ทุก(?:ฝ่าย|ท่าน|เขต|คน|หน่วย|กลุ่ม)|แจ้งให้ทราบ(?:ว่า|โดยทั่ว))"
)
_HOURS = r".{0,60}\d{1,2}[.:]\d\d"
_WARNING = re.compile(
    "ค่าฝุ่น|pm ?2\\.5|อุตุ(?:นิยม|ฯ|$|\\s)|พยากรณ์อากาศ|เตือน(?:ฝน|พายุ|น้ำท่วม|ภัย)|(?:พบเห็น|สอบถาม).{0,40}(?:แจ้ง|โทร)(?:ได้|มา)?ที่"
    f"|(?:งดจ่าย|หยุดจ่าย|ดับ(?:กระแส)?ไฟ(?:ฟ้า)?เพื่อ|ตัดกระแสไฟ|น้ำประปาไม่ไหล|ปิดปรับปรุง){_HOURS}"
)
# A report may be put before all: "เรียนทุกท่าน เคสนี้ดำเนินการเรียบร้อยแล้ว".
_REPORTED = re.compile(
    "อยู่ระหว่าง|(?:เสร็จ|เรียบร้อย|ดำเนินการ|แก้ไข|ซ่อม|เก็บ)[ก-๎ ]{0,20}แล้ว(?! ?(?:ให้|แจ้ง|ส่ง|ช่วย|รบกวน|อย่า|กรุณา))"
)
_ITEM = re.compile(
    r"(?:^|\s)\d{1,2}[).](?=\s|[ก-๎])|(?:เคส|เรื่อง|จุด|ซอย|งาน|อัน)(?:ที่)?\s?(?:แรก|หนึ่ง|สอง|สาม|สี่|ห้า|\d{1,3}(?!\s?(?:ดวง|เมตร|วัน)))"
)
_SEVERAL = 2
_UNLIKE = frozenset(("date", "wait", "not_yet", "part", "still", "missing", "future", "progress", "other", "elsewhere"))
_AS_A_RULE = ("ปกติ", "โดยปกติ", "ตามปกติ", "โดยหลัก", "ส่วนใหญ่", "ส่วนมาก", "โดยทั่วไป", "ทั่วไป")
_WHAT_IS_USUAL = ("เคส", "เรื่อง", "แบบ", "งาน", "จุด", "เวลา", "เรา", "เขา", "แล้ว", "ถ้า", "กรณี", "ของ", "เขต", "ทาง", "ก็")
_SPAN = re.compile(r"(?:วัน|สัปดาห์|อาทิตย์|เดือน|ปี|ชั่วโมง|ชม\.?|ครั้ง|รอบ|หน|คืน)(?:กว่า|เต็ม)?\s*$")
_FEW = 5
_SHORT = 16
_PAPERS = (
    "หนังสือตอบ",
    "หนังสือแก้",
    "รายงาน",
    "แบบฟอร์ม",
    "เอกสาร",
    "ใบงาน",
    "สไลด์",
    "ไฟล์",
    "ตัวเลข",
    "สรุป",
    "รายชื่อ",
    "ฟอร์ม",
    "ตาราง",
)
_THEY_SAY = ("แจ้งว่า", "บอกว่า", "ให้ข้อมูลว่า", "ระบุว่า", "อ้างว่า")


def is_notice(text: str) -> bool:
    """ "ประกาศ การไฟฟ้าดับไฟวันที่ 28", "กรมอุตุฯ เตือนฝนตกหนัก": put before everybody, whatever case it stands under."""
    cleaned = clean_letters(text)
    if _WARNING.search(cleaned):
        return True
    return _TO_ALL.match(cleaned) is not None and _REPORTED.search(cleaned) is None


def tells_what_is_usual(chunk: list[Word]) -> bool:
    """ "ปกติเคสแบบนี้ส่งต่อประปา"; "ปกติดีครับ" and "ปกติทุกดวง" are findings."""
    if not chunk[0].text.strip().startswith(_AS_A_RULE) or len(chunk) == 1:
        return False
    after = chunk[1]
    usual = after.kind == "text" and after.text.strip().startswith(_WHAT_IS_USUAL)
    return usual or after.kind in VERBS | NOUNS | {"future", "nominal"}


def supposes_otherwise(words: list[Word]) -> bool:
    """ "ไม่เสร็จก็ไม่ต้องกลับบ้าน", "ไม่ย้ายก็โดนปรับ": a condition without its "if"."""
    for i, (word, after) in enumerate(pairwise(words)):
        if word.kind == "not_yet" and (after.kind in VERBS or after.kind == "finished"):
            behind = words[i + 2 : i + _FEW]
            if behind and behind[0].kind == "text" and behind[0].text.strip().startswith("ก็"):
                return True
    return False


def hear_lasting(words: list[Word]) -> list[Word]:
    """ "ดับ ๆ ติด ๆ มาเป็นเดือนแล้ว", "แจ้งไป 3 รอบแล้ว": what has lasted, or was done so often, is not over."""
    heard, ended = list(words), False
    for i, (before, word) in enumerate(pairwise(words), start=1):
        ended = ended or before.kind == "finished"
        if word.kind == "done" and before.kind == "text" and not ended and _SPAN.search(before.text[-_SHORT:]):
            heard[i] = Word("text", word.text, word.start, word.end)
    return heard


def comes_themselves(chunk: list[Word]) -> bool:
    """ "พรุ่งนี้ผู้แจ้งจะเข้ามาพบที่เขต": the reporter comes, and nobody of ours."""
    return any(word.kind == "reporter" and after.kind == "future" for word, after in pairwise(chunk))


def hears_of_us(chunk: list[Word]) -> bool:
    """ "ผู้ร้องแจ้งว่าเจ้าหน้าที่ได้ซ่อมแล้ว", "กฟน. ตอบว่าอยู่ระหว่างตรวจสอบ": what others say that we or they did."""
    if len(chunk) > 1 and chunk[0].text.startswith("ตอบ") and chunk[1].kind == "that":
        return True
    for i, (word, after) in enumerate(pairwise(chunk)):
        if word.kind == "reporter" and after.text.startswith(_THEY_SAY):
            return any(other.kind == "own" for other in chunk[i + 2 :])
        if word.kind == "other" and after.text.startswith("ตอบ"):
            return True
    return False


def mends_a_paper(chunk: list[Word]) -> bool:
    """ "หนังสือตอบผู้ร้องแก้ไขแล้ว", "รายงานเดือนนี้ทำเสร็จแล้ว": a paper is put right, and not the place."""
    opened = chunk[0].text.strip().startswith(_PAPERS) and len(chunk) > 1 and chunk[1].kind not in NOUNS - {"reporter"}
    return opened and any(word.kind in WORKS for word in chunk[1:])


def lists_several(text: str, words: list[Word]) -> bool:
    """ "เคสแรกเสร็จแล้ว เคสสองรอของ", "1) ซอย 4 เก็บแล้ว 2) ซอย 6 พรุ่งนี้": several matters that do not stand alike."""
    if len({match[0].strip() for match in _ITEM.finditer(clean_letters(text))}) < _SEVERAL:
        return False
    kinds = {word.kind for word in words}
    return not kinds.isdisjoint(("done", "finished")) and not kinds.isdisjoint(_UNLIKE)
