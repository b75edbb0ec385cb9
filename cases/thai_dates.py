"""Finds the day an official commits to in ordinary Thai or English, so that the reporter can be told a
date.

Conventions, where speech leaves room (each is the latest day a fair listener would wait for): a week
runs from Monday to Sunday; "this week", "next week" (อาทิตย์หน้า) and the end of a week mean its
Friday, early in a week its Tuesday, the middle its Wednesday; a weekday said on that same day means a
week later, unless "this" stands with it; early in a month is the 5th, the middle the 15th; a month, a
year and a budget year (October to September) end on their last day; "after New Year" is 15 January,
"after Songkran" 30 April; of a range the later end counts; hours short of a day are today; working days
are those of the office that speaks, else the calendar's. A day and month already past mean next year only if that is
at most half a year away.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reply_spelling import clean_letters
from cases.working_time import NextDay, find_working_day_after

HALF_A_YEAR = timedelta(days=183)
# Beyond this a day is a slip of the finger, not a commitment.
LONGEST_WAIT = timedelta(days=5 * 366)
BUDDHIST_ERA = 543
FAR = 2200


@dataclass(frozen=True, slots=True)
class Mention:
    """A day named in a text, where it stands there, and whether it is today or later, or later only."""

    start: int
    end: int
    day: date
    ahead: bool
    later: bool


def _number_names(lines: str, first: int) -> dict[str, int]:
    return {name: n for n, line in enumerate(lines.strip().splitlines(), start=first) for name in line.split()}


_MONTHS = _number_names(
    """
    มกราคม มกรา ม.ค. ม.ค มค. มค january jan
    กุมภาพันธ์ กุมภา ก.พ. ก.พ กพ. กพ february feb
    มีนาคม มีนา มี.ค. มี.ค มีค. มีค march mar
    เมษายน เมษา เม.ย. เม.ย เมย. เมย april apr
    พฤษภาคม พฤษภา พ.ค. พ.ค พค. พค may
    มิถุนายน มิถุนา มิ.ย. มิ.ย มิย. มิย june jun
    กรกฎาคม กรกฏาคม กรกฎา ก.ค. ก.ค กค. กค july jul
    สิงหาคม สิงหา ส.ค. ส.ค สค. สค august aug
    กันยายน กันยา ก.ย. ก.ย กย. กย september sept sep
    ตุลาคม ตุลา ต.ค. ต.ค ตค. ตค october oct
    พฤศจิกายน พฤศจิกา พ.ย. พ.ย พย. พย november nov
    ธันวาคม ธันวา ธ.ค. ธ.ค ธค. ธค december dec
    """,
    first=1,
)
_DOTLESS = frozenset(name for name in _MONTHS if len(name) < 4 and "." not in name and not name.isascii())
_WEEKDAYS = _number_names(
    """
    จันทร์ monday mon
    อังคาร tuesday tue
    พุธ wednesday wed
    พฤหัสบดี พฤหัสฯ พฤหัส thursday thu
    ศุกร์ สุกร์ friday fri
    เสาร์ saturday sat
    อาทิตย์ sunday sun
    """,
    first=0,
)
_NUMBERS = {
    "สามสิบ": 30, "ยี่สิบ": 20, "สิบห้า": 15, "สิบสี่": 14, "สิบ": 10, "สองสาม": 3, "สามสี่": 4, "สี่ห้า": 5,
    "หนึ่ง": 1, "นึง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "a": 1, "an": 1,
}  # fmt: skip


def _any_of(words: dict[str, int], *, latin: bool | None = None) -> str:
    chosen = (word for word in words if latin is None or word.isascii() == latin)
    return "(?:" + "|".join(_as_pattern(word) for word in sorted(chosen, key=len, reverse=True)) + ")"


def _as_pattern(word: str) -> str:
    """No Thai letter may follow a month's short name written without its dots: "ธค" begins other words."""
    return re.escape(word) + ("(?![ก-ฮ])" if word in _DOTLESS else "")


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _gregorian(year: int) -> int:
    """2569, 69 and 2026 are one year; two figures below 60 are of the Christian era."""
    if year < 100:
        year += 2500 if year >= 60 else 2000
    return year - BUDDHIST_ERA if year >= 2400 else year


