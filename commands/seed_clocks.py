"""The clocks of a demo case, and when the jobs would tell of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.working_time import OPENS, find_working_day_after, is_daytime
from clock import BANGKOK, in_bangkok

TICK = timedelta(seconds=20)  # until a job looks again


@dataclass(slots=True)
class Clock:
    """A due time that runs, or ran, for the case."""

    kind: str
    started_at: datetime
    due_at: datetime
    next_at: datetime | None
    stage: int = 0
    any_hour: bool = False
    stopped_at: datetime | None = None


def find_hearing(moment: datetime, any_hour: bool) -> datetime:
    """When a job tells what falls due at a moment: at once where there is danger, else by day on working days."""
    local = in_bangkok(moment)
    if any_hour or (local.time() >= OPENS and is_daytime(moment)):
        return moment + TICK
    opening = datetime.combine(local.date(), OPENS, BANGKOK)
    if opening < local or not is_daytime(opening):
        opening = datetime.combine(find_working_day_after(local.date()), OPENS, BANGKOK)
    return opening.astimezone(moment.tzinfo) + TICK
