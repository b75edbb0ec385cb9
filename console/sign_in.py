"""Signing in by e-mail and password, then by a one-time code where one is needed; and signing out."""

from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console import entering, one_time_codes, passwords
from console.desk import Desk, Visit
from console.next_page import find_next
from console.pages import Pages
from console.permissions import Right
from console.sessions import drop_cookie, find_signed_in
from storage import staff, staff_secrets, staff_sessions
from storage.models import StaffSession, StaffUser

pages = Pages("sign_in")


@pages.get("/sign-in", Right.ANYBODY)
def show_sign_in(visit: Visit) -> AnyResponse:
    """The form; whoever is signed in goes on."""
    signed_in = find_signed_in(visit.settings, visit.database, visit.now)
    if signed_in is not None and signed_in.stage == "in":
        return visit.go_to(find_next(visit.args.get("next")))
    return _show_form(visit, visit.args.get("next"))


@pages.post("/sign-in", Right.ANYBODY)
def sign_in(visit: Visit) -> AnyResponse:
    """Compare the password; nobody learns whether it was the address that is unknown."""
    email, wanted = visit.form.get("email", "").strip().lower(), visit.form.get("next")
    with visit.database.read() as session:
        if minutes := entering.find_wait(session, visit, email):
            return _show_form(visit, wanted, email, 429, "wait", minutes=minutes)
        kept = staff.find_by_email(session, email)
    given = visit.form.get("password", "")
    fits = passwords.matches(kept.password_hash if kept else None, given)  # slow: no transaction is open meanwhile
    with visit.database.begin(visit.now) as session:
        user = staff.find_by_email(session, email)
        if user is None or not fits or user.disabled_at is not None or kept is None:
            entering.fail(session, visit, email, user, "password")
            return _show_form(visit, wanted, email, 422, "wrong")
        if user.password_hash != kept.password_hash:  # changed a moment ago
            return _show_form(visit, wanted, email, 422, "wrong")
        if passwords.is_outdated(user.password_hash or ""):
            user.password_hash = passwords.hash_password(given)
        stage = entering.choose_stage(visit.settings, user)
        token = entering.let_in(session, visit, user, stage=stage, by="password")
        language = user.language
    return entering.welcome(visit, token, stage=stage, language=language, wanted=wanted)


@pages.get("/sign-in/code", Right.ENTERING)
def show_code(desk: Desk) -> AnyResponse:
    """The form for the one-time code, or for a code that stands in for it."""
    return _show_step(desk, "code")


@pages.post("/sign-in/code", Right.ENTERING)
def take_code(desk: Desk) -> AnyResponse:
    """The code of the app, or a spare one; each opens once."""
    given = desk.form.get("code", "")
    with desk.begin() as session:
        row, user = _find_own(session, desk)
        if row is None or row.stage != "code":
            return desk.go("sign_in.show_sign_in")
        if minutes := entering.find_wait(session, desk, user.email):
            return _ask_code(desk, 429, "wait", minutes=minutes)
        by = "code"
        if not one_time_codes.accept_code(user, given, desk.now):
            by = "spare code"
            if not staff_secrets.use_recovery_code(session, user.id, given, desk.now):
                entering.fail(session, desk, user.email, user, "code")
                return _ask_code(desk, 422, "wrong_code")
        staff_sessions.end(session, row.id, user_id=user.id)
        token = entering.let_in(session, desk, user, stage="in", by=by)
        left = staff_secrets.count_recovery_codes(session, user.id)
    answer = entering.welcome(desk, token, stage="in", language=desk.language, wanted=desk.form.get("next"))
    if by == "spare code":
        desk.tell("console.sign_in.spare_used", tone="warning", left=left)
    return answer


@pages.get("/sign-in/set-up", Right.ENTERING)
def show_set_up(desk: Desk) -> AnyResponse:
    """The QR picture of a new secret, and the form for its first code."""
    return _show_step(desk, "set_up")


