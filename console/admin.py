"""The overview of what administrators and officers look after beside the cases."""

from werkzeug.wrappers import Response as AnyResponse

from console import menu
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right

pages = Pages("admin")


@pages.get("/admin/", Right.SEE_DELIVERY)
def show_overview(desk: Desk) -> AnyResponse:
    """Every page of administration that is theirs, and what each is for."""
    entries = [each for each in menu.ADMINISTRATION if desk.may(each.right) and desk.has_page(each.endpoint)]
    return desk.show("admin.html", entries=[(each, each.words.rpartition(".")[2]) for each in entries])
