"""The table in a real browser: wide and narrow, light and dark, with and without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WIDTHS = {"phone": 360, "desk": 1280}
Scheme = Literal["light", "dark"]


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> int:
    return WIDTHS[request.param]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    chosen: Scheme = request.param
    return chosen


@pytest.fixture
def page(browser: Browser, width: int, scheme: Scheme) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=True
    )
    yield context.new_page()
    context.close()


def test_it_loads_whole_from_one_host_without_a_complaint(
    page: Page, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    failed: list[Request] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request))
    page.goto(live_server.url, wait_until="networkidle")
    assert page.get_by_role("heading", level=1).is_visible()
    assert complaints == []
    assert failed == []
    assert all(url.startswith(live_server.url) for url in asked)


def test_nothing_is_wider_than_the_screen(page: Page, live_server: LiveServer, width: int) -> None:
    page.goto(live_server.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_ground_follows_the_wish_for_dark(
    page: Page, live_server: LiveServer, scheme: Scheme
) -> None:
    page.goto(live_server.url)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in ground.removeprefix("rgb(").removesuffix(")").split(",")]
    assert (sum(channels) / 3 < 64) == (scheme == "dark")


def test_it_has_no_accessibility_fault(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_keyboard_reaches_the_content_first(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
