"""Nothing serious for people who cannot see, hear or point well: axe-core on the pages as they are used."""

import pytest
from playwright.sync_api import Page

from config import home
from tests.browser.hand import Hand, label

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
AXE = home() / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


def _list_faults(page: Page) -> list[str]:
    if not AXE.exists():
        pytest.skip("axe-core is not here: `make setup` fetches it with npm")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [
        f"{each['id']} ({each['impact']}): {each['nodes'][0]['html'][:160]}"
        for each in found["violations"]
        if each["impact"] in GRAVE
    ]


def test_the_phones(page: Page) -> None:
    nid = Hand(page, "นิด (สาธิต)").takes_phone()
    assert _list_faults(page) == []
    nid.phone.get_by_role("button", name=label("back"), exact=True).click()
    assert _list_faults(page) == [], "the list of chats"


def test_a_group_with_cards_and_a_menu(page: Page) -> None:
    pim = Hand(page, "พิม (สาธิต)").takes_phone()
    pim.reads("FT").click(button="right")
    assert _list_faults(page) == []


def test_the_sheets(page: Page) -> None:
    pim = Hand(page, "พิม (สาธิต)").takes_phone()
    for opened in ("gallery", "stickers"):
        pim.phone.get_by_role("button", name=label(opened), exact=True).click()
        assert _list_faults(page) == [], opened
        page.keyboard.press("Escape")


def test_in_english(page: Page) -> None:
    page.get_by_role("button", name="English", exact=True).first.click()
    page.get_by_role("main").wait_for()
    assert _list_faults(page) == []
    assert page.locator("html").get_attribute("lang") == "en"
