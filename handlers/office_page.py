"""The page behind a mailed link: an office without a LINE group does one thing with one case, with no account.

Looking changes nothing, for mail programs follow links by themselves. A form is done once, however often it is sent.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from flask import Blueprint, Response, redirect, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

import clock
from config import Settings
from handlers import office_steps, office_uploads, office_views
from handlers.front_door import LARGEST_UPLOAD
from handlers.office_forms import CHANGE, CHOOSE_PHOTO, NO_PHOTO, SEND, SEND_WITH, WITHOUT, FormProblem, Wish, read_form
from handlers.office_limits import Limits
from handlers.office_steps import Standing
from storage import cases as stored
from storage.files import Store, StoreUnavailable
from storage.links import OFFICE_PATH, BadToken, OfficeLink, read_office_token, sign_form
from storage.links import read_form as read_form_name
from storage.media_claims import Stored
from storage.models import Case, HistoryEntry
from storage.session import Database

CLOSED_STATUS = {
    "expired": 410,
    "unknown": 404,
    "moved": 410,
    "withdrawn": 410,
    "over": 410,
    "busy": 429,
    "failed": 503,
}
log = structlog.get_logger()


def may_upload(settings: Settings) -> Callable[[str, str], bool]:
    """Tells by method and path whether a request may bring photos: only to a page whose link is genuine and alive."""

    def judge(method: str, path: str) -> bool:
        if method != "POST" or not path.startswith(OFFICE_PATH):
            return False
        try:
            link = read_office_token(settings.secret_key.get_secret_value(), path.removeprefix(OFFICE_PATH))
        except (BadToken, ValueError):
            return False
        return link.expires_at > clock.now()

    return judge


def office_blueprint(database: Database, store: Store, settings: Settings) -> Blueprint:
    """`GET` and `POST /office/<token>`."""
    blueprint = Blueprint("office", __name__, template_folder="templates")
    pages = OfficePages(database, store, settings.secret_key.get_secret_value())

    @blueprint.get(f"{OFFICE_PATH}<token>")
    def show(token: str) -> AnyResponse:
        return pages.answer(token, pages.show)

    @blueprint.post(f"{OFFICE_PATH}<token>")
    def act(token: str) -> AnyResponse:
        request.max_content_length = LARGEST_UPLOAD
        return pages.answer(token, pages.act)

    return blueprint


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a genuine link."""

    token: str
    link: OfficeLink
    now: datetime


