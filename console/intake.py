"""The form in which officers write down what people tell on the telephone, at the counter, by mail, by fax, at events.

It is kept while it is typed, so that nothing is lost when a session ends; sent twice, it makes one case.
"""

from datetime import timedelta

from werkzeug.wrappers import Response as AnyResponse

from cases import inbound_mail, intake_by_staff
from cases.intake_by_staff import CHANNELS
from cases.statuses import Actor, Role
from console import case_uploads
from console.case_actions import looks_open
from console.case_wishes import Refused
from console.desk import Desk
from console.intake_caller import find_question, hold_caller, is_asked
from console.intake_fields import (
    LONGEST,
    Fields,
    find_problems,
    is_name,
    make_name,
    make_place,
    make_told,
    read_key,
)
from console.intake_pin import settle
from console.intake_slip import may_hand_out
from console.intake_view import find_open, is_kept, list_kinds, list_places, look
from console.pages import Pages
from console.permissions import OMB, Right
from storage import boundaries, inbound_mails, intake_forms, reporters
from storage import cases as stored
from storage.inbound_mails import DRAFT
from storage.models import Case, InboundMail, Reporter

pages = Pages("intake")
JOIN, LIES = "join:", ("lies:", "drops:", "stays:")
EVENTS_OF = timedelta(days=14)  # whose names are offered again


@pages.get("/intake", Right.TAKE_IN)
def show_form(desk: Desk) -> AnyResponse:
    """An empty form, one that was begun, or one that a mail fills in."""
    name = desk.args.get("form", "")
    with desk.read() as session:
        begun = intake_forms.find(session, name, desk.staff.id) if is_name(name) else None
        if begun is not None and begun.case_id is not None:
            case = stored.find_case(session, begun.case_id)
            return desk.go("intake.show_saved", number=case.number) if case else desk.go("intake.show_form")
        told = Fields.load(begun.fields) if begun is not None else Fields.load(_carry_on(desk))
        if begun is None and (mail := _find_mail(desk, desk.args.get("mail", ""))) is not None:
            told = _fill_in(mail)
    return _show(desk, told, begun.name if begun is not None else make_name())


def _carry_on(desk: Desk) -> dict[str, str]:
    """At an event the next person waits: how and where they tell it is the same."""
    return {name: desk.args.get(name, "") for name in ("channel", "event")}


def _find_mail(desk: Desk, key: str) -> InboundMail | None:
    with desk.read() as session:
        mail = inbound_mails.find(session, mail_id) if (mail_id := read_key(key)) else None
    return mail if mail is not None and mail.state == DRAFT else None


def _fill_in(mail: InboundMail) -> Fields:
    words = mail.words or mail.subject
    forwarded = "forwarded" in mail.notes.split()  # who sent it is not who told it
    whole = words if mail.subject in words or len(mail.subject) < 4 else f"{mail.subject}\n{words}"
    return Fields.load(
        {
            "description": whole,
            "channel": "mail",
            "email": "" if forwarded else mail.sender,
            "name": "" if forwarded else mail.sender_name,
            "mail": str(mail.id),
        }
    )


@pages.post("/intake/check", Right.TAKE_IN)
def check(desk: Desk) -> AnyResponse:
    """What the form tells so far; it is kept as it is. For htmx while somebody types."""
    told, name = Fields.read(desk.form), desk.form.get("form", "")
    _keep(desk, name, told)
    with desk.read() as session:
        return desk.piece(
            "intake_check.html",
            typed=told,
            found=look(session, told, desk.now),
            question=find_question(desk, session, told),
            unsure="",
            names=dict(list_kinds(desk.language)),
        )


