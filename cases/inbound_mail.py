"""A mail that somebody wrote to us: the answer of a reporter whom we wrote to goes to their case, all else is a draft.

Who sent a mail is only what it says. So no mail closes a case or opens one: it answers a question, adds words, or
waits for an officer. Words against an official are never passed on unread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases import lifecycle, on_behalf
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Actor, Role, Status
from storage import callbacks, inbound_mails, media, reporters
from storage import cases as stored
from storage import mail as sent_mail
from storage.models import Case, InboundMail


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says; `number`: the case that its subject names. `own_words`: without what it answers; `answers`: the
    names of the mails that it does.
    """

    sender: str
    sender_name: str
    subject: str
    words: str
    own_words: str
    from_machine: bool
    number: str | None = None
    answers: Sequence[str] = ()
    notes: Sequence[str] = ()


def receive(session: Session, mail: InboundMail, letter: Letter, now: datetime) -> None:
    """Keep a mail that came for the first time, its files beside it, and do with it what can be done unasked."""
    if letter.from_machine:
        inbound_mails.settle(session, mail, inbound_mails.IGNORED, now)
        return
    mail.sender, mail.sender_name, mail.subject = letter.sender, letter.sender_name, letter.subject
    mail.words, mail.notes = letter.words, " ".join(letter.notes)
    files = [item.id for item in inbound_mails.list_files(session, mail.id)]
    case = _find_case(session, letter) if letter.own_words or files else None
    if case is None or letter.notes:
        return
    _add(session, case, letter, files, now)
    inbound_mails.settle(session, mail, inbound_mails.ADDED, now, case_id=case.id)


def _find_case(session: Session, letter: Letter) -> Case | None:
    """The case that its own reporter writes about, if words may go to it as they are."""
    # Whoever changes the subject answers our mail all the same.
    number = letter.number or sent_mail.find_number(session, letter.answers)
    case = stored.find_case_by_number(session, number, lock=True) if number else None
    if case is None or Status(case.status) in OVER or is_delicate(letter.own_words):
        return None
    reporter = reporters.get_reporter(session, case.reporter_id)
    return case if reporter.email and reporter.email.lower() == letter.sender else None


def _add(session: Session, case: Case, letter: Letter, files: Sequence[int], now: datetime) -> None:
    actor = Actor(Role.REPORTER, person=reporters.name_caller(case.reporter_id))
    media.attach(session, files, case.id, "extra")
    if case.status == Status.NEEDS_INFO:
        on_behalf.answer(session, case, letter.own_words, actor, now, media_ids=files)
        return
    details = {"media": list(files)} if files else {}
    entry = lifecycle.apply(session, case, Action.ADD, actor, now, note=letter.own_words, details=details)
    if case.status == Status.RESOLVED:  # it may say that it is well, or not: somebody reads it and enters that
        callbacks.add(session, case_id=case.id, entry_id=entry.id, kind=callbacks.REPLY, now=now)


def settle_made(session: Session, mail: InboundMail, case: Case, person: str, now: datetime) -> None:
    """An officer made this case of it; its files are the case's."""
    media.attach(session, [item.id for item in inbound_mails.list_files(session, mail.id)], case.id, "before")
    inbound_mails.settle(session, mail, inbound_mails.MADE, now, person=person, case_id=case.id)
