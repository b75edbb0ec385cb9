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

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reply_spelling import clean_letters
from cases.thai_days import (
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    Said,
    any_of,
    count_work,
    find_budget_year,
    find_day_of_month,
    find_figure_date,
    find_month,
    find_named_date,
    find_stretch,
    find_week,
    find_weekday,
    in_days,
    yearly,
)
from cases.working_time import NextDay, find_working_day_after

# Beyond this a day is a slip of the finger, not a commitment.
LONGEST_WAIT = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day named in a text, where it stands there, and whether it is today or later, or later only."""

    start: int
    end: int
    day: date
    ahead: bool
    later: bool


_MONTH, _DAY = any_of(MONTHS), any_of(WEEKDAYS, latin=False)
_LATIN_MONTH, _LATIN_DAY = any_of(MONTHS, latin=True), any_of(WEEKDAYS, latin=True)
_COUNT, _LATIN_COUNT = (rf"(?:\d{{1,3}}|{any_of(NUMBERS, latin=latin)})" for latin in (False, True))
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
        (r"(?<!\d)(?P<year>2[05]\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", find_figure_date),
        (
            rf"(?:วัน(?:{_DAY})?\s?ที่\s?|วัน(?:{_DAY})\s?)?(?<![\d/.])(?:\d{{1,2}}\s?(?:-|–|ถึง|และ|หรือ)\s?)?"
            rf"(?P<day>\d{{1,2}}){_NTH}\s?(?:of )?(?:เดือน\s?)?(?P<month>{_MONTH}){_ENDS}\.?(?:\s?{_YEAR})?",
            find_named_date,
        ),
        (
            rf"{_WORD}(?P<month>{_LATIN_MONTH})\.? (?P<day>\d{{1,2}}){_NTH}(?:,? (?P<year>\d{{4}}))?(?!\d)",
            find_named_date,
        ),
        (
            r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])",
            find_figure_date,
        ),
        (rf"{_HOUSE}(?<![\d/.-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?![\d/]|{_THINGS})", find_figure_date),
        (
            rf"(?:(?:วัน|(?!อาทิตย์))(?P<weekday>{_DAY})\s?ที่|วัน\s?ที่|(?<=ไม่เกิน)|(?<=ภายใน)|(?<=ก่อน))\s?(?P<day>\d{{1,2}})"
            rf"(?![\d/:.-]|\s?(?:วัน|สัปดาห์|อาทิตย์|เดือน(?!หน้า|นี้)|ชั่วโมง|ชม|นาที|น\.|โมง|ปี|%)|{_THINGS})"
            r"\s?(?:เดือน)?(?:นี้|(?P<next>หน้า))?",
            find_day_of_month,
        ),
        (r"วัน(?:สอง|\s?2)\s?วัน", in_days(2)),
        (
            rf"(?:(?:{_LIMIT}\s?){{1,3}}|^|{_AFTER_RECEIPT}|(?<=เสร็จ)|(?<=เสร็จ )"
            rf"|(?<=เวลา)|(?<=เวลา )|(?<=ครับ )|(?<=ค่ะ ))"
            rf"{_STRETCH}",
            find_stretch,
        ),
        # "ขอเวลาดำเนินการ 15 วัน": what the time is asked for stands between.
        (
            rf"(?:ขอ|ใช้|ขยาย|ระยะ)\s?(?:ระยะ)?เวลา(?:ใน)?(?:การ)?[ก-๎]{{0,24}}(?<!ไป)(?<!แล้ว)(?<!ไม่ถึง)\s?(?P<said>(?:{_LIMIT}\s?)?{_STRETCH})",
            find_stretch,
        ),
        (rf"{_STRETCH}(?=\s?(?:เสร็จ|จะ|ถึงจะ))", find_stretch),
        (
            rf"{_WORD}(?:within|in|about|another) (?P<count>{_LATIN_COUNT})(?:\s?-\s?(?P<most>\d{{1,3}}))?"
            rf" {_LATIN_UNIT}{_ENDS}",
            find_stretch,
        ),
        (rf"(?:วัน)?มะ?รืน(?:นี้)?|{_WORD}(?:the )?day after tomorrow", in_days(2)),
        (
            r"(?:วัน)?(?:พรุ่ง|พรุ้ง|พุ่ง|พรุง)(?:นี้|นี่)|วันพรุ่ง"
            rf"|{_WORD}(?:tomorrow|tmrw?){_ENDS}(?: (?:morning|afternoon|evening|night))?",
            in_days(1),
        ),
        (
            # "สายนี้" is this wire, "สายๆ นี้" this forenoon.
            r"วันนี้|(?:เช้า|บ่าย|เที่ยง|เย็น|ค่ำ|คืน)\s?ๆ?\s?นี้|สาย\s?ๆ\s?นี้"
            rf"|{_WORD}(?:today|tonight|this (?:morning|afternoon|evening)){_ENDS}",
            in_days(0),
        ),
        (
            r"(?:^|(?<=เดี๋ยว)|(?<=สัก)|(?<=เข้า))\s?(?:ช่วง|ตอน|สัก)?\s?(?:เช้า|สาย|บ่าย|เย็น|ค่ำ)(?:\s?ๆ|โมง|สอง|สาม|สี่)",
            in_days(0),
        ),
        (
            r"(?:ภายใน|ไม่เกิน|ก่อน)\s?(?:\d{1,2}(?:[.:]\d\d)?\s?(?:น\.|โมง|ทุ่ม)|(?:สาม|สี่|ห้า|หก)\s?(?:โมง|ทุ่ม)|เที่ยง)(?:เช้า|เย็น|ครึ่ง)?(?!วัน|คืน)",
            in_days(0),
        ),
        (r"(?:ภายใน|ไม่เกิน)\s?(?:1\s?)?(?:สัปดาห์|อาทิตย์)(?!\s?(?:นี้|หน้า|ถัดไป))", in_days(7)),
        (r"(?:วัน)?เสาร์\s?(?:-\s?)?(?P<weekday>อาทิตย์)\s?(?P<which>นี้|หน้า)?", find_weekday),
        (rf"วัน\s?(?P<weekday>{_DAY})\s?(?P<which>นี้|หน้า|ถัดไป)?", find_weekday),
        (r"(?P<weekday>จันทร์|อังคาร|พุธ|พฤหัส(?:บดี|ฯ)?|ศุกร์|เสาร์)\s?(?P<which>นี้|หน้า|ถัดไป)", find_weekday),
        (r"(?<![ก-๎])(?P<weekday>จันทร์|อังคาร|พุธ|พฤหัส(?:บดี|ฯ)?|ศุกร์|เสาร์)(?=\s|$|ครับ|ค่ะ|คะ|นะ|จะ|เข้า)", find_weekday),
        (rf"{_WORD}(?P<lead>by|on|this|next) (?P<weekday>{_LATIN_DAY}){_ENDS}", find_weekday),
        (
            rf"{_WORD}(?:(?:within|by|before|early|end of|the end of) ){{0,3}}(?P<which>this|next) week{_ENDS}"
            rf"|{_WORD}(?:by )?(?:the )?end of (?:the )?week",
            find_week,
        ),
        (rf"{_PART}(?:สัปดาห์|อาทิตย์|วีค)\s?(?P<which>นี้|หน้า|ถัดไป)|(?:สิ้น|ปลาย)\s?(?:สัปดาห์|อาทิตย์)", find_week),
        (rf"{_PART}เดือน\s?(?P<name>{_MONTH})(?:\s?{_YEAR})?", find_month),
        (
            rf"(?:ภายใน|ไม่เกิน|ก่อนสิ้น|(?P<part>ต้น|กลาง|ปลาย|สิ้น))\s?(?P<name>{_MONTH})(?:\s?{_YEAR})?",
            find_month,
        ),
        (rf"{_PART}เดือน\s?(?P<which>นี้|หน้า|ถัดไป)", find_month),
        (r"(?P<part>ต้น|กลาง|ปลาย|สิ้น)\s?เดือน", find_month),
        (rf"{_WORD}(?:(?:by|the|end|of|within) ){{0,5}}(?P<which>this|next) month{_ENDS}", find_month),
        (rf"{_WORD}(?:by )?(?:the )?end of (?:the )?month{_ENDS}", find_month),
        (rf"{_WORD}(?:by|before|end of|in) (?P<name>{_LATIN_MONTH})(?! \d){_ENDS}", find_month),
        (
            # "รองบปี 70" waits for the money, and says nothing of what comes then.
            r"(?<!รอ)(?<!รอ )(?<!รอปี)(?:งบ|งบประมาณ|ปีงบประมาณ|ปีงบ)\s?"
            r"(?:ปี\s?)?(?:พ\.?ศ\.?\s?)?(?P<year>25\d\d|[6-9]\d)(?!\d)",
            find_budget_year,
        ),
        (r"(?:ก่อน|ไม่เกิน|ภายใน)\s?(?:วัน)?(?:ขึ้น)?ปีใหม่|before new year", yearly(12, 31)),
        (r"(?<!หลัง)(?<!หลัง )วันพ่อ", yearly(12, 5)),
        (r"(?<!หลัง)(?<!หลัง )วันแม่", yearly(8, 12)),
        (r"หลัง\s?(?:วัน)?(?:ขึ้น)?ปีใหม่|after new year", yearly(1, 15)),
        (r"ก่อน\s?(?:วัน)?(?:หยุด)?สงกรานต์", yearly(4, 12)),
        (r"หลัง\s?(?:วัน)?(?:หยุด)?สงกรานต์", yearly(4, 30)),
        (r"ต้นปีหน้า", yearly(1, 31, 1)),
        (r"ต้นปี", yearly(1, 31)),
        (r"กลางปีหน้า", yearly(6, 30, 1)),
        (r"(?:ภายใน|สิ้น|ปลาย|ก่อนสิ้น)\s?ปี(?:นี้)?(?!หน้า|งบ|\s?\d)|end of (?:the |this )?year", yearly(12, 31)),
        (rf"(?:ภายใน|สิ้น|ปลาย)?\s?ปีหน้า|{_WORD}next year", yearly(12, 31, 1)),
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
            start, end = match.span("said" if "said" in pattern.groupindex else 0)
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            if _is_past_or_off(cleaned, start, end):
                continue
            try:
                said = match.groupdict()
                works = (said.get("unit") or "").startswith(_OF_WORK)
                day = count_work(said, today, next_day) if works else reader(said, today)
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
    month = MONTHS[said["name"]] if said["name"] else int(said["figure"])
    try:
        date(_LEAP_YEAR, month, int(said["day"]))
    except ValueError:
        return True
    return bool(said["year"])


def find_due(text: str, today: date, next_day: NextDay = find_working_day_after) -> date | None:
    """The first day from today on that the text names as one to come, else None."""
    return next((said.day for said in list_mentions(clean_letters(text), today, next_day) if said.ahead), None)
