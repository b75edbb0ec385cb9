"""Notes between colleagues on a case, and what somebody wants to look at again on a day."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console import case_forms
from console.case_wishes import FURTHEST, LONGEST
from console.desk import Desk
from console.pages import Pages
from console.permissions import OMB, Right
from storage import follow_ups, looks, notes, once
from storage.models import Case, StaffUser
from storage.notes import Note

pages = Pages("case_notes")
CALLS = re.compile(r"@([\w.+-]{2,64})")
LONGEST_WHY = 200


def see_notes(desk: Desk, session: Session, case: Case) -> dict[str, object]:
    """What the page of the case shows of them."""
    today = desk.today
    return {
        "notes": [_see_note(desk, note) for note in notes.list_for_case(session, case.id, desk.staff.organisation)],
        "colleagues": [
            (one.id, one.name or one.email, one.organisation) for one in _list_colleagues(desk, session, case)
        ],
        "follow_ups": follow_ups.list_mine(session, case.id, desk.staff.id),
        "first_day": (today + timedelta(days=1)).isoformat(),
        "last_day": (today + FURTHEST).isoformat(),
        "note_form": case_forms.make_name(),
    }


def _see_note(desk: Desk, note: Note) -> Note:
    """A note as they read it: of other organisations without the names of people."""
    if desk.staff.of_omb or note.organisation == desk.staff.organisation:
        return note
    return replace(note, writer=desk.name_person(note.writer, note.organisation), mentioned=())


def _list_colleagues(desk: Desk, session: Session, case: Case) -> list[StaffUser]:
    """Whom a note may call: people of one's own office, and officers also those of the office that has the case."""
    offices = {desk.staff.organisation}  # an office never learns who the officers are
    if desk.staff.of_omb and not case.confidential:
        offices.add(case.owner)
    return [one for one in notes.list_colleagues(session, offices) if one.id != desk.staff.id]


@pages.post("/cases/<number>/notes", Right.WRITE_NOTE)
def add_note(desk: Desk, number: str) -> AnyResponse:
    """Keep a note, and call whom it names."""
    words = desk.form.get("words", "").replace("\r\n", "\n").strip()
    form = case_forms.read_name(desk)
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)  # the same note sent twice at once is one
        if not _may_write(desk, session, case):
            return desk.go("case.show_case", number=number)
        if notes.was_sent(session, form):
            return _go_back(desk, number)
        colleagues = _list_colleagues(desk, session, case)
        called = _find_called(words, desk.form.getlist("call"), colleagues)
        shared = desk.staff.of_omb and bool(desk.form.get("shared")) and not case.confidential
        key = _find_problem(desk, words, [one for one in colleagues if one.id in called], shared=shared)
        if key:
            desk.tell(key, tone="danger", count=LONGEST)
            return _go_back(desk, number)
        notes.add_note(
            session,
            case_id=case.id,
            user_id=desk.staff.id,
            organisation=desk.staff.organisation,
            words=words,
            shared=shared,
            mentioned=called,
            form=form,
            now=desk.now,
        )
        desk.record(session, "case.note", f"case:{number}", called=len(called), shared=shared)
    desk.tell("console.case.note_kept" if not called else "console.case.note_called", count=len(called))
    return _go_back(desk, number)


def _may_write(desk: Desk, session: Session, case: Case) -> bool:
    """A confidential case takes notes of whoever has opened it a while ago."""
    return not case.confidential or looks.was_granted(session, case.id, desk.staff.id, desk.now)


def _find_problem(desk: Desk, words: str, called: Collection[StaffUser], *, shared: bool) -> str:
    if not words:
        return "console.case.wrong_words"
    if len(words) > LONGEST:
        return "console.case.wrong_long"
    if desk.staff.of_omb and not shared and any(one.organisation != OMB for one in called):
        return "console.case.wrong_share"
    return ""


def _find_called(words: str, ticked: Collection[str], colleagues: Collection[StaffUser]) -> set[int]:
    """By a tick, or by @ and the beginning of their e-mail address or their name without spaces."""
    handles = {called.casefold() for called in CALLS.findall(words)}
    called = {one.id for one in colleagues if str(one.id) in ticked}
    for one in colleagues:
        names = {one.email.partition("@")[0].casefold(), "".join(one.name.split()).casefold()} - {""}
        if names & handles:
            called.add(one.id)
    return called


def _go_back(desk: Desk, number: str) -> AnyResponse:
    return desk.go("case.show_case", number=number, _anchor="notes")


@pages.post("/cases/<number>/notes/<int:note_id>/withdraw", Right.WRITE_NOTE)
def withdraw_note(desk: Desk, number: str, note_id: int) -> AnyResponse:
    """Its writer takes a note back."""
    with desk.begin() as session:
        case = desk.get_case(session, number)
        if not _may_write(desk, session, case):
            return desk.go("case.show_case", number=number)
        if notes.withdraw(session, note_id, case.id, desk.staff.id, desk.now):
            desk.record(session, "case.note_withdrawn", f"case:{number}")
            desk.tell("console.case.note_gone")
    return _go_back(desk, number)


@pages.post("/cases/<number>/follow-ups", Right.WRITE_NOTE)
def add_follow_up(desk: Desk, number: str) -> AnyResponse:
    """Look again on a day."""
    today = desk.today
    try:
        on_day = date.fromisoformat(desk.form.get("on_day", ""))
    except ValueError:
        on_day = today
    words = " ".join(desk.form.get("why", "").split())[:LONGEST_WHY]
    with desk.begin() as session:
        case = desk.get_case(session, number)
        if not _may_write(desk, session, case):
            return desk.go("case.show_case", number=number)
        if not today < on_day <= today + FURTHEST:
            desk.tell("console.case.wrong_follow_up", tone="danger")
            return _go_back(desk, number)
        if once.claim(session, case_forms.read_name(desk), desk.now):
            follow_ups.add(session, case_id=case.id, user_id=desk.staff.id, on_day=on_day, words=words, now=desk.now)
            desk.record(session, "case.follow_up", f"case:{number}", on_day=on_day.isoformat())
            desk.tell("console.case.follow_up_kept")
    return _go_back(desk, number)


@pages.post("/cases/<number>/follow-ups/<int:follow_up_id>/done", Right.WRITE_NOTE)
def settle_follow_up(desk: Desk, number: str, follow_up_id: int) -> AnyResponse:
    """Done, or not wanted any more."""
    with desk.begin() as session:
        case = desk.get_case(session, number)
        if not _may_write(desk, session, case):
            return desk.go("case.show_case", number=number)
        if follow_ups.settle(session, follow_up_id, desk.staff.id, desk.now):
            desk.record(session, "case.follow_up_done", f"case:{number}")
            desk.tell("console.case.follow_up_done")
    return _go_back(desk, number)
