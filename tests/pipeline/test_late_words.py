"""Bodies that come late: an old article, a recording older than what is published already."""

from __future__ import annotations

import pytest

from registry.ingest.models import Run, Source
from registry.ledger.chain import head
from registry.ledger.verification import verify
from tests.pipeline.bodies import litellm, llm_prices, models_dev, per_token, priced, record
from tests.pipeline.taking import card, deliver, head_number, moment, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
CARD = {"input_tokens": "2", "output_tokens": "8"}


def feed(input_price: str, output_price: str) -> bytes:
    return litellm({"gpt-9": per_token(input_price, output_price)})


def listed(input_price: str, output_price: str) -> bytes:
    return models_dev(priced([GPT], input_price, output_price))


def test_what_was_published_of_later_days_is_neither_cancelled_nor_said_twice() -> None:
    deliver("models-dev", listed("2", "8"), "2026-07-01")
    run = deliver("litellm", feed("2", "8"), "2026-04-24")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(GPT, "2026-07-02") == CARD
    assert card(GPT, "2026-07-02", revision=1) == CARD
    assert verify().ok


def test_where_nothing_was_published_up_to_its_day_it_is_published_from_then_on() -> None:
    deliver("models-dev", listed("2", "8"), "2026-07-01")
    deliver("litellm", feed("3", "9"), "2026-04-24")
    assert card(GPT, "2026-04-23") == {}
    assert card(GPT, "2026-05-01") == {"input_tokens": "3", "output_tokens": "9"}
    assert card(GPT, "2026-07-02") == CARD
    assert reviews() == []


def test_what_would_rewrite_a_price_waits_as_a_past_date() -> None:
    deliver("models-dev", listed("2", "8"), "2026-03-01")
    deliver("llm-prices", llm_prices(record("gpt-8", ("1", "4"))), "2026-07-01")
    before = head_number()
    run = deliver("litellm", feed("3", "9"), "2026-06-24")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert head_number() == before
    assert card(GPT, "2026-07-02") == CARD
    assert [(one.source, one.offer, one.reason) for one in reviews()] == [
        ("litellm", GPT, "past_date")
    ]


def test_a_late_revision_is_dated_when_it_became_known() -> None:
    deliver("models-dev", listed("2", "8"), "2026-07-01")
    deliver("litellm", feed("3", "9"), "2026-04-24")
    assert head().published_at == moment("2026-07-01")


def test_one_a_little_behind_another_is_about_the_present() -> None:
    Source.objects.filter(slug="litellm").update(interval_hours=48)
    deliver("models-dev", listed("2", "8"), "2026-07-02")
    deliver("litellm", feed("2", "8"), "2026-07-01")
    assert card(GPT, "2026-07-01") == {}
    assert card(GPT, "2026-07-02") == CARD
