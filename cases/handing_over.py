"""A case that staff wrote down for somebody is taken into that person's own LINE, by a code that only they were given.

From then on they are its reporter as if they had told it there. Other cases of the same caller stay where they are:
a code is for one case.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from cases import lifecycle
from cases.statuses import Action, Actor, Role, Status
from storage import callbacks, followers, handovers, reporters
from storage import cases as stored
from storage.models import Case

Outcome = Literal["done", "followed", "mine", "used", "lapsed", "wrong"]


@dataclass(frozen=True, slots=True)
class Taken:
    """How it ended, and of which case; without one where the code leads nowhere."""

    outcome: Outcome
    case: Case | None = None


def make_code(session: Session, case: Case, secret_key: str, now: datetime) -> str | None:
    """A new code for a case, in place of older ones; None where its reporter has it in LINE already."""
    if reporters.get_reporter(session, case.reporter_id).line_user_id is not None:
        return None
    return handovers.add(session, case_id=case.id, secret_key=secret_key, now=now)


def take(session: Session, code: str, secret_key: str, chat_id: str, language: str, now: datetime) -> Taken:
    """Give the case of this code to the person of this chat. The caller holds their conversation."""
    found = handovers.find(session, code=code, secret_key=secret_key)
    case = stored.find_case(session, found.case_id, lock=True) if found is not None else None
    if found is None or case is None:
        return Taken("wrong")
    before = reporters.get_reporter(session, case.reporter_id)
    if before.line_user_id == chat_id:
        return Taken("mine", case)
    if found.used_at is not None or before.line_user_id is not None:
        return Taken("used")
    if found.ended_at is not None or found.expires_at <= now:
        return Taken("lapsed")
    found.used_at = now
    person = reporters.get_or_add_line_reporter(session, chat_id, now)
    actor = Actor(Role.REPORTER, person=chat_id, chat_id=chat_id)
    followers.leave(session, case.id, person.id, now)
    case.reporter_id, case.language = person.id, language
    lifecycle.apply(session, case, Action.NOTE, actor, now, details={"handed_over": True})
    callbacks.settle(session, case.id, None, now)
    into = _move_following(session, case, before.id, person.id, now)
    reporters.forget_caller(session, before.id)
    return Taken("followed", into) if into is not None else Taken("done", case)


def _move_following(session: Session, case: Case, before: int, person: int, now: datetime) -> Case | None:
    """Where the case went into another meanwhile, it is that one which they hear of."""
    if case.status != Status.MERGED or case.merged_into is None:
        return None
    into = stored.find_case(session, case.merged_into)
    if into is not None and into.reporter_id != person:
        followers.leave(session, into.id, before, now)
        followers.join(session, into.id, person, now, merged_from=case.id)
    return into
