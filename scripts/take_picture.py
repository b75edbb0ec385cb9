"""Makes the pictures of the README anew: the demo is started, has played its first story, and is photographed.

Beside the phones the console, with two years of demo cases in it, as its officer sees it.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright

from commands.demo_staff import load_staff
from config import home
from scripts.chromium import choose_arguments, find_chromium

PICTURES = {"demo.png": (1440, 900), "demo-phone.png": (390, 844)}
CONSOLE = {"console.png": (1440, 900), "console-phone.png": (390, 844)}
CASES = "800"
PATIENCE = 240
RUNNING = re.compile(r"Running at (http://\S+?/simulator/)")


@contextmanager
def _demo(folder: Path) -> Iterator[str]:
    log = folder / "demo.log"
    with log.open("w") as output:
        command = [str(Path(sys.executable).with_name("fasttrack")), "demo", "--fresh", "--cases", CASES]
        demo = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        until = time.monotonic() + PATIENCE
        while not (found := RUNNING.search(log.read_text(encoding="utf-8"))):
            if demo.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"the demo did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.2)
        yield found[1]
    finally:
        demo.terminate()
        demo.wait(30)


def main() -> None:
    """Write the pictures into docs/."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            raise SystemExit("no Chromium on the PATH: install it, or run `.venv/bin/playwright install chromium`")
        with tempfile.TemporaryDirectory() as folder, _demo(Path(folder)) as address:
            browser = playwright.chromium.launch(executable_path=path, args=choose_arguments())
            for name, (width, height) in PICTURES.items():
                page = browser.new_page(viewport={"width": width, "height": height}, locale="th-TH")
                page.goto(address)
                page.get_by_role("main").wait_for()
                page.wait_for_timeout(2500)  # the feed stays open, so "idle" never comes; pictures and fonts do
                page.screenshot(path=home() / "docs" / name)
                sys.stdout.write(f"docs/{name}\n")
            for name, size in CONSOLE.items():
                _take_console(browser, address, name, size)
            browser.close()


def _take_console(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """What waits today, for an officer who has just signed in."""
    password, accounts = load_staff()
    officer = next(each for each in accounts if each.role == "officer")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="th-TH")
    page.goto(urljoin(address, "/console/"))
    page.fill("input[name=email]", officer.email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.get_by_role("navigation").first.wait_for()
    page.wait_for_timeout(1500)
    page.screenshot(path=home() / "docs" / name)
    sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
