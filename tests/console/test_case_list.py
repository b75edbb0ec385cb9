"""The case list: searched, filtered, kept, carried away, worked through many at a time; nobody else's case in it."""

import io
from datetime import timedelta

import openpyxl
from sqlalchemy import delete

import clock
from cases import helping, intake, lifecycle, shielding
from cases.statuses import Action, Actor, Role, Status
from clock import in_bangkok
from console import list_query
from console.tables import write_csv
from storage import cases as stored
from storage import reporters
from storage.models import BulkStep, Case, CaseView, DoneOnce, Follower
from tests.cases.lives import ROADS
from tests.desk import Clerk, DeskHouse
from texts.catalog import say

DIN_DAENG, PHRA_NAKHON = "district:1026", "district:1001"
PHONE = "0812345678"


def _tell(desk: DeskHouse, words: str, organisation: str = DIN_DAENG, category: str = "lighting", **more: str) -> str:
    now = clock.now()
    with desk.database.begin(now) as session:
        place = {"org": organisation, "how": "address", "words": "ซอยอารีย์ 5"}
        case = intake.submit_report(
            session,
            slots={"description": words, "category": category, "place": place} | more,
            reporter=reporters.add_nobody(session, now),
            language="th",
            now=now,
            most_a_day=1000,
        )
        return case.number


def bring(desk: DeskHouse, number: str, status: Status) -> None:
    """Further along its road, to this status."""
    now = clock.now()
    with desk.database.begin(now) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        for action, role in ROADS[status][1:]:
            organisation = DIN_DAENG if role == Role.COORDINATOR else None
            lifecycle.apply(session, case, action, Actor(role, person=f"U-{role}", organisation=organisation), now)


