"""The first page: what needs whoever is signed in now."""

from werkzeug.wrappers import Response as AnyResponse

from console.desk import Desk
from console.pages import Pages
from console.permissions import Right

pages = Pages("today")


@pages.get("/", Right.SEE_TODAY)
def show_today(desk: Desk) -> AnyResponse:
    """The page, by role."""
    return desk.show("today.html")
