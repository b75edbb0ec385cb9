"""What somebody in a group was just asked for: their next words are taken as it, without a quote or a number.

Kept with the group's row, which every event of the group holds, so that two events cannot both take the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import group_sources
from handlers.turn import Turn
from storage.models import Group

FOR = timedelta(minutes=5)
DATE = "date"  # asked with "noted": by when?
ASKS_DATE = "asks_date"  # the kind of a bubble that asks it


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of one step of one case are waited for, because of the words of these messages."""

    case_id: int
    verb: str
    sources: tuple[str, ...] = ()


def expect(turn: Turn, case_id: int, verb: str, *, longer: bool = False) -> None:
    """Wait for words from whoever acts now; LINE must tell who that is. `longer`: for what was asked before."""
    group, person = _find_group(turn), turn.inbound.user_id
    if group is None or person is None:
        return
    sources = group_sources.list_sources(turn, own=not longer)
    group.asked = {**_list_fresh(group, turn.now), person: _write(case_id, verb, turn.now + FOR, sources)}


def find_asked(turn: Turn) -> Asked | None:
    """What the person who acts now was asked for in the last minutes."""
    group, person = _find_group(turn), turn.inbound.user_id
    found = _list_fresh(group, turn.now).get(person) if group and person else None
    return Asked(int(str(found["case"])), str(found["verb"]), _read_sources(found)) if found else None


def forget(turn: Turn) -> dict[str, object] | None:
    """This person has gone on to something else; what they were asked for before."""
    group, person = _find_group(turn), turn.inbound.user_id
    before: dict[str, object] | None = group.asked if group is not None else None
    if group is not None and person in (group.asked or {}):
        group.asked = {who: what for who, what in _list_fresh(group, turn.now).items() if who != person} or None
    return before


def put_back(turn: Turn, before: dict[str, object] | None) -> None:
    """They had not gone on: what `forget` told is waited for as before."""
    group = _find_group(turn)
    if group is not None:
        group.asked = before


def call_off(turn: Turn, case_id: int) -> bool:
    """Nobody's words are waited for about this case any more. True where they were."""
    group = _find_group(turn)
    asked = _list_fresh(group, turn.now) if group else {}
    left = {who: what for who, what in asked.items() if what["case"] != case_id}
    if group is not None and len(left) < len(asked):
        group.asked = left or None
        return True
    return False


def drop_born_of(group: Group, message_id: str, now: datetime) -> None:
    """A message was taken back: what was asked because of it is not waited for any more."""
    asked = _list_fresh(group, now)
    left = {who: what for who, what in asked.items() if message_id not in _read_sources(what)}
    if len(left) < len(asked):
        group.asked = left or None


def _find_group(turn: Turn) -> Group | None:
    return turn.session.get(Group, turn.inbound.chat_id)


def _list_fresh(group: Group, now: datetime) -> dict[str, dict[str, object]]:
    asked: dict[str, dict[str, object]] = group.asked or {}
    return {who: what for who, what in asked.items() if datetime.fromisoformat(str(what["until"])) >= now}


def _read_sources(asked: Mapping[str, object]) -> tuple[str, ...]:
    found = asked.get("sources")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _write(case_id: int, verb: str, until: datetime, sources: list[str]) -> dict[str, object]:
    asked: dict[str, object] = {"case": case_id, "verb": verb, "until": until.isoformat()}
    return asked | {"sources": sources} if sources else asked