def test_a_list_is_searched_kept_and_carried_away_and_holds_nothing_of_others(desk: DeskHouse) -> None:
    officer, din_daeng = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)
    viewer, admin = desk.clerk("office-viewer", DIN_DAENG), desk.clerk("admin")
    officer.opens("/console/cases").sees("console.cases.none").sees("console.cases.none_hint")
    din_daeng.opens("/console/cases").sees("console.cases.none_office")
    lamp = _tell(desk, f"ไฟดับทั้งซอย โทร {PHONE}", phone=PHONE, phone_shown="")
    waste = _tell(desk, "=HYPERLINK(1) ขยะล้น", category="waste")
    other = _tell(desk, "ไฟดับหน้าวัดพระแก้ว", PHRA_NAKHON)
    secret = _tell(desk, "เจ้าหน้าที่เรียกเงิน ไฟดับ", category="official")

    # search and filters, by the form and by address
    officer.opens("/console/cases").sees(lamp).sees(other).sees(secret).sees("console.cases.mark_confidential")
    officer.hides("เรียกเงิน").fills(q="ไฟดับ").presses("console.cases.search").sees(lamp).sees(other).hides(waste, secret)
    assert "q=" in officer.url
    officer.fills(q="", category="waste").presses("console.cases.apply").sees(waste).hides(lamp)
    officer.follows("console.cases.clear").sees(lamp)
    officer.opens("/console/cases?confidential=1").sees(secret).hides(lamp).opens("/console/cases?q=เรียกเงิน").hides(
        secret
    )
    officer.opens("/console/cases?q=จระเข้").sees("console.cases.none_so")
    officer.opens(f"/console/cases?q={waste}").sees(waste).sees("console.case.story")  # its page at once
    officer.opens("/console/cases?status=x&stars=9&from=2026-99-99&sort=worst&owner=nobody&after=zz").sees(lamp)
    officer.opens("/console/cases?q=%00%22NEAR%28*&category=waste").sees("console.cases.none_so")

    # another office: not in lists, searches, counts, files, nor by number
    din_daeng.opens("/console/cases").sees(lamp).sees(waste).hides(other, secret, PHONE, "วัดพระแก้ว")
    for asked in (f"q={other}", "q=วัดพระแก้ว", f"owner={PHRA_NAKHON}", "confidential=1&q=เรียกเงิน"):
        din_daeng.opens(f"/console/cases?{asked}").hides("ไฟดับหน้า", f">{other}<", f">{secret}<")
        assert other.encode() not in din_daeng.downloads(f"/console/cases.csv?{asked}")
    table = din_daeng.downloads("/console/cases.csv?col=status&col=channel").decode("utf-8-sig")
    assert (
        lamp in table and "'=HYPERLINK" in table and not {other, secret, PHONE} & set(table.replace(",", " ").split())
    )
    assert PHONE not in table
    book = openpyxl.load_workbook(io.BytesIO(officer.downloads("/console/cases.xlsx?sort=oldest")))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert all(cell.data_type != "f" for cell in cells)
    told = " ".join(str(cell.value) for cell in cells)
    assert all(number in told for number in (lamp, waste, other, secret)) and "เรียกเงิน" not in told
    assert len(desk.audited("cases.export")) == 6

    # a telephone number is never in an address
    officer.opens("/console/cases").fills(q=f"  {PHONE[:3]}-{PHONE[3:]} ").presses("console.cases.search")
    officer.sees(lamp).hides(waste, other).sees("console.cases.chip_phone")
    assert PHONE[3:] not in officer.url and "phone=1" in officer.url
    officer.opens(f"/console/cases?q={PHONE}").sees("console.cases.phone_by_form")
    din_daeng.opens("/console/cases").fills(q=PHONE).presses("console.cases.search").hides(lamp)  # not shared with it
    din_daeng.opens(f"/console/cases?q={PHONE[2:8]}").hides(lamp).opens(f"/console/cases?q={lamp[-5:]}").sees(lamp)
    viewer.opens("/console/cases").fills(q=PHONE).presses("console.cases.search").sees("console.cases.no_phones")

    # kept under a name
    officer.opens("/console/cases?category=waste&col=due").fills(name="ขยะ").presses("console.cases.view_keep")
    officer.opens("/console/cases").follows("ขยะ").sees(waste).hides(lamp)
    din_daeng.opens("/console/cases").hides("category=waste&amp;col")
    admin.opens("/console/cases?category=lighting").fills(name="ร่วมกัน", shared=True).presses("console.cases.view_keep")
    din_daeng.opens("/console/cases").follows("ร่วมกัน").sees(lamp).hides(other)
    din_daeng.posts("/console/cases/views", 403, name="x", query="", shared="1")
    with desk.database.read() as session:
        ids = {view.name: view.id for view in session.query(CaseView)}
    din_daeng.posts(f"/console/cases/views/{ids['ร่วมกัน']}/drop", 404)
    din_daeng.posts(f"/console/cases/views/{ids['ขยะ']}/drop", 404)
    officer.opens("/console/cases").presses("console.cases.view_drop").sees("console.cases.view_dropped", name="ขยะ")


def _read_form(clerk: Clerk) -> dict[str, str | list[str]]:
    """What the form would send that does what the page foretold."""
    values: dict[str, str | list[str]] = {"case": []}
    for each in clerk.page.select("form#do input[type=hidden]"):
        name, value = str(each["name"]), str(each["value"])
        values[name] = [*values["case"], value] if name == "case" else value
    return values


def _name_button(clerk: Clerk) -> str:
    button = clerk.page.select_one("form#do button")
    assert button is not None, clerk.words
    return button.get_text()


