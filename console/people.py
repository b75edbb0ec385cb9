"""Somebody without LINE asks what is kept about them: it is found, shown, handed over as a copy, or printed.

Whoever has LINE asks there. Two with the same number stay two people: who holds a number is not proof of who somebody
is, so officers check that first, and say how.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Response
from flask import session as browser
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import erasing, intake_by_staff, own_data
from console import list_query
from console.case_page import may_look
from console.desk import Desk
from console.intake_fields import Fields, find_contact
from console.pages import Pages
from console.permissions import Right
from storage import cases as stored
from storage import data_requests, followers, reporters
from storage.files import FileMissing
from storage.models import Case, DataRequest, Reporter
from texts.moments import say_paper_moment

pages = Pages("people")
EMAIL = "people_email"  # where the browser keeps what was looked for: neither stands in an address
SHORTEST_REASON = 5
LONGEST_REASON = 300
FOUND = 20
PHONE_DIGITS = range(9, 13)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody without LINE. `secret`: confidential cases of theirs whose reason this officer has not given."""

    reporter: Reporter
    who: str
    told: list[Case]
    followed: list[Case]
    secret: list[Case]

    @property
    def latest(self) -> Case | None:
        """A case to speak of."""
        return next(iter((*self.told, *self.followed)), None)


@pages.get("/people", Right.HANDLE_DATA)
def show_search(desk: Desk) -> AnyResponse:
    """Find somebody by telephone number or e-mail address."""
    phone = str(browser.get(list_query.PHONE, "")) if "phone" in desk.args else ""
    email = str(browser.get(EMAIL, "")) if "email" in desk.args else ""
    with desk.read() as session:
        found = reporters.list_callers(session, phone or None, email or None, FOUND)
        cases = {one.id: intake_by_staff.list_cases_of(session, one) for one in found}
        return desk.show("people.html", found=found, cases=cases, sought=phone or email, problem="")


@pages.post("/people", Right.HANDLE_DATA)
def search(desk: Desk) -> AnyResponse:
    """What is looked for goes into the reader's own browser."""
    words = " ".join(desk.form.get("sought", "").split())
    _, email = find_contact(Fields.load({"email": words}))
    if "@" not in words and sum(sign.isdecimal() for sign in words) in PHONE_DIGITS:
        list_query.keep_phone(words)
        return desk.go("people.show_search", phone=1)
    if email:
        browser[EMAIL] = email
        return desk.go("people.show_search", email=1)
    problem = desk.say("console.people.wrong_sought")
    return desk.show("people.html", 422, found=[], cases={}, sought=words, problem=problem)


def get_person(desk: Desk, session: Session, person_id: int) -> Person:
    """Who it is. 404 for whoever has LINE or is forgotten, and where only confidential cases would tell of them."""
    reporter = reporters.find_caller(session, person_id)
    if reporter is None or reporter.is_nobody:
        desk.refuse(404)
    told = stored.list_by_reporter(session, reporter.id, own_data.EVERY)
    followed = followers.list_followed(session, reporter.id, own_data.EVERY)
    secret = [case for case in told if not may_look(desk, session, case)]
    if told and len(secret) == len(told) and not followed:
        desk.refuse(404)
    return Person(reporter, reporters.name_caller(reporter.id), told, followed, secret)


def read_reason(desk: Desk) -> str:
    """Why, and how they know who asks; empty where that is not said."""
    reason = " ".join(desk.form.get("reason", "").split())[:LONGEST_REASON]
    return reason if len(reason) >= SHORTEST_REASON else ""


@pages.get("/people/<int:person_id>", Right.HANDLE_DATA)
def show_person(desk: Desk, person_id: int) -> AnyResponse:
    """What is kept, and what can be done with it."""
    with desk.begin() as session:
        return show(desk, session, get_person(desk, session, person_id))


