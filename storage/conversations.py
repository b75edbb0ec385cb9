"""A chat's standing, locked while one of its events is being worked on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, null, select, update
from sqlalchemy.orm import Session

from storage import menus
from storage.models import Conversation
from storage.prepared import INSERTS, Prepared

_TABLE = cast(Table, Conversation.__table__)
_FIELDS = (
    "language",
    "flow",
    "run",
    "draft",
    "draft_at",
    "notice_version",
    "notice_at",
    "blocked",
    "updated_at",
)
_LOAD = Prepared(
    select(_TABLE.c.chat_id, *(_TABLE.c[name] for name in _FIELDS))
    .where(_TABLE.c.chat_id == bindparam("b_chat"))
    .with_for_update()
)
_SAVE = Prepared(
    update(_TABLE)
    .where(_TABLE.c.chat_id == bindparam("b_chat"))
    .values({name: bindparam(f"b_{name}", type_=_TABLE.c[name].type) for name in _FIELDS})
)
_OPEN = Prepared(
    {
        name: insert(Conversation)
        .values(
            chat_id=bindparam("b_chat"),
            language="th",
            blocked=False,
            updated_at=bindparam("b_now", type_=_TABLE.c.updated_at.type),
        )
        .on_conflict_do_nothing(index_elements=["chat_id"])
        for name, insert in INSERTS.items()
    }
)


@dataclass(slots=True)
class Standing:
    """A conversation as it is worked on; `save` writes it back."""

    chat_id: str
    language: str
    flow: str | None
    run: str | None
    draft: dict[str, Any] | None
    draft_at: datetime | None
    notice_version: str | None
    notice_at: datetime | None
    blocked: bool
    updated_at: datetime
    kept: tuple[Any, ...] = ()

    def fields(self) -> tuple[Any, ...]:
        """What may change."""
        return tuple(getattr(self, name) for name in _FIELDS)


def _stand(row: Any) -> Standing:
    standing = Standing(*row)
    standing.kept = standing.fields()
    return standing


def lock(session: Session, chat_id: str, now: datetime) -> tuple[Standing, bool]:
    """The chat's standing, held until the transaction ends; True where the chat is new."""
    connection = session.info["connection"]
    rows = _LOAD.run(connection, {"b_chat": chat_id})
    if rows:
        return _stand(rows[0]), False
    _OPEN.run(connection, {"b_chat": chat_id, "b_now": now})
    return _stand(_LOAD.run(connection, {"b_chat": chat_id})[0]), True


def save(session: Session, standing: Standing, now: datetime) -> None:
    """Write a standing back, if anything in it changed. A draft is replaced whole, never changed in place."""
    if standing.fields() == standing.kept:
        return
    if standing.language != standing.kept[_FIELDS.index("language")]:
        menus.want(session, standing.chat_id, standing.language, now)
    standing.updated_at = now
    values = {f"b_{name}": getattr(standing, name) for name in _FIELDS}
    _SAVE.run(session.info["connection"], {"b_chat": standing.chat_id, **values})


def forget(standing: Standing) -> None:
    """Their person was erased: what was told them and by them is forgotten, but for a conversation that is open."""
    standing.notice_version = standing.notice_at = None
    if standing.flow is None:
        standing.draft = standing.draft_at = None


def find_language(session: Session, chat_id: str) -> str:
    """The language a chat chose; Thai where it is unknown."""
    found = session.execute(select(_TABLE.c.language).where(_TABLE.c.chat_id == chat_id)).scalar()
    return found or "th"


def has_moved_on(session: Session, chat_id: str, since: datetime) -> bool:
    """Whether the chat's standing has changed since then; it is held until the transaction ends."""
    rows = _LOAD.run(session.info["connection"], {"b_chat": chat_id})
    return bool(rows) and _stand(rows[0]).updated_at > since


def forget_drafts(session: Session, before: datetime) -> list[dict[str, Any]]:
    """End conversations whose draft was last touched before then; what was in each."""
    old = select(_TABLE.c.chat_id, _TABLE.c.draft).where(_TABLE.c.draft_at < before).with_for_update()
    found = session.execute(old).all()
    ended = update(_TABLE).where(_TABLE.c.chat_id == bindparam("b_chat"), _TABLE.c.draft_at < before)
    if found:
        session.connection().execute(
            ended.values(flow=None, run=None, draft=null(), draft_at=None),
            [{"b_chat": row.chat_id} for row in found],
        )
    return [row.draft or {} for row in found]
