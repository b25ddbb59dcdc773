"""What both clocks pin is the same bytes, whatever of prices, scores and facts comes out later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.ledger.points import NewStart
from registry.selectors.offers import offer
from tests.ledger.saying import point, say
from tests.ledger.scoring import score
from tests.ledger.stating import fact
from tests.pipeline.bodies import models_dev, models_dev_scores, scored
from tests.pipeline.taking import deliver

PRO, GPT = "deepseek/deepseek-v4-pro", "openai/gpt-5.5"
BENCHMARKS = ("swe-bench-verified", "mmlu")
CLOCKS = "at=2026-06-15&revision="


@pytest.fixture
def pinned(registry: None, client: Client) -> dict[str, bytes]:
    """Answers about a moment as known at the newest revision, by their address."""
    rows = {PRO: {"input": "1.74", "output": "3.48"}, f"openrouter/{PRO}": {"input": "1.6"}}
    facts = {"limit": '{"context": 1000000}', "open_weights": "true"}
    deliver("models-dev", models_dev(rows, facts=facts), "2026-06-01")
    said = [{"name": "SWE-Bench Verified", "score": figure} for figure in (80.6, 88.7)]
    scores = scored(PRO, said[0]) | scored(GPT, said[1])
    deliver("models-dev-scores", models_dev_scores(scores), "2026-06-02")
    number = client.get("/api/v1/revisions?limit=1").json()["items"][0]["number"]
    pair = f"{GPT},{PRO}&workload=input_tokens:1M,output_tokens:1k"
    asked = [
        f"rate-cards/{PRO}?{CLOCKS}{number}",
        f"readings?{CLOCKS}{number}",
        f"readings?sort=-value&fields=model,value&{CLOCKS}{number}",
        f"readings/{PRO}?{CLOCKS}{number}",
        f"score-history/{PRO}?revision={number}",
        f"history/{PRO}?revision={number}",
        f"models/{PRO}?expand=facts,offers&{CLOCKS}{number}",
        f"models?expand=facts&fields=id&{CLOCKS}{number}",
        f"offers?expand=facts,rate_card&{CLOCKS}{number}",
        f"prices?sort=-amount&{CLOCKS}{number}",
        f"compare?models={pair}&{CLOCKS}{number}",
        f"frontier?benchmark=swe-bench-verified&{CLOCKS}{number}",
    ]
    answers = {}
    for address in asked:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, answer.content
        answers[address] = answer.content
    return answers


def test_the_pinned_answers_tell_something(pinned: dict[str, bytes]) -> None:
    for address, content in pinned.items():
        known = (b"1000000", b"80.6", b"0.87", b"88.7")
        assert any(one in content for one in known), address


def a_price(amount: int, starts: datetime) -> NewStart:
    return point(offer("deepseek", "deepseek-v4-pro").offer_id, f"{amount}.5", starts=starts)


def a_score(figure: int, starts: datetime) -> NewStart:
    slug = BENCHMARKS[figure % len(BENCHMARKS)]
    measured = Benchmark.objects.get(slug=slug)
    return score(Model.objects.get(slug="gpt-5.5"), measured, f"{figure}", starts=starts)


def a_context(tokens: int, starts: datetime) -> NewStart:
    return fact(Model.objects.get(slug="deepseek-v4-pro"), tokens * 1000, starts=starts)


def closed_weights(number: int, starts: datetime) -> NewStart:
    model = Model.objects.get(slug="deepseek-v4-pro")
    return fact(model, number % 2 == 0, name="open_weights", starts=starts)


STARTS = st.integers(0, 500).map(
    lambda hours: datetime(2026, 4, 24, tzinfo=UTC) + timedelta(hours=4 * hours)
)
SAYINGS = st.tuples(
    st.sampled_from((a_price, a_score, a_context, closed_weights)), st.integers(1, 99), STARTS
)
PUBLICATIONS = st.lists(SAYINGS, min_size=1, max_size=4, unique_by=lambda one: (one[0], one[2]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(publications=st.lists(PUBLICATIONS, min_size=1, max_size=3))
def test_later_publications_leave_every_byte_as_it_was(
    pinned: dict[str, bytes],
    client: Client,
    publications: list[list[tuple[Callable[..., Any], int, datetime]]],
) -> None:
    for sayings in publications:
        say(*(make(number, starts) for make, number, starts in sayings))
    for address, content in pinned.items():
        assert client.get(f"/api/v1/{address}").content == content, address


def test_what_is_not_pinned_does_follow(pinned: dict[str, bytes], client: Client) -> None:
    """So that the test before could fail."""
    say(*(make(7, datetime(2026, 6, 10, tzinfo=UTC)) for make in (a_price, a_score, a_context)))
    for address, content in pinned.items():
        free = address.rpartition("revision=")[0].rstrip("&?")
        assert client.get(f"/api/v1/{free}").content != content, address
