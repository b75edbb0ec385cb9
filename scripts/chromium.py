"""Finds a Chromium to look at our pages with: the system's, or one that Playwright brought."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium(playwright: Playwright) -> str | None:
    """Its path, the system's first; None where there is none."""
    named = [*(shutil.which(name) or "" for name in NAMES), playwright.chromium.executable_path]
    return next((path for path in named if path and Path(path).exists()), None)


def choose_arguments() -> list[str]:
    """Chromium refuses its sandbox to root."""
    return [] if os.geteuid() else ["--no-sandbox"]


def main() -> None:
    """Say where it is; exit code 1 where there is none."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
    sys.stdout.write(f"{path or 'no Chromium on this machine'}\n")
    raise SystemExit(0 if path else 1)


if __name__ == "__main__":
    main()
