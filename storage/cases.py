"""Queries about cases, their numbers and history."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from clock import in_bangkok
from storage.models import Case, CaseCounter, HistoryEntry, HistoryWords, Reporter
from storage.prepared import INSERTS, Prepared

NEXT = " · "
# They leave the status as it is.
QUIET_ACTIONS = ("note", "add", "report", "rate", "follow", "remind", "escalate", "correct")


class Acting(Protocol):
    """Who did something, as history keeps it."""

    @property
    def role(self) -> str: ...
    @property
    def person(self) -> str | None: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def chat_id(self) -> str | None: ...


def take_number(session: Session, now: datetime) -> str:
    """The next public number: `FT` + Buddhist year and month + five or more digits. Never given twice."""
    month = name_month(now)
    return write_number(month, take_numbers(session, month, 1))


def name_month(moment: datetime) -> str:
    """The month of a moment as numbers have it: two digits of the Buddhist year, two of the month."""
    local = in_bangkok(moment)
    return f"{(local.year + 543) % 100:02d}{local.month:02d}"


def write_number(month: str, place: int) -> str:
    """The number of a month's case by its place among them."""
    return f"FT{month}-{place:05d}"


def take_numbers(session: Session, month: str, count: int) -> int:
    """Take the next `count` numbers of a month; the last of them."""
    insert = INSERTS[session.get_bind().dialect.name]
    counted = (
        insert(CaseCounter)
        .values(month=month, last=count)
        .on_conflict_do_update(index_elements=["month"], set_={"last": CaseCounter.last + count})
        .returning(CaseCounter.last)
    )
    last: int = session.execute(counted).scalar_one()
    return last