def _settle(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            full = _gregorian(int(year))
            return date(full, month, day) if 1900 < full < FAR else None
        this_year = date(today.year, month, day)
        if this_year >= today:
            return this_year
        next_year = date(today.year + 1, month, day)
    except ValueError:
        return None
    return next_year if next_year - today <= HALF_A_YEAR else None


Said = dict[str, str | None]


def _named_date(said: Said, today: date) -> date | None:
    return _settle(int(said["day"] or 0), _MONTHS[said["month"] or ""], said["year"], today)


def _figure_date(said: Said, today: date) -> date | None:
    return _settle(int(said["day"] or 0), int(said["month"] or 0), said.get("year"), today)


def _day_of_month(said: Said, today: date) -> date | None:
    day, weekday = int(said["day"] or 0), _WEEKDAYS.get(said["weekday"] or "")
    first = today.year * 12 + today.month - 1 + (1 if said["next"] else 0)
    coming = []
    for months in range(first, first + 3):
        year, month = divmod(months, 12)
        if 1 <= day <= calendar.monthrange(year, month + 1)[1]:
            coming.append(date(year, month + 1, day))
    coming = [found for found in coming if found >= today]
    # "Saturday the 14th": when the coming 14th is a Monday, the month after may be the one meant.
    fitting = [found for found in coming if found.weekday() == weekday]
    return next(iter(fitting or coming), None)


def _weekday(said: Said, today: date) -> date:
    wanted, which = _WEEKDAYS[said["weekday"] or ""], said.get("which") or said.get("lead")
    if which in _NEXT:
        return today + timedelta(days=7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if which in ("นี้", "this") else 7))


def _week(said: Said, today: date) -> date:
    weekday = {"ต้น": 1, "กลาง": 2}.get(said.get("part") or "", 4)
    weeks_on = 1 if said.get("which") in _NEXT else 0
    found = today + timedelta(days=weekday - today.weekday() + 7 * weeks_on)
    # On a weekend "this week" can only be what is left of it.
    return found if found >= today else today + timedelta(days=6 - today.weekday())


def _month(said: Said, today: date) -> date | None:
    year, month = today.year, today.month
    if said.get("which") in _NEXT:
        year, month = divmod(year * 12 + month, 12)
        month += 1
    elif name := said.get("name"):
        month = _MONTHS[name]
        if written := said.get("year"):
            year = _gregorian(int(written))
        elif month < today.month:
            year += 1
            if date(year, month, 1) - today > HALF_A_YEAR:
                return None
    if not 1900 < year < FAR:
        return None
    last = _month_end(year, month)
    found = last.replace(day={"ต้น": 5, "กลาง": 15}.get(said.get("part") or "", last.day))
    if found >= today or today > last:
        return found
    # "ต้นเดือน" said late in a month is the next one's; with the month named, only what is left of it remains.
    return last if said.get("which") or said.get("name") else _month({**said, "which": "หน้า"}, today)


def _read_count(said: Said) -> int:
    words = said["most"] or said["count"] or ""
    return _NUMBERS.get(words) or int(words)


def _count_work(said: Said, today: date, next_day: NextDay) -> date:
    for _ in range(_read_count(said)):
        today = next_day(today)
    return today


