"""Signing in by e-mail and password, and out again."""

from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from console.desk import Desk, Visit
from console.next_page import find_next
from console.pages import Pages
from console.permissions import Right
from console.sessions import drop_cookie
from storage import staff_sessions

pages = Pages("sign_in")


@pages.get("/sign-in", Right.ANYBODY)
def show_sign_in(visit: Visit) -> AnyResponse:
    """The form."""
    return visit.show("sign_in.html", next=find_next(visit.args.get("next")), email="", problem="")


@pages.post("/sign-out", Right.ENTERING)
def sign_out(desk: Desk) -> AnyResponse:
    """End this browser's session."""
    with desk.begin() as session:
        staff_sessions.end(session, desk.session_id, user_id=desk.staff.id)
    language = desk.language
    cookie.clear()
    cookie["language"] = language
    return drop_cookie(desk.go("sign_in.show_sign_in"), desk.settings)
