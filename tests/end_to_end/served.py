"""Chats as in `tests.chat`, but with the program as it is installed, in processes of its own."""

from pathlib import Path
from typing import Any

import pytest

from commands.parts import open_parts
from simulator.outcomes import BotMessage
from tests.chat import Chat, Office, words_of
from tests.end_to_end.program import Program, Served

LONG = 90.0  # seconds; a person's patience while the program dies and comes back


class ServedChat(Chat):
    """The product in its own processes; what a test looks up itself, it looks up in the same database."""

    def __init__(
        self,
        program: Program,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        *,
        worker: bool = False,
        **settings: Any,
    ) -> None:
        self.program = program
        self._with_worker = worker
        self._given = {name.upper(): str(value) for name, value in settings.items()}
        self.served: list[Served] = []
        super().__init__(program.database_url, folder, monkeypatch, **settings)

    def _start(self) -> None:
        self.program.set(
            LINE_API_BASE_URL=self.line.base_url,
            LINE_DATA_API_BASE_URL=self.line.base_url,
            CLOCK_OFFSET_FILE=str(self.folder / "clock"),
            ALLOW_CLOCK_OFFSET="1",
            **self._given,
        )
        if self._with_worker:
            self.served.append(self.program.serve(SERVE_DELIVERS="0"))
            self.served.append(self.program.start("worker"))
            self.served[-1].wait_until_it_says('"event": "delivering"')
        else:
            self.served.append(self.program.serve())
        self.parts = open_parts(self.settings, delivers=False)
        self.line.set_bot_url(f"{self.program.url}/line/webhook")

    def _stop(self) -> None:
        self.parts.stop()
        for served in self.served:
            assert served.stop() == 0, served.read_log()
        self.served = []

    def dies(self) -> None:
        """Everything is killed, and started again."""
        for served in self.served:
            served.kill()
        self.served = [self.program.serve()]


def list_cards(office: Office, number: str) -> list[BotMessage]:
    """Every card of a case that stands in a group."""
    return [
        message
        for message in office.chat.line.received(office.id)
        if message.text.startswith(number) and words_of("card.hint") in message.words
    ]
