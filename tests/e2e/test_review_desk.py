"""A curator's day in a real browser: held items decided, the API moved, the audit trail told."""

from __future__ import annotations

import os

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from registry.curation import actions
from registry.curation.models import Review
from tests.curation.deciding import hand
from tests.e2e.desk import (
    FLASH,
    ODD,
    PASSWORD,
    PRO,
    desk,
    every_page,
    everything_waits,
    held,
    serious_faults,
    sound,
)
from tests.pipeline.taking import offer

__all__ = ["desk", "everything_waits", "held"]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sources"),
]


def price(page: Page, live_server: LiveServer, name: str) -> str:
    """What the public API says an offer's plain input costs."""
    provider, _, model_id = name.partition("/")
    answer = page.request.get(f"{live_server.url}/api/v1/rate-cards/{provider}/{model_id}")
    assert answer.ok, answer.text()
    [plain] = [
        rate
        for rate in answer.json()["rates"]
        if rate["meter"] == "input_tokens" and not rate["terms"]
    ]
    return str(plain["amount"])


def test_held_items_are_compared_and_approved_corrected_retracted_and_an_alias_linked(
    desk: Page, live_server: LiveServer
) -> None:
    assert price(desk, live_server, PRO) == "1.74"
    sound(desk)

    desk.get_by_role("link", name=PRO).click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Large change")
    table = desk.get_by_role("region", name="Prices by source")
    expect(table).to_contain_text("deepseek")
    expect(table).to_contain_text("models-dev")
    expect(table).to_contain_text("÷4")
    expect(desk.locator("mark", has_text="0.435").first).to_be_visible()
    sound(desk)
    desk.get_by_label("Note").first.fill("their news says 75 % off")
    desk.get_by_role("button", name="Approve", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("1 item approved: revision")
    assert price(desk, live_server, PRO) == "0.435"

    flash = Review.objects.get(state="open", offer=offer(FLASH))
    desk.goto(f"{live_server.url}/admin/desk/items/{flash.pk}/")
    desk.keyboard.press("e")
    desk.get_by_label("Amount of row 1").fill("0.0028")
    desk.get_by_label("Amount of row 2").fill("0.14")
    desk.locator("#edit-note").fill("a digit was lost on the page")
    desk.get_by_role("button", name="Approve these figures").click()
    expect(desk.locator(".messagelist")).to_contain_text("Approved with other figures")

    desk.goto(f"{live_server.url}/admin/desk/offers/{offer(PRO).pk}/")
    desk.get_by_text("Correct prices").click()
    for place in range(1, 4):
        if desk.get_by_label(f"Meter of row {place}").input_value() == "input_tokens":
            desk.get_by_label(f"Amount of row {place}").fill("0.5")
        else:
            desk.get_by_label(f"Amount of row {place}").fill("")
    desk.locator("#correct-since").fill("2026-11-10T00:00")
    desk.locator("#correct-address").fill("https://api-docs.deepseek.com/quick_start/pricing")
    desk.locator("#correct-note").fill("as their invoice says")
    desk.get_by_role("button", name="Correct", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Corrected: revision")
    assert price(desk, live_server, PRO) == "0.5"

    desk.get_by_role("link", name="0.5", exact=True).first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Why input tokens")
    sound(desk)
    desk.get_by_text("Retract this start").click()
    desk.get_by_label("Note").fill("the invoice was another account's")
    desk.get_by_role("button", name="It never happened").click()
    expect(desk.locator(".messagelist")).to_contain_text("Retracted: revision")
    assert price(desk, live_server, PRO) == "0.435"

    desk.get_by_role("link", name="Open questions").click()
    row = desk.get_by_role("row").filter(has_text=ODD)
    row.get_by_label("Model of strange-name-x").fill("somelab/strange-name")
    row.get_by_label("Note for strange-name-x").fill("the same weights")
    row.get_by_role("button", name="Link").click()
    expect(desk.locator(".messagelist")).to_contain_text(
        "Linked: strange-name-x is somelab/strange-name"
    )

    desk.get_by_role("link", name="Audit trail").click()
    for word in ("approved", "approved with other figures", "corrected", "retracted", "linked"):
        expect(desk.locator("#content")).to_contain_text(word)
    expect(desk.locator("#content")).to_contain_text("their news says 75 % off")
    sound(desk)


@pytest.mark.usefixtures("everything_waits")
def test_a_held_score_is_approved_with_another_figure_and_a_held_fact_as_it_is(
    desk: Page, live_server: LiveServer
) -> None:
    score = Review.objects.get(reason="suspect_scale")
    desk.goto(f"{live_server.url}/admin/desk/items/{score.pk}/")
    expect(desk.get_by_role("region", name="Scores by source")).to_contain_text("suspect scale")
    desk.keyboard.press("e")
    expect(desk.get_by_label("Score", exact=True)).to_be_focused()
    desk.get_by_label("Score", exact=True).fill("88")
    desk.get_by_label("Where it can be checked").fill("https://example.org/card")
    desk.locator("#edit-note").fill("the card says 88 %")
    desk.get_by_role("button", name="Approve this figure").click()
    expect(desk.locator(".messagelist")).to_contain_text("Approved with another figure: revision")
    answer = desk.request.get(f"{live_server.url}/api/v1/readings?model=openai/filler-a")
    assert [one["value"] for one in answer.json()["items"]] == ["88"]

    fact = Review.objects.get(reason="fact_step", offer=offer("openai/filler-a"))
    desk.goto(f"{live_server.url}/admin/desk/items/{fact.pk}/")
    desk.get_by_label("Note").first.fill("their page says two million")
    desk.get_by_role("button", name="Approve", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("1 item approved: revision")
    desk.goto(f"{live_server.url}/admin/desk/offers/?q=filler-a")
    desk.get_by_role("link", name="openai/filler-a").first.click()
    expect(desk.get_by_role("region", name="Facts by source")).to_contain_text("2,000,000")
    desk.get_by_role("link", name="Audit trail").click()
    expect(desk.locator("#content")).to_contain_text("the card says 88 %")
    expect(desk.locator("#content")).to_contain_text("openai/filler-a mmlu")


def test_the_queue_is_worked_by_keyboard(desk: Page) -> None:
    desk.keyboard.press("j")
    first = desk.locator("tr[aria-current]")
    expect(first).to_have_count(1)
    desk.keyboard.press("a")
    expect(desk.get_by_label("Note")).to_be_focused()
    desk.keyboard.type("seen on the page")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    expect(desk.locator(".messagelist")).to_contain_text("1 item approved")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.usefixtures("everything_waits")
def test_no_page_is_wider_than_the_screen_or_hard_to_read(
    desk: Page, live_server: LiveServer, width: int, scheme: str
) -> None:
    pages = every_page()
    actions.reject([Review.objects.get(reason="reported").pk], **hand("2026-11-13"))
    pages |= every_page()
    faults: list[str] = []
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for name, path in pages.items():
        desk.goto(f"{live_server.url}/admin/{path}")
        desk.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if folder := os.environ.get("SCREENSHOTS"):
            desk.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
        if desk.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{name} is wider than {width}")
        faults += serious_faults(desk)
    assert not faults, "\n".join(faults)


def test_it_works_without_javascript(browser: Browser, live_server: LiveServer, held: None) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/desk/")
    page.get_by_label("Username").fill("root")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    for box in page.get_by_role("checkbox", name="Tick").all():
        box.check()
    page.get_by_label("Note").fill("all of them")
    page.get_by_role("button", name="Reject ticked").click()
    expect(page.locator(".messagelist")).to_contain_text("items rejected")
    expect(page.locator("#content")).to_contain_text("Nothing waits")
    context.close()
