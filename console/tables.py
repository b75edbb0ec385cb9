"""Writes tables to carry away, CSV and XLSX, so that no spreadsheet takes what a citizen wrote for a formula."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from clock import in_bangkok

MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
BEGINS_FORMULA = frozenset("=+-@")
BREAKS = ("\t", "\r", "\n")  # by which a cell may be torn in two
MOST_IN_CELL = 32_000  # Excel takes 32,767
CSV_KIND = "text/csv; charset=utf-8"
XLSX_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_MOMENT = "yyyy-mm-dd hh:mm"
_NO_GUESSES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a workbook shows in a form of its own (`form`, as Excel writes them) and still reckons with."""

    number: int | float
    form: str


Value = str | int | float | datetime | Amount | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook. `title`: lines above it; `widths`: of its columns, in letters; `tall`: to sign in."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    title: Sequence[str] = ()
    widths: Sequence[int] = ()
    tall: bool = False
    foot: Sequence[str] = ()


def write_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """As UTF-8 with a mark, which Excel needs; words that a spreadsheet would run begin with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_guard(each) for each in head])
    writer.writerows([_guard(each) for each in row] for row in rows)
    return (MARK + file.getvalue()).encode()


def _guard(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return in_bangkok(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Amount):
        return value.number
    return f"'{value}" if isinstance(value, str) and _begins_formula(value) else value


def _begins_formula(words: str) -> bool:
    """Also behind what nobody sees, and with letters of full width, which some spreadsheets take for plain ones."""
    seen = next((letter for letter in words if unicodedata.category(letter)[0] not in "ZC"), "")
    return words.lstrip(" ").startswith(BREAKS) or unicodedata.normalize("NFKC", seen) in BEGINS_FORMULA


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """One workbook; words stay words, whatever they begin with."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _NO_GUESSES) as book:
        cell = {"border": 1, "text_wrap": True, "valign": "top", "font_name": "TH SarabunPSK", "font_size": 14}
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14, "font_name": "TH SarabunPSK"}),
            "head": book.add_format({
                "bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center",
                "bg_color": "#E4EDEB", "font_name": "TH SarabunPSK", "font_size": 14,
            }),
            "cell": book.add_format(cell),
        }  # fmt: skip

        def shape(form: str) -> object:
            return formats.setdefault(f"number {form}", book.add_format({**cell, "num_format": form}))

        names: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, sheet, formats, shape, _name_sheet(sheet.name, names))
    return file.getvalue()


def _name_sheet(wanted: str, taken: set[str]) -> str:
    """At most 31 letters, without those that Excel forbids, and no other's."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in wanted).strip("' ")[:28] or "-"
    name, count = plain, 1
    while name.lower() in taken:
        count += 1
        name = f"{plain} {count}"
    taken.add(name.lower())
    return name


def _write_sheet(
    book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, object], shape: Callable[[str], object], name: str
) -> None:
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    at = 0
    for line in sheet.title:
        page.write_string(at, 0, line[:MOST_IN_CELL], formats["title"])
        at += 1
    for column, words in enumerate(sheet.head):
        page.write_string(at, column, words[:MOST_IN_CELL], formats["head"])
        page.set_column(column, column, sheet.widths[column] if column < len(sheet.widths) else 14)
    page.repeat_rows(at)
    page.freeze_panes(at + 1, 0)
    for row in sheet.rows:
        at += 1
        if sheet.tall:
            page.set_row(at, 42)
        for column, value in enumerate(row):
            _write_cell(page, at, column, value, formats["cell"], shape)
    for line in sheet.foot:
        at += 2
        page.write_string(at, 0, line[:MOST_IN_CELL])


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: Value,
    form: object,
    shape: Callable[[str], object],
) -> None:
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, in_bangkok(value).replace(tzinfo=None), shape(SHOWN_MOMENT))
    elif isinstance(value, Amount):
        sheet.write_number(row, column, value.number, shape(value.form))
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:MOST_IN_CELL], form)
    else:
        sheet.write_number(row, column, value, form)
