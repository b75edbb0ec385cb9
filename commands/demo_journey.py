"""Plays the story of `demo_story.toml` over the LINE platform, and prints every bubble as it appears."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from simulator.outcomes import BotMessage, SimulatorError
from simulator.running import RunningSimulator

STORY = Path(__file__).with_name("demo_story.toml")
PATIENCE = 15.0


@dataclass(slots=True)
class Scene:
    """Where the story plays: the chats, the people, and how far each chat has been printed."""

    line: RunningSimulator
    citizen: str
    group: str
    people: dict[str, str]
    names: dict[str, str]
    shown: dict[str, str]
    card: BotMessage | None = None
    seen: int = 0

    def chat_of(self, who: str) -> str:
        """The chat a person acts in."""
        return self.citizen if who == "citizen" else self.group


def play(line: RunningSimulator, invite: Callable[[str], str]) -> None:
    """The whole story; a step whose answer does not come ends it with what was awaited."""
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    click.secho(f"\n{story['title']}\n", bold=True)
    people = {name: line.add_user(name) for name in story["coordinators"]}
    citizen = line.add_user(story["citizen"])
    group = line.add_group(story["group"], list(people.values()), bot_in=False)
    names = {citizen: story["citizen"], group: story["group"]}
    scene = Scene(line, citizen, group, people, names, story["shown"])
    line.invite_bot(group)
    _await(scene, group, "", 0)
    code = invite(story["organisation"])
    first = story["coordinators"][0]
    _print_person(scene, group, first, f"{story['bind']} ********")
    line.say(group, f"{story['bind']} {code}", by=people[first])
    _await(scene, group, "", scene.seen)
    line.follow(citizen)
    _await(scene, citizen, "", scene.seen)
    for step in story["step"]:
        _take(scene, step)
    line.wait_quiet(seconds=0.5)
    refused = line.refusals
    click.secho(
        f"\n{len(line.wire())} requests to LINE, {len(refused)} that LINE would refuse, "
        f"{line.quota_used()} of the quota used\n",
        bold=True,
    )
    if refused:
        raise click.ClickException(f"LINE would refuse: {refused[0].path}: {refused[0].refused}")


def _take(scene: Scene, step: dict[str, Any]) -> None:
    who, chat = step["who"], scene.chat_of(step["who"])
    options: dict[str, Any] = {} if who == "citizen" else {"by": scene.people[who]}
    words = step.get("words", "")
    name = scene.names[chat] if who == "citizen" else who
    does, before = step["does"], scene.line.position()
    _print_person(scene, chat, name, scene.shown[does].format(words=words))
    try:
        _act(scene, step, chat, words, options)
    except SimulatorError as problem:
        raise click.ClickException(f"the story cannot go on: {problem}") from None
    if not step.get("optional"):
        _await(scene, chat, step["then"], before)
    if "shows" in step:
        other = scene.group if step["shows"] == "group" else scene.citizen
        found = _await(scene, other, "FT" if step["shows"] == "group" else "", before)
        if step["shows"] == "group":
            scene.card = found


def _act(scene: Scene, step: dict[str, Any], chat: str, words: str, options: dict[str, Any]) -> None:
    does = step["does"]
    if does == "says":
        scene.line.say(chat, words, **options)
    elif does == "pins":
        scene.line.send_location(chat, step["latitude"], step["longitude"], address=words, **options)
    elif does == "photo":
        scene.line.send_image(chat, **options)
    elif does == "taps":
        scene.line.tap(chat, words, **options)
    elif does == "quotes" and scene.card:
        scene.line.say(chat, words, quotes=scene.card.message_id, **options)


def _await(scene: Scene, chat: str, words: str, after: int) -> BotMessage:
    try:
        found = scene.line.wait_for(chat, words or None, after=after, timeout=PATIENCE)
    except AssertionError as absent:
        raise click.ClickException(f"the product did not answer as the story expects: {absent}") from None
    scene.line.wait_quiet(seconds=0.15)
    for message in scene.line.received_anywhere(after=scene.seen):
        _print_product(scene, message)
        scene.seen = message.position
    return found


def _print_person(scene: Scene, chat: str, name: str, words: str) -> None:
    head = name if chat == scene.citizen else scene.shown["in_group"].format(name=name, group=scene.names[chat])
    click.echo(click.style(f"{head}: ", fg="green") + words)


def _print_product(scene: Scene, message: BotMessage) -> None:
    kind = scene.shown.get(message.endpoint, message.endpoint)
    lines = [line for line in message.words.splitlines() if line.strip()]
    head = click.style(f"  OMB FAST TRACK BMA → {scene.names[message.chat]} ({kind}): ", fg="cyan")
    click.echo(head + ("\n" + " " * 6).join(lines))
