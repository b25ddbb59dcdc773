"""A catalogue of three offers, and a model with a benchmark, for tests of the ledger."""

from __future__ import annotations

import pytest

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Lab, Model, Offer, Provider

Rated = tuple[Model, Benchmark]


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


@pytest.fixture
def rated(db: None) -> Rated:
    """DeepSeek V4 Pro, and the benchmark that it is rated on."""
    lab = Lab.objects.create(slug="deepseek", name="DeepSeek")
    model = Model.objects.create(lab=lab, slug="deepseek-v4-pro", name="DeepSeek V4 Pro")
    scale = {"scale": "percent", "direction": "higher"}
    return model, Benchmark.objects.create(slug="swe-bench-verified", name="SWE-bench", **scale)
