"""Reads a mailbox over IMAP, and changes nothing in it: how far it was read is kept by whoever asks.

Other people may look into the same mailbox; whether they have read a mail makes no difference here.
"""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessage
from imap_tools.errors import ImapToolsError

from integrations.mail import BadAddress

SECONDS = 20.0
PORTS = {"imap": 143, "imaps": 993}
HINT = "write imaps://user:password@host/folder"
AT_ONCE = 50


class InboxAway(Exception):
    """The mail server is not there, or does not let us in; says why, never with what password."""


@dataclass(frozen=True, slots=True)
class InboxServer:
    """What `INBOX_URL` names."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    tls: bool = True
    starttls: bool = False

    @property
    def name(self) -> str:
        """The mailbox, to be told from others."""
        return f"{self.user}@{self.host}/{self.folder}"


@dataclass(frozen=True, slots=True)
class Position:
    """Up to which mail a folder was read; uids count within `validity`."""

    validity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail as it lies there. Of one that is too large, `raw` is its head alone, and `whole` is false."""

    position: Position
    raw: bytes
    whole: bool = True


class Inbox(Protocol):
    """Whoever has mail."""

    @property
    def name(self) -> str:
        """Which mailbox it is."""

    def read_after(self, position: Position | None, since: date, largest: int) -> Iterator[Arrived]:
        """What came after that, in order; in a folder not read before, what came since that day."""


def read_inbox_url(url: str) -> InboxServer:
    """The mailbox of `imaps://user:password@host:port/folder` (`imap://`, `?starttls=1`). Raises BadAddress."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise BadAddress(f"INBOX_URL is no address: {HINT}") from None
    if parts.scheme not in PORTS or not parts.hostname or not parts.username:
        raise BadAddress(f"INBOX_URL is no address: {HINT}, or imap://… without TLS")
    starttls = parse_qs(parts.query).get("starttls", ["0"])[-1].lower() in ("1", "true", "yes")
    return InboxServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tls=parts.scheme == "imaps",
        starttls=parts.scheme == "imap" and starttls,
    )


class _RawMail(MailMessage):
    """A mail that keeps its bytes: put together again, a broken one would be another, or none. It is not taken apart
    here, which may take long of one that is made so.
    """

    def __init__(self, fetch_data: list[Any]) -> None:
        super().__init__([(part[0], b"") if isinstance(part, tuple) else part for part in fetch_data])
        self.raw: bytes = self._get_message_data_parts(fetch_data)[0]


class ImapInbox:
    """A real mailbox."""

    def __init__(self, server: InboxServer, *, seconds: float = SECONDS) -> None:
        self._server = server
        self._seconds = seconds
        self.name = server.name

    def read_after(self, position: Position | None, since: date, largest: int) -> Iterator[Arrived]:
        """What came after that, in order. Raises InboxAway; what was given out before that stands."""
        try:
            with self._open() as box:
                yield from _read(box, position, since, largest)
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as trouble:
            raise InboxAway(f"{type(trouble).__name__}: {_shorten(trouble)}") from None

    def knock(self) -> None:
        """Log in, open the folder, and leave: nothing is read. Raises InboxAway."""
        try:
            with self._open():
                pass
        except (ImapToolsError, imaplib.IMAP4.error, OSError) as trouble:
            raise InboxAway(f"{type(trouble).__name__}: {_shorten(trouble)}") from None

    @contextmanager
    def _open(self) -> Iterator[BaseMailBox]:
        server = self._server
        kind = MailBox if server.tls else MailBoxStartTls if server.starttls else MailBoxUnencrypted
        box: BaseMailBox = kind(server.host, server.port, timeout=self._seconds)
        try:
            box.email_message_class = _RawMail
            box.login(server.user, server.password, initial_folder=None)
            box.folder.set(server.folder, readonly=True)
            yield box
        finally:
            _leave(box)


def _read(box: BaseMailBox, position: Position | None, since: date, largest: int) -> Iterator[Arrived]:
    validity = _find_validity(box)
    if position is not None and position.validity == validity:
        after = position.last_uid
        # `n:*` names the last mail even where its uid is smaller.
        uids = [uid for uid in box.uids(f"UID {after + 1}:*") if int(uid) > after]
    else:
        uids = box.uids(AND(date_gte=since))
    uids = sorted(uids, key=int)
    for begin in range(0, len(uids), AT_ONCE):
        some = uids[begin : begin + AT_ONCE]
        heads = {head.uid: head for head in box.fetch(uid_list=some, headers_only=True, mark_seen=False, bulk=True)}
        for uid in some:
            head = heads.get(uid)
            if head is None:  # somebody has just taken it away
                continue
            here = Position(validity, int(uid))
            if head.size_rfc822 > largest:
                yield Arrived(here, _as_it_came(head), whole=False)
                continue
            for mail in box.fetch(uid_list=[uid], mark_seen=False):
                yield Arrived(here, _as_it_came(mail))


def _as_it_came(mail: MailMessage) -> bytes:
    assert isinstance(mail, _RawMail)
    return mail.raw


def _find_validity(box: BaseMailBox) -> int:
    _, told = box.client.response("UIDVALIDITY")
    first = told[0] if told else None
    return int(first) if first else 0


def _leave(box: BaseMailBox) -> None:
    """Say goodbye; a server that is gone already need not hear it."""
    try:
        box.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError):
        box.client.shutdown()


def _shorten(trouble: BaseException) -> str:
    return " ".join(str(trouble).split())[:200]