def find_case(session: Session, case_id: int, *, lock: bool = False) -> Case | None:
    """One case by its key; `lock` holds its row until the transaction ends."""
    found = select(Case).where(Case.id == case_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def find_case_by_number(session: Session, number: str, *, lock: bool = False) -> Case | None:
    """One case by its public number."""
    found = select(Case).where(Case.number == number)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def list_by_reporter(session: Session, reporter_id: int, limit: int = 10) -> list[Case]:
    """A person's own cases, newest first."""
    mine = select(Case).where(Case.reporter_id == reporter_id).order_by(Case.id.desc()).limit(limit)
    return list(session.scalars(mine))


def list_open_by_reporter(session: Session, reporter_id: int, limit: int = 10) -> list[Case]:
    """A person's own cases that are not confidential, newest first."""
    mine = select(Case).where(Case.reporter_id == reporter_id, Case.confidential.is_(False))
    return list(session.scalars(mine.order_by(Case.id.desc()).limit(limit)))


def list_by_owner(
    session: Session,
    owner: str,
    statuses: Collection[str],
    *,
    limit: int = 50,
    newest_first: bool = False,
    category: str | None = None,
) -> list[Case]:
    """Cases that an organisation owns and that stand in one of `statuses`; confidential ones never."""
    order = Case.id.desc() if newest_first else Case.id
    owned = (
        select(Case)
        .where(Case.owner == owner, Case.status.in_(statuses), Case.confidential.is_(False))
        .order_by(order)
        .limit(limit)
    )
    if category is not None:
        owned = owned.where(Case.category == category)
    return list(session.scalars(owned))


def list_by_number_end(session: Session, owner: str, end: str, statuses: Collection[str]) -> list[str]:
    """The numbers that end so, of an organisation's cases that stand in one of `statuses`; confidential ones never."""
    mine = select(Case.number).where(
        Case.owner == owner,
        Case.status.in_(statuses),
        Case.confidential.is_(False),
        Case.number.endswith(f"-{end}", autoescape=True),
    )
    return list(session.scalars(mine.order_by(Case.id).limit(2)))


def count_reports_since(session: Session, reporter_id: int, since: datetime) -> int:
    """How many cases a person has told since then."""
    mine = select(Case.id).where(Case.reporter_id == reporter_id, Case.created_at >= since)
    return len(session.scalars(mine).all())


def add_history(
    session: Session,
    case: Case,
    *,
    at: datetime,
    action: str,
    from_status: str | None,
    to_status: str,
    actor: Acting,
    note: str | None = None,
    details: dict[str, Any] | None = None,
    message_id: str | None = None,
    told_by: Sequence[Sequence[str]] = (),
) -> HistoryEntry:
    """Add one line to a case's history; `told_by`: [message id, words] of each message that `note` begins with."""
    entry = HistoryEntry(
        case_id=case.id,
        at=at,
        action=str(action),
        from_status=str(from_status) if from_status else None,
        to_status=str(to_status),
        role=str(actor.role),
        actor_id=actor.person,
        organisation=actor.organisation,
        chat_id=actor.chat_id,
        message_id=message_id,
        said=_part_words(note or "", message_id, told_by),
        details=details or {},
    )
    session.add(entry)
    session.flush()
    return entry


def _part_words(note: str, message_id: str | None, told_by: Sequence[Sequence[str]]) -> list[HistoryWords]:
    """Apart by message, so that each can be taken back alone; whole where the messages do not make up the note."""
    parts: list[HistoryWords] = []
    rest = note
    for told_in, words in told_by:
        joint = "\n" if parts else ""
        if not rest.startswith(joint + words):
            break
        parts.append(HistoryWords(place=len(parts), message_id=told_in or None, joint=joint, words=words))
        rest = rest[len(joint + words) :]
    else:
        if rest and parts:
            joint = NEXT if rest.startswith(NEXT) else ""
            parts.append(HistoryWords(place=len(parts), joint=joint, words=rest[len(joint) :]))
            rest = ""
    if not rest:
        return parts
    return [HistoryWords(place=0, message_id=message_id, joint="", words=note)]


def list_history(session: Session, case_id: int) -> list[HistoryEntry]:
    """Everything that happened to a case, in order."""
    told = select(HistoryEntry).where(HistoryEntry.case_id == case_id).order_by(HistoryEntry.id)
    return list(session.scalars(told))


def find_history(session: Session, entry_id: int) -> HistoryEntry | None:
    """One line of history."""
    return session.get(HistoryEntry, entry_id)


def find_last_change(session: Session, case_id: int) -> HistoryEntry | None:
    """The latest line that was more than a note."""
    changes = (
        select(HistoryEntry)
        .where(HistoryEntry.case_id == case_id, HistoryEntry.action.not_in(QUIET_ACTIONS))
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    return session.scalars(changes).first()


def find_by_message(session: Session, message_id: str) -> HistoryEntry | None:
    """What a message in a group was read as, most recent reading first (it may have been edited)."""
    read = select(HistoryEntry).where(HistoryEntry.message_id == message_id).order_by(HistoryEntry.id.desc()).limit(1)
    return session.scalars(read).first()


def forget_words(
    session: Session, message_id: str, chat_id: str, *, only: Collection[int] | None = None
) -> list[HistoryEntry]:
    """A message was taken back: its words go from the history, which keeps the fact. The lines they stood in.

    `only`: from these lines.
    """
    told = (
        select(HistoryEntry)
        .join(HistoryEntry.said)
        .where(HistoryWords.message_id == message_id, HistoryEntry.chat_id == chat_id)
    )
    if only is not None:
        told = told.where(HistoryEntry.id.in_(only))
    found = list(session.scalars(told).unique())
    gone = delete(HistoryWords).where(
        HistoryWords.message_id == message_id, HistoryWords.entry_id.in_([entry.id for entry in found])
    )
    session.execute(gone, execution_options={"synchronize_session": False})
    for entry in found:
        session.expire(entry, ["said"])
    return found


def list_begun(session: Session, chat_id: str, limit: int) -> list[HistoryEntry]:
    """The first lines of the cases that were told in this chat, newest first."""
    first = select(HistoryEntry).where(HistoryEntry.chat_id == chat_id, HistoryEntry.action == "report")
    return list(session.scalars(first.order_by(HistoryEntry.id.desc()).limit(limit)))


def find_recent_update(
    session: Session, *, chat_id: str, person: str, since: datetime, actions: Sequence[str]
) -> HistoryEntry | None:
    """The latest recognised update that this person made in this chat since then."""
    recent = (
        select(HistoryEntry)
        .where(
            HistoryEntry.chat_id == chat_id,
            HistoryEntry.actor_id == person,
            HistoryEntry.at >= since,
            HistoryEntry.action.in_(actions),
        )
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    return session.scalars(recent).first()


def list_waiting(session: Session, owner: str, limit: int) -> list[Case]:
    """Cases that wait for a group of their owner, oldest first, held until the transaction ends."""
    waiting = (
        select(Case).where(Case.owner == owner, Case.status == "new").order_by(Case.id).limit(limit).with_for_update()
    )
    return list(session.scalars(waiting))


_ASKED = Prepared(
    select(Case.__table__.c.id)
    .join(Reporter.__table__, Reporter.__table__.c.id == Case.__table__.c.reporter_id)
    .where(Reporter.__table__.c.line_user_id == bindparam("b_user"), Case.__table__.c.status == "needs_info")
)


def list_asked(session: Session, line_user_id: str) -> list[Case]:
    """A person's cases in which an office waits for their answer, held until the transaction ends."""
    keys = [key for (key,) in _ASKED.run(session.info["connection"], {"b_user": line_user_id})]
    if not keys:
        return []
    return list(session.scalars(select(Case).where(Case.id.in_(keys)).order_by(Case.id).with_for_update()))


def has_any(session: Session) -> bool:
    """Whether there is any case at all."""
    return session.scalars(select(Case.id).limit(1)).first() is not None


def list_newest_words(session: Session, most: int) -> list[str]:
    """What the reporters of the newest cases told, in their words; none of a confidential one."""
    newest = select(Case.description).where(Case.confidential.is_(False)).order_by(Case.id.desc()).limit(most)
    return list(session.scalars(newest))


def list_recently_updated(
    session: Session, *, chat_id: str, person: str, since: datetime, actions: Sequence[str]
) -> list[int]:
    """The cases that this person updated in this chat since then."""
    told = (
        select(HistoryEntry.case_id)
        .where(
            HistoryEntry.chat_id == chat_id,
            HistoryEntry.actor_id == person,
            HistoryEntry.at >= since,
            HistoryEntry.action.in_(actions),
        )
        .distinct()
    )
    return list(session.scalars(told))


def has_moved_on(session: Session, line_user_id: str, since: datetime) -> bool:
    """Whether anything has happened since then to a case of this person's."""
    moved = (
        select(Case.id)
        .join(Reporter, Reporter.id == Case.reporter_id)
        .where(Reporter.line_user_id == line_user_id, Case.updated_at > since)
        .limit(1)
    )
    return session.scalars(moved).first() is not None


def is_chat_active(session: Session, chat_id: str, since: datetime) -> bool:
    """Whether anybody in this chat has done something to a case since then."""
    done = select(HistoryEntry.id).where(HistoryEntry.chat_id == chat_id, HistoryEntry.at > since).limit(1)
    return session.scalars(done).first() is not None
