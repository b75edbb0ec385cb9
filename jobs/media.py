"""Copies what people sent from LINE into our own store, at once, because LINE deletes it when it likes.

Workers claim by lease, fetch with no transaction open, store, and settle in one transaction. A crash anywhere
leaves a lease that runs out, and the work is done again; files whose row did not come true are deleted.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

import clock
from bot.content_answers import Content, Gone, NotReady, Refused, TooBig, TryLater
from bot.line_content import LineContent
from cases.pictures import LARGEST_FILE, PictureRefused
from jobs.media_files import write_files
from jobs.media_losses import explain_loss
from storage import conversations, media, media_claims, outbox
from storage.files import Store, StoreUnavailable
from storage.media_claims import INTERRUPTED, Wanted
from storage.session import Database

SWEEP_SECONDS = 1.0
DELETE_SECONDS = 30.0
LEASE = timedelta(seconds=180)  # longer than a fetch and an upload may take together
GIVE_UP = timedelta(hours=24)
TRIES_AT_LEAST = 6  # also for what is a day old when we come back from an outage
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_STORE_WAIT = timedelta(minutes=1)
# LINE's content server may lag behind its webhook; and a message taken back answers before its event comes.
TRIES_WHEN_GONE = {"not_found": 3, "taken_back": 2, "not_prepared": 1}
log = structlog.get_logger(__name__)


class MediaCopier:
    """The threads that copy. `wake` says that a transaction with new attachments has been committed."""

    def __init__(
        self,
        database: Database,
        content: LineContent,
        store: Store,
        *,
        threads: int = 2,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database = database
        self._content = content
        self._store = store
        self._now = now
        self._stopping = threading.Event()
        self._woken = threading.Condition()
        self._settling = threading.Lock()
        self._deleting = threading.Lock()
        self._delete_at = 0.0
        self._threads = [
            threading.Thread(target=self._work, name=f"media-{number}", daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        """Begin to copy in the background."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Finish what is under way; what does not end in time is taken up again when its lease runs out."""
        self._stopping.set()
        self.wake()
        until = time.monotonic() + timeout
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))

    def wake(self) -> None:
        """Look now instead of at the next second."""
        with self._woken:
            self._delete_at = 0.0
            self._woken.notify_all()

    def sweep(self) -> int:
        """Do all that is due, in this thread; how many attachments were worked on."""
        self._delete_withdrawn()
        return self._copy_due()

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._copy_due()
                if time.monotonic() >= self._delete_at:
                    self._delete_withdrawn()
            except Exception:  # the database is away; the rows wait
                log.exception("media_sweep_failed")
            with self._woken:
                if not self._stopping.is_set():
                    self._woken.wait(SWEEP_SECONDS)

    def _copy_due(self) -> int:
        count = 0
        while not self._stopping.is_set() and (claim := self._claim()) is not None:
            count += 1
            try:
                self._copy(claim)
            except Exception:  # one odd file must not end the thread, nor stay leased and unexplained
                log.exception("media_copy_failed", media=claim.id)
                self._postpone(claim, "unexpected")
        return count

    def _claim(self) -> Wanted | None:
        now = self._now()
        with self._database.read() as session:
            if not media_claims.has_due(session, now):
                return None
        with self._database.begin(now) as session:
            return next(iter(media_claims.claim_wanted(session, now=now, lease=LEASE, limit=1)), None)

    def _copy(self, claim: Wanted) -> None:
        if claim.reason == INTERRUPTED[-1]:  # this file has ended the process three times
            return self._lose(claim, "refused", "interrupted")
        if claim.source_url is None:
            answer = self._content.fetch(claim.message_id)
        else:
            answer = self._content.fetch_external(claim.source_url)
        match answer:
            case Content():
                with answer.file:
                    self._keep(claim, answer)
            case NotReady():
                self._postpone(claim, "not_ready")
            case TryLater(reason):
                self._postpone(claim, reason)
            case Gone(reason) if claim.attempts < TRIES_WHEN_GONE.get(reason, 1):
                self._postpone(claim, reason)
            case Gone(reason):
                self._lose(claim, "gone", reason)
            case TooBig(limit):
                self._lose(claim, "refused", "too_big", limit)
            case Refused(reason):
                self._lose(claim, "refused", reason)

    def _keep(self, claim: Wanted, content: Content) -> None:
        now = self._now()
        written: list[str] = []
        try:
            stored = write_files(self._store, claim.kind, content, written=written, now=now)
        except PictureRefused as refused:
            limit = LARGEST_FILE if refused.reason == "too_big" else None
            return self._lose(claim, "refused", refused.reason, limit)
        except StoreUnavailable as error:
            log.error("media_store_unavailable", media=claim.id, error=str(error))
            self._delete(written)
            return self._postpone(claim, "store", patient=True)
        # Where the commit itself fails nobody knows whether it came through: then the files stay, because an
        # orphan is better than a row without its photo.
        with self._database.begin(now) as session:
            kept = media_claims.settle_stored(session, claim, stored, now)
        if not kept:
            self._delete(written)

    def _postpone(self, claim: Wanted, reason: str, *, patient: bool = False) -> None:
        """Again after 2, 4, 8… seconds. What LINE withholds is given up after a day; our store never is."""
        now = self._now()
        if not patient and claim.attempts >= TRIES_AT_LEAST and now - claim.sent_at > GIVE_UP:
            return self._lose(claim, "gone", reason)
        wait = timedelta(seconds=2 ** min(claim.attempts, 20))
        with self._database.begin(now) as session:
            media_claims.put_off(
                session,
                claim,
                until=now + min(wait, LONGEST_STORE_WAIT if patient else LONGEST_WAIT),
                reason=reason[:200],
            )

    def _lose(self, claim: Wanted, state: str, reason: str, limit: int | None = None) -> None:
        """It will not come: say so in the row and, in a chat with one person, once to that person."""
        now = self._now()
        # One at a time, so that an album of lost pictures is told of once.
        with self._settling, self._database.begin(now) as session:
            if not media_claims.settle_lost(session, claim, state=state, reason=reason, now=now):
                return
            if not claim.chat_id.startswith("U") or media_claims.is_album_told(session, claim):
                return
            language = conversations.find_language(session, claim.chat_id)
            message = explain_loss(language, claim, state=state, reason=reason, limit=limit, now=now)
            outbox.queue(session, claim.chat_id, message, kind="media_gone")
            media_claims.mark_told(session, claim.id)
        log.info("media_lost", media=claim.id, state=state, reason=reason)

    def _delete_withdrawn(self) -> None:
        """Delete the files of what people took back. The rows name them until it is done."""
        if not self._deleting.acquire(blocking=False):
            return
        try:
            self._delete_at = time.monotonic() + DELETE_SECONDS
            with self._database.read() as session:
                found = media.list_withdrawn_files(session)
            done = [media_id for media_id, paths in found if self._delete(paths)]
            if done:
                with self._database.begin(self._now()) as session:
                    media.forget_files(session, done)
        finally:
            self._deleting.release()

    def _delete(self, paths: list[str]) -> bool:
        try:
            for path in paths:
                self._store.delete(path)
        except StoreUnavailable as error:
            log.error("media_delete_failed", error=str(error))
            return False
        return True
