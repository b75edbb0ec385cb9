"""The office that was chosen for a case and could not be asked: the officers read its name, and may pass it on."""

from sqlalchemy.orm import Session

from cases import desk, mailing, views
from cases.statuses import Status
from storage import cases as stored
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"


def find(session: Session, case: Case) -> str | None:
    """The office that a case before the officers is for, as its own office says; None where it names none."""
    waits = case.status == Status.TRANSFERRING and case.transfer_to is None
    return desk.find_proposed(stored.list_history(session, case.id)) if waits else None


def say_of(session: Session, case: Case, language: str = LANGUAGE) -> str:
    """In one line, and whether it can be written to by now; "" where there is none."""
    code = find(session, case)
    if code is None:
        return ""
    key = "desk.proposed" if mailing.can_reach(session, code) else "desk.proposed_unreached"
    return say(language, key, office=views.name_khet(case.owner, language), receiver=views.name_khet(code, language))
