"""The slip that a reporter without LINE takes home: the number, where it went, whom to ring, and a code for their LINE.

A code can be shown once only, for it is kept as a hash: each slip is a new code, and those before are void. The words
of a confidential case are on no slip.
"""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import segno
from flask import Response
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.messages.theme import fit
from cases import handing_over, views
from cases.statuses import Status
from clock import in_bangkok
from console.case_page import may_look
from console.desk import Desk
from console.pages import Pages
from console.papers.typesetting import set_paper
from console.permissions import Right
from storage import intake_forms, line_account
from storage.handovers import LIFE
from storage.looks import GRANT_LASTS
from storage.models import Case
from texts.catalog import say
from texts.moments import say_paper_date, say_paper_moment

pages = Pages("intake_slip")
LONGEST_WORDS = 400
LINE_ADDRESS = "https://line.me/R/oaMessage/"


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on it, in the reporter's language. `qr`: what the picture says; empty where there is none."""

    number: str
    received: str
    kind: str
    words: str
    place: str
    office: str
    event: str
    code: str
    until: str
    qr: str


@pages.post("/intake/<number>/slip", Right.TAKE_IN)
def print_slip(desk: Desk, number: str) -> AnyResponse:
    """Make a new code, and the slip with it: a page to print, or a PDF."""
    with desk.begin() as session:
        case = desk.get_case(session, number, lock=True)
        if not may_hand_out(desk, session, case):
            return desk.go("case.show_case", number=number)
        code = handing_over.make_code(session, case, desk.secret_key, desk.now)
        slip = _see(session, case, code or "", desk)
        desk.record(session, "intake.slip", f"case:{case.number}")
    if desk.form.get("kind") == "pdf":
        return _send(set_slip(slip, case.language), f"{case.number}.pdf")
    picture = f"data:image/svg+xml;base64,{base64.b64encode(draw_qr(slip.qr)).decode()}" if slip.qr else ""
    return desk.show(
        "intake_slip.html", slip=slip, spoken=case.language, picture=picture, words_of=_speak(case.language)
    )


def may_hand_out(desk: Desk, session: Session, case: Case) -> bool:
    """Of a confidential case for whoever has said why they look, or has just written it down themselves."""
    if may_look(desk, session, case):
        return True
    taken = intake_forms.find_intake(session, case.id)
    return taken is not None and taken.user_id == desk.staff.id and taken.taken_at > desk.now - GRANT_LASTS


def _see(session: Session, case: Case, code: str, desk: Desk) -> Slip:
    language, hidden = case.language, case.confidential
    taken = intake_forms.find_intake(session, case.id)
    shown = say(language, "handover.slip_words", code=f"{code[:4]}-{code[4:]}") if code else ""
    return Slip(
        number=case.number,
        received=say_paper_moment(language, case.created_at),
        kind="" if hidden else views.name_category(case.category, language),
        words="" if hidden else case.description,
        place="" if hidden else views.describe_place(case, language),
        office=_name_office(case, language),
        event=(taken.event or "") if taken is not None else "",
        code=shown,
        until=say_paper_date(language, in_bangkok(desk.now + LIFE).date()) if code else "",
        qr=make_address(desk.settings.line_basic_id or line_account.find_basic_id(session), code, language)
        if code
        else "",
    )


def _name_office(case: Case, language: str) -> str:
    """With whom it is; of an office that nothing could reach yet, that it still waits to be sent there."""
    name = views.name_office(case.owner, language)
    return f"{name} ({views.name_status(Status.NEW, language)})" if case.status == Status.NEW else name


def make_address(basic_id: str, code: str, language: str) -> str:
    """What opens the account in LINE with the words typed; empty where the account's own id is not known."""
    if not basic_id:
        return ""
    account = basic_id if basic_id.startswith("@") else f"@{basic_id}"
    words = say(language, "handover.slip_words", code=code)
    return f"{LINE_ADDRESS}{quote(account, safe='')}/?{quote(words, safe='')}"


def draw_qr(words: str) -> bytes:
    """The picture, as SVG."""
    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, omitsize=True)
    return drawn.getvalue()


def _speak(language: str) -> Callable[..., str]:
    """The words of the slip, in its reader's language and not in that of who prints it."""

    def words_of(name: str, **values: object) -> str:
        return say(language, f"console.intake_slip.{name}", **values)

    return words_of


def set_slip(slip: Slip, language: str) -> bytes:
    """The slip as PDF. Raises NoLetters."""
    words_of = _speak(language)
    facts = {name: getattr(slip, name) for name in ("received", "event", "kind", "words", "place", "office")}
    told = {
        "language": language,
        "number": slip.number,
        "labels": {name: words_of(name) for name in ("heading", "from", "number", "ask")}
        | {"how_to_take": words_of("scan" if slip.qr else "type")},
        "facts": [
            {"name": words_of(name), "words": fit(words, LONGEST_WORDS)} for name, words in facts.items() if words
        ],
        "code": slip.code,
        "until": words_of("until", day=slip.until) if slip.code else "",
        "qr": draw_qr(slip.qr).decode() if slip.qr else "",
    }
    return set_paper("slip", told)[0]


def _send(pdf: bytes, name: str) -> AnyResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
