"""What people without LINE are told: by e-mail where they gave an address, else by a call that staff owe them.

A follower hears in writing what followers hear, and is rung once it is said to be done; they are asked nothing.

The words are those of LINE. Of a confidential case nothing goes by mail, to whomever; then too somebody rings.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.messages.theme import fit, one_line
from cases import mailing, told_days, told_secrecy, views
from cases.audience import Told
from cases.mailing import SUBJECT_UNITS
from cases.statuses import Action, Role, Status
from integrations.mail_form import MailFact, MailLink, MailView, write_html, write_text
from storage import callbacks, followers, mail, media, reporters
from storage import cases as stored
from storage.links import Links
from storage.models import Case, HistoryEntry, Reporter
from texts.catalog import say

# What only the reporter can settle, and what a call about it is called.
CALLS = {Action.ASK: "ask", Action.RESOLVE: "confirm", Action.NOT_FOUND: "confirm"}
AFTER = (Action.RESOLVE, Action.NOT_FOUND)
# What wants no answer, and is owed to them all the same.
NEWS = frozenset({Action.PROMISE, Action.WAIT, Action.CLOSE, Action.REFER, Action.MERGE})
FOLLOWERS_LANGUAGE = "th"  # what they speak is written down nowhere


def tell(session: Session, case: Case, entry: HistoryEntry, words: str, now: datetime, *, held: bool = False) -> None:
    """Tell the reporter of a case in writing; where that cannot be, staff are to ring about what matters.

    `held`, here and below: unless something else is written soon that tells it too.
    """
    reporter = reporters.get_reporter(session, case.reporter_id)
    written = write(session, case, reporter, words, now, photos=entry.action in AFTER, held=held)
    if entry.action in (Action.UNDO, Action.SPLIT):
        _take_back_news(session, case, entry, now, written=written)
        return
    if entry.action in (Action.ACKNOWLEDGE, Action.START):
        callbacks.drop_news(session, case.id, now)
    kind = find_call(entry)
    brings = entry.action in told_days.BRINGS
    if brings and (told_days.find_fallen(session, case) is not None or told_secrecy.is_told_by(session, case, entry)):
        kind = callbacks.NEWS
    # To ask whoever has blocked us is the officers' matter, number or not.
    asked = entry.action in CALLS and reporter.line_user_id
    if kind and not written and (asked or reporter.phone or case.phone):
        callbacks.add(session, case_id=case.id, entry_id=entry.id, kind=kind, now=now)


def find_call(entry: HistoryEntry) -> str | None:
    """What a call about this step would be called; None where none is owed, as of what ends because nobody answers."""
    action = Action(entry.action)
    if action in NEWS:
        return callbacks.NEWS if entry.role != Role.SYSTEM else None
    return CALLS.get(action)


def _take_back_news(session: Session, case: Case, entry: HistoryEntry, now: datetime, *, written: bool) -> None:
    """A step was undone: whoever was rung about it hears that, and so does who heard of another day before."""
    step = stored.find_history(session, int(entry.details["undone"]))
    call = callbacks.find_news(session, step.id) if step is not None else None
    if step is None or call is None:
        return
    callbacks.drop_news(session, case.id, now)
    if not written and (call.done_by or (step.details.get("before") and step.action not in told_days.PASSES_ON)):
        callbacks.add(session, case_id=case.id, entry_id=entry.id, kind=callbacks.NEWS, now=now)


def tell_followers(
    session: Session,
    case: Case,
    entry: HistoryEntry,
    words: Callable[[str], str],
    now: datetime,
    *,
    held: bool = False,
) -> None:
    """Tell those who follow a case and have no LINE: in writing, else by a call once it is said to be done.

    `words`: what those are told in LINE, by language, where it is nothing that has a card of its own.
    """
    for one in [] if case.confidential else followers.list_callers(session, case.id):
        if one.id == case.reporter_id:
            continue
        after = entry.action in AFTER
        said = _say_after(session, case, entry, now) if after else words(FOLLOWERS_LANGUAGE)
        written = write(session, case, one, said, now, photos=after, follower=True, held=held)
        if not written and after and one.phone:
            callbacks.add_follower(session, case_id=case.id, entry_id=entry.id, reporter_id=one.id, now=now)


def _say_after(session: Session, case: Case, entry: HistoryEntry, now: datetime) -> str:
    told = Told("", FOLLOWERS_LANGUAGE, follower=True)
    view = views.see_closure(session, case, Action(entry.action), now, told)
    return say(told.language, f"closure.{view.outcome}", org=view.org)


def write(
    session: Session,
    case: Case,
    reporter: Reporter,
    words: str,
    now: datetime,
    *,
    photos: bool = False,
    follower: bool = False,
    held: bool = False,
) -> bool:
    """Queue an e-mail to this reporter, or follower; False where they have no address, or nothing may be written."""
    links = mailing.find_way(session)
    if links is None or not reporter.email or reporter.line_user_id or case.confidential:
        return False
    view = _see(session, case, words, links, now, photos=photos, follower=follower)
    thread = f"{case.number}{mail.OF_FOLLOWER}{reporter.id}" if follower else f"{case.number}-reporter"
    mail.drop_held(session, case.id, thread)
    mail.add_mail(
        session,
        organisation=mail.FOLLOWER if follower else mail.REPORTER,
        recipient=reporter.email,
        kind="reporter",
        case_id=case.id,
        thread=thread,
        domain=links.mail_domain,
        subject=view.subject,
        text=write_text(view),
        html=write_html(view),
        now=now,
        held=held,
    )
    return True


def _see(
    session: Session, case: Case, words: str, links: Links, now: datetime, *, photos: bool, follower: bool
) -> MailView:
    language = FOLLOWERS_LANGUAGE if follower else case.language
    place = views.name_khet(case.district or case.owner, language) if follower else views.describe_place(case, language)
    subject = "mailed.subject_followed" if follower else "mailed.subject"
    status = views.say_seen_later(session, case, language, now) or views.name_status(Status(case.status), language)
    after = media.list_for_case(session, case.id, "after") if photos else []
    shown = [item.id for item in after if item.kind == "image" and item.state == "stored"]
    facts = (
        ("mailed.category", views.name_category(case.category, language)),
        ("mailed.place", place),
        ("mailed.status", status),
    )
    return MailView(
        subject=fit(one_line(say(language, subject, number=case.number, status=status)), SUBJECT_UNITS),
        sender=say(language, "mail.sender"),
        lead=words,
        title=case.number,
        facts=[MailFact(say(language, key), told) for key, told in facts if told],
        photos=[
            MailLink(say(language, "mail.photo", count=place), links.mail_media_url(item, now))
            for place, item in enumerate(shown, 1)
        ],
        notes=[say(language, "mailed.answer_here" if links.reads_mail else "mailed.answer_by_phone")],
    )


def say_dead(session: Session, case: Case, now: datetime) -> None:
    """A mail to the reporter will not arrive: what they were asked or told in it goes by telephone."""
    reporter = reporters.get_reporter(session, case.reporter_id)
    kind = next((kind for kind, at in callbacks.WAITS_AT.items() if case.status == at), None)
    owed = {one.kind for one in callbacks.list_for_case(session, case.id)}
    entry = find_asked(session, case)
    last = stored.find_last_change(session, case.id)
    if entry is None and last is not None and (find_call(last) == callbacks.NEWS or _moved_with_day(last)):
        kind, entry = callbacks.NEWS, last
    if kind and kind not in owed and entry is not None and (reporter.phone or case.phone):
        callbacks.add(session, case_id=case.id, entry_id=entry.id, kind=kind, now=now)


def _moved_with_day(entry: HistoryEntry) -> bool:
    return entry.action in told_days.PASSES_ON and bool(entry.details.get("before"))


def say_follower_dead(session: Session, case: Case, recipient: str, now: datetime) -> None:
    """The same of a mail to somebody who follows the case."""
    entry = find_asked(session, case)
    if entry is None or entry.action not in AFTER:
        return
    for one in followers.list_callers(session, case.id):
        if one.email == recipient and one.phone:
            callbacks.add_follower(session, case_id=case.id, entry_id=entry.id, reporter_id=one.id, now=now)


def find_asked(session: Session, case: Case) -> HistoryEntry | None:
    """The step that waits for the reporter's word."""
    last = stored.find_last_change(session, case.id)
    return last if last is not None and last.action in CALLS else None
