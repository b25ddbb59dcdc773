"""Lists of the catalogue: what each filter keeps, what each row counts."""

from __future__ import annotations

import pytest

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.selectors.ai_models import ModelFilter, model, models
from registry.selectors.labs import lab, labs
from registry.selectors.offers import OfferFilter, offer, offers, offers_of
from registry.selectors.paging import NotHeld
from registry.selectors.providers import ProviderFilter, provider, providers


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    """Two models of DeepSeek, one of Meta; four offers, one of them of no certain model."""
    deepseek = Lab.objects.create(slug="deepseek", name="DeepSeek")
    meta = Lab.objects.create(slug="meta", name="Meta")
    own = Provider.objects.create(
        slug="deepseek", name="DeepSeek", kind=Provider.Kind.FIRST_PARTY, lab=deepseek
    )
    router = Provider.objects.create(slug="router", name="Router", kind=Provider.Kind.RESELLER)
    pro, flash, llama = (
        Model.objects.create(lab=maker, slug=slug, name=name, open_weights=is_open)
        for maker, slug, name, is_open in (
            (deepseek, "deepseek-v4-pro", "DeepSeek V4 Pro", True),
            (deepseek, "deepseek-v4-flash", "DeepSeek V4 Flash", None),
            (meta, "llama-5", "100% Llama", False),
        )
    )
    for seller, name, sold, mode in (
        (own, "deepseek-v4-pro", pro, "chat"),
        (own, "deepseek-v4-flash", flash, "chat"),
        (router, "deepseek/deepseek-v4-pro", pro, ""),
        (router, "mystery", None, "embedding"),
    ):
        Offer.objects.create(provider=seller, provider_model_id=name, model=sold, mode=mode)
    Offer.objects.filter(provider_model_id="mystery").update(status=Offer.Status.WITHDRAWN)
    assert llama.pk


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        (OfferFilter(provider="router"), ["router/deepseek/deepseek-v4-pro", "router/mystery"]),
        (OfferFilter(provider_model_id="deepseek-v4-pro"), ["deepseek/deepseek-v4-pro"]),
        (
            OfferFilter(model=("deepseek", "deepseek-v4-pro")),
            ["deepseek/deepseek-v4-pro", "router/deepseek/deepseek-v4-pro"],
        ),
        (OfferFilter(model=("meta", "deepseek-v4-pro")), []),
        (OfferFilter(lab="meta"), []),
        (OfferFilter(lab="meta", model=("deepseek", "deepseek-v4-pro")), []),
        (OfferFilter(status="withdrawn"), ["router/mystery"]),
        (OfferFilter(mode="embedding"), ["router/mystery"]),
        (OfferFilter(has_model=False), ["router/mystery"]),
        (OfferFilter(has_model=True, provider="router"), ["router/deepseek/deepseek-v4-pro"]),
    ],
)
def test_offers_by_filter(wanted: OfferFilter, refs: list[str]) -> None:
    assert [row.ref for row in offers(wanted, limit=100).rows] == refs


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        (ModelFilter(lab="meta"), ["meta/llama-5"]),
        (ModelFilter(open_weights=True), ["deepseek/deepseek-v4-pro"]),
        (ModelFilter(open_weights=False), ["meta/llama-5"]),
        (ModelFilter(q="v4 FLASH"), ["deepseek/deepseek-v4-flash"]),
        (ModelFilter(q="lama-"), ["meta/llama-5"]),
        (ModelFilter(q="%"), ["meta/llama-5"]),
        (ModelFilter(q="_"), []),
    ],
)
def test_models_by_filter(wanted: ModelFilter, refs: list[str]) -> None:
    assert [row.ref for row in models(wanted, limit=100).rows] == refs


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (ProviderFilter(), ["deepseek", "router"]),
        (ProviderFilter(kind="reseller"), ["router"]),
        (ProviderFilter(lab="deepseek"), ["deepseek"]),
        (ProviderFilter(kind="reseller", lab="deepseek"), []),
    ],
)
def test_providers_by_filter(wanted: ProviderFilter, slugs: list[str]) -> None:
    assert [row.slug for row in providers(wanted, limit=100).rows] == slugs


def test_rows_count_what_belongs_to_them() -> None:
    assert [(row.slug, row.models) for row in labs(limit=100).rows] == [
        ("deepseek", 2),
        ("meta", 1),
    ]
    assert lab("meta").models == 1
    assert provider("router").offers == 2
    assert (model("deepseek", "deepseek-v4-pro").offers, model("meta", "llama-5").offers) == (2, 0)


def test_a_models_offers_are_all_who_sell_it() -> None:
    sold = offers_of(model("deepseek", "deepseek-v4-pro").model_id)
    assert [row.ref for row in sold] == [
        "deepseek/deepseek-v4-pro",
        "router/deepseek/deepseek-v4-pro",
    ]


def test_an_offer_of_no_certain_model_names_none() -> None:
    assert offer("router", "mystery").model is None
    assert offer("deepseek", "deepseek-v4-pro").model == "deepseek/deepseek-v4-pro"


def test_what_is_not_held_is_named() -> None:
    with pytest.raises(NotHeld, match="offer: nothing is held under deepseek/none"):
        offer("deepseek", "none")
    with pytest.raises(NotHeld, match="model: nothing is held under meta/deepseek-v4-pro"):
        model("meta", "deepseek-v4-pro")
    with pytest.raises(NotHeld):
        lab("none")
    with pytest.raises(NotHeld):
        provider("none")
