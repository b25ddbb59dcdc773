"""Receipts, changes, providers, labs, benchmarks, sources, the method, and reports of errors."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from registry.curation.models import Review
from registry.ledger.models import PricePoint
from tests.pages.conftest import Open
from tests.pages.test_table import text_of

pytestmark = pytest.mark.django_db
EVERY_PAGE = (
    "/",
    "/models/deepseek/deepseek-v4-pro",
    "/offers/deepseek/deepseek-v4-pro",
    "/providers",
    "/providers/deepseek",
    "/labs",
    "/labs/deepseek",
    "/benchmarks",
    "/changes",
    "/changes/scores",
    "/changes/facts",
    "/changes/models",
    "/changes/disputes",
    "/sources",
    "/method",
)


def cut() -> PricePoint:
    """The point of DeepSeek's cut of its input price."""
    return PricePoint.objects.get(
        series__offer__provider__slug="deepseek",
        series__meter="input_tokens",
        cause="repriced",
    )


def test_a_receipt_says_who_said_it_and_what_others_say(registry: None, page: Open) -> None:
    html = page(f"/receipts/{cut().pk}")
    text = text_of(html)
    assert "$0 .87" in text
    assert "llm-prices" in text
    assert "models-dev" in text
    assert "repriced" in text
    assert "this receipt’s" in text
    assert re.search(r"Revision \d+, [0-9a-f]{12}", text)


def test_a_receipt_shows_the_text_around_the_figure(registry: None, page: Open) -> None:
    html = page(f"/receipts/{cut().pk}")
    assert "Around the figure" in html
    assert "<mark>0.87</mark>" in html


def test_a_figure_leads_to_its_receipt_and_back(registry: None, page: Open) -> None:
    html = page(f"/receipts/{cut().pk}")
    assert 'href="/models/deepseek/deepseek-v4-pro"' in html
    assert 'href="/offers/deepseek/deepseek-v4-pro"' in html


def test_changes_are_told_from_the_newest_back(registry: None, page: Open) -> None:
    text = text_of(page("/changes"))
    assert "−50 %" in text
    assert "repriced" in text
    assert "first seen" not in text
    assert "first seen" in text_of(page("/changes?what=first_seen&terms=all"))
    assert "Nothing of this kind was published" in page("/changes?what=corrected")


@pytest.mark.parametrize("query", ["what=x", "after=x", "after=1.2.3", "terms=x"])
def test_a_feed_that_cannot_be_is_refused(registry: None, page: Open, query: str) -> None:
    assert "cannot be answered" in page(f"/changes?{query}", status=400)


def test_providers_and_labs_lead_to_their_offers_and_models(registry: None, page: Open) -> None:
    assert 'href="/providers/openrouter"' in page("/providers?kind=reseller")
    assert 'href="/providers/deepseek"' not in page("/providers?kind=reseller")
    assert 'href="/offers/openrouter/deepseek/deepseek-v4-pro"' in page("/providers/openrouter")
    assert "No offer is called so" in page("/providers/openrouter?q=gpt")
    assert 'href="/models/openai/gpt-5.5"' in page("/labs/openai")


def test_sources_say_when_they_were_heard(registry: None, page: Open) -> None:
    text = text_of(page("/sources"))
    assert "30 May 2026" in text
    assert "stale" in text
    assert "never heard" in text


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_carries_the_date_along(registry: None, page: Open, address: str) -> None:
    html = page(f"{address}?at=2026-05-01")
    assert "You are looking at" in html
    assert 'href="/changes?at=2026-05-01"' in html
    assert '<meta name="robots" content="noindex' in html


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_says_what_it_is(registry: None, page: Open, address: str) -> None:
    html = page(address)
    assert html.count("<h1") == 1
    title = re.search(r"<title>(.*?)</title>", html)
    description = re.search(r'<meta name="description" content="(.*?)">', html)
    assert title
    assert description
    assert 10 < len(title[1]) < 110
    assert 40 < len(description[1]) < 320
    assert f'<link rel="canonical" href="http://testserver{address}">' in html
    assert "style=" not in html


def test_the_present_carries_no_date(registry: None, page: Open) -> None:
    for address in EVERY_PAGE:
        assert "?at=" not in page(address)


def test_the_past_can_be_looked_at_as_it_was_known(registry: None, page: Open) -> None:
    text = text_of(page("/models/deepseek/deepseek-v4-pro?revision=1"))
    assert "as the registry knew it at revision 1" in text
    assert "$0 .87" not in text


def test_the_sitemap_leads_to_pages_that_answer(registry: None, client: Client) -> None:
    answer = client.get("/sitemap.xml")
    places = etree.fromstring(answer.content).iterfind("{*}url/{*}loc")
    paths = [(place.text or "").removeprefix("http://testserver") for place in places]
    assert "/models/deepseek/deepseek-v4-pro" in paths
    assert {"/changes/scores", "/changes/facts", "/changes/models", "/changes/disputes"} <= {*paths}
    for path in paths[:40]:
        assert client.get(path).status_code == 200, path
    assert "http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/providers/openrouter", 5),
        ("/changes", 9),
        ("/changes/scores", 6),
        ("/changes/facts", 5),
        ("/changes/models", 7),
        ("/labs/openai", 5),
        ("/providers", 3),
    ],
)
def test_a_list_costs_a_handful_of_queries(
    registry: None,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    most: int,
) -> None:
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def report(client: Client, **said: str) -> int:
    fields = {"about": "/offers/deepseek/deepseek-v4-pro", "message": "It is 0.9 now.", **said}
    return client.post("/report", fields).status_code


def test_a_report_lies_on_the_review_desk(registry: None, client: Client) -> None:
    cache.clear()
    assert report(client) == 200
    item = Review.objects.get(reason=Review.REPORTED)
    assert item.offer is not None
    assert str(item.offer) == "deepseek/deepseek-v4-pro"
    assert "It is 0.9 now." in str(item.findings)


def test_reports_of_one_address_are_limited(registry: None, client: Client) -> None:
    cache.clear()
    answers = [report(client, message=f"Wrong, {number}") for number in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert Review.objects.filter(reason=Review.REPORTED).count() == 10


def test_a_report_of_a_machine_is_dropped(registry: None, client: Client) -> None:
    cache.clear()
    assert report(client, website="https://spam.example") == 200
    assert not Review.objects.filter(reason=Review.REPORTED).exists()


@pytest.mark.parametrize("said", [{"message": ""}, {"about": ""}, {"message": "x" * 2001}])
def test_a_report_without_its_parts_is_asked_again(
    registry: None, client: Client, said: dict[str, str]
) -> None:
    cache.clear()
    assert report(client, **said) == 400
    assert not Review.objects.filter(reason=Review.REPORTED).exists()
