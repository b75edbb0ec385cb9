"""Which day of the calendar a phrase comes to: the names of days, months and numbers, and how each way of saying a day
is reckoned (the conventions stand in thai_dates)."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from cases.working_time import NextDay

HALF_A_YEAR = timedelta(days=183)
BUDDHIST_ERA = 543
FAR = 2200
_NEXT = ("หน้า", "ถัดไป", "next")


def _number_names(lines: str, first: int) -> dict[str, int]:
    return {name: n for n, line in enumerate(lines.strip().splitlines(), start=first) for name in line.split()}


MONTHS = _number_names(
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
_DOTLESS = frozenset(name for name in MONTHS if len(name) < 4 and "." not in name and not name.isascii())
WEEKDAYS = _number_names(
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
NUMBERS = {
    "สามสิบ": 30, "ยี่สิบ": 20, "สิบห้า": 15, "สิบสี่": 14, "สิบ": 10, "สองสาม": 3, "สามสี่": 4, "สี่ห้า": 5,
    "หนึ่ง": 1, "นึง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "a": 1, "an": 1,
}  # fmt: skip


def any_of(words: dict[str, int], *, latin: bool | None = None) -> str:
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


def find_named_date(said: Said, today: date) -> date | None:
    return _settle(int(said["day"] or 0), MONTHS[said["month"] or ""], said["year"], today)


def find_figure_date(said: Said, today: date) -> date | None:
    return _settle(int(said["day"] or 0), int(said["month"] or 0), said.get("year"), today)


def find_day_of_month(said: Said, today: date) -> date | None:
    day, weekday = int(said["day"] or 0), WEEKDAYS.get(said["weekday"] or "")
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


def find_weekday(said: Said, today: date) -> date:
    wanted, which = WEEKDAYS[said["weekday"] or ""], said.get("which") or said.get("lead")
    if which in _NEXT:
        return today + timedelta(days=7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if which in ("นี้", "this") else 7))


def find_week(said: Said, today: date) -> date:
    weekday = {"ต้น": 1, "กลาง": 2}.get(said.get("part") or "", 4)
    weeks_on = 1 if said.get("which") in _NEXT else 0
    found = today + timedelta(days=weekday - today.weekday() + 7 * weeks_on)
    # On a weekend "this week" can only be what is left of it.
    return found if found >= today else today + timedelta(days=6 - today.weekday())


def find_month(said: Said, today: date) -> date | None:
    year, month = today.year, today.month
    if said.get("which") in _NEXT:
        year, month = divmod(year * 12 + month, 12)
        month += 1
    elif name := said.get("name"):
        month = MONTHS[name]
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
    return last if said.get("which") or said.get("name") else find_month({**said, "which": "หน้า"}, today)


def _read_count(said: Said) -> int:
    words = said["most"] or said["count"] or ""
    return NUMBERS.get(words) or int(words)


def count_work(said: Said, today: date, next_day: NextDay) -> date:
    for _ in range(_read_count(said)):
        today = next_day(today)
    return today


def find_stretch(said: Said, today: date) -> date:
    unit, count = said["unit"] or "", _read_count(said)
    if unit.startswith(("เดือน", "month")):
        year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    if unit.startswith(("ชม", "ชั่วโมง", "hour")):
        return today + timedelta(days=count // 24)
    if unit.startswith(("นาที", "minute")):
        return today
    return today + timedelta(days=count * (7 if unit.startswith(("สัปดาห์", "อาทิตย์", "week")) else 1))


def find_budget_year(said: Said, _: date) -> date | None:
    year = _gregorian(int(said["year"] or 0))
    return date(year, 9, 30) if 1900 < year < FAR else None


def in_days(days: int) -> Callable[[Said, date], date]:
    return lambda _, today: today + timedelta(days=days)


def yearly(month: int, day: int, years_on: int = 0) -> Callable[[Said, date], date]:
    def find(_: Said, today: date) -> date:
        coming = date(today.year + years_on, month, day)
        return coming if coming >= today else coming.replace(year=coming.year + 1)

    return find
