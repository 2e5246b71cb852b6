"""A real Chromium that opens pages and writes down what they ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

WITHOUT = "PRESS_WITHOUT_BROWSER"  # set where no browser can be had: only then the tests are skipped
PHONE, DESKTOP = 390, 1280


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. A test fails where there is none, unless somebody said that there cannot be one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get(WITHOUT):
            pytest.skip(f"{WITHOUT} is set")
        pytest.fail(f"no Chromium: scripts/test-services installs it; {WITHOUT}=1 leaves these tests out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


class Opened:
    """A page at a width, with the addresses that it asked for and the complaints of its console."""

    def __init__(self, browser: Browser, address: str, *, width: int, dark: bool = False) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=False
        )
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.set_default_timeout(5000)
        self.page.goto(address)

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *failed: object) -> None:
        self.context.close()

    @property
    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
