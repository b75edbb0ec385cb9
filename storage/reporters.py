"""The people behind cases: known by LINE, or by what staff wrote down for them."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from storage.models import Case, Follower, Reporter

CALLER = "reporter:"


def get_or_add_line_reporter(session: Session, line_user_id: str, now: datetime) -> Reporter:
    """The reporter known by this LINE user id. The caller holds that person's conversation."""
    found = find_line_reporter(session, line_user_id)
    if found is None:
        found = Reporter(line_user_id=line_user_id, created_at=now)
        session.add(found)
        session.flush()
    return found


def name_caller(reporter_id: int) -> str:
    """How somebody without LINE is named in the history of cases, and where they asked about their own data."""
    return f"{CALLER}{reporter_id}"


def is_caller(who: str) -> bool:
    """Whether this names somebody without LINE; else it is a LINE user id."""
    return who.startswith(CALLER)


def find_person(session: Session, who: str) -> Reporter | None:
    """By LINE user id, or by the name of somebody without LINE; None where nothing that says who they are is kept."""
    if not is_caller(who):
        return find_line_reporter(session, who)
    caller = find_caller(session, int(who.removeprefix(CALLER)))
    return caller if caller is not None and not caller.is_nobody else None


def find_line_reporter(session: Session, line_user_id: str) -> Reporter | None:
    """The reporter known by this LINE user id, if there is one."""
    return session.scalars(select(Reporter).where(Reporter.line_user_id == line_user_id)).first()


def get_reporter(session: Session, reporter_id: int) -> Reporter:
    """One reporter by key."""
    return session.get_one(Reporter, reporter_id)


def hold(session: Session, reporter_id: int) -> Reporter:
    """One reporter as they are known now, whom nobody else changes until this transaction ends."""
    held = select(Reporter).where(Reporter.id == reporter_id).with_for_update()
    return session.scalars(held, execution_options={"populate_existing": True}).one()


def add_nobody(session: Session, now: datetime) -> Reporter:
    """A reporter on no channel at all: nobody is told anything."""
    nobody = Reporter(line_user_id=None, created_at=now)
    session.add(nobody)
    session.flush()
    return nobody


def add_caller(session: Session, *, phone: str | None, email: str | None, name: str | None, now: datetime) -> Reporter:
    """Somebody without LINE; with nothing given, a reporter whom nobody can tell anything."""
    caller = Reporter(phone=phone, email=email, name=name, created_at=now)
    session.add(caller)
    session.flush()
    return caller


def find_caller(session: Session, reporter_id: int) -> Reporter | None:
    """A reporter without LINE, by key."""
    return session.scalars(select(Reporter).where(Reporter.id == reporter_id, Reporter.line_user_id.is_(None))).first()


def prove_email(reporter: Reporter, sender: str, now: datetime) -> None:
    """Mail from the address that is kept of them is theirs, if this sender is it."""
    if is_theirs(reporter, sender):
        reporter.email_proved_at = reporter.email_proved_at or now


def is_theirs(reporter: Reporter, sender: str) -> bool:
    """Whether this sender's is the address that is kept of them, though it may only have been named."""
    return bool(sender) and (reporter.email or "").lower() == sender.lower()


def list_callers(session: Session, phone: str | None, email: str | None, limit: int = 5) -> list[Reporter]:
    """People without LINE who gave this telephone number or this address, newest first: perhaps the same person.

    Whoever told or follows confidential cases alone is not among them: nobody learns here that they did.
    """
    given = [column == value for column, value in ((Reporter.phone, phone), (Reporter.email, email)) if value]
    if not given:
        return []
    told = select(Case.id).where(Case.reporter_id == Reporter.id)
    follows = select(Case.id).join(Follower, Follower.case_id == Case.id).where(Follower.reporter_id == Reporter.id)
    known = or_(*(cases.where(Case.confidential.is_(False)).exists() for cases in (told, follows)))
    same = select(Reporter).where(or_(*given), Reporter.line_user_id.is_(None), known)
    return list(session.scalars(same.order_by(Reporter.id.desc()).limit(limit)))


def forget_caller(session: Session, reporter_id: int) -> None:
    """What was written down of somebody whom no case needs any more."""
    told = select(Case.id).where(Case.reporter_id == reporter_id).limit(1)
    followed = select(Follower.id).where(Follower.reporter_id == reporter_id, Follower.left_at.is_(None)).limit(1)
    session.flush()
    if session.execute(told).first() or session.execute(followed).first():
        return
    gone = update(Reporter).where(Reporter.id == reporter_id, Reporter.line_user_id.is_(None))
    session.execute(gone.values(phone=None, email=None, name=None, email_proved_at=None))
