"""The console as a web application of its own, so that its cookies, its CSRF guard and its errors touch nothing else.

It is made when somebody first asks for it (`commands/web.py`): a process that only takes webhooks never pays for it.
"""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from flask import Flask, Response, abort, g, make_response, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

import clock
from config import Settings
from console import errors
from console.admin_delivery import REPLAY
from console.all_pages import ALL
from console.assets import ADDRESS, send_asset
from console.desk import Desk, Visit
from console.next_page import find_page_around, find_page_of_form
from console.oidc import set_up_oidc
from console.pages import Key, Route
from console.permissions import Right, may
from console.rendering import set_up_templates
from console.sessions import SignedIn, find_signed_in
from storage.faults import is_outage, locate
from storage.files import Store, StoreUnavailable
from storage.session import Database
from texts.catalog import LANGUAGES

LARGEST_FORM = 2_000_000
LARGEST_UPLOAD = 40_000_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UPLOADS = {route.endpoint for pages in ALL for route in pages.routes if route.uploads}
log = structlog.get_logger()


def write_policy(settings: Settings) -> str:
    """What a page may load: our own parts, and where there are map tiles, those pictures from there."""
    return POLICY.format(tiles=f" {settings.map_tiles_origin}" if settings.map_tiles_origin else "")


def create_console(settings: Settings, database: Database, store: Store, replay: Callable[[str], str]) -> Flask:
    """The application over parts that are already open; `replay` works on a failed event once more."""
    app = Flask("console", static_folder=None, template_folder="templates")
    key = settings.secret_key.get_secret_value().encode()
    app.config.update(
        SECRET_KEY=hmac.digest(key, b"console cookies", "sha256"),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        SESSION_COOKIE_NAME="fasttrack_console",
        SESSION_COOKIE_PATH="/console",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_base_url.startswith("https://"),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the cookie it belongs to
    )
    app.url_map.strict_slashes = app.url_map.merge_slashes = False  # else it sends on to an address of its own making
    app.url_map.converters["int"] = Key
    front = _Front(settings, database, store)
    app.before_request(front.let_photos_in)  # before the CSRF guard reads the form
    CSRFProtect(app)
    app.before_request(_refuse_nul)
    set_up_templates(app)
    set_up_oidc(app, settings)
    for pages in ALL:
        for route in pages.routes:
            app.add_url_rule(
                route.rule,
                endpoint=route.endpoint,
                view_func=front.answer_with(route),
                methods=[route.method],
                provide_automatic_options=False,
            )
    app.add_url_rule(f"{ADDRESS}/<version>/<path:path>", endpoint="assets", view_func=send_asset, methods=["GET"])
    app.after_request(partial(_add_headers, HEADERS | {"Content-Security-Policy": write_policy(settings)}))
    app.register_error_handler(HTTPException, front.show_refusal)
    app.register_error_handler(Exception, front.show_failure)
    app.extensions[REPLAY] = replay
    app.extensions["console.rights"] = {route.endpoint: route.right for pages in ALL for route in pages.routes}
    return app


class _Front:
    """Looks who asks before a page is drawn, and makes a page of whatever goes wrong."""

    def __init__(self, settings: Settings, database: Database, store: Store) -> None:
        self._settings = settings
        self._database = database
        self._store = store

    def let_photos_in(self) -> None:
        """A form that may bring photos may be large; whose it is was looked at before it was read (front door)."""
        if request.endpoint in UPLOADS:
            request.max_content_length = LARGEST_UPLOAD

    def answer_with(self, route: Route) -> Callable[..., AnyResponse]:
        """What Flask calls for a route."""

        def answer(**values: Any) -> AnyResponse:
            now = clock.now()
            if route.right == Right.ANYBODY:
                return make_response(route.view(self._visit(), **values))
            signed_in = find_signed_in(self._settings, self._database, now)
            if signed_in is None:
                return self._ask_to_sign_in("sign_in.show_sign_in", route)
            if signed_in.stage != "in" and route.right != Right.ENTERING:
                return self._ask_to_sign_in(f"sign_in.show_{signed_in.stage}", route)
            desk = self._desk(signed_in, now)
            if not may(signed_in.staff.role, route.right):
                abort(403)
            return make_response(route.view(desk, **values))

        return answer

    def _visit(self) -> Visit:
        language = session.get("language", "th")
        spoken = language if language in LANGUAGES else "th"
        visit = Visit(self._database, self._store, self._settings, clock.now(), spoken)
        g.visit = visit
        return visit

    def _desk(self, signed_in: SignedIn, now: datetime) -> Desk:
        staff, row = signed_in.staff, signed_in.session_id
        desk = Desk(self._database, self._store, self._settings, now, staff.language, staff=staff, session_id=row)
        g.visit = desk
        return desk

    def _ask_to_sign_in(self, endpoint: str, route: Route) -> AnyResponse:
        """A page that was asked for is opened afterwards. A form that was sent is not sent again: they are told so, and
        come back to where it stands; a script of ours holds what was typed until then (`assets/unsent.js`).
        """
        if "HX-Request" in request.headers:
            around = find_page_around()
            if around is not None:
                self._visit().tell("console.sign_in.ended", tone="warning")
            return Response("", 200, {"HX-Redirect": url_for(endpoint, next=around)})
        if route.method == "GET":
            return redirect(url_for(endpoint, next=request.full_path.removesuffix("?")), 303)
        if route.right == Right.ENTERING:  # a code that came too late, or somebody who wanted to leave
            return redirect(url_for(endpoint), 303)
        self._visit().tell("console.sign_in.unsent", tone="warning")
        return redirect(url_for(endpoint, next=find_page_of_form()), 303)

    def show_refusal(self, problem: HTTPException) -> AnyResponse:
        """A page for what cannot be shown or done."""
        if problem.response is not None:
            return make_response(problem.response)
        if problem.code is not None and problem.code < 400:
            return make_response(problem.get_response())
        return self._show_error(problem.code or 500)

    def show_failure(self, problem: Exception) -> AnyResponse:
        """A page for what went wrong with us; the log says where, and nothing that anybody wrote."""
        if isinstance(problem, StaleDataError):
            return self._show_error(409)
        log.error("console page failed", endpoint=request.endpoint, **locate(problem))
        return self._show_error(503 if isinstance(problem, StoreUnavailable) or is_outage(problem) else 500)

    def _show_error(self, status: int) -> AnyResponse:
        try:
            return errors.show(g.get("visit") or self._visit(), status)
        except Exception as problem:  # then nothing can be drawn
            log.error("console error page failed", **locate(problem))
            return Response("Something went wrong. Please try again.\n", status, mimetype="text/plain")


def _refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL takes none. Fields are cleaned of it (`Visit.form`)."""
    if "\0" in request.path:
        abort(404)


def _add_headers(headers: Mapping[str, str], answer: Response) -> Response:
    for name, value in headers.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
