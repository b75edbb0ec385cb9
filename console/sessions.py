"""The cookie of a browser that is signed in, and whom it stands for.

What it holds is chance, signed; all else is in the database, so that signing out ends it there and not only here.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from console.permissions import Staff, StaffRole
from storage import staff_sessions
from storage.links import is_session_token, make_session_token
from storage.models import StaffUser
from storage.session import Database

COOKIE = "fasttrack_staff"
PATH = "/console"
CHOSEN = "language_chosen"  # somebody who is not signed in chose the language in this browser
UNATTENDED = frozenset({"case.say_here"})  # a page left open asks by itself: nobody is there for that


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that holds a good cookie. `stage`: see `StaffSession`."""

    session_id: int
    stage: str
    staff: Staff


def see_staff(user: StaffUser) -> Staff:
    """An account as pages know it."""
    return Staff(user.id, user.name or user.email, user.email, StaffRole(user.role), user.organisation, user.language)


def find_signed_in(settings: Settings, database: Database, now: datetime) -> SignedIn | None:
    """Who holds the cookie of this request; that they were seen is kept once a minute."""
    token = request.cookies.get(COOKIE, "")
    if not is_session_token(settings.secret_key.get_secret_value(), token):
        return None
    with database.read() as session:
        found = staff_sessions.find(session, token, now)
        if found is None:
            return None
        row, user = found
        seen, signed_in = row.seen_at, SignedIn(row.id, row.stage, see_staff(user))
    by_itself = request.endpoint in UNATTENDED
    if not by_itself and (now - seen >= staff_sessions.TOUCH or seen > now):
        with database.begin(now) as session:
            staff_sessions.touch(session, signed_in.session_id, now)
    return signed_in


def open_session(session: Session, settings: Settings, user: StaffUser, *, stage: str, now: datetime) -> str:
    """A new session of this person; comes back with what the cookie is to hold."""
    token = make_session_token(settings.secret_key.get_secret_value())
    device = request.headers.get("User-Agent", "")
    staff_sessions.add(session, user.id, token, stage=stage, device=device, now=now)
    return token


def set_cookie(answer: AnyResponse, settings: Settings, token: str) -> AnyResponse:
    """Hand the cookie over; no script can read it, and no other site can send a form with it."""
    answer.set_cookie(
        COOKIE,
        token,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.public_base_url.startswith("https://"),
        max_age=int(staff_sessions.LIFE.total_seconds()),
    )
    return answer


def drop_cookie(answer: AnyResponse, settings: Settings) -> AnyResponse:
    """Take it back."""
    answer.delete_cookie(
        COOKIE, path=PATH, httponly=True, samesite="Lax", secure=settings.public_base_url.startswith("https://")
    )
    return answer
