"""A curator's day in a real browser: held items decided, the API moved, the audit trail told."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from registry.catalog.models import Lab, Model
from registry.curation.models import Review
from tests.pipeline.bodies import FILLERS, deepseek_page, models_dev, priced
from tests.pipeline.taking import deliver, offer

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sources"),
]

PRO, FLASH = "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-flash"
ODD = "fireworks-ai/strange-name-x"
PASSWORD = "a-long-enough-password"
WORD = {"input": "1.74", "output": "3.48", "cache_read": "0.145"}
CHEAP = {"input": "0.14", "output": "0.28", "cache_read": "0.028"}


@pytest.fixture
def held(sources: None) -> None:
    """Both DeepSeek offers stand as their feed says; the provider's page cuts them to a quarter."""
    rows = priced((*FILLERS, ODD), "3", "15") | {PRO: WORD, FLASH: CHEAP}
    deliver("models-dev", models_dev(rows), "2026-11-01", fresh_days=999)
    page = {
        "deepseek-v4-pro": ("1.74", "3.48", "0.145"),
        "deepseek-v4-flash": ("0.14", "0.28", "0.028"),
    }
    deliver("deepseek", deepseek_page(page), "2026-11-02", fresh_days=999)
    cut = {
        "deepseek-v4-pro": ("0.435", "0.87", "0.003625"),
        "deepseek-v4-flash": ("0.014", "0.28", "0.0028"),
    }
    deliver("deepseek", deepseek_page(cut), "2026-11-08", fresh_days=999)
    lab = Lab.objects.create(slug="somelab", name="Some lab")
    Model.objects.create(lab=lab, slug="strange-name", name="Strange name")


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, held: None) -> Iterator[Page]:
    """The desk, signed in as a curator; nothing may complain or come from elsewhere."""
    import_module("registry.staff.migrations.0002_roles").make_roles(apps, None)
    curator = User.objects.create_user("anna", password=PASSWORD, is_staff=True)
    curator.groups.add(Group.objects.get(name="curator"))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _refuse_elsewhere(request.url, live_server.url, complaints))
    page.goto(f"{live_server.url}/admin/desk/")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review desk")
    yield page
    assert complaints == []
    context.close()


def _refuse_elsewhere(asked: str, here: str, complaints: list[str]) -> None:
    if not asked.startswith((here, "data:")):
        complaints.append(f"asked {asked}")


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


def sound(page: Page) -> None:
    """Nothing on the page is a serious fault of accessibility."""
    found = Axe().run(page)
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == [], found.generate_report()


def test_held_items_are_compared_and_approved_corrected_retracted_and_an_alias_linked(
    desk: Page, live_server: LiveServer
) -> None:
    assert price(desk, live_server, PRO) == "1.74"
    sound(desk)

    desk.get_by_role("link", name=PRO).click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("large change")
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
def test_no_page_is_wider_than_the_screen_or_hard_to_read(
    desk: Page, live_server: LiveServer, width: int, scheme: str
) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    item = Review.objects.filter(state="open").latest("pk")
    paths = ("", f"items/{item.pk}/", f"offers/{offer(PRO).pk}/", "sources/", "sources/deepseek/")
    for path in (*paths, "questions/", "offers/", "audit/"):
        desk.goto(f"{live_server.url}/admin/desk/{path}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
        sound(desk)


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
