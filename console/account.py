"""What is everybody's own: the menu of all they may open, their language, password, telephone and open sessions."""

from flask import session as cookie
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console import entering, one_time_codes, passwords
from console.desk import Desk, Visit
from console.next_page import find_next
from console.pages import Pages
from console.permissions import Right
from console.sessions import CHOSEN, drop_cookie, find_signed_in
from storage import staff, staff_secrets, staff_sessions
from storage.models import StaffUser
from texts.catalog import LANGUAGES

pages = Pages("account")


@pages.get("/menu", Right.SIGNED_IN)
def show_menu(desk: Desk) -> AnyResponse:
    """Every page they may open: on a phone the whole menu."""
    return desk.show("menu.html")


@pages.post("/language", Right.ANYBODY)
def choose_language(visit: Visit) -> AnyResponse:
    """Thai or English, here and (signed in) wherever they sign in."""
    wanted = visit.form.get("language", "")
    if wanted not in LANGUAGES:
        visit.refuse(400)
    cookie["language"] = wanted
    signed_in = find_signed_in(visit.settings, visit.database, visit.now)
    if signed_in is None:
        cookie[CHOSEN] = True  # goes with whoever signs in for the first time
    else:
        with visit.database.begin(visit.now) as session:
            user = staff.find(session, signed_in.staff.id)
            if user is not None:
                user.language = wanted
    return visit.go_to(find_next(visit.form.get("next"), signing_in=False))


@pages.get("/account", Right.SIGNED_IN)
def show_account(desk: Desk) -> AnyResponse:
    """Their own account."""
    with desk.read() as session:
        return _show(desk, session)


@pages.post("/account/password", Right.SIGNED_IN)
def change_password(desk: Desk) -> AnyResponse:
    """Another password, by whoever knows the present one; every other browser is signed out."""
    present, wanted = desk.form.get("present", ""), desk.form.get("password", "")
    with desk.read() as session:
        user = session.get_one(StaffUser, desk.staff.id)
        if minutes := entering.find_wait(session, desk, user.email):
            return _show(desk, session, 429, wait=minutes)
        kept = user.password_hash
    fits = passwords.matches(kept, present)
    try:
        passwords.check_password(wanted, desk.staff.email)
        problem = "" if wanted == desk.form.get("again") else "different"
    except passwords.WeakPassword as weak:
        problem = str(weak)
    made = passwords.hash_password(wanted) if fits and not problem else None
    with desk.begin() as session:
        user = session.get_one(StaffUser, desk.staff.id)
        if not fits:
            entering.fail(session, desk, user.email, user, "password")
            return _show(desk, session, 422, present=True)
        if made is None:
            return _show(desk, session, 422, password=problem)
        user.password_hash = made
        staff_sessions.end_all(session, user.id, but=desk.session_id)
        staff_secrets.end_invitations(session, user.id)
        desk.record(session, "user.password_set", f"user:{user.id}", by="themselves")
    desk.tell("console.account.password_kept")
    return desk.go("account.show_account")


@pages.post("/account/telephone", Right.SIGNED_IN)
def begin_telephone(desk: Desk) -> AnyResponse:
    """A secret for a new telephone; the present one stays good until the new one gave its first code."""
    cookie["new_totp"] = one_time_codes.make_secret()
    return desk.go("account.show_telephone")


@pages.get("/account/telephone", Right.SIGNED_IN)
def show_telephone(desk: Desk) -> AnyResponse:
    """The QR picture of the new secret."""
    return _show_telephone(desk)


@pages.post("/account/telephone/code", Right.SIGNED_IN)
def keep_telephone(desk: Desk) -> AnyResponse:
    """The password and the first code of the new telephone; then the spare codes, once."""
    secret = cookie.get("new_totp")
    if not secret:
        return desk.go("account.show_account")
    with desk.read() as session:
        user = session.get_one(StaffUser, desk.staff.id)
        if minutes := entering.find_wait(session, desk, user.email):
            return _show_telephone(desk, 429, desk.say("console.sign_in.wait", minutes=minutes))
        kept = user.password_hash
    fits = passwords.matches(kept, desk.form.get("present", ""))
    with desk.begin() as session:
        user = session.get_one(StaffUser, desk.staff.id, with_for_update=True)
        if not fits:
            entering.fail(session, desk, user.email, user, "password")
            return _show_telephone(desk, 422, desk.say("console.account.present_wrong"))
        step = one_time_codes.find_step(secret, desk.form.get("code", ""), desk.now)
        if step is None:
            entering.fail(session, desk, user.email, user, "code")
            return _show_telephone(desk, 422, desk.say("console.sign_in.wrong_code"))
        user.totp_secret, user.totp_step, user.totp_since = secret, step, desk.now
        codes = staff_secrets.make_recovery_codes(session, user.id, desk.now)
        staff_sessions.end_all(session, user.id, but=desk.session_id)
        desk.record(session, "user.totp_set_up", f"user:{user.id}")
    cookie.pop("new_totp")
    return desk.show("spare_codes.html", codes=codes, next=find_next("/console/account"))


@pages.post("/account/sessions/<int:row>/end", Right.SIGNED_IN)
def end_session(desk: Desk, row: int) -> AnyResponse:
    """Sign one other browser of theirs out."""
    with desk.begin() as session:
        staff_sessions.end(session, row, user_id=desk.staff.id)
        desk.record(session, "sign_in.ended", f"user:{desk.staff.id}")
    desk.tell("console.account.session_ended")
    return desk.go("account.show_account")


@pages.post("/account/sessions/end", Right.SIGNED_IN)
def end_everywhere(desk: Desk) -> AnyResponse:
    """Sign out everywhere, here too."""
    with desk.begin() as session:
        staff_sessions.end_all(session, desk.staff.id)
        desk.record(session, "sign_in.ended_everywhere", f"user:{desk.staff.id}")
    cookie.clear()
    cookie["language"] = desk.language
    return drop_cookie(desk.go("sign_in.show_sign_in"), desk.settings)


def _show(
    desk: Desk, session: Session, status: int = 200, *, wait: int = 0, present: bool = False, password: str = ""
) -> AnyResponse:
    user = session.get_one(StaffUser, desk.staff.id)
    problem = desk.say("console.sign_in.wait", minutes=wait) if wait else ""
    return desk.show(
        "account.html",
        status,
        user=user,
        problem=problem,
        present_error=desk.say("console.account.present_wrong") if present else "",
        password_error=desk.say(f"console.invitation.{password}") if password else "",
        sessions=staff_sessions.list_of(session, user.id, desk.now),
        here=desk.session_id,
        spare=staff_secrets.count_recovery_codes(session, user.id),
    )


def _show_telephone(desk: Desk, status: int = 200, problem: str = "") -> AnyResponse:
    secret = cookie.get("new_totp")
    if not secret:
        return desk.go("account.show_account")
    picture = one_time_codes.draw_secret(secret, desk.staff.email)
    return desk.show("account_telephone.html", status, problem=problem, picture=picture, secret=secret)
