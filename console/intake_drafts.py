"""Mail that waits for an officer, and people who wait for a call: what comes in beside LINE and is not settled yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, url_for
from sqlalchemy import not_
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import call_words, called, inbound_mail, open_questions, views
from cases.call_days import LATER, STATES, CallDays
from cases.danger import find_danger
from console.case_actions import looks_open
from console.case_steps import act_as
from console.desk import Desk
from console.intake_fields import read_key
from console.pages import Pages
from console.permissions import Right
from storage import callbacks, inbound_mails
from storage.case_scope import within
from storage.files import FileMissing
from storage.inbound_mails import DISCARDED, DRAFT
from storage.models import InboundMail
from texts.moments import say_day

pages = Pages("intake_drafts")
SHOWN, CALLS_SHOWN = 20, 50
SETTLED = "console.intake.mail_settled"
REASONS = ("spam", "not_ours", "double", "settled", "unclear")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a draft says, without what it answers; `number`: of the case whose reporter may have written it.

    `known`: their address has been confirmed since, so it is theirs.
    """

    number: str
    words: str
    known: bool


def _find_answers(session: Session, mails: Sequence[InboundMail]) -> dict[int, Answer]:
    found = {mail: inbound_mail.find_answered(session, mail) for mail in mails}
    return {
        mail.id: Answer(case.number, inbound_mail.read_own_words(mail), inbound_mail.is_known(session, case))
        for mail, case in found.items()
        if case
    }


@pages.get("/intake/drafts", Right.TAKE_IN)
def show_drafts(desk: Desk) -> AnyResponse:
    """The mails, newest first."""
    before = desk.args.get("before", "")
    with desk.read() as session:
        found = inbound_mails.list_drafts(session, SHOWN + 1, read_key(before))
        files = {mail.id: inbound_mails.list_files(session, mail.id) for mail in found[:SHOWN]}
        waiting = inbound_mails.count_drafts(session)
        answers = _find_answers(session, found[:SHOWN])
    return desk.show(
        "intake_drafts.html",
        mails=found[:SHOWN],
        files=files,
        answers=answers,
        pressing={mail.id for mail in found if find_danger(f"{mail.subject}\n{mail.words}")},
        waiting=waiting,
        reasons=REASONS,
        reads_mail=bool(desk.settings.inbox_url.get_secret_value()),
        after=found[SHOWN - 1].id if len(found) > SHOWN else None,
    )


@pages.post("/intake/drafts/<int:mail_id>/answer", Right.TAKE_IN)
def add_answer(desk: Desk, mail_id: int) -> AnyResponse:
    """The reporter of the case wrote it: it goes there, as all that they write from now on. Or another did."""
    with desk.begin() as session:
        mail = _get_mail(desk, session, mail_id)
        known = inbound_mail.find_answered(session, mail, lock=True) if mail.state == DRAFT else None
        if known is None:
            desk.tell(SETTLED if mail.state != DRAFT else "console.intake_drafts.answer_late", tone="warning")
            return desk.go("intake_drafts.show_drafts")
        case = desk.get_case(session, known.number)
        theirs = desk.form.get("whose") != "other"
        if not theirs and inbound_mail.is_known(session, case):
            desk.tell("console.intake_drafts.answer_confirmed", tone="warning", number=case.number)
            return desk.go("intake_drafts.show_drafts")
        if theirs:
            inbound_mail.add_answer(session, mail, case, desk.actor_id, desk.now)
        else:
            inbound_mail.deny_address(session, mail, case, desk.now)
        desk.record(session, "mail.answer" if theirs else "mail.deny", f"case:{case.number}")
        number = case.number
    desk.tell(f"console.intake_drafts.answer_{'added' if theirs else 'denied'}", number=number)
    return desk.go("intake_drafts.show_drafts")


@pages.post("/intake/drafts/<int:mail_id>/discard", Right.TAKE_IN)
def discard(desk: Desk, mail_id: int) -> AnyResponse:
    """Lay a mail aside, with a reason."""
    reason = desk.form.get("reason", "")
    if reason not in REASONS:
        desk.refuse(400)
    with desk.begin() as session:
        mail = _get_mail(desk, session, mail_id)
        if mail.state != DRAFT:
            desk.tell(SETTLED, tone="warning")
            return desk.go("intake_drafts.show_drafts")
        inbound_mails.settle(
            session, mail, DISCARDED, desk.now, person=desk.actor_id, case_id=mail.case_id, reason=reason
        )
        desk.record(session, "mail.discard", f"mail:{mail_id}", reason=reason)
    desk.tell("console.intake_drafts.discarded", undo_url=f"/console/intake/drafts/{mail_id}/restore")
    return desk.go("intake_drafts.show_drafts")


@pages.post("/intake/drafts/<int:mail_id>/restore", Right.TAKE_IN)
def restore(desk: Desk, mail_id: int) -> AnyResponse:
    """It was laid aside by mistake."""
    with desk.begin() as session:
        mail = _get_mail(desk, session, mail_id)
        if mail.state == DISCARDED:
            inbound_mails.restore(mail)
            desk.record(session, "mail.restore", f"mail:{mail_id}")
    return desk.go("intake_drafts.show_drafts")


