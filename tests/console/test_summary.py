"""The summary: one question and the same answer everywhere, and nothing in it of others or of confidential cases."""

import csv
import io
import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cases.figure_time_words import say_period
from cases.figure_times import Period, choose_step, cut, find_before, find_period, list_offered, part, read_period
from cases.figure_words import LINES, Line, in_thai_digits, say_change, say_value
from cases.summary import see_bars
from console.papers import typesetting
from tests.desk import Clerk, DeskHouse
from tests.paper_reader import read_paper
from texts.catalog import say

DIN_DAENG, WATTHANA = "district:1026", "district:1039"
SLY = '=HYPERLINK("http://x") ท่อแตก โทร 0812345678'

ODD = (
    "period=m2026-13",
    "period=c9999-12-31_9999-12-31",
    "from=x&to=y",
    "owner=district:9&category=x&channel=%00",
    "by=case_id&step=second",
    "period=q2026-9",
    "period=w9999-12-31",
    "period=d0001-01-01",
)


def _figures(clerk: Clerk) -> dict[str, str]:
    return {
        str(each["data-figure"]): " ".join(each.get_text(" ").split()) for each in clerk.page.select("[data-figure]")
    }


def _read_cell(line: Line, cell: Any) -> str:
    """A cell as it is read: a number in its form, and never words where there is something to reckon with."""
    if cell.value == "–":
        return str(cell.value)
    if isinstance(cell.value, timedelta):
        return say_value("th", line.kind, int(cell.value.total_seconds() // 60))
    assert isinstance(cell.value, int | float), line.name
    return f"{cell.value:.0%}" if cell.number_format == "0%" else say_value("th", line.kind, cell.value)


def _json(clerk: Clerk) -> dict[str, Any]:
    link = next(each for each in clerk.page.find_all("a") if each.get_text() == say("th", "console.summary.json"))
    return dict(json.loads(clerk.client.get(str(link["href"])).data))


def test_the_same_figures_on_the_page_in_the_group_in_files_and_for_programs(desk: DeskHouse) -> None:
    chat = desk.chat
    chat.turns_to("2026-11-23 10:00")
    office, nid = chat.coordinators(DIN_DAENG, "Pim"), chat.citizen("Nid")
    chat.coordinators(WATTHANA)
    chat.coordinators("omb", "Officer")
    done, sly, begun = (chat.has_case(nid, description=words) for words in ("ไฟดับทั้งซอย", SLY, "ไฟกะพริบ"))
    chat.has_case(nid, WATTHANA, category="waste")
    secret = chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    chat.settles()
    chat.waits(minutes=30)
    office.member().says(f"{done} เสร็จแล้วครับ").sees("card.update", number=done)
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes")
    office.member().says(f"{begun} รับทราบ").sees("card.update", number=begun)
    said = office.member().says("สรุป").sees("group.summary", received="3").last
    assert said is not None

    # A minister's question: the summary, this month, the office. Three clicks, and a fourth for the memo.
    officer = desk.clerk("officer").opens("/console/").follows("console.menu.summary")
    assert _figures(officer)["received"] == "4" and _figures(officer)["confidential"]
    officer.follows("เดือนพฤศจิกายน 2569").follows("เขตดินแดง").sees("สำนักงานเขตดินแดง")
    shown = _figures(officer)
    assert shown | {"received": "3", "resolved": "1", "confirmed": "1", "on_time": "100%"} == shown
    assert shown["acknowledge_median"] == "30 นาที" and shown["open"] == "2"
    # A month that still runs stands beside as many days of the one before, and figures of few cases are marked.
    officer.sees("1–23 พฤศจิกายน 2569 เทียบกับ 1–23 ตุลาคม 2569").sees(say("th", "console.summary.few", count=10))
    for name in ("received", "acknowledged", "first_words", "resolved", "confirmed", "partly", "disputed", "silent"):
        assert re.search(rf"\D{shown[name]}( |\n|$)", said.words), f"{name} of the page is not in the group's words"

    for name, count in {"received": 3, "resolved": 1, "on_time": 1, "acknowledge_median": 2, "open": 2}.items():
        link = officer.page.select_one(f"[data-figure={name}] a")
        assert link is not None
        listed = desk.clerk("officer").opens(str(link["href"])).page.select("th a.number")
        assert len(listed) == count, f"{name}: {link['href']}"

    with desk.database.read() as session:
        (bar,) = see_bars(session, date(2026, 11, 24), 1, 1)
    assert (bar.received, bar.resolved) == (4, 1)  # of the picture for LINE, all offices

    told = _json(officer)
    spoken = {line.name: say_value("th", line.kind, told["figures"][line.name]) for line in LINES}
    assert spoken.items() <= shown.items() and told["by"] == "category"
    assert (told["before"]["to"], told["before"]["whole"]) == ("2026-10-23", False)

    sheet = list(csv.reader(io.StringIO(officer.downloads("console.summary.csv").decode("utf-8-sig"))))
    assert [float(each or "nan") for each in sheet[1][5:9]] == [float(shown[name]) for name in (
        "received", "acknowledged", "first_words", "resolved")]  # fmt: skip

    book = load_workbook(io.BytesIO(officer.downloads("console.summary.xlsx")))
    first = {row[0].value: row[1] for row in book.worksheets[0].iter_rows(min_row=5)}
    told_of = {line: first[say("th", f"console.figures.name.{line.name}")] for line in LINES}
    assert {line.name: _read_cell(line, cell) for line, cell in told_of.items()}.items() <= shown.items()
    worded = {line.name for line, cell in told_of.items() if cell.number_format == "General"}
    assert worded == {"stars"}  # nobody has given any
    assert first[say("th", "console.summary.open_now")].value == 2
    (row,) = book.worksheets[1].iter_rows(min_row=6)
    assert [cell.value for cell in row[1:4]] == [3, 2, 1] and row[4].value == 1.0
    assert (row[10].value, row[10].number_format) == (timedelta(minutes=30), '[m]" นาที"')
    cells = [cell for page in book.worksheets[2:] for row in page.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == sly for cell in cells) and not any(cell.data_type == "f" for cell in cells)
    assert any("ฝ่าย" in page.title for page in book.worksheets) and not any("0812345678" in str(c.value) for c in cells)
    assert not any(secret in str(cell.value) for cell in cells)
    assert "1–23 ตุลาคม 2569" in str(book.worksheets[0]["A2"].value)
    assert any(re.fullmatch(r"23 พฤศจิกายน 2569 \d\d:\d\d น\.", str(cell.value)) for cell in cells)

    pages = read_paper(officer.downloads("console.summary.pdf"))
    words = " ".join(pages)
    assert "บันทึกข้อความ" in words and "สำนักงานผู้ตรวจการแผ่นดิน" in words and not re.search(r"[0-9]", words)
    plain = re.sub(r"\s", "", words)
    assert "ทุกเรื่องเป็นประเภทไฟส่องสว่าง" in plain and "ตารางที่๒" not in plain
    assert "ลงชื่อ" in pages[0]
    assert "๑–๒๓ตุลาคม๒๕๖๙" in plain and "๑๐๐%*" in plain and "คิดจากไม่ถึง๑๐เรื่อง" in plain
    assert "ทันกำหนดร้อยละ๑๐๐*เวลาตอบรับค่ากลาง๓๐นาที*" in plain  # the first words as the tables
    for line in LINES:
        wanted = in_thai_digits(f"{say('th', f'console.figures.name.{line.name}')} {shown[line.name]}")
        assert wanted.replace(" ", "") in plain, line.name
    assert [entry.verb for entry in desk.audited()][-3:] == ["summary.csv", "summary.xlsx", "summary.pdf"]
    whole = load_workbook(io.BytesIO(desk.clerk("officer").downloads("/console/summary.xlsx?period=m2026-11")))
    signed = {str(row[1].value) for page in whole.worksheets[2:] for row in page.iter_rows()}
    assert {"เขตดินแดง", "เขตวัฒนา"} <= signed

    # An office asks of itself, whatever stands in the address, and knows of no confidential case.
    watthana = desk.clerk("office", WATTHANA).opens(f"/console/summary?owner={DIN_DAENG}&by=owner")
    assert _figures(watthana)["received"] == "1" and "confidential" not in _figures(watthana)
    watthana.hides("เขตดินแดง", "console.summary.bill")
    told = _json(watthana)
    assert told["figures"]["received"] == 1 and "confidential" not in told and told["which"] == {"owner": WATTHANA}
    for ending in ("csv", "xlsx", "pdf"):
        data = watthana.downloads(f"/console/summary.{ending}?owner={DIN_DAENG}&period=m2026-11")
        assert done.encode() not in data
    assert "ผู้อำนวยการเขตวัฒนา" in re.sub(r"\s", "", "".join(read_paper(data)))
    desk.clerk("officer", language="en").opens("/console/summary?period=f2027").sees("Fiscal year 2027")


def test_odd_questions_are_answered_as_the_usual_one(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    for odd in ODD:
        officer.opens(f"/console/summary?{odd}").sees("console.summary.empty")
    officer.opens("/console/summary?period=&from=2025-10-05&to=2026-09-30&step=day").sees("5 ตุลาคม 2568")
    assert officer.field("step") == "day" and officer.field("from") == "2025-10-05"
    officer.fills(period="f2027", by="channel").presses("console.summary.show")
    officer.sees("ปีงบประมาณ 2570 (ต.ค. 2569 – ก.ย. 2570)")


def test_without_letters_there_is_a_word_instead_of_a_paper(
    desk: DeskHouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(typesetting, "LETTERS", tmp_path)
    desk.clerk("viewer").opens("/console/summary.pdf", 503).sees("console.summary_files.no_pdf_hint")


def test_what_a_paper_is_told_is_set_as_words() -> None:
    told = {
        "title": "#read(\"/etc/passwd\")", "office": "#panic()", "day": "*x*", "subject": "= $x$ \\ <a>", "to": "`x`",
        "paragraphs": [[{"words": "#import \"x\": y", "whole": True}]], "tables": [], "notes": [["_a_", "#b"]],
        "closing": "]#panic()[", "demo": "#sys", "pages": ["1"],
        "labels": dict.fromkeys(("office", "number", "day", "subject", "to", "notes", "signed", "position"), "#x"),
    }  # fmt: skip
    (paper,) = typesetting.set_paper("memo", told)
    words = read_paper(paper)[0]
    assert "#read" in words and "#import" in words and "]#panic()[" in words and "root:" not in words


def test_what_is_signed_never_stands_alone_on_a_page() -> None:
    labels = dict.fromkeys(("office", "number", "day", "subject", "to", "notes", "signed", "position"), "x")
    told = {**dict.fromkeys(("title", "office", "day", "subject", "to", "demo"), "x"), "labels": labels}
    told |= {"paragraphs": [], "notes": [], "closing": "closing", "pages": ["1", "2", "3", "4"]}
    for count in range(40, 56, 3):
        table = {"title": "x", "head": ["a", "b"], "rows": [["row", "1"]] * count, "widths": (1, 1)}
        (paper,) = typesetting.set_paper("memo", told | {"tables": [table]})
        (last,) = (page for page in read_paper(paper) if "closing" in page)
        assert last.count("row") >= 8, count
    before, parted = {"title": "x", "head": ["a", "b"], "widths": (1, 1)}, set()
    for count in range(20, 36, 2):  # a short table after a long one: it is parted where the page has room for some
        tables = [before | {"rows": [["line", "1"]] * count}, before | {"rows": [["row", "1"]] * 7}]
        (paper,) = typesetting.set_paper("memo", told | {"tables": tables})
        pages = [page for page in read_paper(paper) if "row" in page]
        parted.add(tuple(page.count("row") for page in pages))
        assert "closing" in pages[-1]
    assert parted <= {(7,), (4, 3), (3, 4), (2, 5)} and len(parted) > 2, parted


def _named(name: str) -> Period:
    found = read_period(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "first", "last_day", "before"),
    [
        ("d2026-11-22", "2026-11-22", "2026-11-22", "d2026-11-21"),
        ("w2026-11-18", "2026-11-16", "2026-11-22", "w2026-11-09"),
        ("m2026-01", "2026-01-01", "2026-01-31", "m2025-12"),
        ("q2026-1", "2026-01-01", "2026-03-31", "q2025-4"),
        ("f2027", "2026-10-01", "2027-09-30", "f2026"),
        ("c2026-03-01_2026-03-10", "2026-03-01", "2026-03-10", "c2026-02-19_2026-02-28"),
    ],
)
def test_times(name: str, first: str, last_day: str, before: str) -> None:
    period = _named(name)
    assert (period.first.isoformat(), period.last_day.isoformat()) == (first, last_day)
    assert find_before(period).name == before
    parts = part(period, choose_step(period))
    assert parts[0].first == period.first and parts[-1].last == period.last
    assert all(one.last == other.first for one, other in pairwise(parts))


def test_a_time_that_still_runs_is_cut_at_today_and_a_long_one_has_few_parts() -> None:
    today = date(2026, 11, 22)
    assert cut(_named("m2026-11"), today).last_day == today
    assert cut(_named("m2026-10"), today) == _named("m2026-10")
    told = [say_period("th", cut(_named(name), today)) for name in ("m2026-11", "m2026-10", "q2026-4", "f2027")]
    assert told == [
        "1–22 พฤศจิกายน 2569",
        "เดือนตุลาคม 2569",
        "ไตรมาสที่ 1 ปีงบประมาณ 2570 (1 ต.ค. 2569 – 22 พ.ย. 2569)",
        "ปีงบประมาณ 2570 (1 ต.ค. 2569 – 22 พ.ย. 2569)",
    ]
    assert say_period("en", cut(_named("m2026-11"), date(2026, 11, 1))) == "1 November 2026"
    assert len(part(_named("c2006-01-01_2025-12-31"), "day")) == 80  # quarters
    assert find_period("quarter", today).name == "q2026-4"
    assert [period.name for period in list_offered(today)["year"]] == ["f2027", "f2026", "f2025"]


def test_values_are_said_as_people_say_them() -> None:
    said = [say_value("th", "working", minutes) for minutes in (0, 59, 90, 480, 720, 4900)]
    assert said == ["0 นาที", "59 นาที", "1.5 ชม.ทำการ", "1 วันทำการ", "1.5 วันทำการ", "10 วันทำการ"]
    assert [say_value("en", "plain", minutes) for minutes in (60, 2820, 4900, None)] == ["1 h", "47 h", "3.4 d", "–"]
    assert say_value("th", "plain", 38 * 1440) == "38 วันปฏิทิน"
    assert say_change("th", "working", 90, 30) == "ช้าลง 1 ชม.ทำการ"
    assert say_change("th", "percent", 70, 75) == "ลดลง 5 จุด"
    assert say_change("en", "stars", 4.5, 4.2) == "0.3 more"
    assert say_change("en", "cases", 4, None) == "nothing to compare with"
