"""A story to be played before people: steps told in words, each a few operations and the bubbles they must lead to.

The simulator knows no product; whoever gives the story fills in chats, people, words and labels. What a step says may
name a message of an earlier step: an argument "$card" is the id of the bubble that was awaited "as" card. Words and
labels may be several, one per language that the person on the phone may have chosen; any of them will do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.outcomes import SimulatorError

Told = dict[str, str]  # words by language


@dataclass(frozen=True, slots=True)
class Deed:
    """One operation by name; with `if_label` only while something so labelled can be tapped in that chat.

    `labels` are what a tap may find on its button, in the order in which they are tried.
    """

    operation: str
    arguments: Mapping[str, Any]
    if_label: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """A bubble of the bot that must come: in which chat, with which words and label, remembered under which name."""

    chat: str
    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    remember: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What is told, where to look meanwhile, what is done, and what must come of it."""

    said: Told
    person: str
    chat: str
    deeds: tuple[Deed, ...] = ()
    awaited: tuple[Awaited, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One story."""

    name: str
    title: Told
    about: Told
    steps: tuple[Step, ...] = field(default=())


def read_stories(given: Sequence[Mapping[str, Any]]) -> dict[str, Story]:
    """Stories by name, from plain JSON values; SimulatorError names what is missing or strange."""
    try:
        return {str(story["story"]): _read_story(story) for story in given}
    except (KeyError, TypeError, AttributeError) as problem:
        raise SimulatorError(f"a story cannot be read: {problem!r}") from problem


def _read_story(story: Mapping[str, Any]) -> Story:
    steps = tuple(_read_step(step) for step in story["steps"])
    return Story(str(story["story"]), dict(story["title"]), dict(story.get("about") or {}), steps)


def _read_step(step: Mapping[str, Any]) -> Step:
    deeds = (_read_deed(deed) for deed in step.get("does", ()))
    awaited = (
        Awaited(one["chat"], _read_any(one.get("words")), _read_any(one.get("label")), one.get("as", ""))
        for one in step.get("waits", ())
    )
    return Step(dict(step["said"]), step["person"], step["chat"], tuple(deeds), tuple(awaited))


def _read_deed(deed: Mapping[str, Any]) -> Deed:
    arguments = dict(deed["arguments"])
    labels = _read_any(arguments.get("label"))
    return Deed(deed["operation"], arguments, _read_any(deed.get("if_label")), labels)


def _read_any(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """One or several; empty ones are none."""
    several = (given,) if isinstance(given, str) else tuple(given or ())
    return tuple(each for each in several if each)
