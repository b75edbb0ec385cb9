"""Where a case goes back to: the step an undo takes back, and where a question came from."""

from sqlalchemy.orm import Session

from cases import chain, clocks
from cases.standing import list_standing
from cases.statuses import Action, Role, Status
from storage import cases as stored
from storage import clocks as stored_clocks
from storage.models import Case, HistoryEntry, SlaClock

# What an office says of a case; only these can be taken back.
OFFICE_STEPS = frozenset({
    Action.ACKNOWLEDGE,
    Action.START,
    Action.PROMISE,
    Action.ASK,
    Action.TRANSFER,
    Action.RESOLVE,
    Action.NOT_FOUND,
    Action.DECLINE,
    Action.WAIT,
    Action.ACCEPT,
})  # fmt: skip
BEFORE_OFFICERS = (Status.DISPUTED, Status.DECLINED, Status.TRANSFERRING)
UNDER = "under"  # in the details of an undo: the step before, which is taken back with it
DECISION = "decision"  # in history, of what was decided from the officers' card: the note that holds its words
STATES = "states"  # in the details of a note: the step that its words say, where the case stands beyond it
TOLD_AS = "told"  # in the details of a step: what its reporter reads, where the name of the step does not say it


def find_undone(session: Session, case: Case, action: Action, role: Role) -> HistoryEntry | None:
    """The step that this action takes back: an undo that of an office, a split that by which cases were joined.

    The desk's undo also takes back that a case was handed out, and what the officers decided; who asks for that sees
    to the rest of it.
    """
    if action is Action.UNDO:
        by_desk = find_decided(session, case) or _find_handed_out(session, case) if role == Role.STAFF else None
        return find_undoable(session, case, role) or by_desk
    last = stored.find_last_change(session, case.id) if action is Action.SPLIT else None
    return last if last is not None and last.action == Action.MERGE else None


def find_undoable(session: Session, case: Case, role: Role) -> HistoryEntry | None:
    """The step that may be undone: the latest change, if an office made it; the desk undoes its own.

    What the desk corrected since comes first there: nobody who takes that back means an older step.
    """
    last = stored.find_last_change(session, case.id)
    if last is not None and last.action == Action.UNDO and UNDER in last.details:
        last = stored.find_history(session, last.details[UNDER])
    if last is None or last.action not in OFFICE_STEPS or last.from_status is None:
        return None
    if role == Role.STAFF:
        return last if find_standing_correction(session, case) is None else None
    stays = last.action == Action.DECLINE and chain.must_stay(stored.list_history(session, case.id), last)
    return last if last.role == Role.COORDINATOR and not stays else None


def find_change_before(session: Session, case: Case, step: HistoryEntry) -> HistoryEntry | None:
    """What was done to the case just before this step."""
    told = [one for one in stored.list_history(session, case.id) if one.action not in stored.QUIET_ACTIONS]
    return next((one for one in reversed(told) if one.id < step.id), None)


def find_standing_correction(session: Session, case: Case) -> HistoryEntry | None:
    """The correction that is the latest thing done to the case, those left out that were taken back."""
    quiet = {*stored.QUIET_ACTIONS} - {Action.CORRECT}
    told = [entry for entry in stored.list_history(session, case.id) if entry.action not in quiet]
    undone = {entry.details.get("undone") for entry in told if entry.action == Action.CORRECT}
    standing = (entry for entry in reversed(told) if entry.id not in undone)
    last = next((entry for entry in standing if entry.action != Action.CORRECT or "undone" not in entry.details), None)
    return last if last is not None and last.action == Action.CORRECT else None


def find_decided(session: Session, case: Case) -> HistoryEntry | None:
    """What the officers decided of a case that lay before them, if that is the latest thing: closed, sent back, or from
    its card handed out to an office.
    """
    last = stored.find_last_change(session, case.id)
    if last is None or last.role != Role.STAFF or last.from_status not in BEFORE_OFFICERS:
        return None
    handed = last.action == Action.DISPATCH and DECISION in last.details
    decided = last.action in (Action.REOPEN, Action.CLOSE) and last.from_status != Status.TRANSFERRING
    return last if (handed or decided) and find_standing_correction(session, case) is None else None


def _find_handed_out(session: Session, case: Case) -> HistoryEntry | None:
    last = stored.find_last_change(session, case.id)
    return last if last is not None and last.action == Action.DISPATCH and last.from_status is not None else None


def find_transfer(session: Session, case: Case) -> HistoryEntry | None:
    """The step with which a case that is being passed on was offered."""
    told = stored.list_history(session, case.id) if case.status == Status.TRANSFERRING else []
    return next((entry for entry in reversed(told) if entry.action == Action.TRANSFER), None)


def find_mover(session: Session, case: Case) -> str:
    """The office that wants another one to take a case: its owner, or the officers where they offered it."""
    step = find_transfer(session, case)
    by_officers = step is not None and step.role == Role.STAFF
    return str(step.organisation or case.owner) if step is not None and by_officers else case.owner


def list_paused(session: Session, case: Case) -> list[SlaClock]:
    """The clocks that a question or an offer has stopped, and the answer starts again."""
    step = find_pause(session, case) or find_transfer(session, case)
    stopped = stored_clocks.list_stopped_at(session, case.id, step.at) if step is not None else []
    return [one for one in stopped if one.kind in clocks.PAUSED]


def find_open_question(session: Session, case: Case) -> HistoryEntry | None:
    """The question with which the case began to wait for its reporter; later ones only added to the wait."""
    told = list_standing(stored.list_history(session, case.id))
    asked = (one for one in reversed(told) if one.action == Action.ASK and one.from_status != Status.NEEDS_INFO)
    return next(asked, None)


def find_pause(session: Session, case: Case) -> HistoryEntry | None:
    """The question that stopped the clocks of a case; None once it came back unanswered, and they run again."""
    first = find_open_question(session, case) if case.status == Status.NEEDS_INFO else None
    if first is None or stored_clocks.find_running(session, case.id, "answer") is None:
        return None
    since = [one for one in stored.list_history(session, case.id) if one.id > first.id and one.action == Action.ASK]
    for asked in reversed(since):  # one that only adds to the wait stops nothing but the wait itself
        if any(one.kind in clocks.PAUSED for one in stored_clocks.list_stopped_at(session, case.id, asked.at)):
            return asked
    return first


def find_status_after_answer(question: HistoryEntry | None) -> Status:
    """An answered case stands where it stood when it was asked about, and is acknowledged at least."""
    if question is not None and question.from_status == Status.IN_PROGRESS:
        return Status.IN_PROGRESS
    return Status.ACKNOWLEDGED


def list_photos_since(session: Session, case: Case, step: HistoryEntry) -> list[int]:
    """The photos that came to the case with this step and in its wake."""
    told = stored.list_history(session, case.id)
    near = [
        entry
        for entry in told
        if entry.id == step.id
        or (entry.id > step.id and entry.action == Action.NOTE and not entry.details.get("chosen"))
    ]
    return [media_id for entry in near for media_id in entry.details.get("media", ())]
