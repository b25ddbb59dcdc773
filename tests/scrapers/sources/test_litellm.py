"""LiteLLM's map: the grammar of fields, of keys and of hours, and what a zero means."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.curation.policy.cards import read_card
from registry.curation.policy.reasons import Reason
from registry.pricing.hours import Hours
from registry.pricing.quotes import QuoteError, QuoteFault, read_quote
from scrapers.claims import EntryFault, NoteReason, OfferClaim
from scrapers.json_text import JsonValue
from scrapers.sources import litellm
from scrapers.sources.litellm.fields import parse_field
from scrapers.sources.litellm.hours import read_hours
from scrapers.sources.litellm.names import OfferName, offer_name


def _claim(**row: object) -> OfferClaim:
    body = json.dumps({"a-model": {"litellm_provider": "a-seller", "mode": "chat", **row}})
    (claim,) = (claim for entry in litellm.split(body.encode()) for claim in litellm.read(entry))
    return claim


def _series(claim: OfferClaim) -> dict[str, Decimal | None]:
    return {
        f"{quote.meter} {quote.terms.key}".strip(): read_quote(quote).rate.amount
        for quote in claim.quotes
    }


@given(
    kept=st.sampled_from([None, "1hr", "12hr"]),
    over=st.none() | st.integers(1, 2_000),
    tier=st.sampled_from([None, "batches", "flex", "priority", "balanced", "ultrafast"]),
)
def test_the_parts_of_a_field_combine_freely(
    kept: str | None, over: int | None, tier: str | None
) -> None:
    name = "cache_creation_input_token_cost"
    name += f"_above_{kept}" if kept else ""
    name += f"_above_{over}k_tokens" if over else ""
    name += f"_{tier}" if tier else ""
    field = parse_field(name)
    assert field is not None
    assert field.meter == f"cache_write_{f'{kept[:-1]}_' if kept else ''}tokens"
    assert field.terms.context_over == (over * 1_000 if over else None)
    assert field.terms.tier == ("batch" if tier == "batches" else tier)


@pytest.mark.parametrize(
    ("name", "meter", "terms"),
    [
        ("input_cost_per_token_above_512_tokens", "input_tokens", "context_over=512"),
        ("input_cost_per_token_batch_requests", "input_tokens", "tier=batch"),
        ("output_cost_per_second_1080p", "output_audio_seconds", "variant=1080p"),
        ("output_cost_per_image_4K_flex", "output_images", "tier=flex;variant=4k"),
        (
            "output_cost_per_image_above_512_and_512_pixels_and_premium_image",
            "output_images",
            "variant=over-512x512/premium",
        ),
        (
            "input_cost_per_video_per_second_above_8s_interval",
            "input_video_seconds",
            "variant=interval-over-8s",
        ),
        ("explicit_cache_read_input_token_cost", "cache_read_tokens", "variant=explicit-cache"),
    ],
)
def test_a_field_says_meter_and_terms(name: str, meter: str, terms: str) -> None:
    field = parse_field(name)
    assert field is not None
    assert (field.meter, field.terms.key) == (meter, terms)


@pytest.mark.parametrize(
    "name",
    ["max_tokens", "input_cost_per_dream", "input_cost_per_token_4k", "input_cost_per_token_",
     "input_cost_per_token_above_1hr", "input_cost_per_token_above_0k_tokens_", "cost"],
)  # fmt: skip
def test_a_name_outside_the_grammar_is_no_price_field(name: str) -> None:
    assert parse_field(name) is None


@pytest.mark.parametrize(
    ("key", "route", "name"),
    [
        ("gpt-5.5", "openai", OfferName("openai", "gpt-5.5")),
        ("openai/gpt-5.5", "openai", OfferName("openai", "gpt-5.5")),
        ("openrouter/openai/gpt-5.5", "openrouter", OfferName("openrouter", "openai/gpt-5.5")),
        ("perplexity/perplexity/sonar", "perplexity", OfferName("perplexity", "perplexity/sonar")),
        ("azure/eu/gpt-5.5", "azure", OfferName("azure", "gpt-5.5", "eu")),
        ("azure/speech/azure-tts", "azure", OfferName("azure", "speech/azure-tts")),
        (
            "us.anthropic.claude-opus-4-7",
            "bedrock_converse",
            OfferName("bedrock", "anthropic.claude-opus-4-7", "us"),
        ),
        (
            "bedrock/us-gov-west-1/anthropic.claude-v1",
            "bedrock",
            OfferName("bedrock", "anthropic.claude-v1", "us-gov-west-1"),
        ),
        (
            "bedrock/*/6-month-commitment/cohere.command-text-v14",
            "bedrock",
            OfferName("bedrock", "cohere.command-text-v14", None, "6-month-commitment"),
        ),
        (
            "hd/1024-x-1792/dall-e-3",
            "openai",
            OfferName("openai", "dall-e-3", None, "1024x1792/hd", sized=True),
        ),
        (
            "1024-x-1024/50-steps/bedrock/amazon.nova-canvas-v1:0",
            "bedrock",
            OfferName("bedrock", "amazon.nova-canvas-v1:0", None, "1024x1024/50-steps", True),
        ),
        (
            "vertex_ai/claude-opus-4-7",
            "vertex_ai-anthropic_models",
            OfferName("vertex_ai", "claude-opus-4-7"),
        ),
        ("us.not-of-amazon", "somebody", OfferName("somebody", "us.not-of-amazon")),
        ("low/quality-of-nothing", "openai", OfferName("openai", "low/quality-of-nothing")),
    ],
)
def test_a_key_means_an_offer(key: str, route: str, name: OfferName) -> None:
    assert offer_name(key, route) == name


def test_a_zero_for_a_side_meter_falls_back_to_its_parent() -> None:
    claim = _claim(
        input_cost_per_token=1e-06, output_cost_per_token=2e-06, cache_creation_input_token_cost=0.0
    )
    assert set(_series(claim)) == {"input_tokens", "output_tokens"}
    assert [note.reason for note in claim.notes] == [NoteReason.NOTHING_EXTRA]


@pytest.mark.parametrize("other", ["output_cost_per_image", "output_cost_per_second"])
@pytest.mark.parametrize("mode", ["chat", "audio_speech", "image_generation", "video_generation"])
def test_zeros_for_tokens_beside_a_price_of_another_unit_are_passed_on(
    mode: str, other: str
) -> None:
    claim = _claim(mode=mode, input_cost_per_token=0, output_cost_per_token=0.0, **{other: 0.04})
    findings = read_card(claim.quotes, mode=mode, remarked=()).findings
    held = {*(finding.reason for finding in findings), *(r.fault for r in claim.remarks)}
    assert held & {Reason.ANOTHER_UNIT, EntryFault.UNKNOWN_UNIT}


def test_zeros_for_tokens_beside_a_price_for_each_call_are_fillers() -> None:
    claim = _claim(
        mode="rerank",
        input_cost_per_token=0.0,
        output_cost_per_token=0.0,
        input_cost_per_query=0.002,
    )
    assert _series(claim) == {"rerank_queries": Decimal(2)}


@pytest.mark.parametrize("zero", ["-0", "-0.0"])
def test_a_negative_zero_is_refused_and_no_zero(zero: str) -> None:
    row = '{"m": {"litellm_provider": "s", "mode": "chat", "input_cost_per_token": 1e-6, '
    row += f'"output_cost_per_token": {zero}, "cache_read_input_token_cost": {zero}}}}}'
    (claim,) = (claim for entry in litellm.split(row.encode()) for claim in litellm.read(entry))
    assert claim.notes == ()
    for quote in claim.quotes[1:]:
        with pytest.raises(QuoteError) as caught:
            read_quote(quote)
        assert caught.value.fault is QuoteFault.NEGATIVE


def test_a_zero_for_the_output_of_a_chat_stays_a_question() -> None:
    claim = _claim(input_cost_per_token=1e-06, output_cost_per_token=0)
    assert [quote.text for quote in claim.quotes] == ["0.000001", "0"]
    assert claim.notes == ()


def test_the_base_write_is_of_five_minutes_only_beside_one_of_an_hour() -> None:
    plain = _claim(input_cost_per_token=1e-06, cache_creation_input_token_cost=2e-06)
    assert "cache_write_tokens" in _series(plain)
    both = _claim(
        input_cost_per_token=1e-06,
        cache_creation_input_token_cost=2e-06,
        cache_creation_input_token_cost_above_1hr=4e-06,
    )
    assert set(_series(both)) == {"input_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens"}


def test_a_multiplier_of_a_snapped_figure_is_exact() -> None:
    claim = _claim(
        input_cost_per_token=2.9999999999999997e-06, regional_processing_uplift_multiplier_eu=1.1
    )
    assert _series(claim) == {"input_tokens": Decimal(3), "input_tokens region=eu": Decimal("3.3")}
    assert [quote.derived for quote in claim.quotes] == [False, True]


@pytest.mark.parametrize("factor", [0, -1, True, [1.1]])
def test_a_factor_that_is_none_is_remarked_on(factor: object) -> None:
    claim = _claim(input_cost_per_token=1e-06, regional_processing_uplift_multiplier_us=factor)
    assert [remark.fault for remark in claim.remarks] == [EntryFault.NOT_A_FIGURE]


def test_a_figure_that_is_not_finite_is_remarked_on_and_the_rest_is_read() -> None:
    body = b"""{"m": {"litellm_provider": "s", "mode": "chat", "input_cost_per_token": 3e-06,
        "max_input_tokens": Infinity, "max_output_tokens": 1e99999999999999999999}}"""
    (claim,) = (claim for entry in litellm.split(body) for claim in litellm.read(entry))
    assert {remark.fault for remark in claim.remarks} == {EntryFault.NOT_FINITE}
    assert claim.facts.max_input_tokens is None
    assert _series(claim) == {"input_tokens": Decimal(3)}


@pytest.mark.parametrize(
    "row",
    [
        {"search_context_cost_per_query": {"search_context_size_very low": 0.01}},
        {"guardrail_cost_per_unit": {"topic policy": 0.01}},
        {"input_cost_per_token_above_0k_tokens": 1e-6},
    ],
)
def test_words_that_are_no_term_are_remarked_on(row: dict[str, object]) -> None:
    claim = _claim(input_cost_per_token=3e-06, **row)
    assert [remark.fault for remark in claim.remarks] == [EntryFault.UNKNOWN_FIELD]


def test_hours_are_read_in_every_shape_that_was_seen() -> None:
    assert read_hours([{"hours_utc": "16:00-00:00"}], "UTC") == Hours.parse("16:00-24:00")
    weekdays: JsonValue = [{"hours_utc": ["22:00-02:00"], "weekdays": [1, "Tuesday"]}]
    assert read_hours(weekdays, "UTC") == Hours.parse("mon-tue 00:00-02:00,22:00-24:00")
    whole: JsonValue = [{"hours_utc": "00:00-00:00", "weekdays": [6, 7]}]
    assert read_hours(whole, "UTC") == Hours.parse("sat-sun 00:00-24:00")


def test_weekdays_told_in_shanghai_begin_eight_hours_earlier() -> None:
    monday: JsonValue = [{"hours_utc": "00:00-00:00", "weekdays": [1]}]
    assert read_hours(monday, "Asia/Shanghai") == Hours.parse("mon 00:00-16:00 sun 16:00-24:00")


@given(
    start=st.integers(0, 1439),
    end=st.integers(0, 1439),
    weekdays=st.sets(st.integers(1, 7), min_size=1),
    zone=st.sampled_from([("UTC", 0), ("Asia/Shanghai", 480), ("Asia/Tokyo", 540)]),
)
def test_a_minute_counts_when_its_local_day_and_its_utc_time_both_match(
    start: int, end: int, weekdays: set[int], zone: tuple[str, int]
) -> None:
    name, ahead = zone
    clock = f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    hours = read_hours([{"hours_utc": clock, "weekdays": [*weekdays]}], name)
    minutes_after_start = (end - start) % 1440 or 1440
    expected = [
        (minute, minute + 1)
        for minute in range(7 * 1440)
        if (minute + ahead) // 1440 % 7 + 1 in weekdays
        and (minute - start) % 1440 < minutes_after_start
    ]
    assert hours == Hours.of(expected)


@pytest.mark.parametrize(
    "windows",
    [None, [], [7], [{}], [{"hours_utc": "25:00-26:00"}], [{"hours_utc": "1-2", "weekdays": [1]}],
     [{"hours_utc": "01:00-02:00", "weekdays": [0]}],
     [{"hours_utc": "01:00-02:00", "weekdays": []}],
     [{"hours_utc": "01:00-02:00", "weekdays": [True]}]],
)  # fmt: skip
def test_hours_that_are_not_understood_are_none(windows: JsonValue) -> None:
    assert read_hours(windows, "UTC") is None


@pytest.mark.parametrize(
    ("entry", "series", "amount"),
    [
        ("openai/gpt-5.5", "input_tokens", "5"),
        ("openai/gpt-5.5", "output_tokens context_over=272000", "45"),
        ("openai/gpt-5.5", "input_tokens tier=priority", "12.5"),
        ("openai/gpt-5.5", "cache_read_tokens", "0.5"),
        ("azure/gpt-5.5-2026-04-23", "output_tokens region=eu", "33"),
        ("anthropic/claude-opus-4-7", "cache_write_5m_tokens", "6.25"),
        ("anthropic/claude-opus-4-7", "cache_write_1h_tokens", "10"),
        ("anthropic/claude-opus-4-7", "output_tokens tier=batch", "12.5"),
        ("deepseek/deepseek-v4-pro", "input_tokens", "1.32"),
        (
            "deepseek/deepseek-v4-pro",
            "input_tokens hours=mon-fri 00:00-01:00,04:00-06:00,10:00-24:00 sat-sun 00:00-24:00",
            "0.66",
        ),
        ("dashscope/qwen-plus-latest", "output_tokens context_over=256000", "3.6"),
    ],
)
def test_known_prices_come_out_of_the_map_of_october_2026(
    corpus: Path, entry: str, series: str, amount: str
) -> None:
    body = (corpus / "litellm/2026-10-03/model_prices_and_context_window.json").read_bytes()
    claims = (c for e in litellm.split(body) if e.key == entry for c in litellm.read(e))
    assert _series(next(claims))[series] == Decimal(amount)
