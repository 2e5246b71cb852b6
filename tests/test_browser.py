"""Digests, quality report and press room in a real Chromium: they ask nothing of elsewhere and shut nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from pipeline.settings import Settings
from tests.browser import DESKTOP, PHONE, Opened, chromium

pytestmark = pytest.mark.browser

# One page of each kind: its pattern in the data folder. The richest story is the longest file.
KINDS = {
    "digest": "digests/2017-02-16.html",
    "quality report": "quality/report.html",
    "newest day": "site/index.html",
    "day": "site/days/2017-02-16.html",
    "days": "site/days/index.html",
    "story": "site/stories/*.html",
    "people": "site/people/index.html",
    "person": "site/people/amber-rudd-*.html",
    "outlets": "site/outlets/index.html",
    "outlet": "site/outlets/government-business-*.html",
    "quality": "site/quality.html",
    "how made": "site/about.html",
    "search": "site/search.html",
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


def page_of(here: Settings, kind: str) -> Path:
    """The longest file of a kind."""
    return max(here.data_dir.glob(KINDS[kind]), key=lambda path: (path.stat().st_size, path.name))


def serious(page) -> list[str]:
    """What axe calls serious or critical, each with the first place where it is."""
    found = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


CASES = [(kind, PHONE, False) for kind in KINDS] + [(kind, DESKTOP, True) for kind in KINDS]


@pytest.mark.parametrize(("kind", "width", "dark"), CASES, ids=lambda value: str(value))
def test_a_page_fits_shuts_nobody_out_and_asks_nothing_of_elsewhere(browser, press_room, kind, width, dark):
    with Opened(browser, page_of(press_room, kind).as_uri(), width=width, dark=dark) as opened:
        assert opened.overflow <= 0
        assert serious(opened.page) == []
        own = press_room.data_dir.as_uri() + "/"
        assert [address for address in opened.asked if not address.startswith((own, "data:"))] == []
        assert opened.complaints == []


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("child trafficking", "Story", "exploitation"),
        ("rudd", "Person", "Amber Rudd"),
        ("SEVERN", "Outlet", "Severn Courier"),
        ("16 february 2017", "Day", "Thursday 16 February 2017"),
    ],
)
def test_the_search_finds_from_the_first_page_by_the_keyboard_alone(browser, press_room, words, kind, title):
    with Opened(browser, (press_room.site_dir / "index.html").as_uri(), width=DESKTOP) as opened:
        opened.page.focus("#find")
        opened.page.keyboard.type(words)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector("#results li")
        hit = opened.page.locator("#results li", has_text=title).filter(has_text=kind).first
        hit.locator("a").click()
        opened.page.wait_for_selector("h1")
        assert opened.page.url.startswith(press_room.site_dir.as_uri())
        assert "search.html" not in opened.page.url


def test_a_search_for_what_is_nowhere_says_so(browser, press_room):
    with Opened(browser, (press_room.site_dir / "search.html").as_uri() + "?q=%3Cb%3Ezzyzx", width=PHONE) as opened:
        assert "Nothing is found for “<b>zzyzx”" in opened.page.inner_text("#status")
        assert opened.page.locator("#results li").count() == 0


def test_the_first_tab_leads_past_the_menu_and_its_focus_is_seen(browser, press_room):
    with Opened(browser, page_of(press_room, "story").as_uri(), width=DESKTOP) as opened:
        opened.page.keyboard.press("Tab")
        focused = "getComputedStyle(document.activeElement)"
        assert opened.page.evaluate("document.activeElement.textContent") == "Skip to the content"
        assert opened.page.evaluate(f"{focused}.outlineStyle") != "none"
        assert opened.page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id") == "content"


def test_a_mark_behind_a_sentence_opens_the_list_and_shows_its_evidence(browser, press_room):
    with Opened(browser, page_of(press_room, "story").as_uri(), width=DESKTOP) as opened:
        mark = opened.page.locator(".marks a").first
        place = mark.get_attribute("href")
        assert not opened.page.locator(place).is_visible()
        mark.click()
        opened.page.wait_for_selector(f"{place}:target", state="visible")
