"""Which offices cannot be reached by their groups any more: silent, lost, or never answering.

Shown to the Ombudsman's officers, who can ring the office; nothing follows by itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases.desk import OMB
from cases.going_back import OFFICE_STEPS
from cases.open_cases import OPEN
from cases.statuses import Role, Status
from storage import once, roster, up_time
from storage.roster import Listening
from storage.up_time import Spell

QUIET = timedelta(days=7)
JUST_TOLD = timedelta(days=1)
# Where it is the office's turn: while a reporter, another office or the Ombudsman is waited for, it may be silent.
THEIRS = frozenset({Status.DISPATCHED, Status.ACKNOWLEDGED, Status.IN_PROGRESS})
PEOPLE_SINCE = timedelta(days=60)
MOST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Weak:
    """An office and what is the matter: `lost`, `unanswered` or `silent`; for how many days; how much it has open."""

    organisation: str
    matter: str
    days: int
    open: int = 0


def find_weak(session: Session, now: datetime) -> list[Weak]:
    """All of them, those that nothing reaches first, then by how long it has been so.

    An office with several groups is weak only where all of them are. Silence counts only while there is something
    for them to do: since the oldest case came of those that wait for them, and without the time we were down ourselves.
    """
    down = up_time.list_down(session)
    steps = [str(one) for one in OFFICE_STEPS]
    by_office: dict[str, list[Weak | None]] = {}
    for one in roster.list_listening(session, but=OMB, theirs=THEIRS, role=Role.COORDINATOR, actions=steps):
        by_office.setdefault(str(one.group.organisation), []).append(_judge(one, down, now))
    weak = [min((one for one in found if one), key=_rank) for found in by_office.values() if all(found)]
    lost = roster.list_once_bound(session, but=OMB) - by_office.keys()
    weak += [Weak(office, "lost", 0) for office in lost]
    standing = roster.count_open(session, OPEN, [one.organisation for one in weak])
    weak = [replace(one, open=standing.get(one.organisation, 0)) for one in weak]
    return sorted(weak, key=lambda one: (_rank(one), one.organisation))


def name_lost(organisation: str) -> str:
    """Under which it is kept that officers heard when an office lost its last group."""
    return f"group_lost:{organisation}"


def was_just_told(session: Session, weak: Weak, now: datetime) -> bool:
    """Whether officers heard that it lost its group within the last day: no list need tell them again."""
    told = once.find_when(session, name_lost(weak.organisation)) if weak.matter == "lost" else None
    return told is not None and now - told < JUST_TOLD


def list_people(session: Session, chat_id: str, now: datetime) -> list[str]:
    """Who acted for the office in this group of late."""
    return roster.list_people(session, chat_id, now - PEOPLE_SINCE, MOST_PEOPLE)


def _rank(weak: Weak) -> tuple[int, int]:
    return ("lost", "unanswered", "silent").index(weak.matter), -weak.days


def _judge(listening: Listening, down: list[Spell], now: datetime) -> Weak | None:
    group, oldest = listening.group, listening.waits_since
    if oldest is None or group.bound_at is None:
        return None
    office, bound_at = str(group.organisation), group.bound_at
    waited = _count(max(bound_at, oldest), now, down)
    if not listening.answered and waited >= QUIET:
        return Weak(office, "unanswered", waited.days)
    silent = _count(max(bound_at, oldest, group.heard_at or bound_at), now, down)
    return Weak(office, "silent", silent.days) if silent >= QUIET else None


def _count(since: datetime, now: datetime, down: list[Spell]) -> timedelta:
    """For how long they could have spoken to us."""
    return now - since - up_time.measure(down, since)
