"""Every step that the page of a case offers, from every status and to everybody: its form opens."""

import re
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.wrappers import Response as AnyResponse

from cases import lifecycle
from cases.statuses import Action, Status
from console import case_actions, case_steps
from console.desk import Desk
from storage.models import Case, Reporter
from tests.cases.lives import MONDAY, OFFICE, RECEIVER, bring_to
from tests.desk import Clerk, DeskHouse
from tests.intake_desk import writes_down

STEP = re.compile(r"/do/(\w+)$")
REFUSED = "console.case.wrong_standing"


def list_steps(clerk: Clerk, page: str) -> set[str]:
    """The steps whose buttons the page shows."""
    clerk.opens(page)
    found = (STEP.search(str(link["href"])) for link in clerk.page.find_all("a", href=True))
    return {step[1] for step in found if step}


def test_each_step_opens_and_nobody_is_offered_what_is_not_theirs(desk: DeskHouse) -> None:
    officer, somchai = desk.clerk("officer", language="en"), desk.clerk("office", OFFICE)
    drain, viewer, reader = desk.clerk("office", RECEIVER), desk.clerk("viewer"), desk.clerk("office-viewer", OFFICE)
    offered: dict[str, set[str]] = {"officer": set(), "office": set(), "receiver": set()}
    for place, status in enumerate(one for one in Status if one is not Status.MERGED):
        number = f"FT6911-{place:05d}"
        with desk.database.begin(MONDAY) as session:
            bring_to(session, status, number=number, latitude=13.77, longitude=100.56)
        page = f"/console/cases/{number}"
        for name, clerk in (("officer", officer), ("office", somchai)):
            steps = list_steps(clerk, page)
            for step in steps - offered[name]:  # each opens once: the forms are the same from every status
                clerk.opens(f"{page}/do/{step}").sees(f"console.case.do_{step}").hides(REFUSED)
            offered[name] |= steps
        if status is Status.TRANSFERRING:
            offered["receiver"] |= list_steps(drain, page)
            assert list_steps(viewer, page) == list_steps(reader, page) == set()
            viewer.opens(f"{page}/do/start", 403)
        elif status is Status.DISPATCHED:
            drain.opens(page, 404).opens(f"{page}/do/accept", 404)
    assert offered["receiver"] == {"accept", "bounce"}
    assert offered["office"] == {
        *("acknowledge", "start", "promise", "wait", "resolve", "not_found", "ask", "write", "transfer", "decline"),
        "invite",
    }
    assert offered["officer"] >= {
        *("send_back", "uphold", "agree", "place", "reopen", "close", "refer", "verdict", "withdraw"),
        *("answer", "add", "merge", "shield"),
    }


