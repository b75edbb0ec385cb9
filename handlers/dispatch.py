"""Takes one raw event through one transaction: kept once, worked on, and everything that follows from it queued.

An event that our code cannot digest is kept as failed with its reason and never holds up another; only a database
that is not there is let through to the webhook, which then answers 500 so that LINE tries again.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import clock
from bot.inbound import Inbound, Undigestible, read_event, read_event_id
from config import Settings
from flows.answers import Route
from handlers import citizen, group
from handlers.turn import Turn
from storage import inbox, outbox
from storage.session import Database

log = structlog.get_logger()
Handler = Callable[[Turn], None]
TRIES = 3
REPLY_FOR = timedelta(seconds=outbox.REPLY_SECONDS)
LONGEST_REASON = 500


def ignore(turn: Turn) -> None:
    """An event that asks nothing of us."""


ROUTES: dict[tuple[str, str], Handler] = {
    ("user", "follow"): citizen.follow,
    ("user", "unfollow"): citizen.unfollow,
    ("user", "text"): citizen.text,
    ("user", "postback"): citizen.postback,
    ("user", "location"): citizen.location,
    ("user", "image"): citizen.attachment,
    ("user", "video"): citizen.attachment,
    ("user", "audio"): citizen.attachment,
    ("user", "file"): citizen.not_taken,
    ("user", "sticker"): citizen.not_taken,
    ("user", "unsend"): citizen.unsend,
    ("group", "join"): group.join,
    ("group", "leave"): group.leave,
    ("group", "text"): group.text,
    ("group", "edited"): group.edited,
    ("group", "sticker"): group.sticker,
    ("group", "postback"): group.postback,
    ("group", "image"): group.photo,
    ("group", "video"): group.photo,
    ("group", "unsend"): group.unsend,
}
ROUTES |= {("room", kind): handler for (chat, kind), handler in list(ROUTES.items()) if chat == "group"}


class Dispatcher:
    """Turns raw events into what follows from them."""

    def __init__(self, database: Database, settings: Settings, route: Route) -> None:
        self.database = database
        self.settings = settings
        self.route = route
        self.after_media: Callable[[], None] | None = None

    def take(self, event: Any) -> None:
        """Work on one event of a webhook. Raises only where the database cannot be written."""
        raw = json.dumps(event, ensure_ascii=True, separators=(",", ":"))
        try:
            inbound = read_event(event)
        except Undigestible as why:
            self._keep_failed(event, raw, str(why))
            return
        try:
            self._work(inbound, raw, fresh=True)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("event failed", event_id=inbound.event_id, kind=inbound.kind)
            self._keep_failed(event, raw, f"{type(error).__name__}: {error}")

    def replay(self, event_id: str) -> str:
        """Work on a failed event once more; `done`, `failed` again, or `absent` where it no longer waits."""
        with self.database.read() as session:
            waiting = {row.event_id: row.raw for row in inbox.list_failed(session)}
        if event_id not in waiting:
            return "absent"
        event = json.loads(waiting[event_id])
        try:
            self._work(read_event(event), waiting[event_id], fresh=False)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.warning("event failed again", event_id=event_id, error=type(error).__name__)
            return "failed"
        return "done"

    def _work(self, inbound: Inbound, raw: str, *, fresh: bool) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                self._work_once(inbound, raw, fresh=fresh)
                return
            except (StaleDataError, OperationalError) as error:
                # Somebody else changed the same case, or PostgreSQL broke a deadlock: start over from what is true.
                if attempt == TRIES or (isinstance(error, OperationalError) and not _is_conflict(error)):
                    raise

    def _work_once(self, inbound: Inbound, raw: str, *, fresh: bool) -> None:
        now = clock.now()
        until = now + REPLY_FOR
        with self.database.begin(now) as session:
            if fresh and not self._is_first(session, inbound, raw, now):
                if inbound.redelivered and inbound.reply_token:
                    outbox.refresh_reply(
                        session, event_id=inbound.event_id, token=inbound.reply_token, until=until
                    )
                return
            if not fresh and not inbox.settle_failed(session, inbound.event_id):
                return
            handler = ROUTES.get((inbound.chat_kind, inbound.kind), ignore)
            if inbound.standby or handler is ignore:
                inbox.forget_words(session, inbound.event_id)
                return
            outbox.offer_reply(
                session,
                chat_id=inbound.chat_id,
                token=inbound.reply_token if fresh else None,
                event_id=inbound.event_id,
                until=until,
            )
            handler(Turn(session, inbound, now, self.settings, self.route))
            wanted = session.info.pop("wanted_media", False)
        if wanted and self.after_media:
            self.after_media()

    def _is_first(self, session: Session, inbound: Inbound, raw: str, now: datetime) -> bool:
        return inbox.record(
            session,
            event_id=inbound.event_id,
            chat_id=inbound.chat_id or None,
            kind=inbound.kind,
            raw=raw,
            received_at=now,
            redelivered=inbound.redelivered,
        )

    def _keep_failed(self, event: Any, raw: str, reason: str) -> None:
        event_id = read_event_id(event) or f"body-{hashlib.sha256(raw.encode()).hexdigest()[:40]}"
        now = clock.now()
        with self.database.begin(now) as session:
            inbox.record(
                session,
                event_id=event_id,
                chat_id=None,
                kind="undigested",
                raw=raw,
                received_at=now,
                state="failed",
                reason=reason.replace("\x00", "")[:LONGEST_REASON],
            )
        log.warning("event kept as failed", event_id=event_id, reason=reason.split(":")[0])


def _is_conflict(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01")
