"""A process that dies while it delivers loses nothing, and what LINE had from it is not said again."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from simulator.running import RunningSimulator
from tests.bot.post_office import CALL_SECONDS, LEASE, PostOffice, StartDelivery
from tests.databases import OpenDatabase

ROOT = Path(__file__).resolve().parents[2]
Killed = Callable[[Callable[[], bool]], None]


@pytest.fixture
def elsewhere(line: RunningSimulator, open_database: OpenDatabase, database_url: str) -> PostOffice:
    """Who writes for others to deliver, on either kind of database."""
    return PostOffice(line, open_database(database_url))


@pytest.fixture
def deliver_and_kill(line: RunningSimulator, database_url: str) -> Iterator[Killed]:
    """Runs a delivery in another process and kills it the moment a condition holds."""
    begun: list[subprocess.Popen[bytes]] = []

    def run(until: Callable[[], bool]) -> None:
        command = [sys.executable, "-m", "tests.bot.dying_deliverer"]
        process = subprocess.Popen([*command, database_url, line.base_url, line.access_token], cwd=ROOT)
        begun.append(process)
        line.wait_until(until, timeout=30, what="the moment to kill the deliverer")
        process.kill()
        process.wait()

    yield run
    for process in begun:
        process.kill()
        process.wait()


def test_a_push_taken_from_a_process_that_died_is_not_said_again(
    line: RunningSimulator, elsewhere: PostOffice, start_delivery: StartDelivery, deliver_and_kill: Killed
) -> None:
    group = line.add_group(members=[line.add_user()])
    line.add_fault("push", "hang", seconds=CALL_SECONDS / 2, accepted=True)
    elsewhere.push(group, "card", case_id=3)
    elsewhere.push(group, "next", case_id=4)
    deliver_and_kill(lambda: bool(line.received(group)))
    assert elsewhere.list_rows()[0].state == "sending"
    start_delivery(elsewhere.database)
    line.advance_clock(LEASE.total_seconds())
    elsewhere.wait_until_no_more_open()
    assert elsewhere.read(group) == ["card", "next"]
    assert [bubble.case_id for bubble in elsewhere.list_bubbles()] == [3, 4]
    assert [call.status for call in line.wire("push")][1:] == [409, 200]


def test_a_reply_taken_from_a_process_that_died_is_not_said_again(
    line: RunningSimulator, elsewhere: PostOffice, start_delivery: StartDelivery, deliver_and_kill: Killed
) -> None:
    user = line.add_user()
    line.add_fault("reply", "hang", seconds=CALL_SECONDS / 2, accepted=True)
    elsewhere.reply(user, "answer")
    deliver_and_kill(lambda: bool(line.received(user)))
    start_delivery(elsewhere.database)
    line.advance_clock(LEASE.total_seconds())
    elsewhere.wait_until_no_more_open()
    assert elsewhere.read(user) == ["answer"]
    assert elsewhere.get_row().sent_by == "reply"


def test_many_messages_survive_a_death_in_the_middle_of_them(
    line: RunningSimulator, elsewhere: PostOffice, start_delivery: StartDelivery, deliver_and_kill: Killed
) -> None:
    users = [line.add_user() for _ in range(20)]
    for number in range(5):
        for user in users:
            elsewhere.push(user, f"no. {number}")
    deliver_and_kill(lambda: len(line.received_anywhere()) >= 30)
    start_delivery(elsewhere.database)
    line.advance_clock(LEASE.total_seconds())
    elsewhere.wait_until_no_more_open()
    assert {tuple(elsewhere.read(user)) for user in users} == {tuple(f"no. {number}" for number in range(5))}


def test_results_wait_while_the_database_cannot_be_written(
    line: RunningSimulator, post: PostOffice, start_delivery: StartDelivery
) -> None:
    delivery = start_delivery(post.database)
    user = line.add_user()
    with post.database.begin() as session:
        session.execute(text("ALTER TABLE sent_messages RENAME TO away"))
    post.push(user, "card")
    line.wait_for(user, "card")
    line.wait_quiet(seconds=1)
    assert post.get_row().state == "sending"
    with post.database.begin() as session:
        session.execute(text("ALTER TABLE away RENAME TO sent_messages"))
    assert delivery.stop(timeout=10)
    assert post.get_row().state == "sent"
    assert post.read(user) == ["card"]
    assert len(post.list_bubbles()) == 1


@pytest.mark.postgres
def test_a_database_that_breaks_off_connections_costs_no_message(
    line: RunningSimulator, open_database: OpenDatabase, start_delivery: StartDelivery, postgres_url: str
) -> None:
    elsewhere = PostOffice(line, open_database(postgres_url))
    users = [line.add_user() for _ in range(30)]
    for number in range(4):
        for user in users:
            elsewhere.push(user, f"no. {number}")
    start_delivery(open_database(postgres_url))
    everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    for enough in (20, 50, 80):
        line.wait_until(lambda enough=enough: len(line.received_anywhere()) >= enough, timeout=20)  # type: ignore[misc]
        with elsewhere.database.begin() as session:
            session.execute(text(f"{everybody} AND pid <> pg_backend_pid()"))
    elsewhere.wait_until_no_more_open()
    assert {tuple(elsewhere.read(user)) for user in users} == {tuple(f"no. {number}" for number in range(4))}
