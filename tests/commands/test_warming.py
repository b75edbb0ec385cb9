"""What is loaded before the first person comes stays, and costs nobody a pause later."""

import gc

from commands.warming import keep_what_is_there, warm
from commands.web import Pages
from tests.desk import DeskHouse
from tests.storage.test_session import NOW


def test_what_was_loaded_is_not_looked_through_again() -> None:
    warm(NOW)
    try:
        keep_what_is_there()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_nor_is_the_console_which_comes_later(desk: DeskHouse) -> None:
    parts, kept = desk.parts, []
    pages = Pages(desk.settings, parts.database, parts.store, parts.dispatcher.replay, lambda: kept.append(1))
    assert kept == [], "it is loaded when it is first asked for"
    assert pages.open_console() is pages.open_console() and kept == [1]
