"""Debian's Chromium, for the tests that look at the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests import patience

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
SHOTS = Path(__file__).parents[2] / "test-output"
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 860}
BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM and not os.environ.get("CI"), reason="needs Debian's chromium: apt-get install chromium"
    ),
]


@contextmanager
def looking(browser: Browser, url: str, viewport: ViewportSize, name: str, user: str = "") -> Iterator[Page]:
    """A page of this browser, as `user` sees it; its last state is kept as a picture, and no script may fail."""
    page = browser.new_page(viewport=viewport, reduced_motion="reduce")
    page.set_default_timeout(patience.SECONDS * 1000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if user:
        page.add_init_script(f"if (!sessionStorage.getItem('user')) sessionStorage.setItem('user', '{user}')")
    page.goto(url)
    yield page
    shot(page, name)
    page.close()
    assert errors == []


def shot(page: Page, name: str) -> None:
    """A picture of what is in sight, into test-output/."""
    page.screenshot(path=picture(name))


def picture(name: str) -> Path:
    """Where a picture belongs."""
    SHOTS.mkdir(exist_ok=True)
    return SHOTS / f"{name}.png"


def obstacles(page: Page) -> list[str]:
    """What axe finds in the way of people who don't see, point or hear: every rule, the mere good practices too."""
    # half a megabyte of script, once a page
    there = page.evaluate("'axe' in window")
    found = (Axe("undefined") if there else Axe()).run(page)
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
