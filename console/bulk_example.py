"""What many cases' reporters and groups will read of a step, shown by the first of them; nothing of it is kept."""

from sqlalchemy.orm import Session

from cases.desk import OMB
from cases.transfers import can_reach
from cases.views import name_office
from console import bulk_reminder, case_doing, case_steps, case_wishes
from console.case_choices import Choices
from console.case_doing import Doing
from console.case_steps import Step
from console.desk import Desk
from console.rehearsal import Rehearsal, rehearse
from places.organisations import list_organisations
from storage.models import Case

FORM = "bulk:look"


def show_words(desk: Desk, number: str, step: Step) -> Rehearsal:
    """The words for this case, by what the form holds. Raises Refused where that is not whole, or cannot be."""
    wish = case_wishes.read(step, desk.form, desk.today, (), {})

    def act(session: Session, case: Case) -> None:
        if step is bulk_reminder.STEP:
            bulk_reminder.remind(session, [number], desk.now)
        else:
            actor = case_steps.act_as(desk)
            case_doing.do(Doing(session, case, step, wish, actor, desk.now, FORM, desk.staff.name))

    return rehearse(desk, lambda session: desk.get_case(session, number, lock=True), act)


def list_reachable(desk: Desk, session: Session) -> Choices:
    """The offices that a case can be brought to, for there is somebody to tell."""
    codes = [each.code for each in list_organisations()]
    reached = [code for code in codes if code == OMB or can_reach(session, code)]
    return [(code, name_office(code, desk.language)) for code in reached]
