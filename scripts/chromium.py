"""Finds a Chromium to look at our pages with: the system's, or one that Playwright brought."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium(playwright: Playwright) -> str | None:
    """Its path, CHROMIUM's first; None where there is none."""
    named = [os.environ.get("CHROMIUM", ""), *(shutil.which(name) or "" for name in NAMES)]
    named.append(playwright.chromium.executable_path)
    return next((path for path in named if path and Path(path).exists()), None)


def choose_arguments() -> list[str]:
    """Chromium refuses its sandbox to root."""
    return [] if os.geteuid() else ["--no-sandbox"]
