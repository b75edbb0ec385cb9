"""A chat's standing is one row: made once, held by one event at a time, written whole, forgotten in time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from storage import conversations
from storage.models import Conversation
from storage.session import Database

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def _open_draft(database: Database, chat: str, at: datetime, **slots: object) -> None:
    with database.begin(at) as session:
        standing, _ = conversations.lock(session, chat, at)
        standing.flow, standing.run, standing.draft_at = "report", "r1", at
        standing.draft = {"slots": slots}
        conversations.save(session, standing, at)


def _look(database: Database, chat: str) -> Conversation:
    with database.read() as session:
        return session.get_one(Conversation, chat)


def test_a_stranger_gets_a_row_and_is_known_the_next_time(database: Database) -> None:
    with database.begin(NOW) as session:
        standing, is_new = conversations.lock(session, "U1", NOW)
        assert (is_new, standing.language, standing.flow, standing.draft) == (True, "th", None, None)
    with database.begin(NOW) as session:
        assert conversations.lock(session, "U1", LATER)[1] is False
    assert _look(database, "U1").updated_at == NOW


def test_strangers_words_at_once_make_one_row(database: Database) -> None:
    together = Barrier(8)

    def meet(number: int) -> None:
        together.wait()
        with database.begin(NOW) as session:
            standing, _ = conversations.lock(session, "U1", NOW)
            said = [*(standing.draft or {}).get("said", ()), number]
            standing.draft = {"said": said}
            conversations.save(session, standing, NOW)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(meet, range(8)))

    draft = _look(database, "U1").draft
    assert draft is not None and sorted(draft["said"]) == list(range(8)), "none overwrote another"


def test_what_did_not_change_is_not_written(database: Database) -> None:
    _open_draft(database, "U1", NOW, description="ไฟดับ")
    with database.begin(LATER) as session:
        standing, _ = conversations.lock(session, "U1", LATER)
        conversations.save(session, standing, LATER)
    assert _look(database, "U1").updated_at == NOW

    with database.begin(LATER) as session:
        standing, _ = conversations.lock(session, "U1", LATER)
        standing.language = "en"
        conversations.save(session, standing, LATER)
    assert (_look(database, "U1").updated_at, _look(database, "U1").language) == (LATER, "en")


def test_every_part_comes_back_as_it_was_written(database: Database) -> None:
    draft = {
        "slots": {"description": "ไฟดับ \U0001f526\n\"'\\", "place": {"lat": 13.75, "lng": None}},
        "trail": ["a"],
    }
    with database.begin(NOW) as session:
        standing, _ = conversations.lock(session, "U1", NOW)
        standing.flow, standing.run, standing.draft, standing.draft_at = "report", "r1", draft, NOW
        standing.notice_version, standing.notice_at, standing.blocked = "2569-11", NOW, True
        conversations.save(session, standing, NOW)

    with database.begin(LATER) as session:
        again, _ = conversations.lock(session, "U1", LATER)
    assert (again.flow, again.run, again.draft, again.draft_at) == ("report", "r1", draft, NOW)
    assert (again.notice_version, again.notice_at, again.blocked) == ("2569-11", NOW, True)


def test_an_error_leaves_the_standing_as_it_was(database: Database) -> None:
    _open_draft(database, "U1", NOW, description="ไฟดับ")
    with pytest.raises(RuntimeError), database.begin(LATER) as session:
        standing, _ = conversations.lock(session, "U1", LATER)
        standing.draft = {"slots": {"description": "อื่น"}}
        conversations.save(session, standing, LATER)
        raise RuntimeError

    assert _look(database, "U1").draft == {"slots": {"description": "ไฟดับ"}}


def test_the_language_of_a_stranger_is_thai(database: Database) -> None:
    _open_draft(database, "U1", NOW)
    with database.begin(NOW) as session:
        standing, _ = conversations.lock(session, "U1", NOW)
        standing.language = "en"
        conversations.save(session, standing, NOW)

    with database.begin() as session:
        assert conversations.find_language(session, "U1") == "en"
        assert conversations.find_language(session, "U2") == "th"


def test_only_drafts_untouched_since_then_are_forgotten(database: Database) -> None:
    for chat, hours in (("U1", 25), ("U2", 24), ("U3", 1)):
        _open_draft(database, chat, NOW - timedelta(hours=hours), description=chat)
    with database.begin(NOW) as session:
        conversations.lock(session, "U4", NOW)

    with database.begin(NOW) as session:
        forgotten = conversations.forget_drafts(session, NOW - timedelta(hours=24))
    with database.begin(NOW) as session:
        assert conversations.forget_drafts(session, NOW - timedelta(hours=24)) == []

    assert forgotten == [{"slots": {"description": "U1"}}]
    gone = _look(database, "U1")
    assert (gone.flow, gone.run, gone.draft, gone.draft_at) == (None, None, None, None)
    with database.read() as session:
        left = session.scalars(select(Conversation.chat_id).where(Conversation.flow == "report"))
        assert sorted(left) == ["U2", "U3"]