@pages.post("/intake", Right.TAKE_IN, uploads=True)
def take(desk: Desk) -> AnyResponse:
    """Look again, make the case, or add the caller to one that is there."""
    told, name, wish = Fields.read(desk.form), desk.form.get("form", ""), desk.form.get("do", "")
    if not is_name(name):
        desk.refuse(400)
    try:
        photos = case_uploads.keep(desk, "photos")
    except Refused as refused:
        return _show(desk, told, name, {"photos": desk.say(refused.key, **refused.values)}, status=422)
    if wish.startswith(LIES):
        told, wish = settle(told, wish), "check"
    problems = find_problems(told)
    makes_case = wish != "check" and not wish.startswith(JOIN)
    if makes_case and "spot" not in problems and (unsaid := _find_unsaid(desk, told)):
        problems["org"] = unsaid
    if wish != "check" and not problems and not _is_sure(desk, told):
        problems = {"sure": "console.intake.wrong_sure"}
    if wish == "check" or problems:
        _keep(desk, name, told)
        shown = {field: desk.say(key) for field, key in problems.items()} if wish != "check" else {}
        return _show(desk, told, name, shown, photos=photos, status=422 if shown else 200)
    try:
        if wish.startswith(JOIN):
            return _join(desk, told, name, wish.removeprefix(JOIN), photos)
        return _make(desk, told, name, photos)
    except _ChangedMeanwhile:
        _keep(desk, name, told)
        return _show(desk, told, name, {"sure": desk.say("console.intake.wrong_sure")}, photos=photos, status=422)


class _ChangedMeanwhile(Exception):
    """Somebody else wrote down something else about the caller: what was asked holds no more."""


def _find_unsaid(desk: Desk, told: Fields) -> str:
    """Words for that the pin leaves open in which khet it lies, and nobody has said yet; "" where all is said."""
    if is_kept(told):
        return ""
    with desk.read() as session:
        doubt, either = find_open(session, told, make_place(session, told))
    return "console.intake.wrong_pin" if doubt else "console.intake.wrong_org" if either else ""


def _is_sure(desk: Desk, told: Fields) -> bool:
    with desk.read() as session:
        return is_asked(told, find_question(desk, session, told))


def _make(desk: Desk, told: Fields, name: str, photos: tuple[int, ...]) -> AnyResponse:
    actor = Actor(Role.STAFF, person=desk.actor_id, organisation=OMB)
    with desk.begin() as session:
        form = intake_forms.hold(session, name, desk.staff.id, desk.now)
        if form is None:
            desk.refuse(404)
        if form.case_id is not None:
            known = stored.find_case(session, form.case_id)
            return desk.go("intake.show_saved", number=known.number if known else "")
        mail = inbound_mails.find(session, key, lock=True) if (key := read_key(told.mail)) else None
        if mail is not None and mail.state != DRAFT:
            desk.tell("console.intake.mail_settled", tone="warning")
            return desk.go("intake_drafts.show_drafts")
        if not hold_caller(desk, session, told):
            raise _ChangedMeanwhile
        taken = make_told(session, told, photos)
        changed = intake_by_staff.list_changes(session, taken)
        case = intake_by_staff.take(session, taken, actor, desk.staff.id, desk.now)
        form.case_id, form.fields, form.saved_at = case.id, {}, desk.now
        if mail is not None:
            reporter = reporters.get_reporter(session, case.reporter_id)
            inbound_mail.settle_made(session, mail, case, reporter, desk.actor_id, desk.now)
        desk.record(session, "intake.take", f"case:{case.number}", **_say_how(told, case.reporter_id, changed))
        number = case.number
    _tell_changed(desk, changed)
    return desk.go("intake.show_saved", number=number)


def _join(desk: Desk, told: Fields, name: str, number: str, photos: tuple[int, ...]) -> AnyResponse:
    actor = Actor(Role.STAFF, person=desk.actor_id, organisation=OMB)
    with desk.begin() as session:
        form = intake_forms.hold(session, name, desk.staff.id, desk.now)
        if form is None:
            desk.refuse(404)
        mail = inbound_mails.find(session, key, lock=True) if (key := read_key(told.mail)) else None
        case = desk.get_case(session, number, lock=True)
        if not looks_open(desk, session, case):
            if form.case_id is None:
                form.fields, form.saved_at = told.to_json(), desk.now
            return desk.go("case.show_case", number=number)
        if form.case_id is None:
            if not hold_caller(desk, session, told):
                raise _ChangedMeanwhile
            taken = make_told(session, told, photos)
            changed = intake_by_staff.list_changes(session, taken)
            joined = intake_by_staff.join(session, case, taken, actor, desk.now)
            form.case_id, form.fields, form.saved_at = case.id, {}, desk.now
            if mail is not None and mail.state == DRAFT:
                inbound_mail.settle_made(session, mail, case, joined, desk.actor_id, desk.now)
            _tell_changed(desk, changed)
            desk.record(session, "intake.join", f"case:{case.number}", **_say_how(told, joined.id, changed))
    desk.tell("console.intake.joined", number=number)
    return desk.go_to(f"/console/cases/{number}")