def test_many_cases_at_once_and_back_again(desk: DeskHouse) -> None:
    desk.chat.coordinators(DIN_DAENG)
    nid = desk.chat.citizen("Nid")
    numbers = [desk.chat.has_case(nid) for _ in range(3)]
    closed = desk.chat.has_case(nid)
    bring(desk, closed, Status.CLOSED)
    foreign = _tell(desk, "น้ำท่วม", PHRA_NAKHON)
    somchai, officer = desk.clerk("office", DIN_DAENG), desk.clerk("officer")
    viewer = desk.clerk("office-viewer", DIN_DAENG)

    def standing(number: str) -> str:
        with desk.database.read() as session:
            return session.query(Case.status).filter_by(number=number).scalar()  # type: ignore[no-any-return]

    viewer.opens("/console/cases").sees(closed)
    assert viewer.page.select_one("[name=do]") is None
    viewer.posts("/console/cases/bulk", 403, do="acknowledge", case=numbers[0])
    somchai.opens("/console/cases").fills(do="acknowledge").presses("console.cases.bulk_next").sees(
        "console.bulk.no_cases"
    )
    somchai.opens("/console/cases").fills(case=numbers).presses("console.cases.bulk_next").sees("console.bulk.no_step")
    somchai.opens("/console/cases").fills(do="promise", case=[*numbers, closed])
    somchai.presses("console.cases.bulk_next").sees("console.bulk.able", count=3).sees(closed)
    somchai.sees("console.bulk.left_out_before").fills(day="2020-01-01").presses("console.bulk.look")
    somchai.sees("console.case.wrong_day").hides("console.bulk.will_do")
    today = in_bangkok(clock.now()).date()
    sunday = (today + timedelta(days=6 - today.weekday())).isoformat()
    somchai.fills(day=sunday).presses("console.bulk.look").sees("console.case.day_off", office="สำนักงานเขตดินแดง")
    alone = desk.clerk("office", DIN_DAENG).opens(f"/console/cases/{numbers[0]}/do/promise").fills(day=sunday)
    alone.presses("console.case.preview").sees("console.case.day_off", office="สำนักงานเขตดินแดง")
    alone.opens(f"/console/cases/{numbers[0]}").sees("console.case.do_ask")
    somchai.presses("console.case.edit").fills(
        day=(today + timedelta(days=2 if today.weekday() < 3 or today.weekday() > 5 else 5)).isoformat()
    )
    somchai.presses("console.bulk.look").sees("console.bulk.will_do", count=3).sees("console.bulk.unable", count=1)
    somchai.sees("console.bulk.example", number=numbers[0]).sees("console.bulk.reporters_read", count=3)
    somchai.sees("console.case.edit")
    assert standing(numbers[0]) == "dispatched"  # a look changes nothing
    somchai.presses("console.case.edit").presses("console.bulk.look").sees("console.bulk.will_do", count=3)
    sent = _read_form(somchai)
    others: dict[str, str | list[str]] = {"seen": "é", "words": "พรุ่งนี้", "case": [closed, *numbers]}
    for name, value in others.items():  # not what was foretold
        somchai.posts("/console/cases/bulk/do", 200, **(sent | {name: value})).sees("console.bulk.will_do", count=3)
    assert standing(numbers[0]) == "dispatched"
    bring(desk, numbers[2], Status.CLOSED)  # meanwhile
    somchai.posts("/console/cases/bulk/do", 200, **sent)
    somchai.sees("console.bulk.made", count=2).sees(numbers[2])
    done = somchai.url
    assert [standing(number) for number in numbers] == ["in_progress", "in_progress", "closed"]
    officer.opens(done, 404)

    with desk.database.begin(clock.now()) as session:  # somebody goes on with one of them
        bulk = session.query(BulkStep).one()
        assert [number for number, _ in bulk.made] == numbers[:2]
        case = session.query(Case).filter_by(number=numbers[1]).one()
        lifecycle.apply(session, case, Action.RESOLVE, Actor(Role.COORDINATOR, organisation=DIN_DAENG), clock.now())
    somchai.presses("console.bulk.undo").sees("console.bulk.undone", count=1, late=1)
    somchai.sees("console.bulk.stands", count=1).sees("console.bulk.taken_back", count=1)
    # which of them it was, and what followed, stays on the page
    (stands,) = somchai.opens(done).page.select(f".case-left-out li:has(a[href$='{numbers[1]}'])")
    assert all(words in stands.get_text() for words in (say("th", "console.case.did_resolve"), "เขตดินแดง"))
    assert [standing(number) for number in numbers[:2]] == ["dispatched", "resolved"]
    somchai.posts(f"{done}/undo").sees("console.bulk.undo_late")

    # no office is offered what it has already
    officer.posts("/console/cases/bulk", do="transfer", case=[numbers[0]]).sees("console.case.receiver")
    assert officer.page.select_one(f'option[value="{DIN_DAENG}"]') is None
    # all that the list holds; what is another's stays out whatever is sent
    somchai.opens("/console/cases?status=open").fills(do="acknowledge", all=True).presses("console.cases.bulk_next")
    somchai.sees("console.bulk.will_do", count=1).hides(foreign)
    somchai.posts("/console/cases/bulk", do="acknowledge", case=foreign).hides("น้ำท่วม").sees("console.bulk.none")
    officer.posts("/console/cases/bulk", do="send_back", case=numbers[0]).sees("console.bulk.none")
    officer.sees("console.bulk.instead")
    officer.opens("/console/cases").fills(do="remind", case=[numbers[0], foreign]).presses("console.cases.bulk_next")
    officer.sees("console.bulk.will_do", count=1).sees("console.bulk.cannot_undo").sees("console.bulk.group_words")
    officer.presses(_name_button(officer)).sees("console.bulk.made", count=1)
    assert {entry.verb for entry in desk.audited()} >= {"bulk.promise", "bulk.undo", "bulk.remind", "case.promise"}

    # the same form twice: one page, the whole of it; and so where the other is not at its end yet
    somchai.posts("/console/cases/bulk", do="acknowledge", case=[numbers[0], closed]).sees(closed)
    sent = _read_form(somchai)
    first = somchai.posts("/console/cases/bulk/do", 200, **sent).sees("console.bulk.made", count=1).url
    assert somchai.posts("/console/cases/bulk/do", 200, **sent).url == first
    with desk.database.begin(clock.now()) as session:
        session.execute(delete(BulkStep).where(BulkStep.form == sent["token"]))
        session.execute(delete(DoneOnce).where(DoneOnce.name == f"bulk:{somchai.id}:{sent['token']}"))
    somchai.posts("/console/cases/bulk/do", 200, **sent).sees("console.bulk.made", count=1).sees("console.bulk.undo")
    somchai.presses("console.bulk.undo").sees("console.bulk.undone", count=1, late=0)

    # the steps to choose from are those that one of the ticked cases can make
    officer.posts("/console/cases/bulk/choices", case=[closed]).sees("console.bulk.chosen", count=1)
    assert [each["value"] for each in officer.page.select("option")] == []
    officer.sees("console.bulk.nothing_together").opens("/console/cases")
    officer.posts("/console/cases/bulk/choices", case=[closed, numbers[0]], do="promise")
    offered = [str(each["value"]) for each in officer.page.select("option")]
    assert "promise" in offered and "send_back" not in offered and officer.field("do") == "promise"
    for address in ("bulk/99999999999999999999", "bulk/99999999999999999999/undo", "views/99999999999999999999/drop"):
        (somchai.opens if address.endswith("9") else somchai.posts)(f"/console/cases/{address}", 404)
    somchai.opens("/console/cases?after=7fffffffffff.ffffffffffffffff").sees(closed)

    # nobody is asked who can neither be written to nor rung
    for mute in (officer, somchai):
        mute.opens(f"/console/cases/{_tell(desk, 'ไฟดับ')}").sees("console.case.do_promise")
        assert mute.page.select_one("a[href$='/do/ask']") is None
        assert mute.opens(f"/console/cases/{numbers[0]}").page.select_one("a[href$='/do/ask']") is not None


