"""What a step would say to many cases' reporters and groups: it is made for each, read, and taken back.

The words of the first are shown. A case that the form does not fit comes out here, before anything is done.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.desk import OMB
from cases.mailing import can_reach
from cases.views import name_office
from console import bulk_reminder, bulk_sorting, case_choices, case_doing, case_steps, case_wishes, seen
from console.bulk_sorting import Skipped
from console.case_choices import Choices
from console.case_doing import Doing
from console.case_steps import Step
from console.case_wishes import Refused, Wish
from console.desk import Desk
from console.rehearsal import Rehearsal, rehearse
from places.organisations import list_organisations
from storage.models import Case

MARK = "bulk:look"
LOOK = "bulk look"
FORM = ("words", "day", "receiver")
NOTHING = Wish()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would happen: to which cases, what the first one's people read (`heard`), and how many read something."""

    able: tuple[str, ...]
    skipped: Skipped
    wish: Wish = NOTHING
    heard: Rehearsal | None = None
    reporters: int = 0
    offices: int = 0


def foresee(desk: Desk, name: str, able: Sequence[tuple[str, Step]]) -> Foreseen:
    """Every case by itself, as it will be done. Raises Refused where the form is not whole, or it fits none of them."""
    wish = case_wishes.read(able[0][1], desk.form, desk.today, (), {})
    if able[0][1] is bulk_reminder.STEP:
        return _foresee_reminder(desk, [number for number, _ in able])

    def act(session: Session, case: Case) -> None:
        step = bulk_sorting.find_step(desk, session, case, name)
        if step is None:
            raise Refused("console.case.wrong_standing")
        actor = case_steps.act_as(desk)
        case_doing.do(Doing(session, case, step, wish, actor, desk.now, MARK, desk.staff.name))

    made: list[tuple[str, Rehearsal]] = []
    skipped: Skipped = []
    first: Refused | None = None
    for number, _ in able:
        try:
            made.append((number, _rehearse(desk, number, act)))
        except Refused as why:
            first = first or why
            skipped.append([number, say_refused(desk, why)])
    if first is not None and not made:
        raise first
    return Foreseen(
        able=tuple(number for number, _ in made),
        skipped=skipped,
        wish=wish,
        heard=made[0][1],
        reporters=sum(bool(heard.reporter) + heard.others for _, heard in made),
        offices=len({each.organisation for _, heard in made for each in heard.offices}),
    )


def _foresee_reminder(desk: Desk, numbers: list[str]) -> Foreseen:
    """One line to each group, however many cases it names."""
    heard = _rehearse(desk, numbers[0], lambda session, _: bulk_reminder.remind(session, numbers, desk.now))
    with desk.read() as session:
        owner = desk.get_case(session, numbers[0]).owner
    theirs = tuple(each for each in heard.offices if each.organisation == owner)
    return Foreseen(tuple(numbers), [], heard=Rehearsal((), 0, theirs), offices=len(heard.offices))


def _rehearse(desk: Desk, number: str, act: Callable[[Session, Case], object]) -> Rehearsal:
    return rehearse(desk, lambda session: desk.get_case(session, number, lock=True), act)


def say_refused(desk: Desk, why: Refused) -> str:
    """Why it cannot be, in words."""
    return desk.say(why.key, **case_choices.name_values(desk, why))


def sign(desk: Desk, name: str, numbers: Sequence[str], token: str, given: Mapping[str, str]) -> str:
    """What stands on the form of a page that foretold this very thing; without it nothing is done."""
    return seen.mark(desk, LOOK, _list_told(name, numbers, token, given))


def is_seen(desk: Desk, name: str, numbers: Sequence[str], token: str) -> bool:
    """Whether that page was looked at before."""
    return seen.is_marked(desk, LOOK, _list_told(name, numbers, token, desk.form))


def _list_told(name: str, numbers: Sequence[str], token: str, given: Mapping[str, str]) -> list[str]:
    return [token, name, *(given.get(field, "").replace("\r\n", "\n") for field in FORM), *sorted(numbers)]


def list_reachable(desk: Desk, session: Session, owners: Collection[str]) -> Choices:
    """The offices that cases of these owners can be brought to, for there is somebody to tell."""
    codes = [each.code for each in list_organisations() if owners != {each.code}]
    reached = [code for code in codes if code == OMB or can_reach(session, code)]
    return [(code, name_office(code, desk.language)) for code in reached]
