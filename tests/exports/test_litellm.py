"""LiteLLM's map: what our rows look like, and that our own importer reads the same prices back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exports.compat import litellm
from registry.exports.compat.left_out import LeftOut, LeftOuts, Reason
from registry.exports.json_text import dumps
from registry.pricing.hours import Hours
from registry.pricing.rate_card import RateCard
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import STANDARD, Terms
from registry.selectors.export_rows import ExportRow
from scrapers.sources import litellm as importer
from scrapers.sources.litellm.names import offer_name
from tests.exports.reading_back import by_offer, expected, read_back, said
from tests.exports.rows import catalogue_rows, row
from tests.pricing.cards import GPT_5_5, OPUS_4_7, PEAK, V4_PRO_AUGUST, chat_rates, rate, stated

CURRENCIES = frozenset({"USD", "DBU"})


def written(*rows: ExportRow) -> tuple[dict[str, Any], list[LeftOut]]:
    """The map as a client reads it, numbers as text, and what it leaves out."""
    left_out = LeftOuts()
    body = dumps(litellm.document(rows, left_out))
    return json.loads(body, parse_float=str, parse_int=str), left_out.found


def reasons(left_out: Iterable[LeftOut]) -> set[tuple[str | None, str | None, Reason]]:
    return {(one.meter, one.terms, one.reason) for one in left_out}


def test_a_card_of_bands_and_tiers_is_told_by_fields() -> None:
    map_, left_out = written(row("openai", "gpt-5.5", GPT_5_5.rates))
    told = map_["gpt-5.5"]
    assert told["input_cost_per_token"] == "0.000005"
    assert told["cache_read_input_token_cost_above_272k_tokens"] == "0.000001"
    assert told["output_cost_per_token_priority"] == "0.000075"
    assert not left_out


def test_a_cell_that_litellm_would_bill_otherwise_is_told_at_our_price() -> None:
    """A cached token of a batch: its standard cache price there, the batch's input price here."""
    map_, _ = written(row("openai", "gpt-5.5", GPT_5_5.rates))
    assert map_["gpt-5.5"]["cache_read_input_token_cost_batches"] == "0.0000025"


def test_the_dearer_hours_are_the_row_and_the_cheaper_ones_the_block() -> None:
    map_, left_out = written(row("deepseek", "deepseek-v4-pro", V4_PRO_AUGUST.rates))
    told = map_["deepseek-v4-pro"]
    assert told["input_cost_per_token"] == "0.00000132"
    assert told["off_peak_pricing"] == {
        "windows": [
            {
                "hours_utc": ["00:00-01:00", "04:00-06:00", "10:00-00:00"],
                "weekdays": ["1", "2", "3", "4", "5"],
            },
            {"hours_utc": ["00:00-00:00"], "weekdays": ["6", "7"]},
        ],
        "input_cost_per_token": "0.00000066",
        "cache_read_input_token_cost": "0.000000022",
        "output_cost_per_token": "0.00000198",
    }
    assert map_["deepseek/deepseek-v4-pro"] == told
    assert not left_out


def test_a_region_at_one_factor_is_a_multiplier() -> None:
    rates = [*chat_rates("5", "0.5", "30"), *chat_rates("5.5", "0.55", "33", Terms(region="eu"))]
    map_, left_out = written(row("openai", "gpt-5.5", rates))
    assert map_["gpt-5.5"]["regional_processing_uplift_multiplier_eu"] == "1.1"
    assert not left_out


def test_a_region_at_several_factors_is_left_out() -> None:
    rates = [*chat_rates("5", "0.5", "30"), *chat_rates("5.5", "0.55", "34", Terms(region="eu"))]
    map_, left_out = written(row("openai", "gpt-5.5", rates))
    assert "regional_processing_uplift_multiplier_eu" not in map_["gpt-5.5"]
    assert {one.reason for one in left_out} == {Reason.NOT_UNIFORM}
    assert len(left_out) == 3


@pytest.mark.parametrize(
    ("provider", "region", "key"),
    [
        ("azure", "eu", "azure/eu/m"),
        ("amazon-bedrock", "us", "us.m"),
        ("amazon-bedrock", "us-east-1", "bedrock/us-east-1/m"),
    ],
)
def test_a_region_that_a_key_can_name_has_a_row(provider: str, region: str, key: str) -> None:
    map_, left_out = written(row(provider, "m", chat_rates("5", "1", "30", Terms(region=region))))
    assert map_[key]["input_cost_per_token"] == "0.000005"
    assert not left_out


def test_limits_that_litellm_reads_from_no_field_are_bands() -> None:
    rates = [*chat_rates("1", "0.1", "2"), *chat_rates("2", "0.2", "4", Terms(context_over=256000))]
    map_, _ = written(row("alibaba", "qwen", rates, context_tokens=1_000_000))
    low, high = map_["dashscope/qwen"]["tiered_pricing"]
    assert (low["range"], high["range"]) == (["0", "256000"], ["256000", "1000000"])
    assert (low["output_cost_per_token"], high["output_cost_per_token"]) == ("0.000002", "0.000004")