def test_nothing_is_found_by_words_that_its_finder_may_not_read(desk: DeskHouse) -> None:
    now = clock.now()
    desk.chat.coordinators(DIN_DAENG)
    officer, viewer = desk.clerk("officer"), desk.clerk("viewer")
    owner, helper = desk.clerk("office", DIN_DAENG), desk.clerk("office", PHRA_NAKHON)
    number = _tell(desk, f"ไฟดับทั้งซอย โทร {PHONE}", phone=PHONE, phone_shown="")
    lifted = _tell(desk, "น้ำท่วมหน้าบ้าน")
    bring(desk, number, Status.RESOLVED)
    staff = Actor(Role.STAFF, person=f"user:{officer.id}", organisation="omb")
    with desk.database.begin(now) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        lifecycle.apply(session, case, Action.REOPEN, staff, now, note="ทำต่อ")
        lifecycle.apply(session, case, Action.ADD, Actor(Role.REPORTER, person="x"), now, note=f"ตัวนิ่ม {PHONE}")
        lifecycle.apply(session, case, Action.RESOLVE, Actor(Role.COORDINATOR, organisation=DIN_DAENG), now)
        lifecycle.apply(session, case, Action.DISPUTE, Actor(Role.REPORTER, person="x"), now, note="ยีราฟ")
        lifecycle.apply(session, case, Action.REOPEN, staff, now, note="ทำต่ออีก")
        assert helping.invite(session, case, PHRA_NAKHON, "ช่วย", staff, now)
        secret = stored.find_case_by_number(session, lifted, lock=True)
        assert secret is not None
        shielding.shield(session, secret, staff, now, reason="ถูกข่มขู่")
        lifecycle.apply(session, secret, Action.ADD, Actor(Role.REPORTER, person="x"), now, note="วอมแบต")
        shielding.lift(session, secret, staff, now, reason="ยินยอม")
        secret.owner = DIN_DAENG
    windows = (*(PHONE[at : at + 4] for at in range(7)), "08", PHONE[:5], "08 12 34")
    for clerk in (owner, helper, viewer):  # telephone numbers are nobody's to piece together
        for digits in windows:
            clerk.opens(f"/console/cases?q={digits}").hides(number)
            assert number.encode() not in clerk.downloads(f"/console/cases.csv?q={digits}") if clerk is owner else True
    for words, readers in (
        ("ทังซอย", (officer, viewer, owner, helper)),
        ("ไฟดับ อารีย์", (officer, viewer, owner, helper)),
        ("ตัวนิ่ม ไฟดับ", (officer, viewer, owner)),
        ("ยีราฟ", (officer, viewer)),
    ):
        for clerk in (officer, viewer, owner, helper):
            clerk.opens(f"/console/cases?q={words}")
            (clerk.sees if clerk in readers else clerk.hides)(number)
    for clerk in (officer, viewer):
        clerk.opens("/console/cases?q=วอมแบต").sees(lifted)
    owner.opens("/console/cases?q=น้ำท่วม").sees(lifted).opens("/console/cases?q=วอมแบต").hides(lifted)
    owner.posts("/console/cases/bulk", do="acknowledge", all="1", query="q=วอมแบต").sees("console.bulk.no_cases")
    owner.opens(f"/console/cases?q={lifted[-5:]}").sees(lifted)


