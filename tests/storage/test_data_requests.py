"""Copies of own data: made by one at a time, taken up again after a crash, never handed to somebody erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import data_requests
from tests.databases import OpenDatabase

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LEASE = timedelta(minutes=10)


def test_two_workers_make_a_copy_once(database_url: str, open_database: OpenDatabase) -> None:
    first, second = open_database(database_url), open_database(database_url)
    with first.begin(NOW) as session:
        data_requests.add(session, data_requests.COPY, "U-nid", NOW)
    with first.begin(NOW) as session:
        taken = data_requests.claim_copy(session, NOW, LEASE)
        assert taken is not None
        request_id, lease_until = taken.id, taken.lease_until
    with second.begin(NOW) as session:
        assert data_requests.claim_copy(session, NOW, LEASE) is None
    later = NOW + LEASE
    with second.begin(later) as session:
        again = data_requests.claim_copy(session, later, LEASE)
        assert again is not None and again.attempts == 2
        retaken = again.lease_until
    given: dict[str, Any] = {"path": "2026/11/x.zip", "until": later + LEASE, "now": later}
    with first.begin(later) as session:
        assert data_requests.settle_copy(session, request_id, lease_until, **given) is None
    with second.begin(later) as session:
        assert data_requests.settle_copy(session, request_id, retaken, **given) is not None
    with second.begin(later) as session:
        assert data_requests.settle_copy(session, request_id, retaken, **given) is None
        assert data_requests.claim_copy(session, later + LEASE, LEASE) is None


def test_a_copy_of_somebody_erased_meanwhile_is_not_handed_over(database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(database_url)
    with database.begin(NOW) as session:
        data_requests.add(session, data_requests.COPY, "U-nid", NOW)
        taken = data_requests.claim_copy(session, NOW, LEASE)
        assert taken is not None
        request_id, lease_until = taken.id, taken.lease_until
        data_requests.end_copies(session, "U-nid", NOW)
    with database.begin(NOW) as session:
        settled = data_requests.settle_copy(
            session, request_id, lease_until, path="2026/11/x.zip", until=NOW + LEASE, now=NOW
        )
        assert settled is None
