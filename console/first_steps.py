"""What is to be done before the first cases come: shown on Today until it is done, each step to whoever may do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from console.desk import Desk
from console.permissions import Right, StaffRole
from places.organisations import list_khet
from storage import boundaries, contacts, first_days, groups, roster, waiting

FIRST_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of them; `words` say how far it is, where that is a number."""

    name: str
    done: bool
    href: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What this person is to do. `folded`: there are cases, which come before it."""

    steps: Sequence[FirstStep]
    folded: bool

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(step.done for step in self.steps)


def find_steps(desk: Desk, session: Session) -> FirstSteps | None:
    """The steps of this person; None once all are done, or the first case is a week old."""
    first = first_days.find_first_case(session)
    if first is not None and desk.now - first > FIRST_DAYS:
        return None
    found = FirstSteps(list(_look(desk, session, has_cases=first is not None)), folded=first is not None)
    return None if found.done == len(found.steps) else found


def _look(desk: Desk, session: Session, *, has_cases: bool) -> Iterator[FirstStep]:
    if desk.may(Right.MANAGE_ORGANISATIONS):
        connected = first_days.has_heard_of_line(session) and waiting.find_quota(session) is not None
        yield FirstStep("line", connected, url_for("admin_quota.show_quota"))
        known = boundaries.find_newest_id(session) is not None
        yield FirstStep("boundaries", known, url_for("admin_boundaries.show_boundaries"))
    if desk.may(Right.MANAGE_GROUPS):
        all_khet = {f"district:{khet.dcode}" for khet in list_khet()}
        bound = {str(group.organisation) for group in roster.list_groups(session, but="")}
        reached = all_khet & (bound | {one.organisation for one in contacts.list_contacts(session)})
        words = desk.say("console.today.first_reached", count=len(reached), all=len(all_khet))
        yield FirstStep("groups", bool(reached), url_for("admin_groups.show_groups"), words)
    if desk.may(Right.MANAGE_USERS):
        others = first_days.count_colleagues(session, but=desk.staff.id)
        words = desk.say("console.today.first_colleagues", count=others)
        yield FirstStep("users", others > 0, url_for("users.show_users"), words)
    if desk.staff.role == StaffRole.OFFICE:
        office = desk.staff.organisation
        mailed = any(one.organisation == office for one in contacts.list_contacts(session))
        reached_by = bool(groups.list_bound(session, office)) or mailed
        yield FirstStep("own_group", reached_by, url_for("guides.show_for_coordinators"))
    if desk.may(Right.TAKE_IN):
        yield FirstStep("first_case", has_cases, url_for("intake.show_form"))
