"""Plays a story step by step: does what the step says, and waits until the bot has answered as the story expects."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from simulator.outcomes import SimulatorError, Tappable
from simulator.phones import tapping
from simulator.phones.buttons import list_actions, list_words
from simulator.state.changes import Change
from simulator.state.platform import Platform
from simulator.state.screens import BOT, Line
from simulator.stories.script import Awaited, Deed, Step, Story

PATIENCE = 20.0  # seconds until what is awaited must be there
PACE = 3.5  # seconds between steps that play by themselves
SETTLED = 0.3  # seconds without a new bubble until a step counts as over

Run = Callable[[str, dict[str, Any]], Coroutine[Any, Any, Any]]
Problem = dict[str, Any]  # kind (bubble, button, other), wanted: in any of these words, where: the name of a chat


class Failed(Exception):
    """The story cannot go on; says what did not come, in detail, and for those who watch as a `problem`."""

    def __init__(self, words: str, kind: str = "other", wanted: Sequence[str] = (), where: str = "") -> None:
        super().__init__(words)
        self.problem: Problem = {"kind": kind, "wanted": list(wanted), "where": where}


class Playing:
    """One story being played; `step` is the one last begun, counted from one, `before` the newest bubble before it."""

    def __init__(self, story: Story, before: int) -> None:
        self.story = story
        self.before = before
        self.step = 0
        self.status = "ready"
        self.auto = False
        self.error: str | None = None
        self.problem: Problem | None = None
        self.messages: dict[str, str] = {}

    @property
    def begun(self) -> Step | None:
        """The step that was begun last."""
        return self.story.steps[self.step - 1] if self.step else None

    @property
    def following(self) -> Step | None:
        """The step that comes next."""
        return self.story.steps[self.step] if self.step < len(self.story.steps) else None


class Player:
    """Has the stories, and plays one at a time."""

    def __init__(self, platform: Platform, run: Run) -> None:
        self._platform = platform
        self._run = run
        self._auto: asyncio.Task[None] | None = None
        self.stories: dict[str, Story] = {}
        self.playing: Playing | None = None

    def give(self, stories: dict[str, Story]) -> None:
        """The stories there are from now on."""
        self.stories = stories
        self._announce()

    async def play(self, name: str, *, auto: bool) -> None:
        """Begin a story; it stands before its first step, or plays by itself."""
        story = self.stories.get(name)
        if story is None:
            raise SimulatorError(f"no story {name!r}; there are {', '.join(self.stories) or 'none'}")
        await self.stop()
        self.playing = Playing(story, self._platform.screens.position)
        self.set_auto(auto)

    def set_auto(self, on: bool) -> None:
        """Go on by itself from here, or stop doing so after the present step."""
        playing = self._get()
        playing.auto = on
        if on and (self._auto is None or self._auto.done()):
            self._auto = asyncio.get_running_loop().create_task(self._go_on(playing))
        self._announce()

    async def next(self) -> None:
        """One step; comes back when it is over."""
        playing = self._get()
        if playing.status != "ready":
            raise SimulatorError(f"the story cannot go on: it is {playing.status}")
        await self._take(playing)

    async def stop(self) -> None:
        """End the story where it stands."""
        if self.playing is not None:
            self.playing.auto = False
        if self._auto is not None and not self._auto.done():
            self._auto.cancel()
        self._auto = None
        self.playing = None
        self._announce()

    async def _go_on(self, playing: Playing) -> None:
        while playing.auto and playing is self.playing and playing.status in ("ready", "acting"):
            if playing.status == "ready":
                await self._take(playing)
            if playing.status in ("ready", "acting"):
                await asyncio.sleep(PACE)

    async def _take(self, playing: Playing) -> None:
        step = playing.following
        if step is None:
            return
        playing.step += 1
        playing.status = "acting"
        self._announce()
        before = self._platform.screens.position
        try:
            for deed in step.deeds:
                await self._do(playing, deed)
            for awaited in step.awaited:
                line = await self._await(awaited, before)
                if awaited.remember:
                    playing.messages[awaited.remember] = line.message_id
            await self._settle()
            playing.status = "ready" if playing.following else "done"
        except (Failed, SimulatorError) as problem:
            playing.status, playing.error = "failed", str(problem)
            playing.problem = (problem if isinstance(problem, Failed) else Failed(str(problem))).problem
        except asyncio.CancelledError:
            playing.status = "ready" if playing.following else "done"
            raise
        finally:
            if playing.status in ("done", "failed"):
                playing.auto = False
            self._announce()

    async def _do(self, playing: Playing, deed: Deed) -> None:
        arguments = {key: _fill_in(playing, value) for key, value in deed.arguments.items()}
        if deed.if_label and self._find_quick_reply(arguments["chat"], deed.if_label) is None:
            return
        if deed.operation == "tap":
            found = await self._find_in_time(playing, deed, arguments)
            arguments |= {"label": found.label, "message_id": found.message_id}
        await self._run(deed.operation, arguments)

    async def _find_in_time(self, playing: Playing, deed: Deed, arguments: dict[str, Any]) -> Tappable:
        chat, on = arguments["chat"], arguments.get("message_id")

        def find() -> Tappable | None:
            if deed.if_label:
                return self._find_quick_reply(chat, deed.if_label)
            return self._find_to_tap(playing, chat, deed.labels, on)

        if not await self._wait(lambda: find() is not None) or (found := find()) is None:
            words = f"nothing new that says {_list_any(deed.labels)} came to be tapped in {PATIENCE:g} s"
            raise Failed(words, "button", deed.labels, self._name(chat))
        return found

    def _find_quick_reply(self, chat: str, labels: Sequence[str]) -> Tappable | None:
        for each in tapping.list_tappable(self._platform, chat):
            if each.place == "quickReply" and each.label in labels:
                return each
        return None

    def _find_to_tap(self, playing: Playing, chat: str, labels: Sequence[str], on: str | None) -> Tappable | None:
        """Such a button, on that message or on the newest one of this story: people leave old cards alone."""
        found = tapping.list_tappable(self._platform, chat, on)
        for label in labels:
            for each in found:
                line = self._platform.screens.find(each.message_id or "")
                if each.label == label and line is not None and (on or line.position > playing.before):
                    return each
        return None

    def _name(self, chat_id: str) -> str:
        """Of a group its own, of a chat with the account the person's."""
        chat, person = self._platform.chats.get(chat_id), self._platform.users.get(chat_id)
        return (chat.name if chat else "") or (person.name if person else "") or chat_id

    async def _await(self, awaited: Awaited, before: int) -> Line:
        found: list[Line] = []

        def has_come() -> bool:
            lines = self._platform.screens.list_sent(before)
            found[:] = [line for line in lines if line.chat == awaited.chat and _fits(line, awaited)]
            return bool(found)

        if not await self._wait(has_come):
            wanted = " + ".join(_list_any(each) for each in (awaited.words, awaited.labels) if each) or "a message"
            where = self._name(awaited.chat)
            words = f"{wanted} did not come to {where} in {PATIENCE:g} s"
            raise Failed(words, "bubble", awaited.words or awaited.labels, where)
        return found[-1]

    async def _settle(self) -> None:
        """Until the bot has said all it has to say, so that a step shows everything it led to."""
        at = time.monotonic()
        until = at + 5.0
        seen = self._platform.screens.position
        while time.monotonic() - at < SETTLED and time.monotonic() < until:
            await asyncio.sleep(0.05)
            if self._platform.screens.position != seen:
                seen, at = self._platform.screens.position, time.monotonic()

    async def _wait(self, condition: Callable[[], bool]) -> bool:
        changed = asyncio.Event()

        def notice(change: Change) -> None:
            changed.set()

        unsubscribe = self._platform.changes.subscribe(notice)
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    changed.clear()
                    await changed.wait()
            return True
        except TimeoutError:
            return condition()
        finally:
            unsubscribe()

    def _get(self) -> Playing:
        if self.playing is None:
            raise SimulatorError("no story is being played: begin one with play_story()")
        return self.playing

    def _announce(self) -> None:
        self._platform.changes.announce("stories")


def _fill_in(playing: Playing, value: Any) -> Any:
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    if value[1:] not in playing.messages:
        raise Failed(f"the story names a message {value[1:]!r} that no step has awaited")
    return playing.messages[value[1:]]


def _fits(line: Line, awaited: Awaited) -> bool:
    if line.by != BOT:
        return False
    read = "\n".join((*list_words(line.message), str(line.message.get("altText", ""))))
    if awaited.words and not any(words in read for words in awaited.words):
        return False
    return not awaited.labels or any(label in awaited.labels for _, label, _ in list_actions(line.message))


def _list_any(words: Sequence[str]) -> str:
    return " or ".join(repr(each) for each in words)
