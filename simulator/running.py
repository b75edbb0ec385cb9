"""Starts a simulated LINE platform in a thread of its own and drives it by plain blocking calls.

Every operation of `simulator.operations` is here under its own name and arguments; what is added is waiting
for the bot, which only whoever stands outside the simulator's loop can do.
"""

import threading
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from simulator.browser.door import Browsing
from simulator.loop_thread import LoopThread
from simulator.operations.all import Operations
from simulator.outcomes import BotMessage, WireRecord
from simulator.server.assembly import Assembly
from simulator.state.changes import Change
from simulator.state.clock import as_datetime
from simulator.state.platform import Platform

# Seconds between two looks at what is not ours: what comes soon is seen soon, what does not costs little.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.005, 0.05
P = ParamSpec("P")
R = TypeVar("R")


def _blocking(
    operation: Callable[Concatenate[Operations, P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate["RunningSimulator", P], R]:
    def call(self: "RunningSimulator", /, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._thread.run(operation(self._assembly.operations, *args, **kwargs))

    call.__name__ = operation.__name__
    call.__doc__ = operation.__doc__
    return call


class RunningSimulator:
    """A LINE platform that listens at `base_url`; give that to the bot as both its LINE base URLs."""

    def __init__(self, assembly: Assembly, thread: LoopThread, host: str) -> None:
        self._assembly = assembly
        self._platform = assembly.platform
        self._thread = thread
        self._changed = threading.Condition()
        self._unwatch = self._platform.changes.subscribe(self._notice)
        self.port = assembly.listener.port
        self.base_url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self.bot_user_id = self._platform.channel.bot_user_id
        self.channel_id = self._platform.channel.channel_id

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def channel_secret(self) -> str:
        return self._platform.channel.secret

    @property
    def access_token(self) -> str:
        """The newest access token that is good; "" when all are revoked."""
        return next(reversed(self._platform.channel.tokens), "")

    @property
    def refusals(self) -> list[WireRecord]:
        """Requests that LINE would refuse, and careless ones it would not promise anything for."""
        return self._thread.run(self._assembly.operations.list_refusals())

    def stop(self) -> None:
        """Close the port and end the thread; a second call does nothing."""
        self._unwatch()
        if self._thread.is_running():
            self._thread.run(self._assembly.stop())
            self._thread.stop()

    def now(self) -> datetime:
        return as_datetime(self._platform.clock.now())

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Have every change told, in the simulator's thread: be quick, and call nothing blocking there."""
        return self._platform.changes.subscribe(callback)

    def wait_for(
        self,
        chat: str,
        predicate: Callable[[BotMessage], bool] | str | None = None,
        *,
        after: int = 0,
        timeout: float = 5.0,
    ) -> BotMessage:
        """The first message of the bot in this chat behind `after` that fits."""
        seen = after
        found: list[BotMessage] = []

        def look() -> bool:
            nonlocal seen
            for message in self.received(chat, after=seen):
                seen = message.position
                if _fits(message, predicate):
                    found.append(message)
                    return True
            return False

        if self._wait(look, timeout):
            return found[0]
        there = [f"  {message.endpoint}: {message.words!r}" for message in self.received(chat, after=after)]
        wanted = predicate if isinstance(predicate, str) else "what was asked for"
        raise AssertionError(
            f"{chat} did not get {wanted!r} within {timeout} s; it got:\n" + ("\n".join(there) or "  nothing")
        )

    def wait_until(self, condition: Callable[[], bool], *, timeout: float = 5.0, what: str = "the condition") -> None:
        """Until it holds; looked at after every change, and every few moments for what is not ours."""
        if not self._wait(condition, timeout):
            raise AssertionError(f"{what} did not come true within {timeout} s")

    def wait_quiet(self, *, seconds: float = 0.2, timeout: float = 5.0) -> None:
        """Until the bot has left the API alone for so long."""
        started = time.monotonic()

        def quiet() -> bool:
            return time.monotonic() - max(self._platform.wire.last_call_at, started) >= seconds

        if not self._wait(quiet, timeout):
            raise AssertionError(f"the bot was not quiet for {seconds} s within {timeout} s")

    def _notice(self, change: Change) -> None:
        with self._changed:
            self._changed.notify_all()

    def _wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        pause = SHORTEST_PAUSE
        while True:
            if condition():
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            with self._changed:
                self._changed.wait(min(left, pause))
            pause = min(pause * 1.5, LONGEST_PAUSE)

    add_user = _blocking(Operations.add_user)
    add_group = _blocking(Operations.add_group)
    add_room = _blocking(Operations.add_room)
    get_user = _blocking(Operations.get_user)
    get_group = _blocking(Operations.get_group)
    list_chats = _blocking(Operations.list_chats)
    see_chat = _blocking(Operations.see_chat)
    follow = _blocking(Operations.follow)
    block = _blocking(Operations.block)
    invite_bot = _blocking(Operations.invite_bot)
    remove_bot = _blocking(Operations.remove_bot)
    add_members = _blocking(Operations.add_members)
    remove_members = _blocking(Operations.remove_members)

    say = _blocking(Operations.say)
    send_image = _blocking(Operations.send_image)
    send_album = _blocking(Operations.send_album)
    send_video = _blocking(Operations.send_video)
    send_audio = _blocking(Operations.send_audio)
    send_file = _blocking(Operations.send_file)
    send_location = _blocking(Operations.send_location)
    send_sticker = _blocking(Operations.send_sticker)
    edit = _blocking(Operations.edit)
    unsend = _blocking(Operations.unsend)
    send_event = _blocking(Operations.send_event)
    expire_content = _blocking(Operations.expire_content)

    tap = _blocking(Operations.tap)
    tap_rich_menu = _blocking(Operations.tap_rich_menu)
    act = _blocking(Operations.act)
    postback = _blocking(Operations.postback)
    list_tappable = _blocking(Operations.list_tappable)
    find_rich_menu = _blocking(Operations.find_rich_menu)

    deliver = _blocking(Operations.deliver)
    deliver_at_once = _blocking(Operations.deliver_at_once)
    redeliver = _blocking(Operations.redeliver)
    redeliver_all = _blocking(Operations.redeliver_all)
    repeat = _blocking(Operations.repeat)
    send_raw = _blocking(Operations.send_raw)
    verify_webhook = _blocking(Operations.verify_webhook)
    set_redelivery = _blocking(Operations.set_redelivery)
    rotate_secret = _blocking(Operations.rotate_secret)
    set_bot_url = _blocking(Operations.set_bot_url)
    list_events = _blocking(Operations.list_events)

    add_fault = _blocking(Operations.add_fault)
    clear_faults = _blocking(Operations.clear_faults)
    refuse_connections = _blocking(Operations.refuse_connections)
    accept_connections = _blocking(Operations.accept_connections)
    set_quota = _blocking(Operations.set_quota)
    quota_used = _blocking(Operations.quota_used)
    set_rate_limit = _blocking(Operations.set_rate_limit)
    revoke_access_token = _blocking(Operations.revoke_access_token)
    set_access_token = _blocking(Operations.set_access_token)
    set_trouble = _blocking(Operations.set_trouble)
    mend_everything = _blocking(Operations.mend_everything)
    set_standby = _blocking(Operations.set_standby)
    hold_events = _blocking(Operations.hold_events)
    release_events = _blocking(Operations.release_events)
    set_notes = _blocking(Operations.set_notes)
    give_stories = _blocking(Operations.give_stories)
    play_story = _blocking(Operations.play_story)
    next_step = _blocking(Operations.next_step)
    set_story_auto = _blocking(Operations.set_story_auto)
    stop_story = _blocking(Operations.stop_story)
    expire_reply_token = _blocking(Operations.expire_reply_token)
    advance_clock = _blocking(Operations.advance_clock)
    turn_clock = _blocking(Operations.turn_clock)
    turn_to_hours = _blocking(Operations.turn_to_hours)
    stop_turning = _blocking(Operations.stop_turning)

    received = _blocking(Operations.received)
    received_anywhere = _blocking(Operations.received_anywhere)
    position = _blocking(Operations.position)
    conversation = _blocking(Operations.conversation)
    loading = _blocking(Operations.loading)
    read_up_to = _blocking(Operations.read_up_to)
    wire = _blocking(Operations.wire)
    clear_wire = _blocking(Operations.clear_wire)


def start_simulator(
    *,
    port: int = 0,
    bot_url: str | None = None,
    channel_secret: str,
    access_token: str,
    seed: int | None = None,
    host: str = "127.0.0.1",
    reply_token_seconds: float = 60.0,
    webhook_timeout_seconds: float = 2.0,
    wire_limit: int = 5000,
    clock_offset_file: Path | None = None,
    plain_media: bool = False,
    name: str = "Simulated account",
    browsing: Browsing | None = None,
    keep_in: Path | None = None,
) -> RunningSimulator:
    """Listen on `port` (0: any free one) and come back once that is so.

    `plain_media` takes http:// media URLs of this machine, which LINE refuses; a demo without TLS needs it.
    `keep_in` names a file that remembers all of it until the next start; KeepingProblem where it cannot be read.
    """
    platform = Platform(
        channel_secret=channel_secret,
        access_token=access_token,
        bot_url=bot_url,
        seed=seed,
        reply_token_seconds=reply_token_seconds,
        webhook_timeout_seconds=webhook_timeout_seconds,
        wire_limit=wire_limit,
        clock_offset_file=clock_offset_file,
        plain_media=plain_media,
        name=name,
    )
    assembly = Assembly(platform, host=host, port=port, browsing=browsing, keep_in=keep_in)
    thread = LoopThread("line-simulator")
    try:
        thread.run(assembly.start())
    except BaseException:
        thread.stop()
        raise
    return RunningSimulator(assembly, thread, host)


def _fits(message: BotMessage, predicate: Callable[[BotMessage], bool] | str | None) -> bool:
    if predicate is None:
        return True
    return predicate in message.words if isinstance(predicate, str) else predicate(message)
