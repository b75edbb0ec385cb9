"""Hands e-mail to a mail server (SMTP), and says how that ended in terms of what to do next."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, parseaddr
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 15.0  # for each word of the conversation
PORTS = {"smtp": 25, "smtps": 465}
SUBMISSION = 587  # a server that listens here wants STARTTLS
LONGEST_ADDRESS = 254
FOR_GOOD = 500  # SMTP's answers from here on are final


class BadAddress(ValueError):
    """Not an e-mail address, or no address of a mail server; says why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has it, and will carry it on."""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not now. `ours`: every mail would fare so, for the server is away or our account is not let in."""

    reason: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """This mail will never be taken."""

    reason: str


Answer = Taken | TryLater | Refused


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as it is handed over: words in two forms that say the same."""

    message_id: str
    thread: str
    recipient: str
    subject: str
    text: str
    html: str
    written_at: datetime


class MailClient(Protocol):
    """Whoever takes letters."""

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """What `SMTP_URL` names."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls_at_once: bool = False
    starttls: bool = False


def read_smtp_url(url: str) -> MailServer:
    """The server of `smtp://user:password@host:port` (`smtps://`, or `?starttls=1`). Raises BadAddress."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise BadAddress("SMTP_URL is no address: write smtp://user:password@host:port") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadAddress("SMTP_URL is no address: write smtp://user:password@host:port, or smtps://… for TLS at once")
    asked = parse_qs(parts.query).get("starttls", ["1" if port == SUBMISSION else "0"])[-1]
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_at_once=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and asked.lower() in ("1", "true", "yes"),
    )


def read_address(words: str) -> str:
    """An e-mail address as a person wrote it, in one form. Raises BadAddress."""
    email = words.strip()
    try:
        found = Address(addr_spec=email)
    except (ValueError, IndexError, MessageError):
        raise BadAddress(f"{email!r} is no e-mail address: write one such as name@example.go.th") from None
    whole = found.addr_spec == email and email.isascii() and "." in found.domain.strip(".")
    if not whole or not found.username or len(email) > LONGEST_ADDRESS:
        raise BadAddress(f"{email!r} is no e-mail address: write one such as name@example.go.th")
    return f"{found.username}@{found.domain.lower()}"


def read_sender(mail_from: str) -> str:
    """The address in `MAIL_FROM`, which may have a name before it. Raises BadAddress."""
    try:
        return read_address(parseaddr(mail_from)[1])
    except BadAddress:
        raise BadAddress("MAIL_FROM is no address: write name@example.go.th, or Name <name@example.go.th>") from None


def find_domain(smtp_url: str, mail_from: str) -> str:
    """The domain that our mail comes from; empty where no mail is set up. Raises BadAddress."""
    if not smtp_url:
        return ""
    read_smtp_url(smtp_url)
    return read_sender(mail_from).rpartition("@")[2]


class SmtpClient:
    """A real mail server; one conversation for each letter, for they are few."""

    def __init__(self, server: MailServer, mail_from: str, *, seconds: float = SECONDS) -> None:
        self._server = server
        self._sender = read_sender(mail_from)
        self._from = mail_from
        self._seconds = seconds

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over."""
        return _judge(lambda: self._deliver(letter))

    def knock(self) -> Answer:
        """Connect, say hello, log in, and leave: nothing is sent."""

        def greet() -> None:
            with self._talk():
                pass

        return _judge(greet)

    def _deliver(self, letter: Letter) -> None:
        message = compose(letter, self._from)
        with self._talk() as conversation:
            conversation.send_message(message, from_addr=self._sender, to_addrs=[letter.recipient])

    @contextmanager
    def _talk(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        secured = ssl.create_default_context()
        if server.tls_at_once:
            opened: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._seconds, context=secured)
        else:
            opened = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        try:
            opened.ehlo_or_helo_if_needed()
            if server.starttls:
                opened.starttls(context=secured)
                opened.ehlo()
            if server.user:
                opened.login(server.user, server.password)
            yield opened
        except BaseException:
            opened.close()
            raise
        _leave(opened)


def _leave(opened: smtplib.SMTP) -> None:
    """Say goodbye; what was taken stays taken, whatever the server answers now."""
    try:
        opened.quit()
    except (smtplib.SMTPException, OSError):
        opened.close()


def _judge(talk: Callable[[], None]) -> Answer:
    try:
        talk()
    except smtplib.SMTPRecipientsRefused as refused:
        return _by_code(*next(iter(refused.recipients.values())))
    except smtplib.SMTPDataError as refused:
        return _by_code(refused.smtp_code, refused.smtp_error)
    except smtplib.SMTPResponseException as refused:  # hello, login or sender: no letter would fare better
        return TryLater(_quote(refused.smtp_code, refused.smtp_error), ours=True)
    except (smtplib.SMTPException, OSError) as trouble:
        return TryLater(f"{type(trouble).__name__}: {trouble}", ours=True)
    return Taken()


def _by_code(code: int, said: bytes | str) -> Answer:
    return Refused(_quote(code, said)) if code >= FOR_GOOD else TryLater(_quote(code, said))


def _quote(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"


def compose(letter: Letter, mail_from: str) -> MIMEMultipart:
    """The message itself. No machine is to answer it, and the letters of one case stand together."""
    name, address = parseaddr(mail_from)
    # `EmailMessage` would lose a space between two encoded words of a long Thai subject.
    message = MIMEMultipart("alternative")
    message["From"] = formataddr((Header(name, "utf-8").encode() if name else "", address))
    message["To"] = letter.recipient
    message["Subject"] = Header(letter.subject, "utf-8", header_name="Subject").encode()
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    message["References"] = letter.thread
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "th"
    message.attach(MIMEText(letter.text, "plain", "utf-8"))
    message.attach(MIMEText(letter.html, "html", "utf-8"))
    return message
