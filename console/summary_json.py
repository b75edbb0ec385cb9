"""The figures of a report as JSON: moments in ISO 8601, what lasted in minutes, nothing in words."""

import json
from typing import Any

from cases.figure_report import Report
from cases.figure_times import Period, is_whole
from cases.figure_words import LINES, take_values
from cases.figures import Figures


def write_json(report: Report) -> str:
    """The whole report; the names of figures are those of the case list's filter too."""
    told: dict[str, Any] = {
        "asked_at": report.now.isoformat(),
        "settled": report.settled,
        "which": report.question.which.list_given(),
        "period": _see_period(report.period),
        "before": _see_period(report.before),
        "figures": _see(report.total),
        "figures_before": _see(report.earlier),
        "open": report.standing.open,
        "overdue": report.standing.overdue,
        "by": report.question.by,
        "rows": [{"code": code, "figures": _see(figures)} for code, figures in report.rows.items()],
        "steps": [{"period": _see_period(period), "figures": _see(figures)} for period, figures in report.series],
        "units": {line.name: line.kind for line in LINES},
    }
    if report.confidential is not None:
        told["confidential"] = _see(report.confidential)
    return json.dumps(told, ensure_ascii=False, indent=1)


def _see(figures: Figures) -> dict[str, Any]:
    return {**take_values(figures), "stars_given": {str(number): count for number, count in figures.stars.items()}}


def _see_period(period: Period) -> dict[str, Any]:
    days = {"from": period.first.isoformat(), "to": period.last_day.isoformat()}
    return {"name": period.name, **days, "whole": is_whole(period)}
