"""Dates that a source gives its prices, ahead and behind: rows 24 and 25."""

from __future__ import annotations

import pytest

from registry.ledger.models import PricePoint
from tests.pipeline.bodies import llm_prices, models_dev, priced, record
from tests.pipeline.taking import Item, card, deliver, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
OTHERS = tuple(record(f"gpt-{n}", ("3", "15")) for n in range(8))
NOW = record("gpt-9", ("3", "15"), to_date="2026-06-01")
THEN = record("gpt-9", ("4", "20"), from_date="2026-06-01")


@pytest.mark.bad_input(24)
def test_a_future_date_is_a_scheduled_price_and_can_be_called_off() -> None:
    deliver("llm-prices", llm_prices(*OTHERS, NOW, THEN), "2026-04-01", fresh_days=90)
    assert card(GPT, "2026-05-31")["input_tokens"] == "3"
    assert card(GPT, "2026-06-01")["input_tokens"] == "4"
    assert set(PricePoint.objects.filter(starts_at__month=6).values_list("cause", flat=True)) == {
        "scheduled"
    }
    called_off = llm_prices(*OTHERS, record("gpt-9", ("3", "15")))
    deliver("llm-prices", called_off, "2026-05-01", fresh_days=90)
    assert card(GPT, "2026-06-01") == {"input_tokens": "3", "output_tokens": "15"}


@pytest.mark.bad_input(24)
def test_a_scheduled_price_that_cannot_be_right_is_not_scheduled() -> None:
    odd = record("gpt-9", ("-4", "20"), from_date="2026-06-01")
    deliver("llm-prices", llm_prices(*OTHERS, NOW, odd), "2026-04-01", fresh_days=90)
    assert card(GPT, "2026-06-01")["input_tokens"] == "3"


@pytest.mark.bad_input(25)
@pytest.mark.parametrize("since", ["2026-04-05", "2026-01-01"])
def test_a_past_date_that_rewrites_a_known_price_waits(since: str) -> None:
    deliver("llm-prices", llm_prices(*OTHERS, record("gpt-9", ("3", "15"))), "2026-04-01")
    deliver("models-dev", models_dev(priced((GPT,), "3", "15")), "2026-04-10")
    dated = record("gpt-9", ("4", "20"), from_date=since)
    deliver("llm-prices", llm_prices(*OTHERS, dated), "2026-04-12")
    assert card(GPT, "2026-04-12")["input_tokens"] == "3"
    assert reviews() == [Item("llm-prices", GPT, "hold", "past_date", "open")]


@pytest.mark.bad_input(25)
def test_a_past_date_after_the_last_reading_rewrites_nothing() -> None:
    deliver("llm-prices", llm_prices(*OTHERS, record("gpt-9", ("3", "15"))), "2026-04-01")
    dated = record("gpt-9", ("4", "20"), from_date="2026-04-05")
    deliver("llm-prices", llm_prices(*OTHERS, dated), "2026-04-12")
    assert card(GPT, "2026-04-04")["input_tokens"] == "3"
    assert card(GPT, "2026-04-05")["input_tokens"] == "4"
    assert reviews() == []