@pages.get("/intake/drafts/<int:mail_id>/files/<int:media_id>", Right.TAKE_IN)
def show_file(desk: Desk, mail_id: int, media_id: int) -> AnyResponse:
    """A file of a mail that waits; pictures are shown, all else is handed out to be kept."""
    with desk.read() as session:
        mail = inbound_mails.find(session, mail_id)
        files = inbound_mails.list_files(session, mail_id) if mail is not None and mail.state == DRAFT else []
    found = next((item for item in files if item.id == media_id and item.state == "stored" and item.path), None)
    if found is None or found.path is None:
        desk.refuse(404)
    try:
        data = b"".join(desk.store.stream(found.path))
    except FileMissing:
        desk.refuse(404)
    headers = {} if found.kind == "image" else {"Content-Disposition": "attachment"}
    return Response(data, mimetype=found.content_type or "application/octet-stream", headers=headers)


@pages.get("/intake/calls", Right.TAKE_IN)
def show_calls(desk: Desk) -> AnyResponse:
    """Who is to be rung about what: what is late, what is due, and what was put off because nobody answered."""
    with desk.read() as session:
        scope, days = within(desk.scope), CallDays(session, desk.now)
        now = callbacks.not_put_off(days.find_put_off())
        owed = callbacks.list_owed(session, (*scope, now), CALLS_SHOWN)
        hidden = {"hidden": callbacks.count_owed(session, (*scope, now)) - len(owed)}
        later = callbacks.list_owed(session, (*scope, not_(now)), CALLS_SHOWN - len(owed))
        owed += later
        late = callbacks.is_late(**days.find_late())
        parts = zip(STATES, ((now, late), (now, not_(late)), (not_(now),)), strict=True)
        counts = {name: callbacks.count_owed(session, (*scope, *which)) for name, which in parts}
        hidden["hidden_later"] = counts[LATER] - len(later)
        asked = {
            one.callback.id: [
                open_questions.write(each, desk.language) for each in open_questions.list_open(session, one.case)
            ]
            if one.callback.kind != callbacks.NEWS
            else [call_words.write(session, one.case, one.callback, desk.now)]
            for one in owed
            if not one.case.confidential
        }
        kinds = {one.case.id: views.name_category(one.case.category, desk.language) for one in owed}
        due = {one.callback.id: days.find_day(one.callback, one.case) for one in owed}
        groups = [(name, [one for one in owed if days.find_state(one.callback, one.case) == name]) for name in STATES]
    return desk.show(
        "intake_calls.html",
        groups=[(name, sorted(calls, key=lambda one: due[one.callback.id])) for name, calls in groups if calls],
        by={key: _say_by(desk, day) for key, day in due.items()},
        counts=counts,
        hidden=hidden,
        asked=asked,
        kinds=kinds,
    )


def _say_by(desk: Desk, day: date) -> str:
    return say_day(desk.language, day, today=desk.today)


@pages.post("/intake/calls/<int:callback_id>/tried", Right.TAKE_IN)
def note_try(desk: Desk, callback_id: int) -> AnyResponse:
    """Somebody rang, and nobody answered: again on the next working day."""
    if read_key(str(callback_id)) is None:
        desk.refuse(404)
    with desk.begin() as session:
        case = desk.get_case(session, desk.form.get("number", ""), lock=True)
        if not looks_open(desk, session, case):
            return desk.go("case.show_case", number=case.number)
        one = called.note_try(session, case, callback_id, act_as(desk), desk.now)
        if one is not None:
            desk.record(session, "call.tried", f"case:{case.number}")
            day = CallDays(session, desk.now).find_day(one, case)
            desk.tell("console.intake_calls.tried", number=case.number, day=_say_by(desk, day))
    return desk.go("intake_drafts.show_calls")


@pages.post("/intake/calls/<int:callback_id>/done", Right.TAKE_IN)
def settle_call(desk: Desk, callback_id: int) -> AnyResponse:
    """It is settled, and there was nothing to enter."""
    if read_key(str(callback_id)) is None:
        desk.refuse(404)
    with desk.begin() as session:
        case = desk.get_case(session, desk.form.get("number", ""), lock=True)
        if not looks_open(desk, session, case):
            return desk.go("case.show_case", number=case.number)
        if called.settle(session, case, callback_id, act_as(desk), desk.now):
            desk.record(session, "call.done", f"case:{case.number}")
            undo = url_for("intake_drafts.owe_call_again", callback_id=callback_id, number=case.number)
            desk.tell("console.intake_calls.done", undo, number=case.number)
    return desk.go("intake_drafts.show_calls")


@pages.post("/intake/calls/<int:callback_id>/undo/<number>", Right.TAKE_IN)
def owe_call_again(desk: Desk, callback_id: int, number: str) -> AnyResponse:
    """It was settled by mistake: it stands on the list again."""
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)
        if not looks_open(desk, session, case):
            return desk.go("case.show_case", number=number)
        again = called.take_back(session, case, callback_id, act_as(desk), desk.now)
        if again:
            desk.record(session, "call.undone", f"case:{number}")
    key = "undone" if again else "undo_late"
    desk.tell(f"console.intake_calls.{key}", tone="success" if again else "warning", number=number)
    return desk.go("intake_drafts.show_calls")


def _get_mail(desk: Desk, session: Session, mail_id: int) -> InboundMail:
    """Held for what is done with it; 404 where there is none."""
    mail = inbound_mails.find(session, mail_id, lock=True)
    if mail is None:
        desk.refuse(404)
    return mail
