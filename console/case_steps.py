"""What somebody may do with a case from its page, and what each step needs to be told; `case_doing` does it.

The life cycle's table says what is possible from where the case stands. Here is only who may ask for it: an office
for the case that it has, is offered or helps with, the Ombudsman's officers for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases import (
    decisions,
    helping,
    lifecycle,
    merging,
    office_updates,
    on_behalf,
    secret_slips,
    shielding,
    transfers,
    writing,
)
from cases.statuses import OVER, Action, Actor, Role, Status
from console.desk import Desk
from console.permissions import Right
from storage import helping as stored_helping
from storage.models import Case

# The fields of the forms; `words` is labelled for each step.
WORDS, DAY, LOOK, READY, RECEIVER, PHOTOS, NUMBER, BODY, VERDICT, CATEGORY, DANGER, WHERE = (
    "words",
    "day",
    "look",
    "ready",
    "receiver",
    "photos",
    "number",
    "body",
    "verdict",
    "category",
    "danger",
    "where",
)
Possible = Callable[[Session, Case, "Desk"], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `needs`: fields without which it is refused; `part`: under which heading it stands.

    `grave`: it ends something or takes it out of somebody's hands, and is drawn so.
    """

    name: str
    action: Action
    part: str
    fields: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    right: Right = Right.ACT
    grave: bool = False
    only_at: tuple[Status, ...] = ()


A, S = Action, Status
OF_OFFICE = (
    Step("acknowledge", A.ACKNOWLEDGE, "work"),
    Step("start", A.START, "work"),
    Step("promise", A.PROMISE, "work", (DAY, WORDS), (DAY,)),
    Step("wait", A.WAIT, "work", (WORDS, LOOK), (WORDS,)),
    Step("resolve", A.RESOLVE, "work", (PHOTOS, WORDS)),
    Step("not_found", A.NOT_FOUND, "work", (WORDS, PHOTOS)),
    Step("ask", A.ASK, "reporter", (READY, WORDS)),
    Step("transfer", A.TRANSFER, "pass", (RECEIVER, WORDS), (WORDS,)),
    Step("decline", A.DECLINE, "pass", (WORDS,), (WORDS,), grave=True),
)
OFFERED = (Step("accept", A.ACCEPT, "work"), Step("bounce", A.BOUNCE, "pass", (WORDS,), (WORDS,)))
OF_DESK = (
    Step("send_back", A.REOPEN, "decide", (WORDS,), (WORDS,), Right.DECIDE, only_at=(S.DISPUTED, S.DECLINED)),
    Step("send_back", A.DISPATCH, "decide", (WORDS,), (WORDS,), Right.DECIDE, only_at=(S.TRANSFERRING,)),
    Step("uphold", A.CLOSE, "decide", (WORDS,), (WORDS,), Right.DECIDE, grave=True, only_at=(S.DISPUTED,)),
    Step("agree", A.CLOSE, "decide", (BODY, WORDS), (), Right.DECIDE, grave=True, only_at=(S.DECLINED,)),
    Step("place", A.DISPATCH, "decide", (RECEIVER, WORDS), (RECEIVER,), Right.DECIDE),
    Step("reopen", A.REOPEN, "decide", (WORDS,), (WORDS,), Right.DECIDE, only_at=(S.RESOLVED, S.CLOSED)),
    Step("close", A.CLOSE, "decide", (WORDS,), (WORDS,), Right.DECIDE, True, (S.NEW, S.REFERRED, S.RESOLVED)),
    Step("refer", A.REFER, "pass", (WORDS,), (WORDS,), Right.DECIDE),
    Step("answer", A.ANSWER, "phone", (WORDS,), (WORDS,), Right.DECIDE),
    Step("add", A.ADD, "phone", (WORDS,), (WORDS,), Right.DECIDE),
    Step("verdict", A.CONFIRM, "phone", (VERDICT, WORDS), (VERDICT,), Right.DECIDE),
    Step("withdraw", A.WITHDRAW, "phone", (WORDS,), (WORDS,), Right.DECIDE, grave=True),
    Step("merge", A.MERGE, "join", (NUMBER,), (NUMBER,), Right.DECIDE, grave=True),
    Step("split", A.SPLIT, "join", (), (), Right.DECIDE),
    Step("correct_category", A.CORRECT, "correct", (CATEGORY, DANGER, WORDS), (CATEGORY, WORDS), Right.DECIDE),
    Step("correct_place", A.CORRECT, "correct", (WHERE, WORDS), (WORDS,), Right.DECIDE),
    Step("calm", A.CORRECT, "correct", (WORDS,), (WORDS,), Right.DECIDE),
    Step("shield", A.SHIELD, "secret", (WORDS,), (WORDS,), Right.DECIDE, grave=True),
    Step("unshield", A.LIFT, "correct", (WORDS,), (WORDS,), Right.DECIDE, grave=True),
    Step("lift", A.LIFT, "secret", (WORDS,), (WORDS,), Right.DECIDE, grave=True),
)
WRITE = Step("write", A.NOTE, "reporter", (READY, WORDS))
INVITE = Step("invite", A.NOTE, "help", (RECEIVER, WORDS), (RECEIVER,))
TAKE_BACK = Step("take_back", A.NOTE, "help", (RECEIVER,), (RECEIVER,))
OF_HELPER = (
    Step("help", A.NOTE, "help"),
    Step("busy", A.NOTE, "help"),
    Step("stop_helping", A.NOTE, "help"),
    Step("tell_owner", A.NOTE, "help", (WORDS, PHOTOS)),
)
ALL = (*OF_OFFICE, *OFFERED, *OF_DESK, WRITE, INVITE, TAKE_BACK, *OF_HELPER)
# The reporter reads these words, and a tick lets a number go along.
WITH_NUMBER = ("ask", "wait", "write", "uphold", "agree", "close")
PARTS = ("decide", "work", "reporter", "phone", "pass", "help", "correct", "join", "secret")


