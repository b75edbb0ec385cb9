"""What is open now is one number: on the page, in its list, in the table, for programs, on paper and in the group."""

import json
import re

from cases.statuses import Status
from cases.summary import see_summary
from clock import now
from tests.console.test_case_list import bring
from tests.desk import Clerk, DeskHouse
from tests.paper_reader import read_paper

DIN_DAENG, WATTHANA = "district:1026", "district:1039"
SUMMARY = "/console/summary"


def _count_listed(clerk: Clerk, figure: str) -> tuple[int, int]:
    """What the page says, and how many cases its link lists to the same reader."""
    link = clerk.page.select_one(f"[data-figure={figure}] a")
    assert link is not None
    clerk.opens(str(link["href"]))
    return int(link.get_text()), len(clerk.page.select("th a.number"))


def test_open_now_is_one_number_whoever_reads_it(desk: DeskHouse) -> None:
    nid = desk.chat.citizen("Nid")
    desk.chat.coordinators(DIN_DAENG)
    for status in (Status.DISPATCHED, Status.DISPUTED, Status.DECLINED, Status.TRANSFERRING, Status.RESOLVED):
        number = desk.chat.has_case(nid)
        bring(desk, number, status)
    desk.chat.has_case(nid, WATTHANA)
    desk.chat.has_case(nid, category="official")
    officer, din_daeng = desk.clerk("officer"), desk.clerk("office", DIN_DAENG)

    assert _count_listed(officer.opens(SUMMARY), "open") == (5, 5)
    row = next(each for each in officer.opens(SUMMARY).page.find_all("tr") if "เขตดินแดง" in each.get_text())
    assert row.select('a[href*="status=open"]')[0].get_text() == "4"
    for reader, address in ((officer, f"{SUMMARY}?owner={DIN_DAENG}"), (din_daeng, SUMMARY)):
        assert _count_listed(reader.opens(address), "open") == (4, 4)
    for query, count, words in ((f"?owner={DIN_DAENG}", 4, "๔"), ("", 5, "๕")):
        assert json.loads(officer.client.get(f"{SUMMARY}.json{query}").data)["open"] == count
        paper = re.sub(r"\s", "", "".join(read_paper(officer.downloads(f"{SUMMARY}.pdf{query}"))))
        assert f"ขณะนี้ค้างอยู่{words}เรื่อง" in paper, paper
    with desk.database.read() as session:
        told = [see_summary(session, owner, now(), now()).open for owner in (DIN_DAENG, None)]
    assert told == [4, 5]
    admin = desk.clerk("admin").opens(f"/console/admin/offices/{DIN_DAENG}")
    assert admin.page.select_one('a[href*="status=open"]').get_text() == "4"  # type: ignore[union-attr]
    desk.waits(days=30)
    said, listed = _count_listed(desk.clerk("officer").opens(SUMMARY), "overdue")
    assert said == listed > 1
