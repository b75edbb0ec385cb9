"""A worker hears that it is to end at whatever moment it is told, and however often."""

import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from commands.worker import hear_the_end

TOLD = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture
def own_signals() -> Iterator[None]:
    """What pytest does when it is told to end is put back afterwards."""
    before = [(number, signal.getsignal(number)) for number in TOLD]
    yield
    for number, handler in before:
        signal.signal(number, handler)


@pytest.mark.timeout(20)  # whoever waits for a lock of their own waits for ever
@pytest.mark.usefixtures("own_signals")
def test_it_may_be_told_in_the_middle_of_hearing_and_of_waiting() -> None:
    wait_until_told = hear_the_end()
    lines = 0

    def tell_again(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if lines < 500:
            lines += 1
            signal.raise_signal(TOLD[lines % 2])
        return tell_again

    sys.settrace(tell_again)
    try:
        signal.raise_signal(signal.SIGTERM)
        wait_until_told()
    finally:
        sys.settrace(None)
    assert lines, "told again while it heard"


@pytest.mark.timeout(20)
@pytest.mark.usefixtures("own_signals")
def test_it_may_be_told_in_a_moment_that_does_not_wake_it() -> None:
    """As one that comes when it is about to lie down: it is noted, and nothing wakes who should hear it."""
    wait_until_told = hear_the_end()
    lies_down = threading.Timer(0.3, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM))
    lies_down.start()

    wait_until_told()
    lies_down.join()
