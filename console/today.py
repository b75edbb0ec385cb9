"""The first page: what needs whoever is signed in now, each line with where it can be settled.

A line of cases is a list of cases like any other: it counts and shows what the list behind its link shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from cases import bill, roster, undelivered
from cases.call_days import LATE, CallDays
from cases.desk import OPEN_AT_ALL
from cases.views import name_khet
from console import first_steps
from console.desk import Desk
from console.list_query import read_asked
from console.list_rows import Row, see_heads
from console.pages import Pages
from console.permissions import Right
from storage import (
    askings,
    callbacks,
    case_list,
    follow_ups,
    inbound_mails,
    inbox,
    likely_pairs,
    mail,
    notes,
    office_day,
    outbox,
    waiting,
)
from storage.case_scope import within
from storage.models import Case
from texts.moments import say_date

pages = Pages("today")
Listed = TypeVar("Listed")
SHOWN = 5
MOST = 50
# Lists of cases that call for somebody, the most urgent first: a name, and what the list is narrowed down by.
OFFICERS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("danger", {"status": "open", "danger": "1", "sort": "oldest"}),
    ("unrouted", {"status": "new", "sort": "oldest"}),
    ("disputed", {"status": "disputed", "sort": "oldest"}),
    ("declined", {"status": "declined", "sort": "oldest"}),
    ("transferring", {"status": "transferring", "sort": "oldest"}),
    ("confidential", {"status": "open", "confidential": "1", "sort": "oldest"}),
    ("overdue", {"status": "open", "overdue": "1", "sort": "due"}),
    ("photos", {"photos": "1", "sort": "changed"}),
)
OFFICE: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("danger", {"status": "work", "danger": "1", "sort": "oldest"}),
    ("unanswered", {"status": "dispatched", "sort": "oldest"}),
    ("overdue", {"status": "work", "overdue": "1", "sort": "due"}),
    ("missed", {"missed": "1", "sort": "due"}),
)
URGENT = frozenset({"undelivered", "danger", "overdue", "missed", "confidential", "dead", "failed", "lost"})


@dataclass(frozen=True, slots=True)
class Item:
    """One line under a heading. `settle`: a form that takes it off the list, and its label."""

    words: str
    href: str = ""
    beside: str = ""
    settle: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What calls for somebody: how many (`more`: or more than that), some of them, and where all are."""

    name: str
    count: int
    items: Sequence[Item]
    href: str = ""
    more: bool = False
    hint: str = ""  # other words than those of its name, of what to do

    @property
    def urgent(self) -> bool:
        """Whether it stands out."""
        return self.name in URGENT


@pages.get("/", Right.SEE_TODAY)
def show_today(desk: Desk) -> AnyResponse:
    """The page, by role."""
    with desk.read() as session:
        blocks = [block for block in _list_blocks(desk, session) if block.count]
        first = first_steps.find_steps(desk, session)
    return desk.show("today.html", blocks=blocks, first=first)


def _list_blocks(desk: Desk, session: Session) -> Iterator[Block]:
    if desk.staff.of_omb:
        yield _see_undelivered(desk, session)
    yield from _list_own(desk, session)
    for name, fields in OFFICERS if desk.staff.of_omb else OFFICE:
        yield _see_cases(desk, session, name, fields)
    if not desk.staff.of_omb:
        office = desk.staff.organisation
        yield _see_waiting(desk, "offered", office_day.list_offered(session, office, MOST))
        yield _see_waiting(desk, "invited", office_day.list_invited(session, office, MOST))
    if desk.may(Right.TAKE_IN):
        yield from _list_intake(desk, session)
    if desk.may(Right.DECIDE):
        yield _see_pairs(desk, session)
    if desk.may(Right.SEE_DELIVERY):
        yield from _list_delivery(desk, session)


