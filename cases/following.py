"""Joining a case that somebody else told, and leaving it: its office sees that there are more, and hears no noise.

A follower's words are for the Ombudsman's officers: the office has those of the case, and one person's words are
nothing for another to read. Their photos show the problem, and go to the case.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from cases import audience, lifecycle, staff_lines, verdicts, views
from cases.desk import OMB
from cases.phones import hide_phones
from cases.statuses import Action, Actor, Role, Status
from storage import cases as stored
from storage import followers, groups, mail, media, media_returns, outbox, reporters
from storage.models import Case, HistoryEntry, Reporter
from texts.catalog import say

READERS = "th"  # officers
DOUBTS = "staff_doubts"
SENT_AFTER = "sent_after"  # in history: a photo that came when its sender had joined
# Where what followers say is for the officers to hear; of what is disputed the card says it.
DOUBTED = {Status.RESOLVED: "staff.doubts", Status.CLOSED: "staff.doubts_closed"}


def act_as_follower(chat_id: str) -> Actor:
    """Somebody who follows, as the history names who acts."""
    return Actor(Role.FOLLOWER, person=chat_id, chat_id=chat_id)


def join(
    session: Session,
    case: Case,
    reporter: Reporter,
    now: datetime,
    *,
    words: str = "",
    told_by: Sequence[Sequence[str]] = (),
    media_ids: Sequence[int] = (),
) -> HistoryEntry:
    """Make this person a follower, with what they told. A closed case is brought to the officers' notice."""
    media.attach(session, media_ids, case.id, "before")
    first = followers.join(session, case.id, reporter.id, now)
    entry = lifecycle.apply(
        session,
        case,
        Action.FOLLOW,
        act_as_follower(str(reporter.line_user_id)),
        now,
        note=words,
        details={"media": list(media_ids)} | ({} if first else {"again": True}),
        told_by=told_by,
    )
    if case.status == Status.CLOSED:
        staff_lines.tell_still_there(session, case, now)
    return entry


def take_back(session: Session, case: Case, reporter: Reporter, entry_id: int, now: datetime) -> None:
    """It was a slip: as if they had not joined, but for the history, which says both."""
    entry = stored.find_history(session, entry_id)
    if entry is None or entry.case_id != case.id or entry.actor_id != reporter.line_user_id:
        return
    media_returns.release(session, entry.details.get("media", ()), case.id, now)
    if not entry.details.get("again"):
        followers.leave(session, case.id, reporter.id, now)
    followers.forget_told(session, entry)
    actor = act_as_follower(str(reporter.line_user_id))
    lifecycle.apply(session, case, Action.NOTE, actor, now, details={"unjoined": entry.id})


def add_photo(session: Session, case: Case, chat_id: str, media_id: int, now: datetime) -> HistoryEntry:
    """A photo of a follower's that came after they joined: it shows the problem, and goes to the case."""
    media.attach(session, [media_id], case.id, "before")
    details = {"media": [media_id], SENT_AFTER: True}
    return lifecycle.apply(session, case, Action.NOTE, act_as_follower(chat_id), now, details=details)


def take_photos_back(session: Session, case: Case, chat_id: str, since: datetime, now: datetime) -> list[int]:
    """What this follower sent so since then belongs to no case again; which photos they are."""
    told = [entry for entry in stored.list_history(session, case.id) if entry.actor_id == chat_id and entry.at >= since]
    sent = [one for entry in told if entry.details.get(SENT_AFTER) for one in entry.details["media"]]
    released = media_returns.release(session, sent, case.id, now)
    if released:
        details = {"unsent": released}
        lifecycle.apply(session, case, Action.NOTE, act_as_follower(chat_id), now, details=details)
    return released


def comment(
    session: Session,
    case: Case,
    chat_id: str,
    now: datetime,
    *,
    answer: str = "",
    words: str = "",
    message_id: str | None = None,
    kept: Mapping[str, Any] | None = None,
) -> HistoryEntry:
    """What a follower says of it, for the officers: an answer of the three, or words, and what is kept of those."""
    details = ({"follower_says": answer} if answer else {}) | dict(kept or {})
    actor = act_as_follower(chat_id)
    entry = lifecycle.apply(session, case, Action.NOTE, actor, now, note=words, details=details, message_id=message_id)
    if answer and case.status == Status.RESOLVED:
        tell_doubts(session, case)
    return entry


def tell_doubts(session: Session, case: Case) -> None:
    """Followers say that it is not done: the officers hear it with their next call while the reporter has not
    answered, and at once where the case has ended all the same, for then nobody else can open it again.
    """
    outbox.drop_waiting(session, None, case.id, DOUBTS)
    said = audience.count_answers(stored.list_history(session, case.id))
    count = said.get("no", 0) + said.get("partly", 0)
    if not count or case.confidential or case.status not in DOUBTED:
        return
    office = views.name_office(case.owner, READERS)
    words = say(READERS, DOUBTED[Status(case.status)], number=case.number, office=office, count=count)
    waits = case.status != Status.CLOSED
    for group_id in groups.list_bound(session, OMB):
        outbox.queue(session, group_id, text_bubble(words), kind=DOUBTS, case_id=case.id, waits=waits)


def leave_to_followers(session: Session, case: Case, actor: Actor, now: datetime) -> bool:
    """The reporter takes back a case that others follow: it goes on as nobody's, without what says whose it was.

    No follower takes their place, for the reporter's words would be theirs to read. False where nobody follows it.
    """
    if not followers.count(session, [case.id]):
        return False
    # A question that only the reporter could answer would hold the case up for ever.
    asked = case.status == Status.NEEDS_INFO
    step = Action.ANSWER if asked else Action.NOTE
    lifecycle.apply(session, case, step, actor, now, details={"left": True}, quietly=True)
    case.reporter_id = reporters.add_nobody(session, now).id
    case.phone, case.phone_shared, case.shared_name = None, False, None
    case.description = hide_phones(case.description, say("th", "my_data.number_erased"))
    mail.forget_case(session, case.id)
    return True


def has_hearer(session: Session, case: Case) -> bool:
    """Whether anybody can be asked how it is: its reporter, or those to whom they left it."""
    reporter = reporters.get_reporter(session, case.reporter_id)
    reached = reporter.line_user_id or reporter.email or reporter.phone or case.phone
    return bool(reached) or bool(followers.list_people(session, case.id))


def settle(session: Session, case: Case, chat_id: str, now: datetime) -> None:
    """Where the reporter has left the case to its followers, their answers are its verdict.

    One who says that it is not well brings it before the officers; it is well where all of them say so.
    """
    left = reporters.get_reporter(session, case.reporter_id).is_nobody
    if not left or case.status != Status.RESOLVED:
        return
    said = audience.count_answers(stored.list_history(session, case.id))
    bad = next((answer for answer in ("no", "partly") if said.get(answer)), None)
    if bad is None and said.get("yes", 0) < len(followers.list_people(session, case.id)):
        return
    answer, step = (bad, Action.DISPUTE) if bad else ("yes", Action.CONFIRM)
    actor = Actor(Role.REPORTER, person=chat_id, chat_id=chat_id)  # in whose place they speak
    lifecycle.apply(session, case, step, actor, now, details={"answer": answer, "shared": True})
    verdicts.record_verdict(session, case, answer, now)
    tell_doubts(session, case)
