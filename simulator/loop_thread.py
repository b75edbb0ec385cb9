"""An event loop in a thread of its own, to which other threads hand coroutines and wait for their results."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from simulator.outcomes import SimulatorError

T = TypeVar("T")


class LoopThread:
    """Runs from construction until stop()."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def is_running(self) -> bool:
        return self._thread.is_alive()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """The coroutine's result, from any thread but the loop's own."""
        if threading.current_thread() is self._thread:
            coroutine.close()
            raise SimulatorError("called from the simulator's own thread, which would wait for itself")
        if not self.is_running():
            coroutine.close()
            raise SimulatorError("the simulator was stopped")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def stop(self) -> None:
        """End the loop and the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        if not self._loop.is_closed():
            self._loop.close()
