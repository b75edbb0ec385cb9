"""A mark on the form of a page that showed somebody what would happen: without it nothing of that is done."""

import hmac
from collections.abc import Sequence

from console.desk import Desk


def mark(desk: Desk, what: str, said: Sequence[str]) -> str:
    """For this person, this step, and what the page told of it."""
    words = "\0".join([str(desk.staff.id), *said])
    return hmac.digest(desk.secret_key.encode(), f"{what}\0{words}".encode(), "sha256").hex()[:32]


def is_marked(desk: Desk, what: str, said: Sequence[str]) -> bool:
    """Whether the form that was sent (`seen`) comes from a page that told this very thing."""
    return hmac.compare_digest(desk.form.get("seen", "").encode(), mark(desk, what, said).encode())
