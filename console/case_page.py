"""The page of one case: its whole story, and what can be done about it.

A confidential case opens for the Ombudsman's people alone, for half an hour, once they have said why.
"""

from flask import Response, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console import case_map, case_notes, case_steps, case_undo
from console.case_photos import see_album
from console.case_reader import Reader
from console.case_story import KINDS, Story
from console.case_view import see_head
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import callbacks, case_file, looks, media, notes, photo_checks, presence
from storage.files import FileMissing
from storage.models import Case

pages = Pages("case")
LONGEST_REASON = 300
SHORTEST_REASON = 5
LINES = 60


@pages.get("/cases/<number>", Right.SEE_CASES)
def show_case(desk: Desk, number: str) -> AnyResponse:
    """The page. Whoever opens it is seen by others who have it open."""
    with desk.begin() as session:
        case = desk.get_case(session, number)
        if not _look(desk, session, case):
            return _ask_why(desk, case)
        presence.come(session, case.id, desk.staff.id, desk.now)
        if notes.has_unseen(session, case.id, desk.staff.id):
            notes.mark_seen(session, case.id, desk.staff.id, desk.now)
    with desk.read() as session:
        return desk.show("case.html", 200, **_see(desk, session, desk.get_case(session, number)))


def _see(desk: Desk, session: Session, case: Case) -> dict[str, object]:
    reader = Reader(desk, case, case_file.list_history(session, case.id))
    album = see_album(session, reader)
    story = Story(session, reader, album)
    steps = case_steps.list_steps(session, case, desk)
    show = desk.args.get("show", "")
    lines = [line for line in story.list_lines() if show not in KINDS or line.kind == show]
    whole = "all" in desk.args
    calls = len(callbacks.list_for_case(session, case.id)) if reader.of_omb else 0
    return {
        "case": case,
        "reader": reader,
        "head": see_head(session, reader, calls),
        "album": album,
        "map": case_map.see_map(case),
        "lines": lines if whole else lines[:LINES],
        "more": 0 if whole else max(len(lines) - LINES, 0),
        "show": show if show in KINDS else "",
        "kinds": KINDS,
        "talk": story.list_talk(),
        "group_words": story.list_group_words(),
        "parts": [(part, [step for step in steps if step.part == part]) for part in case_steps.PARTS],
        **case_undo.see_undo(session, case, desk, story),
        "others": _list_others(desk, session, case),
        "looks": looks.list_for_case(session, case.id) if case.confidential or case.confidential_at else [],
        "seen": reader.told[-1].id if reader.told else 0,
        **case_notes.see_notes(desk, session, case),
    }


def _look(desk: Desk, session: Session, case: Case) -> bool:
    """Whether this person may look at it now; each look at a confidential case is kept."""
    if not case.confidential:
        return True
    given = looks.find_grant(session, case.id, desk.staff.id, desk.now)
    if given is None:
        return False
    if given.at < desk.now:  # the look for which the reason was given is kept with it
        looks.add_look(session, given, desk.now)
    return True


def _ask_why(desk: Desk, case: Case, reason: str = "", problem: str = "") -> AnyResponse:
    """Number, status and time are all that lists show of it too."""
    shown = {"number": case.number, "standing": case.status, "told_at": case.created_at}
    return desk.show("case_secret.html", 422 if problem else 200, reason=reason, problem=problem, **shown)


@pages.post("/cases/<number>/look", Right.SEE_CONFIDENTIAL)
def open_secret(desk: Desk, number: str) -> AnyResponse:
    """They say why they look."""
    reason = " ".join(desk.form.get("reason", "").split())[:LONGEST_REASON]
    with desk.begin() as session:
        case = desk.get_case(session, number)
        if case.confidential and len(reason) < SHORTEST_REASON:
            return _ask_why(desk, case, reason, desk.say("console.case.wrong_reason"))
        if case.confidential:
            looks.grant(session, case.id, desk.staff.id, reason, desk.now)
            desk.record(session, "case.look", f"case:{number}", reason=reason)
    return desk.go("case.show_case", number=number)


@pages.post("/cases/<number>/here", Right.SEE_CASES)
def say_here(desk: Desk, number: str) -> AnyResponse:
    """The page is still open: who else has it open, and whether the case has moved on since it was drawn."""
    with desk.begin() as session:
        case = desk.get_case(session, number)
        if not may_look(desk, session, case):
            return Response("", 204)
        presence.come(session, case.id, desk.staff.id, desk.now)
        others = _list_others(desk, session, case)
        moved = desk.form.get("version") != str(case.version)
    return desk.piece("case_presence.html", others=others, moved=moved, number=number)


def _list_others(desk: Desk, session: Session, case: Case) -> list[str]:
    others = presence.list_others(session, case.id, desk.staff.id, desk.now)
    return list(dict.fromkeys(desk.name_person(name, organisation) for name, organisation in others))


def may_look(desk: Desk, session: Session, case: Case) -> bool:
    """Whether they may see it without a word more; looking here is not kept once again."""
    return not case.confidential or looks.find_grant(session, case.id, desk.staff.id, desk.now) is not None


@pages.get("/cases/<number>/photos/<int:media_id>/<variant>", Right.SEE_CASES)
def send_photo(desk: Desk, number: str, media_id: int, variant: str) -> AnyResponse:
    """A photo of a case, for whoever may see it now: its address opens for nobody to whom it is passed on, and no more
    once the case has gone elsewhere.
    """
    with desk.read() as session:
        case = desk.get_case(session, number)
        item = media.find(session, media_id)
        there = item is not None and item.case_id == case.id and item.state == "stored"
        if item is None or not there or not may_look(desk, session, case):
            desk.refuse(404)
        told = case_file.list_history(session, case.id)
        if not desk.staff.of_omb and media_id not in see_album(session, Reader(desk, case, told)).by_id:
            desk.refuse(404)
        path = item.path if variant == "full" else item.thumb_path
        kind = item.content_type if variant == "full" else "image/jpeg"
    if path is None or kind is None:
        desk.refuse(404)
    try:
        size = desk.store.size(path)
    except FileMissing:
        desk.refuse(404)
    answer = Response(desk.store.stream(path, 0, size), mimetype=kind)
    answer.content_length = size
    inline = kind.startswith(("image/", "video/", "audio/"))
    answer.headers["Content-Disposition"] = "inline" if inline else "attachment"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@pages.get("/cases/<number>/place.json", Right.SEE_CASES)
def send_place(desk: Desk, number: str) -> AnyResponse:
    """The pin and the outlines of the khet that the case may lie in, for the map."""
    with desk.read() as session:
        case = desk.get_case(session, number)
        if not may_look(desk, session, case):
            desk.refuse(404)
        return Response(case_map.write_outlines(session, case, desk.language), mimetype="application/json")


@pages.post("/cases/<number>/photos-seen", Right.DECIDE)
def see_photos(desk: Desk, number: str) -> AnyResponse:
    """An officer has looked at the after-photos that the comparison pointed to."""
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)
        if not may_look(desk, session, case):
            return desk.go("case.show_case", number=number)
        if desk.form.get("unseen"):
            photo_checks.mark_unseen(session, case.id)
        else:
            photo_checks.mark_looked_at(session, case.id, desk.actor_id, desk.now)
        desk.record(session, "case.photos_seen", f"case:{number}")
    return desk.go_to(url_for("case.show_case", number=number) + "#photos")
