"""The summary to carry away: CSV, a workbook as offices file it, and the memo. The figures are those of the page."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import figure_words, views
from cases.figure_report import Report
from cases.figure_time_words import say_full_day, say_period, say_short
from cases.figure_words import BY_NAME, COLUMNS, DAY, HOUR, IN_HOURS, LINES, Line
from cases.figures import Figures
from cases.phones import hide_phones
from cases.sections import find_section, list_sections
from cases.statuses import Status
from clock import in_bangkok
from console.desk import Desk
from console.pages import Pages
from console.papers.summary_memo import write_memo
from console.papers.typesetting import NoLetters, set_paper
from console.permissions import Right
from console.summary import answer, ask
from console.summary_view import name_value, name_which
from console.tables import CSV_KIND, XLSX_KIND, Amount, Sheet, Value, write_csv, write_xlsx
from storage import figure_cases, once
from storage.models import Case
from texts.catalog import say
from texts.moments import say_time

pages = Pages("summary_files")
MOST_CASES = 2000
COUNTED = "#,##0"
FORMS = {"cases": COUNTED, "percent": "0%", "stars": "0.0"}
WIDTHS = {"working": 20, "plain": 18}  # a number that has no room is not shown
LINE_ITSELF = "api.line.me"
LONGEST_TOLD = 300


@pages.get("/summary.csv", Right.EXPORT)
def send_csv(desk: Desk) -> AnyResponse:
    """One row for the whole time, for each part of it, and for each step; durations in minutes."""
    report = _answer(desk, "csv")
    language = desk.language
    head = [desk.say(f"console.summary_files.csv_{name}") for name in ("part", "name", "code", "from", "to")]
    head += [f"{figure_words.name_line(language, line.name)} ({_say_unit(desk, line.kind)})" for line in LINES]
    return _send(write_csv(head, _list_csv(desk, report)), CSV_KIND, _name_file(report, "csv"))


def _list_csv(desk: Desk, report: Report) -> list[list[Value]]:
    language, period = desk.language, report.period
    days = [period.first.isoformat(), period.last_day.isoformat()]
    whole = name_which(language, report.question.which)
    rows = [[desk.say("console.summary_files.csv_whole"), whole, "", *days, *_take(report.total)]]
    for code, figures in report.rows.items():
        by = desk.say(f"console.summary.by_{report.question.by}")
        rows.append([by, name_value(language, report.question.by, code), code, *days, *_take(figures)])
    for step, figures in report.series:
        named = [say_short(language, step), step.name, step.first.isoformat(), step.last_day.isoformat()]
        rows.append([desk.say(f"console.summary.step_{report.question.step}"), *named, *_take(figures)])
    return rows


def _take(figures: Figures) -> list[Value]:
    return [line.take(figures) for line in LINES]


def _say_unit(desk: Desk, kind: str) -> str:
    return desk.say(f"console.summary_files.unit_{kind}")


@pages.get("/summary.xlsx", Right.EXPORT)
def send_xlsx(desk: Desk) -> AnyResponse:
    """The figures, with room to sign by each office, and the cases by section, to be signed for."""
    report = _answer(desk, "xlsx")
    sheets = [_sheet_figures(desk, report), _sheet_rows(desk, report)]
    with desk.read() as session:
        sheets += _list_sections(desk, session, report)
    return _send(write_xlsx(sheets), XLSX_KIND, _name_file(report, "xlsx"))


def _title(desk: Desk, report: Report, more: str = "") -> list[str]:
    which = name_which(desk.language, report.question.which)
    printed = desk.say("console.summary_files.printed", day=say_full_day(desk.language, desk.today))
    title = [f"{desk.say('console.summary.title')} · {which}", _say_times(desk, report), printed]
    return [*([more] if more else []), *title, *([desk.say("console.memo.demo")] if _is_demo(desk) else [])]


def _say_times(desk: Desk, report: Report) -> str:
    period, before = (say_period(desk.language, one) for one in (report.period, report.before))
    return desk.say("console.summary.of", period=period, before=before)


def _weigh(language: str, line: Line, value: figure_words.Value) -> Value:
    """A figure to reckon with that is shown in the words of the page; what lasted is a time, in days, as Excel has it.

    Working time stays in hours, however long: a day of it is eight of them, and a day of Excel's has twenty-four.
    """
    if value is None:
        return figure_words.say_value(language, line.kind, value)
    if line.kind in FORMS:
        return Amount(value / 100 if line.kind == "percent" else value, FORMS[line.kind])
    unit, number = "minutes", "[m]"
    if value >= HOUR:
        unit, number = ("hours_working" if line.kind == "working" else "hours"), "[h]:mm"
    if line.kind == "plain" and value >= IN_HOURS:
        unit, number = "days", "0.0"
    before, after = say(language, f"console.figures.{unit}", count="#").split("#")
    return Amount(
        value / DAY, "".join(part if part == number else f'"{part}"' for part in (before, number, after) if part)
    )


def _sheet_figures(desk: Desk, report: Report) -> Sheet:
    language = desk.language
    rows: list[list[Value]] = []
    for line in LINES:
        now, before = line.take(report.total), line.take(report.earlier)
        said = [_weigh(language, line, value) for value in (now, before)]
        change = figure_words.say_change(language, line.kind, now, before)
        means = figure_words.define(language, line.name)
        rows.append([figure_words.name_line(language, line.name), *said, change, means])
    standing = report.standing
    rows.append([desk.say("console.summary.open_now"), Amount(standing.open, COUNTED), None, None, None])
    rows.append([desk.say("console.summary.overdue_now"), Amount(standing.overdue, COUNTED), None, None, None])
    head = [desk.say(f"console.summary.{name}") for name in ("figure", "this_time", "time_before", "change", "means")]
    return Sheet(desk.say("console.summary.main"), head, rows, _title(desk, report), (34, 20, 20, 20, 90))


def _sheet_rows(desk: Desk, report: Report) -> Sheet:
    language, by = desk.language, report.question.by
    rows: list[list[Value]] = []
    for code, figures in report.rows.items():
        lines = [BY_NAME[name] for name in COLUMNS]
        said = [_weigh(language, line, line.take(figures)) for line in lines]
        rows.append([name_value(language, by, code), *said, None])
    head = [
        desk.say(f"console.summary.by_{by}"),
        *(figure_words.name_short(language, name) for name in COLUMNS),
        desk.say("console.summary_files.signature"),
    ]
    widths = (30, *(WIDTHS.get(BY_NAME[name].kind, 12) for name in COLUMNS), 26)
    return Sheet(desk.say(f"console.summary.by_{by}"), head, rows, _title(desk, report), widths, tall=by == "owner")


def _list_sections(desk: Desk, session: Session, report: Report) -> list[Sheet]:
    """The cases that came in this time, by the section that has their kind."""
    which, period = report.question.which, report.period
    found = figure_cases.list_received(session, which, period.begins, period.ends, MOST_CASES + 1)
    by_section: dict[str, list[list[Value]]] = {section.code: [] for section in list_sections()}
    cases = found[:MOST_CASES] if which.owner else sorted(found[:MOST_CASES], key=lambda case: case.owner)
    for case in cases:
        rows = by_section[find_section(case.category).code]
        office = [] if which.owner else [name_value(desk.language, "owner", case.owner)]
        rows.append([len(rows) + 1, *office, *_see_case(desk, case)])
    columns = ("number", "received", "category", "place", "told", "status", "promised", "done", "signature")
    head = [desk.say(f"console.summary_files.{name}") for name in ("row", *columns)]
    widths = [6, 17, 26, 20, 40, 50, 18, 20, 30, 26]
    if which.owner is None:  # of all organisations: whose each case is
        head.insert(1, desk.say("console.summary.owner"))
        widths.insert(1, 24)
    foot = [desk.say("console.summary_files.more", count=MOST_CASES)] if len(found) > MOST_CASES else []
    foot.append(desk.say("console.summary_files.head_signs"))
    return [
        Sheet(name, head, by_section[section.code], _title(desk, report, name), widths, tall=True, foot=foot)
        for section in list_sections()
        if by_section[section.code]
        for name in [section.th if desk.language == "th" else section.en]
    ]


def _say_moment(language: str, moment: datetime) -> str:
    return f"{say_full_day(language, in_bangkok(moment).date())} {say_time(language, moment)}"


def _see_case(desk: Desk, case: Case) -> list[Value]:
    language = desk.language
    hidden = desk.say("console.summary_files.number_hidden")
    told = " ".join(hide_phones(case.description, hidden).split())
    return [
        case.number,
        _say_moment(language, case.created_at),
        views.name_category(case.category, language),
        hide_phones(views.describe_place(case, language), hidden),
        told if len(told) <= LONGEST_TOLD else f"{told[:LONGEST_TOLD]}…",
        views.name_status(Status(case.status), language),
        say_full_day(language, case.promised_on) if case.promised_on else None,
        None,
        None,
    ]


@pages.get("/summary.pdf", Right.EXPORT)
def send_pdf(desk: Desk) -> AnyResponse:
    """The memo, to be signed and sent upstairs."""
    report = _answer(desk, "pdf")
    told = write_memo(report, desk.staff.organisation, desk.today, demo=_is_demo(desk))
    try:
        (paper,) = set_paper("memo", told)
    except NoLetters:
        return desk.show("summary_no_pdf.html", 503)
    return _send(paper, "application/pdf", _name_file(report, "pdf"))


def _answer(desk: Desk, kind: str) -> Report:
    question = ask(desk)
    report = answer(desk, question)
    with desk.begin() as session:
        desk.record(session, f"summary.{kind}", "summary", **question.as_fields())
    return report


def _is_demo(desk: Desk) -> bool:
    """Whether what is counted is play: no account of LINE's own, or cases that `seed` made."""
    if LINE_ITSELF not in str(desk.settings.line_api_base_url):
        return True
    with desk.read() as session:
        return once.has_begun(session, "seed:")


def _name_file(report: Report, ending: str) -> str:
    owner = (report.question.which.owner or "all").replace(":", "-")
    return f"fast-track-{owner}-{report.period.first}-{report.period.last_day}.{ending}"


def _send(data: bytes, kind: str, name: str) -> AnyResponse:
    return Response(data, mimetype=None, content_type=kind, headers={
        "Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff",
    })  # fmt: skip
