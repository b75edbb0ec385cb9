"""The way in, whichever door was taken: what is still asked after it, what is counted, and what is written down."""

from datetime import datetime, timedelta

from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from console.desk import Visit
from console.next_page import find_next
from console.permissions import OMB_ROLES, StaffRole
from console.sessions import CHOSEN, open_session, set_cookie
from storage import audit, sign_in_attempts
from storage.models import StaffUser

ON_THE_WAY = timedelta(minutes=15)  # within which the one-time code must follow the password


def needs_code(settings: Settings, role: str) -> bool:
    """Whether this role must give a one-time code (STAFF_TOTP)."""
    if settings.staff_totp == "omb":
        return StaffRole(role) in OMB_ROLES
    return settings.staff_totp == "required"


def choose_stage(settings: Settings, user: StaffUser) -> str:
    """What follows the password: the code, setting one up, or nothing."""
    if user.totp_since is not None:
        return "code"
    return "set_up" if needs_code(settings, user.role) else "in"


def let_in(session: Session, visit: Visit, user: StaffUser, *, stage: str, by: str) -> str:
    """A new session, never one that was there before; comes back with what the cookie is to hold."""
    if cookie.pop(CHOSEN, False) and user.seen_at is None:
        user.language = visit.language  # who was never in has chosen none of their own: it is what they pressed here
    if stage == "in":
        sign_in_attempts.forget(session, user.email)
        user.seen_at = visit.now
        record(session, visit, user, "sign_in.done", by=by)
    return open_session(session, visit.settings, user, stage=stage, now=visit.now)


def welcome(visit: Visit, token: str, *, stage: str, language: str, wanted: str | None) -> AnyResponse:
    """On to the next step, or to where they wanted to go."""
    cookie.clear()  # a form that was opened before is no longer good
    cookie["language"] = language
    path = find_next(wanted)
    answer = visit.go_to(path) if stage == "in" else visit.go(f"sign_in.show_{stage}", next=path)
    return set_cookie(answer, visit.settings, token)


def fail(session: Session, visit: Visit, account: str, user: StaffUser | None, by: str) -> None:
    """Count it; where there is such an account, its people can see it in the log."""
    sign_in_attempts.add(session, account, visit.address, visit.now)
    if user is not None:
        record(session, visit, user, "sign_in.failed", by=by)


def find_wait(session: Session, visit: Visit, account: str) -> int | None:
    """In how many minutes they may try again; None: now."""
    wait = sign_in_attempts.find_wait(session, account, visit.address, visit.now)
    return None if wait is None else max(1, -(-int(wait.total_seconds()) // 60))


def is_late(began: datetime, now: datetime) -> bool:
    """Whether the password was given too long ago for a code to follow."""
    return now - began > ON_THE_WAY


def record(session: Session, visit: Visit, user: StaffUser, verb: str, **details: object) -> None:
    """Write down what somebody did who is not signed in yet."""
    audit.add(
        session,
        user_id=user.id,
        who=user.email,
        organisation=user.organisation,
        verb=verb,
        about=f"user:{user.id}",
        now=visit.now,
        details=dict(details),
    )
