"""The page of the contract in a real browser, under the strict content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_it_shows_and_tries_every_operation_without_another_host(
    browser: Browser, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/docs/", wait_until="networkidle")
    root = page.locator("#operations-root-root")
    root.locator(".opblock-summary-control").click()
    root.get_by_role("button", name="Try it out").click()
    root.get_by_role("button", name="Execute").click()
    expect(root.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    contract = page.request.get(f"{live_server.url}/api/v1/schema/").json()
    operations = sum(map(len, contract["paths"].values()))
    assert page.locator(".opblock").count() == operations
    assert complaints == []
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
    page.close()
