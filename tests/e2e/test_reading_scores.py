"""Readers who follow scores, in a real browser: through time, to a receipt and back, on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from registry.ledger.models import FactPoint, ScorePoint
from tests.api.launch import launch

__all__ = ["launch"]

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

BENCHMARK = "/benchmarks/swe-bench-verified"
PAIR = "/compare/gpt-5.5-vs-deepseek-v4-pro"
PHONE = ViewportSize(width=390, height=844)


def addresses() -> list[str]:
    """The pages of scores, facts and claims."""
    score = ScorePoint.objects.filter(claim__isnull=False).order_by("pk").values("pk", "claim_id")
    fact = FactPoint.objects.order_by("pk").values_list("pk", flat=True)
    return [
        BENCHMARK,
        f"{BENCHMARK}?setup=any&order=price",
        f"{BENCHMARK}?lab=openai&weights=open",
        "/?sort=-score.swe-bench-verified",
        "/changes/scores",
        "/changes/facts?what=all",
        "/changes/models",
        "/changes/disputes",
        f"/receipts/scores/{score[0]['pk']}",
        f"/receipts/claims/{score[0]['claim_id']}",
        f"/receipts/facts/{fact[0]}",
    ]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_fault_or_is_wider_than_a_phone(
    browser: Browser, live_server: LiveServer, launch: None, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    for address in addresses():
        page.goto(live_server.url + address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    context.close()


def test_a_score_is_followed_from_a_comparison_to_its_receipt_and_back(
    page: Page, live_server: LiveServer, launch: None
) -> None:
    page.goto(f"{live_server.url}{PAIR}?at=2026-04-25")
    page.get_by_role("link", name="88.7 %").first.click()
    expect(page).to_have_url(re.compile(r"/receipts/scores/\d+\?at=2026-04-25"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt of score")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^claim \d+$")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Claim")
    page.go_back()
    page.locator(".crumbs").get_by_role("link", name="SWE-bench Verified").click()
    expect(page).to_have_url(f"{live_server.url}{BENCHMARK}?at=2026-04-25")
    expect(page.get_by_role("heading", name="Over time")).to_be_visible()


def test_a_benchmark_is_narrowed_and_the_address_keeps_it(
    page: Page, live_server: LiveServer, launch: None
) -> None:
    page.goto(live_server.url + BENCHMARK)
    page.get_by_label("Lab", exact=True).select_option("deepseek")
    page.locator("form.filters").get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"lab=deepseek"))
    rows = page.get_by_role("region", name="Every reading").locator("tbody tr")
    expect(rows).to_have_count(2)


def test_the_table_is_sorted_by_a_benchmark(
    page: Page, live_server: LiveServer, launch: None
) -> None:
    page.goto(f"{live_server.url}/?bench=swe-bench-verified")
    page.get_by_role("columnheader").get_by_role("link", name="SWE-bench Verified").click()
    expect(page).to_have_url(re.compile(r"sort=-score\.swe-bench-verified"))
    expect(page.locator("th[scope=row] a").first).to_have_text("gpt-5.5")
    page.get_by_role("columnheader").get_by_role("link", name="SWE-bench Verified").click()
    expect(page.locator("th[scope=row] a").first).to_have_text("deepseek-v4-flash")


def test_the_slider_moves_through_time_by_keyboard_alone(
    page: Page, live_server: LiveServer, launch: None
) -> None:
    page.goto(f"{live_server.url}/frontier?at=2026-06-01")
    slider = page.get_by_role("slider", name="Through time")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    if page.evaluate("typeof htmx") == "undefined":
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/frontier?at=2026-05-01")
    expect(page.locator(".past")).to_contain_text("1 May 2026")
    expect(page.locator(".slider output")).to_have_text("1 May 2026")


def test_what_the_slider_means_is_said_while_it_is_moved(
    browser: Browser, live_server: LiveServer, launch: None
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/frontier?at=2026-06-01")
    slider = page.get_by_role("slider", name="Through time")
    slider.evaluate(
        "one => { one.value = Number(one.value) - 1;"
        " one.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(page.locator(".slider output")).to_have_text("May 2026")
    expect(slider).to_have_attribute("aria-valuetext", "May 2026")
    context.close()


def test_on_a_phone_a_reader_finds_a_model_and_follows_its_price(
    browser: Browser, live_server: LiveServer, launch: None
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("Model or lab").fill("v4 pro")
    expect(page.locator("tbody.pair")).to_have_count(1)
    page.get_by_role("link", name="deepseek-v4-pro").first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("deepseek-v4-pro")
    page.locator("tr.chosen .figure a").first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".crumbs a").first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("deepseek-v4-pro")
    context.close()


def test_a_dot_is_reached_and_followed_by_keyboard(
    browser: Browser, live_server: LiveServer, launch: None
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}{BENCHMARK}")
    page.get_by_role("region", name="over time, drawn").focus()
    page.keyboard.press("Tab")
    told = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert told.endswith("the best so far")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/receipts/scores/\d+"))
    context.close()
