"""Reads the mailbox that people write to: each mail becomes a draft, or goes to its case, once.

How far the mailbox was read stands in the database, and moves on in the transaction that keeps a mail. A crash before
it reads that mail once more; one that comes twice is known by its Message-ID. A mail that cannot be taken apart, or
cannot be kept as it is, becomes a draft that says so: none holds up another.
"""

import io
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

import clock
from bot.content_answers import Content
from cases import inbound_mail
from cases.inbound_mail import Letter
from cases.pictures import PictureRefused, is_picture
from flows.words import find_case_number
from integrations.inbox_mail import Arrived, Inbox, InboxAway, Position
from integrations.mail_words import MailFile, ReadMail, read_head, read_mail
from jobs.looking import Looking
from jobs.media_files import write_files
from storage import inbound_mails, uploads
from storage.files import Store, StoreUnavailable
from storage.media_claims import Stored
from storage.session import Database

LOOK_EVERY = 30.0  # seconds
FIRST_DAYS = 3  # of a mailbox that was never read before
LARGEST_MAIL = 30_000_000
MOST_ANSWERED = 20
_MAIL_NAME = re.compile(r"<[^<>\s]{3,255}>")
RECEIVED = Counter("fasttrack_inbound_mail", "E-mails that came, by what became of them", ["state"])
AWAY = Gauge("fasttrack_inbox_away", "1 while the mailbox cannot be read")
log = structlog.get_logger()


class InboxReader(Looking):
    """One thread that reads."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        store: Store,
        *,
        our_address: str = "",
        our_name: str = "",
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        """`our_address`: what comes from there is our own, and is left alone; `our_name` stands before it."""
        super().__init__("inbox-reader", self._look_once, every=look_every, undone="mailbox not read")
        self._database = database
        self._inbox = inbox
        self._store = store
        self._our_address = our_address.lower()
        self._ours = f"{our_name} <{our_address}>" if our_address else ""
        self._now = now

    def read_new(self) -> int:
        """Read what has come; how many mails were kept. Ends early where the server or our store goes away."""
        count = 0
        with self._database.read() as session:
            kept = inbound_mails.find_position(session, self._inbox.name)
        position = Position(*kept) if kept else None
        since = (self._now() - timedelta(days=FIRST_DAYS)).date()
        try:
            for arrived in self._inbox.read_after(position, since, LARGEST_MAIL):
                if self.is_stopping:
                    break
                count += self._keep(arrived)
            AWAY.set(0)
        except InboxAway as trouble:
            AWAY.set(1)
            log.warning("mailbox away", reason=str(trouble))
        except StoreUnavailable as trouble:
            log.error("mailbox not read: the store is away", error=str(trouble))
        return count

    def _look_once(self) -> None:
        self.read_new()

    def _keep(self, arrived: Arrived) -> bool:
        """Keep one mail; false where it was kept before."""
        try:
            read = read_mail(arrived.raw, whole=arrived.whole, ours=self._ours)
        except Exception:  # nothing that anybody may send ends the reading
            log.exception("mail cannot be taken apart", uid=arrived.position.last_uid)
            read = read_head(arrived.raw)
        try:
            return self._settle_whole(arrived, read)
        except Exception as error:
            if not _is_for_its_content(error):
                raise
            log.exception("mail cannot be kept", uid=arrived.position.last_uid)
        return self._settle_whole(arrived, read_head(arrived.raw))

    def _settle_whole(self, arrived: Arrived, read: ReadMail) -> bool:
        written: list[str] = []
        try:
            return self._settle(arrived, read, written)
        except Exception as error:
            # Where the database went away nobody knows whether it came through, so the files stay.
            if not isinstance(error, SQLAlchemyError) or _is_for_its_content(error):
                self._delete(written)
            raise

    def _settle(self, arrived: Arrived, read: ReadMail, written: list[str]) -> bool:
        now = self._now()
        ours = read.from_machine or read.sender == self._our_address
        files, notes = ([], []) if ours else self._write_files(read.files, written, now)
        letter = Letter(
            sender=read.sender,
            sender_name=read.sender_name,
            subject=read.subject,
            words=read.words,
            own_words=read.own_words,
            from_machine=ours,
            number=find_case_number(read.subject) or find_case_number(read.answers),
            answers=_MAIL_NAME.findall(read.answers)[-MOST_ANSWERED:],
            notes=list(dict.fromkeys([*read.notes, *notes])),
        )
        with self._database.begin(now) as session:
            mail = inbound_mails.claim(session, read.message_id, now)
            if mail is not None:
                chat_id = inbound_mails.name_chat(mail.id)
                for kind, name, stored in files:
                    uploads.add_upload(
                        session, stored, chat_id=chat_id, role="before", now=now, kind=kind, file_name=name or None
                    )
                inbound_mail.receive(session, mail, letter, now)
            inbound_mails.advance(session, self._inbox.name, arrived.position.validity, arrived.position.last_uid, now)
        if mail is None:
            self._delete(written)
            return False
        RECEIVED.labels(mail.state).inc()
        return True

    def _write_files(
        self, files: Sequence[MailFile], written: list[str], now: datetime
    ) -> tuple[list[tuple[str, str, Stored]], list[str]]:
        kept: list[tuple[str, str, Stored]] = []
        notes: list[str] = []
        for file in files:
            kind = "image" if is_picture(file.data[:4096]) else "file"
            try:
                content = Content(io.BytesIO(file.data), len(file.data))
                kept.append((kind, file.name, write_files(self._store, kind, content, written=written, now=now)))
            except PictureRefused:
                notes.append("file_refused")
        return kept, notes

    def _delete(self, written: list[str]) -> None:
        try:
            for path in written:
                self._store.delete(path)
        except StoreUnavailable as error:
            log.error("media_delete_failed", error=str(error))


def _is_for_its_content(error: Exception) -> bool:
    """Whether it is the mail that cannot be kept: tried once more, it would fail again."""
    if isinstance(error, DBAPIError):
        return isinstance(error, DataError | IntegrityError) and not error.connection_invalidated
    if isinstance(error, SQLAlchemyError):
        return isinstance(error, StatementError)
    return not isinstance(error, StoreUnavailable | OSError)
