"""Every step that the page of a case offers, from every status, by everybody: its form opens, and what it says goes."""

import re

from cases import lifecycle
from cases.statuses import Action, Actor, Role, Status
from clock import now as moment
from storage import cases as stored
from tests.cases.lives import ROADS
from tests.desk import Clerk, DeskHouse

DIN_DAENG, DRAINAGE = "district:1026", "dept:drainage"
STEP = re.compile(r"/do/(\w+)$")
REFUSED = "console.case.wrong_standing"


def bring(desk: DeskHouse, number: str, status: Status) -> None:
    """Further along its road, to this status."""
    now = moment()
    with desk.database.begin(now) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        for action, role in ROADS[status][1:]:
            actor = Actor(role, person=f"U-{role}", organisation=DIN_DAENG if role == Role.COORDINATOR else None)
            receiver = {"receiver": DRAINAGE} if action is Action.TRANSFER else {}
            lifecycle.apply(session, case, action, actor, now, **receiver)  # type: ignore[arg-type]


def list_steps(clerk: Clerk, page: str) -> list[str]:
    """The steps whose buttons the page shows."""
    clerk.opens(page)
    found = (STEP.search(str(link["href"])) for link in clerk.page.find_all("a", href=True))
    return [step[1] for step in found if step]


def test_each_step_opens_from_each_status_and_nobody_is_offered_what_is_not_theirs(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    desk.chat.coordinators(DIN_DAENG)
    desk.chat.coordinators(DRAINAGE)
    officer, somchai, drain = desk.clerk("officer"), desk.clerk("office", DIN_DAENG), desk.clerk("office", DRAINAGE)
    viewer, reader = desk.clerk("viewer"), desk.clerk("office-viewer", DIN_DAENG)
    offered: dict[str, set[str]] = {"officer": set(), "office": set(), "receiver": set()}
    for status in (one for one in Status if one is not Status.MERGED):
        number = desk.chat.has_case(nid)
        bring(desk, number, status)
        page = f"/console/cases/{number}"
        for name, clerk in (("officer", officer), ("office", somchai)):
            for step in list_steps(clerk, page):
                offered[name].add(step)
                clerk.opens(f"{page}/do/{step}").sees(f"console.case.do_{step}").hides(REFUSED)
        assert list_steps(viewer, page) == list_steps(reader, page) == []
        viewer.opens(f"{page}/do/start", 403)
        if status is Status.TRANSFERRING:
            offered["receiver"] |= set(list_steps(drain, page))
        else:
            drain.opens(page, 404).opens(f"{page}/do/accept", 404)
    assert offered["receiver"] == {"accept", "bounce"}
    assert offered["office"] == {
        *("acknowledge", "start", "promise", "wait", "resolve", "not_found", "ask", "write", "transfer", "decline"),
        "invite",
    }
    assert {"send_back", "uphold", "agree", "place", "reopen", "close", "refer", "verdict", "withdraw"} <= offered[
        "officer"
    ]
    assert {"answer", "add", "merge", "shield"} <= offered["officer"]
