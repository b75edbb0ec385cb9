"""Who gave the same number or address before, and what is asked of the officer who says that the caller is one of them.

Whoever rings may say any number, address and name. So what would become other about somebody who is known is told and
asked before it is saved; likewise whether a mail is theirs that came from where nobody knows them to write from.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases import intake_by_staff
from cases.intake_by_staff import Told
from console import seen
from console.desk import Desk
from console.intake_fields import Fields, find_contact, read_key
from storage import inbound_mails, reporters
from storage.models import Case, InboundMail, Reporter

CASES_SHOWN = 3
ASKED = "intake caller"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is known, with what they told. `by`: which of what the form has was theirs before: `phone`, `email`,
    or `named`, an address of which nobody knows whether it is theirs.
    """

    reporter: Reporter
    cases: Sequence[Case]
    by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What would become other: `what` is `phone`, `email` or `name`; `before` is empty where nothing was kept."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Question:
    """What an officer must say yes to. `sender`: of the mail, where it is not known to be theirs; `named`: though they
    named it; `mark` comes back with the form of who was asked this very thing.
    """

    name: str
    changes: Sequence[Change]
    sender: str
    named: bool
    mark: str


def list_callers(session: Session, phone: str | None, email: str | None) -> list[Caller]:
    """Who they may be, newest first."""
    found = reporters.list_callers(session, phone, email)
    return [
        Caller(one, intake_by_staff.list_cases_of(session, one, CASES_SHOWN), _list_same(one, phone, email))
        for one in found
    ]


def _list_same(reporter: Reporter, phone: str | None, email: str | None) -> list[str]:
    address = "email" if reporter.email_proved_at else "named"
    given = (("phone", phone, reporter.phone), (address, email, reporter.email))
    return [name for name, told, kept in given if told and told == kept]


def find_question(desk: Desk, session: Session, told: Fields) -> Question | None:
    """What is to be asked of who sends this form; None where nothing is."""
    caller = _read_caller(told)
    known = intake_by_staff.find_known(session, caller)
    if known is None:
        return None
    changes = [
        Change(name, getattr(known, name) or "", getattr(caller, name))
        for name in intake_by_staff.list_changes(session, caller)
    ]
    mail = inbound_mails.find(session, key) if (key := read_key(told.mail)) else None
    sender = mail.sender if mail is not None and not _writes_from(known, mail) else ""
    if not changes and not sender:
        return None
    parts = [f"{one.what}\n{one.before}\n{one.after}" for one in changes]
    mark = seen.mark(desk, ASKED, [str(known.id), sender, *parts])
    return Question(known.name or "", changes, sender, reporters.is_theirs(known, sender), mark)


def hold_caller(desk: Desk, session: Session, told: Fields) -> bool:
    """Whether the form says yes to what is to be asked now of the caller whom it names, whom nobody changes from now
    on: since they were looked at, somebody else may have.
    """
    known = intake_by_staff.find_known(session, _read_caller(told))
    if known is None:
        return True
    reporters.hold(session, known.id)
    still = intake_by_staff.find_known(session, _read_caller(told))
    return still is not None and is_asked(told, find_question(desk, session, told))


def _read_caller(told: Fields) -> Told:
    phone, email = find_contact(told)
    return Told("", "", {}, told.channel, phone, email, told.name or None, caller=read_key(told.caller))


def _writes_from(reporter: Reporter, mail: InboundMail) -> bool:
    return reporter.email_proved_at is not None and reporters.is_theirs(reporter, mail.sender)


def is_asked(told: Fields, question: Question | None) -> bool:
    """Whether the form says yes to this question; also where there is none."""
    return question is None or hmac.compare_digest(told.sure.encode(), question.mark.encode())
