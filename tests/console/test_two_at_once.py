"""Two people at the desk save in the same moment, over two real connections: the second sees what the first did.

Both are held once they have read what they are about to write over: where nothing else keeps them apart, they cross.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError, local
from typing import Any

import pytest
from sqlalchemy import event, select

import clock
from cases import inbound_mail, intake_by_staff
from cases.inbound_mail import Letter
from cases.intake_by_staff import Told
from storage import inbound_mails
from storage.models import CategoryOverride, Reporter, TextChange
from tests.desk import Clerk, DeskHouse
from tests.intake_desk import OFFICER

EMAIL = "somying@mail.example"
TEXT, FIRST, SECOND = "told.acknowledge", "{office}รับเรื่อง {number} แล้วหนึ่ง", "{office}รับเรื่อง {number} แล้วสอง"
Press = Callable[[Clerk], Clerk]


@contextmanager
def _meeting(desk: DeskHouse, table: str) -> Iterator[None]:
    """Whoever has read of this table waits for the other, or half a second."""
    met, seen = Barrier(2), local()

    def wait(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        words = " ".join(statement.split())
        if f"FROM {table}" in words and not getattr(seen, "done", False):
            seen.done = True
            with suppress(BrokenBarrierError):
                met.wait(0.5)

    event.listen(desk.database.engine, "after_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(desk.database.engine, "after_cursor_execute", wait)


def _press_both(desk: DeskHouse, table: str, *presses: tuple[Clerk, Press]) -> list[int]:
    """What each was answered, the better answer first. A page that came otherwise than expected is an answer too."""

    def press(one: tuple[Clerk, Press]) -> int:
        clerk, does = one
        with suppress(AssertionError):
            does(clerk)
        return clerk.answer.status_code

    with _meeting(desk, table), ThreadPoolExecutor(2) as both:
        return sorted(both.map(press, presses))


def _take_in(officer: Clerk, **more: str) -> Clerk:
    officer.opens("/console/intake").fills(description="ขยะไม่เก็บมาสามวันแล้ว", place="เขตดินแดง", **more)
    return officer.presses("console.intake.check")


def _two_mails(desk: DeskHouse) -> list[tuple[str, str]]:
    """What one person writes about each of two cases, which they told by telephone."""
    now, mails = clock.now(), []
    with desk.database.begin(now) as session:
        caller = None
        for words in ("ต้นที่สองก็ดับ", "ดับมาสามวัน"):
            place = {"org": "district:1026", "how": "address", "words": "ซอย 5"}
            told = Told("ไฟดับ", "lighting", place, "phone", phone="0877777777", email=EMAIL, caller=caller)
            case = intake_by_staff.take(session, told, OFFICER, 1, now)
            caller = case.reporter_id
            mails.append((words, case.number))
    return mails


def _gets(desk: DeskHouse, words: str, number: str) -> None:
    now = clock.now()
    with desk.database.begin(now) as session:
        mail = inbound_mails.claim(session, f"<{number}@mail.example>", now)
        assert mail is not None
        letter = Letter(EMAIL, "", "เรื่อง", words, words, from_machine=False, number=number)
        inbound_mail.receive(session, mail, letter, now)


@pytest.mark.postgres
def test_who_saves_second_sees_what_the_first_did(postgres_desk: DeskHouse) -> None:
    desk = postgres_desk
    anong, kanya = desk.clerk("admin"), desk.clerk("admin", name="Kanya")

    # What the account says in LINE.
    for clerk, words in ((anong, FIRST), (kanya, SECOND)):
        clerk.opens(f"/console/admin/texts/{TEXT}").fills(th=words).presses("console.admin_texts.look")
    keep: Press = lambda clerk: clerk.presses("console.admin_texts.keep")  # noqa: E731
    assert _press_both(desk, "text_changes", (anong, keep), (kanya, keep)) == [200, 409]
    second = next(clerk for clerk in (anong, kanya) if clerk.answer.status_code == 409)
    second.sees("console.admin_texts.changed_meanwhile")

    # What else people call a kind of problem.
    for clerk, words in ((anong, "โคมตาแมว"), (kanya, "หลอดสั่น")):
        clerk.opens("/console/admin/categories/lighting/words").fills(words=words)
    keep = lambda clerk: clerk.presses("console.admin_categories.keep")  # noqa: E731
    assert _press_both(desk, "category_overrides", (anong, keep), (kanya, keep)) == [200, 409]

    # A caller who is known gives another address to two officers: the second is asked about what is kept now.
    first, other = desk.clerk("officer"), desk.clerk("officer", name="Dao")
    _take_in(first, phone="0812345678", name="สมหญิง", email=EMAIL).presses("console.intake.save")
    _take_in(first, phone="0899999999", name="ดาว", email=EMAIL).presses("console.intake.save")
    with desk.database.read() as session:
        known = session.scalars(select(Reporter).where(Reporter.phone == "0812345678")).one().id
    for clerk, name in ((first, "สมหญิง ใจดี"), (other, "สมหญิง รักดี")):
        _take_in(clerk, phone="0812345678", name=name).fills(caller=str(known)).presses("console.intake.check")
        clerk.fills(caller=str(known), sure=True)
    save: Press = lambda clerk: clerk.presses("console.intake.save")  # noqa: E731
    assert _press_both(desk, "intake_forms", (first, save), (other, save)) == [200, 422]
    second = next(clerk for clerk in (first, other) if clerk.answer.status_code == 422)
    second.sees("console.intake.wrong_sure")

    # Of two mails of one sender one is said to be the reporter's, the other to be somebody else's: one of both holds.
    for words, number in _two_mails(desk):
        _gets(desk, words, number)
    theirs: Press = lambda clerk: clerk.posts("/console/intake/drafts/1/answer", whose="reporter")  # noqa: E731
    others: Press = lambda clerk: clerk.posts("/console/intake/drafts/2/answer", whose="other")  # noqa: E731
    assert _press_both(desk, "reporters", (first, theirs), (other, others)) == [200, 200]
    with desk.database.read() as session:
        verbs = [one.verb for one in desk.audited() if one.verb in ("mail.answer", "mail.deny")]
        kept = session.scalars(select(Reporter).where(Reporter.phone == "0877777777")).one()
        assert (verbs, kept.email, kept.email_proved_at is not None) in (
            (["mail.answer"], EMAIL, True),
            (["mail.deny"], None, False),
        )
        assert len(session.scalars(select(TextChange)).all()) == 1
        assert len(session.scalars(select(CategoryOverride)).all()) == 1
