"""The summary: figures of any time, by office, kind and channel, beside the time before; each leads to its cases.

The same question by another ending of the address brings the same answer for programs.
"""

from urllib.parse import urlencode

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from cases import bill, figure_words
from cases.bill import Total
from cases.figure_report import Question, Report, read_question, see_report
from cases.figure_time_words import say_period
from cases.figure_times import find_before, find_period
from console import summary_view
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from console.settling import settle_figures
from console.summary_json import write_json
from storage import bill as stored_bill

pages = Pages("summary")
LONGEST_BILL = 100  # days


@pages.get("/summary", Right.SEE_SUMMARY)
def show_summary(desk: Desk) -> AnyResponse:
    """The page."""
    question = ask(desk)
    report = answer(desk, question)
    counted = report.total
    language, address = desk.language, url_for("summary.show_summary")
    fields = question.as_fields()
    month = find_period("month", desk.today)
    year = find_period("year", desk.today)
    near = [month, find_before(month), find_before(find_before(month)), year, find_before(year)]
    return desk.show(
        "summary.html",
        report=report,
        question=question,
        heading=summary_view.name_which(language, question.which),
        period=say_period(language, report.period),
        before=say_period(language, report.before),
        main=summary_view.list_main(language, report),
        columns=summary_view.list_columns(language),
        rows=summary_view.list_rows(language, report, address),
        steps=summary_view.list_steps(language, report, address),
        stars=summary_view.list_stars(language, report),
        choices=summary_view.list_choices(desk, report),
        near=[(each.name, say_period(language, each), _link(question, each.name)) for each in near],
        spent=_find_bill(desk, report),
        stands=summary_view.list_standing(language, report.standing, question.which),
        query=urlencode(fields),
        is_empty=not (
            counted.received or counted.acknowledged or counted.resolved or report.rows or report.standing.open
        ),
        few=figure_words.FEW,
        of_one_office=desk.scope.organisation is not None,
    )


@pages.get("/summary.json", Right.SEE_SUMMARY)
def send_json(desk: Desk) -> AnyResponse:
    """The same figures for programs."""
    return Response(write_json(answer(desk, ask(desk))), mimetype="application/json")


def ask(desk: Desk) -> Question:
    """What the address asks for; an office asks of itself."""
    return read_question(desk.args, desk.today, only=desk.scope.organisation)


def answer(desk: Desk, question: Question) -> Report:
    """The figures. What just happened is counted first."""
    settle_figures(desk)
    with desk.read() as session:
        return see_report(session, question, desk.now, desk.today, confidential=desk.scope.confidential)


def _find_bill(desk: Desk, report: Report) -> Total | None:
    """What LINE counted, for those who may see it; of a long time it would have to be read call by call."""
    if not desk.may(Right.SEE_BILL) or report.period.days > LONGEST_BILL:
        return None
    with desk.read() as session:
        lines = stored_bill.list_lines(session, report.period.begins, report.period.ends)
    owner = report.question.which.owner
    return bill.total(line for line in lines if owner is None or line.organisation == owner)


def _link(question: Question, period: str) -> str:
    return f"{url_for('summary.show_summary')}?{urlencode({'period': period} | question.which.list_given())}"
