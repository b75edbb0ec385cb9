"""E-mail as rows: written with what made it true, claimed by lease, settled once.

Like `storage.outbox`, but a mail waits for no other: each is claimed by itself.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Case, Mail

# In place of an organisation: the mail is for who told the case, or for somebody who follows it.
REPORTER, FOLLOWER = "reporter", "follower"
PEOPLE = (REPORTER, FOLLOWER)
OF_FOLLOWER = "-follower"  # how the thread of one follower ends, before their key
TABLE = cast(Table, Mail.__table__)
# Nobody puts a mail off for longer: what is due after this was written before the clock was set back.
FURTHEST = timedelta(minutes=75)
# Written out and not bound, because a partial index is of no use to a parameter.
_READY: ColumnElement[str] = literal_column("'ready'")
_SENDING: ColumnElement[str] = literal_column("'sending'")
_ENDED: dict[str, ColumnElement[str]] = {state: literal_column(f"'{state}'") for state in ("sent", "dead")}
_BLANK = update(TABLE).values(subject="", text="", html="")


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One e-mail that this process has claimed; `lease_until` also tells whose claim it is."""

    id: int
    message_id: str
    organisation: str
    recipient: str
    kind: str
    case_id: int | None
    thread: str
    subject: str
    text: str
    html: str
    attempts: int
    lease_until: datetime
    created_at: datetime


def add_mail(
    session: Session,
    *,
    organisation: str,
    recipient: str,
    kind: str,
    case_id: int | None,
    thread: str,
    domain: str,
    subject: str,
    text: str,
    html: str,
    now: datetime,
    held: bool = False,
) -> Mail:
    """Write an e-mail down; it is sent once this transaction is true. `thread`: what belongs together by name.

    One that is `held` goes when it is released, unless something is written meanwhile that says it too.
    """
    mail = Mail(
        message_id=f"<{uuid.uuid4()}@{domain}>",
        organisation=organisation,
        recipient=recipient,
        kind=kind,
        case_id=case_id,
        thread=f"<{thread}@{domain}>",
        subject=subject,
        text=text,
        html=html,
        state="held" if held else "ready",
        attempts=0,
        next_at=now,
        created_at=now,
    )
    session.add(mail)
    return mail


def drop_held(session: Session, case_id: int, thread: str | None = None) -> None:
    """What is held of a case is not to be sent; in this thread only, where one is named."""
    gone = _BLANK.where(TABLE.c.case_id == case_id, TABLE.c.state == "held")
    if thread is not None:
        gone = gone.where(TABLE.c.thread.like(f"<{thread}@%"))
    session.flush()
    session.execute(gone.values(state="dropped", last_error="something newer was written, or it is not for them now"))


def release_held(session: Session, now: datetime, *, case_id: int | None = None, before: datetime | None = None) -> int:
    """Send what is held: of a case, or what was written before a moment; how many."""
    held = update(TABLE).where(TABLE.c.state == "held").values(state="ready", next_at=now)
    if case_id is not None:
        held = held.where(TABLE.c.case_id == case_id)
    if before is not None:
        held = held.where(TABLE.c.created_at < before)
    session.flush()
    return len(session.execute(held.returning(TABLE.c.id)).all())


def has_held(session: Session, before: datetime) -> bool:
    """Whether anything written before then is held: a look that takes no lock."""
    held = exists().where(TABLE.c.state == "held", TABLE.c.created_at < before)
    return bool(session.execute(select(held)).scalar())


def _due(now: datetime) -> ColumnElement[bool]:
    ready = and_(TABLE.c.state == _READY, or_(TABLE.c.next_at <= now, TABLE.c.next_at > now + FURTHEST))
    return or_(ready, and_(TABLE.c.state == _SENDING, TABLE.c.lease_until <= now))


def has_due(session: Session, now: datetime) -> bool:
    """Whether anything waits to be sent: a look that takes no lock."""
    return bool(session.execute(select(exists().where(_due(now)))).scalar())


def claim_next(session: Session, *, now: datetime, lease: timedelta) -> OutgoingMail | None:
    """Lease the mail that is due for longest; a lease that ran out counts as due."""
    first = select(TABLE.c.id).where(_due(now)).order_by(TABLE.c.next_at, TABLE.c.id).limit(1)
    if session.get_bind().dialect.name == "postgresql":
        first = first.with_for_update(skip_locked=True)
    # As a common table: PostgreSQL may run a plain subquery once per row, and so lease more than one.
    picked = first.cte("picked")
    claimed = (
        update(TABLE)
        .where(TABLE.c.id.in_(select(picked.c.id)), _due(now))
        .values(state="sending", lease_until=now + lease, attempts=TABLE.c.attempts + 1)
        .returning(*(TABLE.c[name] for name in OutgoingMail.__dataclass_fields__))
    )
    found = session.execute(claimed).first()
    return OutgoingMail(*found) if found else None


