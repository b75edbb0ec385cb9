"""Groups and their codes: a code is good once, for a while, however it is typed, and for nobody else."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from storage import groups
from storage.models import Group, Invite
from storage.session import Database

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
KEY = "a key that is only used in tests"
DIN_DAENG = "district:1026"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def _invite(database: Database, organisation: str = DIN_DAENG, now: datetime = NOW) -> str:
    with database.begin(now) as session:
        return groups.add_invite(session, organisation=organisation, secret_key=KEY, now=now)


def _use(database: Database, code: str, *, chat: str = "C1", key: str = KEY, now: datetime = NOW) -> str | None:
    with database.begin(now) as session:
        return groups.use_invite(session, code=code, secret_key=key, chat_id=chat, now=now)


@pytest.mark.parametrize("code", ["", " ", "ABCDEFGH", "0" * 8, "'; DROP TABLE invites; --", "ก" * 8, "A" * 5000])
def test_a_wrong_code_stands_for_nothing(database: Database, code: str) -> None:
    _invite(database)

    assert _use(database, code) is None


def test_a_code_is_good_once(database: Database) -> None:
    code = _invite(database)

    assert _use(database, code) == DIN_DAENG
    assert _use(database, code) is None
    assert _use(database, code, chat="C2") is None


def test_a_code_lapses_after_a_week(database: Database) -> None:
    in_time, late = _invite(database), _invite(database)
    week = timedelta(days=groups.CODE_DAYS)

    assert _use(database, late, now=NOW + week) is None
    assert _use(database, in_time, now=NOW + week - timedelta(seconds=1)) == DIN_DAENG


def test_a_code_made_with_another_key_is_wrong(database: Database) -> None:
    code = _invite(database)

    assert _use(database, code, key="another key") is None
    assert _use(database, code) == DIN_DAENG


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}-{2}", "{1} {2}", "{3}", "\n{0}"])
def test_a_code_may_be_typed_as_it_was_heard(database: Database, typed: str) -> None:
    code = _invite(database)

    assert _use(database, typed.format(code, code[:4], code[4:], code.lower())) == DIN_DAENG


def test_codes_can_be_read_aloud_and_are_kept_as_hashes_only(database: Database) -> None:
    codes = [_invite(database) for _ in range(50)]

    assert len(set(codes)) == 50
    assert all(re.fullmatch(r"[A-HJ-NP-Z2-9]{8}", code) for code in codes)
    with database.read() as session:
        kept = session.scalars(select(Invite)).all()
    assert not {invite.code_hash for invite in kept} & set(codes)
    assert {invite.organisation for invite in kept} == {DIN_DAENG}


def test_of_many_groups_that_use_a_code_at_once_one_is_bound(database: Database) -> None:
    code = _invite(database)
    together = Barrier(8)

    def use(number: int) -> str | None:
        together.wait()
        return _use(database, code, chat=f"C{number}")

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(use, range(8)), key=str) == [None] * 7 + [DIN_DAENG]


def test_a_group_new_to_us_is_made_once_however_many_meet_it(database: Database) -> None:
    together = Barrier(8)

    def meet(_: int) -> int:
        together.wait()
        with database.begin(NOW) as session:
            group = groups.lock_group(session, "C1", NOW)
            group.wrong_codes += 1
            return group.wrong_codes

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(meet, range(8))) == list(range(1, 9)), "each saw what the one before it did"


def test_bound_groups_are_listed_oldest_first_without_those_we_left(database: Database) -> None:
    with database.begin(NOW) as session:
        for number, organisation in enumerate([DIN_DAENG, DIN_DAENG, "omb", DIN_DAENG, None]):
            group = groups.lock_group(session, f"C{number}", NOW)
            group.organisation, group.bound_at = organisation, NOW - timedelta(days=number)
            group.left_at = NOW if number == 1 else None

    with database.read() as session:
        assert groups.list_bound(session, DIN_DAENG) == ["C3", "C0"]
        assert groups.list_bound(session, "omb") == ["C2"]
        assert groups.list_bound(session, "district:1001") == []
        assert session.get_one(Group, "C4").organisation is None
