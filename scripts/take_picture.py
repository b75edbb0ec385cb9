"""Makes the picture of the README anew: the demo is started, has played its first story, and is photographed."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from config import home
from scripts.chromium import choose_arguments, find_chromium

PICTURES = {"demo.png": (1440, 900), "demo-phone.png": (390, 844)}
PATIENCE = 120
RUNNING = re.compile(r"Running at (http://\S+?/simulator/)")


@contextmanager
def _demo(folder: Path) -> Iterator[str]:
    log = folder / "demo.log"
    with log.open("w") as output:
        demo = subprocess.Popen(
            [Path(sys.executable).with_name("fasttrack"), "demo", "--fresh"], cwd=folder, stdout=output, stderr=output
        )
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
            browser.close()


if __name__ == "__main__":
    main()
