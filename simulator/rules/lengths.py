"""Lengths as LINE counts them: UTF-16 units nearly everywhere, what people see as one letter for labels.

The cluster rules of Unicode (UAX 29) need tables the standard library lacks; what is here follows them for
Thai and Lao, Latin and Indic marks, Hangul, flags, keycaps and emoji with skin tones or joiners. It differs
from them only for rare prepended marks, which it counts as letters of their own.
"""

import re
import unicodedata
from functools import lru_cache

_JOINER = "\u200d"
_AM_VOWELS = "\u0e33\u0eb3"  # Thai and Lao "am": letters by category, yet part of the letter before
_HALF = re.compile("[\ud800-\udfff]")
_HANGUL_LEADS = ("L", "V", "LV", "LVT")


def utf16_length(text: str) -> int:
    """UTF-16 code units; half of a pair counts as one unit."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_graphemes(text: str) -> int:
    """What a person counts as letters."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    count = 0
    flags = 0
    before = ""
    pictured = False  # the cluster so far is a picture, so a joiner may add another picture to it
    for letter in text:
        kind = _kind(letter)
        if before and _joins(before, kind, letter, flags, pictured):
            if kind == "flag":
                flags += 1
        else:
            count += 1
            flags = 1 if kind == "flag" else 0
            pictured = False
        if kind == "picture":
            pictured = True
        elif kind not in ("extend", "joiner"):
            pictured = False
        before = kind
    return count


def has_half_pair(text: str) -> bool:
    """Whether an emoji was cut in two, which no longer is text."""
    return _HALF.search(text) is not None


def _joins(before: str, kind: str, letter: str, flags: int, pictured: bool) -> bool:
    if before == "cr":
        return letter == "\n"
    if before == "control" or kind in ("control", "cr"):
        return False
    if kind in ("extend", "joiner", "spacing"):
        return True
    if before == "joiner" and kind == "picture":
        return pictured
    if kind == "flag" and before == "flag":
        return flags % 2 == 1
    if before == "L":
        return kind in _HANGUL_LEADS
    if before in ("LV", "V"):
        return kind in ("V", "T")
    if before in ("LVT", "T"):
        return kind == "T"
    return False


@lru_cache(maxsize=4096)
def _kind(letter: str) -> str:
    code = ord(letter)
    if letter == "\r":
        return "cr"
    if letter == _JOINER:
        return "joiner"
    if letter in _AM_VOWELS:
        return "spacing"
    if letter == "\u200c" or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F or 0xFF9E <= code <= 0xFF9F:
        return "extend"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    category = unicodedata.category(letter)
    if category in ("Mn", "Me"):
        return "extend"
    if category == "Mc":
        return "spacing"
    if category in ("Cc", "Zl", "Zp", "Cf"):
        return "control"
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xD7B0 <= code <= 0xD7FB:
        return _jamo(code)
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    if category == "So" or 0x1F000 <= code <= 0x1FAFF or letter in "\u00a9\u00ae\u203c\u2049":
        return "picture"
    return "other"


def _jamo(code: int) -> str:
    if code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    return "T"
