"""Feeds of changes, as a reader takes them."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml.etree import _Element, fromstring

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Model, Offer
from registry.ledger.models import PricePoint
from registry.selectors.offers import offer
from tests.ledger.saying import day, point, say
from tests.ledger.scoring import score
from tests.ledger.stating import fact

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, address: str) -> list[_Element]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return list(fromstring(answer.content).iter(f"{ATOM}entry"))


def text(entry: _Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_an_entry_is_what_a_revision_changed_of_an_offer(registry: None, client: Client) -> None:
    [entry] = entries(client, "/feeds/changes.atom")
    assert text(entry, "title") == (
        "deepseek/deepseek-v4-pro: input tokens: 1.74 → 0.87 USD per 1,000,000 (-50 %) and 1 more"
    )
    assert "output tokens: 3.48 → 1.74 USD per 1,000,000 (-50 %)" in text(entry, "summary")
    assert text(entry, "id") == "urn:ratecard:revision:2:deepseek/deepseek-v4-pro"
    assert text(entry, "updated") == "2026-05-24T00:00:00+00:00"


@pytest.mark.parametrize(
    "address", ["/feeds/providers/deepseek.atom", "/feeds/models/deepseek/deepseek-v4-pro.atom"]
)
def test_a_provider_and_a_model_have_feeds_of_their_own(
    registry: None, client: Client, address: str
) -> None:
    assert len(entries(client, address)) == 1


@pytest.mark.parametrize(
    "address", ["/feeds/providers/nobody.atom", "/feeds/models/deepseek/nothing.atom"]
)
def test_a_feed_of_nothing_that_is_held_is_not_found(
    registry: None, client: Client, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_names_and_states_are_told_as_text(registry: None, client: Client) -> None:
    pro = offer("deepseek", "deepseek-v4-pro").offer_id
    withdrawn = {"state": PricePoint.State.WITHDRAWN, "cause": PricePoint.Cause.WITHDRAWN}
    say(point(pro, None, starts=day(29), **withdrawn), author="<script>")
    [newest, _] = entries(client, "/feeds/changes.atom")
    assert text(newest, "title").endswith("input tokens: 1.74 → no longer sold")


def test_an_unchanged_registry_is_told_by_its_tag(registry: None, client: Client) -> None:
    tag = client.get("/feeds/changes.atom")["ETag"]
    again = client.get("/feeds/changes.atom", headers={"if-none-match": tag})
    assert again.status_code == 304
    say(point(offer("deepseek", "deepseek-v4-pro").offer_id, "7"))
    assert client.get("/feeds/changes.atom", headers={"if-none-match": tag}).status_code == 200


def test_a_benchmark_has_a_feed_of_its_scores(registry: None, client: Client) -> None:
    pro = Model.objects.get(slug="deepseek-v4-pro")
    verified = sync_benchmarks()["swe-bench-verified"]
    say(score(pro, verified, "85", qualifier="approximate"))
    say(score(pro, verified, "80.6", starts=day(28), setup="effort=high", cause="first_seen"))
    say(score(pro, verified, "81", cause="corrected"))
    found = entries(client, "/feeds/benchmarks/swe-bench-verified.atom")
    titles = [text(one, "title") for one in found]
    assert titles == [
        "deepseek/deepseek-v4-pro: ~85 → 81",
        "deepseek/deepseek-v4-pro: 80.6",
        "deepseek/deepseek-v4-pro: ~85",
    ]
    assert client.get("/feeds/benchmarks/none.atom").status_code == 404


@pytest.fixture
def stated(registry: None) -> None:
    """A context that grows in one revision with a flag, and an offer that is announced to end."""
    pro = Model.objects.get(slug="deepseek-v4-pro")
    sold = Offer.objects.get(provider_model_id="deepseek-v4-pro")
    say(fact(pro, 128_000), fact(pro, True, name="open_weights"))
    say(fact(pro, 1_000_000, starts=day(28), cause="changed"))
    say(fact(sold, "2026-12-01", name="retires_on"))


def test_facts_are_one_entry_a_revision_and_subject(stated: None, client: Client) -> None:
    ends, grown, first = entries(client, "/feeds/facts.atom")
    assert text(ends, "title") == "deepseek/deepseek-v4-pro: retires on: 2026-12-01"
    assert text(grown, "title") == "deepseek/deepseek-v4-pro: context tokens: 128,000 → 1,000,000"
    assert text(first, "summary") == "context tokens: 128,000\nopen weights: yes"
    ids = [text(one, "id") for one in (ends, grown, first)]
    assert ids == [
        "urn:ratecard:facts:5:offer:deepseek/deepseek-v4-pro",
        "urn:ratecard:facts:4:model:deepseek/deepseek-v4-pro",
        "urn:ratecard:facts:3:model:deepseek/deepseek-v4-pro",
    ]


def test_a_provider_has_its_offers_facts_and_a_model_all_of_its_own(
    stated: None, client: Client
) -> None:
    assert len(entries(client, "/feeds/facts/providers/deepseek.atom")) == 1
    assert len(entries(client, "/feeds/facts/models/deepseek/deepseek-v4-pro.atom")) == 3
    assert client.get("/feeds/facts/providers/nobody.atom").status_code == 404
    assert client.get("/feeds/facts/models/deepseek/nothing.atom").status_code == 404


def test_a_fact_that_is_taken_back_says_so(stated: None, client: Client) -> None:
    pro = Model.objects.get(slug="deepseek-v4-pro")
    say(fact(pro, None, starts=day(28), cause="corrected"))
    newest = entries(client, "/feeds/facts.atom")[0]
    assert text(newest, "title").endswith("context tokens: 1,000,000 → taken back")
