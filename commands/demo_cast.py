"""The people and groups of the demo: who they are, and how their groups come to be bound to an office."""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from simulator.running import RunningSimulator

CAST = Path(__file__).with_name("demo_cast.toml")
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a phone."""

    key: str
    user_id: str
    name: str
    part: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """A LINE group. `binds` is the member who types the code; with `invites` a code is only shown, for trying it."""

    key: str
    chat: str
    name: str
    members: tuple[str, ...]
    about: Mapping[str, str]
    organisation: str
    binds: str
    invites: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone, by key; ids follow from the keys, so that a story can name them before they are there."""

    account: str
    people: Mapping[str, Person]
    groups: Mapping[str, Group]

    def find_chat(self, key: str) -> str:
        """The chat of a group, or of a person with the account. Raises KeyError."""
        return self.groups[key].chat if key in self.groups else self.people[key].user_id


@lru_cache(maxsize=1)
def load_cast() -> Cast:
    """As `demo_cast.toml` has it."""
    read = tomllib.loads(CAST.read_text(encoding="utf-8"))
    people = {key: _read_person(key, value) for key, value in read["person"].items()}
    return Cast(read["account"], people, {key: _read_group(key, value) for key, value in read["group"].items()})


def bring_in(line: RunningSimulator, cast: Cast, binding: str, invite: Callable[[str], str]) -> dict[str, str]:
    """Make everyone, and bind the groups as their coordinators would: `binding` is what is typed before a code.

    Comes back with the codes that are only to be shown, by the chat of the group, each as "group name: code".
    """
    for person in cast.people.values():
        line.add_user(
            person.name,
            user_id=person.user_id,
            about=dict(person.about),
            part=person.part,
            friend=person.part != "citizen",
        )
    shown = {}
    for group in cast.groups.values():
        members = [cast.people[key].user_id for key in group.members]
        line.add_group(group.name, members, group_id=group.chat, bot_in=False, about=dict(group.about))
        _wait_for_answer(line, group.chat, partial(line.invite_bot, group.chat))
        if group.binds:
            words, by = f"{binding} {invite(group.organisation)}", cast.people[group.binds].user_id
            _wait_for_answer(line, group.chat, partial(line.say, group.chat, words, by=by))
        if group.invites:
            shown[group.chat] = f"{group.name}: {binding} {invite(group.invites)}"
    for person in cast.people.values():
        if person.part == "citizen":
            _wait_for_answer(line, person.user_id, partial(line.follow, person.user_id))
    return shown


def _wait_for_answer(line: RunningSimulator, chat: str, act: Callable[[], Any]) -> None:
    before = line.position()
    act()
    line.wait_for(chat, after=before, timeout=PATIENCE)


def _read_person(key: str, value: Mapping[str, str]) -> Person:
    return Person(key, _as_id("U", key), value["name"], value["part"], {"th": value["th"], "en": value["en"]})


def _read_group(key: str, value: Mapping[str, Any]) -> Group:
    return Group(
        key,
        _as_id("C", key),
        value["name"],
        tuple(value["members"]),
        {"th": value["th"], "en": value["en"]},
        value.get("organisation", ""),
        value.get("binds", ""),
        value.get("invites", ""),
    )


def _as_id(letter: str, key: str) -> str:
    return letter + hashlib.sha256(f"demo {key}".encode()).hexdigest()[:32]
