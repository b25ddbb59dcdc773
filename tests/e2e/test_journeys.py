"""What readers come for, in a real browser: find, go back in time, follow a number, report."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from registry.ledger.models import PricePoint
from tests.pages.conftest import registry

__all__ = ["registry"]

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PRO = "/models/deepseek/deepseek-v4-pro"
PAGES = (
    "/",
    "/?at=2026-05-01",
    "/?q=nothing+is+called+so",
    PRO,
    f"{PRO}?input=100M&output=20M",
    "/offers/openai/gpt-5.5",
    "/providers",
    "/providers/openrouter",
    "/labs",
    "/labs/deepseek",
    "/benchmarks",
    "/changes?what=all&terms=all",
    "/changes/scores",
    "/changes/facts?what=all",
    "/changes/models",
    "/changes/disputes",
    "/sources",
    "/method",
    "/report",
    "/nothing-here",
)
PHONE = 360


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A desktop's window; whatever its console complains of is a fault."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault(
    browser: Browser, live_server: LiveServer, registry: None, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    receipt = PricePoint.objects.order_by("pk").values_list("pk", flat=True)[0]
    for address in (*PAGES, f"/receipts/{receipt}"):
        page.goto(live_server.url + address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    context.close()


def test_no_page_is_wider_than_a_phone(
    browser: Browser, live_server: LiveServer, registry: None
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    receipt = PricePoint.objects.order_by("pk").values_list("pk", flat=True)[0]
    for address in (*PAGES, f"/receipts/{receipt}"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, address
    context.close()


def test_typing_narrows_the_table_and_the_address_keeps_it(
    desk: Page, live_server: LiveServer, registry: None
) -> None:
    desk.goto(live_server.url)
    expect(desk.locator("tbody.pair")).to_have_count(2)
    desk.get_by_label("Model or lab").press_sequentially("gpt")
    expect(desk.locator("tbody.pair")).to_have_count(1)
    expect(desk).to_have_url(re.compile(r"[?&]q=gpt&"))
    desk.reload()
    expect(desk.locator("tbody.pair")).to_have_count(1)


def test_without_scripts_the_same_form_answers(
    browser: Browser, live_server: LiveServer, registry: None
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("Model or lab").fill("gpt")
    page.locator("form.filters").get_by_role("button", name="Show").click()
    assert page.locator("tbody.pair").count() == 1
    context.close()


def test_a_number_is_followed_to_its_receipt_and_back(
    desk: Page, live_server: LiveServer, registry: None
) -> None:
    desk.goto(live_server.url)
    desk.get_by_role("link", name="deepseek-v4-pro").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("deepseek-v4-pro")
    desk.locator("tr.chosen .figure a").first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Receipt")
    expect(desk.locator("mark").first).to_be_visible()
    desk.locator(".crumbs a").first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("deepseek-v4-pro")


def test_a_past_date_is_kept_from_page_to_page(
    desk: Page, live_server: LiveServer, registry: None
) -> None:
    desk.goto(live_server.url)
    desk.get_by_label("As of").fill("2026-04-24")
    desk.locator("form.travel").get_by_role("button", name="Show").click()
    expect(desk.locator(".past")).to_contain_text("24 Apr 2026")
    desk.get_by_role("link", name="deepseek-v4-pro").click()
    expect(desk.locator(".past")).to_contain_text("24 Apr 2026")
    expect(desk.locator(".headline dd").first).to_have_text("$1.74")
    desk.get_by_role("link", name="Back to the present").click()
    expect(desk.locator(".headline dd").first).to_have_text("$0.87")


def test_a_workload_is_edited_in_place(desk: Page, live_server: LiveServer, registry: None) -> None:
    desk.goto(live_server.url + PRO)
    desk.get_by_label("Input tokens a month").fill("10M")
    desk.get_by_label("Output tokens a month").fill("0")
    desk.get_by_role("button", name="Show the bill of every seller").click()
    expect(desk.get_by_text("a month at DeepSeek")).to_contain_text("$8.70")


def test_an_error_is_reported(desk: Page, live_server: LiveServer, registry: None) -> None:
    desk.goto(f"{live_server.url}/offers/openai/gpt-5.5")
    desk.locator("main").get_by_role("link", name="Report an error").click()
    expect(desk.get_by_label("Which figure")).to_have_value("/offers/openai/gpt-5.5")
    desk.get_by_label("What is wrong").fill("The page says otherwise.")
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_the_keyboard_alone_reaches_a_model(
    desk: Page, live_server: LiveServer, registry: None
) -> None:
    desk.goto(live_server.url)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "content"
    for _ in range(40):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.textContent") == "deepseek-v4-pro":
            break
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(live_server.url + PRO)