def _takes_off(clerk: Clerk, words: str) -> str:
    """The address behind the × of a chip."""
    chips = [each for each in clerk.page.select(".case-chips li") if each.get_text().strip().startswith(words)]
    return str(chips[0].a["href"]) if chips and chips[0].a else f"no chip {words!r}"


def test_words_find_what_they_name_and_the_page_says_so(desk: DeskHouse) -> None:
    officer, viewer = desk.clerk("officer"), desk.clerk("viewer")
    helper = desk.clerk("office", PHRA_NAKHON)
    lamp = _tell(desk, "มืดมากทั้งซอย")
    told = _tell(desk, "ไฟดับเพราะกิ่งไม้", PHRA_NAKHON, "tree")
    waste = _tell(desk, f"กองหน้าบ้าน โทร {PHONE}", category="waste")
    secret = _tell(desk, "เรียกเงิน", category="official")
    for clerk in (officer, viewer):
        clerk.opens("/console/cases?q=ไฟดับ").sees(lamp).sees(told).hides(waste, secret)
        clerk.sees("console.cases.meant_hint").sees("ประเภท: ไฟส่องสว่าง (จากคำว่า “ไฟดับ”)")
    officer.follows("console.cases.meant_off").sees(told).hides(lamp).sees("console.cases.exact_all")
    officer.opens("/console/cases?q=ไฟดับ ดินแดง").sees(lamp).hides(told, waste).sees("หน่วยงาน: เขตดินแดง")
    for glued in ("ไฟดับดินแดง", "ไฟดับเขตดินแดง"):  # Thai is written without spaces
        officer.opens(f"/console/cases?q={glued}").sees(lamp).hides(told, waste).sees("หน่วยงาน: เขตดินแดง")
    officer.follows("console.cases.meant_off").hides(lamp).sees("console.cases.exact_all")
    officer.opens("/console/cases?q=ถนนดินแดง").hides(lamp, waste, "หน่วยงาน: เขตดินแดง")  # a street, and no office
    for both in ("ขยะ ไฟดับ", "ขยะไฟดับ"):  # of two kinds nothing is: either will do
        officer.opens(f"/console/cases?q={both}").sees(lamp).sees(waste).hides(told, secret)
        officer.sees("ประเภท: ขยะ ความสะอาด (จากคำว่า “ขยะ”)").sees("หรือประเภท: ไฟส่องสว่าง (จากคำว่า “ไฟดับ”)")
    # one of two is taken as it is written, and the other as before
    lit, trash = "ประเภท: ไฟส่องสว่าง", "ประเภท: ขยะ ความสะอาด"
    dark = _tell(desk, "ไฟดับ มืด", category="waste")
    officer.opens(_takes_off(officer, f"หรือ{lit}")).sees(dark).sees(trash).hides(lamp, waste, lit)
    officer.sees("console.cases.exact_one", name="ไฟส่องสว่าง")
    officer.opens(_takes_off(officer, trash)).hides(trash, lit, dark).sees(
        "console.cases.exact_one", name="ขยะ ความสะอาด"
    )
    officer.opens(_takes_off(officer, "ไม่นับตาม: ไฟส่องสว่าง")).sees(lit).hides(trash, dark, lamp)
    officer.opens("/console/cases?q=ขยะ ไฟดับ&exact=tree,waste").hides("ไม่นับตาม: ต้นไม้", trash).sees(lit)
    officer.opens("/console/cases?q=ขยะ ไฟดับ ดินแดง").sees(lamp).sees(waste).hides(told)
    nothing = officer.opens("/console/cases?q=ไม่มีคำนี้&category=tree").page  # the answer stands before the filters
    assert nothing.select_one("details.ask[open]") is None and nothing.select_one(".empty, .none") is not None
    officer.opens("/console/cases?q=street light din daeng").sees(lamp).hides(told, waste)
    officer.opens("/console/cases?q=ไฟดับ ดินแดง&exact=owner").hides(lamp, told).sees("console.cases.exact_owner")
    officer.opens("/console/cases?q=นำท่วม&exact=1").hides("console.cases.exact_all")  # it names nothing
    officer.opens("/console/cases?q=ดินแดง").sees(lamp).sees(waste).hides(told, secret)
    officer.opens("/console/cases?q=ขยะ หน้าบ้าน").sees(waste).hides(lamp)
    officer.opens("/console/cases?q=ทุจริต").hides(secret)
    assert waste in officer.downloads("/console/cases.csv?q=ขยะ").decode()
    helper.opens("/console/cases?q=ไฟดับ").sees(told).hides(lamp).opens("/console/cases?q=ดินแดง").hides(lamp, told)
    for digits in (PHONE[:6], PHONE[3:9], "08"):  # numbers are looked for by the field that they have
        officer.opens(f"/console/cases?q={digits}").hides(waste)


