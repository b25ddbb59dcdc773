"""Readers who compare, in a real browser: pick models, edit a load, follow a number, go back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.api.launch import launch

__all__ = ["launch"]

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PAIR = "/compare/gpt-5.5-vs-deepseek-v4-pro"
PAGES = (
    "/compare",
    f"{PAIR}-vs-deepseek-v4-flash?at=2026-04-24",
    f"{PAIR}?setups=any&tasks=33",
    "/compare/gpt-5.5-vs-nobody-knows",
    "/frontier",
    "/frontier?at=2026-05-01",
    "/frontier?benchmark=aime-2025",
    "/calculator",
    "/calculator/request",
    "/calculator/scenario",
)
PHONE = 360


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_a_reader_compares_and_edits_the_load_and_follows_a_number(
    page: Page, live_server: LiveServer, launch: None
) -> None:
    page.goto(f"{live_server.url}/compare")
    page.get_by_label("Model 1").fill("openai/gpt-5.5")
    page.get_by_label("Model 2").fill("deepseek-v4-pro")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(f"{live_server.url}{PAIR}")

    page.get_by_label("As of").fill("2026-04-24")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".past")).to_contain_text("24 Apr 2026")

    page.get_by_role("textbox", name="Input tokens a month").fill("10M")
    page.get_by_role("textbox", name="Output tokens a month").fill("1M")
    page.get_by_role("button", name="Bill this load").click()
    heading = page.get_by_role("heading", name="10M input and 1M output tokens a month")
    expect(heading).to_be_visible()
    expect(page.get_by_text("Bill of gpt-5.5: $80.00")).to_be_visible()
    expect(page).to_have_url(re.compile(r"input=10M.*output=1M"))
    expect(page.locator(".past")).to_contain_text("24 Apr 2026")

    page.locator("a[href^='/receipts/']", has_text="$1.74").first.click()
    expect(page).to_have_url(re.compile(r"/receipts/\d+"))
    expect(page.locator("main")).to_contain_text("$1.74")
    page.go_back()
    expect(heading).to_be_visible()


def test_the_frontier_is_read_by_keyboard(
    browser: Browser, live_server: LiveServer, launch: None
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/frontier?at=2026-05-01")
    page.get_by_role("region", name="drawn").focus()
    page.keyboard.press("Tab")
    told = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert told.endswith("beaten by nobody")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/models/[^/]+/[^/]+\?at=2026-05-01"))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault_or_is_wider_than_a_phone(
    browser: Browser, live_server: LiveServer, launch: None, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for address in PAGES:
        page.goto(live_server.url + address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, address
    context.close()
