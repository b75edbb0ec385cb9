"""The steps of a case's life from its page: a form, what will be read before it goes, and then the step.

A form carries the version of the case that its writer had before them. Where the case has moved on since, nothing is
done: what happened meanwhile is shown, and the words that were typed stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases.phones import find_personal
from cases.statuses import Action
from console import (
    case_choices,
    case_correcting,
    case_doing,
    case_forms,
    case_steps,
    case_undo,
    case_uploads,
    case_wishes,
)
from console.case_doing import Doing
from console.case_photos import see_album, see_photo
from console.case_reader import Reader
from console.case_steps import Step
from console.case_story import Line, Story
from console.case_wishes import Refused, Wish
from console.day_off import say_day_off
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from console.rehearsal import Rehearsal, rehearse
from places.organisations import find_organisation
from storage import case_file, looks, media, once
from storage.case_scope import find_case
from storage.models import Case
from texts.moments import say_date

pages = Pages("case_actions")
KEPT = (
    *("words", "day", "look", "ready", "receiver", "number", "body", "verdict", "search", "near"),
    *("category", "danger", "place", "org", "spot", "hand"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: the fields as they were filled in, and by which showing of the case."""

    given: Mapping[str, str]
    version: int
    seen: int
    name: str
    photos: tuple[int, ...] = ()


@pages.get("/cases/<number>/do/<name>", Right.ACT)
def show_step(desk: Desk, number: str, name: str) -> AnyResponse:
    """The form of a step; of one that needs no words, at once what it will say."""
    with desk.read() as session:
        case = desk.get_case(session, number)
        if not _is_let_in(desk, session, case):
            return desk.go("case.show_case", number=number)
        step = case_steps.find_step(session, case, desk, name)
        form = _start_form(session, case)
        if step is not None and step.fields:
            return _show_form(desk, session, case, step, form)
    if step is None:
        return _say_standing(desk, number, name)
    try:
        return _show_preview(desk, number, step, form, Wish())
    except Refused as why:
        desk.tell(why.key, None, tone="danger", **case_choices.name_values(desk, why))
        return desk.go("case.show_case", number=number)


@pages.post("/cases/<number>/do/<name>", Right.ACT, uploads=True)
def take_step(desk: Desk, number: str, name: str) -> AnyResponse:
    """The form was filled in: look at it once more, or do it."""
    form = _read_form(desk)
    with desk.read() as session:
        case = desk.get_case(session, number)
        if not looks_open(desk, session, case):
            return desk.go("case.show_case", number=number)
        done = once.list_done(session, [form.name])
        step = case_steps.find_step(session, case, desk, name)
        moved = case.version != form.version
        known = any(one.name == name for one in case_steps.ALL)
        let_in = _is_let_in(desk, session, case)
    if done:
        desk.tell("console.case.done_before", tone="warning")
        return desk.go("case.show_case", number=number)
    if not known:
        desk.refuse(404)
    stages = ("send",) if step is not None and step.action is Action.CORRECT else (None, "preview", "send")
    if not let_in and (moved or step is None or desk.form.get("stage") not in stages):
        desk.tell("console.case.look_over", tone="warning")
        return desk.go("case.show_case", number=number)
    if moved or step is None:
        return _show_moved(desk, number, name, form)
    return _take(desk, number, step, form)


def _take(desk: Desk, number: str, step: Step, form: Form) -> AnyResponse:
    stage = desk.form.get("stage", "preview")
    try:
        if case_steps.PHOTOS in step.fields:
            form = Form(form.given, form.version, form.seen, form.name, case_uploads.keep(desk, "photos"))
        if stage in ("edit", "search"):
            with desk.read() as session:
                return _show_form(desk, session, desk.get_case(session, number), step, form)
        wish = _read_wish(desk, number, step, form)
        if stage == "send":
            if wish.either:
                raise Refused("console.case.wrong_khet", "org")
            return _send(desk, number, step, form, wish)
        return _show_preview(desk, number, step, form, wish)
    except Refused as why:
        with desk.read() as session:
            case = desk.get_case(session, number)
            if not _is_let_in(desk, session, case):
                desk.tell(why.key, None, tone="danger", **case_choices.name_values(desk, why))
                return desk.go("case.show_case", number=number)
            return _show_form(desk, session, case, step, form, why)


