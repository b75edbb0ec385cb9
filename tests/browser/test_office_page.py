"""An office on a phone: the mail comes, its link is opened, a date is named, a photo sent; the citizen hears."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import SIZES
from tests.browser.test_accessible import _list_faults as list_faults
from tests.chat import Chat, Person, photo
from tests.mailbox import Letter
from tests.office_reader import OfficeReader
from texts.catalog import say

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PURPOSES = ("acknowledge", "resolve", "ask", "not_found", "transfer", "decline")


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A phone's screen, and a desk's; at the end nothing may have been complained of in the console."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="th-TH")
    complaints: list[str] = []
    opened = context.new_page()

    def hear(message: ConsoleMessage) -> None:
        # Browsers ask for an icon, and tell of a form that came back with something missing (422).
        expected = "favicon" in str(message.location) or "status of 422" in message.text
        if message.type in ("error", "warning") and not expected:
            complaints.append(f"{message.type}: {message.text} {message.location}")

    opened.on("console", hear)
    opened.set_default_timeout(20_000)
    yield opened
    context.close()
    assert complaints == []


def _open(screen: Page, office: OfficeReader, letter: Letter, purpose: str) -> None:
    screen.goto(office.here(letter.link(say("th", f"mail.do_{purpose}"))))


def _must_fit(screen: Page) -> None:
    wide = screen.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} pixels stand out to the side"


def _report_with_photo(chat: Chat) -> tuple[Person, str]:
    nid = chat.citizen("Nid")
    nid.reaches("photos").sends_photo().sees("report.photos_count", count=1)
    nid.taps("report.photos_done").taps("report.no_phone").taps("report.hide_name").taps("button.confirm_send")
    nid.sees("told.received")
    chat.settles()
    assert chat.parts.copier is not None
    chat.parts.copier.sweep()
    return nid, chat.case().number


def test_from_the_mail_to_the_closed_case(screen: Page, office: OfficeReader, tmp_path: Path) -> None:
    chat = office.chat
    nid, number = _report_with_photo(chat)
    letter = office.gets()
    after = tmp_path / "after.jpg"
    after.write_bytes(photo(40))

    _open(screen, office, letter, "acknowledge")
    screen.get_by_label(say("th", "question.in_days", count=3)).check()
    screen.get_by_role("button", name=say("th", "page.confirm_acknowledge"), exact=True).click()
    expect(screen.get_by_role("status")).to_contain_text(number)
    nid.sees("told.promise", number=number)

    _open(screen, office, letter, "resolve")
    expect(screen.get_by_role("img")).to_be_visible()
    screen.get_by_label(say("th", "page.photos_camera")).set_input_files(after)
    screen.get_by_role("button", name=say("th", "page.confirm_resolve"), exact=True).click()
    expect(screen.get_by_text(say("th", "page.done_told"))).to_be_visible()
    screen.reload()
    expect(screen.get_by_text(say("th", "page.done_told"))).to_be_visible()
    assert chat.history(number).count("resolve") == 1
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes", number=number)


def test_it_has_to_wait_and_only_then_is_asked_why(screen: Page, office: OfficeReader) -> None:
    chat = office.chat
    number = chat.has_case(chat.citizen())
    _open(screen, office, office.gets(), "acknowledge")
    why = screen.get_by_label(say("th", "page.reason_wait"))
    expect(why).to_be_hidden()
    screen.get_by_label(say("th", "page.day_wait")).check()
    why.fill("รองบประมาณปีหน้า")
    screen.get_by_role("button", name=say("th", "page.confirm_acknowledge"), exact=True).click()
    expect(screen.get_by_role("alert")).to_have_text(say("th", "page.wrong_day", count=60))
    expect(why).to_have_value("รองบประมาณปีหน้า")
    assert chat.history(number) == ["report", "dispatch"]


def test_every_page_fits_and_is_accessible(screen: Page, office: OfficeReader) -> None:
    chat = office.chat
    _, number = _report_with_photo(chat)
    letter = office.gets()
    for purpose in PURPOSES:
        _open(screen, office, letter, purpose)
        _must_fit(screen)
        assert list_faults(screen) == [], purpose
    _open(screen, office, letter, "ask")
    screen.get_by_label(say("th", "page.question")).fill("ต้นที่เท่าไร")
    screen.get_by_role("button", name=say("th", "page.to_preview")).click()
    expect(screen.get_by_text("ต้นที่เท่าไร")).to_be_visible()
    assert list_faults(screen) == [], "preview"
    screen.get_by_role("button", name=say("th", "page.send"), exact=True).click()
    expect(screen.get_by_role("status")).to_contain_text(number)
    assert list_faults(screen) == [], "done"
    screen.get_by_role("button", name=say("th", "button.undo"), exact=True).click()
    expect(screen.get_by_role("heading")).to_contain_text(number)
    assert list_faults(screen) == [], "undone"


def test_the_mail_itself_fits(screen: Page, office: OfficeReader, tmp_path: Path) -> None:
    chat = office.chat
    chat.has_case(
        chat.citizen(),
        description="ไฟดับทั้งซอย" * 40,
        place={"org": "district:1026", "how": "address", "words": "ก" * 200},
    )
    page = tmp_path / "mail.html"
    page.write_text(office.gets().html, encoding="utf-8")
    screen.goto(page.as_uri())
    _must_fit(screen)
    assert list_faults(screen) == []
