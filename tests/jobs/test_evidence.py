"""Comparing photos: files that are gone or broken, a store that is away, two machines, photos that are late."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select, update

from benchmarks.made_photos import Visit, as_jpeg, draw_place
from jobs.evidence import PhotoChecker
from storage.files import Store, StoreUnavailable, open_store
from storage.models import HistoryEntry, MediaItem, PhotoCheck, PhotoMark
from storage.session import Database
from tests.storage.test_media import open_case

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"file://{tmp_path}/media")


@pytest.fixture(scope="module")
def scene() -> bytes:
    return as_jpeg(draw_place(5, Visit()))


class StoreAway(Store):
    """A store that does not answer."""

    def get(self, path: str) -> bytes:
        raise StoreUnavailable(path)


def _add(database: Database, case: int, role: str, path: str, *, state: str = "stored", at: datetime = NOW) -> int:
    with database.begin(NOW) as session:
        item = MediaItem(
            message_id=f"{case}{role}{path}{at}",
            chat_id="C1",
            kind="image",
            role=role,
            state=state,
            case_id=case,
            next_at=at,
            sent_at=at,
            stored_at=at if state == "stored" else None,
            path=path,
        )
        session.add(item)
        session.flush()
        return item.id


def _checks(database: Database) -> list[tuple[int, str]]:
    with database.read() as session:
        rows = session.scalars(select(PhotoCheck).order_by(PhotoCheck.id))
        return [(row.media_id, row.verdict) for row in rows]


def _checker(database: Database, store: Store, now: datetime = NOW) -> PhotoChecker:
    return PhotoChecker(database, store, now=lambda: now)


def test_files_that_are_gone_or_broken_hold_nothing_up(database: Database, store: Store, scene: bytes) -> None:
    case = open_case(database)
    store.put("there.jpg", scene, "image/jpeg")
    store.put("broken.jpg", scene[:200] + b"\0" * 50, "image/jpeg")
    store.put("text.jpg", b"no picture", "image/jpeg")
    _add(database, case, "before", "gone.jpg")
    _add(database, case, "before", "broken.jpg")
    _add(database, case, "before", "there.jpg")
    for name in ("gone.jpg", "text.jpg"):
        _add(database, case, "after", name)
    good = _add(database, case, "after", "there.jpg")
    checker = _checker(database, store)
    assert checker.check_due() > 0
    assert _checks(database) == [(good, "same")]
    assert checker.check_due() == 0


def test_while_the_store_is_away_everything_waits(
    database: Database, store: Store, scene: bytes, tmp_path: Path
) -> None:
    case = open_case(database)
    store.put("a.jpg", scene, "image/jpeg")
    _add(database, case, "before", "a.jpg")
    after = _add(database, case, "after", "a.jpg")
    away = StoreAway(store._backend)
    assert _checker(database, away).check_due() == 0
    assert _checks(database) == []
    _checker(database, store).check_due()
    assert _checks(database) == [(after, "same")]


def test_a_before_photo_that_is_still_on_its_way_is_waited_for_but_not_for_ever(
    database: Database, store: Store, scene: bytes
) -> None:
    case = open_case(database)
    store.put("a.jpg", scene, "image/jpeg")
    before = _add(database, case, "before", "a.jpg", state="wanted")
    after = _add(database, case, "after", "a.jpg")
    _checker(database, store).check_due()
    assert _checks(database) == []
    with database.begin(NOW) as session:
        session.execute(update(MediaItem).where(MediaItem.id == before).values(state="stored"))
    _checker(database, store).check_due()
    assert _checks(database) == [(after, "same")]
    other = open_case(database, "FT6911-00002")
    _add(database, other, "before", "a.jpg", state="wanted")
    late = _add(database, other, "after", "a.jpg", at=NOW - timedelta(minutes=11))
    _checker(database, store).check_due()
    with database.read() as session:
        assert session.get_one(MediaItem, late).compared_for == other


def test_a_photo_that_moves_to_another_case_is_judged_anew(database: Database, store: Store, scene: bytes) -> None:
    case, other = open_case(database), open_case(database, "FT6911-00002")
    store.put("a.jpg", scene, "image/jpeg")
    written = io.BytesIO()
    Image.radial_gradient("L").save(written, "JPEG")
    store.put("b.jpg", written.getvalue(), "image/jpeg")
    _add(database, case, "before", "a.jpg", at=NOW - timedelta(days=1))
    _add(database, other, "before", "b.jpg", at=NOW - timedelta(days=1))
    after = _add(database, case, "after", "a.jpg")
    _checker(database, store).check_due()
    assert _checks(database) == [(after, "same")]
    with database.begin(NOW) as session:
        session.execute(update(MediaItem).where(MediaItem.id == after).values(case_id=other))
    _checker(database, store).check_due()
    assert _checks(database) == [(after, "reused")]


@pytest.mark.parametrize(("disputed", "found"), [(True, ["earlier"]), (False, [])])
def test_the_photo_with_which_a_case_was_sent_back_does_not_end_it(
    database: Database, store: Store, scene: bytes, disputed: bool, found: list[str]
) -> None:
    case = open_case(database)
    store.put("a.jpg", scene, "image/jpeg")
    _add(database, case, "after", "a.jpg", at=NOW - timedelta(days=2))
    if disputed:
        with database.begin(NOW) as session:
            at = NOW - timedelta(days=1)
            entry = {"action": "dispute", "from_status": "resolved", "to_status": "disputed", "role": "reporter"}
            session.add(HistoryEntry(case_id=case, at=at, details={}, **entry))
    _add(database, case, "after", "a.jpg")
    _checker(database, store).check_due()
    assert [verdict for _, verdict in _checks(database)] == found


def test_two_machines_find_one_thing(database: Database, store: Store, scene: bytes) -> None:
    case = open_case(database)
    store.put("a.jpg", scene, "image/jpeg")
    _add(database, case, "before", "a.jpg")
    after = _add(database, case, "after", "a.jpg")
    first, second = _checker(database, store), _checker(database, store)
    first._mark_some()
    first._mark_some()
    real = store.get
    overtaken: list[int] = []

    def get_and_be_overtaken(path: str) -> bytes:
        if not overtaken:
            overtaken.append(0)
            overtaken[0] = second._compare_some()
        return real(path)

    store.get = get_and_be_overtaken  # type: ignore[method-assign]
    assert first._compare_some() == 1 and overtaken == [1]
    assert _checks(database) == [(after, "same")]
    with database.read() as session:
        assert session.query(PhotoMark).count() > 0
