"""Photos that look alike are found by an index, on both databases, however many others there are."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from storage import media, photo_marks
from storage.models import MediaItem, PhotoMark
from storage.session import Database
from tests.storage.test_media import open_case

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def _store(database: Database, case_id: int | None, *marks: int, name: str = "") -> int:
    """A stored photo with these marks."""
    with database.begin(NOW) as session:
        item = media.add_wanted(
            session,
            message_id=name or f"m{random.getrandbits(60)}",
            chat_id="C1",
            sender_id="U1",
            kind="image",
            sent_at=NOW,
            now=NOW,
        )
        item.state, item.path, item.case_id = "stored", "a.jpg", case_id
        session.flush()
        if marks:
            assert photo_marks.keep_marks(session, item.id, dict(enumerate(marks)), NOW)
        return item.id


def _find(database: Database, mark: int, most: int = 12) -> list[tuple[int, int]]:
    with database.read() as session:
        return [(one.media_id, one.bits) for one in photo_marks.find_alike(session, [mark], most, 10)]


def _flip(mark: int, bits: int, seed: int) -> int:
    return mark ^ sum(1 << bit for bit in random.Random(seed).sample(range(64), bits))


@pytest.mark.parametrize("mark", [0x0123456789ABCDEF, 0xFFFFFFFFFFFFFFFF, 1 << 63, 0])
def test_seven_bits_anywhere_are_always_found(database: Database, mark: int) -> None:
    kept = _store(database, open_case(database), mark)
    for seed in range(20):
        assert _find(database, _flip(mark, 7, seed)) == [(kept, 7)]


def test_what_is_further_away_than_asked_for_is_not_named_and_the_nearest_comes_first(database: Database) -> None:
    case = open_case(database)
    mark = 0x5A5A0F0F3C3C9696
    far, near, other = _store(database, case, _flip(mark, 6, 1)), _store(database, case, _flip(mark, 2, 2)), 0
    other = _store(database, case, mark ^ 0xFFFFFFFFFFFFFFFF)
    assert [found for found, _ in _find(database, mark)] == [near, far]
    assert [found for found, _ in _find(database, mark, most=5)] == [near]
    assert other not in dict(_find(database, mark))


def test_any_part_will_do_and_a_photo_is_named_once(database: Database) -> None:
    kept = _store(database, open_case(database), 0x1111222233334444, 0x9999888877776666)
    assert _find(database, 0x9999888877776667) == [(kept, 1)]


def test_a_photo_is_marked_once_and_only_while_it_is_there(database: Database) -> None:
    case = open_case(database)
    photo, nobodys = _store(database, case, name="m1"), _store(database, None)
    with database.read() as session:
        assert [key for key, _ in photo_marks.list_unmarked(session, 10)] == [photo]
    with database.begin(NOW) as session:
        assert photo_marks.keep_marks(session, photo, {0: 5, 7: 9}, NOW)
        assert not photo_marks.keep_marks(session, photo, {0: 6}, NOW)
    with database.begin(NOW) as session:
        media.withdraw(session, "m1", NOW)
        assert photo_marks.list_with_cases(session, [photo, nobodys]) == []
    with database.begin(NOW) as session:
        media.forget_files(session, [photo])
        assert session.query(PhotoMark).count() == 0
        assert session.get_one(MediaItem, photo).path is None


def test_the_search_reads_indexes_and_not_the_table(database: Database) -> None:
    with database.begin(NOW) as session:
        plans = []
        for band in range(photo_marks.BANDS):
            wanted = f"SELECT media_id, mark FROM photo_marks WHERE band_{band} IN (1, 2, 3)"
            if database.dialect == "sqlite":
                plans.append(str(session.execute(text(f"EXPLAIN QUERY PLAN {wanted}")).all()))
            else:
                session.execute(text("SET LOCAL enable_seqscan = off"))  # an empty table is read whole otherwise
                plans.append(str(session.execute(text(f"EXPLAIN {wanted}")).all()))
    assert all(f"ix_photo_marks_band_{band}" in plan for band, plan in enumerate(plans)), plans
