"""Erasing a person, as far as the law allows: the case file stays, without anything that says whose it is.

A public office must keep what was asked of it and what it did (the law on public archives), and the Ombudsman what was
said against an official. So words about a problem stay; name, telephone number, e-mail address, LINE id and photos go.
What is open still needs somebody to be told how it ends: it is erased by itself once it is over.

A person is named here by their LINE user id; one without LINE as `reporters.name_caller` has it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import lifecycle, unsaid_words, written_down
from cases.on_behalf import ON_BEHALF
from cases.phones import hide_phones
from cases.statuses import OVER, SYSTEM, Action, Actor, Role, Status
from cases.written_down import WrittenDown
from storage import callbacks, data_requests, erasure, handovers, inbound_mails, mail, notes, reporters
from storage import cases as stored
from storage.erasure import Cases, Whose
from storage.models import Case, CaseNote, DataRequest, HistoryWords, Reporter
from texts.catalog import say

SWEPT_AFTER = timedelta(minutes=10)  # what is said last must still find its way


@dataclass(frozen=True, slots=True)
class Erased:
    """What was asked for, and how many cases are still open and keep the LINE id until they are over."""

    request: DataRequest
    open: int


def count_open(session: Session, chat_id: str, now: datetime) -> int:
    """How many cases of this person would wait for their end."""
    reporter = reporters.find_person(session, chat_id)
    told = erasure.list_told(session, reporter.id, now) if reporter else []
    return sum(not _is_over(case) for case in told)


def erase(session: Session, chat_id: str, now: datetime, actor: Actor = SYSTEM) -> Erased:
    """Erase what can be erased now. The caller holds that person's conversation, and clears its draft.

    Of somebody without LINE whose case is open the number and the address stay, by which they are told of its end.
    """
    asked = data_requests.find_open(session, data_requests.ERASE, chat_id)
    asked = asked or data_requests.add(session, data_requests.ERASE, chat_id, now)
    name = _name(asked)
    reporter = reporters.find_person(session, chat_id)
    told = erasure.list_told(session, reporter.id, now) if reporter else []
    written = written_down.find(session, reporter, told)
    whose = Whose(chat_id, written.lines, written.files)
    open_now = [case for case in told if not _is_over(case)]
    kept = [case.id for case in open_now]
    for case in open_now:
        _forget_contact(session, case, reporter, now, actor)
    _forget_mails(session, written, kept)
    if reporter is not None:
        erasure.stop_following(session, reporter.id)
        callbacks.settle_follower(session, reporter.id, now)
        mail.forget_follower(session, reporter.id)
    data_requests.end_copies(session, chat_id, now)
    over = [case for case in told if _is_over(case)]
    _forget(session, whose, name, over, Cases(kept=kept), reporter, now, actor)
    erasure.forget_messages(session, chat_id)
    if reporter is not None:
        reporter.name = None
        erasure.forget_reporter(session, reporter.id)
    if not open_now:
        asked.done_at = now
    return Erased(asked, len(open_now))


def finish(session: Session, asked: DataRequest, now: datetime) -> bool:
    """Go on with an erasure: cases that are over meanwhile, then what bears the LINE id. Whether all is done."""
    chat_id = str(asked.chat_id)
    reporter = reporters.find_person(session, chat_id)
    if asked.done_at is None:
        told = erasure.list_told(session, reporter.id, asked.at) if reporter else []
        over = [case for case in told if _is_over(case)]
        if over:
            written = written_down.find(session, reporter, over)
            _forget_mails(session, written)
            whose = Whose(chat_id, written.lines, written.files)
            _forget(session, whose, _name(asked), over, Cases(only=[case.id for case in over]), reporter, now)
        if len(over) < len(told):
            return False
        if reporter is not None:
            mail.forget_follower(session, reporter.id)
            erasure.forget_reporter(session, reporter.id)
        asked.done_at = now
        return False
    if now - asked.done_at < SWEPT_AFTER:
        return False
    until = asked.done_at + SWEPT_AFTER / 2
    erasure.sweep(session, chat_id, _name(asked), until, whole=is_gone(session, chat_id))
    return True


def is_gone(session: Session, chat_id: str) -> bool:
    """Whether no case needs any more what says who this person is."""
    return reporters.find_person(session, chat_id) is None


def _forget(
    session: Session,
    whose: Whose,
    name: str,
    over: list[Case],
    cases: Cases,
    reporter: Reporter | None,
    now: datetime,
    actor: Actor = SYSTEM,
) -> None:
    if over:
        nobody = reporters.add_nobody(session, now)
        for case in over:
            _forget_contact(session, case, reporter, now, actor)
            case.description = _hide(case.description)
            case.reporter_id = nobody.id
            callbacks.settle(session, case.id, None, now)
            handovers.end_all(session, case.id, now)
    lines = erasure.forget_in_history(session, whose, name, cases)
    for said in erasure.list_words(session, lines):
        said.words = _hide(said.words)
    erasure.withdraw_photos(session, whose, name, cases, erasure.list_evidence(session, whose, OVER))


def _forget_mails(session: Session, written: WrittenDown, kept: Collection[int] = ()) -> None:
    """What they wrote to us; a mail that no officer has read yet stays until one has.

    Of cases that are `kept` open the address stays with the mail, as it does with the person: it says whose mails from
    there are, that are settled meanwhile.
    """
    settled = [one for one in (*written.mails, *written.loose) if one.state != inbound_mails.DRAFT]
    of_open = {one.id for one in settled if one.case_id in kept}
    inbound_mails.forget(session, of_open, sender=False)
    inbound_mails.forget(session, {one.id for one in settled} - of_open)


def _forget_contact(session: Session, case: Case, reporter: Reporter | None, now: datetime, actor: Actor) -> None:
    known = (reporter.phone, reporter.email, reporter.name) if reporter is not None else ()
    told = [words for words in dict.fromkeys((case.phone, case.shared_name, *known)) if words]
    case.phone, case.phone_shared, case.shared_name = None, False, None
    mail.forget_case(session, case.id)
    _forget_in_notes(session, case, told)
    typed = _forget_numbers(session, case)
    unsaid_words.take_out(session, case, dict.fromkeys(told, say("th", "my_data.number_erased")), now)
    if told or typed or _is_over(case):
        details = {"erased": True} | ({} if _is_over(case) else {"part": True})
        lifecycle.apply(session, case, Action.NOTE, actor, now, details=details)


def _forget_numbers(session: Session, case: Case) -> bool:
    """The telephone numbers that its reporter typed among the words; whether there were any."""
    said = [part for one in stored.list_history(session, case.id) if one.role == Role.REPORTER for part in one.said]
    holding = [part for part in said if _hide(part.words) != part.words]
    typed = bool(holding) or any(_hide(words) != words for words in (case.description, case.place))
    for part in holding:
        part.words = _hide(part.words)
    case.description, case.place = _hide(case.description), _hide(case.place)
    return typed


def _forget_in_notes(session: Session, case: Case, told: Sequence[str]) -> None:
    """How to reach this person, as staff wrote it down to each other or in the person's place."""
    entered = [one for one in stored.list_history(session, case.id) if ON_BEHALF in one.details]
    spoken: list[CaseNote | HistoryWords] = [said for one in entered for said in one.said]
    for written in (*notes.list_written(session, case.id), *spoken):
        words = written.words
        for named in told:
            words = words.replace(named, say("th", "my_data.number_erased"))
        written.words = _hide(words)


def _hide(words: str) -> str:
    return hide_phones(words, say("th", "my_data.number_erased"))


def _is_over(case: Case) -> bool:
    return Status(case.status) in OVER


def _name(asked: DataRequest) -> str:
    return f"erased:{asked.id}"