def _say_how(told: Fields, reporter_id: int, changed: list[str]) -> dict[str, object]:
    """For the audit log: what became other about somebody who was known, and never what it was or is."""
    return {"channel": told.channel} | ({"caller": reporter_id, "changed": changed} if changed else {})


def _tell_changed(desk: Desk, changed: list[str]) -> None:
    if changed:
        what = ", ".join(desk.say(f"console.intake.{name}") for name in changed)
        desk.tell("console.intake.changed", tone="warning", what=what)


@pages.post("/intake/forms/<name>/discard", Right.TAKE_IN)
def discard(desk: Desk, name: str) -> AnyResponse:
    """Forget a form that was begun."""
    with desk.begin() as session:
        if is_name(name) and intake_forms.discard(session, name, desk.staff.id):
            desk.record(session, "intake.discard", f"form:{name}")
    return desk.go("intake.show_form")


@pages.get("/intake/saved/<number>", Right.TAKE_IN)
def show_saved(desk: Desk, number: str) -> AnyResponse:
    """The number, where the case went, and what to do next."""
    with desk.read() as session:
        case = desk.get_case(session, number)
        if not may_hand_out(desk, session, case):
            return desk.go("case.show_case", number=number)
        reporter = reporters.get_reporter(session, case.reporter_id)
        taken = intake_forms.find_intake(session, case.id)
    mails = bool(desk.settings.smtp_url.get_secret_value())
    return desk.show("intake_saved.html", case=case, taken=taken, hears=_say_how_they_hear(case, reporter, mails=mails))


def _say_how_they_hear(case: Case, reporter: Reporter, *, mails: bool) -> str:
    """Which of the words tell how this reporter hears of it. `mails`: whether mails can be sent at all."""
    if reporter.line_user_id:
        return "told_line"
    if reporter.email and mails and not case.confidential:
        return "told_mail"
    if reporter.phone or case.phone:
        return "told_phone_not_mail" if reporter.email else "told_phone"
    return "told_nobody_not_mail" if reporter.email else "told_nobody"


def _keep(desk: Desk, name: str, told: Fields) -> None:
    typed = told.to_json()
    if not typed or not is_name(name):
        return
    with desk.begin() as session:
        intake_forms.keep(session, name, desk.staff.id, typed, desk.now)


def _show(
    desk: Desk,
    told: Fields,
    name: str,
    problems: dict[str, str] | None = None,
    *,
    photos: tuple[int, ...] = (),
    status: int = 200,
) -> AnyResponse:
    with desk.read() as session:
        mail = inbound_mails.find(session, key) if (key := read_key(told.mail)) else None
        return desk.show(
            "intake.html",
            status,
            typed=told,
            found=look(session, told, desk.now),
            question=find_question(desk, session, told),
            unsure=(problems or {}).get("sure", ""),
            form=name,
            problems=problems or {},
            photos=photos,
            mail=mail,
            files=inbound_mails.list_files(session, mail.id) if mail is not None else [],
            unsent=[one for one in intake_forms.list_unsent(session, desk.staff.id) if one.name != name],
            waiting=inbound_mails.count_drafts(session),
            layer_id=boundaries.find_newest_id(session),
            kinds=list_kinds(desk.language),
            names=dict(list_kinds(desk.language)),
            khet=list_places(desk.language),
            channels=CHANNELS,
            events=intake_forms.list_events(session, desk.now - EVENTS_OF),
            longest=LONGEST,
        )
