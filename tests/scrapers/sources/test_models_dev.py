"""models.dev: prices per million tokens, tiers, modes, and what its zeros mean."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from registry.pricing.rates import PriceState
from scrapers.claims import EntryFault, NoteReason, OfferClaim, PageError, PageFault
from scrapers.sources import models_dev
from tests.scrapers.sources.rates import prices


def claim_of(row: Any, provider: str = "openai", model: str = "gpt-5.5") -> OfferClaim:
    body = json.dumps({provider: {"id": provider, "models": {model: row}}}).encode()
    (entry,) = models_dev.split(body)
    (claim,) = models_dev.read(entry)
    return claim


def test_a_row_is_an_offer_of_its_provider_under_the_map_key() -> None:
    claim = claim_of({"id": "glm-5.2", "cost": {"input": 1.4}}, "zai", "GLM-5.2")
    assert (claim.provider, claim.model_id) == ("zai", "GLM-5.2")


def test_a_model_id_with_slashes_stays_whole() -> None:
    claim = claim_of({"cost": {"input": 0.03}}, "groq", "openai/gpt-oss-20b")
    assert (claim.provider, claim.model_id) == ("groq", "openai/gpt-oss-20b")


def test_every_meter_is_quoted_per_million_as_written() -> None:
    claim = claim_of(
        {
            "cost": {
                "input": 5,
                "output": 30,
                "reasoning": 30,
                "cache_read": 0.5,
                "cache_write": 6.25,
                "input_audio": 32,
                "output_audio": 64,
            }
        }
    )
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "5",
        ("output_tokens", ""): "30",
        ("reasoning_tokens", ""): "30",
        ("cache_read_tokens", ""): "0.5",
        ("cache_write_tokens", ""): "6.25",
        ("input_audio_tokens", ""): "32",
        ("output_audio_tokens", ""): "64",
    }
    assert [quote.text for quote in claim.quotes][3] == "0.5"


def test_tiers_are_the_cards_of_longer_requests_and_the_old_field_beside_them_is_not_read() -> None:
    long = {"input": 10, "output": 45, "cache_read": 1}
    claim = claim_of(
        {
            "cost": {
                "input": 5,
                "output": 30,
                "tiers": [{**long, "tier": {"type": "context", "size": 272000}}],
                "context_over_200k": long,
            }
        }
    )
    assert prices(claim.quotes)["input_tokens", "context_over=272000"] == "10"
    assert not any("200000" in terms for _, terms in prices(claim.quotes))


def test_without_tiers_the_old_field_is_a_tier_of_200k() -> None:
    claim = claim_of({"cost": {"input": 2, "context_over_200k": {"input": 4}}})
    assert prices(claim.quotes)["input_tokens", "context_over=200000"] == "4"


@pytest.mark.parametrize(
    "tiers",
    [
        [{"input": 4, "tier": {"type": "context", "size": 0}}],
        [{"input": 4, "tier": {"type": "batch", "size": 200000}}],
        [{"input": 4}],
        [
            {"input": 4, "tier": {"type": "context", "size": 256000}},
            {"input": 3, "tier": {"type": "context", "size": 32000}},
        ],
        {"input": 4},
    ],
)
def test_tiers_out_of_order_or_of_another_kind_are_remarked_on(tiers: Any) -> None:
    claim = claim_of({"cost": {"input": 2, "tiers": tiers}})
    assert [remark.fault for remark in claim.remarks] == [EntryFault.BAD_TIERS]


@pytest.mark.parametrize(
    ("body", "tier"),
    [({"service_tier": "priority"}, "priority"), ({"speed": "fast"}, "fast")],
)
def test_a_mode_is_the_service_tier_that_its_request_asks_for(
    body: dict[str, str], tier: str
) -> None:
    modes = {"fast": {"cost": {"input": 12.5}, "provider": {"body": body}}}
    claim = claim_of({"cost": {"input": 5}, "experimental": {"modes": modes}})
    assert prices(claim.quotes)["input_tokens", f"tier={tier}"] == "12.5"


def test_a_priced_mode_of_an_unknown_kind_is_remarked_on_and_one_without_a_card_is_not() -> None:
    modes = {
        "pro": {"provider": {"body": {"reasoning": {"mode": "pro"}}}},
        "turbo": {"cost": {"input": 9}, "provider": {"body": {"lane": "turbo"}}},
    }
    claim = claim_of({"cost": {"input": 5}, "experimental": {"modes": modes}})
    assert [remark.field for remark in claim.remarks] == ["experimental.modes.turbo"]


@pytest.mark.parametrize(
    ("provider", "model", "state"),
    [
        ("openrouter", "nvidia/nemotron-3-ultra-550b-a55b:free", PriceState.FREE),
        ("opencode", "kimi-k2.5-free", PriceState.FREE),
        ("github-models", "openai/gpt-4.1", PriceState.FREE),
        ("zai-coding-plan", "glm-5.2", PriceState.INCLUDED),
        ("kimi-for-coding", "k3", PriceState.INCLUDED),
    ],
)
def test_zero_twice_is_free_or_included_where_there_is_evidence(
    provider: str, model: str, state: PriceState
) -> None:
    claim = claim_of({"cost": {"input": 0, "output": 0, "cache_read": 0}}, provider, model)
    assert [(quote.meter, quote.state) for quote in claim.quotes] == [
        ("input_tokens", state),
        ("output_tokens", state),
    ]


def test_zero_twice_without_evidence_stays_a_zero() -> None:
    claim = claim_of({"cost": {"input": 0, "output": 0}}, "poolside", "poolside/laguna-m.1")
    assert [(quote.text, quote.state) for quote in claim.quotes] == [("0", None), ("0", None)]


def test_a_plan_that_charges_for_a_model_is_priced() -> None:
    claim = claim_of({"cost": {"input": 3, "output": 15}}, "github-copilot", "claude-sonnet-4")
    assert {quote.state for quote in claim.quotes} == {None}


def test_a_zero_beside_a_priced_input_means_nothing_extra() -> None:
    claim = claim_of({"cost": {"input": 1.25, "output": 2.5, "cache_write": 0}})
    assert [quote.meter for quote in claim.quotes] == ["input_tokens", "output_tokens"]
    assert [(n.reason, n.field) for n in claim.notes] == [
        (NoteReason.NOTHING_EXTRA, "cost.cache_write")
    ]


def test_an_absent_or_null_price_is_no_quote() -> None:
    assert claim_of({"name": "GPT-5.5"}).quotes == ()
    assert claim_of({"cost": None}).quotes == ()
    assert [q.meter for q in claim_of({"cost": {"input": 5, "output": None}}).quotes] == [
        "input_tokens"
    ]


def test_a_mode_of_a_provider_that_states_no_price_is_set_aside() -> None:
    modes = {"fast": {"cost": {"input": 30}, "provider": {"body": {"speed": "fast"}}}}
    claim = claim_of({"experimental": {"modes": modes}})
    assert claim.quotes == ()
    assert [(n.reason, n.field) for n in claim.notes] == [
        (NoteReason.NOT_A_PRICE, "experimental.modes.fast.cost.input")
    ]


def test_a_band_inside_of_a_band_is_named() -> None:
    claim = claim_of({"cost": {"input": 2, "context_over_200k": {"tiers": []}}})
    assert [remark.fault for remark in claim.remarks] == [EntryFault.UNKNOWN_FIELD]


@pytest.mark.parametrize("value", ["5", True, [5], {"usd": 5}])
def test_what_is_no_number_is_remarked_on(value: Any) -> None:
    claim = claim_of({"cost": {"input": value}})
    assert [remark.fault for remark in claim.remarks] == [EntryFault.NOT_A_FIGURE]
    assert claim.quotes == ()


def test_an_unknown_price_is_named() -> None:
    claim = claim_of({"cost": {"input": 5, "per_request": 1}})
    assert [(r.fault, r.field) for r in claim.remarks] == [
        (EntryFault.UNKNOWN_FIELD, "cost.per_request")
    ]


def test_facts_are_taken_as_the_row_states_them() -> None:
    facts = claim_of(
        {
            "name": "GPT-5.5",
            "reasoning": True,
            "tool_call": True,
            "open_weights": False,
            "release_date": "2026-04-23",
            "knowledge": "2025-12-01",
            "status": "beta",
            "limit": {"context": 1050000, "input": 922000, "output": 128000},
            "modalities": {"input": ["text", "image"], "output": ["text"]},
        }
    ).facts
    assert (facts.name, facts.status) == ("GPT-5.5", "beta")
    assert (facts.context_tokens, facts.max_input_tokens) == (1050000, 922000)
    assert facts.max_output_tokens == 128000
    assert (facts.input_modalities, facts.output_modalities) == (("text", "image"), ("text",))
    assert (facts.reasoning, facts.tool_calls, facts.open_weights) == (True, True, False)
    assert (facts.released_on, facts.knowledge_cutoff) == (date(2026, 4, 23), "2025-12-01")


def test_a_month_is_no_release_date_and_zero_tokens_are_no_limit() -> None:
    facts = claim_of({"release_date": "2025-04", "limit": {"context": 0}}).facts
    assert (facts.released_on, facts.context_tokens) == (None, None)


def test_an_unchanged_row_keeps_its_raw_text_when_others_move() -> None:
    row = '{"cost": {"input": 5}}'
    first = f'{{"a": {{"models": {{"x": {row}, "y": {{}}}}}}}}'
    second = f'{{"b": {{"models": {{}}}}, "a": {{"name": "A", "models": {{"x": {row}}}}}}}'
    texts = [
        {entry.key: entry.raw for entry in models_dev.split(body.encode())}["a/x"]
        for body in (first, second)
    ]
    assert texts[0] == texts[1] == row.encode()


def test_one_model_with_two_cards_is_a_duplicate() -> None:
    body = b'{"a": {"models": {"x": {"cost": {"input": 1}}, "x": {"cost": {"input": 2}}}}}'
    (entry,) = models_dev.split(body)
    (claim,) = models_dev.read(entry)
    assert EntryFault.DUPLICATE_KEY in {remark.fault for remark in claim.remarks}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"{}", PageFault.NO_ROWS),
        (b'{"a": {"models": {}}}', PageFault.NO_ROWS),
        (b'{"error": "rate limited"}', PageFault.WRONG_FORMAT),
        (b'{"a": {"id": "a"}}', PageFault.WRONG_FORMAT),
        (b"<!doctype html>", PageFault.WRONG_FORMAT),
        (b'{"a": {"models": {"x": {"cost"', PageFault.WRONG_FORMAT),
    ],
)
def test_another_page_is_refused(body: bytes, fault: PageFault) -> None:
    with pytest.raises(PageError) as caught:
        list(models_dev.split(body))
    assert caught.value.fault is fault
