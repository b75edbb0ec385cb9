"""Takes one raw event through one transaction: kept once, worked on, and all that follows from it queued.

An event that our code cannot digest is kept as failed with its reason and never holds up another; only a
database that is not there is let through to the webhook, which then answers 500 so that LINE tries again.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import clock
from bot.inbound import Inbound, Undigestible, read_event, read_event_id
from config import Settings
from flows.answers import Route
from handlers import citizen, crowd, group, mending, replaying
from handlers.turn import Turn
from storage import faults, inbox, outbox
from storage.session import Database

log = structlog.get_logger()
Handler = Callable[[Turn], None]
TRIES = 3
REPLY_FOR = timedelta(seconds=outbox.REPLY_SECONDS)


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
    ("group", "member_joined"): group.members_changed,
    ("group", "member_left"): group.members_changed,
}
ROUTES |= {("room", kind): handler for (chat, kind), handler in list(ROUTES.items()) if chat == "group"}


def find_handler(inbound: Inbound) -> Handler:
    """Who takes an event. A kind of message that LINE did not have when this was written is answered too."""
    handler = ROUTES.get((inbound.chat_kind, inbound.kind))
    if handler is None and inbound.chat_kind == "user" and inbound.message_id and inbound.kind.startswith("other:"):
        return citizen.not_taken
    return handler or ignore


def asks_nothing(inbound: Inbound) -> bool:
    """Whether an event is only kept: nobody takes its kind, or another program answers the chat just now."""
    return inbound.standby or find_handler(inbound) is ignore


class Dispatcher:
    """Turns raw events into what follows from them."""

    def __init__(self, database: Database, settings: Settings, route: Route) -> None:
        self.database = database
        self.settings = settings
        self.route = route
        self.after_media: Callable[[], None] | None = None

    def take_all(self, events: Sequence[tuple[Any, str]], since: float | None = None) -> None:
        """Work on the events of one body, in order. Raises only where the database is not there.

        `since`: the monotonic moment at which the body came, from which its wait for the database counts.
        """
        many = len(events) > crowd.FEW
        for event, raw in crowd.keep_idle(self.database, events, asks_nothing, since) if many else events:
            self.take(event, raw, since)

    def take(self, event: Any, raw: str, since: float | None = None) -> None:
        """Work on one event of a webhook; `raw` is its JSON. Raises only where the database is not there."""
        try:
            inbound = read_event(event)
        except Undigestible as why:
            self._keep_failed(read_event_id(event), raw, str(why), since=since)
            return
        except Exception as error:
            log.error("event cannot be read", **faults.locate(error))
            self._keep_failed(read_event_id(event), raw, faults.explain(error), since=since)
            return
        failure = self._try(inbound, raw, fresh=True, since=since)
        if failure and self._should_drop_draft(inbound):
            log.error("draft dropped: it cannot be gone on with", **faults.locate(failure))
            failure = self._try(inbound, raw, fresh=True, mended=True, since=since)
        if failure:
            log.error("event failed", event_id=inbound.event_id, kind=inbound.kind, **faults.locate(failure))
            self._keep_failed(inbound.event_id, raw, faults.explain(failure), inbound, since=since)

    def replay(self, event_id: str) -> str:
        """Work on a failed event once more. `done`, `failed` again, or why not: `late`, `forgotten` or `absent`."""
        with self.database.read() as session:
            raw = inbox.find_failed(session, event_id)
            state = inbox.find_state(session, event_id)
        if raw is None:
            return state if state in ("late", "forgotten") else "absent"
        failure: Exception | None
        try:
            inbound = read_event(json.loads(raw))
        except Exception as error:  # also what is no JSON: those that are tried after it have their turn
            failure = error
        else:
            failure = self._try(inbound, raw, fresh=False)
        if failure:
            log.warning("event failed again", event_id=event_id, **faults.locate(failure))
            return "failed"
        with self.database.read() as session:
            return "late" if inbox.find_state(session, event_id) == "late" else "done"

    def _try(
        self, inbound: Inbound, raw: str, *, fresh: bool, mended: bool = False, since: float | None = None
    ) -> Exception | None:
        """Why it could not be worked on; None where it is done. An outage of the database is raised."""
        for attempt in range(1, TRIES + 1):
            try:
                self._work(inbound, raw, fresh=fresh, mended=mended, since=since)
                return None
            except Exception as error:
                # Somebody else changed the same case, or PostgreSQL broke a deadlock: start from what is so.
                if attempt < TRIES and (isinstance(error, StaleDataError) or faults.is_conflict(error)):
                    continue
                if faults.is_outage(error):
                    raise
                return error
        return None

    def _work(self, inbound: Inbound, raw: str, *, fresh: bool, mended: bool, since: float | None) -> None:
        now = clock.now()
        until = now + REPLY_FOR
        with self.database.begin(now, since) as session:
            if fresh and not self._is_first(session, inbound, raw, now):
                if inbound.redelivered and inbound.reply_token:
                    outbox.refresh_reply(session, event_id=inbound.event_id, token=inbound.reply_token, until=until)
                return
            came_at = None if fresh else inbox.settle_failed(session, inbound.event_id)
            if not fresh and came_at is None:
                return
            if asks_nothing(inbound):
                inbox.forget_words(session, inbound.event_id)
                return
            self._offer_reply(session, inbound, inbound.reply_token if fresh else None, now)
            turn = Turn(session, inbound, now, self.settings, self.route)
            if came_at is not None and replaying.is_late(turn, came_at):
                replaying.leave_alone(turn, came_at)
                return
            if mended:
                mending.drop_draft(turn)
            find_handler(inbound)(turn)
            wanted = session.info.pop("wanted_media", False)
        if wanted and self.after_media:
            self.database.once_durable(self.after_media)

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

    def _offer_reply(self, session: Session, inbound: Inbound, token: str | None, now: datetime) -> None:
        outbox.offer_reply(
            session,
            chat_id=inbound.chat_id,
            token=token,
            event_id=inbound.event_id,
            until=now + REPLY_FOR,
        )

    def _should_drop_draft(self, inbound: Inbound) -> bool:
        if inbound.chat_kind != "user":
            return False
        now = clock.now()
        with self.database.begin(now) as session:
            return mending.should_drop_draft(Turn(session, inbound, now, self.settings, self.route))

    def _keep_failed(
        self,
        event_id: str | None,
        raw: str,
        reason: str,
        inbound: Inbound | None = None,
        *,
        since: float | None = None,
    ) -> None:
        event_id = crowd.name_event(event_id, raw)
        now = clock.now()
        with self.database.begin(now, since) as session:
            first = inbox.record(
                session,
                event_id=event_id,
                chat_id=inbound.chat_id if inbound else None,
                kind=inbound.kind if inbound else "undigested",
                raw=raw,
                received_at=now,
                state="failed",
                reason=faults.shorten(reason),
            )
            if first and inbound and inbound.chat_kind == "user" and inbound.reply_token:
                self._offer_reply(session, inbound, inbound.reply_token, now)
                mending.say_failed(Turn(session, inbound, now, self.settings, self.route))
        log.warning("event kept as failed", event_id=event_id)
