"""`fasttrack contact` keeps addresses, refuses what is none, and sends what waited."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

import clock
from commands.contact import contact
from commands.outbox import outbox
from config import load_settings
from storage.models import Contact, Mail
from storage.session import Database
from tests.office_reader import ADDRESS, DIN_DAENG, SECOND_ADDRESS


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SECRET_KEY", "a key that is only used in tests")
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:2525")
    monkeypatch.setenv("MAIL_FROM", "fasttrack@omb.example")
    load_settings.cache_clear()
    opened = Database(sqlite_url)
    yield opened
    opened.close()
    load_settings.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(contact, words)


def kept(database: Database) -> list[tuple[int, str, bool]]:
    with database.read() as session:
        found = session.query(Contact).order_by(Contact.id)
        return [(one.rank, one.email, one.removed_at is None) for one in found]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Say one of"),
        (("--org", DIN_DAENG), "Say one of"),
        (("--email", ADDRESS), "Say whose"),
        (("--org", DIN_DAENG, "--email", ADDRESS, "--list"), "Say one of"),
        (("--org", "district:9", "--email", ADDRESS), "No organisation"),
        (("--org", DIN_DAENG, "--email", "dindaeng"), "no e-mail address"),
        (("--org", DIN_DAENG, "--email", ADDRESS, "--second", "x@y"), "no e-mail address"),
        (("--org", DIN_DAENG, "--second", SECOND_ADDRESS), "no first contact"),
        (("--remove",), "Say whose"),
    ],
)
def test_what_is_refused_keeps_nothing(database: Database, words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code != 0 and told in result.output
    assert kept(database) == []


def test_without_a_mail_server_no_address_is_taken(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "")
    load_settings.cache_clear()
    result = run("--org", DIN_DAENG, "--email", ADDRESS)
    assert result.exit_code == 1 and "SMTP_URL" in result.output


def test_an_address_is_kept_changed_and_forgotten(database: Database) -> None:
    assert (
        run("--org", DIN_DAENG, "--email", ADDRESS, "--title", "ผู้ช่วยผู้อำนวยการเขต", "--second", SECOND_ADDRESS).exit_code
        == 0
    )
    assert run("--org", DIN_DAENG, "--email", ADDRESS).exit_code == 0
    assert kept(database) == [(1, ADDRESS, True), (2, SECOND_ADDRESS, True)]
    assert run("--list").output.splitlines() == [
        f"{DIN_DAENG}\tfirst\t{ADDRESS}\tผู้ช่วยผู้อำนวยการเขต\tสำนักงานเขตดินแดง",
        f"{DIN_DAENG}\tsecond\t{SECOND_ADDRESS}\t\tสำนักงานเขตดินแดง",
    ]
    assert run("--org", DIN_DAENG, "--email", "new@bangkok.example").exit_code == 0
    assert kept(database) == [(1, "", False), (2, SECOND_ADDRESS, True), (1, "new@bangkok.example", True)]
    assert run("--org", DIN_DAENG, "--remove").output.endswith("2 forgotten\n")
    assert all(not stands and not email for _, email, stands in kept(database))
    assert run("--list", "--org", DIN_DAENG).stdout == ""


def test_dead_mails_are_listed_and_sent_again(database: Database) -> None:
    with database.begin() as session:
        session.add(_dead())
    told = CliRunner().invoke(outbox, ["list"]).output
    assert "mail dead\t1" in told and "dead m1\t" in told and "550 no such user" in told
    assert CliRunner().invoke(outbox, ["resend", "1"]).exit_code == 1
    assert CliRunner().invoke(outbox, ["resend", "mx"]).exit_code == 2
    assert CliRunner().invoke(outbox, ["resend", "m1"]).output == "1 of 1 in line again\n"
    with database.read() as session:
        assert session.query(Mail).one().state == "ready"


def _dead() -> Mail:
    return Mail(
        message_id="<1@omb.example>",
        organisation=DIN_DAENG,
        recipient=ADDRESS,
        kind="case",
        thread="<FT@omb.example>",
        subject="",
        text="",
        html="<p>case</p>",
        state="dead",
        attempts=1,
        next_at=clock.now(),
        last_error="550 no such user",
        created_at=clock.now(),
    )