def show(desk: Desk, session: Session, person: Person, *, wrong: str = "", reason: str = "") -> AnyResponse:
    """The page; who opened it is kept. `wrong`: the form whose reason is missing."""
    desk.record(session, "person.see", person.who)
    kept = own_data.collect(session, person.who, desk.language, desk.now)
    same = reporters.list_callers(session, person.reporter.phone, person.reporter.email, FOUND)
    copy = data_requests.find_latest(session, data_requests.COPY, person.who)
    links = session.info["links"]
    return desk.show(
        "person.html",
        422 if wrong else 200,
        person=person,
        files=len(kept.files),
        mails=len(kept.words["emails_kept"]),
        waiting=kept.drafts,
        left_out=kept.left_out,
        same=[one for one in same if one.id != person.reporter.id],
        copy=copy,
        ready=is_ready(desk, copy),
        address=links.copy_url(copy.id, copy.until) if links and copy and is_ready(desk, copy) else "",
        erasing=data_requests.find_open(session, data_requests.ERASE, person.who),
        still_open=erasing.count_open(session, person.who, desk.now),
        wrong=wrong,
        reason=reason,
    )


def is_ready(desk: Desk, copy: DataRequest | None) -> bool:
    """Whether it lies there to be fetched."""
    return copy is not None and copy.path is not None and copy.until is not None and copy.until > desk.now


def ask_for_reason(desk: Desk, session: Session, person: Person, wish: str) -> AnyResponse | None:
    """What stands against doing it: confidential cases that were not opened, or no reason; None where nothing does."""
    if person.secret:
        desk.tell("console.people.secret_first", tone="warning", count=len(person.secret))
        return desk.go("people.show_person", person_id=person.reporter.id)
    if not read_reason(desk):
        return show(desk, session, person, wrong=wish, reason=desk.form.get("reason", "")[:LONGEST_REASON])
    return None


@pages.post("/people/<int:person_id>/copy", Right.HANDLE_DATA)
def ask_copy(desk: Desk, person_id: int) -> AnyResponse:
    """A copy is made beside this; its link stands on the page when it is there."""
    with desk.begin() as session:
        person = get_person(desk, session, person_id)
        if (refused := ask_for_reason(desk, session, person, "copy")) is not None:
            return refused
        if data_requests.find_open(session, data_requests.COPY, person.who) is None:
            data_requests.add(session, data_requests.COPY, person.who, desk.now)
        desk.record(session, "person.copy", person.who, reason=read_reason(desk))
    desk.tell("console.people.making")
    return desk.go("people.show_person", person_id=person_id)


@pages.get("/people/<int:person_id>/copies/<int:copy_id>", Right.HANDLE_DATA)
def fetch_copy(desk: Desk, person_id: int, copy_id: int) -> AnyResponse:
    """The copy itself, to be handed over on the spot."""
    with desk.begin() as session:
        person = get_person(desk, session, person_id)
        copy = data_requests.find(session, copy_id)
        if person.secret or copy is None or copy.chat_id != person.who or not is_ready(desk, copy):
            desk.refuse(404)
        path = str(copy.path)
        desk.record(session, "person.copy_taken", person.who)
    try:
        size = desk.store.size(path)
    except FileMissing:
        desk.refuse(404)
    answer = Response(desk.store.stream(path, 0, size), mimetype="application/zip")
    answer.content_length = size
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{copy_id}.zip"'
    return answer


@pages.post("/people/<int:person_id>/print", Right.HANDLE_DATA)
def print_person(desk: Desk, person_id: int) -> AnyResponse:
    """All of it on paper, for whoever opens no file."""
    with desk.begin() as session:
        person = get_person(desk, session, person_id)
        if (refused := ask_for_reason(desk, session, person, "print")) is not None:
            return refused
        kept = own_data.collect(session, person.who, desk.language, desk.now)
        desk.record(session, "person.print", person.who, reason=read_reason(desk))
    return desk.show("person_print.html", person=person, kept=kept.words, write=partial(_write_moment, desk))


def _write_moment(desk: Desk, moment: str) -> str:
    """As it can be read on paper at any time."""
    return say_paper_moment(desk.language, datetime.fromisoformat(moment))
