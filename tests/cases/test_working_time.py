"""Due times fall where a Thai government office would expect them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.working_time import (
    Hours,
    add_working_days,
    add_working_time,
    count_working_minutes,
    is_working_day,
    is_working_time,
)
from clock import BANGKOK


def _bangkok(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK).astimezone(UTC)


def test_a_time_without_zone_is_refused() -> None:
    naive = _bangkok("2026-11-23T09:00").replace(tzinfo=None)

    with pytest.raises(ValueError, match="no time zone"):
        add_working_time(naive, 4)
    with pytest.raises(ValueError, match="no time zone"):
        is_working_time(naive)


def test_time_is_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        add_working_time(_bangkok("2026-11-23T09:00"), -1)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23T09:00", 4, "2026-11-23T13:00"),  # within one Monday
        ("2026-11-23T15:00", 4, "2026-11-24T11:00"),  # over the evening
        ("2026-11-27T15:00", 4, "2026-11-30T11:00"),  # over the weekend
        ("2026-11-23T12:30", 4, "2026-11-23T16:30"),  # due as the office closes, not the next morning
        ("2026-11-23T16:30", 4, "2026-11-24T12:30"),  # closed at 16:30 sharp
        ("2026-11-23T16:29", 4, "2026-11-24T12:29"),
        ("2026-11-23T02:00", 4, "2026-11-23T12:30"),  # at night
        ("2026-11-23T23:59", 4, "2026-11-24T12:30"),
        ("2026-11-28T10:00", 4, "2026-11-30T12:30"),  # on a Saturday
        ("2026-12-04T16:00", 1, "2026-12-08T09:00"),  # Monday 7th stands in for Saturday 5th December
        ("2026-12-07T10:00", 4, "2026-12-08T12:30"),  # started on the day that stands in
        ("2026-04-10T15:30", 2, "2026-04-16T09:30"),  # over Songkran
        ("2026-12-30T15:30", 2, "2027-01-04T09:30"),  # over New Year and its weekend
        ("2023-12-28T16:00", 1, "2024-01-02T09:00"),  # the cabinet's extra day before New Year
        ("2022-12-29T16:00", 1, "2023-01-04T09:00"),  # a year's end whose days off move into the next
        ("2026-05-12T16:00", 1, "2026-05-14T09:00"),  # royal ploughing: only the government rests
        ("2026-05-01T09:00", 4, "2026-05-01T13:00"),  # Labour Day: offices work
        ("2027-05-03T09:00", 4, "2027-05-03T13:00"),  # and on the day that stands in for it
        ("2026-11-23T09:00", 0.5, "2026-11-23T09:30"),
        ("2026-11-23T16:30", 0, "2026-11-24T08:30"),
        ("2026-11-23T09:00", 40, "2026-11-30T09:00"),
    ],
)
def test_hours_pass_only_while_offices_are_open(start: str, hours: float, due: str) -> None:
    assert add_working_time(_bangkok(start), hours) == _bangkok(due)
    assert add_working_time(_bangkok(start), timedelta(hours=hours)) == _bangkok(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T14:05", 1, "2026-11-24T14:05"),
        ("2026-11-27T14:05", 1, "2026-11-30T14:05"),
        ("2026-11-28T14:05", 1, "2026-11-30T16:30"),  # a Saturday's report has all of Monday
        ("2026-04-10T10:00", 3, "2026-04-20T10:00"),
    ],
)
def test_days_keep_the_time_of_day(start: str, days: int, due: str) -> None:
    assert add_working_days(_bangkok(start), days) == _bangkok(due)


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-11-23T08:29:59", False),
        ("2026-11-23T08:30", True),
        ("2026-11-23T16:29:59", True),
        ("2026-11-23T16:30", False),
        ("2026-11-22T10:00", False),
        ("2026-04-14T10:00", False),
        ("2026-06-01T10:00", False),  # stands in for Visakha Bucha, a Sunday
    ],
)
def test_offices_are_open_on_workdays_from_half_past_eight_to_half_past_four(moment: str, open_then: bool) -> None:
    assert is_working_time(_bangkok(moment)) is open_then


def test_the_bangkok_day_counts_not_the_utc_one() -> None:
    sunday_evening_in_utc = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)

    assert add_working_time(sunday_evening_in_utc, 1) == _bangkok("2026-11-23T09:30")


def test_what_staff_know_better_goes_first() -> None:
    closed, opened = date(2026, 11, 24), date(2026, 11, 28)
    exceptions = {closed: False, opened: True}

    assert not is_working_day(closed, exceptions)
    assert is_working_time(_bangkok("2026-11-28T10:00"), exceptions)
    assert add_working_time(_bangkok("2026-11-23T16:00"), 1, exceptions) == _bangkok("2026-11-25T09:00")
    assert add_working_days(_bangkok("2026-11-27T10:00"), 1, exceptions) == _bangkok("2026-11-28T10:00")


@given(
    days=st.floats(0, 2_890),
    first=st.floats(0, 80),
    second=st.floats(0, 80),
)
def test_a_due_time_is_never_early_and_parts_add_up(days: float, first: float, second: float) -> None:
    start = _bangkok("2022-01-01T00:00") + timedelta(days=days)
    due = add_working_time(start, first + second)

    assert due >= start + timedelta(hours=first + second) - timedelta(seconds=1)
    assert due.tzinfo is UTC
    # A due time at closing and one at the next opening are the same point of office time.
    in_two_steps = add_working_time(add_working_time(start, first), second)
    assert abs(add_working_time(due, 0) - add_working_time(in_two_steps, 0)) < timedelta(seconds=1)


EARLY = Hours((*[(time(7), time(15))] * 5, None, None))
SATURDAYS = Hours((*[(time(8, 30), time(16, 30))] * 5, (time(9), time(12)), None))
WEEKENDS = Hours((None, None, None, None, None, (time(9), time(12)), (time(10), time(11))))


@pytest.mark.parametrize(
    ("hours", "start", "much", "due"),
    [
        (EARLY, "2026-12-04T14:00", 4, "2026-12-08T10:00"),  # Monday 7th is a holiday for all
        (EARLY, "2026-12-04T15:00", 8, "2026-12-08T15:00"),  # closed at 15:00 sharp
        (SATURDAYS, "2026-11-27T15:30", 4, "2026-11-28T12:00"),
        (SATURDAYS, "2026-12-04T15:30", 4, "2026-12-08T11:30"),  # Saturday 5th is a holiday itself
        (WEEKENDS, "2026-12-07T10:00", 4, "2026-12-13T11:00"),
    ],
)
def test_an_office_keeps_a_week_of_its_own_and_everybodys_holidays(
    hours: Hours, start: str, much: int, due: str
) -> None:
    assert add_working_time(_bangkok(start), much, None, hours) == _bangkok(due)
    assert count_working_minutes(_bangkok(start), _bangkok(due), None, hours) == much * 60


@pytest.mark.parametrize(
    ("hours", "start", "days", "due"),
    [
        (EARLY, "2026-12-04T14:00", 2, "2026-12-09T14:00"),
        (EARLY, "2026-12-04T17:00", 1, "2026-12-08T15:00"),  # counted from the next opening, to the closing
        (SATURDAYS, "2026-11-27T15:30", 1, "2026-11-28T12:00"),  # shorter that day: until it closes
        (SATURDAYS, "2026-11-27T15:30", 2, "2026-11-30T15:30"),
        (WEEKENDS, "2026-12-12T09:30", 3, "2026-12-20T10:30"),
    ],
)
def test_a_working_day_is_a_day_of_that_office(hours: Hours, start: str, days: int, due: str) -> None:
    assert add_working_days(_bangkok(start), days, None, hours) == _bangkok(due)


def test_a_day_that_staff_open_has_the_hours_of_the_first_of_the_week() -> None:
    sunday = {date(2026, 11, 29): True}
    assert is_working_time(_bangkok("2026-11-29T07:30"), sunday, EARLY)
    assert not is_working_time(_bangkok("2026-11-29T15:30"), sunday, EARLY)
