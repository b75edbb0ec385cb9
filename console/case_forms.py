"""The name of a form: made when it is shown, so that however often it is sent it is done once."""

import re
import secrets

from console.desk import Desk

_NAME = re.compile(r"[A-Za-z0-9_-]{16,40}")


def make_name() -> str:
    """A new one, for a hidden field."""
    return secrets.token_urlsafe(16)


def read_name(desk: Desk) -> str:
    """The name of the form that was sent, as ours of this person; 400 where there is none."""
    given = desk.form.get("form", "")
    if _NAME.fullmatch(given) is None:
        desk.refuse(400)
    return f"form:{desk.staff.id}:{given}"[:64]
