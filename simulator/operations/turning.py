"""Turning the clock on in steps, so that what falls due on the way happens at its own time and can be watched."""

import asyncio
import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from simulator.operations.trouble import TroubleOperations
from simulator.outcomes import SimulatorError
from simulator.state.director import Turning

STEP = timedelta(hours=1)
WATCH = 0.7  # seconds between steps: a week in two minutes
LONGER = 3  # times that, where it was asked to stop: the bot is to have looked at its clock before it goes on
LONGEST = timedelta(days=62)
HERE = timezone(timedelta(hours=7), "Asia/Bangkok")
AFTER = timedelta(seconds=2)  # past the moment itself, so that what is due then is due
_LAST_WORKDAY = 4  # Friday


class TurningOperations(TroubleOperations):
    """The hands of the clock."""

    _turning: asyncio.Task[None] | None = None

    async def turn_clock(
        self, *, seconds: float | None = None, to: Sequence[str] | None = None, by: Sequence[str] = ()
    ) -> datetime:
        """Turn the clock on by so much, or to the next of these times of day ("07:45") from Monday to Friday.

        Comes back at once with where it is going; `stop_turning` ends it earlier, and so does turning anew. It stops
        for a moment at each full hour, and at the times of day `by` which it goes.
        """
        now = datetime.fromtimestamp(self.platform.clock.now(), HERE)
        stops = _read_times([*(to or ()), *by])
        until = _find_next(now, _read_times(to)) if to else now + timedelta(seconds=_check(seconds))
        await self.stop_turning()
        self.platform.director.turning = Turning(now.timestamp(), until.timestamp())
        self._turning = asyncio.get_running_loop().create_task(self._turn(until.timestamp(), stops))
        self.platform.changes.announce("director")
        return until

    async def turn_to_hours(self, *, begins: str, ends: str, days_off: Sequence[str] = ()) -> datetime:
        """Turn the clock on, at once, to the next time of day between these from Monday to Friday; now may be one."""
        now = datetime.fromtimestamp(self.platform.clock.now(), HERE)
        until = _find_hours(now, begins, ends, days_off)
        if until > now:
            await self.stop_turning()
            await self.advance_clock((until - now).total_seconds())
        return until

    async def stop_turning(self) -> None:
        """The clock goes on as any other from where it stands."""
        turning, self._turning = self._turning, None
        if turning is not None and not turning.done():
            turning.cancel()
            await asyncio.gather(turning, return_exceptions=True)
        self._rest()

    async def _turn(self, until: float, stops: Sequence[time]) -> None:
        while (left := until - self.platform.clock.now()) > 0:
            # To each full hour: what is set for a time of day is then never passed by more than it must.
            now = datetime.fromtimestamp(self.platform.clock.now(), HERE)
            stop = _find_stop(now, stops)
            await self.advance_clock(min(left, (stop - now).total_seconds()))
            if until > self.platform.clock.now():
                await asyncio.sleep(WATCH * (LONGER if (stop - AFTER).time() in stops else 1))
        self._rest()

    def _rest(self) -> None:
        if self.platform.director.turning is not None:
            self.platform.director.turning = None
            self.platform.changes.announce("director")


def _check(seconds: float | None) -> float:
    if seconds is None or not math.isfinite(seconds) or not 0 < seconds <= LONGEST.total_seconds():
        raise SimulatorError(f"cannot turn the clock on by {seconds} seconds: give 1 to {LONGEST.total_seconds():.0f}")
    return seconds


def _find_hours(now: datetime, begins: str, ends: str, days_off: Sequence[str]) -> datetime:
    try:
        first, last = time.fromisoformat(begins), time.fromisoformat(ends)
        off = {date.fromisoformat(each) for each in days_off}
    except (TypeError, ValueError):
        raise SimulatorError(f"cannot read {begins!r}, {ends!r} or {days_off!r}: write 08:30 and 2026-12-31") from None
    day = now.date()
    while day.weekday() > _LAST_WORKDAY or day in off or (day == now.date() and now.time() >= last):
        day += timedelta(days=1)
    return max(now, datetime.combine(day, first, HERE))


def _read_times(words: Sequence[str]) -> list[time]:
    try:
        return sorted(time.fromisoformat(each) for each in words)
    except (TypeError, ValueError):
        raise SimulatorError(f"cannot read the times of day {list(words)!r}: write them like 07:45") from None


def _find_stop(now: datetime, stops: Sequence[time]) -> datetime:
    """Just past the next full hour, or past one of these times of day if that is sooner."""
    hour = now.replace(minute=0, second=0, microsecond=0) + STEP
    today = [datetime.combine(now.date(), each, HERE) for each in stops if now.weekday() <= _LAST_WORKDAY]
    return min(moment + AFTER for moment in (hour, *today) if moment + AFTER > now)


def _find_next(now: datetime, times: Sequence[time]) -> datetime:
    day = now.date()
    while True:
        for each in times:
            moment = datetime.combine(day, each, HERE) + AFTER
            if moment > now and day.weekday() <= _LAST_WORKDAY:
                return moment
        day += timedelta(days=1)
