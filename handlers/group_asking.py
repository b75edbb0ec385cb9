"""What somebody in a group was just asked for: their next words are taken as it, without a quote or a number.

Kept with the group's row, which every event of the group holds, so that two events cannot both take the words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.turn import Turn
from storage.models import Group

FOR = timedelta(minutes=5)
DATE = "date"  # asked with "noted": by when?


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of one step of one case are waited for."""

    case_id: int
    verb: str


def expect(turn: Turn, case_id: int, verb: str) -> None:
    """Wait for words from whoever acts now; LINE must tell who that is."""
    group, person = _find_group(turn), turn.inbound.user_id
    if group is None or person is None:
        return
    group.asked = {**_list_fresh(group, turn.now), person: _write(case_id, verb, turn.now + FOR)}


def find_asked(turn: Turn) -> Asked | None:
    """What the person who acts now was asked for in the last minutes."""
    group, person = _find_group(turn), turn.inbound.user_id
    found = _list_fresh(group, turn.now).get(person) if group and person else None
    return Asked(int(str(found["case"])), str(found["verb"])) if found else None


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


def _find_group(turn: Turn) -> Group | None:
    return turn.session.get(Group, turn.inbound.chat_id)


def _list_fresh(group: Group, now: datetime) -> dict[str, dict[str, object]]:
    asked: dict[str, dict[str, object]] = group.asked or {}
    return {who: what for who, what in asked.items() if datetime.fromisoformat(str(what["until"])) >= now}


def _write(case_id: int, verb: str, until: datetime) -> dict[str, object]:
    return {"case": case_id, "verb": verb, "until": until.isoformat()}
