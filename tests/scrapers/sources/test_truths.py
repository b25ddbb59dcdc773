"""Prices that were checked by eye against the real files, feed by feed."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from scrapers.claims import OfferClaim, Source
from tests.scrapers.sources.rates import prices

MODELS_DEV = "models.dev/2026-08-21/api.json"
OPENROUTER = "openrouter/2026-07-26/models.json"
GENAI_PRICES = "genai-prices/2026-08-21/v2/data.json"
LLM_PRICES = "llm-prices/2026-07-30/historical-v1.json"


def claim_in(corpus: Path, file: str, key: str) -> OfferClaim:
    name = file.partition("/")[0].replace(".", "_").replace("-", "_")
    source = cast(Source, import_module(f"scrapers.sources.{name}"))
    (entry,) = (e for e in source.split((corpus / file).read_bytes()) if e.key == key)
    (claim,) = source.read(entry)
    return claim


@pytest.mark.parametrize(
    ("file", "key", "expected"),
    [
        (MODELS_DEV, "openai/gpt-5.5", "5 30 0.5"),
        (MODELS_DEV, "deepseek/deepseek-v4-pro", "0.435 0.87 0.003625"),
        (MODELS_DEV, "deepseek/deepseek-v4-flash", "0.14 0.28 0.0028"),
        (MODELS_DEV, "openai/o3", "2 8 0.5"),
        (MODELS_DEV, "anthropic/claude-opus-4-7", "5 25 0.5"),
        (MODELS_DEV, "google/gemini-2.5-pro", "1.25 10 0.125"),
        (OPENROUTER, "openai/gpt-5.5", "5 30 0.5"),
        (OPENROUTER, "deepseek/deepseek-v4-pro", "0.435 0.87 0.003625"),
        (OPENROUTER, "anthropic/claude-opus-4.7", "5 25 0.5"),
        (OPENROUTER, "google/gemini-2.5-pro", "1.25 10 0.125"),
        (GENAI_PRICES, "openai/gpt-5.5", "5 30 0.5"),
        (GENAI_PRICES, "deepseek/deepseek-v4-pro", "0.435 0.87 0.003625"),
        (GENAI_PRICES, "anthropic/claude-opus-4-7", "5 25 0.5"),
        (GENAI_PRICES, "google/gemini-2.5-pro", "1.25 10 0.125"),
        (LLM_PRICES, "openai/gpt-5.5", "5 30 0.5"),
        (LLM_PRICES, "deepseek/deepseek-v4-pro", "1.74 3.48 0.145"),
        (LLM_PRICES, "google/gemini-2.5-pro", "1.25 10 0.125"),
    ],
)
def test_a_card_says_what_the_file_says(corpus: Path, file: str, key: str, expected: str) -> None:
    found = prices(claim_in(corpus, file, key).quotes)
    meters = ("input_tokens", "output_tokens", "cache_read_tokens")
    assert [found[meter, ""] for meter in meters] == expected.split()


@pytest.mark.parametrize("file", [MODELS_DEV, OPENROUTER, LLM_PRICES])
def test_long_requests_to_gpt_5_5_cost_what_they_cost_everywhere(corpus: Path, file: str) -> None:
    found = prices(claim_in(corpus, file, "openai/gpt-5.5").quotes)
    band = "context_over=272000"
    meters = ("input_tokens", "output_tokens", "cache_read_tokens")
    assert [found[meter, band] for meter in meters] == ["10", "45", "1"]


def test_the_priority_tier_of_gpt_5_5_is_a_mode_of_models_dev(corpus: Path) -> None:
    found = prices(claim_in(corpus, MODELS_DEV, "openai/gpt-5.5").quotes)
    assert found["input_tokens", "tier=priority"] == "12.5"
    assert found["output_tokens", "tier=priority"] == "75"


@pytest.mark.parametrize(
    ("file", "key", "day", "before", "after"),
    [
        (GENAI_PRICES, "openai/o3", datetime(2025, 6, 10, tzinfo=UTC), "10", "2"),
        (GENAI_PRICES, "openai/gpt-5.6-luna", datetime(2026, 7, 30, tzinfo=UTC), "1", "0.2"),
        (LLM_PRICES, "openai/gpt-5.6-luna", datetime(2026, 7, 30, tzinfo=UTC), "1", "0.2"),
        (LLM_PRICES, "deepseek/deepseek-chat", datetime(2025, 2, 8, tzinfo=UTC), "0.14", "0.27"),
        (LLM_PRICES, "anthropic/claude-sonnet-5", datetime(2026, 9, 1, tzinfo=UTC), "2", "3"),
    ],
)
def test_a_dated_change_is_a_card_of_its_day(
    corpus: Path, file: str, key: str, day: datetime, before: str, after: str
) -> None:
    cards = claim_in(corpus, file, key).scheduled
    assert [card.starts_at for card in cards] == [None, day]
    assert [prices(card.quotes)["input_tokens", ""] for card in cards] == [before, after]


def test_deepseeks_full_price_of_2025_holds_in_its_hours(corpus: Path) -> None:
    found = prices(claim_in(corpus, GENAI_PRICES, "deepseek/deepseek-chat").quotes)
    assert found["input_tokens", ""] == "0.135"
    assert found["input_tokens", "hours=00:30-16:30"] == "0.27"
