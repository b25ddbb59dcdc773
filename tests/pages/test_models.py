"""The page of a model and of an offer: sellers, cards, history, readings, a month's bill."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.catalog.models import Lab, Model, ModelAlias, Offer, Provider
from tests.ledger.saying import point, say
from tests.pages.conftest import Open
from tests.pages.test_table import text_of

pytestmark = pytest.mark.django_db
PRO = "/models/deepseek/deepseek-v4-pro"


def test_it_lists_every_seller_the_lab_first(registry: None, page: Open) -> None:
    html = page(PRO)
    order = [html.index(f'href="/offers/{seller}/') for seller in ("deepseek", "openrouter")]
    assert order == sorted(order)
    text = text_of(html)
    assert "first party" in text
    assert "inference host" in text
    assert "reseller or router" in text


def test_each_figure_leads_to_its_receipt(registry: None, page: Open) -> None:
    addresses = set(re.findall(r'href="(/receipts/\d+)"', page(PRO)))
    assert len(addresses) >= 5
    for address in addresses:
        assert "Who said it" in page(address)


def test_the_history_tells_each_change_its_cause_and_how_far(registry: None, page: Open) -> None:
    text = text_of(page(PRO))
    assert "30 May 2026" in text
    assert "repriced" in text
    assert "−50 %" in text
    assert "$1.74 from 24 Apr 2026; $0.87 from 30 May 2026." in text


def test_a_month_is_billed_at_every_seller(registry: None, page: Open) -> None:
    text = text_of(page(f"{PRO}?input=100M&output=20M"))
    assert "$121 .80 a month at DeepSeek" in text
    assert "$224 .00" in text
    assert "Your month" in text


def test_cached_input_is_billed_as_such_and_said_where_it_cannot(
    registry: None, page: Open
) -> None:
    text = text_of(page(f"{PRO}?input=100M&output=0&cached=50"))
    assert "$50 .75 a month at DeepSeek" in text
    batch = page(f"{PRO}?input=100M&output=0&batch=50")
    assert "cannot be told" in batch
    assert "is not on the rate card" in batch


@pytest.mark.parametrize(
    ("query", "field"),
    [("input=-1", "input"), ("input=1&cached=101", "cached"), ("output=x", "output")],
)
def test_a_load_that_cannot_be_is_named(registry: None, page: Open, query: str, field: str) -> None:
    assert f"<code>{field}</code> is" in page(f"{PRO}?{query}", status=400)


def test_what_nobody_said_is_unknown_in_a_word(registry: None, page: Open) -> None:
    lab = Lab.objects.get(slug="openai")
    Model.objects.create(lab=lab, slug="zeta", name="Zeta")
    text = text_of(page("/models/openai/zeta"))
    assert "No price of this model is known" in text
    assert "Released unknown" in text
    assert "Nobody whom the registry listens to sells this model" in text


def test_other_names_and_the_end_are_told(registry: None, page: Open) -> None:
    model = Model.objects.get(slug="deepseek-v4-pro")
    ModelAlias.objects.create(text="v4-pro", model=model, origin="a curator")
    Offer.objects.filter(provider__slug="deepseek").update(retires_on=date(2027, 3, 1))
    text = text_of(page(PRO))
    assert "1 other name" in text
    assert "v4-pro a curator" in text
    assert "retires 1 Mar 2027" in text


def test_eighty_sellers_cost_no_more_queries_than_three(
    registry: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    model = Model.objects.get(slug="deepseek-v4-pro")
    sellers = Provider.objects.bulk_create(
        Provider(slug=f"host-{number}", name=f"Host {number}") for number in range(80)
    )
    offers = Offer.objects.bulk_create(
        Offer(provider=seller, provider_model_id="deepseek-v4-pro", model=model)
        for seller in sellers
    )
    say(*(point(offer, "1.5") for offer in offers))
    client.get(PRO)
    with django_assert_max_num_queries(18):
        answer = client.get(PRO)
    assert answer.content.decode().count('href="/offers/host-') == 80
    with django_assert_max_num_queries(20):
        client.get(f"{PRO}?input=1M&output=1M")


def test_a_long_name_is_shown_whole(registry: None, page: Open) -> None:
    lab = Lab.objects.get(slug="openai")
    Model.objects.create(lab=lab, slug="long", name="Long" * 50)
    assert "Long" * 50 in page("/models/openai/long")
    assert "Long" * 50 in page("/?q=longlong")


def test_structured_data_tells_the_range_and_runs_nothing(registry: None, page: Open) -> None:
    Model.objects.filter(slug="deepseek-v4-pro").update(name="</script><b>x")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(PRO), re.S)
    assert found
    data = json.loads(found[1])
    assert data["offers"]["lowPrice"] == "0.87"
    assert data["offers"]["offerCount"] == 3
    assert data["name"] == "</script><b>x"


def test_an_offer_has_its_whole_card(registry: None, page: Open) -> None:
    text = text_of(page("/offers/openai/gpt-5.5"))
    assert "over 272K input tokens" in text
    assert "$45 .00" in text
    assert "USD per 1M tokens" in text


def test_hours_are_drawn_as_a_week(registry: None, page: Open) -> None:
    offer = Offer.objects.get(provider__slug="deepseek")
    say(point(offer, "3.5", terms="hours=mon-fri 01:00-04:00,06:00-10:00"))
    html = page("/offers/deepseek/deepseek-v4-pro")
    assert html.count('class="block"') == 10
    assert "mon-fri 01:00-04:00,06:00-10:00 UTC" in html


@pytest.mark.parametrize(
    "address",
    [
        "/models/deepseek/nothing",
        "/models/nobody/gpt-5.5",
        "/offers/openai/nothing",
        f"{PRO}?offer=openai/gpt-5.5",
        "/receipts/999999",
        "/providers/nobody",
        "/labs/nobody",
        "/benchmarks/nothing",
    ],
)
def test_what_is_not_held_is_not_found(registry: None, page: Open, address: str) -> None:
    assert "The registry holds no" in page(address, status=404)
