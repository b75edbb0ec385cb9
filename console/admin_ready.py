"""The ready-made texts that staff offer one another when they write to a reporter."""

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases.categories import find_category, list_categories
from cases.views import name_category
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import ready_texts
from storage.models import ReadyText

pages = Pages("admin_ready")
PURPOSES = ("ask", "tell")
LONGEST_LABEL = 60
LONGEST = 1000


@pages.get("/admin/ready", Right.MANAGE_TEXTS)
def show_ready(desk: Desk) -> AnyResponse:
    """All of them, and the form for another; `edit` names the one that is changed."""
    with desk.read() as session:
        edited = _find(session, desk.args.get("edit", ""))
        given = {} if edited is None else _write(edited)
        return _show(desk, session, given)


def _show(desk: Desk, session: Session, given: dict[str, str], status: int = 200) -> AnyResponse:
    return desk.show(
        "admin_ready.html",
        status,
        texts=[
            (each, name_category(each.category, desk.language) if each.category else "")
            for each in ready_texts.list_all(session)
        ],
        categories=[(each.code, name_category(each.code, desk.language)) for each in list_categories()],
        purposes=[(each, desk.say(f"console.admin_ready.for_{each}")) for each in PURPOSES],
        given=given,
        problem="" if status == 200 else desk.say("console.admin_ready.problem"),
        longest=LONGEST,
    )


@pages.post("/admin/ready", Right.MANAGE_TEXTS)
def keep_ready(desk: Desk) -> AnyResponse:
    """A new text; or another wording of one, which then takes its place."""
    given = {name: desk.form.get(name, "").strip() for name in ("id", "purpose", "category", "label", "th", "en")}
    category = given["category"] or None
    fits = (
        given["purpose"] in PURPOSES
        and 0 < len(given["label"]) <= LONGEST_LABEL
        and all(0 < len(given[each]) <= LONGEST for each in ("th", "en"))
        and (category is None or find_category(category) is not None)
    )
    with desk.begin() as session:
        if not fits:
            return _show(desk, session, given, 422)
        before = _find(session, given["id"])
        text = ready_texts.add(
            session,
            purpose=given["purpose"],
            category=category,
            label=given["label"],
            th=given["th"],
            en=given["en"],
            now=desk.now,
        )
        if before is not None:
            before.withdrawn_at = desk.now
        desk.record(session, "ready_text.kept", f"ready_text:{text.id}", before=before.id if before else None)
    desk.tell("console.admin_ready.kept")
    return desk.go("admin_ready.show_ready")


@pages.post("/admin/ready/<int:text_id>/withdraw", Right.MANAGE_TEXTS)
def withdraw_ready(desk: Desk, text_id: int) -> AnyResponse:
    """It is offered no more."""
    with desk.begin() as session:
        text = session.get(ReadyText, text_id)
        if text is None:
            desk.refuse(404)
        text.withdrawn_at = text.withdrawn_at or desk.now
        desk.record(session, "ready_text.withdrawn", f"ready_text:{text_id}")
    desk.tell("console.admin_ready.withdrawn", url_for("admin_ready.restore_ready", text_id=text_id))
    return desk.go("admin_ready.show_ready")


@pages.post("/admin/ready/<int:text_id>/restore", Right.MANAGE_TEXTS)
def restore_ready(desk: Desk, text_id: int) -> AnyResponse:
    """That was a slip."""
    with desk.begin() as session:
        text = session.get(ReadyText, text_id)
        if text is None:
            desk.refuse(404)
        text.withdrawn_at = None
        desk.record(session, "ready_text.restored", f"ready_text:{text_id}")
    return desk.go("admin_ready.show_ready")


def _find(session: Session, given: str) -> ReadyText | None:
    return ready_texts.find(session, int(given)) if given.isdecimal() and len(given) < 18 else None


def _write(text: ReadyText) -> dict[str, str]:
    return {
        "id": str(text.id),
        "purpose": text.purpose,
        "category": text.category or "",
        "label": text.label,
        "th": text.th,
        "en": text.en,
    }
