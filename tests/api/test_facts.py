"""Facts over the API: since when, on whose word, who says otherwise, and as known then."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Ask
from tests.pipeline.bodies import models_dev
from tests.pipeline.taking import deliver

MODEL = "models/deepseek/deepseek-v4-pro?expand=facts"
OFFER = "offers/deepseek/deepseek-v4-pro?expand=facts"


@pytest.fixture
def told(ask: Ask) -> Ask:
    """models.dev tells a context of 128,000 in May and of a million in June."""
    rows = {
        "deepseek/deepseek-v4-pro": {"input": "1.74", "output": "3.48", "cache_read": "0.145"},
        "openrouter/deepseek/deepseek-v4-pro": {"input": "1.6", "output": "3.2"},
    }
    for day, context in (("2026-05-01", 128_000), ("2026-06-01", 1_000_000)):
        facts = {"limit": f'{{"context": {context}}}', "open_weights": "true"}
        deliver("models-dev", models_dev(rows, facts=facts), day)
    return ask


def facts(answer: Any) -> dict[str, Any]:
    return {fact["name"]: fact for fact in answer["facts"]}


def test_facts_come_only_where_they_are_asked_for(told: Ask) -> None:
    assert told("models/deepseek/deepseek-v4-pro")["facts"] is None
    assert told("offers/deepseek/deepseek-v4-pro")["facts"] is None


def test_a_fact_comes_with_its_source_its_sides_and_its_receipt(told: Ask) -> None:
    fact = facts(told(f"{MODEL}&at=2026-06-02"))["context_tokens"]
    assert (fact["value"], fact["starts_at"][:10], fact["source"]) == (
        1_000_000,
        "2026-06-01",
        "models-dev",
    )
    side = fact["sides"][0]
    assert (side["source"], side["trust"], side["value"]) == ("models-dev", 50, 1_000_000)
    receipt = told(fact["receipt"].removeprefix("/api/v1/"))
    assert (receipt["name"], receipt["value"], receipt["said"]) == (
        "context_tokens",
        1_000_000,
        1_000_000,
    )
    assert receipt["evidence"]["claim"]["sha256"] == side["claim"]
    assert receipt["evidence"]["source"]["id"] == "models-dev"


def test_at_a_past_moment_facts_and_sides_are_those_known_then(told: Ask) -> None:
    fact = facts(told(f"{MODEL}&at=2026-05-15"))["context_tokens"]
    assert (fact["value"], {side["value"] for side in fact["sides"]}) == (128_000, {128_000})
    assert facts(told(f"{MODEL}&at=2026-04-24")) == {}


def test_an_earlier_revision_knows_what_it_knew(told: Ask) -> None:
    known = facts(told(f"{MODEL}&at=2026-05-15"))["context_tokens"]["revision"]
    fact = facts(told(f"{MODEL}&at=2026-06-15&revision={known}"))["context_tokens"]
    assert (fact["value"], {side["value"] for side in fact["sides"]}) == (128_000, {128_000})


def test_an_offer_that_says_nothing_else_has_its_models_facts(told: Ask) -> None:
    fact = facts(told(f"{OFFER}&at=2026-06-02"))["context_tokens"]
    assert (fact["value"], fact["of"]) == (1_000_000, "model")


def test_a_list_tells_the_facts_of_each_item_as_the_item_itself_does(told: Ask) -> None:
    for clocks in ("at=2026-06-02", "at=2026-05-15", "at=2026-06-15&revision=4", ""):
        models = told(f"models?expand=facts&{clocks}")
        assert models["facts"].keys() == {row["id"] for row in models["items"]}
        for ref, known in models["facts"].items():
            assert known == told(f"models/{ref}?expand=facts&{clocks}")["facts"]
        offers = told(f"offers?expand=facts&{clocks}")
        assert offers["facts"].keys() == {row["id"] for row in offers["items"]}
        for ref, known in offers["facts"].items():
            assert known == told(f"offers/{ref}?expand=facts&{clocks}")["facts"]
    assert told("models")["facts"] is None
    assert told("offers?expand=rate_card")["facts"] is None


@pytest.mark.parametrize("clocks", ["", "at=2026-06-02", "at=2026-06-02&revision=3"])
@pytest.mark.parametrize("name", ["models", "offers"])
def test_facts_of_a_list_take_eight_statements_however_many(
    told: Ask, name: str, clocks: str
) -> None:
    counts = []
    for limit in (1, 100):
        with CaptureQueriesContext(connection) as captured:
            told(f"{name}?expand=facts&limit={limit}&{clocks}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
