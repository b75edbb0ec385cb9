"""What people did not send is forgotten after a day, and so are the words of events and messages; none sooner."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import clock
from jobs.retention import DRAFT_HOURS, WORDS_HOURS, forget_drafts, forget_words
from storage import conversations, inbox, media
from storage.models import InboxEvent, MediaItem
from storage.session import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def turn_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seconds written here are added to the time."""
    file = tmp_path / "clock"
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(file))
    return file


def _add_photo(database: Database, message_id: str) -> int:
    now = clock.now()
    with database.begin(now) as session:
        item = media.add_wanted(
            session, message_id=message_id, chat_id="U1", sender_id="U1", kind="image", sent_at=now, now=now
        )
        return item.id


def _open_draft(database: Database, draft: object) -> None:
    now = clock.now()
    with database.begin(now) as session:
        standing, _ = conversations.lock(session, "U1", now)
        standing.flow, standing.run, standing.draft_at = "report", "r1", now
        standing.draft = draft  # type: ignore[assignment]
        conversations.save(session, standing, now)


def _is_talking(database: Database) -> bool:
    with database.begin() as session:
        return conversations.lock(session, "U1", clock.now())[0].flow is not None


def _photo_states(database: Database) -> list[str]:
    with database.read() as session:
        return [session.get_one(MediaItem, key).state for key in (1, 2, 3)]


def test_a_draft_goes_after_a_day_with_its_photos(database: Database, turn_clock: Path) -> None:
    kept, first, second = (_add_photo(database, name) for name in "abc")
    parked = {"flow": "report", "run": "r0", "draft": {"slots": {"media": [second]}}}
    _open_draft(database, {"slots": {"description": "ไฟดับ", "media": [first], "parked": parked}})

    turn_clock.write_text(str(DRAFT_HOURS * 3600 - 60))
    forget_drafts(database)
    assert _is_talking(database)
    assert _photo_states(database) == ["wanted"] * 3

    turn_clock.write_text(str(DRAFT_HOURS * 3600 + 60))
    forget_drafts(database)
    forget_drafts(database)

    assert not _is_talking(database)
    assert kept == 1 and _photo_states(database) == ["wanted", "withdrawn", "withdrawn"]


@pytest.mark.parametrize(
    "draft", [None, {}, {"slots": 5}, {"slots": {"media": "x"}}, {"slots": {"media": [None, "1"]}}, [1]]
)
def test_a_draft_of_any_form_goes(database: Database, turn_clock: Path, draft: object) -> None:
    _open_draft(database, draft)
    turn_clock.write_text(str(DRAFT_HOURS * 3600 + 60))

    forget_drafts(database)

    assert not _is_talking(database)


def test_words_of_digested_events_go_after_a_day_and_failed_ones_wait(database: Database, turn_clock: Path) -> None:
    with database.begin() as session:
        for event_id, state in (("E1", "done"), ("E2", "failed"), ("E3", "ignored")):
            inbox.record(
                session,
                event_id=event_id,
                chat_id="U1",
                kind="text",
                raw="{}",
                received_at=clock.now(),
                state=state,
            )

    turn_clock.write_text(str(timedelta(hours=WORDS_HOURS, minutes=-1).total_seconds()))
    forget_words(database)
    assert _raw(database) == {"E1": "{}", "E2": "{}", "E3": "{}"}
    turn_clock.write_text(str(timedelta(hours=WORDS_HOURS, minutes=1).total_seconds()))
    forget_words(database)
    forget_words(database)

    assert _raw(database) == {"E1": "", "E2": "{}", "E3": "{}"}


def _raw(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {name: session.get_one(InboxEvent, name).raw for name in ("E1", "E2", "E3")}