def _stretch(said: Said, today: date) -> date:
    unit, count = said["unit"] or "", _read_count(said)
    if unit.startswith(("เดือน", "month")):
        year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    if unit.startswith(("ชม", "ชั่วโมง", "hour")):
        return today + timedelta(days=count // 24)
    if unit.startswith(("นาที", "minute")):
        return today
    return today + timedelta(days=count * (7 if unit.startswith(("สัปดาห์", "อาทิตย์", "week")) else 1))


def _budget_year(said: Said, _: date) -> date | None:
    year = _gregorian(int(said["year"] or 0))
    return date(year, 9, 30) if 1900 < year < FAR else None


def _in_days(days: int) -> Callable[[Said, date], date]:
    return lambda _, today: today + timedelta(days=days)


def _yearly(month: int, day: int, years_on: int = 0) -> Callable[[Said, date], date]:
    def find(_: Said, today: date) -> date:
        coming = date(today.year + years_on, month, day)
        return coming if coming >= today else coming.replace(year=coming.year + 1)

    return find


_NEXT = ("หน้า", "ถัดไป", "next")
_MONTH, _DAY = _any_of(_MONTHS), _any_of(_WEEKDAYS, latin=False)
_LATIN_MONTH, _LATIN_DAY = _any_of(_MONTHS, latin=True), _any_of(_WEEKDAYS, latin=True)
_COUNT, _LATIN_COUNT = (rf"(?:\d{{1,3}}|{_any_of(_NUMBERS, latin=latin)})" for latin in (False, True))
_THINGS = r"\s?(?:จุด|ดวง|ราย|ต้น|แห่ง|คัน|ฝา|ป้าย|เคส|เรื่อง|ซอย|หลุม|ชุด|เมตร|บ่อ|ตัว|คน)"
_YEAR = rf"(?:ปี\s?)?(?:พ\.?\s?ศ\.?\s?|ค\.?\s?ศ\.?\s?)?(?P<year>\d{{4}}|[6-9]\d)(?![\d:/]|\.\d|{_THINGS})"
_HOUSE = "".join(
    rf"(?<!{word})(?<!{word} )" for word in ("เลขที่", "ซอย", r"ซ\.", "หมู่", "บ้าน", "ห้อง", "กท", "ตึก", "สาย", r"ม\.")
)
_LIMIT = "(?:ภายใน|ไม่เกิน|ไม่น่าเกิน|ไม่น่าจะเกิน|ก่อน|อีก|รอ|ขอเวลา|ขอ|ใช้เวลา|ประมาณ|ราว|สัก|ใน)"
_AFTER_RECEIPT = "(?<=รับทราบ)|(?<=รับทราบ )|(?<=รับเรื่อง)|(?<=รับเรื่อง )"
_UNIT = rf"(?P<unit>วันทำการ|วันราชการ|วัน(?!ที่|นี้|{_DAY})|สัปดาห์|อาทิตย์|เดือน|ชั่วโมง|ชม\.?|นาที)"
_LATIN_UNIT = "(?P<unit>(?:working |business )?days?|weeks?|months?|hours?|minutes?)"
_OF_WORK = ("วันทำ", "วันราช", "working", "business")
_PAST_STRETCH = r"\s?(?:ก่อน|ที่แล้ว|ที่ผ่านมา|มาแล้ว|แล้ว|ละ|ต่อ|ครั้ง|กว่า)"
_STRETCH = rf"(?P<count>{_COUNT})(?:\s?(?:-|–|ถึง|หรือ)\s?(?P<most>{_COUNT}))?\s?{_UNIT}(?!{_PAST_STRETCH})"
_PART = r"(?:(?P<part>ต้น|กลาง|ปลาย|สิ้น)\s?)?"
_NTH = "(?:st|nd|rd|th)?"
_WORD, _ENDS = "(?<![a-z])", "(?![a-z])"

# The first pattern to claim a stretch of text keeps it.
_PATTERNS: list[tuple[re.Pattern[str], Callable[[Said, date], date | None]]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(?<!\d)(?P<year>2[05]\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _figure_date),
        (
            rf"(?:วัน(?:{_DAY})?\s?ที่\s?|วัน(?:{_DAY})\s?)?(?<![\d/.])(?:\d{{1,2}}\s?(?:-|–|ถึง|และ|หรือ)\s?)?"
            rf"(?P<day>\d{{1,2}}){_NTH}\s?(?:of )?(?:เดือน\s?)?(?P<month>{_MONTH}){_ENDS}\.?(?:\s?{_YEAR})?",
            _named_date,
        ),
        (
            rf"{_WORD}(?P<month>{_LATIN_MONTH})\.? (?P<day>\d{{1,2}}){_NTH}(?:,? (?P<year>\d{{4}}))?(?!\d)",
            _named_date,
        ),
        (
            r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])",
            _figure_date,
        ),
        (rf"{_HOUSE}(?<![\d/.-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?![\d/]|{_THINGS})", _figure_date),
        (
            rf"(?:วัน(?P<weekday>{_DAY})?\s?ที่|(?<=ไม่เกิน)|(?<=ภายใน)|(?<=ก่อน))\s?(?P<day>\d{{1,2}})"
            rf"(?![\d/:.-]|\s?(?:วัน|สัปดาห์|อาทิตย์|เดือน(?!หน้า|นี้)|ชั่วโมง|ชม|นาที|น\.|โมง|ปี|%)|{_THINGS})"
            r"\s?(?:เดือน)?(?:นี้|(?P<next>หน้า))?",
            _day_of_month,
        ),
        (r"วัน(?:สอง|\s?2)\s?วัน", _in_days(2)),
        (
            rf"(?:(?:{_LIMIT}\s?){{1,3}}|^|{_AFTER_RECEIPT}|(?<=เสร็จ)|(?<=เสร็จ )"
            rf"|(?<=เวลา)|(?<=เวลา )|(?<=ครับ )|(?<=ค่ะ ))"
            rf"{_STRETCH}",
            _stretch,
        ),
        (rf"{_STRETCH}(?=\s?(?:เสร็จ|จะ|ถึงจะ))", _stretch),
        (
            rf"{_WORD}(?:within|in|about|another) (?P<count>{_LATIN_COUNT})(?:\s?-\s?(?P<most>\d{{1,3}}))?"
            rf" {_LATIN_UNIT}{_ENDS}",
            _stretch,
        ),
        (rf"(?:วัน)?มะ?รืน(?:นี้)?|{_WORD}(?:the )?day after tomorrow", _in_days(2)),
        (
            r"(?:วัน)?(?:พรุ่ง|พรุ้ง|พุ่ง|พรุง)(?:นี้|นี่)|วันพรุ่ง"
            rf"|{_WORD}(?:tomorrow|tmrw?){_ENDS}(?: (?:morning|afternoon|evening|night))?",
            _in_days(1),
        ),
        (
            # "สายนี้" is this wire, "สายๆ นี้" this forenoon.
            r"วันนี้|(?:เช้า|บ่าย|เที่ยง|เย็น|ค่ำ|คืน)\s?ๆ?\s?นี้|สาย\s?ๆ\s?นี้"
            rf"|{_WORD}(?:today|tonight|this (?:morning|afternoon|evening)){_ENDS}",
            _in_days(0),
        ),
        (
            r"(?:^|(?<=เดี๋ยว)|(?<=สัก)|(?<=เข้า))\s?(?:ช่วง|ตอน|สัก)?\s?(?:เช้า|สาย|บ่าย|เย็น|ค่ำ)(?:\s?ๆ|โมง|สอง|สาม|สี่)",
            _in_days(0),
        ),
        (r"(?:ภายใน|ไม่เกิน)\s?(?:1\s?)?(?:สัปดาห์|อาทิตย์)(?!\s?(?:นี้|หน้า|ถัดไป))", _in_days(7)),
        (r"(?:วัน)?เสาร์\s?(?:-\s?)?(?P<weekday>อาทิตย์)\s?(?P<which>นี้|หน้า)?", _weekday),
        (rf"วัน\s?(?P<weekday>{_DAY})\s?(?P<which>นี้|หน้า|ถัดไป)?", _weekday),
        (r"(?P<weekday>จันทร์|อังคาร|พุธ|พฤหัส(?:บดี|ฯ)?|ศุกร์|เสาร์)\s?(?P<which>นี้|หน้า|ถัดไป)", _weekday),
        (r"(?<![ก-๎])(?P<weekday>จันทร์|อังคาร|พุธ|พฤหัส(?:บดี|ฯ)?|ศุกร์|เสาร์)(?=\s|$|ครับ|ค่ะ|คะ|นะ|จะ|เข้า)", _weekday),
        (rf"{_WORD}(?P<lead>by|on|this|next) (?P<weekday>{_LATIN_DAY}){_ENDS}", _weekday),
        (
            rf"{_WORD}(?:(?:within|by|before|early|end of|the end of) ){{0,3}}(?P<which>this|next) week{_ENDS}"
            rf"|{_WORD}(?:by )?(?:the )?end of (?:the )?week",
            _week,
        ),
        (rf"{_PART}(?:สัปดาห์|อาทิตย์|วีค)\s?(?P<which>นี้|หน้า|ถัดไป)|(?:สิ้น|ปลาย)\s?(?:สัปดาห์|อาทิตย์)", _week),
        (rf"{_PART}เดือน\s?(?P<name>{_MONTH})(?:\s?{_YEAR})?", _month),
        (
            rf"(?:ภายใน|ไม่เกิน|ก่อนสิ้น|(?P<part>ต้น|กลาง|ปลาย|สิ้น))\s?(?P<name>{_MONTH})(?:\s?{_YEAR})?",
            _month,
        ),
        (rf"{_PART}เดือน\s?(?P<which>นี้|หน้า|ถัดไป)", _month),
        (r"(?P<part>ต้น|กลาง|ปลาย|สิ้น)\s?เดือน", _month),
        (rf"{_WORD}(?:(?:by|the|end|of|within) ){{0,5}}(?P<which>this|next) month{_ENDS}", _month),
        (rf"{_WORD}(?:by )?(?:the )?end of (?:the )?month{_ENDS}", _month),
        (rf"{_WORD}(?:by|before|end of|in) (?P<name>{_LATIN_MONTH})(?! \d){_ENDS}", _month),
        (
            # "รองบปี 70" waits for the money, and says nothing of what comes then.
            r"(?<!รอ)(?<!รอ )(?<!รอปี)(?:งบ|งบประมาณ|ปีงบประมาณ|ปีงบ)\s?"
            r"(?:ปี\s?)?(?:พ\.?ศ\.?\s?)?(?P<year>25\d\d|[6-9]\d)(?!\d)",
            _budget_year,
        ),
        (r"ก่อน\s?(?:วัน)?(?:ขึ้น)?ปีใหม่|before new year", _yearly(12, 31)),
        (r"หลัง\s?(?:วัน)?(?:ขึ้น)?ปีใหม่|after new year", _yearly(1, 15)),
        (r"ก่อน\s?(?:วัน)?(?:หยุด)?สงกรานต์", _yearly(4, 12)),
        (r"หลัง\s?(?:วัน)?(?:หยุด)?สงกรานต์", _yearly(4, 30)),
        (r"ต้นปีหน้า", _yearly(1, 31, 1)),
        (r"ต้นปี", _yearly(1, 31)),
        (r"กลางปีหน้า", _yearly(6, 30, 1)),
        (r"(?:ภายใน|สิ้น|ปลาย|ก่อนสิ้น)\s?ปี(?:นี้)?(?!หน้า|งบ|\s?\d)|end of (?:the |this )?year", _yearly(12, 31)),
        (rf"(?:ภายใน|สิ้น|ปลาย)?\s?ปีหน้า|{_WORD}next year", _yearly(12, 31, 1)),
    )
]

