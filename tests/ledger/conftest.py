"""A catalogue of three offers, for tests of the ledger."""

from __future__ import annotations

import pytest

from registry.catalog.models import Offer, Provider


@pytest.fixture
def offers(db: None) -> list[Offer]:
    """Two offers of DeepSeek and one of Azure."""
    deepseek = Provider.objects.create(slug="deepseek", name="DeepSeek")
    azure = Provider.objects.create(slug="azure", name="Azure")
    return [
        Offer.objects.create(provider=deepseek, provider_model_id="deepseek-v4-pro"),
        Offer.objects.create(provider=deepseek, provider_model_id="deepseek-v4-flash"),
        Offer.objects.create(provider=azure, provider_model_id="gpt-5.5"),
    ]


@pytest.fixture
def offer(offers: list[Offer]) -> Offer:
    """The first of them."""
    return offers[0]
