"""What is everybody's own: the menu of all they may open, and the language they read."""

from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

import clock
from console.desk import Desk, Visit
from console.next_page import find_next
from console.pages import Pages
from console.permissions import Right
from console.sessions import find_signed_in
from storage import staff
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
    if signed_in is not None:
        with visit.database.begin(clock.now()) as session:
            user = staff.find(session, signed_in.staff.id)
            if user is not None:
                user.language = wanted
    return visit.go_to(find_next(visit.form.get("next")))
