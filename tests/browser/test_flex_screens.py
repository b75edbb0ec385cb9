"""Flex as the phones draw it, beside pictures that were looked at once; UPDATE_GOLDEN=1 makes them anew.

Pictures may differ a little from machine to machine: sizes by two pixels, and the whole by a few shades.
"""

import io
import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Locator, Page, Route

from config import home
from simulator.browser.door import Browsing
from simulator.running import RunningSimulator, start_simulator
from tests.browser.hand import label

UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
GOLDEN = home() / "tests" / "golden"
SHOWN = (
    "flex/sizes",
    "flex/wrapping",
    "flex/buttons",
    "flex/carousel",
    "messages/date_question/asked.th",
    "messages/review_card/whole.th",
    "messages/closure/resolved_without_photos.th",
    "messages/desk_card/confidential.th",
    "messages/digest/offered.th",
)
MOST_SHADES = 6.0  # of 255, on average over the picture
SECRET, TOKEN = "s" * 32, "token"
OURS = "https://ours.example"


@pytest.fixture(scope="module")
def line() -> Iterator[RunningSimulator]:
    with start_simulator(channel_secret=SECRET, access_token=TOKEN, browsing=Browsing(own_address=OURS)) as running:
        yield running


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 390, "height": 1600}, locale="th-TH")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_drawn_as_it_was(line: RunningSimulator, screen: Page, name: str) -> None:
    message = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))[0]
    drawn = show(line, screen, f"reader of {name}", message)
    seen = Image.open(io.BytesIO(drawn.screenshot(mask=[drawn.locator("time")], mask_color="#8CABD9"))).convert("RGB")

    path = GOLDEN / "screens" / f"{name.replace('/', '.')}.png"
    if UPDATE:
        seen.save(path, optimize=True)
    assert path.is_file(), f"{path} is missing: run with UPDATE_GOLDEN=1, then look at it"
    kept = Image.open(path).convert("RGB")
    assert all(abs(one - other) <= 2 for one, other in zip(seen.size, kept.size, strict=True)), (seen.size, kept.size)
    shades = ImageStat.Stat(ImageChops.difference(seen, kept.resize(seen.size))).mean
    assert max(shades) < MOST_SHADES, f"{name} is drawn otherwise: look at it, then UPDATE_GOLDEN=1"


def test_a_picture_larger_than_line_shows_is_left_out(line: RunningSimulator, screen: Page, tmp_path: Path) -> None:
    for side in (1024, 1040):
        file = tmp_path / f"{side}.png"
        Image.new("RGB", (side, 10), "navy").save(file)
        screen.route(f"**/{file.name}", partial(Route.fulfill, path=file))
    pictures = [{"type": "image", "url": f"{OURS}/{side}.png", "size": "full"} for side in (1024, 1040)]
    body = {"type": "box", "layout": "vertical", "contents": pictures}
    message = {"type": "flex", "altText": "two", "contents": {"type": "bubble", "body": body}}
    drawn = show(line, screen, "who looks", message)
    left_out = drawn.locator(".too-large")
    left_out.wait_for()
    assert left_out.count() == 1 and "1040 × 10" in str(left_out.get_attribute("data-why"))


def show(line: RunningSimulator, screen: Page, name: str, message: dict[str, Any]) -> Locator:
    """The message as its reader has it on the phone."""
    reader = line.add_user(name)
    line.follow(reader)
    sent = requests.post(
        f"{line.base_url}/v2/bot/message/push",
        headers={"Authorization": f"Bearer {TOKEN}"},
        json={"to": reader, "messages": [message]},
        timeout=30,
    )
    assert sent.status_code == 200, sent.text
    screen.goto(f"{line.base_url}/simulator/")
    screen.get_by_role("group", name=label("switcher")).get_by_role("button", name=name).click()
    screen.evaluate("document.fonts.ready")
    drawn = screen.locator(f"#phone-{reader} article, #phone-{reader} [role=article]").last
    drawn.wait_for()
    return drawn
