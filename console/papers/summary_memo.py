"""What the memo about a time's figures says, in Thai and with Thai digits, as offices send it upstairs."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from cases import figure_words
from cases.figure_report import Report
from cases.figure_time_words import name_month, say_full_day, say_period
from cases.figure_words import BY_NAME, FEW, LINES, Line, in_thai_digits
from cases.figures import Figures
from cases.views import name_khet, name_office
from console.permissions import OMB
from console.summary_view import name_value, name_which
from texts.catalog import say

THAI = "th"
# What a page across has room for.
COLUMNS = ("received", "resolved", "on_time", "confirmed", "partly", "disputed", "silent", "resolve_median")
WIDTHS = (30, 12, 11, 13, 13, 11, 11, 11, 21)
MOST_PAGES = 40
MARK = "*"
MONTHS = range(1, 13)


def write_memo(report: Report, organisation: str, today: date, *, demo: bool) -> dict[str, Any]:
    """Everything the template sets; only words, already in Thai digits."""
    period = say_period(THAI, report.period)
    which = name_which(THAI, report.question.which)
    tables = [_list_figures(report), *_list_rows(report)]
    paragraphs = _write_paragraphs(report, which, period)
    marked = any(cell.endswith(MARK) for table in tables for row in table["rows"] for cell in row)
    told: dict[str, Any] = {
        "title": say(THAI, "console.memo.title"),
        "office": name_office(organisation, THAI),
        "day": say_full_day(THAI, today),
        "subject": say(THAI, "console.memo.subject", which=which, period=period),
        "to": _find_receiver(organisation),
        "paragraphs": [_part(words) for words in paragraphs],
        "tables": tables,
        "notes": [[figure_words.name_line(THAI, line.name), figure_words.define(THAI, line.name)] for line in LINES],
        "few": say(THAI, "console.memo.few", mark=MARK, count=FEW)
        if marked or any(MARK in words for words in paragraphs)
        else "",
        "closing": say(THAI, "console.memo.closing"),
        "demo": say(THAI, "console.memo.demo") if demo else "",
        "pages": [str(number) for number in range(1, MOST_PAGES + 1)],
        "labels": {
            name: say(THAI, f"console.memo.label_{name}")
            for name in ("office", "number", "day", "subject", "to", "notes", "signed", "position")
        },
    }
    written: dict[str, Any] = _write_digits(told)
    return written


def _write_digits(told: Any) -> Any:
    if isinstance(told, str):
        return in_thai_digits(told)
    if isinstance(told, dict):
        return {name: value if name == "widths" else _write_digits(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_write_digits(each) for each in told]
    return told


def _part(words: str) -> list[dict[str, Any]]:
    """Names of places, a month with its day, and numbers with their unit, apart: no line ends within them."""
    names = "|".join(map(re.escape, say(THAI, "console.memo.kept").split(" ")))
    months = "|".join(re.escape(name_month(THAI, date(2000, month, 1))) for month in MONTHS)
    whole = re.compile(rf"({names}|(?:\d+ )?(?:{months})|{_find_units()})")
    pieces = whole.split(words)
    return [{"words": piece, "whole": whole.fullmatch(piece) is not None} for piece in pieces if piece]


def _find_units() -> str:
    """A number with the unit of a time behind it."""
    keys = ("days_working", "days", "hours_working", "hours", "minutes")
    units = (re.escape(say(THAI, f"console.figures.{key}", count="#")).replace(r"\#", r"[\d.]+") for key in keys)
    return "|".join(units)


def _find_receiver(organisation: str) -> str:
    if organisation == OMB:
        return say(THAI, "console.memo.to_omb")
    of_district = organisation.startswith("district:")  # the head of a district office is called after the khet
    name = name_khet(organisation, THAI) if of_district else name_office(organisation, THAI)
    return say(THAI, "console.memo.to_head", office=name)


def _write_paragraphs(report: Report, which: str, period: str) -> list[str]:
    total = report.total

    def said(name: str, figures: Figures = total) -> str:
        line = BY_NAME[name]
        return _say(line, figures)

    first = say(
        THAI,
        "console.memo.opening",
        which=which,
        period=period,
        before=say_period(THAI, report.before),
    )
    answer = say(
        THAI,
        "console.memo.answer",
        received=said("received"),
        resolved=said("resolved"),
        on_time=said("on_time").replace("%", ""),
        acknowledge=said("acknowledge_median"),
        resolve=said("resolve_median"),
        ninetieth=said("resolve_ninetieth"),
    )
    ends = say(
        THAI,
        "console.memo.ends",
        confirmed=said("confirmed"),
        partly=said("partly"),
        disputed=said("disputed"),
        silent=said("silent"),
        open=figure_words.say_value(THAI, "cases", report.standing.open),
        overdue=figure_words.say_value(THAI, "cases", report.standing.overdue),
    )
    return [first, " ".join(part for part in (answer, _say_only(report)) if part), ends]


def _say_only(report: Report) -> str:
    """Of what the only row is, where there is but one: a table of it would say the figures of all a second time."""
    by = report.question.by
    if len(report.rows) != 1 or by in report.question.which.list_given():
        return ""
    return say(THAI, f"console.memo.only_{by}", name=name_value(THAI, by, next(iter(report.rows))))


def _say(line: Line, figures: Figures) -> str:
    """A value, in one line; marked where it is taken of few."""
    words = figure_words.say_value(THAI, line.kind, line.take(figures))
    return f"{words}{MARK}" if line.is_of_few(figures) else words


def _list_figures(report: Report) -> dict[str, Any]:
    rows = []
    for line in LINES:
        now, before = line.take(report.total), line.take(report.earlier)
        rows.append(
            [
                figure_words.name_line(THAI, line.name),
                _say(line, report.total),
                _say(line, report.earlier),
                figure_words.say_change(THAI, line.kind, now, before),
            ]
        )
    head = [say(THAI, f"console.memo.head_{name}") for name in ("figure", "now", "before", "change")]
    return {"title": say(THAI, "console.memo.table_figures"), "head": head, "rows": rows, "widths": (40, 18, 18, 26)}


def _list_rows(report: Report) -> Sequence[dict[str, Any]]:
    if len(report.rows) < 2:
        return ()
    by = report.question.by
    rows = [
        [
            name_value(THAI, by, code),
            *(_say(BY_NAME[name], figures) for name in COLUMNS),
        ]
        for code, figures in report.rows.items()
    ]
    head = [say(THAI, f"console.memo.head_{by}"), *(figure_words.name_short(THAI, name) for name in COLUMNS)]
    return ({"title": say(THAI, f"console.memo.table_{by}"), "head": head, "rows": rows, "widths": WIDTHS},)
