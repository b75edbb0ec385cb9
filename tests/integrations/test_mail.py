"""Letters over a real mail server: Thai comes through, and each way of saying no is told from the others."""

import email
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.mail import (
    BadAddress,
    Letter,
    MailServer,
    Refused,
    SmtpClient,
    Taken,
    TryLater,
    compose,
    find_domain,
    read_address,
    read_smtp_url,
)
from tests.mailbox import Mailbox

FROM = "OMB FAST TRACK <fasttrack@omb.example>"
THAI = (
    "FT6911-00042 ไฟส่องสว่าง · ซอยประชาสงเคราะห์ 5 แขวงดินแดง เขตดินแดง ใกล้วัดพระศรีมหาธาตุวรมหาวิหาร · ตอบรับก่อน วันนี้ 18:05 น."
)
BODY = "ไฟถนนดับทั้งซอย มืดมาก\n.จุดนำหน้า\nบรรทัดยาว " + "กำลังปรับปรุงน้ำประปาที่ปากซอย" * 60


def letter(**values: str) -> Letter:
    given: dict[str, str] = {
        "message_id": "<1@omb.example>",
        "thread": "<FT6911-00042@omb.example>",
        "recipient": "dindaeng@bangkok.example",
        "subject": THAI,
        "text": BODY,
        "html": f"<p>{BODY}</p>",
    }
    return Letter(**(given | values), written_at=datetime(2026, 11, 20, 7, tzinfo=UTC))


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    opened = Mailbox()
    yield opened
    opened.closes()


def client(mailbox: Mailbox, url: str | None = None, seconds: float = 2.0) -> SmtpClient:
    return SmtpClient(read_smtp_url(url or mailbox.url), FROM, seconds=seconds)


def test_thai_comes_through_whole(mailbox: Mailbox) -> None:
    assert client(mailbox).send(letter()) == Taken()

    came = mailbox.gets()
    assert (came.subject, came.to, came.sender) == (THAI, ["dindaeng@bangkok.example"], "fasttrack@omb.example")
    assert came.text.rstrip("\n") == BODY
    assert came.html.rstrip("\n") == f"<p>{BODY}</p>"
    assert came.message_id == "<1@omb.example>"
    assert came.message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in came.message.iter_parts()] == ["text/plain", "text/html"]
    assert all(len(line) <= 998 and line.isascii() for line in came.lines), "what old servers take"


def test_no_is_told_from_not_now(mailbox: Mailbox) -> None:
    mailbox.answers = {"rcpt": ["550 no such mailbox", "451 greylisted", "452 mailbox full"]}
    told = [client(mailbox).send(letter()) for _ in range(3)]
    assert told == [
        Refused("550 no such mailbox"),
        TryLater("451 greylisted"),
        TryLater("452 mailbox full"),
    ]
    mailbox.answers = {"data": ["554 looks like spam", "421 closing"]}
    assert client(mailbox).send(letter()) == Refused("554 looks like spam")
    assert isinstance(client(mailbox).send(letter()), TryLater)
    assert mailbox.letters == []


def test_a_server_that_is_gone_slow_or_no_mail_server(mailbox: Mailbox) -> None:
    mailbox.slow = 1.0
    slow = client(mailbox, seconds=0.2).send(letter())
    assert isinstance(slow, TryLater) and slow.ours
    mailbox.closes()
    gone = client(mailbox).send(letter())
    assert isinstance(gone, TryLater) and gone.ours
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        quiet = client(mailbox, f"smtp://127.0.0.1:{port}", 0.2).send(letter())
    assert isinstance(quiet, TryLater) and quiet.ours


def test_a_wrong_password_is_no_fault_of_the_letter() -> None:
    mailbox = Mailbox(user="office@omb", password="p:ss/w@rd")
    try:
        right = client(mailbox, f"smtp://office%40omb:p%3Ass%2Fw%40rd@127.0.0.1:{mailbox.port}")
        assert right.knock() == Taken()
        assert right.send(letter()) == Taken()
        wrong = client(mailbox, f"smtp://office%40omb:other@127.0.0.1:{mailbox.port}").send(letter())
        assert isinstance(wrong, TryLater) and wrong.ours and "other" not in wrong.reason
    finally:
        mailbox.closes()


def test_a_server_without_starttls_is_not_written_to_in_the_clear(mailbox: Mailbox) -> None:
    told = client(mailbox, f"{mailbox.url}?starttls=1").send(letter())
    assert isinstance(told, TryLater) and told.ours
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 25)),
        ("smtp://u:p%40x@mail.example:587", MailServer("mail.example", 587, "u", "p@x", starttls=True)),
        ("smtp://mail.example:2525?starttls=1", MailServer("mail.example", 2525, starttls=True)),
        ("smtp://mail.example:587?starttls=0", MailServer("mail.example", 587)),
        ("smtps://u:p@mail.example", MailServer("mail.example", 465, "u", "p", tls_at_once=True)),
    ],
)
def test_the_address_of_a_server(url: str, server: MailServer) -> None:
    assert read_smtp_url(url) == server


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://host:port", "smtp://[::1"])
def test_what_is_no_address_of_a_server(url: str) -> None:
    with pytest.raises(BadAddress) as problem:
        read_smtp_url(url)
    assert "SMTP_URL" in str(problem.value)


@pytest.mark.parametrize(
    "words",
    ["", "dindaeng", "dindaeng@", "@bangkok.example", "a@b", "a b@bangkok.example", "a@bangkok.example, b@c.example",
     "a@bangkok.example\nBcc: b@c.example", "ดินแดง@bangkok.example", "<a@bangkok.example>", "a@" + "b" * 260 + ".th"],
)  # fmt: skip
def test_what_is_no_e_mail_address(words: str) -> None:
    with pytest.raises(BadAddress):
        read_address(words)


def test_addresses_in_one_form() -> None:
    assert read_address("  Din.Daeng@BANGKOK.example ") == "Din.Daeng@bangkok.example"
    assert find_domain("smtp://mail.example", FROM) == "omb.example"
    assert find_domain("", "") == ""
    with pytest.raises(BadAddress):
        find_domain("smtp://mail.example", "")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=160))
def test_no_letter_of_a_subject_is_lost(words: str) -> None:
    subject = " ".join(words.split())
    came = email.message_from_bytes(compose(letter(subject=subject), FROM).as_bytes(), policy=default)
    assert " ".join(str(came["Subject"]).split()) == subject