def _list_own(desk: Desk, session: Session) -> Iterator[Block]:
    calls = notes.list_calls(session, desk.staff.id, MOST, scope=within(desk.scope))
    items = [
        Item(call.number, _link(call.number), f"{desk.name_person(call.writer, call.organisation)}: {call.words}")
        for call in _cut(desk, "calls", calls)
    ]
    yield Block("calls", len(calls), items, _find_all(desk, "calls", calls), more=len(calls) == MOST)
    due = follow_ups.list_due(session, desk.staff.id, desk.today, MOST, scope=within(desk.scope))
    yield Block(
        "follow_ups",
        len(due),
        [
            Item(
                one.number,
                _link(one.number),
                _join(say_date(desk.language, one.on_day, today=desk.today), "" if one.confidential else one.words),
            )
            for one in _cut(desk, "follow_ups", due)
        ],
        _find_all(desk, "follow_ups", due),
        more=len(due) == MOST,
    )


def _see_cases(desk: Desk, session: Session, name: str, fields: Mapping[str, str]) -> Block:
    asked = read_asked(desk, MultiDict(fields))
    if set(fields) - set(asked.given):  # what they may not ask for they are not shown either
        return Block(name, 0, ())
    page = case_list.list_page(session, desk.scope, asked.filters, asked.order, desk.now, size=SHOWN)
    items = [
        Item(
            row.number,
            _link(row.number),
            desk.say("console.today.secret")
            if row.confidential
            else _join(row.category, row.place, _name_other(desk, row)),
        )
        for row in see_heads(desk, page.cases)
    ]
    href = f"{url_for('cases.show_cases')}?{urlencode(fields)}"
    return Block(name, page.count or 0, items, href, more=not page.counted_all)


def _see_undelivered(desk: Desk, session: Session) -> Block:
    """Danger of which its office may know nothing."""
    return _see_waiting(desk, "undelivered", undelivered.list_cases(session, MOST))


def _see_waiting(desk: Desk, name: str, cases: Sequence[Case]) -> Block:
    items = [Item(case.number, _link(case.number), _name(desk, case.owner)) for case in _cut(desk, name, cases)]
    return Block(name, len(cases), items, _find_all(desk, name, cases), more=len(cases) == MOST)


def _list_intake(desk: Desk, session: Session) -> Iterator[Block]:
    days = CallDays(session, desk.now)
    owed = (*within(desk.scope), callbacks.not_put_off(days.find_put_off()))
    calls = callbacks.list_owed(session, owed, SHOWN)
    items = [
        Item(
            one.case.number,
            _link(one.case.number),
            _join(
                desk.say(f"console.today.call_{one.callback.kind}"),
                desk.say("console.today.call_blocked") if _has_blocked(session, one) else "",
                _say_late(desk, days, one),
            ),
        )
        for one in calls
    ]
    yield Block("callbacks", callbacks.count_owed(session, owed), items, _find(desk, "intake_drafts.show_calls"))
    drafts = inbound_mails.list_drafts(session, SHOWN)
    address = _find(desk, "intake_drafts.show_drafts")
    items = [Item(each.subject or desk.say("console.today.no_subject"), address) for each in drafts]
    yield Block("drafts", inbound_mails.count_drafts(session), items, address)


def _say_late(desk: Desk, days: CallDays, call: callbacks.OwedCall) -> str:
    if days.find_state(call.callback, call.case) != LATE:
        return ""
    day = days.find_day(call.callback, call.case)
    return desk.say("console.intake_calls.by_late", day=say_date(desk.language, day, today=desk.today))


def _has_blocked(session: Session, call: callbacks.OwedCall) -> bool:
    chat_id = call.reporter.line_user_id
    return chat_id is not None and askings.has_blocked(session, chat_id)


