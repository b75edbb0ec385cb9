"""The demo in a real browser: the system's Chromium, at the size of a phone and of a desk."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from config import home
from scripts.chromium import choose_arguments, find_chromium
from tests.end_to_end.program import Program

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
VENDOR = home() / "simulator" / "browser" / "vendor"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    if not VENDOR.is_dir():
        pytest.skip("the browser's parts are not here: `make setup` fetches them with npm")
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            pytest.skip("no Chromium on the PATH: install it, or run `.venv/bin/playwright install chromium`")
        opened = playwright.chromium.launch(executable_path=path, args=choose_arguments())
        yield opened
        opened.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo that has played its first story, and the size of the screen it is looked at on."""

    address: str
    size: tuple[int, int]


@pytest.fixture(scope="session", params=SIZES)
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Stage]:
    """A demo for each size, so that what one leaves is not taken for what the other did."""
    del browser  # asked for so that nothing is started where there is none
    program = Program(tmp_path_factory.mktemp("demo"))
    demo = program.start("demo")
    demo.wait_until_it_says("Ctrl-C ends it")
    yield Stage(f"{program.url}/simulator/", SIZES[request.param])
    program.end_everything()


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """The demo's page; at its end nothing may have been complained of in the console."""
    width, height = stage.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="th-TH", timezone_id="Asia/Bangkok"
    )
    complaints: list[str] = []
    opened = context.new_page()

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    opened.on("console", hear)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(20_000)
    opened.goto(stage.address)
    yield opened
    context.close()
    assert complaints == []