def test_a_step_that_was_overtaken_at_the_last_moment_is_not_said_to_be_done(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    with desk.database.begin(MONDAY) as session:
        bring_to(session, Status.DISPATCHED, number="FT6911-00800", latitude=13.77, longitude=100.56)
    page = "/console/cases/FT6911-00800/do/correct_category"
    send = case_actions._send

    def overtake(sender: Desk, number: str, *rest: Any) -> AnyResponse:
        with sender.begin() as session:
            case = sender.get_case(session, number, lock=True)
            lifecycle.apply(session, case, Action.ACKNOWLEDGE, case_steps.act_as(sender), sender.now)
        return send(sender, number, *rest)

    officer.opens(page).fills(category="waste", words="ในรูปเป็นขยะ").presses("console.case.preview")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(case_actions, "_send", overtake)
        officer.presses("console.case.send", 409).sees("console.case.moved_meanwhile").hides("console.case.done_before")
    officer.presses("console.case.preview").sees("ในรูปเป็นขยะ")
    held = {str(one["name"]): str(one["value"]) for one in officer.page.select("main form input[name]")}
    for words in ("console.case.done", "console.case.done_before"):
        officer.posts(page, 200, stage="send", **{name: value for name, value in held.items() if name != "csrf_token"})
        officer.sees(words)
    with desk.database.read() as session:
        assert session.scalars(select(Case)).one().category == "waste"
    assert len(desk.audited("case.correct_category")) == 1


def test_nothing_is_offered_that_cannot_be_done(desk: DeskHouse) -> None:
    officer, somchai = desk.clerk("officer"), desk.clerk("office", OFFICE)
    late, silent, begun = (f"/console/cases/FT6911-0090{place}" for place in range(3))
    with desk.database.begin(MONDAY) as session:
        bring_to(session, Status.CLOSED, number=late[-12:], latitude=13.77, longitude=100.56)
        bring_to(session, Status.CLOSED, number=silent[-12:], latitude=13.77, longitude=100.56).verdict = "silent"
        bring_to(session, Status.DISPATCHED, number=begun[-12:], latitude=13.77, longitude=100.56)
    # Of a closed case its reporter may still say what it is not too late for, and nothing else.
    assert "verdict" not in list_steps(officer, late) and "verdict" in list_steps(officer, silent)
    officer.opens(f"{silent}/do/verdict").sees("console.case.verdict_yes")

    # An office that nobody can reach is found by its name, but is no choice.
    for step in ("transfer", "invite"):
        somchai.opens(f"{begun}/do/{step}").fills(search="วัฒนา").presses("console.case.search")
        somchai.sees("console.case.receiver_unreachable", office="สำนักงานเขตวัฒนา")
        assert somchai.page.select_one("[value='district:1039']") is None

    # A reporter with neither LINE nor e-mail is called, not written to.
    assert "write" in list_steps(somchai, begun)
    with desk.database.begin(MONDAY) as session:
        session.execute(update(Reporter).values(line_user_id=None, email=None))
    assert "write" not in list_steps(somchai, begun)


def test_of_who_has_only_a_telephone_nothing_says_that_they_know(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-23 10:00")
    group = desk.chat.coordinators("district:1026", "Pim")
    officer, somchai = desk.clerk("officer"), desk.clerk("office", "district:1026")
    number = writes_down(desk.chat)
    group.gets_card(number)
    page = f"/console/cases/{number}"

    # The form and the preview say who has to ring, and what about; the line to the group does not say it is done.
    somchai.opens(page).follows("console.case.do_promise").sees("console.case.hint_told_call")
    somchai.hides("console.case.hint_promise").fills(day="2026-11-26").presses("console.case.preview")
    somchai.sees("console.case.reporter_called").sees(
        "told.promise", number=number, office="สำนักงานเขตดินแดง", by="ภายใน พฤ. 26 พ.ย."
    )
    somchai.hides("console.case.reporter_reads_nothing").presses("console.case.send")
    somchai.follows("console.case.do_promise").fills(day="2026-11-27", words="รออะไหล่").presses("console.case.preview")
    somchai.sees("(เจ้าหน้าที่จะโทรบอกผู้แจ้ง)").hides("บอกผู้แจ้งแล้ว").presses("console.case.send")
    somchai.sees("console.case.undo_ask").hides("console.case.undo_told")

    # Whoever rings has the words, and says when they were told.
    officer.opens("/console/intake/calls")
    officer.sees("console.intake_calls.kind_news").sees("เพราะรออะไหล่").presses("console.intake_calls.told")
    officer.sees("console.intake_calls.none")

    # What they were told is taken back: that too is for somebody to say.
    somchai.presses("console.case.undo")
    officer.opens("/console/intake/calls").sees("told.undo_day", number=number, office="สำนักงานเขตดินแดง")
    officer.sees("วันนัดกลับเป็น พฤ. 26 พ.ย.").hides("ยกเลิกแล้ว")

    # A question that follows leaves the news on the list, and so does taking it back, or its answer.
    calls, news = "/console/intake/calls", "console.intake_calls.kind_news"
    for ends in ("undo", "answer"):
        somchai.opens(f"{page}/do/ask").fills(words="ซอยไหนครับ").presses("console.case.preview")
        somchai.presses("console.case.send")
        officer.opens(calls).sees(news).sees("console.intake_calls.kind_ask").sees("ซอยไหนครับ")
        if ends == "undo":
            somchai.opens(page).presses("console.case.undo")
        else:
            officer.opens(f"{page}/do/answer").fills(words="ซอยห้า").presses("console.case.preview")
            officer.presses("console.case.send")
        officer.opens(calls).sees(news).hides("ซอยไหนครับ")
    officer.opens(page).follows("console.case.do_refer").sees("console.case.hint_told_call")
    officer.hides("console.case.hint_refer")
    desk.chat.must_be_clean()


def test_a_day_that_somebody_was_told_by_telephone_is_taken_back_by_telephone(desk: DeskHouse) -> None:
    desk.chat.turns_to("2026-11-23 10:00")
    group, other = desk.chat.coordinators("district:1026", "Pim"), desk.chat.coordinators("district:1017", "Noi")
    officer, calls = desk.clerk("officer"), "/console/intake/calls"
    pim, gone = group.member("Pim"), "วันนัดเดิม พ. 25 พ.ย. ยกเลิกแล้ว"

    def tells_a_day() -> str:
        number = writes_down(desk.chat)
        pim.quotes(group.gets_card(number), "เสร็จวันพุธครับ").sees("group.promised", due="พ. 25 พ.ย.")
        return number

    # Nobody had told them yet: nothing is to be taken back.
    unheard = tells_a_day()
    officer.opens(f"/console/cases/{unheard}/do/transfer").fills(receiver="district:1017", words="อยู่ในเขตห้วยขวาง")
    officer.presses("console.case.preview").presses("console.case.send")
    other.member().taps("button.accept", other.gets_card(unheard)).sees("question.date")
    officer.opens(calls).sees("console.intake_calls.none")

    # Another office takes it; who rang stands on the page of the case.
    number = tells_a_day()
    officer.opens(calls).presses("console.intake_calls.no_answer").presses("console.intake_calls.told")
    officer.opens(f"/console/cases/{number}").sees("console.case.did_note_call_unanswered")
    officer.sees("console.case.did_note_call_told").sees("นัดแก้ไขภายใน พ. 25 พ.ย.").sees("Orathai")
    officer.opens(f"/console/cases/{number}/do/transfer").fills(receiver="district:1017", words="อยู่ในเขตห้วยขวาง")
    officer.presses("console.case.preview").presses("console.case.send")
    noi = other.member("Noi").taps("button.accept", other.gets_card(number)).sees("question.date")
    officer.opens(calls).sees("console.intake_calls.kind_news").sees("เขตห้วยขวางรับเรื่อง").sees(gone)
    noi.says(f"{number} กำลังดำเนินการ").sees("group.step_start")
    officer.opens(calls).sees("เขตห้วยขวางกำลังแก้ไข").sees(gone).presses("console.intake_calls.told")
    officer.sees("console.intake_calls.none")

    # Its office declines, and an officer hands it out: the preview has the call.
    number = tells_a_day()
    officer.opens(calls).presses("console.intake_calls.told")
    pim.quotes(group.gets_card(number), "ไม่รับ อยู่ในเขตห้วยขวาง").sees("group.step_decline")
    officer.opens(f"/console/cases/{number}/do/place").fills(receiver="district:1017").presses("console.case.preview")
    officer.sees("console.case.reporter_called").sees(gone).hides("console.case.reporter_reads_nothing")
    officer.presses("console.case.send").opens(calls).sees(gone)