_LEAP_YEAR = 2028
_WRITTEN_DAY = re.compile(
    rf"\s*(?:วัน)?(?:ที่)?\s*(?P<day>\d{{1,2}})(?:\s?(?P<name>{_MONTH})\.?|[/-](?P<figure>\d{{1,2}})(?=[/-]))"
    r"(?:\s?[/-]?(?P<year>\d{4}|\d{2})(?!\d))?"
)
_SAID_OF_THE_PAST = re.compile(
    r"(?:เมื่อ|ตั้งแต่|(?<!(?<!งบ)ประมา)ณ|จาก|จากเดิม|นับแต่|since|from|last|ทุก|ทุกๆ|every"
    # "ขอเวลาถึงวันศุกร์" asks for it; "จันทร์ถึงศุกร์" are hours of business.
    r"|(?<!เวลา)(?<!ขอ)(?<!เลื่อน)(?<!เลื่อนไป)ถึง|-)\s?(?:วันที่|วัน)?\s?$"
)
_OVER_OR_OFF = re.compile(
    r"\s?(?:นี้\s?)?(?:ที่แล้ว|ที่ผ่านมา|ก่อนหน้า|ไม่ทัน|ไม่ได้|ไม่ว่าง|ไม่มี|ยังไม่|คงไม่|ไม่ต้อง|ของทุก|ago"
    r"|(?:ผม|หนู|พี่|น้อง|เรา|ช่าง|ทีม|ขอ)?\s?(?:หยุด|ลา)"
    r"(?=\s|$|นะ|ครับ|ค่ะ|คะ|จ้า|ราชการ|ยาว|งาน|ชดเชย|พิเศษ|ประจำปี|ป่วย|กิจ|พัก|หยุด)"
    rf"|(?:-|ถึง)\s?(?:วัน)?{_DAY})"
)


