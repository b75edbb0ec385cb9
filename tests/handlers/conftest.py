"""The door of the webhook, on both kinds of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.door import Door


@pytest.fixture
def door(database_url: str, tmp_path: Path) -> Iterator[Door]:
    """The real application, delivering nothing."""
    opened = Door(database_url, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def quick_door(sqlite_url: str, tmp_path: Path) -> Iterator[Door]:
    """The same on SQLite alone, for what does not depend on the database."""
    opened = Door(sqlite_url, tmp_path)
    yield opened
    opened.close()
