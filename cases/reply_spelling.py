"""Coordinators type fast, on telephones, in a chat: this module brings their spelling back to one form,
so that the patterns that read replies and dates can be written once, in correct Thai."""

import re
import tomllib
from pathlib import Path
from typing import Any

from cases.phrases import normalise

PATTERNS: dict[str, Any] = tomllib.loads((Path(__file__).with_name("reply_patterns.toml")).read_text(encoding="utf-8"))

_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# Order matters: each rule relies on the form the ones above leave behind.
_LETTER_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32"), "\\1ำ"),
    (re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e3a])"), r"\2\1"),
    (re.compile("([เแโใไ])[\u0e48-\u0e4b]"), r"\1"),
    (re.compile(f"([{_MARKS}])\\1+"), r"\1"),
    (re.compile("([ก-ฬฮะาๅำเ-ไ])\\1{2,}"), r"\1"),
    (re.compile("อ{3,}(?!ก)"), "อ"),  # "ท่อออกไม่ได้" is spelt so
    (re.compile("([a-z])\\1{2,}"), r"\1\1"),
)
# A polite word drawn out: "เรียบร้อยค่าา", "เสร็จแล้วครับบ"; not "ค่าปรับ".
_DRAWN_OUT = (
    (re.compile("ค่[าะ]+(?![ก-๎])"), "ค่ะ"),
    (re.compile("(?:ครั|คั|ค้า|คร้า)[บปพ]{2,}(?![ก-๎])"), "ครับ"),
)
# Numbers that are no part of what is said, yet look like days and months to a reader of dates.
_REFERENCES = re.compile(
    r"https?://\S+|@\S+|\bft\d{4}-?\d{3,6}\b|\b20\d\d-[a-z0-9]{5,8}\b(?!-)"
    r"|(?<![\d/.])0\d{1,2}[- ]?\d{3}[- ]?\d{3,4}(?!\d)",
    re.ASCII,
)
# "2 จาก 3 จุด", "3/5 ดวง": some of it, not all; "อีก 3 จุด": what is left.
_PIECES = "(?:จุด|ดวง|ต้น|แห่ง|ฝา|ป้าย|หลุม|ราย|เคส|เรื่อง)"
_SHARE = re.compile(rf"(?<![\d/])(\d{{1,3}}) ?(?:จาก|ใน|/) ?(\d{{1,3}})(?= ?{_PIECES})")
# "คืบหน้าร้อยละ 30": as much of it, and no more.
_SO_FAR = re.compile(r"คืบหน้า(?:ไป)?(?:แล้ว)?(?:ประมาณ|ราว)? ?(?:ร้อยละ ?[1-9]\d?(?!\d)|[1-9]\d? ?%)")
_REST = re.compile(rf"(?:^|(?<=\s))อีก(?= ?\d{{1,3}} ?{_PIECES})")
# "เก็บให้หมดละครับ": แล้ว as it is said, but not "วันละ" nor "ไหนละ".
_ALREADY = re.compile(
    r"(?<=[ก-๎])(?<![แทก็])(?<!คน)(?<!วัน)(?<!จุด)(?<!ดวง)(?<!ราย)(?<!ต้น)(?<!ครั้ง)(?<!รอบ)(?<!เดือน)(?<!ไหน)(?<!ใคร)"
    r"(?<!ไร)(?<!ไง)(?<!ยัง)(?<!ไหม)(?<!แล้ว)(?:ละ|แระ)(?=\s|$|นะ|น้า|พี่|หัวหน้า|ครับ|ค่ะ|คะ|จ้|คับ|ค้าบ|ฮะ)"
)


def _name_share(match: re.Match[str]) -> str:
    return "บางส่วน" if int(match[1]) < int(match[2]) else match[0]


def clean_letters(text: str) -> str:
    """The same words in small letters and single spaces, without invisible characters, doubled marks,
    Thai digits, telephone and case numbers."""
    text = normalise(text).translate(_THAI_DIGITS)
    for pattern, replacement in _LETTER_RULES:
        text = pattern.sub(replacement, text)
    for pattern, replacement in _DRAWN_OUT:
        text = pattern.sub(replacement, text)
    text = _SO_FAR.sub("บางส่วน", text)
    text = _REST.sub("เหลืออีก", _REFERENCES.sub(" ", text))
    return _SHARE.sub(_name_share, _ALREADY.sub("แล้ว", text))


def _list_near_misses(word: str) -> set[str]:
    """One letter lost, doubled into its neighbour, swapped or struck wrongly, never the first one: a lost
    first letter is as often another word, and a doubled one the end of the word before ("โปรดดำเนินการ")."""
    letters = [chr(code) for code in range(0x0E01, 0x0E4F) if not 0x0E3B <= code <= 0x0E3F]
    misses: set[str] = set()
    for i in range(1, len(word)):
        misses.add(word[:i] + word[i + 1 :])
        misses.update(word[:i] + letter + word[i + 1 :] for letter in letters)
        misses.update(word[:i] + letter + word[i:] for letter in letters if (i, letter) != (1, word[0]))
        misses.add(word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :])
    return misses


def _build_misspellings() -> dict[str, str]:
    spelling: dict[str, str] = PATTERNS["spelling"]
    keywords: list[str] = PATTERNS["keywords"]
    kept = set(PATTERNS["look_alikes"])
    table = {miss: word for word in keywords for miss in _list_near_misses(word) if miss not in kept}
    table |= {wrong: right for right, wrongs in spelling.items() for wrong in wrongs}
    return table | {word: word for word in [*keywords, *kept, *spelling]}


_MISSPELLINGS = _build_misspellings()
_LENGTHS_BY_START: dict[str, tuple[int, ...]] = {}
for _wrong in _MISSPELLINGS:
    _known = _LENGTHS_BY_START.get(_wrong[:2], ())
    if len(_wrong) not in _known:
        _LENGTHS_BY_START[_wrong[:2]] = tuple(sorted((*_known, len(_wrong)), reverse=True))


def correct_words(text: str) -> str:
    """Mends common misspellings and near misses of the long words that decide what a reply means."""
    out: list[str] = []
    i = 0
    while i < len(text):
        right = None
        lengths = _LENGTHS_BY_START.get(text[i : i + 2], ())
        exact = next((n for n in lengths if _MISSPELLINGS.get(text[i : i + n]) == text[i : i + n]), 0)
        for n in (exact,) if exact else lengths:
            right = _MISSPELLINGS.get(text[i : i + n])
            if right is not None:
                out.append(right)
                i += n
                break
        if right is None:
            out.append(text[i])
            i += 1
    return "".join(out)
