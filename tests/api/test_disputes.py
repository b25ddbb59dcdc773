"""Where sources differ: how far, who says what, today and as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Ask
from tests.pipeline.bodies import litellm, models_dev
from tests.pipeline.taking import deliver

PRO = "deepseek/deepseek-v4-pro"
RESOLD = {f"openrouter/{PRO}": {"input": "1.6", "output": "3.2"}}
TODAY = datetime(2026, 6, 15, tzinfo=UTC)


def rows(answer: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(row["offer"], row["rate"]["meter"], row["difference"]) for row in answer["items"]]


@pytest.fixture
def today(registry: None) -> Iterator[None]:
    """Two weeks after DeepSeek's cut, which models.dev has not followed."""
    with time_machine.travel(TODAY):
        yield


@pytest.mark.usefixtures("today")
def test_a_feed_that_has_not_followed_differs_the_largest_difference_first(ask: Ask) -> None:
    assert rows(ask("disputes")) == [
        (PRO, "input_tokens", "0.5"),
        (PRO, "output_tokens", "0.5"),
    ]


@pytest.mark.usefixtures("today")
def test_both_sides_are_told_with_trust_since_and_the_way_to_their_receipts(ask: Ask) -> None:
    [first, _] = ask("disputes")["items"]
    assert (first["rate"]["amount"], first["rate"]["status"]) == ("0.87", "disputed")
    ours, theirs = first["sides"]
    assert [(one["source"], one["amount"], one["agrees"]) for one in (ours, theirs)] == [
        ("llm-prices", "0.87", True),
        ("models-dev", "1.74", False),
    ]
    assert ours["trust"] > theirs["trust"]
    assert (ours["since"], theirs["since"]) == ("2026-05-30T00:00:00Z", "2026-04-30T00:00:00Z")
    said = ask(theirs["receipt"].removeprefix("/api/v1/"))["evidence"]
    assert said["source"]["id"] == "models-dev"
    assert "1.74" in {quote["text"] for quote in said["claim"]["quotes"]}


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("provider=deepseek", 2),
        ("provider=openrouter", 0),
        ("lab=deepseek&meter=output_tokens", 1),
        (f"model={PRO}", 2),
        ("source=models-dev", 2),
        ("source=litellm", 0),
    ],
)
def test_disputes_by_filter(ask: Ask, question: str, expected: int) -> None:
    assert len(ask(f"disputes?{question}")["items"]) == expected


@pytest.mark.usefixtures("today")
def test_pages_follow_each_other_without_gap_or_repeat(ask: Ask) -> None:
    whole = ask("disputes")["items"]
    page = ask("disputes?limit=1")
    rest = ask(page["next"].removeprefix("/api/v1/"))
    assert page["items"] + rest["items"] == whole
    assert rest["next"] is None


@pytest.mark.usefixtures("today")
def test_what_agrees_again_is_no_dispute_at_once(ask: Ask) -> None:
    assert ask("disputes")["items"]
    cut = {"input": "0.87", "output": "1.74", "cache_read": "0.145"}
    deliver("models-dev", models_dev({PRO: cut, **RESOLD}), "2026-06-10")
    assert ask("disputes")["items"] == []


@pytest.mark.usefixtures("today")
def test_less_than_half_a_percent_is_the_same_price(ask: Ask) -> None:
    near = {"input": "0.872", "output": "1.76", "cache_read": "0.145"}
    deliver("models-dev", models_dev({PRO: near, **RESOLD}), "2026-06-10")
    assert [meter for _, meter, _ in rows(ask("disputes"))] == ["output_tokens"]


def test_about_the_past_what_was_published_as_disputed(ask: Ask) -> None:
    at = "disputes?at=2026-06-01"
    assert {meter for _, meter, _ in rows(ask(at))} == {"input_tokens", "output_tokens"}
    [first, *_] = ask(at)["items"]
    assert {(one["source"], one["amount"], one["fresh"]) for one in first["sides"]} == {
        ("llm-prices", "0.87", None),
        ("models-dev", "1.74", None),
    }
    assert ask("disputes?at=2026-05-15")["items"] == []
    assert ask("disputes?at=2026-06-01&revision=2")["items"] == []


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    "path",
    [
        f"rate-cards/{PRO}?include=claims",
        f"offers/{PRO}?expand=rate_card&include=claims",
        f"prices?model={PRO}&provider=deepseek&include=claims",
    ],
)
def test_every_sources_word_beside_each_rate(ask: Ask, path: str) -> None:
    answer = ask(path)
    rates = answer.get("rates") or [row["rate"] for row in answer.get("items", ())]
    rates = rates or answer["offer"]["rate_card"]
    [sent] = [rate for rate in rates if rate["meter"] == "input_tokens"]
    assert [(one["source"], one["amount"]) for one in sent["claims"]] == [
        ("llm-prices", "0.87"),
        ("models-dev", "1.74"),
    ]


def test_claims_are_null_where_nobody_asks(ask: Ask) -> None:
    assert all(rate["claims"] is None for rate in ask(f"rate-cards/{PRO}")["rates"])


def test_a_pinned_card_with_claims_is_not_kept_for_ever(ask: Ask, client: Client) -> None:
    path = f"/api/v1/rate-cards/{PRO}?at=2026-06-01&revision=3"
    assert "immutable" in client.get(path)["Cache-Control"]
    assert "immutable" not in client.get(f"{path}&include=claims")["Cache-Control"]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    "path",
    ["disputes?", "prices?include=claims&", "offers?expand=rate_card&include=claims&"],
)
def test_many_take_as_many_statements_as_few(sources: None, client: Client, path: str) -> None:
    ids = [f"openai/model-{number}" for number in range(30)]
    dear = {"input": "2", "output": "4"}
    deliver("models-dev", models_dev(dict.fromkeys(ids, dear)), "2026-06-10")
    half = {
        "input_cost_per_token": "1e-06",
        "output_cost_per_token": "3e-06",
    }
    deliver("litellm", litellm({one.partition("/")[2]: half for one in ids}), "2026-06-11")
    counts = []
    for limit in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/api/v1/{path}limit={limit}&provider=openai")
        assert len(answer.json()["items"]) == limit
        counts.append(len(captured))
    assert max(counts) <= 8
