"""Every change of the platform is announced here, for phones in a browser and for tests that wait."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: user, chat, line, line_changed, event, delivery, wire, rich_menu, loading, quota, …"""

    kind: str
    chat: str | None
    detail: Mapping[str, Any]


class Changes:
    """Callbacks, called in the platform's own thread in the order of the changes."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[Change], None]] = []

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call `callback` on every change from now on; what is returned ends that."""
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return unsubscribe

    def announce(self, kind: str, chat: str | None = None, **detail: Any) -> None:
        """Tell everyone; a failing callback is logged, since the platform must not fall with its watcher."""
        if not self._callbacks:
            return
        change = Change(kind, chat, detail)
        for callback in tuple(self._callbacks):
            try:
                callback(change)
            except Exception:
                log.exception("a subscriber failed on %s", kind)
