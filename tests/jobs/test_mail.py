"""E-mail over a real server that fails in every way: nothing is lost, and what came twice has one Message-ID."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import clock
from integrations.mail import SmtpClient, read_smtp_url
from jobs.mail import GIVE_UP, LEASE, MailSender
from storage import mail
from storage.models import Mail
from storage.session import Database
from tests.databases import OpenDatabase
from tests.mailbox import Mailbox

START = datetime(2026, 11, 20, 3, tzinfo=UTC)


class Post:
    """A database with mail in it, a server, and a clock."""

    def __init__(self, database: Database, mailbox: Mailbox) -> None:
        self.database, self.mailbox = database, mailbox
        self.now = START
        self.sender = self.another(database)

    def another(self, database: Database) -> MailSender:
        client = SmtpClient(read_smtp_url(self.mailbox.url), "fasttrack@omb.example", seconds=0.5)
        return MailSender(database, client, now=lambda: self.now, chance=lambda: 1.0)

    def writes(self, count: int = 1) -> None:
        with self.database.begin(self.now) as session:
            for number in range(count):
                mail.add_mail(
                    session,
                    organisation="district:1026",
                    recipient="dindaeng@bangkok.example",
                    kind="case",
                    case_id=None,
                    thread=f"FT6911-0000{number}",
                    domain="omb.example",
                    subject=f"FT6911-0000{number} ไฟส่องสว่าง",
                    text="ไฟดับ",
                    html="<p>ไฟดับ</p>",
                    now=self.now,
                )

    def rows(self) -> list[Mail]:
        with self.database.read() as session:
            return list(session.query(Mail).order_by(Mail.id))

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]


@pytest.fixture
def post(database_url: str, open_database: OpenDatabase, mailbox: Mailbox) -> Iterator[Post]:
    yield Post(open_database(database_url), mailbox)


def test_a_server_that_is_down_only_delays(post: Post) -> None:
    post.writes(3)
    post.mailbox.closes()
    assert post.sender.send_due() == 0
    assert [row.attempts for row in post.rows()] == [1, 0, 0], "one try is enough to see that nobody is there"
    post.mailbox.opens()
    assert post.sender.send_due() == 2
    post.now += timedelta(minutes=1)
    assert post.sender.send_due() == 1
    assert post.states() == ["sent"] * 3
    assert len({letter.message_id for letter in post.mailbox.letters}) == 3


def test_the_waits_grow_and_end(post: Post) -> None:
    post.writes()
    post.mailbox.answers = {"rcpt": ["451 later"] * 1000}
    waits = []
    for _ in range(10):
        assert post.sender.send_due() == 0
        row = post.rows()[0]
        assert row.state == "ready" and row.last_error == "451 later"
        waits.append((row.next_at - post.now).total_seconds())
        post.now = row.next_at
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    post.now = START + GIVE_UP + timedelta(hours=2)
    post.sender.send_due()
    assert post.states() == ["dead"] and post.rows()[0].last_error == "451 later"


def test_after_a_long_outage_a_mail_is_still_tried(post: Post) -> None:
    post.writes()
    post.now += GIVE_UP * 3
    post.mailbox.answers = {"rcpt": ["451 later"]}
    post.sender.send_due()
    assert post.states() == ["ready"]


def test_what_is_refused_is_put_aside_and_sent_again_by_hand(post: Post) -> None:
    post.writes(2)
    post.mailbox.answers = {"rcpt": ["550 no such user"]}
    assert post.sender.send_due() == 1
    assert post.states() == ["dead", "sent"]
    name = post.rows()[0].message_id
    with post.database.begin(post.now) as session:
        assert mail.resend(session, [row.id for row in post.rows()], post.now) == 1
    assert post.sender.send_due() == 1
    assert post.mailbox.letters[-1].message_id == name


def test_killed_between_the_servers_yes_and_the_writing_of_it(post: Post) -> None:
    post.writes()
    with post.database.begin(post.now) as session:
        claim = mail.claim_next(session, now=post.now, lease=LEASE)
    assert claim is not None
    post.sender._hand_over(claim)  # and here the process is gone
    assert post.sender.send_due() == 0, "somebody has it"
    post.now += LEASE
    assert post.sender.send_due() == 1
    first, second = post.mailbox.letters
    assert first.message_id == second.message_id and first.subject == second.subject
    assert post.states() == ["sent"]


def test_a_process_that_is_killed_while_the_server_says_yes(post: Post, database_url: str) -> None:
    post.now = clock.now()
    post.writes(2)
    with subprocess.Popen([sys.executable, "-m", "tests.jobs.dying_mailer", database_url, post.mailbox.url]) as other:
        post.mailbox.after_taking = other.kill  # the yes is still on its way
        other.wait(timeout=60)
    post.mailbox.after_taking = None
    assert post.states() == ["sending", "ready"]
    assert post.sender.send_due() == 1, "what the dead one held is waited for"
    post.now = clock.now() + LEASE
    assert post.sender.send_due() == 1
    names = [letter.message_id for letter in post.mailbox.letters]
    assert len(names) == 3 and names[0] == names[2] != names[1]
    assert post.states() == ["sent", "sent"]


def test_a_slow_server_that_took_it_all_the_same(post: Post) -> None:
    post.writes()
    post.mailbox.slow = 1.0
    assert post.sender.send_due() == 0
    post.mailbox.slow = 0.0
    post.now += timedelta(minutes=1)
    assert post.sender.send_due() == 1
    assert len({letter.message_id for letter in post.mailbox.letters}) == 1


def test_two_senders_send_each_mail_once(post: Post, database_url: str, open_database: OpenDatabase) -> None:
    post.writes(12)
    other = post.another(open_database(database_url))
    senders = (post.sender, other)
    for sender in senders:
        sender.start()
    post.mailbox.gets(12)
    for sender in senders:
        sender.stop()
    assert len({letter.message_id for letter in post.mailbox.letters}) == 12
    assert post.states() == ["sent"] * 12


def test_a_late_yes_counts_and_a_late_no_does_not(post: Post) -> None:
    post.writes()
    with post.database.begin(post.now) as session:
        late = mail.claim_next(session, now=post.now, lease=LEASE)
    post.now += LEASE
    with post.database.begin(post.now) as session:
        newer = mail.claim_next(session, now=post.now, lease=LEASE)
    assert late is not None and newer is not None
    with post.database.begin(post.now) as session:
        assert not mail.settle(session, late, state="dead", now=post.now, reason="550")
        assert mail.settle(session, late, state="sent", now=post.now)
        assert not mail.settle(session, newer, state="ready", now=post.now, next_at=post.now)
    assert post.states() == ["sent"]


def test_a_clock_set_back_holds_nothing_up(post: Post) -> None:
    post.now += timedelta(days=30)
    post.writes()
    post.now = START
    assert post.sender.send_due() == 1


def test_words_are_forgotten_once_they_are_sent(post: Post) -> None:
    post.writes(2)
    post.mailbox.answers = {"rcpt": ["550 no"]}
    post.sender.send_due()
    with post.database.begin(post.now) as session:
        assert mail.forget_old_words(session, post.now + timedelta(days=1), 10) == 1
    dead, sent = post.rows()
    assert (sent.subject, sent.text, sent.html) == ("", "", "") and dead.html
    with post.database.begin(post.now) as session:
        assert mail.forget_old_words(session, post.now + timedelta(days=1), 10, state="dead") == 1
        assert mail.resend(session, [dead.id], post.now) == 0, "there is nothing to be sent any more"
