"""What LINE's messages of a month were spent on, by organisation and kind, and how many are left."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.wrappers import Response as AnyResponse

from cases import bill
from cases.bill import Total
from cases.figure_time_words import name_month
from cases.views import name_office
from clock import in_bangkok
from console.delivery_words import say_kinds
from console.desk import Desk
from console.pages import Pages
from console.permissions import Right
from storage import bill as stored
from storage import waiting
from storage.bill import BillLine
from texts.moments import year_of

pages = Pages("admin_quota")
DEAREST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What one organisation, or all people, cost; and for what."""

    name: str
    total: Total
    kinds: str


@pages.get("/admin/quota", Right.SEE_BILL)
def show_quota(desk: Desk) -> AnyResponse:
    """The page; `month` such as 2026-11."""
    this = bill.begin_month(desk.now)
    try:
        begins = bill.read_month(desk.args.get("month", "")) if desk.args.get("month") else this
    except ValueError:
        begins = this
    with desk.read() as session:
        lines = stored.list_lines(session, begins, bill.end_month(begins))
        quota = waiting.find_quota(session) if begins == this else None
        held = waiting.count_waiting(session, held=True)
    by_office: dict[str | None, list[BillLine]] = defaultdict(list)
    for line in lines:
        by_office[line.organisation].append(line)
    rows = [_see(desk, organisation, of) for organisation, of in by_office.items()]
    reserve = desk.settings.line_reserve_percent
    return desk.show(
        "admin_quota.html",
        month_words=desk.say(
            "console.figures.period_month",
            month=name_month(desk.language, day := in_bangkok(begins).date()),
            year=year_of(desk.language, day),
        ),
        before=bill.name_month(bill.begin_month(begins - timedelta(days=1))),
        after=bill.name_month(bill.end_month(begins)) if begins < this else "",
        rows=sorted(rows, key=lambda row: (-row.total.price, row.name)),
        total=bill.total(lines),
        quota=quota,
        budget=bill.Budget(quota.most, quota.used, reserve) if quota else None,
        reserve=reserve,
        held=held,
    )


def _see(desk: Desk, organisation: str | None, lines: list[BillLine]) -> Row:
    name = name_office(organisation, desk.language) if organisation else desk.say("console.admin_quota.people")
    spent: Counter[str] = Counter()
    for line in lines:
        spent[say_kinds(desk, [line.kind])] += line.price
    kinds = " · ".join(f"{words} {price:,}" for words, price in spent.most_common(DEAREST) if price)
    return Row(name, bill.total(lines), kinds)
