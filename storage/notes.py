"""Notes of staff about a case, and the colleagues whom they call to read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Case, CaseNote, NoteMention, StaffUser

OMB = "omb"


@dataclass(frozen=True, slots=True)
class Note:
    """A note, who wrote it, and whom it calls by name."""

    id: int
    at: datetime
    user_id: int
    writer: str
    organisation: str
    shared: bool
    words: str
    withdrawn: bool
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A note that calls somebody who has not read it: for their list of the day."""

    note_id: int
    case_id: int
    number: str
    confidential: bool
    writer: str
    organisation: str
    words: str
    at: datetime


def add_note(
    session: Session,
    *,
    case_id: int,
    user_id: int,
    organisation: str,
    words: str,
    shared: bool,
    mentioned: Collection[int],
    form: str,
    now: datetime,
) -> CaseNote:
    """Keep a note; whoever is called finds it until they have opened the case."""
    note = CaseNote(case_id=case_id, user_id=user_id, organisation=organisation, shared=shared, words=words)
    note.form, note.at = form, now
    session.add(note)
    session.flush()
    session.add_all(NoteMention(note_id=note.id, user_id=one) for one in sorted(set(mentioned) - {user_id}))
    return note


def was_sent(session: Session, form: str) -> bool:
    """Whether this form has made its note already."""
    return session.scalars(select(CaseNote.id).where(CaseNote.form == form)).first() is not None


def list_for_case(session: Session, case_id: int, organisation: str, limit: int = 200) -> list[Note]:
    """What people of this organisation may read of a case, oldest first: the Ombudsman's everything, others their own
    and what was shared with them.
    """
    read = select(CaseNote, StaffUser.name, StaffUser.email).join(StaffUser, StaffUser.id == CaseNote.user_id)
    read = read.where(CaseNote.case_id == case_id)
    if organisation != OMB:
        read = read.where(or_(CaseNote.organisation == organisation, CaseNote.shared.is_(True)))
    found = session.execute(read.order_by(CaseNote.id.desc()).limit(limit)).all()[::-1]
    called = _list_mentioned(session, [note.id for note, _, _ in found])
    return [
        Note(
            id=note.id,
            at=note.at,
            user_id=note.user_id,
            writer=name or email,
            organisation=note.organisation,
            shared=note.shared,
            words=note.words,
            withdrawn=note.withdrawn_at is not None,
            mentioned=tuple(called.get(note.id, ())),
        )
        for note, name, email in found
    ]


def _list_mentioned(session: Session, note_ids: Sequence[int]) -> dict[int, list[str]]:
    found = (
        select(NoteMention.note_id, StaffUser.name, StaffUser.email)
        .join(StaffUser, StaffUser.id == NoteMention.user_id)
        .where(NoteMention.note_id.in_(note_ids))
        .order_by(NoteMention.note_id, StaffUser.name)
    )
    called: dict[int, list[str]] = {}
    for note_id, name, email in session.execute(found) if note_ids else ():
        called.setdefault(note_id, []).append(name or email)
    return called


def mark_seen(session: Session, case_id: int, user_id: int, now: datetime) -> None:
    """This person has opened the case: what called them there is read."""
    mine = select(CaseNote.id).where(CaseNote.case_id == case_id)
    session.execute(
        update(NoteMention)
        .where(NoteMention.user_id == user_id, NoteMention.seen_at.is_(None), NoteMention.note_id.in_(mine))
        .values(seen_at=now)
    )


def has_unseen(session: Session, case_id: int, user_id: int) -> bool:
    """Whether a note of this case calls them that they have not read."""
    waiting = (
        select(NoteMention.note_id)
        .join(CaseNote, CaseNote.id == NoteMention.note_id)
        .where(NoteMention.user_id == user_id, NoteMention.seen_at.is_(None), CaseNote.case_id == case_id)
    )
    return session.execute(waiting.limit(1)).first() is not None


def list_calls(session: Session, user_id: int, limit: int, *, scope: Sequence[ColumnElement[bool]] = ()) -> list[Call]:
    """What calls this person and they have not read, the newest first; of a confidential case no words.

    `scope`: conditions on the case, for what has left their sight calls them no more (`case_scope.within`).
    """
    waiting = (
        select(CaseNote, Case.number, Case.confidential, StaffUser.name, StaffUser.email)
        .join(NoteMention, NoteMention.note_id == CaseNote.id)
        .join(Case, Case.id == CaseNote.case_id)
        .join(StaffUser, StaffUser.id == CaseNote.user_id)
        .where(NoteMention.user_id == user_id, NoteMention.seen_at.is_(None), CaseNote.withdrawn_at.is_(None), *scope)
        .order_by(CaseNote.id.desc())
        .limit(limit)
    )
    return [
        Call(
            note_id=note.id,
            case_id=note.case_id,
            number=number,
            confidential=confidential,
            writer=name or email,
            organisation=note.organisation,
            words="" if confidential else note.words,
            at=note.at,
        )
        for note, number, confidential, name, email in session.execute(waiting)
    ]


def withdraw(session: Session, note_id: int, case_id: int, user_id: int, now: datetime) -> bool:
    """Its writer takes a note back: its words go, that it was there stays. False where it is not theirs."""
    mine = (
        update(CaseNote)
        .where(
            CaseNote.id == note_id,
            CaseNote.case_id == case_id,
            CaseNote.user_id == user_id,
            CaseNote.withdrawn_at.is_(None),
        )
        .values(words="", withdrawn_at=now)
        .returning(CaseNote.id)
    )
    return session.execute(mine).first() is not None


def list_written(session: Session, case_id: int) -> list[CaseNote]:
    """The notes of a case themselves, whoever may read them."""
    return list(session.scalars(select(CaseNote).where(CaseNote.case_id == case_id).order_by(CaseNote.id)))


def list_colleagues(session: Session, organisations: Collection[str]) -> list[StaffUser]:
    """Who can be called: the people of these organisations whose accounts are in use."""
    found = select(StaffUser).where(StaffUser.organisation.in_(organisations), StaffUser.disabled_at.is_(None))
    return list(session.scalars(found.order_by(StaffUser.organisation, StaffUser.name, StaffUser.id).limit(200)))