def _send(desk: Desk, number: str, step: Step, form: Form, wish: Wish) -> AnyResponse:
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)
        done = form.name in once.list_done(session, [form.name])
        moved = case.version != form.version or case_steps.find_step(session, case, desk, step.name) is None
        if done or (
            not moved and not once.claim(session, form.name, desk.now)
        ):  # of what is not done nothing is claimed
            desk.tell("console.case.done_before", tone="warning")
            return desk.go("case.show_case", number=number)
        if not moved:
            actor = case_steps.act_as(desk)
            told = _say_what(wish) | case_correcting.say_audit(case, wish)
            case_doing.do(Doing(session, case, step, wish, actor, desk.now, form.name, desk.staff.name))
            desk.record(session, f"case.{step.name}", f"case:{number}", **told)
            latest = case_undo.find_latest(session, case, desk)
            undo = latest.id if latest is not None and latest.message_id == form.name else 0
    if moved and not _is_still_let_in(desk, number):
        desk.tell("console.case.look_over", tone="warning")
        return desk.go("case.show_case", number=number)
    if moved:
        return _show_moved(desk, number, step.name, form)
    where = url_for("case_actions.undo", number=number, entry_id=undo) if undo else None
    desk.tell("console.case.done", undo_url=where, step=desk.say(f"console.case.do_{step.name}"), number=number)
    return _go_on(desk, number)


def _go_on(desk: Desk, number: str) -> AnyResponse:
    """Back to the case; to the list, where the step has given it to others."""
    with desk.read() as session:
        still = find_case(session, desk.scope, number) is not None
    return desk.go("case.show_case", number=number) if still else desk.go("cases.show_cases")


def _say_what(wish: Wish) -> dict[str, str]:
    """For the audit log: to whom and by when, in nobody's words."""
    told = {"receiver": wish.receiver, "into": wish.number, "day": wish.day.isoformat() if wish.day else None}
    return {name: value for name, value in told.items() if value}


@pages.post("/cases/<number>/undo/<int:entry_id>", Right.ACT)
def undo(desk: Desk, number: str, entry_id: int) -> AnyResponse:
    """Take back the latest step, as if it had not been; the reporter is told how it stands now."""
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)
        if not looks_open(desk, session, case):
            return desk.go("case.show_case", number=number)
        undone = case_undo.take_back(session, case, entry_id, desk)
        if undone:
            desk.record(session, "case.undo", f"case:{number}")
    desk.tell("console.case.undone" if undone else "console.case.undo_late", tone="success" if undone else "warning")
    return _go_on(desk, number)


def _is_let_in(desk: Desk, session: Session, case: Case) -> bool:
    return not case.confidential or looks.find_grant(session, case.id, desk.staff.id, desk.now) is not None


def _is_still_let_in(desk: Desk, number: str) -> bool:
    with desk.read() as session:
        return _is_let_in(desk, session, desk.get_case(session, number))


def looks_open(desk: Desk, session: Session, case: Case) -> bool:
    """Whether a form that was opened in time may be sent: of a confidential case some while longer."""
    return not case.confidential or looks.was_granted(session, case.id, desk.staff.id, desk.now)


def _start_form(session: Session, case: Case) -> Form:
    return Form({}, case.version, case_file.find_last_entry(session, case.id), case_forms.make_name())


def _read_form(desk: Desk) -> Form:
    def count(field: str) -> int:
        given = desk.form.get(field, "")
        return int(given) if given.isdecimal() and len(given) < 18 else 0

    given = {name: desk.form.get(name, "") for name in KEPT}
    if desk.form.get("stage") == "send":
        given["with_number"] = desk.form.get("with_number", "")
    return Form(given, count("version"), count("seen"), case_forms.read_name(desk))


def _read_wish(desk: Desk, number: str, step: Step, form: Form) -> Wish:
    with desk.read() as session:
        case = desk.get_case(session, number)
        own = case_choices.write_own_texts(session, case, step)
        wish = case_wishes.read(step, form.given, desk.today, form.photos, own)
        if case_steps.WHERE not in step.fields:
            return wish
        where = case_correcting.read_where(session, case, form.given)
        return replace(wish, where=where, either=case_correcting.list_either(case, where))


