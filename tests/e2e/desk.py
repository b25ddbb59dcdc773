"""A registry in which something of every kind waits, for the desk in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from registry.catalog.models import Lab, Model
from registry.curation.actions import report_error
from registry.curation.models import AuditEvent, Review
from registry.ingest.models import Claim
from registry.ledger.models import FactPoint, PricePoint, ScorePoint
from tests.pipeline.bodies import (
    FILLERS,
    deepseek_page,
    litellm,
    models_dev,
    models_dev_scores,
    per_token,
    priced,
    scored,
)
from tests.pipeline.taking import deliver, moment, offer

PRO, FLASH = "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-flash"
ODD = "fireworks-ai/strange-name-x"
PASSWORD = "a-long-enough-password"
_FORBIDDEN = "auth/user/"
_WORD = {"input": "1.74", "output": "3.48", "cache_read": "0.145"}
_CHEAP = {"input": "0.14", "output": "0.28", "cache_read": "0.028"}


@pytest.fixture
def held(sources: None) -> None:
    """Both DeepSeek offers stand as their feed says; the provider's page cuts them to a quarter."""
    deliver("models-dev", _feed(128_000), "2026-11-01", fresh_days=999)
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
def everything_waits(held: None) -> None:
    """Beside prices: a score, a fact, a whole run, a reader's report, an unknown board's name."""
    day, scores = "2026-10-05", "models-dev-scores"
    for said, taken in ((87, "2026-11-02"), (0.88, "2026-11-09")):
        rows = scored("openai/filler-a", {"score": said, "date": day})
        rows |= scored("nobody/unheard-of", {"score": 50, "date": day})
        deliver(scores, models_dev_scores(rows), taken, fresh_days=999)
    deliver("models-dev", _feed(2_000_000), "2026-11-10", fresh_days=999)
    map_of = {name.partition("/")[2]: per_token("3", "15") for name in FILLERS}
    deliver("litellm", litellm(map_of), "2026-11-10", fresh_days=999)
    doubled = {name.partition("/")[2]: per_token("6", "30") for name in FILLERS}
    deliver("litellm", litellm(doubled), "2026-11-11", fresh_days=999)
    report_error(
        offer_id=offer(PRO).pk,
        subject="input tokens 1.74 USD",
        message="the page says less",
        page="/models/deepseek/deepseek-v4-pro",
        at=moment("2026-11-12"),
    )


def _feed(context: int) -> bytes:
    rows = priced((*FILLERS, ODD), "3", "15") | {PRO: _WORD, FLASH: _CHEAP}
    return models_dev(rows, facts={"limit": f'{{"context": {context}}}'})


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, held: None) -> Iterator[Page]:
    """The desk, signed in as a curator; nothing may complain or come from elsewhere."""
    import_module("registry.staff.migrations.0002_roles").make_roles(apps, None)
    curator = User.objects.create_user("anna", password=PASSWORD, is_staff=True)
    curator.groups.add(Group.objects.get(name="curator"))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: _complain(message, complaints))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _refuse_elsewhere(request.url, live_server.url, complaints))
    sign_in(page, live_server, "anna")
    yield page
    assert not complaints, "\n".join(complaints)
    context.close()


def sign_in(page: Page, live_server: LiveServer, name: str) -> None:
    """Through the form, to the queue."""
    page.goto(f"{live_server.url}/admin/desk/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review desk")


def sound(page: Page) -> None:
    """Nothing on the page is a serious fault of accessibility."""
    assert serious_faults(page) == []


def serious_faults(page: Page) -> list[str]:
    """Each serious fault of accessibility on a page: where, which rule, which element."""
    # Read ahead, a style sheet that imports another is asked for where there is none.
    found = Axe().run(page, options={"preload": False})
    return [
        f"{page.url}: {fault['id']}: {node['target']}"
        for fault in found.response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]


def every_page() -> dict[str, str]:
    """Each page of the desk and of the admin by a name, as far as a curator may see it.

    An address under which nothing is held shows the site's own page for that.
    """
    items = {one.reason: one.pk for one in Review.objects.filter(state="open")}
    names = {f"item-{reason}": f"desk/items/{pk}/" for reason, pk in items.items()}
    score = ScorePoint.objects.latest("pk")
    fact = FactPoint.objects.filter(series__model__isnull=False).latest("pk")
    claim = Claim.objects.filter(source__slug="deepseek").latest("pk")
    of_score = Claim.objects.filter(model_name__isnull=False).latest("pk")
    body = claim.first_run.snapshot
    price = PricePoint.objects.filter(series__offer=offer(PRO)).latest("pk")
    names |= {
        "queue": "desk/",
        "queue-filtered": "desk/?reason=large_change&size=3x+to+10x",
        "queue-empty": "desk/?state=corrected",
        "queue-answered": "desk/?state=approved",
        "offers": "desk/offers/",
        "offers-found": "desk/offers/?q=deepseek",
        "offers-none": "desk/offers/?q=no-such-thing",
        "offer": f"desk/offers/{offer(PRO).pk}/",
        "model": f"desk/models/{score.series.model_id}/",
        "why": f"desk/why/{price.pk}/",
        "why-score": f"desk/why/scores/{score.pk}/",
        "why-fact": f"desk/why/facts/{fact.pk}/",
        "claim": f"desk/claims/{claim.pk}/",
        "claim-of-score": f"desk/claims/{of_score.pk}/",
        "body": f"desk/bodies/{body.sha256 if body else ''}/",
        "sources": "desk/sources/",
        "source": "desk/sources/deepseek/",
        "source-silent": "desk/sources/openrouter/",
        "questions": "desk/questions/",
        "audit": "desk/audit/",
        "index": "",
        "list-offers": "catalog/offer/",
        "list-models": "catalog/model/",
        "list-prices": "ledger/pricepoint/",
        "list-scores": "ledger/scorepoint/",
        "list-facts": "ledger/factpoint/",
        "list-runs": "ingest/run/",
        "list-reviews": "curation/review/",
        "edit-offer": f"catalog/offer/{offer(PRO).pk}/change/",
        "history-offer": f"catalog/offer/{offer(PRO).pk}/history/",
        "row-price": f"ledger/pricepoint/{price.pk}/change/",
        "password": "password_change/",
        "forbidden": _FORBIDDEN,
    }
    event = AuditEvent.objects.order_by("-pk").first()
    return names | ({} if event is None else {"event": f"desk/audit/{event.pk}/"})


def _complain(message: ConsoleMessage, complaints: list[str]) -> None:
    """Whatever the browser says of the site's own pages, but that one was refused.

    What axe brings about has no address: it is no script of the page. A hint is no complaint.
    """
    source = message.location.get("url", "")
    if source and not source.endswith(_FORBIDDEN) and not message.text.startswith("[DOM]"):
        complaints.append(f"{source}: {message.text}")


def _refuse_elsewhere(asked: str, here: str, complaints: list[str]) -> None:
    if not asked.startswith((here, "data:")):
        complaints.append(f"asked {asked}")