@pages.post("/sign-in/set-up", Right.ENTERING)
def take_set_up(desk: Desk) -> AnyResponse:
    """The first code of a new telephone; then the spare codes are shown, once."""
    with desk.begin() as session:
        row, user = _find_own(session, desk)
        if row is None or row.stage != "set_up":
            return desk.go("sign_in.show_sign_in")
        if minutes := entering.find_wait(session, desk, user.email):
            return _ask_first_code(desk, user, 429, "wait", minutes=minutes)
        if not one_time_codes.accept_code(user, desk.form.get("code", ""), desk.now):
            entering.fail(session, desk, user.email, user, "code")
            return _ask_first_code(desk, user, 422, "wrong_code")
        user.totp_since = desk.now
        codes = staff_secrets.make_recovery_codes(session, user.id, desk.now)
        entering.record(session, desk, user, "user.totp_set_up")
        staff_sessions.end(session, row.id, user_id=user.id)
        token = entering.let_in(session, desk, user, stage="in", by="code")
    answer = entering.welcome(desk, token, stage="in", language=desk.language, wanted=desk.form.get("next"))
    shown = desk.show("spare_codes.html", codes=codes, next=find_next(desk.form.get("next")))
    for cookie_set in answer.headers.getlist("Set-Cookie"):
        shown.headers.add("Set-Cookie", cookie_set)
    return shown


@pages.post("/sign-out", Right.ENTERING)
def sign_out(desk: Desk) -> AnyResponse:
    """End this browser's session."""
    with desk.begin() as session:
        staff_sessions.end(session, desk.session_id, user_id=desk.staff.id)
        desk.record(session, "sign_in.ended", f"user:{desk.staff.id}")
    language = desk.language
    cookie.clear()
    cookie["language"] = language
    return drop_cookie(desk.go("sign_in.show_sign_in"), desk.settings)


def _show_form(
    visit: Visit, wanted: str | None, email: str = "", status: int = 200, problem: str = "", **values: object
) -> AnyResponse:
    words = visit.say(f"console.sign_in.{problem}", **values) if problem else ""
    oidc = bool(visit.settings.oidc_issuer)
    return visit.show("sign_in.html", status, next=find_next(wanted), email=email, problem=words, oidc=oidc)


def _show_step(desk: Desk, stage: str) -> AnyResponse:
    """The page of a step, for whoever stands there; everybody else is sent where they are."""
    with desk.begin() as session:
        row, user = _find_own(session, desk)
        if row is None:
            return desk.go("sign_in.show_sign_in", next=desk.args.get("next"))
        if row.stage == "in":
            return desk.go_to(find_next(desk.args.get("next")))
        if row.stage != stage:
            return desk.go(f"sign_in.show_{row.stage}", next=desk.args.get("next"))
        if stage == "code":
            return _ask_code(desk)
        if not user.totp_secret:
            user.totp_secret = one_time_codes.make_secret()
        return _ask_first_code(desk, user)


def _find_own(session: Session, desk: Desk) -> tuple[StaffSession | None, StaffUser]:
    """This browser's session and account; no session where it came too late after the password."""
    user = session.get_one(StaffUser, desk.staff.id, with_for_update=True)  # a code opens one browser
    row = session.get(StaffSession, desk.session_id)
    if row is not None and row.stage != "in" and entering.is_late(row.created_at, desk.now):
        session.delete(row)
        return None, user
    return row, user


def _ask_code(desk: Desk, status: int = 200, problem: str = "", **values: object) -> AnyResponse:
    words = desk.say(f"console.sign_in.{problem}", **values) if problem else ""
    return desk.show("sign_in_code.html", status, next=_wanted(desk), problem=words)


def _ask_first_code(desk: Desk, user: StaffUser, status: int = 200, problem: str = "", **values: object) -> AnyResponse:
    words = desk.say(f"console.sign_in.{problem}", **values) if problem else ""
    return desk.show(
        "sign_in_set_up.html",
        status,
        next=_wanted(desk),
        problem=words,
        picture=one_time_codes.draw_secret(user.totp_secret or "", user.email),
        secret=user.totp_secret,
    )


def _wanted(desk: Desk) -> str:
    return find_next(desk.form.get("next") or desk.args.get("next"))