class OfficePages:
    """Answers what the holder of a link asks."""

    def __init__(self, database: Database, store: Store, secret_key: str) -> None:
        self._database = database
        self._store = store
        self._key = secret_key
        self._limits = Limits()

    def answer(self, token: str, how: Callable[[Call], AnyResponse]) -> AnyResponse:
        """Open the link and answer; whatever is wrong is a page too."""
        try:
            link = read_office_token(self._key, token)
        except BadToken:
            return self._close("unknown")
        try:
            return how(Call(token, link, clock.now()))
        except BadToken:  # a form that is not ours
            return self._close("unknown")
        except (SQLAlchemyError, StoreUnavailable) as problem:
            log.error("office page failed", reason=type(problem).__name__)
            return self._close("failed")

    def show(self, call: Call) -> AnyResponse:
        """The form of this link; or, after it was sent, what came of it. Nothing is changed."""
        with self._database.read() as session:
            standing = office_steps.look(session, call.link, call.now)
            if done := request.args.get("done"):
                entry = office_steps.find_made(session, call.link, read_form_name(self._key, call.token, done))
                if entry is not None and standing.closed in (None, "moved", "over"):
                    return self._show_done(session, call, standing, entry, done)
            if standing.case is None:
                return self._close(str(standing.closed), number=standing.number)
            return self._show_form(session, call, standing.case)

    def act(self, call: Call) -> AnyResponse:
        """A form was sent: look at it once more before it goes, do it, or take it back."""
        if not self._limits.lets_pass(call.link.contact_id, call.now):
            return self._close("busy")
        given = request.form
        form = read_form_name(self._key, call.token, given.get("form", ""))
        if given.get("stage") == "undo":
            return self._undo(call, form)
        try:
            wish = read_form(call.link.purpose, given, office_views.find_today(call.now))
            stage = given.get("stage")
            if office_steps.is_shown_first(call.link, wish) and stage not in (SEND, SEND_WITH):
                return self._preview(call, wish, given)
            if call.link.purpose == "resolve" and stage != WITHOUT and not office_uploads.list_chosen(request.files):
                raise FormProblem(NO_PHOTO)
            return self._make(call, replace(wish, with_number=stage == SEND_WITH), form)
        except FormProblem as problem:
            return self._show_again(call, given, problem)

    def _make(self, call: Call, wish: Wish, form: str) -> AnyResponse:
        written: list[str] = []
        try:
            photos = self._keep_photos(call, form, written)
        except (FormProblem, StoreUnavailable):
            office_uploads.clear_up(self._store, written)
            raise
        # Where the commit fails nobody knows whether it came through: then the files stay, because an orphan is better
        # than a row without its photo.
        with self._database.begin(call.now) as session:
            standing = office_steps.look(session, call.link, call.now, lock=True)
            made = self._step(session, call, standing, wish, photos, form)
            done = made or office_steps.find_made(session, call.link, form) is not None
        if not made:
            office_uploads.clear_up(self._store, written)
        # Where it was not done, the page as it is now says why not.
        return redirect(f"{call.token}?done={request.form['form']}" if done else call.token, 303)

    def _step(
        self, session: Session, call: Call, standing: Standing, wish: Wish, photos: list[Stored], form: str
    ) -> bool:
        """Whether this request made the step; not where it came a second time, or may not be made any more."""
        if standing.case is None or standing.contact is None:
            return False
        if office_steps.find_made(session, call.link, form) is not None:
            return False
        if office_steps.is_promised(standing.case, wish):
            raise FormProblem("page.same_day")
        return (
            office_steps.make(session, standing.case, standing.contact, call.link, wish, photos, form, call.now)
            is not None
        )

    def _keep_photos(self, call: Call, form: str, written: list[str]) -> list[Stored]:
        """Nothing is drawn or stored for a form that was done, or can lead nowhere."""
        files = office_uploads.list_chosen(request.files)
        if not files:
            return []
        with self._database.read() as session:
            standing = office_steps.look(session, call.link, call.now)
            if standing.case is None or office_steps.find_made(session, call.link, form) is not None:
                return []
        return office_uploads.keep_photos(self._store, files, written, call.now)

    def _undo(self, call: Call, form: str) -> AnyResponse:
        undone = False
        with self._database.begin(call.now) as session:
            standing = office_steps.look(session, call.link, call.now, lock=True)
            if standing.case is not None and standing.contact is not None:
                entry = office_steps.find_made(session, call.link, form)
                if entry is not None:
                    undone = office_steps.undo(session, standing.case, standing.contact, entry, call.now)
        return redirect(f"{call.token}?done={request.form['form']}{'' if undone else '&late=1'}", 303)

    def _preview(self, call: Call, wish: Wish, given: Mapping[str, str]) -> AnyResponse:
        with self._database.begin(call.now) as session:
            standing = office_steps.look(session, call.link, call.now, lock=True)
            if standing.case is None or standing.contact is None:
                return self._close(str(standing.closed), number=standing.number)
            if given.get("stage") == CHANGE:
                return self._show_form(session, call, standing.case, given)
            if why := office_steps.find_unasked(session, standing.case, standing.contact, wish, call.now):
                return self._show_form(session, call, standing.case, given, FormProblem(why))
            noted = office_steps.note_read(session, standing.case, standing.contact, call.now)
            view = office_views.see_preview(session, standing.case, wish, call.link.purpose, given, call.now)
            return self._render(200, view | {"noted": noted} | self._name_form(call, given))

    def _show_again(self, call: Call, given: Mapping[str, str], problem: FormProblem) -> AnyResponse:
        with self._database.read() as session:
            standing = office_steps.look(session, call.link, call.now)
            if standing.case is None:
                return self._close(str(standing.closed), number=standing.number)
            return self._show_form(session, call, standing.case, given, problem)

    def _show_form(
        self,
        session: Session,
        call: Call,
        case: Case,
        given: Mapping[str, str] | None = None,
        problem: FormProblem | None = None,
    ) -> AnyResponse:
        adds = office_steps.may_add_photos(session, case, call.link)
        if not adds and not office_steps.is_possible(case, call.link):
            return self._render(200, office_views.see_standing(session, case, call.now))
        if adds and problem is not None and problem.key == NO_PHOTO:
            problem = FormProblem(CHOOSE_PHOTO)
        purpose = office_steps.find_purpose(case, call.link)
        view = office_views.see_form(session, case, purpose, given or {}, problem, self._sign_photo, call.now)
        view |= office_views.see_adding() if adds else {}
        return self._render(422 if problem else 200, view | self._name_form(call, given))

    def _show_done(
        self, session: Session, call: Call, standing: Standing, entry: HistoryEntry, done: str
    ) -> AnyResponse:
        """What came of a form; also where the case has gone to another office by it."""
        undone = office_steps.is_undone(session, entry)
        undoable = (
            not undone
            and standing.case is not None
            and standing.contact is not None
            and office_steps.can_undo(session, standing.case, standing.contact, entry, call.now)
        )
        case = standing.case or stored.find_case(session, entry.case_id)
        if case is None or case.confidential:
            return self._close("moved")
        view = office_views.see_done(session, case, entry, call.now, undone=undone, undoable=undoable)
        adds = standing.case is not None and office_steps.may_add_photos(session, standing.case, call.link)
        late = "late" in request.args and not undoable
        return self._render(200, view | {"form": done, "adds": adds, "late": late})

    def _name_form(self, call: Call, given: Mapping[str, str] | None) -> dict[str, str]:
        """A form that comes back with something missing keeps its name, for it was not done."""
        kept = (given or {}).get("form")
        return {"form": kept or sign_form(self._key, call.token)}

    def _sign_photo(self, media_id: int, now: datetime) -> str:
        return office_views.sign_photo(self._key, media_id, now)

    def _close(self, why: str, number: str = "") -> AnyResponse:
        return self._render(CLOSED_STATUS[why], office_views.see_closed(why, number))

    def _render(self, status: int, view: Mapping[str, object]) -> AnyResponse:
        nonce = secrets.token_urlsafe(16)
        answer = Response(render_template("office.html", nonce=nonce, **view), status, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer
