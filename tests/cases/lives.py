"""Cases brought to any point of their life by real steps, for tests of what may follow."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases import lifecycle
from cases.statuses import SYSTEM, Action, Actor, Role, Status
from storage import reporters
from storage.models import Case, Group, HistoryEntry, Relay

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10:00 in Bangkok, an ordinary working day
OFFICE, RECEIVER = "district:1026", "dept:public-works"
RECEIVER_GROUP = "C-of-the-receiver"
GROUP, STAFF_GROUP, REPORTER = "C-of-the-office", "C-of-the-ombudsman", "U-of-the-reporter"
ACTORS = {
    Role.REPORTER: Actor(Role.REPORTER, person=REPORTER, chat_id=REPORTER),
    Role.COORDINATOR: Actor(Role.COORDINATOR, person="U-somchai", organisation=OFFICE, chat_id=GROUP),
    Role.STAFF: Actor(Role.STAFF, person="officer@example.org", organisation="omb"),
    Role.SYSTEM: SYSTEM,
    Role.FOLLOWER: Actor(Role.FOLLOWER, person="U-who-follows", chat_id="U-who-follows"),
}
COORDINATOR = ACTORS[Role.COORDINATOR]
A, R = Action, Role
ROADS: dict[Status, tuple[tuple[Action, Role], ...]] = {
    Status.NEW: (),
    Status.DISPATCHED: ((A.DISPATCH, R.SYSTEM),),
    Status.ACKNOWLEDGED: ((A.DISPATCH, R.SYSTEM), (A.ACKNOWLEDGE, R.COORDINATOR)),
    Status.IN_PROGRESS: ((A.DISPATCH, R.SYSTEM), (A.START, R.COORDINATOR)),
    Status.NEEDS_INFO: ((A.DISPATCH, R.SYSTEM), (A.ACKNOWLEDGE, R.COORDINATOR), (A.ASK, R.COORDINATOR)),
    Status.TRANSFERRING: ((A.DISPATCH, R.SYSTEM), (A.TRANSFER, R.COORDINATOR)),
    Status.REFERRED: ((A.DISPATCH, R.SYSTEM), (A.REFER, R.STAFF)),
    Status.RESOLVED: ((A.DISPATCH, R.SYSTEM), (A.RESOLVE, R.COORDINATOR)),
    Status.DISPUTED: ((A.DISPATCH, R.SYSTEM), (A.RESOLVE, R.COORDINATOR), (A.DISPUTE, R.REPORTER)),
    Status.DECLINED: ((A.DISPATCH, R.SYSTEM), (A.DECLINE, R.COORDINATOR)),
    Status.CLOSED: (
        (A.DISPATCH, R.SYSTEM),
        (A.RESOLVE, R.COORDINATOR),
        (A.DISPUTE, R.REPORTER),
        (A.CLOSE, R.STAFF),
    ),
    Status.WITHDRAWN: ((A.DISPATCH, R.SYSTEM), (A.WITHDRAW, R.REPORTER)),
    Status.MERGED: ((A.DISPATCH, R.SYSTEM), (A.MERGE, R.STAFF)),
}


def open_case(session: Session, number: str = "FT6911-00001", **changes: Any) -> Case:
    """A new case of a reporter on LINE; its office and the Ombudsman have a group each."""
    reporter = reporters.get_or_add_line_reporter(session, REPORTER, MONDAY)
    if session.get(Group, GROUP) is None:
        for chat_id, organisation in ((GROUP, OFFICE), (STAFF_GROUP, "omb"), (RECEIVER_GROUP, RECEIVER)):
            session.add(
                Group(
                    chat_id=chat_id,
                    organisation=organisation,
                    bound_at=MONDAY,
                    created_at=MONDAY,
                    wrong_codes=0,
                )
            )
    values: dict[str, Any] = {
        "number": number,
        "status": "new",
        "owner": OFFICE,
        "alternatives": [],
        "routed_by": "boundary",
        "category": "lighting",
        "description": "ไฟดับทั้งซอย",
        "place": "ซอยประชาสงเคราะห์ 5 เขตดินแดง",
        "danger": [],
        "reporter_id": reporter.id,
        "created_at": MONDAY,
        "updated_at": MONDAY,
    }
    case = Case(**(values | changes))
    session.add(case)
    session.flush()
    lifecycle.record_new(session, case, ACTORS[Role.REPORTER], MONDAY)
    return case


def do(session: Session, case: Case, action: Action, role: Role, now: datetime, **options: Any) -> HistoryEntry:
    """A step, with the day a promise needs and the office that a transfer offers it to."""
    if action is Action.TRANSFER:
        options.setdefault("receiver", RECEIVER)
    if action is Action.PROMISE:
        options.setdefault("due", date(2026, 11, 27))
    return lifecycle.apply(session, case, action, ACTORS[role], now, **options)


def bring_to(session: Session, status: Status, **changes: Any) -> Case:
    """A case that came to `status` by real steps, an hour apart."""
    case = open_case(session, **changes)
    for hours, (action, role) in enumerate(ROADS[status]):
        do(session, case, action, role, MONDAY + timedelta(hours=hours))
    assert case.status == status
    return case


def list_told(session: Session) -> set[str]:
    """Who is to be told something, and forget it."""
    queued = session.info["outbox"]
    by_chat = queued.by_chat
    names = {RECEIVER_GROUP: "receiver", GROUP: "group", STAFF_GROUP: "staff", REPORTER: "reporter"}
    told = {names[chat_id] for chat_id, said in by_chat.items() if said}
    told |= {names[chat_id] for chat_id, said in queued.can_wait.items() if said}
    by_chat.clear()
    queued.can_wait.clear()
    # What a reporter says waits a moment for more of it.
    told |= {"group" if kind == "answer" else "staff" for kind in session.scalars(delete(Relay).returning(Relay.kind))}
    return told