def list_mentions(cleaned: str, today: date, next_day: NextDay = find_working_day_after) -> list[Mention]:
    """Every day named in a text that `clean_letters` has cleaned, in order, but those past or ruled out."""
    taken = bytearray(len(cleaned))
    found: list[Mention] = []
    for pattern, reader in _PATTERNS:
        for match in pattern.finditer(cleaned):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            if _is_past_or_off(cleaned, start, end):
                continue
            try:
                said = match.groupdict()
                works = (said.get("unit") or "").startswith(_OF_WORK)
                day = _count_work(said, today, next_day) if works else reader(said, today)
            except (ValueError, OverflowError):  # the calendar ends before what was counted out
                continue
            if day is not None and day - today <= LONGEST_WAIT:
                found.append(Mention(start, end, day, day >= today, day > today))
    return sorted(found, key=lambda mention: mention.start)


def _is_past_or_off(cleaned: str, start: int, end: int) -> bool:
    before = cleaned[max(0, start - 16) : start]
    # A letter is "ลงวันที่ 3", but a team "ลงวันจันทร์".
    dated = cleaned.startswith("วันที่", start) and before.rstrip().endswith("ลง")
    return bool(dated or _SAID_OF_THE_PAST.search(before) or _OVER_OR_OFF.match(cleaned, end))


def names_no_day(cleaned: str) -> bool:
    """Whether a text opens with a day that no calendar holds ("31 พ.ย."), or with one in a year too far off or past to
    be listed: asked only where `list_mentions` found none."""
    match = _WRITTEN_DAY.match(cleaned)
    if match is None:
        return False
    said = match.groupdict()
    month = _MONTHS[said["name"]] if said["name"] else int(said["figure"])
    try:
        date(_LEAP_YEAR, month, int(said["day"]))
    except ValueError:
        return True
    return bool(said["year"])


def find_due(text: str, today: date, next_day: NextDay = find_working_day_after) -> date | None:
    """The first day from today on that the text names as one to come, else None."""
    return next((said.day for said in list_mentions(clean_letters(text), today, next_day) if said.ahead), None)
