"""What a page of the console is given: who asks, what they may see, and how to answer.

`Visit` is for pages that need nobody signed in; every other page is given a `Desk`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.wrappers import Response as AnyResponse

from cases.views import name_office
from clock import in_bangkok
from config import Settings
from console.permissions import Right, Staff, may
from storage import audit
from storage.case_scope import Scope, find_case
from storage.files import Store
from storage.models import Case
from storage.session import Database
from texts.catalog import say


def _drop_nul(given: MultiDict[str, str]) -> MultiDict[str, str]:
    """No words of people hold a NUL, and PostgreSQL takes none."""
    return MultiDict((name, value.replace("\0", "")) for name, value in given.items(multi=True))


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, of whomever."""

    database: Database
    store: Store
    settings: Settings
    now: datetime
    language: str

    @property
    def form(self) -> MultiDict[str, str]:
        """What was filled in."""
        return _drop_nul(request.form)

    @property
    def args(self) -> MultiDict[str, str]:
        """What stands behind the question mark of the address."""
        return _drop_nul(request.args)

    @property
    def today(self) -> date:
        """The day it is in Bangkok."""
        return in_bangkok(self.now).date()

    @property
    def secret_key(self) -> str:
        """By which links are signed."""
        return self.settings.secret_key.get_secret_value()

    @property
    def wants_piece(self) -> bool:
        """Whether htmx asks, which puts the answer into a page that is there."""
        return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers

    @property
    def address(self) -> str:
        """From where they ask: behind proxies of ours, what the outermost of them saw."""
        forwarded = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
        hops = self.settings.trusted_proxies
        return (forwarded[-hops] if 0 < hops <= len(forwarded) else request.remote_addr or "")[:64]

    def list_files(self, name: str) -> list[FileStorage]:
        """The files of one field; a browser sends an empty one where nothing was chosen."""
        return [file for file in request.files.getlist(name) if file.filename]

    def has_page(self, endpoint: str) -> bool:
        """Whether there is a page of this name."""
        return endpoint in current_app.view_functions

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue in their language."""
        return say(self.language, key, **values)

    def show(self, template: str, status: int = 200, **view: object) -> AnyResponse:
        """A whole page: `console/templates/console/<template>`, which extends base.html."""
        return self._render(template, status, view)

    def piece(self, template: str, status: int = 200, **view: object) -> AnyResponse:
        """A part of a page, for htmx."""
        return self._render(template, status, view)

    def _render(self, template: str, status: int, view: dict[str, object]) -> AnyResponse:
        words = render_template(f"console/{template}", **view)
        return Response(words, status, mimetype="text/html")

    def go(self, endpoint: str, **values: Any) -> AnyResponse:
        """Send the browser to another page, after a form."""
        return self.go_to(url_for(endpoint, **values))

    def go_to(self, path: str) -> AnyResponse:
        """Send the browser to an address of ours; htmx is told to load it whole."""
        if self.wants_piece:
            return Response("", 200, {"HX-Redirect": path})
        return redirect(path, 303)

    def tell(self, key: str, undo_url: str | None = None, *, tone: str = "success", **values: object) -> None:
        """Words at the head of the next page; with `undo_url`, beside them a button that posts there."""
        shown = {name: str(value) for name, value in values.items()}
        flash({"key": key, "values": shown, "undo_url": undo_url}, tone)  # type: ignore[arg-type]

    def refuse(self, status: int) -> NoReturn:
        """End with an error page: 400, 403, 404, 409, 410, 413 or 429."""
        abort(status)


@dataclass(frozen=True, slots=True)
class Desk(Visit):
    """One request of somebody who is signed in."""

    staff: Staff
    session_id: int

    @property
    def scope(self) -> Scope:
        """Which cases they may see."""
        return self.staff.scope

    @property
    def actor_id(self) -> str:
        """How they are named in the history of cases."""
        return f"user:{self.staff.id}"

    def name_person(self, name: str, organisation: str) -> str:
        """Somebody of the staff: for an office, people of other organisations are their organisation."""
        if self.staff.of_omb or organisation == self.staff.organisation:
            return name
        return name_office(organisation, self.language)

    def may(self, right: Right) -> bool:
        """Whether they have this right."""
        return may(self.staff.role, right)

    def require(self, right: Right) -> None:
        """End with 403 where they have not."""
        if not self.may(right):
            self.refuse(403)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look with."""
        with self.database.read() as session:
            yield session

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction."""
        with self.database.begin(self.now) as session:
            yield session

    def get_case(self, session: Session, number: str, *, lock: bool = False) -> Case:
        """The case of this number; 404 where there is none, or it is none of theirs."""
        case = find_case(session, self.scope, number, lock=lock)
        if case is None:
            self.refuse(404)
        return case

    def record(self, session: Session, verb: str, about: str, **details: Any) -> None:
        """Write into the audit log, in the transaction that does it: no citizen's words, no phone numbers."""
        audit.add(
            session,
            user_id=self.staff.id,
            who=self.staff.email,
            organisation=self.staff.organisation,
            verb=verb,
            about=about,
            now=self.now,
            details=details,
        )
