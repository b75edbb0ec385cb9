"""A mail that somebody wrote to us: the answer of a reporter whom we wrote to goes to their case, all else is a draft.

Who sent a mail is only what it says. So no mail closes a case or opens one: it answers a question, adds words, or
waits for an officer. Words against an official are never passed on unread. Nor are those from an address that was only
named for the reporter: it may be somebody else's, until an officer has read such a mail and said that it is theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases import lifecycle, on_behalf, reporter_mail
from cases.secret_wish import asks_secrecy
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Actor, Role, Status
from integrations.mail_words import strip_answered
from storage import callbacks, inbound_mails, media, reporters
from storage import cases as stored
from storage import mail as sent_mail
from storage.models import Case, InboundMail, Reporter


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
    if not is_known(session, case):
        mail.case_id = case.id if not case.confidential else None  # who told a secret is not learned from a list
        return
    _add(session, case, letter.own_words, files, now)
    inbound_mails.settle(session, mail, inbound_mails.ADDED, now, case_id=case.id)


def _find_case(session: Session, letter: Letter) -> Case | None:
    """The case that its own reporter writes about, if words may go to it as they are."""
    # Whoever changes the subject answers our mail all the same.
    number = letter.number or sent_mail.find_number(session, letter.answers)
    case = stored.find_case_by_number(session, number, lock=True) if number else None
    if case is None or is_delicate(letter.own_words) or asks_secrecy(letter.own_words):
        return None
    return case if _may_be_of(session, case, letter.sender) else None


def _may_be_of(session: Session, case: Case, sender: str, *, lock: bool = False) -> bool:
    reporter = (reporters.hold if lock else reporters.get_reporter)(session, case.reporter_id)
    return Status(case.status) not in OVER and reporters.is_theirs(reporter, sender)


def find_answered(session: Session, mail: InboundMail, *, lock: bool = False) -> Case | None:
    """The case whose reporter may have written this draft; None where they can no more, or nobody may learn of it.

    `lock`: case and reporter are held, for another draft of this sender may be denied in the same moment.
    """
    case = stored.find_case(session, mail.case_id, lock=lock) if mail.case_id is not None else None
    return case if case and not case.confidential and _may_be_of(session, case, mail.sender, lock=lock) else None


def read_own_words(mail: InboundMail) -> str:
    """Without what it answers."""
    return strip_answered(mail.words)


def add_answer(session: Session, mail: InboundMail, case: Case, person: str, now: datetime) -> None:
    """An officer read this draft: the reporter of its case wrote it, and the address is theirs from now on."""
    reporters.prove_email(reporters.get_reporter(session, case.reporter_id), mail.sender, now)
    files = [item.id for item in inbound_mails.list_files(session, mail.id)]
    _add(session, case, read_own_words(mail), files, now)
    inbound_mails.settle(session, mail, inbound_mails.ADDED, now, person=person, case_id=case.id)


def is_known(session: Session, case: Case) -> bool:
    """Whether an officer has said that the address that is kept of the case's reporter is theirs."""
    return reporters.get_reporter(session, case.reporter_id).email_proved_at is not None


def deny_address(session: Session, mail: InboundMail, case: Case, now: datetime) -> None:
    """An officer read it, and it is somebody else's: nothing more goes there, and the draft is as any other.

    What the reporter was asked in writing they are asked by telephone.
    """
    reporter = reporters.get_reporter(session, case.reporter_id)
    reporter.email, reporter.email_proved_at = None, None
    sent_mail.drop_held(session, case.id, f"{case.number}-reporter")
    reporter_mail.say_dead(session, case, now)
    mail.case_id = None


def _add(session: Session, case: Case, words: str, files: Sequence[int], now: datetime) -> None:
    actor = Actor(Role.REPORTER, person=reporters.name_caller(case.reporter_id))
    media.attach(session, files, case.id, "extra")
    if case.status == Status.NEEDS_INFO:
        on_behalf.answer(session, case, words, actor, now, media_ids=files)
        return
    details = {"media": list(files)} if files else {}
    entry = lifecycle.apply(session, case, Action.ADD, actor, now, note=words, details=details)
    if case.status == Status.RESOLVED:  # it may say that it is well, or not: somebody reads it and enters that
        callbacks.add(session, case_id=case.id, entry_id=entry.id, kind=callbacks.REPLY, now=now)


def settle_made(
    session: Session, mail: InboundMail, case: Case, reporter: Reporter, person: str, now: datetime
) -> None:
    """An officer made this case of it, or added it, for `reporter`: its files are the case's, its address is theirs."""
    if "forwarded" not in mail.notes.split():
        reporters.prove_email(reporters.hold(session, reporter.id), mail.sender, now)
    media.attach(session, [item.id for item in inbound_mails.list_files(session, mail.id)], case.id, "before")
    inbound_mails.settle(session, mail, inbound_mails.MADE, now, person=person, case_id=case.id)