def reads_reporter(step: Step, case: Case) -> bool:
    """Whether the reporter reads the words of this step."""
    puts_off = step.action is A.PROMISE and case.promised_on is not None
    return puts_off or step.name == WRITE.name or step.action in lifecycle.READ_BY_REPORTER


def act_as(desk: Desk) -> Actor:
    """Whoever is signed in, as the life cycle knows them."""
    role = Role.STAFF if desk.staff.of_omb else Role.COORDINATOR
    return Actor(role, person=desk.actor_id, organisation=desk.staff.organisation)


def list_steps(session: Session, case: Case, desk: Desk) -> list[Step]:
    """What this person may do with the case as it stands, in the order of its buttons."""
    if not desk.may(Right.ACT):
        return []
    found = _list_for_desk(session, case, desk) if desk.staff.of_omb else _list_for_office(session, case, desk)
    return [step for step in found if desk.may(step.right)]


def find_step(session: Session, case: Case, desk: Desk, name: str) -> Step | None:
    """One of these by its name."""
    return next((step for step in list_steps(session, case, desk) if step.name == name), None)


def _list_for_desk(session: Session, case: Case, desk: Desk) -> list[Step]:
    steps = [step for step in (*OF_DESK, *OF_OFFICE) if _is_open(case, step, Role.STAFF) and _may_desk(case, step)]
    if merging.find_parting(session, case, desk.now) is None:
        steps = [step for step in steps if step.action is not A.SPLIT]
    if secret_slips.find(session, case) is None:
        steps = [step for step in steps if step.name != "unshield"]
    if not on_behalf.list_verdicts(session, case, desk.now):
        steps = [step for step in steps if step.name != "verdict"]
    return [*_list_answerable(session, case, steps), *_list_beside(session, case)]


def _list_answerable(session: Session, case: Case, steps: Sequence[Step]) -> list[Step]:
    """Without the question, where its reporter can neither be written to nor rung."""
    reachable = bool(case.phone) or writing.can_write(session, case)
    return [step for step in steps if reachable or step.action is not A.ASK]


def _may_desk(case: Case, step: Step) -> bool:
    if step.action in (A.SHIELD, A.LIFT):
        return shielding.find_hindrance(case, step.action) is None
    if step.name in ("transfer", "merge") and case.confidential:
        return False
    if case.transfer_to is not None and step.name == "send_back":
        return False  # it waits for the office that it is offered to; that one is asked by its own card
    if step.name == "place":
        return decisions.may_place(case)
    if step.name == "calm":
        return bool(case.danger)
    return True


def _list_for_office(session: Session, case: Case, desk: Desk) -> list[Step]:
    organisation = desk.staff.organisation
    if transfers.is_offered_to(case, organisation):
        return list(OFFERED)
    if office_updates.is_with(case, organisation):
        steps = [step for step in OF_OFFICE if _is_open(case, step, Role.COORDINATOR)]
        steps = _list_answerable(session, case, steps)
        return [*steps, *(_list_beside(session, case) if Status(case.status) not in OVER else ())]
    if helping.is_invited(session, case, organisation):
        row = stored_helping.find(session, case.id, organisation)
        names = (*helping.BUTTONS.get(row.state if row else "", ()), "tell_owner")
        return [step for step in OF_HELPER if step.name in names]
    return []


def _list_beside(session: Session, case: Case) -> list[Step]:
    """What moves no status: words to the reporter, and help."""
    steps = [WRITE] if writing.can_write(session, case) else []
    if not case.confidential and Status(case.status) in helping.INVITES:
        steps.append(INVITE)
    if helping.list_invited(session, case):
        steps.append(TAKE_BACK)
    return steps


def _is_open(case: Case, step: Step, role: Role) -> bool:
    status = Status(case.status)
    if step.only_at and status not in step.only_at:
        return False
    return lifecycle.find_rule(status, step.action, role) is not None
