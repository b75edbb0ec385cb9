"""The page behind an invitation: somebody sets their first password, or a new one, and then signs in with it."""

from dataclasses import replace

from flask import g
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from console import entering, passwords
from console.desk import Visit
from console.pages import Pages
from console.permissions import Right
from console.sessions import CHOSEN
from storage import sign_in_attempts, staff_secrets, staff_sessions
from storage.models import StaffUser

pages = Pages("invitation")


@pages.get("/invitation/<token>", Right.ANYBODY)
def show_invitation(visit: Visit, token: str) -> AnyResponse:
    """The form, while the link is good; looking uses nothing up, for mail programs look by themselves."""
    with visit.database.read() as session:
        user = staff_secrets.find_invited(session, token, visit.now)
        if user is None:
            visit.refuse(410)
        return _show(_speak(visit, user), user.email)


@pages.post("/invitation/<token>", Right.ANYBODY)
def take_password(visit: Visit, token: str) -> AnyResponse:
    """Keep the password; whoever was signed in with an older one is no more."""
    with visit.database.read() as session:
        invited = staff_secrets.find_invited(session, token, visit.now)
        if invited is None:
            visit.refuse(410)
        email, visit = invited.email, _speak(visit, invited)
    password = visit.form.get("password", "")
    try:
        passwords.check_password(password, email)
    except passwords.WeakPassword as problem:
        return _show(visit, email, 422, f"console.invitation.{problem}")
    if password != visit.form.get("again"):
        return _show(visit, email, 422, "console.invitation.different")
    kept = passwords.hash_password(password)
    with visit.database.begin(visit.now) as session:
        user = staff_secrets.find_invited(session, token, visit.now)
        if user is None or not staff_secrets.use_invitation(session, token, visit.now):
            visit.refuse(410)
        user.password_hash = kept
        staff_sessions.end_all(session, user.id)
        sign_in_attempts.forget(session, user.email)
        entering.record(session, visit, user, "user.password_set", by="invitation")
    cookie["language"] = visit.language
    visit.tell("console.invitation.done")
    return visit.go("sign_in.show_sign_in")


def _speak(visit: Visit, user: StaffUser) -> Visit:
    """In the language that was chosen for them, unless they chose one here."""
    if not cookie.get(CHOSEN):
        visit = g.visit = replace(visit, language=user.language)
    return visit


def _show(visit: Visit, email: str, status: int = 200, problem: str = "") -> AnyResponse:
    words = visit.say(problem) if problem else ""
    answer = visit.show("invitation.html", status, email=email, problem=words)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return answer