def test_what_the_map_cannot_hold_is_listed_with_the_reason() -> None:
    rates = [
        *chat_rates("5", "0.5", "30"),
        rate("input_tokens", "36", currency="CNY"),
        rate("training_tokens", "25"),
        rate("web_searches", "10", variant="deep"),
        stated("ocr_pages", PriceState.ON_REQUEST),
        stated("requests", PriceState.FREE),
    ]
    _, left_out = written(row("openai", "m", rates), row("302ai", "m", rates))
    assert reasons(left_out) == {
        ("input_tokens", "", Reason.CURRENCY),
        ("training_tokens", "", Reason.METER),
        ("web_searches", "variant=deep", Reason.TERMS),
        ("ocr_pages", "", Reason.NO_FIGURE),
        ("requests", "", Reason.FREE_AS_ZERO),
        (None, None, Reason.SELLER),
    }


def test_a_free_offer_is_told_as_zero() -> None:
    rates = [stated("input_tokens", PriceState.FREE), stated("output_tokens", PriceState.FREE)]
    map_, _ = written(row("openrouter", "m:free", rates))
    assert map_["openrouter/m:free"]["input_cost_per_token"] == "0"


def test_two_offers_of_one_key_are_one_row_and_one_is_listed() -> None:
    map_, left_out = written(
        row("amazon-bedrock", "m", chat_rates("5", "1", "30", Terms(region="us"))),
        row("amazon-bedrock", "us.m", chat_rates("4", "1", "20")),
    )
    assert map_["us.m"]["input_cost_per_token"] == "0.000005"
    assert [(one.offer, one.reason) for one in left_out] == [
        ("amazon-bedrock/us.m", Reason.KEY_TAKEN)
    ]


def comes_back(rows: list[ExportRow]) -> int:
    """Asserts that what the map holds of each offer is read back; how many offers that were."""
    left_out = LeftOuts()
    sold = [(one, route) for one in rows if (route := one.seller.name_in("litellm")) is not None]
    # An id such as `us.anthropic.…` is read as that region of the offer behind it.
    own = [(one, r) for one, r in sold if offer_name(one.model_id, r).model_id == one.model_id]
    body = dumps(litellm.document((one for one, _ in own), left_out))
    claims, listed = read_back(importer, body), by_offer(left_out.found)
    for one, route in own:
        missing = listed.get(one.ref, [])
        wanted = expected(one, missing, CURRENCIES)
        claim = claims.get((route, one.model_id))
        otherwise = any(entry.reason is Reason.TOLD_OTHERWISE for entry in missing)
        assert (said(claim, otherwise=otherwise) if claim else frozenset()) == wanted, one.ref
    return len(own)


_AMOUNTS = st.integers(1, 10**7).map(lambda n: str(Decimal(n).scaleb(-4)))
_METERS = ["cache_read_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens"]
_OTHERS = ["output_images", "input_images", "ocr_pages", "file_searches", "input_audio_seconds"]


@st.composite
def cards(draw: st.DrawFn) -> RateCard:
    """Token prices under tiers and limits, or by the hour, and prices of other things."""
    limits = draw(st.sampled_from([(), (128_000,), (200_000,), (32_000, 256_000), (31_999,)]))
    tiers = draw(st.sampled_from([(), ("batch",), ("flex", "priority")]))
    terms = [STANDARD, *(Terms(context_over=n) for n in limits), *(Terms(tier=t) for t in tiers)]
    if not limits and not tiers and draw(st.booleans()):
        other = Hours.parse("22:30-05:00")
        terms.append(Terms(hours=draw(st.sampled_from([PEAK, PEAK.complement(), other]))))
    meters = ["input_tokens", *draw(st.lists(st.sampled_from(_METERS), unique=True))]
    rates: list[Rate] = [rate(m, draw(_AMOUNTS), terms=t) for t in terms for m in meters]
    others = draw(st.lists(st.sampled_from(_OTHERS), unique=True))
    return RateCard((*rates, *(rate(m, draw(_AMOUNTS)) for m in others)))


@given(cards())
def test_any_card_that_the_map_holds_comes_back(card: RateCard) -> None:
    assert comes_back([row("openai", "m", card.rates)]) == 1


def test_known_cards_come_back() -> None:
    cards = {"gpt-5.5": GPT_5_5, "claude-opus-4-7": OPUS_4_7, "deepseek-v4-pro": V4_PRO_AUGUST}
    assert comes_back([row("anthropic", name, card.rates) for name, card in cards.items()]) == 3


def test_the_bundled_catalogue_comes_back() -> None:
    assert comes_back(list(catalogue_rows())) > 5_000