def _see_pairs(desk: Desk, session: Session) -> Block:
    pairs = likely_pairs.list_open(session, OPEN_AT_ALL)
    items = [
        Item(
            desk.say("console.today.pair", newer=pair.newer.number, older=pair.older.number, metres=pair.metres),
            _link(pair.newer.number),
            _name(desk, pair.newer.owner),
            settle=url_for("today.settle_pair", older=pair.older.number, newer=pair.newer.number),
            label=desk.say("console.today.not_the_same"),
        )
        for pair in _cut(desk, "pairs", pairs)
    ]
    all_of = _find_all(desk, "pairs", pairs)
    return Block("pairs", len(pairs), items, all_of, more=len(pairs) == likely_pairs.MOST_SHOWN)


def _list_delivery(desk: Desk, session: Session) -> Iterator[Block]:
    delivery = _find(desk, "admin_delivery.show_delivery")
    dead = len(outbox.list_dead(session, MOST)) + len(mail.list_dead(session, MOST))
    hint = "" if desk.may(Right.MANAGE_DELIVERY) else "by_administrator"
    yield Block("dead", dead, (), delivery, more=dead >= MOST, hint=hint)
    yield Block("failed", inbox.count_failed(session), (), delivery, hint=hint)
    weak = roster.find_weak(session, desk.now)
    items = [
        Item(_name(desk, one.organisation), beside=desk.say(f"console.today.weak_{one.matter}", days=one.days))
        for one in weak[:SHOWN]
    ]
    yield Block("lost", len(weak), items, _find(desk, "admin_groups.show_groups"))
    quota = waiting.find_quota(session)
    if quota is not None:
        budget = bill.Budget(quota.most, quota.used, desk.settings.line_reserve_percent)
        if budget.warning is not None:
            words = desk.say("console.today.quota_words", percent=budget.percent)
            yield Block("quota", 1, (Item(words),), _find(desk, "admin_quota.show_quota"))


@pages.post("/pairs/<newer>/<older>/settle", Right.DECIDE)
def settle_pair(desk: Desk, newer: str, older: str) -> AnyResponse:
    """Two cases are not about the same thing."""
    with desk.begin() as session:
        first, second = desk.get_case(session, older), desk.get_case(session, newer)
        if likely_pairs.settle(session, first.id, second.id, desk.actor_id, desk.now):
            desk.record(session, "pair.settle", f"case:{newer}", other=older)
            undo = url_for("today.unsettle_pair", newer=newer, older=older)
            desk.tell("console.today.pair_settled", undo, newer=newer, older=older)
    return desk.go("today.show_today")


@pages.post("/pairs/<newer>/<older>/unsettle", Right.DECIDE)
def unsettle_pair(desk: Desk, newer: str, older: str) -> AnyResponse:
    """That was a slip."""
    with desk.begin() as session:
        first, second = desk.get_case(session, older), desk.get_case(session, newer)
        if likely_pairs.unsettle(session, first.id, second.id):
            desk.record(session, "pair.unsettle", f"case:{newer}", other=older)
    return desk.go("today.show_today")


def _cut(desk: Desk, name: str, rows: Sequence[Listed]) -> Sequence[Listed]:
    """What stands on the page of a list that has no page of its own: the first, or all where that was asked for."""
    return rows if desk.args.get("all") == name else rows[:SHOWN]


def _find_all(desk: Desk, name: str, rows: Sequence[Listed]) -> str:
    """Where the rest of such a list stands; "" where there is none."""
    if len(rows) <= SHOWN or desk.args.get("all") == name:
        return ""
    return url_for("today.show_today", all=name, _anchor=f"today-{name}")


def _link(number: str) -> str:
    return url_for("case.show_case", number=number)


def _join(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _find(desk: Desk, endpoint: str) -> str:
    return url_for(endpoint) if desk.has_page(endpoint) else ""


def _name_other(desk: Desk, row: Row) -> str:
    """Whose it is, where that is not said by where it lies."""
    name = _name(desk, row.owner)
    return "" if name in row.place else name


def _name(desk: Desk, organisation: str) -> str:
    return name_khet(organisation, desk.language)
