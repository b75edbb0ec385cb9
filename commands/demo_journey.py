"""Plays a story of the demo to its end, and prints every bubble as it appears."""

import queue
from collections.abc import Mapping

import click

from commands.demo_cast import Cast
from simulator.outcomes import ChatLine
from simulator.phones.buttons import list_words
from simulator.running import RunningSimulator
from simulator.state.changes import Change
from texts.catalog import say

BOT = "bot"


class Printer:
    """Prints new lines of all chats in the order in which they appear."""

    def __init__(self, line: RunningSimulator, cast: Cast) -> None:
        self._line = line
        self._names = {person.user_id: person.name for person in cast.people.values()}
        self._names |= {group.chat: group.name for group in cast.groups.values()}
        self._account = cast.account
        self._new: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self._stop = line.subscribe(self._notice)

    def close(self) -> None:
        """Print no more."""
        self._stop()

    def print_new(self) -> None:
        """What has come since the last time."""
        chats: dict[str, dict[str, ChatLine]] = {}
        while not self._new.empty():
            chat, message_id = self._new.get()
            if message_id not in chats.get(chat, {}):
                chats[chat] = {each.message_id: each for each in self._line.conversation(chat)}
            found = chats[chat].get(message_id)
            if found is not None and found.kind != "notice":
                self._print(chat, found)

    def _print(self, chat: str, found: ChatLine) -> None:
        words = _describe(found.message)
        if found.by == BOT:
            head = click.style(f"  {self._account} → {self._names[chat]}: ", fg="cyan")
            click.echo(head + ("\n" + " " * 6).join(words.splitlines()))
            return
        name = self._names.get(str(found.by), str(found.by))
        where = "" if chat == found.by else f" ({self._names[chat]})"
        click.echo(click.style(f"{name}{where}: ", fg="green") + words)

    def _notice(self, change: Change) -> None:
        if change.kind == "line" and change.chat is not None:
            self._new.put((change.chat, str(change.detail["message_id"])))


def play(line: RunningSimulator, story: str, printer: Printer) -> None:
    """A story from its first step to its last. Raises ClickException with what did not come."""
    state = line.play_story(story)
    while state.status == "ready":
        state = line.next_step()
        printer.print_new()
    if state.status != "done":
        raise click.ClickException(f"The story {story!r} cannot go on at step {state.step}: {state.error}")


def sum_up(line: RunningSimulator) -> None:
    """How many requests there were, and whether LINE would have refused any. Raises ClickException if so."""
    line.wait_quiet(seconds=0.5)
    refused = line.refusals
    click.secho(
        f"\n{len(line.wire())} requests to LINE, {len(refused)} that LINE would refuse, "
        f"{line.quota_used()} of the quota used\n",
        bold=True,
    )
    if refused:
        raise click.ClickException(f"LINE would refuse: {refused[0].path}: {refused[0].refused}")


def _describe(message: Mapping[str, object]) -> str:
    words = [each for each in list_words(dict(message)) if each.strip()]
    kind = str(message.get("type"))
    return "\n".join(words) or say("th", "demo.sent_picture" if kind == "image" else "demo.sent_other")