def _show_preview(desk: Desk, number: str, step: Step, form: Form, wish: Wish) -> AnyResponse:
    actor = case_steps.act_as(desk)
    outcome = [case_correcting.NOTHING]

    def act(session: Session, case: Case) -> None:
        corrects = step.action is Action.CORRECT or step.name == "unshield"
        before = case_correcting.see_state(desk, session, case) if corrects else None
        case_doing.do(Doing(session, case, step, wish, actor, desk.now, form.name, desk.staff.name))
        if before is not None:
            outcome[0] = case_correcting.compare(desk, session, case, before, wish)
        elif step.name == "place" and not case.confidential:
            outcome[0] = replace(outcome[0], notes=(case_correcting.say_return(desk, session, case),))
        elif closed := say_day_off(desk, session, [case.owner], wish.day):
            outcome[0] = replace(outcome[0], notes=(closed,))

    heard: Rehearsal | None = None  # of a confidential case, whose time is over, what others read tells too much
    if _is_still_let_in(desk, number):
        heard = rehearse(desk, lambda session: desk.get_case(session, number, lock=True), act)
    with desk.read() as session:
        case = desk.get_case(session, number)
        reader, hint = Reader(desk, case, ()), case_choices.say_hint(desk, session, case, step)
        shown = [see_photo(reader, item) for item in media.list_by_ids(session, form.photos)]
    words = wish.words if step.name not in ("ask", "write") else ""  # of these it stands in what the reporter reads
    if heard is None:
        words = form.given.get("words", "") if case_steps.WORDS in step.fields else ""
    receiver = find_organisation(wish.receiver) if wish.receiver else None
    told = heard is not None and case_steps.reads_reporter(step, case)
    return desk.show(
        "case_preview.html",
        case=case,
        step=step,
        form=form,
        form_name=_bare(form.name),
        heard=heard,
        words=words,
        day_words=say_date(desk.language, day, today=desk.today) if (day := wish.day or wish.look) else "",
        receiver=receiver.code if receiver else "",
        personal=find_personal(wish.words, own=case.phone) if told else None,
        with_number=step.name in case_steps.WITH_NUMBER,
        photos=shown,
        grave=step.grave or outcome[0].shields,
        outcome=outcome[0],
        hint=hint,
    )


def _bare(name: str) -> str:
    """The part of a form's name that its hidden field holds."""
    return name.rpartition(":")[2]


def _show_form(
    desk: Desk,
    session: Session,
    case: Case,
    step: Step,
    form: Form,
    why: Refused | None = None,
    *,
    changes: tuple[Line, ...] | None = None,
) -> AnyResponse:
    problem = desk.say(why.key, **case_choices.name_values(desk, why)) if why is not None else ""
    reader = Reader(desk, case, ())
    return desk.show(
        "case_step.html",
        200 if changes is None and why is None else 422 if changes is None else 409,
        case=case,
        step=step,
        form=form,
        form_name=_bare(form.name),
        problem=problem,
        wrong=why.field if why is not None else "",
        changes=changes,
        photos=[see_photo(reader, item) for item in media.list_by_ids(session, form.photos)],
        longest=case_wishes.LONGEST,
        hint=case_choices.say_hint(desk, session, case, step),
        **case_choices.see_choices(desk, session, case, step, form.given),
    )


def _show_moved(desk: Desk, number: str, name: str, form: Form) -> AnyResponse:
    """The case moved on while the form was filled in: what happened, and the form as it was filled in."""
    with desk.read() as session:
        case = desk.get_case(session, number)
        reader = Reader(desk, case, case_file.list_history(session, case.id))
        story = Story(session, reader, see_album(session, reader))
        changes = tuple(story.list_changes(form.seen))
        step = case_steps.find_step(session, case, desk, name)
        if step is None or not step.fields:
            kept = form.given.get("words", "")
            return desk.show("case_moved.html", 409, case=case, name=name, changes=changes, words=kept)
        last = reader.told[-1].id if reader.told else 0
        photos = tuple(int(key) for key in desk.form.getlist("photo") if key.isdecimal() and len(key) < 18)
        kept_photos = [one.id for one in case_file.list_uploads(session, photos, case_uploads.name_chat(desk))]
        anew = Form(form.given, case.version, last, form.name, tuple(kept_photos))
        return _show_form(desk, session, case, step, anew, changes=changes)


def _say_standing(desk: Desk, number: str, name: str) -> AnyResponse:
    """It cannot be made now; or it is none of theirs to make, however the case stands."""
    rights = {step.right for step in case_steps.ALL if step.name == name}
    theirs = not rights or any(map(desk.may, rights))
    desk.tell("console.case.wrong_standing" if theirs else "console.case.wrong_right", tone="warning")
    return desk.go("case.show_case", number=number)
