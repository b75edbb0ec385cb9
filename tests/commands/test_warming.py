"""What is loaded before the first person comes stays, and costs nobody a pause later."""

import gc

from commands.warming import keep_what_is_there, warm
from tests.storage.test_session import NOW


def test_what_was_loaded_is_not_looked_through_again() -> None:
    warm(NOW)
    try:
        keep_what_is_there()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
