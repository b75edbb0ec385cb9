"""A case that staff write down for somebody who rang, came by or wrote: the same intake, and a reporter without LINE.

Limits for one person do not apply. Who took it stands in the history. The same telephone number may be the same
person: that is for whoever takes the case to say, and never assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cases import intake, lifecycle
from cases.statuses import Action, Actor, Role, Status
from storage import cases as stored
from storage import followers, intake_forms, media, reporters
from storage.models import Case, Reporter

CHANNELS = ("phone", "walk_in", "mail", "fax", "event")
SEEN = "staff"  # a danger that the words do not name, but whoever took the case has seen


@dataclass(frozen=True, slots=True)
class Told:
    """What was written down. `place` is as a conversation keeps it; `caller`: the reporter whom staff know it to be.

    `shown`: the office may see name and telephone number.
    """

    description: str
    category: str
    place: dict[str, Any]
    channel: str
    phone: str | None = None
    email: str | None = None
    name: str | None = None
    shown: bool = False
    event: str | None = None
    danger: bool = False
    confidential: bool = False
    language: str = "th"
    caller: int | None = None
    media: Sequence[int] = field(default_factory=tuple)


def take(session: Session, told: Told, taken_by: Actor, user_id: int, now: datetime) -> Case:
    """Make the case, send it on its way and tell its reporter where that can be done in writing."""
    if told.channel not in CHANNELS:
        raise ValueError(f"no channel {told.channel!r}: choose from {', '.join(CHANNELS)}")
    slots = {
        "description": told.description,
        "category": told.category,
        "place": told.place,
        "phone": told.phone,
        "phone_shown": told.shown,
        "name": told.name if told.shown else None,
        "media": list(told.media),
    }
    case = intake.open_case(
        session,
        slots=slots,
        reporter=_find_reporter(session, told, now),
        language=told.language,
        actor=taken_by,
        now=now,
        channel=told.channel,
        confidential=told.confidential,
        danger=(SEEN,) if told.danger else (),
        details={"channel": told.channel} | ({"event": told.event} if told.event else {}),
    )
    intake_forms.note_intake(session, case.id, user_id, told.event, now)
    return case


def join(session: Session, case: Case, told: Told, taken_by: Actor, now: datetime) -> Reporter:
    """It is a case that is there already: this person follows it, and their words are kept with it for the officers."""
    reporter = _find_reporter(session, told, now)
    media.attach(session, told.media, case.id, "before")
    if reporter.id != case.reporter_id:
        followers.join(session, case.id, reporter.id, now)
        actor = Actor(Role.FOLLOWER, person=reporters.name_caller(reporter.id), organisation=taken_by.organisation)
        details = {"media": list(told.media), "by": taken_by.person, "channel": told.channel}
        lifecycle.apply(session, case, Action.FOLLOW, actor, now, note=told.description, details=details)
    else:
        add_words(session, case, told.description, taken_by, now, media_ids=told.media)
    return reporter


def add_words(
    session: Session, case: Case, words: str, taken_by: Actor, now: datetime, *, media_ids: Sequence[int] = ()
) -> None:
    """What the reporter said since, on the telephone or in writing; of a case that is over a note alone."""
    open_to_it = lifecycle.find_rule(Status(case.status), Action.ADD, Role.STAFF) is not None
    details = {"media": list(media_ids), "on_behalf": True} if media_ids else {"on_behalf": True}
    step = Action.ADD if open_to_it else Action.NOTE
    lifecycle.apply(session, case, step, taken_by, now, note=words, details=details)


def find_known(session: Session, told: Told) -> Reporter | None:
    """Whom staff know the caller to be: one of those who gave this number or address, and nobody else."""
    same = reporters.list_callers(session, told.phone, told.email) if told.caller else []
    return next((one for one in same if one.id == told.caller), None)


def list_changes(session: Session, told: Told) -> list[str]:
    """What taking it changes of a caller who is known: `phone`, `email`, `name`."""
    known = find_known(session, told)
    given = {"phone": told.phone, "email": told.email, "name": told.name}
    return [name for name, value in given.items() if known is not None and value and getattr(known, name) != value]


def _find_reporter(session: Session, told: Told, now: datetime) -> Reporter:
    known = find_known(session, told)
    if known is None:
        return reporters.add_caller(session, phone=told.phone, email=told.email, name=told.name, now=now)
    if told.email and not reporters.is_theirs(known, told.email):
        known.email, known.email_proved_at = told.email, None
    known.phone, known.name = told.phone or known.phone, told.name or known.name
    return known


def list_cases_of(session: Session, reporter: Reporter, limit: int = 3) -> list[Case]:
    """What this person told before, newest first; of confidential cases nothing is said here."""
    return stored.list_open_by_reporter(session, reporter.id, limit)