def settle(
    session: Session,
    claim: OutgoingMail,
    *,
    state: str,
    now: datetime,
    next_at: datetime | None = None,
    reason: str | None = None,
) -> bool:
    """How a claimed mail ended: sent, dead, or ready again at `next_at`. False where the claim was lost meanwhile."""
    mine = and_(TABLE.c.id == claim.id, TABLE.c.state == _SENDING, TABLE.c.lease_until == claim.lease_until)
    if state == "sent":  # whoever sent it says so, even late
        mine = and_(TABLE.c.id == claim.id, TABLE.c.state != "sent")
    settled = (
        update(TABLE)
        .where(mine)
        .values(
            state=state,
            lease_until=None,
            next_at=next_at or now,
            last_error=reason[:500] if reason else None,
            sent_at=now if state == "sent" else None,
        )
        .returning(TABLE.c.id)
    )
    return session.execute(settled).first() is not None


def list_dead(session: Session, limit: int = 100) -> list[Mail]:
    """Mails that no server will take, newest first."""
    return list(session.scalars(select(Mail).where(Mail.state == "dead").order_by(Mail.id.desc()).limit(limit)))


def resend(session: Session, ids: Sequence[int], now: datetime) -> int:
    """Put dead mails in line again, under the Message-ID they had; how many. One whose words are gone stays dead."""
    again = (
        update(TABLE)
        .where(TABLE.c.id.in_(ids), TABLE.c.state == "dead", TABLE.c.html != "")
        .values(state="ready", next_at=now, attempts=0, lease_until=None)
        .returning(TABLE.c.id)
    )
    return len(session.execute(again).all())


def was_written(session: Session, case_id: int, organisation: str, kinds: Sequence[str]) -> bool:
    """Whether an organisation has, or will have, an e-mail of one of these kinds about a case."""
    theirs = select(TABLE.c.id).where(
        TABLE.c.case_id == case_id,
        TABLE.c.organisation == organisation,
        TABLE.c.kind.in_(kinds),
        TABLE.c.state.in_(("ready", "sending", "sent")),
    )
    return session.execute(theirs.limit(1)).first() is not None


def find_first(session: Session, case_id: int, organisation: str, since: datetime) -> Mail | None:
    """The first that was written about a case to these readers since then, and was not dropped."""
    theirs = (Mail.case_id == case_id, Mail.organisation == organisation, Mail.created_at >= since)
    found = select(Mail).where(*theirs, Mail.state != "dropped").order_by(Mail.id).limit(1)
    return session.scalars(found).first()


def find_number(session: Session, message_ids: Sequence[str]) -> str | None:
    """The number of the case that the last of these mails of ours was about, of those to its reporter."""
    ours = (Mail.message_id.in_(message_ids), Mail.organisation == REPORTER)
    found = select(Case.number).join(Mail, Mail.case_id == Case.id).where(*ours).order_by(Mail.id.desc()).limit(1)
    return session.scalars(found).first() if message_ids else None


def count_states(session: Session) -> dict[str, int]:
    """How many mails are in each state."""
    rows = session.execute(select(TABLE.c.state, func.count()).group_by(TABLE.c.state)).all()
    return {state: count for state, count in rows}


def find_oldest_unsent(session: Session) -> tuple[datetime, str | None] | None:
    """Since when the longest waiting mail waits, and what the server last said; None where none does."""
    waiting = select(TABLE.c.created_at, TABLE.c.last_error).where(TABLE.c.state.in_(("ready", "sending")))
    found = session.execute(waiting.order_by(TABLE.c.created_at).limit(1)).first()
    return (found.created_at, found.last_error) if found else None


def forget_old_words(session: Session, before: datetime, limit: int, *, state: str = "sent") -> int:
    """Blank the words of mails written before then that were sent, or are dead, `limit` at most; how many."""
    old = (
        select(TABLE.c.id)
        .where(TABLE.c.state == _ENDED[state], TABLE.c.html != literal_column("''"), TABLE.c.created_at < before)
        .limit(limit)
    )
    return len(session.execute(_BLANK.where(TABLE.c.id.in_(old)).returning(TABLE.c.id)).all())


def forget_follower(session: Session, reporter_id: int) -> None:
    """Blank what was mailed to somebody as a follower, who wants to be forgotten; not to others at the same address."""
    theirs = (TABLE.c.organisation == FOLLOWER, TABLE.c.thread.like(f"%{OF_FOLLOWER}{reporter_id}@%"))
    unsent = (*theirs, TABLE.c.state.in_(("held", "ready", "sending")))
    session.execute(_BLANK.where(*unsent).values(state="dropped", last_error="its reader wants to be forgotten"))
    session.execute(_BLANK.where(*theirs).values(recipient=""))


def forget_case(session: Session, case_id: int) -> None:
    """Blank what was mailed of a case, for its reporter wants to be forgotten."""
    session.execute(_BLANK.where(TABLE.c.case_id == case_id, TABLE.c.state.in_(_ENDED)))
    theirs = (TABLE.c.case_id == case_id, TABLE.c.organisation == REPORTER)
    unsent = (*theirs, TABLE.c.state.in_(("held", "ready", "sending")))
    session.execute(_BLANK.where(*unsent).values(state="dropped", last_error="its reader wants to be forgotten"))
    session.execute(update(TABLE).where(*theirs).values(recipient=""))
