"""Somebody without LINE asks to be forgotten: what would go and what stays is shown first, and then done.

It is the same erasing as from the chat. What is shown beforehand was really done, and taken back.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import erasing, own_data
from console import case_steps, seen
from console.desk import Desk
from console.pages import Pages
from console.people import Person, ask_for_reason, get_person, read_reason
from console.permissions import Right
from console.rehearsal import rehearse
from storage import reporters
from storage.models import Case

pages = Pages("people_erasing")
LOOK = "person erase"
SEEN_FOR = timedelta(minutes=30)
LONGEST_MOMENT = 18  # digits


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept that says who somebody is."""

    contact: bool
    cases: int
    followed: int
    files: int
    mails: int


@pages.post("/people/<int:person_id>/erase/look", Right.HANDLE_DATA)
def look(desk: Desk, person_id: int) -> AnyResponse:
    """What would be left, before it is done."""
    with desk.begin() as session:
        person = get_person(desk, session, person_id)
        if (refused := ask_for_reason(desk, session, person, "erase")) is not None:
            return refused
        before = _count(desk, session, person)
        desk.record(session, "person.see", person.who, reason=read_reason(desk))
    after, offices = _rehearse(desk, person)
    at = str(int(desk.now.timestamp()))
    counted = ((name, getattr(before, name), getattr(after, name)) for name in ("cases", "followed", "files", "mails"))
    rows = [row for row in counted if row[1] != row[2]]  # what stays as it is, is told in words below
    return desk.show(
        "person_erase.html",
        person=person,
        before=before,
        after=after,
        rows=rows,
        offices=offices,
        reason=read_reason(desk),
        at=at,
        seen=seen.mark(desk, LOOK, _list_seen(person, at)),
    )


@pages.post("/people/<int:person_id>/erase", Right.HANDLE_DATA)
def erase(desk: Desk, person_id: int) -> AnyResponse:
    """Do it: for whoever has just looked at what would go, of this person and as it still is."""
    with desk.begin() as session:
        person = get_person(desk, session, person_id)
        if (refused := ask_for_reason(desk, session, person, "erase")) is not None:
            return refused
        if not _has_seen(desk, person):
            desk.tell("console.people.look_first", tone="warning")
            return desk.go("people.show_person", person_id=person_id)
        done = erasing.erase(session, person.who, desk.now, case_steps.act_as(desk))
        desk.record(session, "person.erase", person.who, reason=read_reason(desk), still_open=done.open)
        gone = reporters.find_person(session, person.who) is None
    if gone:
        desk.tell("console.people.erased")
        return desk.go("people.show_search")
    desk.tell("console.people.erased_but", count=done.open)
    return desk.go("people.show_person", person_id=person_id)


def _has_seen(desk: Desk, person: Person) -> bool:
    at = desk.form.get("at", "")
    if not (at.isascii() and at.isdecimal() and len(at) < LONGEST_MOMENT):
        return False
    fresh = 0 <= desk.now.timestamp() - int(at) < SEEN_FOR.total_seconds()
    return fresh and seen.is_marked(desk, LOOK, _list_seen(person, at))


def _list_seen(person: Person, at: str) -> list[str]:
    """What the page was about: this person and their cases as these were then."""
    cases = [f"{case.number}:{case.version}" for case in (*person.told, *person.followed)]
    return [person.who, at, *sorted(cases)]


def _rehearse(desk: Desk, person: Person) -> tuple[Held, list[str]]:
    """What would be left, and which offices would hear of it."""
    latest = person.latest
    if latest is None:  # only the contact is kept
        return Held(contact=False, cases=0, followed=0, files=0, mails=0), []
    left: list[Held] = []

    def act(session: Session, _: Case) -> None:
        erasing.erase(session, person.who, desk.now, case_steps.act_as(desk))
        session.flush()
        left.append(_count(desk, session, person))

    heard = rehearse(desk, lambda session: desk.get_case(session, latest.number), act)
    return left[0], [one.organisation for one in heard.offices]


def _count(desk: Desk, session: Session, person: Person) -> Held:
    kept = own_data.collect(session, person.who, desk.language, desk.now)
    return Held(
        contact=reporters.find_person(session, person.who) is not None,
        cases=len(kept.words["cases"]),
        followed=len(kept.words["followed_cases"]),
        files=len(kept.files),
        mails=len(kept.words["emails_kept"]) - kept.drafts,  # what waits is for an officer to settle
    )
