"""What the summary and its files show of a report: each figure with its words, and where its cases are listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from cases import figure_words
from cases.categories import list_categories
from cases.figure_report import CHANNELS, Report
from cases.figure_time_words import say_period, say_short
from cases.figure_times import Period, list_offered
from cases.figure_words import BY_NAME, COLUMNS, LINES, Line
from cases.figures import Figures
from cases.views import name_category, name_khet, name_office
from console.desk import Desk
from places.organisations import list_organisations
from storage.figure_totals import Which
from storage.standing import Standing
from texts.catalog import say

CASES = "/console/cases"
STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: in words, for a chart, and the address of its cases, where there are any.

    `few`: it is taken of so few cases that it says little.
    """

    words: str
    value: float
    href: str = ""
    few: bool = False


@dataclass(frozen=True, slots=True)
class MainRow:
    """One figure of the whole time, beside the time before."""

    name: str
    label: str
    now: Cell
    before: str
    change: str
    means: str


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation, category, channel or step of time."""

    label: str
    href: str
    cells: Sequence[Cell]


def list_main(language: str, report: Report) -> list[MainRow]:
    """Every figure."""
    rows = []
    for line in LINES:
        now, before = line.take(report.total), line.take(report.earlier)
        rows.append(
            MainRow(
                name=line.name,
                label=figure_words.name_line(language, line.name),
                now=see_cell(language, line, report.total, report.question.which, report.period),
                before=figure_words.say_value(language, line.kind, before),
                change=figure_words.say_change(language, line.kind, now, before),
                means=figure_words.define(language, line.name),
            )
        )
    return rows


def list_columns(language: str) -> list[str]:
    """What stands over the columns of the tables."""
    return [figure_words.name_short(language, name) for name in COLUMNS]


def list_rows(language: str, report: Report, address: str) -> list[Row]:
    """What the time is told apart by; each leads to the summary of it alone."""
    question = report.question
    rows = []
    for code, figures in report.rows.items():
        given = question.which.list_given() | {question.by: code}
        fields = {"period": question.period.name} | given
        which = Which(given.get("owner"), given.get("category"), given.get("channel"))
        cells = [see_cell(language, BY_NAME[name], figures, which, report.period) for name in COLUMNS]
        cells += list_standing(language, report.standings.get(code, Standing()), which)
        rows.append(Row(name_value(language, question.by, code), f"{address}?{urlencode(fields)}", cells))
    return rows


def list_standing(language: str, stands: Standing, which: Which) -> list[Cell]:
    """How many cases are open and how many late, each leading to them as they are now."""
    # By office, category or channel no confidential case is ever listed; of all of them it has to be said.
    given = which.list_given() or {"confidential": "0"}
    open_now = CASES + "?" + urlencode({"status": "open"} | given)
    cells = []
    for count, href in ((stands.open, open_now), (stands.overdue, f"{open_now}&overdue=1")):
        cells.append(Cell(figure_words.say_value(language, "cases", count), count, href if count else ""))
    return cells


def list_steps(language: str, report: Report, address: str) -> list[Row]:
    """The time step by step."""
    which = report.question.which
    rows = []
    for period, figures in report.series:
        fields = {"period": period.name} | which.list_given()
        cells = [see_cell(language, BY_NAME[name], figures, which, period) for name in COLUMNS]
        rows.append(Row(say_short(language, period), f"{address}?{urlencode(fields)}", cells))
    return rows


def list_stars(language: str, report: Report) -> list[Row]:
    """How many gave each number of stars."""
    counts = report.total.stars
    href = link_cases("stars", report.question.which, report.period)
    return [
        Row(
            "★" * number,
            "",
            [
                Cell(
                    figure_words.say_value(language, "cases", counts.get(number, 0)),
                    counts.get(number, 0),
                    f"{href}&stars={number}" if counts.get(number) else "",
                )
            ],
        )
        for number in STARS
    ]


def see_cell(language: str, line: Line, figures: Figures, which: Which, period: Period) -> Cell:
    """One figure."""
    value = line.take(figures)
    href = link_cases(line.cases, which, period) if line.cases and value else ""
    return Cell(figure_words.say_value(language, line.kind, value), value or 0, href, line.is_of_few(figures))


def link_cases(figure: str, which: Which, period: Period) -> str:
    """Where the cases stand that a figure counts."""
    return f"{CASES}?figure={figure}&{_write_days(which, period)}"


@lru_cache(maxsize=1000)  # a page has a thousand such links, of some eighty times and offices
def _write_days(which: Which, period: Period) -> str:
    days = {"from": period.first.isoformat(), "to": period.last_day.isoformat()}
    return urlencode(days | which.list_given())


def name_value(language: str, by: str, code: str) -> str:
    """An organisation, category or channel in words."""
    if by == "owner":
        return name_khet(code, language)
    if by == "category":
        return name_category(code, language)
    return figure_words.name_channel(language, code)


def name_which(language: str, which: Which) -> str:
    """Whose cases, of what kind and by what channel."""
    owner = name_office(which.owner, language) if which.owner else say(language, "console.figures.all_organisations")
    more = [name_value(language, by, code) for by, code in which.list_given().items() if by != "owner"]
    return " · ".join([owner, *more])


def list_choices(desk: Desk, report: Report) -> Mapping[str, object]:
    """What the form offers."""
    language = desk.language
    offered = {
        kind: [(period.name, say_period(language, period)) for period in periods]
        for kind, periods in list_offered(desk.today).items()
    }
    names = {name for periods in offered.values() for name, _ in periods}
    chosen = report.question.period
    more = [] if chosen.name in names or chosen.kind == "custom" else [(chosen.name, say_period(language, chosen))]
    return {
        "periods": offered,
        "more_periods": more,
        "owners": [(each.code, name_khet(each.code, language)) for each in list_organisations()],
        "categories": [(each.code, name_category(each.code, language)) for each in list_categories()],
        "channels": [(code, figure_words.name_channel(language, code)) for code in CHANNELS],
    }