def test_of_a_confidential_case_a_list_tells_and_is_asked_its_number_status_and_time(desk: DeskHouse) -> None:
    now = clock.now()
    officer, admin = desk.clerk("officer"), desk.clerk("admin")
    _tell(desk, "ไฟดับ")
    secret = _tell(desk, "เจ้าหน้าที่เรียกเงิน", category="official", phone=PHONE, phone_shown="")
    with desk.database.begin(now) as session:
        case = stored.find_case_by_number(session, secret, lock=True)
        assert case is not None and case.confidential
        case.danger, case.verdict, case.stars, case.district = ["wire"], "no", 1, DIN_DAENG
        case.promised_on = in_bangkok(now).date() - timedelta(days=3)
        session.add(Follower(case_id=case.id, reporter_id=reporters.add_nobody(session, now).id, since=now))
        told = {"owner": case.owner, "channel": case.channel, "category": case.category, "district": DIN_DAENG}
        status = case.status
    told |= {"verdict": "no", "stars": "1", "danger": "1", "followed": "1", "missed": "1"}
    for clerk in (officer, admin):
        for name, value in told.items():
            clerk.opens(f"/console/cases?confidential=1&{name}={value}").hides(f">{secret}<")
            assert secret.encode() not in clerk.downloads(f"/console/cases.csv?{name}={value}")
    officer.opens("/console/cases").fills(q=PHONE).presses("console.cases.search").hides(secret)
    for asked in (f"status={status}", f"from={in_bangkok(now).date()}", f"q={secret[-5:]}"):
        officer.opens(f"/console/cases?confidential=1&{asked}").sees(secret)
    columns = "".join(f"&col={name}" for name in list_query.COLUMNS)
    row = officer.opens(f"/console/cases?confidential=1{columns}").page.select_one("[data-row]")
    assert row is not None
    shown = [cell.get_text(" ", strip=True) for cell in row.select("td[data-label]")]
    assert [name for name, cell in zip(list_query.COLUMNS, shown, strict=True) if cell != "–"] == ["status", "received"]
    table = officer.downloads(f"/console/cases.csv?confidential=1{columns}").decode("utf-8-sig").splitlines()
    assert sum(bool(cell) for cell in table[1].split(",")) == 4  # number, mark, status, received

    # nor does the summary, asked day by day or kind by kind
    month = f"m{in_bangkok(now):%Y-%m}"
    assert "confidential" in officer.opens(f"/console/summary?period={month}").answer.text
    for asked in (
        f"period=d{in_bangkok(now).date()}",
        f"period={month}&category=official",
        f"period={month}&channel=line",
    ):
        assert '"confidential"' not in officer.client.get(f"/console/summary.json?{asked}").text
        assert 'data-figure="confidential"' not in officer.opens(f"/console/summary?{asked}").answer.text
    assert '"confidential"' in officer.client.get(f"/console/summary.json?period={month}").text


def test_no_cell_of_a_table_begins_a_formula() -> None:
    sly = (
        "=1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        " =1",
        "\r=1",
        "\n=1",
        "\uff1d1",
        "\uff20x",
        "\u200b=1",
        "\u00a0=1",
        "\ufeff+1",
    )
    for words in (*sly, "\u3000 \u200b\uff0b1", "\n1"):
        assert write_csv(["a"], [[words]]).decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'"), repr(
            words
        )
    for words in ("1=1", "ไฟดับ", "(1)", "", "\u200b", "1"):
        assert "'" not in write_csv(["a"], [[words]]).decode("utf-8-sig")
