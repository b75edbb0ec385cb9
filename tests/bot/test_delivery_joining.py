"""How calls ended is written with the next webhooks' commit; where that fails, nothing of it is forgotten."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery_holdings import Holdings
from bot.delivery_rules import judge
from bot.delivery_settler import Settler
from bot.line_answers import Sent
from storage.outbox import Outgoing
from storage.session import Database
from tests.bot.post_office import LEASE, PostOffice


class Desk:
    """A settler whose thread does not run yet, and rows that LINE has taken."""

    def __init__(self, post: PostOffice) -> None:
        self.post = post
        self.database: Database = post.database
        self.holdings = Holdings()
        self.news: list[bool] = []
        self.settler = Settler(self.database, self.holdings, now=post.line.now, on_settled=self.news.append)
        self.database.join_gathering = self.settler.join_gathering
        self._begun = False

    def begins(self) -> None:
        """From now on its thread runs too."""
        if not self._begun:
            self._begun = True
            self.settler.start()

    def sends(self, count: int) -> None:
        """So many messages are written, claimed and taken by LINE."""
        claimed: list[Outgoing] = []
        self.database.lease = timedelta(seconds=LEASE.total_seconds())
        self.database.after_commit = lambda queued: claimed.extend(queued.claimed)
        for number in range(count):
            self.post.push(f"U{number:032}", "hello")
        now = self.post.line.now()
        for row in claimed:
            self.holdings.take(row, more_behind=False)
            answer = Sent((f"id {row.id}",), (None,))
            self.settler.add(judge(row, "push", answer, called_at=now, now=now))


@pytest.fixture
def desk(post: PostOffice) -> Iterator[Desk]:
    opened = Desk(post)
    yield opened
    opened.begins()
    assert opened.settler.stop(5)


def test_what_line_has_is_written_with_the_next_gathering(desk: Desk) -> None:
    desk.sends(3)
    assert {row.state for row in desk.post.list_rows()} == {"sending"}

    with desk.database.gather(monotonic()):
        pass

    assert [row.state for row in desk.post.list_rows()] == ["sent"] * 3
    assert [bubble.message_id for bubble in desk.post.list_bubbles()] == ["id 1", "id 2", "id 3"]
    assert (desk.holdings.count, desk.news) == (0, [False])


def test_where_that_commit_fails_it_is_written_later_and_once(desk: Desk) -> None:
    desk.sends(3)
    with desk.database.gather(monotonic()), suppress(SQLAlchemyError), desk.database.begin() as session:
        session.connection().exec_driver_sql("ROLLBACK")  # as a full disk makes SQLite do
        session.connection().exec_driver_sql("SELECT no_such_thing()")

    assert {row.state for row in desk.post.list_rows()} == {"sending"}
    assert desk.holdings.count == 3

    desk.begins()
    desk.post.wait_for_state("sent", "sent", "sent")
    assert len(desk.post.list_bubbles()) == 3


def test_what_nobody_takes_along_the_thread_writes(desk: Desk) -> None:
    desk.sends(250)
    desk.begins()
    desk.post.wait_until_no_more_open()
    assert {row.state for row in desk.post.list_rows()} == {"sent"}


def test_a_row_that_cannot_be_written_holds_up_no_webhook(desk: Desk) -> None:
    desk.sends(2)
    with desk.database.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE UPDATE ON outbox WHEN OLD.id = 1"
            " BEGIN SELECT RAISE(ABORT, 'this row is ill'); END"
        )

    desk.begins()
    for number in range(20):  # webhooks go on coming
        with desk.database.gather(monotonic()) as open_pledge:
            pledge = open_pledge()
            desk.post.push(f"U9{number}", "hello")
        assert pledge.redeem()
    desk.post.wait_for_state("sending", "sent", *["sending"] * 20)
