"""The whole journey by taps, on a phone and on a desk: what a person does who reads nothing but the screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import Hand, label
from texts.catalog import load_catalogue, say

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
NUMBER = re.compile(r"FT\d{4}-\d{5,}")


def _report(page: Page) -> tuple[Hand, str]:
    """Wit tells of a lamp, with a place and two photos; the case's number."""
    wit = Hand(page, "วิทย์ (สาธิต)").takes_phone()
    wit.taps("menu.report").sees("report.ask_description")
    wit.types("ไฟถนนดับทั้งซอย มืดมาก").sees("report.ask_place")
    wit.taps("flow.pin").picks_place("ดินแดง")
    wit.taps("alike.new").sees("report.ask_photos")  # the lamp of the first story is near
    wit.sends_photos("lamp_before", "hole_before").sees("report.photos_count", count=2)
    wit.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name")
    wit.taps("button.confirm_send")
    told = wit.reads(load_catalogue("th")["told.received"].split("{")[0])
    found = NUMBER.search(told.inner_text())
    assert found, told.inner_text()
    return wit, found[0]


def test_from_a_problem_to_five_stars(page: Page) -> None:
    wit, number = _report(page)

    pim = Hand(page, "พิม (สาธิต)").takes_phone()
    pim.reads(number)
    pim.taps_in(number, "button.acknowledge").taps_in(number, "question.in_days", count=3)
    wit.takes_phone().reads(f"เรื่อง {number} แล้ว นัดแก้ไขภายใน")

    somchai = Hand(page, "สมชาย (สาธิต)").takes_phone()
    somchai.quotes(somchai.reads(number), "เปลี่ยนหลอดเรียบร้อยแล้วครับ")
    somchai.reads(f"{number} → {say('th', 'button.resolve')}")
    somchai.sends_photos("lamp_after")

    wit.takes_phone().sees("closure.resolved_question")
    wit.taps("button.all_well").sees("talk.judged_yes", number=number)
    wit.taps("talk.stars", count=5).sees("talk.stars_thanks", number=number)


def test_quick_replies_vanish_and_an_unsent_line_is_gone(page: Page) -> None:
    nid = Hand(page, "นิด (สาธิต)").takes_phone()
    nid.types("มีขยะกองใหญ่หน้าปากซอย").sees("report.ask_place")
    quick = nid.phone.get_by_role("group", name=label("quick_replies"))
    expect(quick).to_be_visible()
    mine = nid.reads("มีขยะกองใหญ่หน้าปากซอย")
    mine.click(button="right")
    nid.phone.get_by_role("menuitem", name=label("unsend"), exact=True).click()
    nid.reads(label("unsent.mine"))
    expect(nid.phone.get_by_text("มีขยะกองใหญ่หน้าปากซอย")).to_have_count(0)
    nid.types("ยกเลิก").sees("talk.cancelled")
