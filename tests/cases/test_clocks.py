"""When each clock of a case is due, counted as offices keep time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.clocks import due_for
from cases.working_time import add_working_time
from clock import BANGKOK
from storage.models import Case

MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=BANGKOK)
FRIDAY_16 = datetime(2026, 11, 27, 16, 0, tzinfo=BANGKOK)
SUNDAY_2 = datetime(2026, 11, 29, 2, 0, tzinfo=BANGKOK)


def _case(**changes: Any) -> Case:
    values: dict[str, Any] = {"category": "lighting", "danger": [], "promised_on": None}
    return Case(**(values | changes))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (MONDAY_10, datetime(2026, 11, 23, 14, 0, tzinfo=BANGKOK)),
        (FRIDAY_16, datetime(2026, 11, 30, 12, 0, tzinfo=BANGKOK)),
        (SUNDAY_2, datetime(2026, 11, 30, 12, 30, tzinfo=BANGKOK)),
    ],
)
def test_an_answer_is_due_in_four_working_hours(now: datetime, due: datetime) -> None:
    assert due_for("acknowledge", _case(), now.astimezone(UTC)) == due


@pytest.mark.parametrize("kind", ["acknowledge", "accept", "answer", "decide"])
def test_danger_waits_an_hour_at_most_at_any_hour(kind: str) -> None:
    minutes = 30 if kind in ("acknowledge", "accept") else 60
    assert due_for(kind, _case(danger=["fire"]), SUNDAY_2) == SUNDAY_2 + timedelta(minutes=minutes)


@pytest.mark.parametrize("shut", ["2026-11-20T16:31", "2026-11-25T20:00", "2026-11-28T11:00", "2026-12-05T09:00"])
def test_who_takes_a_case_on_while_the_office_is_shut_has_no_less_time_than_at_its_opening(shut: str) -> None:
    at = datetime.fromisoformat(shut).replace(tzinfo=BANGKOK)
    opens = add_working_time(at, 0)
    for category in ("lighting", "road", "other"):
        assert due_for("resolve", _case(category=category), at) >= due_for("resolve", _case(category=category), opens)


@pytest.mark.parametrize(("category", "days"), [("lighting", 3), ("road", 7), ("other", 15)])
def test_the_time_to_resolve_is_the_categorys(category: str, days: int) -> None:
    assert due_for("resolve", _case(category=category), MONDAY_10) == MONDAY_10 + timedelta(days=days)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("2026-12-04T15:30", "2026-12-08T16:30"),  # three days on: the Monday is a holiday
        ("2026-11-25T20:00", "2026-11-30T16:30"),  # the evening of a Saturday
        ("2026-11-27T07:00", "2026-11-30T16:30"),  # a Monday morning, before it opens
        ("2026-11-20T16:30", "2026-11-23T16:30"),
        ("2026-12-05T09:00", "2026-12-11T16:30"),  # a long weekend: counted from Tuesday's opening, and not less
        ("2026-11-28T11:00", "2026-12-03T16:30"),
    ],
)
def test_the_time_to_resolve_ends_while_the_office_works(told: str, due: str) -> None:
    at = datetime.fromisoformat(told).replace(tzinfo=BANGKOK)
    assert due_for("resolve", _case(category="lighting"), at) == datetime.fromisoformat(due).replace(tzinfo=BANGKOK)


def test_a_promise_is_due_when_the_office_closes_that_day() -> None:
    due = due_for("promise", _case(promised_on=date(2026, 11, 27)), MONDAY_10)
    assert due == datetime(2026, 11, 27, 16, 30, tzinfo=BANGKOK)


def test_today_promised_in_the_evening_is_due_at_the_end_of_the_day() -> None:
    evening = datetime(2026, 11, 23, 18, 0, tzinfo=BANGKOK)
    due = due_for("promise", _case(promised_on=date(2026, 11, 23)), evening)
    assert evening < due < datetime(2026, 11, 24, tzinfo=BANGKOK)


def test_a_transfer_is_to_be_accepted_within_a_working_day() -> None:
    assert due_for("accept", _case(), FRIDAY_16) == datetime(2026, 11, 30, 16, 0, tzinfo=BANGKOK)


@pytest.mark.parametrize("kind", ["answer", "confirm"])
def test_the_reporter_has_seven_days(kind: str) -> None:
    assert due_for(kind, _case(), FRIDAY_16) == FRIDAY_16 + timedelta(days=7)
