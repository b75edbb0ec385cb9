"""Stories: which there are, and playing one step by step."""

from collections.abc import Callable, Sequence
from typing import Any

from simulator.operations.base import OperationsBase
from simulator.outcomes import SimulatorError, StoryState
from simulator.stories.player import Player
from simulator.stories.script import read_stories


class TellingOperations(OperationsBase):
    """The story-teller's hands."""

    find_player: Callable[[], Player] | None = None

    @property
    def player(self) -> Player:
        """Who plays."""
        if self.find_player is None:
            raise SimulatorError("this simulator plays no stories")
        return self.find_player()

    async def give_stories(self, stories: Sequence[dict[str, Any]]) -> None:
        """The stories that can be played from now on, as simulator/stories/script.py reads them."""
        self.player.give(read_stories(stories))

    async def set_notes(self, notes: Sequence[dict[str, str]]) -> None:
        """What every browser shows beside the phones; words by language."""
        self.platform.notes = [dict(note) for note in notes]
        self.platform.changes.announce("notes")

    async def play_story(self, story: str, *, auto: bool = False) -> StoryState:
        """Begin a story: before its first step, or by itself."""
        await self.player.play(story, auto=auto)
        return self._look()

    async def next_step(self) -> StoryState:
        """The next step; answers once it is over."""
        await self.player.next()
        return self._look()

    async def set_story_auto(self, on: bool) -> StoryState:
        """Go on by itself, or stop doing so."""
        self.player.set_auto(on)
        return self._look()

    async def stop_story(self) -> None:
        """End it where it stands."""
        await self.player.stop()

    def _look(self) -> StoryState:
        playing = self.player.playing
        if playing is None:
            return StoryState("", 0, 0, "done", None, None)
        begun = playing.begun
        return StoryState(
            playing.story.name,
            playing.step,
            len(playing.story.steps),
            playing.status,
            begun.said if begun else None,
            playing.error,
        )
