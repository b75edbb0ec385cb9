"""The console in a real browser, on a phone and on a desk: the keyboard, every page of the menu, a case."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from commands.demo_staff import load_staff
from console.sessions import COOKIE
from tests.browser.conftest import SIZES
from tests.browser.test_accessible import _list_faults
from texts.catalog import say

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
NUMBER = re.compile(r"FT\d{4}-\d{5,}")
# Of each table that is to be seen: is it wider than its box, can that be scrolled by keyboard, is it said and drawn?
WIDER = """all => all.filter((box) => box.checkVisibility() && box.scrollHeight <= box.clientHeight + 2).map((box) => [
    box.scrollWidth > box.clientWidth + 2, box.tabIndex === 0,
    !box.previousElementSibling.hidden, box.classList.contains("has-more")])"""


def _sign_in(page: Page, who: int = 0) -> None:
    """With the keyboard alone."""
    password, accounts = load_staff()
    if not urlsplit(page.url).path.startswith("/console/sign-in"):
        page.goto(urljoin(page.url, "/console/"))
    page.get_by_label(say("th", "console.sign_in.email")).focus()
    page.keyboard.type(accounts[who].email)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/console/sign-in"))


def _look_at(page: Page, path: str) -> list[str]:
    """What is wrong with one page for those who see, hear or point less, and on a narrow screen."""
    answer = page.goto(urljoin(page.url, path))
    assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
    size = page.viewport_size
    assert size is not None
    wide = page.evaluate("document.documentElement.scrollWidth")
    # What axe finds is the same at both sizes; it takes its time, so it looks at the smaller one.
    faults = [f"{path}: {each}" for each in _list_faults(page)] if size["width"] <= SIZES["phone"][0] else []
    if wide > size["width"]:
        faults.append(f"{path}: {wide} points wide")
    if not all(len(set(each)) == 1 for each in page.locator(".table-box").evaluate_all(WIDER)):
        faults.append(f"{path}: a table wider than its box does not say so, or one that is not does")
    return faults


def _walk_intake(page: Page) -> list[str]:
    """The form by Tab alone: its fields, then what was found of it, then the button that saves."""
    page.goto(urljoin(page.url, "/console/intake"))
    page.locator("#description").fill("ไฟถนนดับ")
    page.locator("#check button[data-category]").first.wait_for()
    page.locator("#description").focus()
    stops: list[str] = []
    while "save" not in stops and len(stops) < 60:
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.dataset.category || document.activeElement.id"))
    fields = ["category", "place", "org", "spot", "event", "phone", "name", "email", "language", "shown", "danger"]
    wanted = [*fields, "confidential", "photos", "lighting", "save"]
    return [] if [each for each in stops if each in wanted] == wanted else stops


def _is_signed_out(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name=COOKIE)


def _sends_and_comes_in_again(page: Page, button: str) -> None:
    """Send what is filled in after the session has ended, hear of it, and sign in."""
    _is_signed_out(page)
    page.get_by_role("button", name=say("th", button), exact=True).click()
    page.get_by_text(say("th", "console.sign_in.unsent")).wait_for()
    _sign_in(page, who=1)
    page.get_by_text(say("th", "console.base.typed_again")).wait_for()


def _sends_and_goes_back(page: Page, number: str) -> None:
    """Back from what was sent leads to a page, and from the preview to what was typed."""
    typed = page.locator("#words").input_value()
    page.get_by_role("button", name=say("th", "console.case.preview"), exact=True).click()
    page.get_by_role("button", name=say("th", "console.case.send"), exact=True).wait_for()
    page.go_back()
    assert page.locator("#words").input_value() == typed
    page.get_by_role("button", name=say("th", "console.case.preview"), exact=True).click()
    page.get_by_role("button", name=say("th", "console.case.send"), exact=True).click()
    page.locator("#story").wait_for()
    page.wait_for_load_state("networkidle")
    answer = page.go_back()
    assert answer is not None and answer.ok and urlsplit(page.url).path == f"/console/cases/{number}"
    page.locator("#story").wait_for()


def _type_again(page: Page, number: str) -> None:
    """What an officer typed comes back into its form, once, and for nobody else."""
    _is_signed_out(page)
    page.goto(urljoin(page.url, f"/console/cases/{number}"))
    _sign_in(page, who=1)
    page.locator("#note-words").fill("ช่างไปดูแล้ว")
    _sends_and_comes_in_again(page, "console.case.keep_note")
    assert page.locator("#note-words").input_value() == "ช่างไปดูแล้ว"
    page.reload()
    assert page.locator("#note-words").input_value() == ""
    page.goto(urljoin(page.url, f"/console/cases/{number}/do/write"))
    page.locator("#words").fill("ช่างจะไปพรุ่งนี้")
    page.get_by_role("button", name=say("th", "console.case.preview"), exact=True).click()
    _sends_and_comes_in_again(page, "console.case.send")
    assert page.locator("#words").input_value() == "ช่างจะไปพรุ่งนี้"
    _sends_and_goes_back(page, number)
    page.goto(urljoin(page.url, f"/console/cases/{number}/do/write"))
    page.locator("#words").fill("ของคนอื่น")
    _is_signed_out(page)
    page.get_by_role("button", name=say("th", "console.case.preview"), exact=True).click()
    page.get_by_text(say("th", "console.sign_in.unsent")).wait_for()
    _sign_in(page, who=0)
    assert page.locator("#words").input_value() == ""
    _is_signed_out(page)
    _sign_in(page, who=2)


def test_every_page_of_the_menu(page: Page) -> None:
    _sign_in(page)
    page.goto(urljoin(page.url, "/console/menu"))
    links = page.locator(".menu-list a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert "/console/users" in links and "/console/account" in links
    faults = [fault for path in dict.fromkeys(["/console/", "/console/menu", *links]) for fault in _look_at(page, path)]
    assert faults == []
    assert _walk_intake(page) == []


def test_a_case_and_an_office_user(page: Page) -> None:
    _sign_in(page, who=2)
    page.goto(urljoin(page.url, "/console/cases"))
    found = NUMBER.search(page.locator("main").inner_text())
    assert found, "the story of the demo is a case of Din Daeng"
    _type_again(page, found[0])
    assert _look_at(page, f"/console/cases/{found[0]}") == []
    page.keyboard.press("Home")
    page.goto(urljoin(page.url, "/console/menu"))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == say("th", "console.base.skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == say("en", "console.menu.title")
