"""The list of cases: searched in Thai, filtered, sorted, a page at a time; kept under a name, and carried away."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from flask import Response
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from cases.categories import find_category, list_categories
from cases.statuses import Status
from cases.views import name_category, name_khet, name_office
from console import bulk_sorting, list_query, list_rows
from console.desk import Desk
from console.list_query import APART, Asked, list_exact, read_asked
from console.pages import Pages
from console.permissions import Right
from console.tables import CSV_KIND, XLSX_KIND, Sheet, Value, write_csv, write_xlsx
from places.organisations import list_organisations
from storage import case_list, case_scope, case_views
from storage.case_list import Order
from storage.case_search import list_numbers

pages = Pages("cases")
MOST_EXPORTED = 10_000
AT_ONCE = 500
MOST_VIEWS = 50
LONGEST_NAME = 60
WIDTHS = (16, 18, 60, 36, 14)


@pages.get("/cases", Right.SEE_CASES)
def show_cases(desk: Desk) -> AnyResponse:
    """The list."""
    asked = read_asked(desk, desk.args)
    with desk.read() as session:
        only = _find_meant(desk, session, asked)
        if only:
            return desk.go("case.show_case", number=only)
        after = desk.args.get("after")
        page = case_list.list_page(session, desk.scope, asked.filters, asked.order, desk.now, after=after)
        rows = list_rows.see_rows(desk, session, page.cases)
        kept = case_views.list_for(session, desk.staff.id)
    items = asked.as_items()
    return desk.show(
        "cases.html",
        asked=asked,
        rows=rows,
        page=page,
        views=[(view, f"/console/cases?{view.query}") for view in kept],
        query=urlencode(items),
        first=f"/console/cases?{urlencode(items)}" if after else "",
        next_page=f"/console/cases?{urlencode([*items, ('after', page.after)])}" if page.after else "",
        refused_phone=list_query.has_phone(desk.args.get("q", "")),
        bulk_steps=bulk_sorting.list_names(desk),
        most_at_once=bulk_sorting.MOST,
        choices=_list_choices(desk, asked),
        chips=list(_list_chips(desk, asked)),
        meanings=list(_list_meanings(desk, asked)),
        exactly=f"/console/cases?{urlencode(asked.as_items(exact='1'))}",
    )


def _find_meant(desk: Desk, session: Session, asked: Asked) -> str | None:
    """The case whose whole number was typed and nothing else: its page is what is wanted."""
    if set(asked.given) != {"q"} or asked.by_phone:
        return None
    numbers, certain = list_numbers(session, asked.given["q"])
    if not certain or len(numbers) != 1:
        return None
    case = case_scope.find_case(session, desk.scope, numbers[0])
    return case.number if case else None


def _list_choices(desk: Desk, asked: Asked) -> dict[str, object]:
    language = desk.language
    offices = [(each.code, name_office(each.code, language)) for each in list_organisations()]
    columns = [name for name in list_query.COLUMNS if name != "followers" or desk.may(Right.SEE_FOLLOWERS)]
    return {
        "groups": [name for name in list_query.GROUPS if name != "work"],
        "statuses": [(status.value, desk.say(f"status.{status}")) for status in Status],
        "offices": offices,
        "districts": [(code, name) for code, name in offices if code.startswith("district:")],
        "categories": [(each.code, name_category(each.code, language)) for each in list_categories()],
        "channels": [(each, desk.say(f"console.case.channel_{each}")) for each in list_query.CHANNELS],
        "verdicts": [(each, desk.say(f"console.cases.verdict_{each}")) for each in list_query.VERDICTS],
        "orders": [(each.value, desk.say(f"console.cases.sort_{each.value}")) for each in Order],
        "all_columns": [(name, desk.say(f"console.cases.col_{name}")) for name in columns],
    }


def _list_chips(desk: Desk, asked: Asked) -> Iterator[tuple[str, str]]:
    """What the list is narrowed down by, in words, each with the address of the list without it."""
    for name, value in asked.given.items():
        if name in ("sort", "col"):
            continue
        if name == "exact" and (codes := list_exact(asked.given)):
            yield from _list_letters(desk, asked, codes)
            continue
        gone = {name: ""} | ({"from": "", "to": ""} if name == "figure" else {})
        yield _say_chip(desk, name, value), f"/console/cases?{urlencode(asked.as_items(**gone))}"
    if asked.by_phone:
        yield desk.say("console.cases.chip_phone"), f"/console/cases?{urlencode(asked.as_items(phone=''))}"


def _list_meanings(desk: Desk, asked: Asked) -> Iterator[tuple[str, str]]:
    """What words of the search were also taken for, each with the address of the list where they are not."""
    held = list_exact(asked.given)
    alone = len(asked.filters.meant) == 1 and not asked.filters.meant[0].beside and not held
    for each in asked.filters.meant:
        apart = {term for other in each.beside for term in other.terms}
        own = tuple(term for term in each.terms if term not in apart)
        kind = "category" if each.category else "owner"
        for key, one, terms in ((kind, each, own), *(("beside", other, other.terms) for other in each.beside)):
            exact = "1" if alone else APART.join([*held, one.code])
            words = desk.say(f"console.cases.meant_{key}", name=_name_meant(desk, one.code), words=" ".join(terms))
            yield words, f"/console/cases?{urlencode(asked.as_items(exact=exact))}"


def _list_letters(desk: Desk, asked: Asked, codes: list[str]) -> Iterator[tuple[str, str]]:
    """What words of the search are not taken for, each with the address of the list where they are."""
    for code in codes:
        left = APART.join(other for other in codes if other != code)
        words = desk.say("console.cases.exact_one", name=_name_meant(desk, code))
        yield words, f"/console/cases?{urlencode(asked.as_items(exact=left))}"


def _name_meant(desk: Desk, code: str) -> str:
    known = find_category(code) is not None
    return name_category(code, desk.language) if known else name_khet(code, desk.language)


def _say_chip(desk: Desk, name: str, value: str) -> str:
    if name in list_query.FLAGS:
        return desk.say(f"console.cases.flag_{name}")
    if name == "exact":
        return desk.say("console.cases.exact_all" if value == "1" else f"console.cases.exact_{value}")
    if name == "confidential":
        return desk.say("console.cases.confidential_only" if value == "1" else "console.cases.confidential_not")
    if name == "status":
        group = value in list_query.GROUPS
        return desk.say(f"console.cases.group_{value}" if group else f"status.{value}")
    if name in ("owner", "district"):
        return desk.say(f"console.cases.chip_{name}", office=name_office(value, desk.language))
    if name == "category":
        return name_category(value, desk.language)
    if name in ("channel", "verdict"):
        return desk.say(f"console.case.channel_{value}" if name == "channel" else f"console.cases.verdict_{value}")
    if name == "figure":
        return desk.say("console.cases.chip_figure", figure=desk.say(f"console.cases.figure_{value}"))
    return desk.say(f"console.cases.chip_{name}", value=value)


@pages.post("/cases/find", Right.SEE_CASES)
def find_cases(desk: Desk) -> AnyResponse:
    """The search field and the filters, sent as a form: a telephone number must not stand in an address."""
    given = MultiDict(desk.form)
    words = given.get("q", "").strip()
    if list_query.has_phone(words):
        given.pop("q")
        if desk.may(Right.SEE_PHONE):
            list_query.keep_phone(words)
            given["phone"] = "1"
        else:
            desk.tell("console.cases.no_phones", tone="warning")
    return desk.go_to(f"/console/cases?{urlencode(read_asked(desk, given).as_items())}")


# carried away
@pages.get("/cases.csv", Right.EXPORT)
def send_csv(desk: Desk) -> AnyResponse:
    """The list as CSV: the columns that are shown, and all that was told."""
    asked = read_asked(desk, desk.args)
    return _send(desk, write_csv(list_rows.name_columns(desk, asked.columns), _export(desk, asked)), CSV_KIND, "csv")


@pages.get("/cases.xlsx", Right.EXPORT)
def send_xlsx(desk: Desk) -> AnyResponse:
    """The list as a workbook."""
    asked = read_asked(desk, desk.args)
    chips = " · ".join(words for words, _ in _list_chips(desk, asked)) or desk.say("console.cases.all")
    sheet = Sheet(
        desk.say("console.cases.title"),
        list_rows.name_columns(desk, asked.columns),
        _export(desk, asked),
        title=(desk.say("console.cases.title"), chips),
        widths=(*WIDTHS, *[20] * len(asked.columns)),
    )
    return _send(desk, write_xlsx([sheet]), XLSX_KIND, "xlsx")


def _export(desk: Desk, asked: Asked) -> list[list[Value]]:
    office = {each.code: name_office(each.code, desk.language) for each in list_organisations()}
    rows: list[list[Value]] = []
    after = None
    with desk.read() as session:
        while len(rows) < MOST_EXPORTED:
            found = case_list.list_keys(
                session, desk.scope, asked.filters, asked.order, desk.now, after=after, most=AT_ONCE
            )
            cases = case_list.load(session, [key for _, key in found.keys])
            seen = list_rows.see_rows(desk, session, cases, whole=True)
            rows += [list_rows.write_row(desk, row, asked.columns, office) for row in seen]
            session.expunge_all()
            after = found.resume
            if after is None:
                return rows
    more = desk.say("console.cases.export_more", count=f"{MOST_EXPORTED:,}")
    return [*rows[:MOST_EXPORTED], [more, *[""] * (len(WIDTHS) - 1 + len(asked.columns))]]


def _send(desk: Desk, data: bytes, kind: str, ending: str) -> AnyResponse:
    with desk.begin() as session:
        desk.record(session, "cases.export", "cases", form=ending)
    name = f"fasttrack-cases-{desk.today:%Y%m%d}.{ending}"
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


# kept under a name
@pages.post("/cases/views", Right.SEE_CASES)
def keep_view(desk: Desk) -> AnyResponse:
    """Keep this list under a name: for oneself, or for everybody."""
    query = read_asked(desk, _read_query(desk.form.get("query", "")))
    address = urlencode([item for item in query.as_items() if item[0] != "phone"])
    name = " ".join(desk.form.get("name", "").split())[:LONGEST_NAME]
    shared = desk.form.get("shared") == "1"
    if shared:
        desk.require(Right.SHARE_VIEWS)
    with desk.begin() as session:
        if not name or case_views.count_own(session, desk.staff.id) >= MOST_VIEWS:
            desk.tell("console.cases.view_no_name" if not name else "console.cases.view_too_many", tone="warning")
        else:
            case_views.add(session, desk.staff.id, name, address, desk.now, shared=shared)
            desk.record(session, "cases.view_kept", "cases", shared=shared)
            desk.tell("console.cases.view_kept", name=name)
    return desk.go_to(f"/console/cases?{address}")


@pages.post("/cases/views/<int:view_id>/drop", Right.SEE_CASES)
def drop_view(desk: Desk, view_id: int) -> AnyResponse:
    """Keep it no longer: one's own, or a shared one by whoever may share."""
    with desk.begin() as session:
        view = case_views.find(session, view_id)
        if view is None or (view.user_id != desk.staff.id and not (view.shared and desk.may(Right.SHARE_VIEWS))):
            desk.refuse(404)
        session.delete(view)
        desk.record(session, "cases.view_dropped", "cases", shared=view.shared)
        desk.tell("console.cases.view_dropped", name=view.name)
    return desk.go("cases.show_cases")


def _read_query(query: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(query))
