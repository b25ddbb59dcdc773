"""Anthropic's pages: names to ids, multiples as derived rates, models that stand in prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrapers.claims import EntryFault, OfferClaim, PageError
from scrapers.sources import anthropic
from tests.scrapers.sources.rates import prices

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings" / "anthropic"
DOCUMENTATION = (RECORDINGS / "documentation.md").read_text(encoding="utf-8")
PROSE = (RECORDINGS / "fast-in-prose.md").read_text(encoding="utf-8")


def read(body: str) -> dict[str, OfferClaim]:
    return {
        claim.model_id: claim
        for entry in anthropic.split(body.encode())
        for claim in anthropic.read(entry)
    }


def test_names_become_the_ids_of_the_api() -> None:
    assert set(read(DOCUMENTATION)) == {
        "claude-opus-5",
        "claude-opus-4-7",
        "claude-haiku-4-5",
        "claude-3-5-haiku-20241022",
    }


def test_a_name_that_no_rule_covers_stays_as_it_is() -> None:
    claims = read(DOCUMENTATION.replace("Claude Haiku 4.5", "Claude Instant 1.2"))
    assert "Claude Instant 1.2" in claims


LONG_IN_PROSE = """
### Long context pricing

Requests of Claude Opus 4.7 or Opus 5 that exceed 200K input tokens are charged at other rates:

| ≤ 200K input tokens | > 200K input tokens |
|---|---|
| Input: $5 / MTok | Input: $10 / MTok |
| Output: $25 / MTok | Output: $37.50 / MTok |

## Model pricing
"""
LONG_IN_A_COLUMN = """
### Long context pricing

| Model | ≤ 200K input tokens | > 200K input tokens |
|---|---|---|
| Claude Opus 4.7 | Input: $5 / MTok | Input: $10 / MTok<br/>Output: $37.50 / MTok |

## Model pricing
"""


@pytest.mark.parametrize("section", [LONG_IN_PROSE, LONG_IN_A_COLUMN])
def test_rates_of_a_long_context_stand_in_a_table_of_their_own(section: str) -> None:
    claim = read(DOCUMENTATION.replace("## Model pricing\n", section, 1))["claude-opus-4-7"]
    read_prices = prices(claim.quotes)
    assert claim.remarks == ()
    assert read_prices["input_tokens", "context_over=200000"] == "10"
    assert read_prices["output_tokens", "context_over=200000"] == "37.5"
    assert read_prices["cache_read_tokens", "context_over=200000"] == "1"
    assert read_prices["input_tokens", ""] == "5"


def test_a_long_context_rate_in_another_form_is_remarked_on() -> None:
    section = LONG_IN_A_COLUMN.replace("Input: $10 / MTok<br/>", "Twice as much<br/>")
    claim = read(DOCUMENTATION.replace("## Model pricing\n", section, 1))["claude-opus-4-7"]
    assert [remark.fault for remark in claim.remarks] == [EntryFault.UNKNOWN_FIELD]


def test_a_long_context_of_no_model_is_an_error() -> None:
    section = LONG_IN_PROSE.replace("exceed 200K", "are over 200K")
    with pytest.raises(PageError):
        read(DOCUMENTATION.replace("## Model pricing\n", section, 1))


def test_residency_is_for_the_versions_that_the_page_names() -> None:
    claims = read(DOCUMENTATION)
    in_the_us = {
        model_id: [quote for quote in claim.quotes if quote.terms.region == "us"]
        for model_id, claim in claims.items()
    }
    assert not in_the_us["claude-haiku-4-5"]
    assert all(quote.derived for quote in in_the_us["claude-opus-4-7"])
    assert prices(in_the_us["claude-opus-4-7"])["cache_write_5m_tokens", "region=us"] == "6.875"


def test_without_a_word_on_residency_no_rate_is_made_of_it() -> None:
    claims = read(DOCUMENTATION.replace("specifying US-only inference", "elsewhere"))
    assert not [q for claim in claims.values() for q in claim.quotes if q.terms.region]


def test_the_batch_rate_of_a_cached_token_is_derived_from_the_multiplier() -> None:
    (quote,) = (
        quote
        for quote in read(DOCUMENTATION)["claude-haiku-4-5"].quotes
        if (quote.meter, quote.terms.key) == ("cache_read_tokens", "tier=batch")
    )
    assert (quote.text, quote.derived) == ("0.05", True)


def test_two_models_in_one_cell_have_one_price_each() -> None:
    claims = read(DOCUMENTATION)
    for model_id in ("claude-opus-5", "claude-opus-4-7"):
        assert prices(claims[model_id].quotes)["output_tokens", "tier=fast"] == "50"


def test_a_fast_price_belongs_to_the_model_of_the_sentence_above() -> None:
    claims = read(PROSE)
    assert prices(claims["claude-opus-4-6"].quotes)["input_tokens", "tier=fast"] == "30"
    with pytest.raises(PageError, match="fast mode without a model"):
        read(PROSE.replace("for Claude Opus 4.6 costs", "costs"))


def test_a_retired_model_says_so() -> None:
    assert read(DOCUMENTATION)["claude-3-5-haiku-20241022"].facts.status == "retired"
