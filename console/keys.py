"""Keys by which other programs ask ours: an administrator makes one, it is shown once, and it can be revoked.

A key can be made only for what is there to be asked; the page says what is not there yet.
"""

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import api_keys
from storage.models import ApiKey

pages = Pages("keys")
PURPOSES = ("partner", "open311", "data")
OPEN: tuple[str, ...] = ()  # of these, whose interface other programs can ask already
LONGEST_NAME = 80


@pages.get("/keys", Right.MANAGE_KEYS)
def show_keys(desk: Desk) -> AnyResponse:
    """All of them, and the form for another."""
    with desk.read() as session:
        return _show(desk, session)


@pages.post("/keys", Right.MANAGE_KEYS)
def add_key(desk: Desk) -> AnyResponse:
    """Make one, and show it this once."""
    name, purpose = desk.form.get("name", "").strip()[:LONGEST_NAME], desk.form.get("purpose", "")
    with desk.begin() as session:
        if not name or purpose not in OPEN:
            return _show(desk, session, 422)
        made_by = desk.staff.email
        key, words = api_keys.add(session, name=name, purpose=purpose, organisation=None, made_by=made_by, now=desk.now)
        desk.record(session, "key.made", f"key:{key.id}", purpose=purpose)
    return desk.show("key_made.html", words=words, name=name)


@pages.post("/keys/<int:key_id>/revoke", Right.MANAGE_KEYS)
def revoke_key(desk: Desk, key_id: int) -> AnyResponse:
    """From now on it opens nothing."""
    with desk.begin() as session:
        key = session.get(ApiKey, key_id)
        if key is None:
            desk.refuse(404)
        key.revoked_at = key.revoked_at or desk.now
        desk.record(session, "key.revoked", f"key:{key.id}")
    desk.tell("console.keys.revoked_told")
    return desk.go("keys.show_keys")


def _show(desk: Desk, session: Session, status: int = 200) -> AnyResponse:
    named = {each: desk.say(f"console.keys.for_{each}") for each in PURPOSES}
    return desk.show(
        "keys.html",
        status,
        keys=api_keys.list_all(session),
        purposes=[(each, named[each]) for each in OPEN],
        not_open=[words for each, words in named.items() if each not in OPEN],
        given=desk.form,
        problem=desk.say("console.keys.problem") if status != 200 and OPEN else "",
    )
