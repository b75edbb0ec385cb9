"""Copies of own data: made by one at a time, taken up again after a crash, never handed to somebody erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import data_requests, mail
from storage.models import Mail
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


def test_mails_to_a_follower_go_and_not_those_to_others_at_the_address(
    database_url: str, open_database: OpenDatabase
) -> None:
    database = open_database(database_url)
    letter: dict[str, Any] = {"kind": "reporter", "case_id": None, "domain": "x.example", "subject": "s", "html": "h"}
    with database.begin(NOW) as session:
        for key in (7, 17, 71):
            thread = f"FT6911-00001{mail.OF_FOLLOWER}{key}"
            letter |= {"organisation": mail.FOLLOWER, "recipient": "dao@mail.example", "thread": thread}
            mail.add_mail(session, text=str(key), now=NOW, **letter)
    with database.begin(NOW) as session:
        mail.forget_follower(session, 7)
    with database.read() as session:
        kept = [(one.text, one.recipient, one.state) for one in session.query(Mail).order_by(Mail.id)]
    assert kept == [("", "", "dropped"), *((str(key), "dao@mail.example", "ready") for key in (17, 71))]
