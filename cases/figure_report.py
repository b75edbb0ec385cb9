"""A question about figures, and its answer whole: for the page, the files made of it, and programs.

What is asked comes from an address: it is read here once, so that the same address means the same everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cases import figure_times, figures
from cases.categories import find_category
from cases.desk import OPEN_AT_ALL
from cases.figure_times import STEPS, Period, Step
from cases.figures import Figures
from places.organisations import find_organisation, list_organisations
from storage import standing
from storage.figure_totals import DIMS, Which
from storage.standing import Standing

CHANNELS = ("line", "phone", "walk_in", "mail", "fax", "event")


@dataclass(frozen=True, slots=True)
class Question:
    """Which cases, of what time, told apart by what (`by`: owner, category or channel) and in which steps of time."""

    which: Which
    period: Period
    by: str
    step: Step

    def as_fields(self) -> dict[str, str]:
        """As it stands in an address; what goes without saying is left out."""
        fields = {"period": self.period.name, "by": self.by, "step": self.step} | self.which.list_given()
        usual = {"by": "category" if self.which.owner else "owner", "step": figure_times.choose_step(self.period)}
        return {name: value for name, value in fields.items() if usual.get(name) != value}


def read_question(given: Mapping[str, str], today: date, only: str | None = None) -> Question:
    """What is asked for; what makes no sense is as if it had not been said. `only`: of this organisation's cases."""
    period = _read_period(given, today)
    owner = only or (given.get("owner", "") if find_organisation(given.get("owner", "")) else None)
    category = given.get("category", "")
    channel = given.get("channel", "")
    which = Which(
        owner=owner or None,
        category=category if find_category(category) else None,
        channel=channel if channel in CHANNELS else None,
    )
    by = given.get("by", "")
    usual = "category" if which.owner else "owner"
    step = given.get("step", "")
    return Question(
        which=which,
        period=period,
        by=by if by in DIMS and (by != "owner" or only is None) else usual,
        step=next((one for one in STEPS if one == step), figure_times.choose_step(period)),
    )


def _read_period(given: Mapping[str, str], today: date) -> Period:
    """By its name, or from a day to a day; else this month."""
    period = figure_times.read_period(given.get("period", ""))
    if period is None:
        try:
            days = date.fromisoformat(given.get("from", "")), date.fromisoformat(given.get("to", ""))
            period = figure_times.name_days(*days)
        except ValueError:
            period = None
    return period or figure_times.find_period("month", today)


@dataclass(frozen=True, slots=True)
class Report:
    """The answer. `period` and `before` are cut to what has been of them; `rows` are by what was asked.

    `standing`, `standings`: how cases are open now, of all and by the same. `confidential`: in
    no other figure, of whole months without further filters, and only for those who may see them.
    """

    question: Question
    period: Period
    before: Period
    total: Figures
    earlier: Figures
    rows: Mapping[str, Figures]
    series: Sequence[tuple[Period, Figures]]
    standing: Standing
    standings: Mapping[str, Standing]
    confidential: Figures | None
    settled: bool
    now: datetime


def see_report(session: Session, question: Question, now: datetime, today: date, *, confidential: bool) -> Report:
    """The figures that a question asks for. The caller has settled what is to be counted."""
    which = question.which
    period = figure_times.cut(question.period, today)
    before = figure_times.cut_alike(figure_times.find_before(question.period), period)
    # Nothing has happened later than now: of a month that still runs, the sum of all of it is at hand.
    ends = question.period.ends
    rows = figures.see_by(session, which, period.begins, ends, question.by)
    parts = figure_times.part(period, question.step)
    edges = [one.begins for one in parts] + [period.ends]
    standings = standing.count_standing(session, which, OPEN_AT_ALL, now, question.by)
    return Report(
        question=question,
        period=period,
        before=before,
        total=figures.see(session, which, period.begins, ends),
        earlier=figures.see(session, which, before.begins, before.ends),
        rows=_order(rows, question),
        series=list(zip(parts, figures.see_series(session, which, edges), strict=True)),
        standing=Standing(
            open=sum(one.open for one in standings.values()), overdue=sum(one.overdue for one in standings.values())
        ),
        standings=standings,
        confidential=figures.see(session, Which(confidential=True), period.begins, period.ends)
        if confidential and _tells_of_secret(question)
        else None,
        settled=figures.is_settled(session),
        now=now,
    )


def _tells_of_secret(question: Question) -> bool:
    """Only of whole months and of all of them together: fewer would tell of what kind one is, and whose."""
    period = question.period
    return period.first.day == period.last.day == 1 and not question.which.list_given()


def _order(rows: Mapping[str, Figures], question: Question) -> dict[str, Figures]:
    """Organisations as the table of them has them; others by how many cases came."""
    if question.by != "owner":
        return dict(sorted(rows.items(), key=lambda row: (-row[1].received, row[0])))
    places = {each.code: place for place, each in enumerate(list_organisations())}
    return dict(sorted(rows.items(), key=lambda row: (places.get(row[0], len(places)), row[0])))
