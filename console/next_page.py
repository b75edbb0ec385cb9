"""Where somebody wanted to go before they had to sign in: a page of the console, and nothing else."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from console.permissions import Right

HOME = "/console/"
LONGEST = 1000


def find_next(given: str | None, *, signing_in: bool = True) -> str:
    """The address if it is one of the console's own, else the first page; another site's leads nowhere.

    `signing_in`: nor does a page that is on the way in.
    """
    if not given or len(given) > LONGEST or not given.startswith(HOME) or not given.isprintable():
        return HOME
    parts = urlsplit(given)
    if parts.scheme or parts.netloc or "\\" in given or "/../" in parts.path or parts.path.endswith("/.."):
        return HOME
    return HOME if signing_in and parts.path.startswith(f"{HOME}sign-") else given


def find_page_of_form() -> str | None:
    """Where the form that was just sent can be filled in again: at its own address, else on the page that its browser
    names, else on the nearest one above.
    """
    parts = request.path.split("/")
    own, *above = ["/".join(parts[:count]) for count in range(len(parts), 2, -1)]
    return next((each for each in (own, _read_address(request.referrer), *above) if _is_page(each)), None)


def find_page_around() -> str | None:
    """The page that htmx asks a piece for."""
    page = _read_address(request.headers.get("HX-Current-URL"))
    return page if _is_page(page) else None


def _read_address(given: str | None) -> str:
    """Without the site before it: whatever that is, it leads to a page of ours or nowhere."""
    parts = urlsplit(given or "")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_page(address: str) -> bool:
    """Whether somebody who is signed in can open it; what only answers a form is none."""
    path, adapter = address.partition("?")[0], current_app.create_url_adapter(request)
    if adapter is None or find_next(address) != address:
        return False
    try:
        shown, _ = adapter.match(path, method="GET", return_rule=True)
    except HTTPException:
        return False
    rights = current_app.extensions["console.rights"]
    if rights.get(shown.endpoint) in (None, Right.ANYBODY, Right.ENTERING):
        return False
    try:
        sent, _ = adapter.match(path, method="POST", return_rule=True)
    except HTTPException:
        return True
    return sent.rule == shown.rule  # else `/cases/bulk` is taken for a case of that number
