"""The offer that stands for a model: the same with prices from memory and from the history."""

from __future__ import annotations

import pytest

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.selectors import everyday
from registry.selectors.clocks import as_of
from registry.selectors.standard_offers import standard_offers
from tests.ledger.saying import State, day, point, say

pytestmark = pytest.mark.django_db

Prices = list[tuple[str, str | None, str]]
"""Meter, amount (None is free), terms."""
DEAR: Prices = [("input_tokens", "2", ""), ("output_tokens", "8", "")]
CHEAP: Prices = [("input_tokens", "1", ""), ("output_tokens", "4", "")]
FREE: Prices = [("input_tokens", None, ""), ("output_tokens", None, "")]
BATCH: Prices = [("input_tokens", "1", "tier=batch"), ("output_tokens", "4", "tier=batch")]
HALF: Prices = [("input_tokens", "1", "")]
IMAGES: Prices = [("output_images", "0.04", "")]
REF = "acme/model"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    everyday.forget()


def sold(*offers: tuple[str, str, Prices]) -> None:
    """A model of Acme, and who sells it: provider, its own id, prices."""
    lab = Lab.objects.create(slug="acme", name="Acme")
    model = Model.objects.create(lab=lab, slug="model", name="Model")
    points = []
    for provider, own_id, prices in offers:
        own = {"lab": lab, "kind": Provider.Kind.FIRST_PARTY}
        seller, _ = Provider.objects.get_or_create(
            slug=provider, defaults=own if provider.startswith("acme") else {}
        )
        offer = Offer.objects.create(provider=seller, provider_model_id=own_id, model=model)
        for meter, amount, terms in prices:
            state = State.FREE if amount is None else State.PRICED
            points.append(point(offer, amount, meter=meter, terms=terms, state=state))
    say(*points)


@pytest.mark.parametrize(
    ("offers", "chosen"),
    [
        ([("acme", "model", DEAR), ("host", "model", CHEAP)], "acme/model"),
        ([("acme", "model-1", CHEAP), ("acme", "model", DEAR)], "acme/model"),
        ([("acme", "model", HALF), ("acme", "model-long-name", DEAR)], "acme/model-long-name"),
        ([("acme", "model", BATCH), ("acme-eu", "model", DEAR)], "acme-eu/model"),
        ([("acme", "model", FREE), ("host", "model", CHEAP)], "acme/model"),
        ([("acme", "model", IMAGES), ("acme", "model-2", HALF)], "acme/model"),
        ([("host", "model", DEAR), ("other", "model", CHEAP)], "other/model"),
        ([("other", "model", CHEAP), ("host", "model", CHEAP)], "host/model"),
        ([("host", "model", FREE), ("other", "model", DEAR)], "other/model"),
        ([("host", "model", HALF), ("other", "model", BATCH)], None),
    ],
)
def test_one_offer_stands_for_a_model_whichever_way_prices_are_read(
    offers: list[tuple[str, str, Prices]], chosen: str | None
) -> None:
    sold(*offers)
    from_memory = standard_offers([REF], as_of(day(26)))
    from_history = standard_offers([REF], as_of(day(26), revision=1))
    assert from_memory == from_history
    assert {ref: one.ref for ref, one in from_memory.items()} == ({REF: chosen} if chosen else {})


def test_before_its_first_price_a_model_has_no_offer() -> None:
    sold(("acme", "model", DEAR))
    assert standard_offers([REF], as_of(day(23))) == {}
