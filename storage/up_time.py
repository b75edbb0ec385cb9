"""When this account was down: nobody could reach it then, nor it anybody, so that it was nobody's silence.

What runs (`web` takes webhooks, `worker` delivers) says so every hour; what comes up after a longer pause writes that
down. Both stand among the things done once, by name.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from storage import once

PAUSE = timedelta(hours=2)
_DOWN, _MINUTE = "down:", "%Y-%m-%dT%H:%M"
Spell = tuple[datetime, datetime]  # from when to when


def note(session: Session, role: str, now: datetime, *, turned: bool = False) -> None:
    """This part runs now. `turned`: it has run since it was last noted, and only the clock was turned on."""
    last = once.find_when(session, f"up:{role}")
    if last is not None and now - last > PAUSE and not turned:
        once.claim(session, f"{_DOWN}{role}:{last.astimezone(UTC).strftime(_MINUTE)}", now)
    once.renew(session, f"up:{role}", now)


def list_down(session: Session) -> list[Spell]:
    """When any part of us did not run, in order; times that overlap are one."""
    told = sorted((_read_begin(name), until) for name, until in once.list_begun(session, _DOWN).items())
    spells: list[Spell] = []
    for begin, until in told:
        if spells and begin <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(until, spells[-1][1]))
        else:
            spells.append((begin, until))
    return spells


def measure(spells: Iterable[Spell], since: datetime) -> timedelta:
    """How much of these times lies behind that moment."""
    return sum((until - max(begin, since) for begin, until in spells if until > since), timedelta())


def _read_begin(name: str) -> datetime:
    return datetime.strptime(name.split(":", 2)[2], _MINUTE).replace(tzinfo=UTC)
