"""A body with more events than LINE sends: what asks nothing of us is kept many to a transaction.

In a transaction each, forty thousand scraps in one body would hold a thread, and the database, for ten seconds.
None may be dropped: the body is signed, and each event has to be there when somebody looks for it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import structlog

import clock
from bot.inbound import Inbound, Undigestible, read_event, read_event_id
from storage import faults, inbox
from storage.session import Database

FEW = 50  # events in a body that are taken one by one, whatever they are
AT_ONCE = 200  # rows a transaction: a citizen who writes meanwhile waits for one such piece at most
log = structlog.get_logger()


def name_event(event_id: str | None, raw: str) -> str:
    """The name an event is kept under: LINE's, or one made of its words, so that it is kept once."""
    return event_id or f"body-{hashlib.sha256(raw.encode()).hexdigest()[:40]}"


def keep_idle(
    database: Database,
    events: Sequence[tuple[Any, str]],
    asks_nothing: Callable[[Inbound], bool],
    since: float | None = None,
) -> Iterator[tuple[Any, str]]:
    """Keep the events that nobody works on; the others come back, in their order."""
    idle: list[dict[str, Any]] = []
    for event, raw in events:
        try:
            kept = _describe(event, raw, asks_nothing)
        except Exception:
            kept = None  # taken one by one, which says what ails it
        if kept is None:
            yield event, raw
            continue
        idle.append(kept)
        if len(idle) == AT_ONCE:
            _keep(database, idle, since)
            idle = []
    _keep(database, idle, since)


def _describe(event: Any, raw: str, asks_nothing: Callable[[Inbound], bool]) -> dict[str, Any] | None:
    """How an event is kept that nobody works on; None where somebody does."""
    event_id = name_event(read_event_id(event), raw)
    try:
        inbound = read_event(event)
    except Undigestible as why:
        reason = faults.shorten(str(why))
        return {"event_id": event_id, "kind": "undigested", "raw": raw, "state": "failed", "reason": reason}
    if not asks_nothing(inbound):
        return None
    chat_id = inbound.chat_id or None
    return {"event_id": event_id, "chat_id": chat_id, "kind": inbound.kind, "raw": "", "state": "ignored"}


def _keep(database: Database, idle: list[dict[str, Any]], since: float | None) -> None:
    if not idle:
        return
    now = clock.now()
    with database.begin(now, since) as session:
        for one in idle:
            inbox.record(session, received_at=now, **{"chat_id": None, **one})
    failed = sum(one["state"] == "failed" for one in idle)
    log.warning("events kept together: one body had more than LINE sends", count=len(idle), failed=failed)
