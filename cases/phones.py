"""Hides telephone numbers in what is passed on: people who leave an office keep its group's messages, and a
colleague's mobile that is typed into a question is nobody's to hand out. Lines of offices may be read by all."""

import re

# Where the ten digits of a script begin: Latin, Thai, full width, and those that others bring along.
_SCRIPTS = (0x30, 0xE50, 0xFF10, 0x660, 0x6F0, 0x966, 0xED0, 0x1040, 0x17E0, *range(0x1D7CE, 0x1D800, 10))


def _any_of(*digits: int) -> str:
    return f"[{''.join(chr(first + digit) for first in _SCRIPTS for digit in digits)}]"


_NOUGHT, _SIX, _TWO_TO_NINE, _OF_MOBILES = _any_of(0), _any_of(6), _any_of(*range(2, 10)), _any_of(6, 8, 9)
# A spot in the country, as maps write it; of numbers in a list the second is no longitude.
_LATITUDE, _LONGITUDE = r"(?:[5-9]|1\d|20)\.\d{1,15}", r"(?:9[7-9]|10[0-5])\.\d{1,15}"
_AND = r"(?:\s?[,/]\s?|%2C|\s{1,3})"
# Other numbers that hold a nought or 66 where a telephone number might begin.
_OTHER_NUMBERS = (
    rf"FT\s?[-–—‑]?\s?(?!{_NOUGHT}|{_SIX}{{2}})\d{{4}}\s?[-–—‑]?\s?\d{{5,7}}(?!\d)",
    r"(?<!\d)(?!66)[1-9]\d{3}[-–—‑]\d{5}(?!\d)",  # a case number without its letters
    rf"(?<!\d)(?:{_LATITUDE}{_AND}{_LONGITUDE}|{_LONGITUDE}{_AND}{_LATITUDE})(?!\d)",
    r"(?<!\d)(?:19|20|24|25)\d\d(?P<iso>[-/.])\d{1,2}(?P=iso)\d{1,2}"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?(?!\d)",
    r"(?<!\d)[0-3]?\d(?P<day>\s?[-/.]\s?)[01]?\d(?P=day)(?:19|20|24|25)\d\d(?![-/.]?\d)",
    r"(?<!\d)[0-3]?\d/[01]?\d/\d\d(?![-/.]?\d)",
    r"(?<!\d)[0-2]?\d[:.][0-5]\d\s?[-–]\s?[0-2]?\d[:.][0-5]\d(?![-.]?\d)",
    r"(?<![\d,])(?!66,[689]\d\d,\d{3},\d{3}(?!,?\d|\s?บาท))[1-9]\d{0,2}(?:,\d{3}){1,4}(?![\d,])",
)
# Whatever may stand between two digits, and no more of it than people put there but where a line is drawn.
_BETWEEN = r"(?:[\W_]{0,6}|\s{7,60}|\.{7,60}|[-–]{7,60}|_{7,60})"
# The desk behind a switchboard is part of the number; "ต่อ 3 วัน" is none.
_DESK = (
    r"(?:\s?,?\s?(?:ต่อ|เบอร์ต่อ|ext(?:ension)?\.?|\#)\s?:?\s?\d{1,5}(?:\s?[-–‑]\s?\d{1,4})?(?!\d)"
    r"(?!\s?(?:วัน|ครั้ง|คน|ชั่วโมง|นาที|เดือน|สัปดาห์|ปี)))?"
)
# What stands behind the number of a line in a list ("1.081-234-5678") and is no decimal or time of day.
_IN_LIST = r"(?=\d{3}|\d\d?-|\d\d\s\d{3,4}[\s-])(?!\d{1,5}[\s,]+\d+\.\d|\d+\s?°)"
# A Thai number as people write it, by slip with the letter O; of two without a break both; with a digit too many.
_PHONE = (
    rf"(?<!\d)(?:(?<!\d\.)|{_IN_LIST})"
    rf"(?:{_NOUGHT}{_OF_MOBILES}\d{{8}}(?:{_NOUGHT}{_TWO_TO_NINE}\d{{7,8}})+(?!\d)"
    rf"|{_NOUGHT}{_OF_MOBILES}[-/.\s]\d\d[-/.\s]\d{{7}}(?!\d)"
    rf"|(?<![A-Z])\(?O(?={_OF_MOBILES}){_TWO_TO_NINE}(?:{_BETWEEN}\d){{8}}(?!\d)"
    rf"|(?:\(?{_NOUGHT}(?!\.(?:[2-57]\d{{7}}|\d+[\W_]+0\.)){_BETWEEN}"
    rf"|\(?(?:\+\s?|(?:{_NOUGHT}{_BETWEEN}){{1,2}})?{_SIX}{{2}}{_BETWEEN}(?:{_NOUGHT}{_BETWEEN})?)"
    rf"{_TWO_TO_NINE}(?:{_BETWEEN}\d){{7,8}}(?!\d)){_DESK}"
)
_MOBILE = re.compile(r"0[689]\d{8}")  # whatever comes behind it: no line of an office begins so
_NUMBER = re.compile(rf"(?P<other>{'|'.join(_OTHER_NUMBERS)})|{_PHONE}", re.IGNORECASE)


def hide_phones(words: str, instead: str) -> str:
    """The words with `instead` in place of each telephone number."""
    return _NUMBER.sub(lambda found: found[0] if found["other"] else instead, words)


def hide_personal(words: str, instead: str, *, own: str | None = None) -> str:
    """The words with `instead` in place of each mobile number but the reader's `own`; lines of offices stay."""
    kept = _digits(own) if own else None

    def put(found: re.Match[str]) -> str:
        return instead if not found["other"] and _digits(found[0]) != kept and _is_mobile(found[0]) else found[0]

    return _NUMBER.sub(put, words)


def hide_one(words: str, number: str | None, instead: str) -> str:
    """The words with `instead` in place of this one number, however it is written."""
    if not number:
        return words
    return _NUMBER.sub(lambda found: instead if _digits(number) in _digits(found[0]) else found[0], words)


def find_personal(words: str, *, own: str | None = None) -> str | None:
    """The first mobile number in the words, as it is written, that is not the reader's `own`."""
    kept = _digits(own) if own else None
    found = (one[0].strip() for one in _NUMBER.finditer(words) if not one["other"] and _is_mobile(one[0]))
    return next((number for number in found if _digits(number) != kept), None)


def _is_mobile(number: str) -> bool:
    return _MOBILE.match(_digits(number)) is not None


def _digits(number: str) -> str:
    """The number as it is dialled in the country."""
    plain = re.sub(r"[^\d]", "", re.sub(r"^\(?[Oo]", "0", number))
    arabic = "".join(str(int(digit)) for digit in plain)
    return re.sub(r"^(?:0{0,2}66)0?", "0", arabic)


def drop_other_numbers(words: str) -> str:
    """The words with a letter in place of each date, time, spot and case number like a telephone number."""
    return _NUMBER.sub(lambda found: "x" if found["other"] else found[0], words)
