"""What happened to a case as a citizen reads it: in the reporter's words to them, in plain ones to who only follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.messages.track_cards import TimelineEntry
from cases import arrival, told_days, who_helps
from cases.going_back import TOLD_AS
from cases.phones import hide_personal
from cases.statuses import Action
from cases.verdicts import DECIDED
from clock import in_bangkok
from places.organisations import find_organisation
from storage import cases as stored
from storage.models import Case, HistoryEntry
from texts.catalog import has_text, say
from texts.moments import say_date, say_moment, say_paper_date, say_paper_moment

UNTOLD = "untold"  # in history: a line that tells citizens nothing, such as that officers were told once more
GONE = "add_gone"
MOVES = (Action.DISPATCH, Action.ACCEPT, Action.UNDO, Action.SHIELD)  # the steps that may give a case to another office


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads a case, and how days are named to them; `joined`: those lines that tell of followers; `rated`: the
    last of those with stars, which holds for all of them.
    """

    case: Case
    language: str
    follower: bool
    say_day: Callable[[str, date], str]
    joined: Sequence[HistoryEntry]
    rated: int


def list_entries(
    session: Session, case: Case, language: str, now: datetime, *, follower: bool = False, on_paper: bool = False
) -> tuple[TimelineEntry, ...]:
    """Everything that a citizen may know of, oldest first; those who joined are one line, at the last of them.

    `on_paper`: it is read later, so that every moment has its date.
    """
    say_when = say_paper_moment if on_paper else partial(say_moment, now=now)
    say_day = say_paper_date if on_paper else partial(say_date, today=in_bangkok(now).date())
    told = stored.list_history(session, case.id)
    unjoined = {entry.details.get("unjoined") for entry in told}
    handed = [entry.id for entry in told if entry.action == Action.DISPATCH]
    held = handed[-1] if handed and arrival.is_held_back(session, case) else None
    joined = [entry for entry in told if entry.action == Action.FOLLOW and entry.id not in unjoined]
    rated = max((entry.id for entry in told if entry.action == Action.RATE), default=0)
    reader = _Reader(case, language, follower, say_day, joined, rated)
    return tuple(
        TimelineEntry(say_when(language, entry.at), words)
        for entry, office in zip(told, list_holders(case, told), strict=True)
        if (
            words := _say_on_its_way(session, case, office, language, now, say_when)
            if entry.id == held
            else _say(entry, office, reader)
        )
    )


def _say_on_its_way(
    session: Session, case: Case, office: str, language: str, now: datetime, say_when: Callable[[str, datetime], str]
) -> str:
    seen = arrival.find_seen(session, case, now)
    name = _name_khet(office, language)
    if seen is None:
        return say(language, "happened.dispatch_held", office=name)
    return say(language, "happened.dispatch_later", office=name, seen=say_when(language, seen))


def list_holders(case: Case, told: Sequence[HistoryEntry]) -> list[str]:
    """Which office had the case at each line of its history: who has it now, and back from each that took it over."""
    holder, holders = case.owner, []
    for entry in reversed(told):
        holder = str(entry.details.get("office") or holder)
        holders.append(holder)
        if entry.action in MOVES:
            holder = str(entry.details.get("from") or holder)
    return holders[::-1]


def _say(entry: HistoryEntry, office: str, to: _Reader) -> str:
    if entry.action == Action.FOLLOW:
        people = len({one.actor_id for one in to.joined})
        return say(to.language, "happened.follow", count=people) if to.joined and entry.id == to.joined[-1].id else ""
    if entry.details.get(UNTOLD):
        return ""
    if entry.action == Action.RATE and (to.follower or entry.id != to.rated):  # what they think of it is theirs
        return ""
    action = GONE if entry.action == Action.ADD and _is_gone(entry) else entry.action
    done = str(entry.details.get(TOLD_AS) or action)
    keys = (f"happened_to.{action}", f"happened.{done}", f"happened.{action}")[0 if to.follower else 1 :]
    key = next((key for key in keys if has_text(key)), None)
    if key is None:
        return ""
    moved_to = str(entry.details.get("to") or "") if entry.action in (Action.ACCEPT, Action.UNDO) else ""
    if entry.action == Action.UNDO and moved_to:  # it was handed out, or taken, by mistake
        return say(to.language, "happened.undo_moved", office=_name_khet(moved_to, to.language))
    acted = None if entry.action == Action.DISPATCH else entry.organisation  # handed out, by whomever: to the office
    day, why = told_days.find_named(entry), _find_why(entry, to)
    fuller = f"{key}{'_put_off' if entry.details.get('delayed') else ''}{'_day' if day else ''}"
    return say(
        to.language,
        next(one for one in (f"{fuller}_because" if why else fuller, fuller, key) if has_text(one)),
        office=_name_khet(moved_to or acted or office, to.language),
        day=to.say_day(to.language, day) if day else "",
        why=why,
    )


def _is_gone(entry: HistoryEntry) -> bool:
    """Whether all that was said with it was taken back."""
    return not entry.note and not entry.details.get("media")


def _find_why(entry: HistoryEntry, to: _Reader) -> str:
    """Why there is another day, or none yet, or who can help instead, as the reporter was told it."""
    why = None
    if entry.action == Action.CLOSE:
        decided = entry.note if entry.details.get("answer") in DECIDED else None
        why = who_helps.say_who(entry.details.get("who"), to.language) or decided
    elif entry.action in told_days.NAMED:
        why = entry.details.get("reason") if entry.action == Action.PROMISE else entry.note
    if not why or to.follower:  # what an office wrote to its reporter may name them
        return ""
    return hide_personal(why, say(to.language, "told.number_hidden"), own=to.case.phone)


def _name_khet(code: str, language: str) -> str:
    office = find_organisation(code)
    if office is None:
        return code
    return office.short_th if language == "th" else office.short_en
