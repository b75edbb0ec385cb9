"""Attachments as rows: asked for once, leased to one worker, settled by the holder of the claim alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import event

from storage import inbox, media, media_claims
from storage.media_claims import INTERRUPTED, Stored, Wanted
from storage.models import Case, MediaItem, Reporter
from storage.session import Database

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
LEASE = timedelta(minutes=3)
STORED = Stored(path="2026/11/a.jpg", thumb_path="2026/11/b.jpg", content_type="image/jpeg", size=9, sha256="5")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def want(database: Database, message_id: str = "m1", **values: Any) -> int:
    filled: dict[str, Any] = {"chat_id": "U1", "sender_id": "U1", "kind": "image", "sent_at": NOW} | values
    with database.begin(NOW) as session:
        return media.add_wanted(session, message_id=message_id, now=NOW, **filled).id


def claim(database: Database, *, now: datetime = NOW, limit: int = 1) -> list[Wanted]:
    with database.begin(now) as session:
        return media_claims.claim_wanted(session, now=now, lease=LEASE, limit=limit)


def look(database: Database, media_id: int) -> MediaItem:
    with database.read() as session:
        item = media.find(session, media_id)
    assert item is not None
    return item


def open_case(database: Database, number: str = "FT6911-00001") -> int:
    with database.begin(NOW) as session:
        reporter = Reporter(line_user_id=f"U{number}", created_at=NOW)
        session.add(reporter)
        session.flush()
        case = Case(
            number=number,
            status="new",
            owner="omb",
            routed_by="centre",
            category="other",
            description="",
            place="",
            reporter_id=reporter.id,
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(case)
        session.flush()
        return case.id


def test_a_message_is_asked_for_once(database: Database) -> None:
    first = want(database)
    assert want(database, chat_id="U2", kind="video") == first
    assert look(database, first).kind == "image"
    assert claim(database, limit=9) and not claim(database, limit=9)


def test_a_message_taken_back_before_it_came_is_never_fetched(database: Database) -> None:
    with database.begin(NOW) as session:
        inbox.remember_unsent(session, message_id="m1", chat_id="U1", now=NOW)
    item = look(database, want(database, source_url="https://example.org/a.jpg", file_name="a.pdf"))
    assert (item.state, item.source_url, item.file_name) == ("withdrawn", None, None)
    assert claim(database) == []


def test_a_leased_attachment_is_nobody_elses_until_the_lease_runs_out(database: Database) -> None:
    want(database)
    (first,) = claim(database)
    assert claim(database, now=NOW + LEASE / 2) == []
    (second,) = claim(database, now=NOW + LEASE)
    assert (second.attempts, second.reason) == (first.attempts + 1, INTERRUPTED[0])


def test_interruptions_are_counted_until_something_orderly_happens(database: Database) -> None:
    want(database)
    seen = [claim(database, now=NOW + LEASE * turn)[0].reason for turn in range(5)]
    assert seen == [None, *INTERRUPTED, INTERRUPTED[0]]
    (last,) = claim(database, now=NOW + LEASE * 5)
    with database.begin(NOW) as session:
        media_claims.put_off(session, last, until=NOW, reason="HTTP 500")
    assert claim(database)[0].reason == "HTTP 500"


def test_workers_at_the_same_moment_never_get_the_same_attachment(database: Database) -> None:
    for number in range(12):
        want(database, f"m{number}")
    got: list[int] = []
    together = Barrier(4)

    def work() -> None:
        together.wait()
        while claimed := claim(database):
            got.extend(item.id for item in claimed)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(got) == sorted(set(got)) and len(got) == 12


def test_no_more_is_leased_than_was_asked_for(database: Database) -> None:
    for number in range(8):
        want(database, f"m{number}")
    assert [len(claim(database, limit=limit)) for limit in (1, 3, 9)] == [1, 3, 4]


def test_what_is_put_off_waits_for_its_time(database: Database) -> None:
    want(database)
    (mine,) = claim(database)
    with database.begin(NOW) as session:
        media_claims.put_off(session, mine, until=NOW + timedelta(seconds=8), reason="not_ready")
    with database.read() as session:
        assert not media_claims.has_due(session, NOW + timedelta(seconds=7))
        assert media_claims.has_due(session, NOW + timedelta(seconds=8))
    assert claim(database) == []


def test_a_worker_whose_lease_ran_out_cannot_settle(database: Database) -> None:
    media_id = want(database)
    (late,) = claim(database)
    (holder,) = claim(database, now=NOW + LEASE)
    with database.begin(NOW) as session:
        assert not media_claims.settle_stored(session, late, STORED, NOW)
        assert not media_claims.settle_lost(session, late, state="gone", reason="not_found", now=NOW)
        media_claims.put_off(session, late, until=NOW + timedelta(days=1), reason="late")
    assert look(database, media_id).state == "wanted"
    with database.begin(NOW) as session:
        assert media_claims.settle_stored(session, holder, STORED, NOW)
    item = look(database, media_id)
    assert (item.state, item.path, item.lease_until, item.stored_at) == ("stored", STORED.path, None, NOW)


def test_a_message_of_that_name_taken_back_in_another_chat_is_not_this_one(database: Database) -> None:
    with database.begin(NOW) as session:
        inbox.remember_unsent(session, message_id="m1", chat_id="U2", now=NOW)
        assert inbox.is_unsent(session, "m1", "U2")
        assert not inbox.is_unsent(session, "m1", "U1")
    media_id = want(database)
    (mine,) = claim(database)
    with database.begin(NOW) as session:
        assert media_claims.settle_stored(session, mine, STORED, NOW)
    assert look(database, media_id).state == "stored"


def test_a_clock_set_back_by_an_hour_holds_up_no_photo(database: Database) -> None:
    want(database)
    (mine,) = claim(database)
    with database.begin(NOW) as session:
        media_claims.put_off(session, mine, until=NOW + media_claims.FURTHEST, reason="not_ready")
    assert claim(database) == []

    set_back = NOW - timedelta(hours=1)
    with database.read() as session:
        assert media_claims.has_due(session, set_back)
    assert len(claim(database, now=set_back)) == 1


def test_a_message_taken_back_while_it_is_copied_is_not_kept(database: Database) -> None:
    media_id = want(database)
    (mine,) = claim(database)
    with database.begin(NOW) as session:
        inbox.remember_unsent(session, message_id="m1", chat_id="U1", now=NOW)
    with database.begin(NOW) as session:
        assert not media_claims.settle_stored(session, mine, STORED, NOW)
    assert look(database, media_id).state == "withdrawn"


def test_withdrawing_forgets_what_is_known_and_names_the_files_until_they_are_gone(
    database: Database,
) -> None:
    media_id = want(database, file_name="โฉนด.pdf", source_url="https://example.org/x")
    (mine,) = claim(database)
    with database.begin(NOW) as session:
        media_claims.settle_stored(session, mine, STORED, NOW)
    with database.begin(NOW) as session:
        assert media.withdraw(session, "m1", NOW) == STORED.paths
        assert media.withdraw(session, "unknown", NOW) == []
    item = look(database, media_id)
    assert (item.state, item.sha256, item.file_name, item.source_url) == ("withdrawn", None, None, None)
    with database.begin(NOW) as session:
        assert media.list_withdrawn_files(session) == [(media_id, STORED.paths)]
        media.forget_files(session, [media_id])
        assert media.list_withdrawn_files(session) == []


def test_an_attachment_stays_with_the_case_that_has_it(database: Database) -> None:
    ours, theirs = open_case(database), open_case(database, "FT6911-00002")
    first, second = want(database, "m1"), want(database, "m2")
    with database.begin(NOW) as session:
        assert media.attach(session, [first], theirs, "before") == 1
        assert media.attach(session, [first, second, 999], ours, "after") == 1
        assert [item.id for item in media.list_for_case(session, ours)] == [second]
        assert media.list_for_case(session, ours, role="before") == []
        assert [item.role for item in media.list_for_case(session, theirs)] == ["before"]
        assert media.attach(session, [], ours, "after") == 0


def test_an_album_is_listed_in_its_own_order(database: Database) -> None:
    case = open_case(database)
    ids = [
        want(database, f"m{index}", album_id="a", album_index=index, sent_at=NOW + timedelta(seconds=late))
        for index, late in ((1, 0), (2, 1), (5, 2), (3, 4), (4, 5))
    ]
    alone = want(database, "alone", sent_at=NOW + timedelta(seconds=3))
    before = want(database, "before", sent_at=NOW - timedelta(seconds=3))
    with database.begin(NOW) as session:
        media.attach(session, [*ids, alone, before], case, "before")
        listed = [item.message_id for item in media.list_for_case(session, case)]
    assert listed == ["before", "m1", "m2", "m3", "m4", "m5", "alone"]


def test_recent_photos_are_found_for_a_known_person_only(database: Database) -> None:
    group = {"chat_id": "C1", "sender_id": "U7"}
    case = open_case(database)
    recent = want(database, "recent", **group)
    want(database, "old", **group | {"sent_at": NOW - timedelta(minutes=6)})
    want(database, "other person", **group | {"sender_id": "U8"})
    want(database, "other group", **group | {"chat_id": "C2"})
    want(database, "nameless", **group | {"sender_id": None})
    taken = want(database, "taken", **group)
    want(database, "unsent", **group)
    with database.begin(NOW) as session:
        media.attach(session, [taken], case, "after")
        media.withdraw(session, "unsent", NOW)
        since = NOW - timedelta(minutes=5)
        assert [item.id for item in media.find_recent_unclaimed(session, "C1", "U7", since)] == [recent]
        assert media.find_recent_unclaimed(session, "C1", None, since) == []


def test_lists_and_counts(database: Database) -> None:
    first, second = want(database, "m1"), want(database, "m2", file_name="x" * 300)
    with database.begin(NOW) as session:
        media.withdraw(session, "m1", NOW)
        assert [item.id for item in media.list_by_ids(session, [second, 999, first])] == [second, first]
        assert media.count_by_state(session) == {"withdrawn": 1, "wanted": 1}
        found = media.find_by_message(session, "m2")
        assert found is not None and found.file_name is not None and len(found.file_name) == 255
        assert media.find_by_message(session, "m3") is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL reads a small table whole anyway
def test_looking_for_work_reads_only_what_waits(database: Database) -> None:
    asked: list[tuple[str, Any]] = []

    def remember(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", remember)
    with database.read() as session:
        media_claims.has_due(session, NOW)
        statement, values = asked[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert "ix_media_wanted" in str(plan)
