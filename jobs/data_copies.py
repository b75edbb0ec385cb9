"""Makes the copies that people ask for of their own data: a ZIP in our store, for a day, told of in their chat.

Claimed by lease and made with no transaction open, for photos may be many; handed over in one. Copies whose day is over
are deleted. A copy that fails again and again is given up, and its person is told whom to ring.
"""

import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

import clock
from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import own_data
from cases.own_data import Kept
from jobs.looking import LookingAtFiles
from storage import conversations, data_requests, outbox, reporters
from storage.files import FileMissing, Store, StoreUnavailable, new_path
from storage.links import Links
from storage.models import DataRequest
from storage.session import Database
from texts.catalog import say

LOOK_EVERY = 2.0  # seconds
LEASE = timedelta(minutes=10)
MOST_TRIES = 5
LIFE = timedelta(hours=24)
MOST_BYTES = 300_000_000  # of attachments in one copy; what is beyond is named in it and left out
IN_MEMORY = 8_000_000
log = structlog.get_logger()


class CopyMaker(LookingAtFiles):
    """One thread that makes copies and deletes those whose time is over."""

    def __init__(
        self,
        database: Database,
        store: Store,
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__("copy-maker", database, store, every=look_every, undone="copies not made", now=now)

    def make_due(self) -> int:
        """Do all that is due, in this thread; how many copies were made or given up."""
        return self._do_due()

    def _do_some(self) -> int:
        asked = self._claim()
        if asked is None:
            self._delete_lapsed()
            return 0
        self._try(asked)
        return 1

    def _claim(self) -> DataRequest | None:
        now = self._now()
        with self._database.read() as session:
            if not data_requests.has_due_copy(session, now):
                return None
        with self._database.begin(now) as session:
            return data_requests.claim_copy(session, now, LEASE)

    def _try(self, asked: DataRequest) -> None:
        try:
            self._make(asked)
        except (SQLAlchemyError, StoreUnavailable):
            raise
        except Exception:  # one odd file must not end the thread; the lease keeps it from being tried at once
            log.exception("copy failed", request=asked.id)

    def _make(self, asked: DataRequest) -> None:
        now, chat_id = self._now(), str(asked.chat_id)
        if asked.attempts > MOST_TRIES:
            self._hand_over(asked, None)
            return
        with self._database.read() as session:
            kept = own_data.collect(session, chat_id, conversations.find_language(session, chat_id), now)
        path = new_path(".zip", now)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            self._pack(kept, file)
            file.seek(0)
            self._store.put(path, file, "application/zip")
        if not self._hand_over(asked, path):
            self._store.delete(path)

    def _pack(self, kept: Kept, file: IO[bytes]) -> None:
        left, missing = MOST_BYTES, []
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, path in kept.files:
                try:
                    size = self._store.size(path)
                    if size > left:
                        missing.append(name)
                        continue
                    with packed.open(zipfile.ZipInfo(f"files/{name}"), "w") as member:
                        for piece in self._store.stream(path):
                            member.write(piece)
                    left -= size
                except FileMissing:
                    missing.append(name)
            if missing:
                kept.words["files_left_out"] = missing
            packed.writestr("data.json", kept.write())

    def _hand_over(self, asked: DataRequest, path: str | None) -> bool:
        now = self._now()
        until = now + LIFE
        with self._database.begin(now) as session:
            settled = data_requests.settle_copy(session, asked.id, asked.lease_until, path=path, until=until, now=now)
            if settled is None or settled.chat_id is None:
                return False
            language = conversations.find_language(session, settled.chat_id)
            if not reporters.is_caller(settled.chat_id):  # whoever has no chat is handed it by the officer they asked
                message = _tell(language, session.info["links"], asked.id, until) if path else _give_up(language)
                outbox.queue(session, settled.chat_id, message, kind="my_data")
        log.info("copy of own data", made=path is not None)
        return True

    def _delete_lapsed(self) -> None:
        now = self._now()
        with self._database.read() as session:
            lapsed = data_requests.list_lapsed(session, now)
        for request_id, path in lapsed:
            self._store.delete(path)
            with self._database.begin(now) as session:
                data_requests.forget_path(session, request_id)


def _tell(language: str, links: Links | None, request_id: int, until: datetime) -> dict[str, Any]:
    if links is None:
        return _give_up(language)
    opens = QuickReply.uri(say(language, "my_data.open"), links.copy_url(request_id, until))
    return lasting(say(language, "my_data.ready"), (opens,))


def _give_up(language: str) -> dict[str, Any]:
    return text_bubble(say(language, "my_data.failed"))
