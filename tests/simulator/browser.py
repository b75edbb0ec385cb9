"""A browser as the simulator sees it: reads the feed, and keeps what a page would keep of it."""

import json
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import requests

KEYS = {"person": "user_id", "chat": "chat", "event": "event_id", "wire": "request_id"}
PATIENCE = 10.0


class Browser:
    """Opens the feed and follows it in a thread of its own."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.states = 0
        self.numbers: list[int] = []
        self.kinds: list[str] = []
        self.shown: dict[str, Any] = {}
        self._changed = threading.Condition()
        self._answer = requests.get(f"{base_url}/simulator/feed", stream=True, timeout=PATIENCE)
        assert self._answer.status_code == 200, self._answer.text
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        self.waits(lambda: self.states == 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        # The raw connection: requests would wait for more to come before it lets go.
        connection = self._answer.raw.connection
        if connection is not None and connection.sock is not None:
            connection.sock.shutdown(2)
        self._thread.join(PATIENCE)
        self._answer.close()

    def waits(self, condition: Callable[[], bool]) -> None:
        """Until it holds, looked at after everything that comes."""
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE), f"the feed told {self.kinds[-20:]}"

    def chat(self, chat: str) -> dict[str, Any]:
        """One chat as it is shown."""
        found: dict[str, Any] = self.shown["chats"][chat]
        return found

    def texts(self, chat: str) -> list[str]:
        """The texts of a chat from top to bottom."""
        return [line["message"].get("text", line["kind"]) for line in self.shown["lines"].get(chat, {}).values()]

    def _follow(self) -> None:
        event, data = "", ""
        try:
            for raw in self._answer.iter_lines(chunk_size=None):
                line = raw.decode()
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    data = line.removeprefix("data: ")
                elif not line and data:
                    with self._changed:
                        self._take(event, json.loads(data))
                        self._changed.notify_all()
                    data = ""
        except (requests.RequestException, OSError, AttributeError, ValueError):
            return

    def _take(self, event: str, told: dict[str, Any]) -> None:
        if event == "state":
            self.states += 1
            self.shown = told | {
                "chats": {chat["chat"]: chat for chat in told["chats"]},
                "lines": {chat["chat"]: {line["message_id"]: line for line in chat["lines"]} for chat in told["chats"]},
                "people": {person["user_id"]: person for person in told["people"]},
            }
            return
        kind, view = told["kind"], told["view"]
        self.numbers.append(told["n"])
        self.kinds.append(kind)
        if kind == "line":
            self.shown["lines"].setdefault(view["chat"], {})[view["message_id"]] = view
        elif kind == "chat":
            self.shown["chats"][view["chat"]] = view
        elif kind == "person":
            self.shown["people"][view["user_id"]] = view
        elif kind in ("director", "menus", "stories"):
            self.shown[kind] = view


def ask(base_url: str, operation: str, **arguments: Any) -> Any:
    """One operation, as the page asks for it."""
    answer = requests.post(f"{base_url}/simulator/api/{operation}", json=arguments, timeout=PATIENCE)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]
