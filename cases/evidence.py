"""Which after-photos should be looked at again: beside which photo, and why. Found by machine, judged by people.

A photo is flagged where it is, wholly or but for a patch, the very picture of a before-photo, of a photo of another
case, or of an after-photo with which the case was sent back; or where the camera wrote another time or place into it.
Nothing follows from a flag by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import Image
from sqlalchemy.orm import Session

from cases import duplicates
from cases.photo_alignment import Overlap, overlay
from cases.photo_marks import ASKED, MOST_BITS
from cases.statuses import Action
from clock import BANGKOK
from storage import cases as stored
from storage import media, photo_marks
from storage.models import Case, MediaItem
from storage.photo_checks import Found

# At least so much of the picture lies upon the other's; two photos of one place reach half of it, from the very same
# spot more.
KEPT = 0.76
WHOLE = 0.97
TOGETHER = 0.5  # of what changed, in one patch
LEAST_BLOCKS = 20  # fewer say nothing: a wall, a night without lamps

MOST_BEFORE = 10
MOST_ALIKE = 60
MOST_LAID = 12
BEFORE_WAITS = timedelta(minutes=10)  # for the case's own photos, which may still be on their way from LINE

EARLIER_BY = timedelta(minutes=10)
CLOCKS_SET_SINCE = 2015  # a camera that tells an older year was never told the time
FAR_METRES = 200

Load = Callable[[str], Image.Image | None]


@dataclass(frozen=True, slots=True)
class Beside:
    """A photo that an after-photo is to be laid upon. `verdict`: what it is where they agree."""

    media_id: int
    path: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be compared of one after-photo, and what its camera's notes say already."""

    path: str
    beside: tuple[Beside, ...]
    notes: tuple[Found, ...]


def plan(session: Session, item: MediaItem, now: datetime) -> Plan | None:
    """What to compare this after-photo with; None while photos of its own case are still on their way.

    A confidential case stays by itself, and no photo of one is laid beside another's.
    """
    case = stored.find_case(session, int(item.case_id or 0))
    if case is None:
        return Plan("", (), ())
    before = [one for one in media.list_for_case(session, case.id, "before") if one.kind == "image"]
    if any(one.state == "wanted" for one in before) and now - (item.stored_at or now) < BEFORE_WAITS:
        return None
    there = [one for one in before if one.state == "stored"][:MOST_BEFORE]
    beside = [Beside(one.id, _path(one), "same") for one in there]
    if not case.confidential:
        beside += _list_alike(session, item, case)
    return Plan(_path(item), tuple(beside), tuple(read_notes(item, case)))


def judge(plan: Plan, load: Load) -> list[Found]:
    """What the pictures say; `load` reads one. Takes a moment, and no database."""
    own = load(plan.path) if plan.path and plan.beside else None
    best: dict[str, Found] = {}
    for beside in plan.beside if own is not None else ():
        kept = best.get(beside.verdict)
        if kept is not None and kept.score >= WHOLE:
            continue
        other = load(beside.path)
        overlap = overlay(own, other) if own is not None and other is not None else None
        if overlap is None or not is_same_picture(overlap) or (kept is not None and kept.score >= overlap.equal):
            continue
        verdict = "patched" if beside.verdict == "same" and is_patched(overlap) else beside.verdict
        best[beside.verdict] = Found(verdict, f"photo_check.{verdict}", round(overlap.equal, 3), beside.media_id)
    return [*best.values(), *plan.notes]


def is_same_picture(overlap: Overlap) -> bool:
    """Whether the one was made from the other."""
    return overlap.blocks >= LEAST_BLOCKS and overlap.equal >= KEPT


def is_patched(overlap: Overlap) -> bool:
    """Whether it was changed in one place."""
    return overlap.equal < WHOLE and overlap.gathered >= TOGETHER


def read_notes(item: MediaItem, case: Case) -> list[Found]:
    """What the camera wrote into the photo, where that is left in it, against the report's time and place."""
    notes = item.evidence or {}
    found = []
    taken = find_taken_at(item)
    if taken is not None and taken < case.created_at - EARLIER_BY:
        minutes = (case.created_at - taken).total_seconds() / 60
        found.append(Found("early", "photo_check.early", round(minutes)))
    latitude, longitude = notes.get("latitude"), notes.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float) and case.latitude is not None:
        metres = duplicates.measure(latitude, longitude, case)
        if metres > FAR_METRES:
            found.append(Found("far", "photo_check.far", round(metres)))
    return found


def find_taken_at(item: MediaItem) -> datetime | None:
    """When the camera says the photo was taken; a clock without a zone is Bangkok's."""
    notes = item.evidence or {}
    said = notes.get("taken_at") or notes.get("gps_at")
    if not isinstance(said, str):
        return None
    try:
        taken = datetime.fromisoformat(said)
    except ValueError:
        return None
    taken = taken if taken.tzinfo else taken.replace(tzinfo=BANGKOK)
    return taken if taken.year >= CLOCKS_SET_SINCE else None


def _list_alike(session: Session, item: MediaItem, case: Case) -> list[Beside]:
    """Photos that came before it and look much like it: of other cases, and of this one before it was sent back."""
    marks = photo_marks.list_marks(session, item.id, ASKED)
    alike = photo_marks.find_alike(session, marks, MOST_BITS, MOST_ALIKE) if marks else []
    held = photo_marks.list_with_cases(session, [one.media_id for one in alike if one.media_id != item.id])
    sent_back = _find_sent_back(session, case, item.sent_at)
    found = []
    for other, whose in held:
        if other.role == "delicate" or other.sent_at > item.sent_at:
            continue
        if whose.id == case.id:
            if other.role == "after" and sent_back is not None and other.sent_at < sent_back:
                found.append(Beside(other.id, _path(other), "earlier"))
        elif not whose.confidential and not _is_one_repair(case, whose):
            found.append(Beside(other.id, _path(other), "reused"))
    return found[:MOST_LAID]


def _find_sent_back(session: Session, case: Case, before: datetime) -> datetime | None:
    """When the case was last said to be unfinished, before then."""
    told: Sequence[datetime] = [
        entry.at
        for entry in stored.list_history(session, case.id)
        if entry.action in (Action.DISPUTE, Action.REOPEN) and entry.at <= before
    ]
    return told[-1] if told else None


def _is_one_repair(case: Case, other: Case) -> bool:
    """Whether both tell of one thing, so that one photo shows the end of both."""
    if case.category != other.category or case.latitude is None or case.longitude is None:
        return False
    return duplicates.measure(case.latitude, case.longitude, other) <= duplicates.METRES


def _path(item: MediaItem) -> str:
    return item.thumb_path or item.path or ""
