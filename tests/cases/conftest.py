"""One unit of work in which cases live; what they would tell anybody is never sent."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from storage.session import Database
from tests.cases.lives import MONDAY


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    database = Database(sqlite_url)
    with database.begin(MONDAY) as opened:
        yield opened
        opened.info["outbox"].by_chat.clear()
    database.close()
