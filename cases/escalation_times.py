"""When others than its office hear of a clock that nobody answered: counted from its reminder, which may come late."""

from datetime import datetime, timedelta

from cases.working_time import USUAL, Exceptions, Hours, add_working_days, add_working_time, round_down

ESCALATE_HOURS = 4  # working hours after the reminder to acknowledge
ESCALATE_DANGER = timedelta(minutes=15)
ESCALATE_DAYS = 1  # working days after any other
TOLD_EVERY = timedelta(minutes=5)  # cases of which offices were reminded within it are told of together


def count_escalation(
    kind: str, at: datetime, exceptions: Exceptions | None = None, hours: Hours = USUAL, *, any_hour: bool
) -> datetime:
    """The moment, after a reminder at this one of a clock of an office; `any_hour`: there is danger."""
    if any_hour:
        return at + ESCALATE_DANGER
    if kind == "acknowledge":
        later = add_working_time(at, ESCALATE_HOURS, exceptions, hours)
    else:
        later = add_working_days(at, ESCALATE_DAYS, exceptions, hours)
    # Offices that were reminded one after the other are told of together.
    return round_down(later, TOLD_EVERY)
