"""What waits for a call to its chat that is made anyway, and what is held because the month's messages run short."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Table, Text, bindparam, delete, func, insert, literal_column, or_, select, update
from sqlalchemy import cast as cast_sql
from sqlalchemy.orm import Session

from storage.models.case import Case
from storage.models.waiting import LineQuota, WaitingMessage
from storage.prepared import Prepared
from texts.moments import name_days

TABLE = cast(Table, WaitingMessage.__table__)
QUOTA = cast(Table, LineQuota.__table__)
THE_QUOTA = 1
AT_DESK = "done_at_desk"  # the kind of line that tells a group what was done with its case at a desk
TELLS_OFFICERS, TELLS_OFFICE = "tells_danger", "line_danger"  # the kinds of lines by which they hear of danger told
REMINDS_OFFICE = "line_danger_again"  # and of the line that asks an office about it
# Said at any hour, also where they were held meanwhile.
LOUD = frozenset({TELLS_OFFICERS, TELLS_OFFICE, REMINDS_OFFICE})
Only = Literal["all", "held", "held_and_desk", "desk"]
Said = tuple[dict[str, Any], dict[str, Any]]  # a message object, and its tie


@dataclass(frozen=True, slots=True)
class Held:
    """A message that its group did not get for want of budget."""

    id: int
    chat_id: str
    case_id: int | None
    kind: str
    created_at: datetime


def _oldest(*only: ColumnElement[bool]) -> Prepared:
    found = select(TABLE.c.id, TABLE.c.message, TABLE.c.case_id, TABLE.c.kind).where(
        TABLE.c.chat_id == bindparam("b_chat")
    )
    found = found.where(*only).order_by(TABLE.c.id).limit(bindparam("b_most"))
    # Whoever takes them first has them; a second transaction goes without rather than wait.
    return Prepared({"sqlite": found, "postgresql": found.with_for_update(skip_locked=True)})


_AT_DESK = TABLE.c.kind == AT_DESK
_OLDEST: dict[Only, Prepared] = {
    "all": _oldest(),
    "held": _oldest(TABLE.c.held.is_(True)),
    "held_and_desk": _oldest(or_(TABLE.c.held.is_(True), _AT_DESK)),
    "desk": _oldest(_AT_DESK),
}
_SHORT = Prepared(select(literal_column("1")).select_from(QUOTA).where(QUOTA.c.short.is_(True)))


def take(session: Session, chat_id: str, most: int, *, only: Callable[[], Only] = lambda: "all") -> list[Said]:
    """The oldest that wait for this chat; who takes them says them in this transaction.

    `only` is asked where anything waits: which of it may be taken; `held` is what was never meant to wait.
    """
    values = {"b_chat": chat_id, "b_most": most}
    found = _OLDEST["all"].run(session.info["connection"], values)
    if found and (kinds := only()) != "all":
        found = _OLDEST[kinds].run(session.info["connection"], values)
    if found:
        session.execute(delete(TABLE).where(TABLE.c.id.in_([row[0] for row in found])))
    said = [(json.loads(message), _tie(case_id, kind)) for _, message, case_id, kind in found]
    return _renew(session, chat_id, said)


def _tie(case_id: int | None, kind: str) -> dict[str, Any]:
    return {"case": case_id, "kind": kind, **({"urgent": True} if kind in LOUD else {})}


def _renew(session: Session, chat_id: str, said: list[Said]) -> list[Said]:
    """As it is true now, where `Database.renew` says how."""
    renew: Callable[[Session, str, list[Said]], list[Said]] | None = session.info.get("renew")
    return renew(session, chat_id, said) if renew and said else said


def take_of(session: Session, chat_id: str, case_ids: Collection[int], most: int) -> list[Said]:
    """As `take`, of what speaks of these cases."""
    if not case_ids:
        return []
    mine = (TABLE.c.chat_id == chat_id, TABLE.c.case_id.in_(case_ids))
    wanted = select(TABLE.c.id).where(*mine).order_by(TABLE.c.id).limit(most).with_for_update(skip_locked=True)
    gone = delete(TABLE).where(TABLE.c.id.in_(list(session.scalars(wanted))))
    rows = session.execute(gone.returning(TABLE.c.id, TABLE.c.message, TABLE.c.case_id, TABLE.c.kind)).all()
    said = [(json.loads(message), _tie(case_id, kind)) for _, message, case_id, kind in sorted(rows)]
    return _renew(session, chat_id, said)


def keep(session: Session, chat_id: str, said: Iterable[tuple[str, dict[str, Any]]], held: bool, now: datetime) -> None:
    """Put message objects (frozen, each with its tie) behind what waits for this chat."""
    rows = [
        {
            "chat_id": chat_id,
            "message": frozen,
            "case_id": tie["case"],
            "kind": tie["kind"],
            "held": held,
            "created_at": now,
        }
        for frozen, tie in said
    ]
    if rows:
        session.execute(insert(TABLE), rows)


def drop(session: Session, chat_id: str | None, case_id: int | None, kinds: Sequence[str] = ()) -> int:
    """Drop what became untrue: of a case, of these kinds, in a chat or (None) in every one. How many."""
    gone = delete(TABLE).where(TABLE.c.case_id == case_id)
    if chat_id is not None:
        gone = gone.where(TABLE.c.chat_id == chat_id)
    if kinds:
        gone = gone.where(TABLE.c.kind.in_(kinds))
    return len(session.execute(gone.returning(TABLE.c.id)).all())


def forget_chat(session: Session, chat_id: str) -> None:
    """Nobody is there any more to be told."""
    session.execute(delete(TABLE).where(TABLE.c.chat_id == chat_id))


def list_chats(session: Session, *, before: datetime | None = None) -> list[str]:
    """Chats for which something waits, since before a moment if one is given."""
    found = select(TABLE.c.chat_id).distinct().order_by(TABLE.c.chat_id)
    if before is not None:
        found = found.where(TABLE.c.created_at < before)
    return list(session.scalars(found))


def waits_for(session: Session, chat_id: str) -> bool:
    """Whether anything waits for a call to this chat."""
    return session.execute(select(TABLE.c.id).where(TABLE.c.chat_id == chat_id).limit(1)).first() is not None


def has_kind(session: Session, kind: str, before: datetime) -> bool:
    """Whether anything of this kind waits anywhere since before then."""
    old = select(TABLE.c.id).where(TABLE.c.kind == kind, TABLE.c.created_at < before)
    return session.execute(old.limit(1)).first() is not None


def drop_old(session: Session, kind: str, before: datetime) -> None:
    """Drop what was written of this kind before then, in every chat."""
    session.execute(delete(TABLE).where(TABLE.c.kind == kind, TABLE.c.created_at < before))


def count_waiting(session: Session, *, held: bool) -> int:
    """How many message objects wait, for the next call or for budget."""
    return session.execute(select(func.count()).where(TABLE.c.held.is_(held))).scalar_one()


def list_held(session: Session, limit: int) -> list[Held]:
    """What is held and was not seen to by e-mail yet, oldest first."""
    found = (
        select(TABLE.c.id, TABLE.c.chat_id, TABLE.c.case_id, TABLE.c.kind, TABLE.c.created_at)
        .where(TABLE.c.held.is_(True), TABLE.c.mailed_at.is_(None))
        .order_by(TABLE.c.id)
        .limit(limit)
    )
    return [Held(*row) for row in session.execute(found)]


def settle_mailed(session: Session, waiting_id: int, now: datetime) -> bool:
    """Note that this one was seen to by e-mail; False where somebody else has, or it was said meanwhile."""
    mine = update(TABLE).where(TABLE.c.id == waiting_id, TABLE.c.mailed_at.is_(None)).values(mailed_at=now)
    return session.execute(mine.returning(TABLE.c.id)).first() is not None


def make_lasting(session: Session, waiting_id: int) -> None:
    """What is held is read on another day: it names none by "today"."""
    row = session.get(WaitingMessage, waiting_id)
    if row is not None:
        row.message = name_days(row.message, row.created_at)


def make_all_lasting(session: Session, chat_id: str, written: datetime) -> None:
    """As `make_lasting`, for all that was written for a chat at this moment."""
    for row in session.scalars(
        select(WaitingMessage).where(WaitingMessage.chat_id == chat_id, WaitingMessage.created_at == written)
    ):
        row.message = name_days(row.message, written)
    session.flush()


def holds(session: Session, case_id: int, kinds: Sequence[str]) -> bool:
    """Whether anything of these kinds is held of a case."""
    found = select(TABLE.c.id).where(TABLE.c.case_id == case_id, TABLE.c.held.is_(True), TABLE.c.kind.in_(kinds))
    return session.execute(found.limit(1)).first() is not None


def keeps(session: Session, case_id: int, kinds: Sequence[str], chat_id: str | None = None) -> bool:
    """Whether anything of these kinds waits of a case, for want of budget or for another call; in this chat, or any."""
    found = select(TABLE.c.id).where(TABLE.c.case_id == case_id, TABLE.c.kind.in_(kinds))
    if chat_id is not None:
        found = found.where(TABLE.c.chat_id == chat_id)
    return session.execute(found.limit(1)).first() is not None


def list_moments(session: Session) -> dict[str, list[tuple[str, datetime]]]:
    """Of what kind everything is that waits for another call, and since when it does, by chat."""
    moments: dict[str, list[tuple[str, datetime]]] = {}
    found = select(TABLE.c.chat_id, TABLE.c.kind, TABLE.c.created_at).where(TABLE.c.held.is_(False))
    for chat_id, kind, at in session.execute(found):
        moments.setdefault(chat_id, []).append((kind, at))
    return moments


def count_for(session: Session, chat_id: str) -> int:
    """How many message objects wait for a call to this chat."""
    return session.execute(select(func.count()).where(TABLE.c.chat_id == chat_id)).scalar_one()


def list_dangerous(session: Session, case_ids: Collection[int]) -> set[int]:
    """Which of these cases are dangerous."""
    return set(session.scalars(select(Case.id).where(Case.id.in_(case_ids), cast_sql(Case.danger, Text) != "[]")))


def has_held(session: Session, kind: str) -> bool:
    """Whether anything of a kind is held anywhere."""
    held = select(TABLE.c.id).where(TABLE.c.held.is_(True), TABLE.c.kind == kind)
    return session.execute(held.limit(1)).first() is not None


def list_danger(session: Session, kinds: Sequence[str], limit: int) -> list[Case]:
    """Cases of danger of which something of these kinds is held, oldest first."""
    held = select(TABLE.c.case_id).where(TABLE.c.held.is_(True), TABLE.c.kind.in_(kinds))
    found = select(Case).where(Case.id.in_(held), cast_sql(Case.danger, Text) != "[]")
    return list(session.scalars(found.order_by(Case.id).limit(limit)))


def take_held(session: Session, kind: str, *, but_lists_in: Collection[str]) -> list[tuple[str, int | None]]:
    """Drop what is held of a kind that is told anew, but for lists in these chats: of which chat and case each was."""
    spoken = or_(TABLE.c.case_id.is_not(None), TABLE.c.chat_id.not_in(but_lists_in))
    gone = delete(TABLE).where(TABLE.c.held.is_(True), TABLE.c.kind == kind, spoken)
    return [
        (chat_id, case_id) for chat_id, case_id in session.execute(gone.returning(TABLE.c.chat_id, TABLE.c.case_id))
    ]


def list_held_chats(session: Session) -> list[str]:
    """Chats for which something is held for want of budget."""
    return list(session.scalars(select(TABLE.c.chat_id).where(TABLE.c.held.is_(True)).distinct()))


def is_short(session: Session) -> bool:
    """Whether what is left of the month's messages is kept for danger and for citizens."""
    return bool(_SHORT.run(session.info["connection"], {}))


def find_quota(session: Session) -> LineQuota | None:
    """What LINE last told of this month's messages."""
    return session.get(LineQuota, THE_QUOTA)
