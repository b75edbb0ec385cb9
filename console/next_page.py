"""Where somebody wanted to go before they had to sign in: a page of the console, and nothing else."""

from urllib.parse import urlsplit

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
